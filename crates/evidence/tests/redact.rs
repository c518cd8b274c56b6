//! Redaction by itself: what is replaced, what stays, and what still fits each other afterwards.

use evidence::{Input, redact};
use proptest::prelude::*;
use std::net::Ipv4Addr;

fn one(text: &str) -> String {
    redact(
        &[Input {
            name: "x.txt",
            bytes: text.as_bytes(),
        }],
        7,
    )
    .remove(0)
    .text
}

#[test]
fn names_ids_and_accounts_go_and_words_of_aws_stay() {
    let text = r#"{"Role": {"RoleName": "billing-exec", "Arn": "arn:aws:iam::111122223333:role/team/billing-exec", "RoleId": "AROAEXAMPLEEXAMPLE123",
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"},
        "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333", "aws:PrincipalTag/squad": "blue"}}}]},
        "Tags": [{"Key": "squad", "Value": "blue"}]}}"#;
    let after = one(text);
    for gone in ["billing", "111122223333", "EXAMPLEEXAMPLE123", "squad", "blue", "/team/"] {
        assert!(!after.contains(gone), "{gone} is left: {after}");
    }
    for kept in [
        "ecs-tasks.amazonaws.com",
        "sts:AssumeRole",
        "2012-10-17",
        "aws:SourceAccount",
        "aws:PrincipalTag/",
        "arn:aws:iam::",
        ":role/",
        "AROA",
    ] {
        assert!(after.contains(kept), "{kept} is gone: {after}");
    }
    assert_eq!(text.len(), after.len());
}

#[test]
fn yaml_is_redacted_by_its_members_as_json_is() {
    let yaml = "$ aws ec2 describe-security-groups --group-ids sg-0123456789abcdef0 --output yaml\nSecurityGroups:\n- Description: billing nights\n  \
                GroupId: sg-0123456789abcdef0\n  GroupName: billing\n  IpPermissions: []\n  IpPermissionsEgress: []\n  OwnerId: '111122223333'\n  \
                VpcId: vpc-0123456789abcdef0\nand then he said: please help\n";
    let after = one(yaml);
    for gone in ["billing", "nights", "111122223333", "0123456789abcdef0"] {
        assert!(!after.contains(gone), "{gone} is left: {after}");
    }
    assert!(
        after.contains("please help") && after.contains("\"IpPermissionsEgress\""),
        "{after}"
    );
    let read = evidence::read(&[Input {
        name: "x",
        bytes: after.as_bytes(),
    }]);
    let found = read.documents.iter().find_map(|document| document.operation);
    assert_eq!(found, Some(evidence::Operation::Ec2DescribeSecurityGroups), "{after}");
}

#[test]
fn managed_policies_and_the_layer_bucket_stay() {
    let text = r#"{"AttachedPolicies": [{"PolicyName": "AmazonECSTaskExecutionRolePolicy",
        "PolicyArn": "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"}]}
        {"VpcEndpoints": [{"VpcEndpointId": "vpce-0123456789abcdef0", "ServiceName": "com.amazonaws.us-east-1.s3",
        "PolicyDocument": "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*\"}]}"}]}"#;
    let after = one(text);
    assert!(
        after.contains("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"),
        "{after}"
    );
    assert!(after.contains(r#""PolicyName": "AmazonECSTaskExecutionRolePolicy""#), "{after}");
    assert!(
        after.contains(r#"arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*\"}"#),
        "{after}"
    );
    assert!(
        after.contains("com.amazonaws.us-east-1.s3") && !after.contains("0123456789abcdef0"),
        "{after}"
    );
}

#[test]
fn errors_and_commands_speak_of_the_same_pseudonyms() {
    let text = "$ aws iam get-role --role-name billing --region us-east-1\n{\"Role\": {\"RoleName\": \"billing\", \"Arn\": \"arn:aws:iam::111122223333:role/billing\"}}\n\
        An error occurred (AccessDeniedException) when calling the DescribeSecret operation: User: arn:aws:sts::111122223333:assumed-role/billing/0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5 \
        is not authorized to perform: secretsmanager:DescribeSecret on resource: vault/key-AbCdEf\n\
        dial tcp 10.1.2.3:443: i/o timeout, host ip-10-1-2-3.ec2.internal, 111122223333.dkr.ecr.us-east-1.amazonaws.com/billing:v1";
    let after = one(text);
    let role = after
        .split("--role-name ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next())
        .expect("the command is there");
    assert!(
        after.contains(&format!("\"RoleName\": \"{role}\"")) && after.contains(&format!(":assumed-role/{role}/")),
        "{after}"
    );
    assert!(
        after.contains("is not authorized to perform: secretsmanager:DescribeSecret on resource"),
        "{after}"
    );
    assert!(
        after.contains(".dkr.ecr.us-east-1.amazonaws.com/") && after.contains("dial tcp 10."),
        "{after}"
    );
    for gone in ["billing", "111122223333", "0f3a1c5e", "10.1.2.3", "10-1-2-3"] {
        assert!(!after.contains(gone), "{gone} is left: {after}");
    }
}

#[test]
fn a_wildcard_that_cuts_a_name_still_fits_it() {
    let text = r#"{"Resource": ["arn:aws:secretsmanager:us-east-1:111122223333:secret:payments*", "arn:aws:ssm:us-east-1:111122223333:parameter/pay*ice-??????"]}
        {"ARN": "arn:aws:secretsmanager:us-east-1:111122223333:secret:paymentsystem-AbCdEf", "Name": "paymentsystem"}
        {"Name": "/payservice-abcdef", "Type": "String", "Tier": "Standard"}"#;
    let after = one(text);
    let values: Vec<&str> = after.split('"').collect();
    let secret = values
        .iter()
        .find(|value| value.contains(":secret:") && value.ends_with('*'))
        .expect("the pattern")
        .trim_end_matches('*');
    assert!(
        values
            .iter()
            .any(|value| value.len() > secret.len() + 1 && value.starts_with(secret)),
        "{after}"
    );
    let (head, tail) = values
        .iter()
        .find_map(|value| value.split_once(":parameter/")?.1.split_once('*'))
        .expect("the pattern");
    let name = values.iter().rev().find(|value| value.starts_with('/')).expect("the name");
    let tail = tail.trim_end_matches('?');
    assert!(
        name.trim_start_matches('/').starts_with(head) && name.contains(tail) && name.len() == "/payservice-abcdef".len(),
        "{after}"
    );
    assert!(!after.contains("pay"), "{after}");
}

#[test]
fn secrets_stay_masked() {
    let after = one(r#"{"ARN": "arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf", "SecretString": "hunter2hunter2"}"#);
    assert!(!after.contains("hunter2") && after.contains(evidence::MASK), "{after}");
}

/// The CIDR (and address) that a small document comes out with.
fn mapped(texts: &[String]) -> Vec<String> {
    let list: Vec<String> = texts.iter().map(|text| format!("{{\"CidrIp\": \"{text}\"}}")).collect();
    let after = one(&format!("{{\"IpRanges\": [{}]}}", list.join(", ")));
    after
        .split("\"CidrIp\": \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect()
}

fn parse(cidr: &str) -> (u32, u32) {
    let (base, len) = cidr.split_once('/').unwrap_or((cidr, "32"));
    (
        u32::from(base.parse::<Ipv4Addr>().unwrap_or(Ipv4Addr::BROADCAST)),
        len.parse().unwrap_or(99),
    )
}

fn within(inner: (u32, u32), outer: (u32, u32)) -> bool {
    inner.1 >= outer.1 && (outer.1 == 0 || inner.0 >> (32 - outer.1) == outer.0 >> (32 - outer.1))
}

fn private(address: u32) -> bool {
    Ipv4Addr::from(address).is_private()
}

proptest! {
    #[test]
    fn what_lies_in_a_cidr_still_does(a in any::<u32>(), b in any::<u32>(), len in 0_u32..=32, near in 0_u32..=32, ten in any::<bool>()) {
        let outer = if ten { 0x0a00_0000 | a & 0x00ff_ffff } else { a };
        let other = if near == 0 { b } else { outer ^ (b & (u32::MAX >> (near - 1).min(31))) };
        let base = if len == 0 { 0 } else { outer >> (32 - len) << (32 - len) };
        let (cidr, address) = (format!("{}/{len}", Ipv4Addr::from(base)), Ipv4Addr::from(other).to_string());
        let after = mapped(&[cidr.clone(), address.clone()]);
        prop_assert_eq!(within(parse(&address), parse(&cidr)), within(parse(&after[1]), parse(&after[0])), "{} {} became {:?}", cidr, address, after);
        prop_assert_eq!(private(other), private(parse(&after[1]).0));
        prop_assert_eq!(parse(&after[0]).1, len);
    }

    #[test]
    fn any_text_is_redacted_without_a_fault(text in "\\PC{0,300}") {
        let _ = one(&text);
    }

    #[test]
    fn damaged_json_is_redacted_without_a_fault(text in "[\\[\\]{}\":,a-c0-9 \\\\\n.-]{0,200}") {
        let _ = one(&text);
    }
}

#[test]
fn public_hosts_times_ports_and_words_of_aws_in_prose_stay() {
    for text in [
        "see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cannot-pull-image.html",
        "https://www.docker.com/increase-rate-limit",
        "Get \"https://registry-1.docker.io/v2/\": dial tcp: i/o timeout",
        "2026-11-25 10:00:00 and 2026-11-25-10-00 and 1024-65535",
        "aws-cli/2.15.0 Python/3.11.6 exe/x86_64",
        "aws ssm get-parameters --names /aws/service --region eu-west-1 --output text",
        "the service is in the cluster of the account",
        "Content-Type: application/json; the specified log group does not exist",
    ] {
        assert_eq!(one(text), text);
    }
}

#[test]
fn a_name_in_a_command_or_an_error_gets_the_pseudonym_that_it_has_elsewhere() {
    let after = one("aws ecr describe-repositories --repository-names ledger\n\
        failed to resolve ref 111122223333.dkr.ecr.us-east-1.amazonaws.com/ledger:v1: not found\n\
        account 1111-2222-3333");
    let name = after.split_whitespace().nth(4).expect("a name");
    assert!(after.contains(&format!(".amazonaws.com/{name}:")), "{after}");
    let dashed = after.rsplit(' ').next().expect("an account");
    assert!(after.contains(&format!(" {}.dkr.", dashed.replace('-', ""))), "{after}");
}

#[test]
fn tags_go_on_matching_where_a_policy_reads_them() {
    let tags = r#"{"Tags": [{"Key": "Customer", "Value": "8841"}]}"#;
    let after = one(tags);
    assert!(!after.contains("Customer") && !after.contains("8841"), "{after}");
    let policy = r#" {"Condition": {"StringEquals": {"aws:ResourceTag/Customer": "8841"}}}"#;
    let both = format!("{tags}{policy}");
    assert_eq!(one(&both), both);
}

#[test]
fn numbers_that_end_a_sentence_are_replaced() {
    for (text, number) in [
        ("account 1111-2222-3333.", "1111-2222-3333"),
        ("Tel. 03-1234-5678.\nThanks", "03-1234-5678"),
        ("call 03-1234-5678. Thanks", "03-1234-5678"),
    ] {
        assert!(!one(text).contains(number), "{}", one(text));
    }
}
