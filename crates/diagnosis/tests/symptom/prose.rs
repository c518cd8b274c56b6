//! Error texts inside mail, logs and JSON are found; prose without one has none.

use crate::texts::{corpus, variations};
use diagnosis::symptom::{Cause, Service, find, parse};

fn found(text: &str) -> Vec<&str> {
    find(text).into_iter().filter_map(|range| text.get(range)).collect()
}

#[test]
fn a_mail_with_a_wrapped_error() {
    let mail = "Hello,\n\nsince this morning our tasks do not start any more. The console says\n\n\
        > ResourceInitializationError: unable to pull secrets or registry auth:\n\
        > execution resource retrieval failed: unable to retrieve ecr registry auth:\n\
        > service call has been retried 3 time(s): RequestError: send request failed\n\
        > caused by: Post \"https://api.ecr.eu-west-1.amazonaws.com/\": dial tcp\n\
        > 10.0.3.14:443: i/o timeout\n\nWe changed nothing (we were denied access to the route tables).\nCan you help?\n";
    let texts = found(mail);
    assert_eq!(texts.len(), 1, "{texts:?}");
    let read = parse(texts[0]);
    assert_eq!((read.service, read.cause), (Some(Service::EcrApi), Cause::Timeout));
    assert_eq!(read.quoted.ip.as_deref(), Some("10.0.3.14"));
    assert!(texts[0].ends_with("i/o timeout"));
}

#[test]
fn prose_in_the_same_line_ends_it() {
    let text = "We get CannotPullContainerError: Error response from daemon: manifest for 111122223333.dkr.ecr.us-east-1.amazonaws.com/app:v1 not found. What \
                does AccessDenied have to do with it?";
    assert_eq!(
        found(text),
        [
            "CannotPullContainerError: Error response from daemon: manifest for 111122223333.dkr.ecr.us-east-1.amazonaws.com/app:v1 not found."
        ]
    );
}

#[test]
fn a_value_in_json_ends_at_its_quote() {
    let json = r#"{"events": [{"id": "1", "message": "(service web) was unable to place a task. Reason: CannotPullContainerError: inspect image has been retried 1 time(s): failed to resolve ref \"docker.io/a/b:1\": unexpected status code [manifests 1]: 401 Unauthorized.", "createdAt": 1}, {"id": "2", "message": "(service web) has reached a steady state."}]}"#;
    let texts = found(json);
    assert_eq!(texts.len(), 1, "{texts:?}");
    assert!(
        texts[0].starts_with("(service web) was unable") && texts[0].ends_with("401 Unauthorized."),
        "{}",
        texts[0]
    );
}

#[test]
fn japanese_quotes_hold_it_together() {
    let text = "タスクが起動しません。エラーは「ResourceInitializationError: failed to validate logger args: : signal: killed」です。よろしくお願いします。";
    assert_eq!(
        found(text),
        ["ResourceInitializationError: failed to validate logger args: : signal: killed"]
    );
}

#[test]
fn two_errors_of_one_log_are_two() {
    let log = "2026-11-02T10:00:00Z task 1 ResourceInitializationError: unable to pull secrets or registry auth: pull command failed: : signal: killed\n\
               2026-11-02T10:05:00Z task 2 CannotPullContainerError: Error response from daemon: toomanyrequests: You have reached your pull rate limit.\n\
               2026-11-02T10:06:00Z done\n";
    let texts = found(log);
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert_eq!(
        texts.iter().map(|text| parse(text).cause).collect::<Vec<_>>(),
        [Cause::Killed, Cause::Throttled]
    );
}

#[test]
fn failures_that_are_not_ours_are_found_too() {
    for text in [
        "Essential container in task exited",
        "Scaling activity initiated by (deployment ecs-svc/1234)",
        "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/a/b)",
        "Host EC2 (instance i-0123456789abcdef0) terminated.",
        "Your Spot Task was interrupted.",
        "Timeout waiting for network interface provisioning to complete.",
    ] {
        let mail = format!("Hi team,\nthe reason was: {text}\n\nregards\n");
        assert_eq!(found(&mail), [text], "{text}");
    }
}

#[test]
fn prose_without_an_error_has_none() {
    for text in [
        "",
        "Our task does not start. We think that the execution role lacks a permission for Secrets Manager, or that the subnet has no route.",
        "$ aws ecs describe-tasks --cluster prod --tasks 0123\n{\n  \"tasks\": [],\n  \"failures\": []\n}\n",
        "An error occurred (AccessDeniedException) when calling the DescribeSecret operation: User: arn:aws:iam::111122223333:user/a is not authorized to perform: secretsmanager:DescribeSecret on resource: db because no identity-based policy allows the secretsmanager:DescribeSecret action",
        "{\"eventName\": \"GetSecretValue\", \"errorMessage\": \"User: arn:aws:sts::111122223333:assumed-role/a/b is not authorized to perform: secretsmanager:GetSecretValue on resource: x\"}",
        "{\"AlarmName\": \"prod-CannotPullContainerError-alarm\"}",
    ] {
        assert_eq!(found(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn a_long_log_is_searched_to_its_end() {
    let filler = "2026-11-02T10:00:00Z INFO nothing to see here \u{2603}\n";
    let error = "ResourceInitializationError: failed to validate logger args: : signal: killed";
    // Wherever the error lies, on an edge of what is read at once or not, it is found once.
    for lines in (1_150..1_300).step_by(7) {
        let log = format!("{}{error}\n{}", filler.repeat(lines), filler.repeat(1_500));
        assert_eq!(found(&log), [error], "{lines}");
    }
}

#[test]
fn a_text_found_in_prose_reads_as_by_itself() {
    let mut wrong = Vec::new();
    let made = variations().into_iter().map(|variation| variation.text);
    // A narrow table's column cuts words apart: such a text is read by itself, not found.
    let cut_apart = |text: &String| text.starts_with("ResourceInitializationError: u\n");
    for text in corpus().into_iter().filter(|text| !cut_apart(text)).chain(made) {
        let alone = parse(&text);
        for gap in ["\n\n", "\n"] {
            let mail = format!("Hi,\n\nour deployment fails.{gap}{text}{gap}Is it the AccessDenied thing again, or a timeout?\n");
            let texts = found(&mail);
            let Some(first) = texts.first() else {
                // Events that say nothing by themselves, and texts without their beginning, are not looked for.
                if alone.cause != Cause::Unknown && alone.class.is_some() {
                    wrong.push(format!("not found: {text}"));
                }
                continue;
            };
            let read = parse(first);
            if texts.len() != 1 || (read.stage, read.service, read.cause) != (alone.stage, alone.service, alone.cause) {
                wrong.push(format!("{texts:?}\n   {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// What a sender says below an error that is not complete is no part of it: it would prove what nobody measured.
#[test]
fn words_below_an_unfinished_error_prove_nothing() {
    for error in [
        "ResourceInitializationError:",
        "CannotPullContainerError: inspect image has been retried 5 time(s):",
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed",
        "CannotPullContainerError: The task cannot pull",
    ] {
        for words in [
            "looks like access denied to me, or an i/o timeout",
            "we think that it is an AccessDeniedException",
            "and i guess there was no such host",
            "the usual connection refused thing, is it not?",
            "Probably x509: certificate signed by unknown authority again",
        ] {
            let mail = format!("Hello,\n{error}\n{words}\n");
            let texts = found(&mail);
            let shown = format!("{mail}: {texts:?}");
            assert!(texts.iter().all(|text| parse(text).cause == Cause::Unknown), "{shown}");
        }
    }
}

/// As mail programs wrap: at spaces, and behind hyphens inside a word.
fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut line = 0;
    for word in text.split_inclusive([' ', '-']) {
        if line > 0 && line + word.trim_end().len() > width {
            out = out.trim_end_matches(' ').to_owned();
            out.push('\n');
            line = 0;
        }
        out.push_str(word);
        line += word.len();
    }
    out
}

#[test]
fn a_mail_that_wraps_at_hyphens_says_the_same() {
    let text = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve \
                secret from asm: service call has been retried 1 time(s): failed to fetch secret \
                arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf from secrets manager: RequestCanceled: request context \
                canceled caused by: context deadline exceeded";
    for width in 60..100 {
        let mail = format!(
            "Hello, our deploy fails with this:\n\n{}\n\nWe did not change anything.\n",
            wrapped(text, width)
        );
        let texts = found(&mail);
        assert_eq!(texts.len(), 1, "{mail}");
        assert_eq!(parse(texts[0]).quoted, parse(text).quoted, "{width}: {mail}");
        assert_eq!(parse(texts[0]).cause, Cause::Timeout, "{width}: {mail}");
    }
}
