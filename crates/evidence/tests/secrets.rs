//! Secret values are gone before anything is handed out: planted in every
//! position, searched for in everything.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

use evidence::{Body, Completeness, Evidence, Input, MASK, ProblemKind, read};

/// What must be nowhere afterwards, in whatever escaping.
const SECRET: &str = "hunter2Tr0ub4dor";

/// Nor this part of it.
const HALF: &str = "hunter2T";

fn paste(text: &str) -> Evidence {
    read(&[Input {
        name: "paste",
        bytes: text.as_bytes(),
    }])
}

/// Reads, and searches everything that is handed out.
fn gone(text: &str) -> Evidence {
    assert!(text.contains(SECRET), "nothing planted: {text}");
    let evidence = paste(text);
    let all = format!("{evidence:?}");
    assert!(!all.contains(SECRET), "kept: {text}\n{}", evidence.sources[0].text());
    assert!(!all.contains(HALF), "half kept: {text}\n{}", evidence.sources[0].text());
    assert_eq!(
        evidence.sources[0].text().matches('\n').count(),
        text.matches('\n').count(),
        "lines moved: {text}"
    );
    let told = evidence.sources[0]
        .problems
        .iter()
        .filter(|problem| problem.kind == ProblemKind::SecretDropped)
        .count();
    assert_eq!(told, 1, "not told: {text}");
    for document in &evidence.documents {
        if let Some(json) = evidence.json(document) {
            serde_json::from_str::<serde_json::Value>(json).unwrap();
        }
    }
    evidence
}

/// Outputs with a secret at `@`.
const OUTPUTS: &[&str] = &[
    r#"{"ARN": "arn:aws:secretsmanager:us-east-1:1:secret:x", "Name": "x", "SecretString": "@", "VersionStages": ["AWSCURRENT"]}"#,
    r#"{"ARN": "a", "Name": "x", "SecretString": "{\"username\":\"u\",\"dsn\":\"@\"}"}"#,
    r#"{"ARN": "a", "Name": "x", "SecretBinary": "@"}"#,
    r#"{"ARN": "a", "Name": "x", "SecretString": {"user": "u", "deep": [{"x": "@"}]}}"#,
    r#"{"Parameter": {"Name": "/p", "Type": "SecureString", "Value": "@", "Version": 1}}"#,
    r#"{"Parameter": {"Value": "@", "Name": "/p"}}"#,
    r#"{"Parameters": [{"Name": "/p", "Type": "String", "Value": "@"}], "InvalidParameters": []}"#,
    r#"{"Parameters": [{"Value": "x", "Name": "/p"}, {"Value": "@", "Type": "SecureString"}]}"#,
    r#"[{"Name": "/p", "Type": "SecureString", "Value": "@", "Version": 3}]"#,
    r#"{"Value": "@", "Name": "/p", "Version": 3, "Type": "StringList"}"#,
    r#"{"authorizationData": [{"authorizationToken": "@", "proxyEndpoint": "https://x"}]}"#,
    r#"{"Credentials": {"AccessKeyId": "ASIAIOSFODNN7EXAMPLE", "SecretAccessKey": "@", "SessionToken": "@"}}"#,
    r#"{"AccessKey": {"UserName": "u", "AccessKeyId": "@", "SecretAccessKey": "@"}}"#,
    r#"{"taskDefinition": {"containerDefinitions": [{"name": "app", "environment": [{"name": "DB_PASSWORD", "value": "@"}]}]}}"#,
    r#"{"family": "f", "containerDefinitions": [{"environment": [{"value": "@", "name": "API_TOKEN"}]}]}"#,
    r#"{"tasks": [{"taskArn": "a", "overrides": {"containerOverrides": [{"name": "app", "environment": [{"name": "X_SECRET", "value": "@"}]}]}}]}"#,
    r#"{"containerDefinitions": [{"environment": [{"name": "DATABASE_URL", "value": "postgres://app:@@db.internal:5432/x"}]}], "family": "f"}"#,
    r#"{"containerDefinitions": [{"command": ["--password", "--password=@"]}], "family": "f"}"#,
    r#"{"containerDefinitions": [{"logConfiguration": {"logDriver": "splunk", "options": {"splunk-token": "@"}}}], "family": "f"}"#,
    r#"{"family": "f", "volumes": [{"name": "v", "dockerVolumeConfiguration": {"driver": "local", "driverOpts": {"o": "username=svc,pass=@"}}}]}"#,
    r#"{"taskDefinition": {"family": "f", "volumes": [{"name": "v", "dockerVolumeConfiguration": {"labels": {"api-token": "@"}}}]}}"#,
    r#"{"containerDefinitions": [{"dockerLabels": {"traefik.basicauth.users": "@"}}], "family": "f"}"#,
    r#"{"containerDefinitions": [{"dockerLabels": {"com.datadoghq.ad.instances": "[{\"password\": \"@\"}]"}}], "family": "f"}"#,
    r#"{"Functions": [{"Environment": {"Variables": {"DB_PASSWORD": "@"}}}]}"#,
    r#"{"events": [{"message": "login with password=@ failed", "eventId": "1"}]}"#,
    r#"{"events": [{"message": "{\"password\": \"@\"}", "eventId": "1"}]}"#,
    r#"{"Events": [{"EventId": "1", "CloudTrailEvent": "{\"responseElements\":{\"credentials\":{\"sessionToken\":\"@\"}}}"}]}"#,
    r#"{"Events": [{"CloudTrailEvent": "{\"requestParameters\":{\"overrides\":{\"containerOverrides\":[{\"environment\":[{\"name\":\"MY_KEY\",\"value\":\"@\"}]}]},\"body\":\"{\\\"secretString\\\":\\\"@\\\"}\"}}"}]}"#,
    r#"{"Policy": "-----BEGIN RSA PRIVATE KEY-----\n@\n-----END RSA PRIVATE KEY-----\n"}"#,
    r#"{"KeyMaterial": "-----BEGIN RSA PRIVATE KEY-----\n@\n-----END RSA PRIVATE KEY-----"}"#,
    r#"{"operation": "secretsmanager:GetSecretValue", "parameters": {}, "exit": 0, "output": {"ARN": "a", "Name": "n", "SecretString": "@"}}"#,
    r#"{"DBInstances": [{"MasterUserPassword": "@"}]}"#,
];

/// `@` is the secret, `@@` the secret and an at sign.
fn plant(output: &str) -> String {
    output
        .replace("@@", "\u{1}\u{2}")
        .replace(['@', '\u{1}'], SECRET)
        .replace('\u{2}', "@")
}

#[test]
fn in_every_output() {
    for output in OUTPUTS {
        let text = plant(output);
        for around in [
            "~",
            "\n\n  ~\n",
            "$ aws sts get-caller-identity\n~\nThanks!\n",
            "> ~\n> \n",
            "```\n~\n```",
            "see: ~ ok",
        ] {
            gone(&around.replace('~', &text));
        }
        // Pretty, as the CLI prints it.
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        gone(&serde_json::to_string_pretty(&value).unwrap());
        gone(
            &serde_json::to_string_pretty(&value)
                .unwrap()
                .replace('\n', "\r\n")
                .replace("\r\n", "\n"),
        );
    }
}

/// Cut anywhere: what is left of the secret is as secret as all of it.
#[test]
fn cut_at_every_byte() {
    for output in OUTPUTS {
        let text = plant(output);
        for end in 1..text.len() {
            let Some(cut) = text.get(..end) else { continue };
            for tail in ["", "\n$ aws ec2 describe-vpcs\n{\"Vpcs\": []}\n"] {
                let evidence = paste(&format!("{cut}{tail}"));
                let all = format!("{evidence:?}");
                assert!(!all.contains(HALF), "kept: {cut}\n{}", evidence.sources[0].text());
                if !tail.is_empty() {
                    let last = evidence.documents.last().unwrap();
                    assert_eq!(last.operation.unwrap().name(), "ec2:DescribeVpcs", "{cut}");
                }
            }
        }
    }
}

#[test]
fn where_someone_took_the_escapes_out() {
    gone(&format!(
        "{{\"ARN\": \"a\", \"Name\": \"x\", \"SecretString\": \"{{\"user\":\"u\",\"p\":\"{SECRET}\"}}\", \"VersionStages\": []}}\n"
    ));
    gone(&format!(
        "{{\"ARN\": \"a\", \"Name\": \"x\", \"SecretString\": \"{{\n  \"user\": \"u\",\n  \"p\": {{\"x\": \"{SECRET}\"}}\n}}\"}}\n"
    ));
    gone(&format!(
        "{{\"containerDefinitions\": [{{\"environment\": [{{\"name\": \"CFG_SECRET\", \"value\": \"{{\"a\":\"{SECRET}\"}}\"}}]}}], \"family\": \"x\"}}"
    ));
}

#[test]
fn outside_of_documents() {
    for text in [
        format!("SecretString: {SECRET}"),
        format!("\"SecretString\": \"{SECRET}\","),
        format!("aws_secret_access_key = {SECRET}"),
        format!("export AWS_SECRET_ACCESS_KEY={SECRET}\nexport AWS_REGION=us-east-1\n"),
        format!("export AWS_SESSION_TOKEN=\"{SECRET}\""),
        format!("$env:AWS_SECRET_ACCESS_KEY = '{SECRET}'"),
        format!("the password is: {SECRET} ok? password: {SECRET}").replacen(&format!("is: {SECRET}"), "is: (below)", 1),
        format!("Password：{SECRET}"),
        format!("https://user:{SECRET}@example.com/x"),
        format!("Authorization: Bearer {SECRET}"),
        format!("-----BEGIN PRIVATE KEY-----\n{SECRET}\n{SECRET}\n-----END PRIVATE KEY-----\n"),
        format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{SECRET}\n"),
        format!("$ aws secretsmanager get-secret-value --secret-id x --query SecretString --output text\n{SECRET}\n$ ls\n"),
        format!(
            "$ aws secretsmanager get-secret-value --secret-id x --query SecretString --output text\n{{\"user\":\"u\",\"pw\":\"{SECRET}\"}}\n$ aws ec2 describe-vpcs\n{{\"Vpcs\": []}}\n"
        ),
        format!("$ aws ssm get-parameter --name /p --with-decryption --query Parameter.Value\n\"{SECRET}\"\n"),
        format!("$ aws ssm get-parameters --names /p --query 'Parameters[].Value'\n[\n    \"{SECRET}\"\n]\n"),
        format!("$ aws ecr get-login-password\n{SECRET}\n"),
        format!("$ aws secretsmanager create-secret --name x --secret-string {SECRET}\n"),
        format!("$ aws secretsmanager create-secret --name x --secret-string '{{\"a\":\"{SECRET}\"}}'\n"),
        format!("$ aws ssm put-parameter --name /p --type SecureString --value {SECRET}\n"),
        format!(
            "$ aws ecs run-task --cluster c --overrides '{{\"containerOverrides\":[{{\"name\":\"a\",\"environment\":[{{\"name\":\"DB_PASSWORD\",\"value\":\"{SECRET}\"}}]}}]}}'\n"
        ),
        format!(
            "> aws ecs run-task --cluster c --overrides \"{{\\\"containerOverrides\\\":[{{\\\"environment\\\":[{{\\\"name\\\":\\\"DB_PASSWORD\\\",\\\"value\\\":\\\"{SECRET}\\\"}}]}}]}}\"\n"
        ),
        format!("$ aws ecs run-task --overrides 'containerOverrides=[{{name=a,environment=[{{name=DB_PASSWORD,value={SECRET}}}]}}]'\n"),
        format!("-----------------\n| GetParameter |\n+--------------+\n|  Value | {SECRET} |\n-----------------\n"),
        format!("$ aws ssm get-parameter --name /p --output text\nPARAMETER\tarn:x\tString\t{SECRET}\n"),
    ] {
        gone(&text);
    }
}

#[test]
fn access_keys_anywhere() {
    const KEY: &str = "AKIAIOSFODNN7EXAMPLE";
    for text in [
        format!("key {KEY}, thanks"),
        format!("{{\"a\": \"user {KEY} was used\"}}"),
        format!("{{\"tasks\": [{{\"taskArn\": \"a\", \"stoppedReason\": \"\\\"{KEY}\\\"\"}}]}}"),
        format!("$ aws configure set aws_access_key_id {KEY}"),
    ] {
        let evidence = paste(&text);
        assert!(!format!("{evidence:?}").contains(KEY), "{text}");
    }
}

#[test]
fn in_yaml() {
    for text in [
        format!("ARN: arn\nName: x\nSecretString: {SECRET}\nVersionStages:\n- AWSCURRENT\n"),
        format!("ARN: arn\nName: x\nSecretString: '{{\"a\": \"{SECRET}\"}}'\n"),
        format!("ARN: arn\nName: x\nSecretString: \"{{\\\"a\\\":\\n  \\\"{SECRET}\\\"}}\"\n"),
        format!("ARN: arn\nName: x\nSecretString: |\n  line\n  {SECRET}\n  more\nVersionId: v\n"),
        format!("ARN: arn\nName: x\nSecretString: >-\n  {SECRET}\n  {SECRET}\n"),
        format!("ARN: arn\nName: x\nSecretString: 'one\n  {SECRET}'\n"),
        format!("Parameters:\n- Name: /日本\n  Type: SecureString\n  Value: {SECRET}\n"),
        format!(
            "taskDefinition:\n  family: f\n  containerDefinitions:\n  - name: app\n    environment:\n    - name: DB_PASSWORD\n      value: {SECRET}\n    - name: OK\n      value: plain\n"
        ),
    ] {
        let evidence = gone(&text);
        assert_eq!(evidence.documents.len(), 1, "{text}");
        let document = &evidence.documents[0];
        assert!(document.operation.is_some(), "{text}");
        assert!(evidence.json(document).unwrap().contains(MASK), "{text}");
    }
}

#[test]
fn wrapped_by_a_terminal() {
    let json = format!(
        "{{\"ARN\": \"a\", \"Name\": \"x\", \"SecretString\": \"{}{SECRET}{}\", \"VersionStages\": [\"AWSCURRENT\"]}}",
        "x".repeat(70),
        "y".repeat(90)
    );
    let chars: Vec<char> = json.chars().collect();
    let wrapped: Vec<String> = chars.chunks(40).map(|part| part.iter().collect()).collect();
    let wrapped = wrapped.join("\n");
    let evidence = paste(&wrapped);
    let all = format!("{evidence:?}");
    assert!(!all.contains("hunter") && !all.contains("ub4dor") && !all.contains("yyyy") && !all.contains("xxxx"));
    assert_eq!(evidence.sources[0].text().matches('\n').count(), wrapped.matches('\n').count());
    let json = evidence.json(&evidence.documents[0]).unwrap();
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(value["SecretString"], MASK);
    assert_eq!(value["VersionStages"][0], "AWSCURRENT");
}

/// What is no secret stays: the diagnosis needs it.
#[test]
fn nothing_else_is_dropped() {
    let text = r#"{"taskDefinition": {"family": "f", "containerDefinitions": [{
      "name": "app", "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1",
      "environment": [
        {"name": "AWS_REGION", "value": "us-east-1"},
        {"name": "HTTPS_PROXY", "value": "http://proxy.internal:3128"},
        {"name": "DB_SECRET_ARN", "value": "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf"},
        {"name": "USE_TOKEN", "value": "false"},
        {"name": "GREETING", "value": "hello world"}],
      "secrets": [{"name": "DB_PASSWORD", "valueFrom": "arn:aws:ssm:us-east-1:111122223333:parameter/db"}],
      "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/app", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "ecs"}}}]}}
{"DhcpOptions": [{"DhcpOptionsId": "dopt-1", "DhcpConfigurations": [{"Key": "domain-name-servers", "Values": [{"Value": "AmazonProvidedDNS"}]}]}]}
{"tasks": [{"taskArn": "a", "attachments": [{"type": "ElasticNetworkInterface", "details": [{"name": "subnetId", "value": "subnet-1"}]}], "stoppedReason": "ResourceInitializationError: unable to pull secrets or registry auth: unable to get registry auth from asm: invalid password"}]}
{"ResourceRecordSets": [{"Name": "a.", "Type": "A", "ResourceRecords": [{"Value": "10.0.0.1"}]}]}
{"Parameters": [{"Name": "/p", "Type": "SecureString", "KeyId": "alias/aws/ssm", "Tier": "Standard", "Version": 1}]}
An error occurred (AccessDeniedException) when calling the GetSecretValue operation: User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: secretsmanager:GetSecretValue on resource: x
"#;
    let evidence = paste(text);
    assert_eq!(evidence.sources[0].text(), text);
    assert!(evidence.sources[0].problems.is_empty());
}

#[test]
fn what_stands_around_a_dropped_value_stays() {
    let evidence = gone(&format!(
        "{{\"ARN\": \"a\", \"Name\": \"x\", \"SecretString\": \"{SECRET}\", \"VersionStages\": [\"AWSCURRENT\"]}}\n"
    ));
    assert_eq!(
        evidence.sources[0].text(),
        format!("{{\"ARN\": \"a\", \"Name\": \"x\", \"SecretString\": \"{MASK}\", \"VersionStages\": [\"AWSCURRENT\"]}}\n")
    );
    let document = &evidence.documents[0];
    assert_eq!(document.completeness, Completeness::Whole);
    assert!(matches!(document.body, Body::Output(_)));
    let told = &evidence.sources[0].problems[0];
    assert_eq!(told.line, 1);
    assert!(told.text.en.contains("rotate") && told.text.ja.contains("ローテーション"));
}
