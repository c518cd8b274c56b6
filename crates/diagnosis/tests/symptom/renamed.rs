//! Names are no signs: what a text states is the same in another region, partition and account, with other names and counts,
//! and what it quotes is renamed along.

use crate::corpus::labels;
use crate::texts::labelled;
use diagnosis::symptom::parse;
use serde_json::Value;

/// One consistent change of names, in a text and in what is quoted of it.
type Renaming = (&'static str, fn(&str) -> String);

const RENAMINGS: [Renaming; 6] = [
    ("account", account),
    ("region", region),
    ("the partition of China", china),
    ("the partition of GovCloud", gov_cloud),
    ("request ids", request_ids),
    ("names that sound like errors", loud_names),
];

/// Every run of exactly twelve digits.
fn account(text: &str) -> String {
    runs(
        text,
        |char| char.is_ascii_alphanumeric(),
        |run| (run.len() == 12 && run.bytes().all(|byte| byte.is_ascii_digit())).then(|| "998877665544".to_owned()),
    )
}

fn region(text: &str) -> String {
    runs(
        text,
        |char| char.is_ascii_alphanumeric() || char == '-',
        |run| {
            let parts: Vec<&str> = run.split('-').collect();
            let known = matches!(parts.as_slice(), ["us" | "eu" | "ap" | "me", _, number] if number.len() == 1);
            known.then(|| "ap-southeast-7".to_owned())
        },
    )
}

fn china(text: &str) -> String {
    domain(&text.replace("arn:aws:", "arn:aws-cn:"), ".amazonaws.com", ".amazonaws.com.cn")
}

fn gov_cloud(text: &str) -> String {
    region(&text.replace("arn:aws:", "arn:aws-us-gov:")).replace("ap-southeast-7", "us-gov-east-1")
}

/// A domain where it ends: `amazonaws.commmm` is another one.
fn domain(text: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once(from) {
        out.push_str(head);
        let ends = !tail.starts_with(|char: char| char.is_ascii_alphanumeric());
        out.push_str(if ends { to } else { from });
        rest = tail;
    }
    out + rest
}

fn request_ids(text: &str) -> String {
    runs(
        text,
        |char| char.is_ascii_hexdigit() || char == '-',
        |run| {
            let uuid = run.len() == 36 && run.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
            uuid.then(|| "00000000-4031-4290-8443-000000000403".to_owned())
        },
    )
}

/// Names of roles, repositories, secrets and log groups may be anything, also words of other errors.
fn loud_names(text: &str) -> String {
    const NAMES: [(&str, &str); 12] = [
        ("ecsTaskExecutionRole", "timeout-nosuchhost-role"),
        ("CruddurServiceExecutionRole", "x509-role"),
        ("batchJobRole", "throttlingexception-role"),
        (":secret:rds!", ":secret:i/o-timeout!"),
        (":secret:N8N_ENCRYPTION_KEY", ":secret:manifest-unknown"),
        (":parameter/JobSyncHub/", ":parameter/connection-refused/"),
        ("/wishkit/", "/signal:killed/"),
        ("/backend-flask", "/toomanyrequests"),
        ("library/nginx", "library/exec-format-error"),
        ("ichain/core", "no-space/left-on-device"),
        (":log-group:/ecs/", ":log-group:/loggroup-doesnotexist/"),
        ("seller-service", "access-denied-service"),
    ];
    NAMES.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The text with each longest run of those characters replaced, where there is a replacement.
fn runs(text: &str, of: fn(char) -> bool, replace: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for char in text.chars().chain(['\0']) {
        if of(char) {
            run.push(char);
            continue;
        }
        out.push_str(&replace(&run).unwrap_or_else(|| run.clone()));
        run.clear();
        if char != '\0' {
            out.push(char);
        }
    }
    out
}

fn renamed(value: &Value, rename: fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::from(rename(text)),
        Value::Array(items) => items.iter().map(|item| renamed(item, rename)).collect(),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), renamed(value, rename))).collect(),
        other => other.clone(),
    }
}

#[test]
fn what_a_text_states_does_not_hang_on_its_names() {
    let mut wrong = Vec::new();
    let mut changed = [0; RENAMINGS.len()];
    for line in labelled() {
        let text = line["text"].as_str().unwrap();
        for (index, (what, rename)) in RENAMINGS.iter().enumerate() {
            let other = rename(text);
            if other == text {
                continue;
            }
            changed[index] += 1;
            let read = labels(&parse(&other));
            for label in ["class", "stage", "service", "cause", "quoted"] {
                let expected = if label == "quoted" {
                    renamed(&line[label], *rename)
                } else {
                    line[label].clone()
                };
                if read[label] != expected {
                    wrong.push(format!("{what}: {label}\n  read  {}\n  label {expected}\n  {other}", read[label]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    assert!(changed.iter().all(|count| *count >= 15), "{changed:?}");
}

#[test]
fn the_count_of_tries_is_read_and_nothing_else() {
    for line in labelled() {
        let text = line["text"].as_str().unwrap();
        let Some(count) = line["quoted"]["retries"].as_u64() else {
            continue;
        };
        let other = text
            .replace(&format!("retried {count} time"), "retried 12 time")
            .replace(&format!("number of attempts, {count}"), "number of attempts, 12");
        if other == text {
            continue;
        }
        let mut expected = line["quoted"].clone();
        expected["retries"] = Value::from(12);
        let read = labels(&parse(&other));
        assert_eq!(read["quoted"], expected, "{other}");
        assert_eq!(read["cause"], line["cause"], "{other}");
    }
}

#[test]
fn an_address_of_ipv6_is_an_address() {
    let mut seen = 0;
    for line in labelled() {
        let text = line["text"].as_str().unwrap();
        let (Some(ip), Some(port)) = (line["quoted"]["ip"].as_str(), line["quoted"]["port"].as_u64()) else {
            continue;
        };
        seen += 1;
        let other = text.replace(&format!("{ip}:{port}"), &format!("[2600:1f18:4a3:6900::7]:{port}"));
        let read = labels(&parse(&other));
        let mut expected = line["quoted"].clone();
        expected["ip"] = Value::from("2600:1f18:4a3:6900::7");
        assert_eq!(read["quoted"], expected, "{other}");
        for label in ["class", "stage", "service", "cause"] {
            assert_eq!(read[label], line[label], "{label}: {other}");
        }
    }
    assert!(seen > 30, "{seen}");
}

/// Names without a path stand in texts too: parameters, keys, secrets, hosts, containers, capacity providers.
#[test]
fn a_short_name_is_no_sign_either() {
    const FORMS: [(&str, &str); 7] = [
        (
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: NAME",
            "not_found",
        ),
        (
            "Fetching secret data from SSM Parameter Store in eu-west-1: invalid parameters: first,NAME",
            "not_found",
        ),
        (
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key NAME",
            "json_key",
        ),
        (
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret NAME from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.",
            "not_found",
        ),
        (
            "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref NAME.example.com/a:1: failed to do request: Head \"https://NAME.example.com/v2/a/manifests/1\": dial tcp 10.1.2.3:443: i/o timeout",
            "timeout",
        ),
        (
            "CannotPullContainerError: Error response from daemon: manifest for NAME:v1 not found: manifest unknown: Requested image not found",
            "not_found",
        ),
        (
            "(service NAME) was unable to place a task. Reason: CannotPullContainerError: Error response from daemon: manifest for app/web:v1 not found: manifest unknown: Requested image not found.",
            "not_found",
        ),
    ];
    let mut wrong = Vec::new();
    for (form, cause) in FORMS {
        for name in [
            "x509",
            "nosuchhost",
            "connection-refused",
            "access-denied",
            "AccessDenied",
            "signal",
            "throttlingexception",
            "exec-format-error",
            "invalid-character",
            "rateexceeded",
            "key",
            "secret",
            "timeout",
            "token",
            "ssm",
            "efs",
            "nosuchkey",
        ] {
            let text = form.replace("NAME", name);
            let read = parse(&text);
            if read.cause.as_str() != cause {
                wrong.push(format!("{}: {text}", read.cause));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// The same answers in the words of other SDKs, and the hosts of other partitions and of dual-stack endpoints.
#[test]
fn other_sdks_and_other_hosts() {
    const LEAD: &str = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): ";
    for (text, service, cause) in [
        (format!("{LEAD}An error occurred (ResourceNotFoundException) when calling the GetSecretValue operation: Secrets Manager can't find the specified secret."), "secretsmanager", "not_found"),
        (format!("{LEAD}Secrets Manager can't find the specified secret. (Service: AWSSecretsManager; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: 0f1e2d3c-1111-4222-8333-444455556666; Proxy: null)"), "secretsmanager", "not_found"),
        (format!("{LEAD}Could not connect to the endpoint URL: \"https://secretsmanager.eu-west-1.amazonaws.com/\": Connection timed out"), "secretsmanager", "timeout"),
        ("ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post \"https://ecr.eu-west-1.api.aws/\": dial tcp [2a05:d018::5]:443: i/o timeout".to_owned(), "ecr.api", "timeout"),
        ("ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post \"https://api.ecr-fips.us-gov-west-1.amazonaws.com/\": dial tcp: lookup api.ecr-fips.us-gov-west-1.amazonaws.com on 10.0.0.2:53: no such host".to_owned(), "ecr.api", "dns"),
        ("CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref 111122223333.dkr-ecr.eu-west-1.on.aws/app:1: failed to do request: Head \"https://111122223333.dkr-ecr.eu-west-1.on.aws/v2/app/manifests/1\": dial tcp [2a05:d018::6]:443: connect: network is unreachable".to_owned(), "ecr.dkr", "unknown"),
        ("CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref 111122223333.dkr.ecr.cn-northwest-1.amazonaws.com.cn/app:1: failed to do request: Head \"https://111122223333.dkr.ecr.cn-northwest-1.amazonaws.com.cn/v2/app/manifests/1\": dial tcp 52.82.1.2:443: i/o timeout".to_owned(), "ecr.dkr", "timeout"),
        ("CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get \"https://prod-eu-west-1-starport-layer-bucket.s3.dualstack.eu-west-1.amazonaws.com/a?b\": dial tcp [2a05:d018::7]:443: i/o timeout".to_owned(), "s3", "timeout"),
        ("CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: read tcp 10.0.1.5:41234->52.219.1.2:443: read: connection reset by peer".to_owned(), "", "unknown"),
    ] {
        let read = parse(&text);
        assert_eq!((read.service.map_or("", |service| service.as_str()), read.cause.as_str()), (service, cause), "{text}");
    }
}
