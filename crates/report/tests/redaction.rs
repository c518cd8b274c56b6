//! Redacted evidence gives the same diagnosis, and nothing of the original is left in it.

use evidence::{Input, redact};
use report::model::{Finding, RequestBody};
use report::{Options, Report, diagnose};
use std::collections::BTreeSet;
use testkit::scenario::Scenario;

type Files = Vec<(String, Vec<u8>)>;

const RANDOM: u128 = 0x0123_4567_89ab_cdef_fedc_ba98_7654_3210;

fn files(scenario: &Scenario) -> Files {
    (scenario.build)()
        .files()
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect()
}

fn redacted(files: &Files, random: u128) -> Files {
    let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    redact(&inputs, random)
        .into_iter()
        .map(|one| (one.name, one.text.into_bytes()))
        .collect()
}

fn report_of(files: &Files) -> Report {
    let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    diagnose(&inputs, &Options::default())
}

/// What must be the same. The order of equal findings goes by their subjects' names, so it may change.
fn facts(report: &Report) -> (String, Vec<String>, Vec<String>, Vec<String>) {
    let finding = |finding: &Finding| format!("{} {:?} {:?} {}", finding.code, finding.status, finding.role, finding.subject.len());
    let mut findings: Vec<String> = report.findings.iter().map(finding).collect();
    findings.sort();
    let mut destinations: Vec<String> = report
        .destinations
        .iter()
        .map(|destination| {
            let network = destination.network.as_ref().map(|network| network.verdict.word());
            let calls: Vec<String> = destination
                .authorization
                .iter()
                .map(|call| format!("{} {}", call.action, call.verdict.word()))
                .collect();
            let references: Vec<&str> = destination.references.iter().map(|reference| reference.verdict.word()).collect();
            // A registry is named by its host, in which an account may stand.
            let service = destination.service.to_string();
            let service = service.split(':').next().unwrap_or_default();
            format!("{service} {network:?} {calls:?} {references:?}")
        })
        .collect();
    destinations.sort();
    let mut requests: Vec<String> = report
        .requests
        .iter()
        .map(|request| match &request.body {
            RequestBody::Command { operation, .. } => (*operation).to_string(),
            RequestBody::Question { .. } => "question".to_owned(),
        })
        .collect();
    requests.sort();
    (report.outcome.word().to_owned(), findings, destinations, requests)
}

#[test]
fn the_diagnosis_stays_the_same() {
    let mut faults = Vec::new();
    for scenario in testkit::scenarios::all() {
        let files = files(&scenario);
        let (before, after) = (facts(&report_of(&files)), facts(&report_of(&redacted(&files, RANDOM))));
        if before != after {
            let differ = |a: &[String], b: &[String]| a.iter().filter(|one| !b.contains(one)).cloned().collect::<Vec<_>>();
            faults.push(format!(
                "{}: {} / {}\n  findings {:?} / {:?}\n  destinations {:?} / {:?}\n  requests {:?} / {:?}",
                scenario.name,
                before.0,
                after.0,
                differ(&before.1, &after.1),
                differ(&after.1, &before.1),
                differ(&before.2, &after.2),
                differ(&after.2, &before.2),
                differ(&before.3, &after.3),
                differ(&after.3, &before.3),
            ));
        }
    }
    assert!(faults.is_empty(), "{} scenarios differ\n{}", faults.len(), faults.join("\n"));
}

/// Runs of letters and digits, and addresses.
fn tokens(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.')
        .chain(text.split(|c: char| !c.is_ascii_alphanumeric()))
        .collect()
}

/// Account ids, ids of AWS, private addresses and the worlds' own names.
fn identifying(token: &str) -> bool {
    let digits = token.bytes().any(|byte| byte.is_ascii_digit());
    let account = token.len() == 12 && token.bytes().all(|byte| byte.is_ascii_digit());
    // Ids of AWS's own prefix lists have eight digits and stay.
    let hex = token.len() > 8
        && digits
        && token.bytes().all(|byte| byte.is_ascii_hexdigit())
        && token.bytes().any(|byte| byte.is_ascii_alphabetic());
    let private = token.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.octets()[0] == 10);
    let name = ["AbCdEf", "ecsTaskExecutionRole", "prod", "app"].contains(&token);
    account || hex || private || name
}

/// What a customer writes around the outputs, with names in every kind of place where only prose, an error or a command has them.
const TICKET: &str = "\
From: Support <hanako.yamada@megabank.co.jp>
Please call +81-3-5555-0199 or 090-5555-0142; the account is 1111-2222-3333, the other one 444455556666.
$ export CLUSTER=ledgerfleet
$ aws ecs describe-services --cluster payroll-fleet --services kyuyo shiharai --profile=moneydesk
$ aws ecs describe-tasks --cluster kaikei \\
    --tasks zeimu --region us-east-1 --include TAGS --output json
$ aws iam get-role --role-name 'haraidashi-exec'
$ aws secretsmanager get-secret-value --secret-id tekagami/himitsu
$ aws s3api get-object --bucket okurajo --key kinko/kagi.env /tmp/out
$ aws logs describe-log-groups --log-group-name-prefix /ecs/tsuchou
$ aws logs describe-log-streams --log-group-name choubo
$ aws ecr describe-images --repository-name soroban --image-ids imageTag=aofuda
$ aws ssm get-parameters --names /hikidashi/mikan
$ aws ec2 describe-subnets --filters Name=tag:Shozoku,Values=jinjibu --query 'Subnets[].SubnetId'
$ aws s3 cp s3://kurabako/omake.env -
CannotPullContainerError: failed to resolve ref 111122223333.dkr.ecr.us-east-1.amazonaws.com/kyuryo-web:mikazuki: not found
CannotPullContainerError: pull access denied for ginkou/tanmatsu, repository does not exist or may require 'docker login'
CannotPullContainerError: Get \"https://nexus.hirabank.internal:8443/v2/madoguchi/manifests/shinkin\": dial tcp: lookup nexus.hirabank.internal: no such host
dial tcp: lookup torihiki.hirabank.local on 10.0.0.2:53: no such host
We push hirakata.azurecr.io/kasoku/uketsuke:oboro and ghcr.io/yubinkyoku/chokin@sha256:0000000000000000000000000000000000000000000000000000000000000000.
(service nenkin-web) has reached a steady state.
(service hoken) (cluster kyosai) was unable to place a task.
The service shokuin-api in cluster honten-7 does not start.
Accounts 1234-5678-9012: mine, 5555 6666 7777 and (8888-9999-0000).
An error occurred (RepositoryNotFoundException) when calling the DescribeImages operation: The repository with name 'mokuzai' does not exist in the registry with id '123456789012'
An error occurred (ImageNotFoundException) when calling the DescribeImages operation: The image with imageId {imageDigest:'null', imageTag:'hinoki'} does not exist within the repository with name 'sugi/itame' in the registry with id '123456789012'
An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name kajiya cannot be found.
An error occurred (NoSuchEntity) when calling the GetInstanceProfile operation: Instance Profile tatara cannot be found.
An error occurred (ResourceNotFoundException) when calling the GetSecretValue operation: Secrets Manager can't find the specified secret value for staging label: KOYOMI
An error occurred (AccessDenied) when calling the GetRole operation: User: arn:aws:sts::123456789012:assumed-role/bantou/tedai is not authorized to perform: iam:GetRole on resource: role detchi because no identity-based policy allows the iam:GetRole action
The config profile (noren) could not be found
The logs are in /hiki-yama/dashi and the parameter /chochin/abura is missing.
The log stream is in /ecs/nisshi and s3://kura/okimono/hako.env.
The bucket is https://nimotsu.s3.us-east-1.amazonaws.com/tansu/env and the door genkan-12.us-east-1.elb.amazonaws.com.
{\"events\": [{\"message\": \"(service koza-api) has stopped 1 running tasks: (task 0123456789abcdef0123456789abcdef).\"}],
 \"tags\": [{\"key\": \"Customer\", \"value\": \"8841\"}, {\"key\": \"bumon\", \"value\": \"Secret\"}]}
";

/// The names of the ticket.
const PLANTED: &[&str] = &[
    "hanako",
    "yamada",
    "megabank",
    "0199",
    "0142",
    "1111-2222-3333",
    "444455556666",
    "ledgerfleet",
    "payroll",
    "kyuyo",
    "shiharai",
    "moneydesk",
    "kaikei",
    "zeimu",
    "haraidashi",
    "tekagami",
    "himitsu",
    "okurajo",
    "kinko",
    "kagi",
    "tsuchou",
    "choubo",
    "soroban",
    "aofuda",
    "hikidashi",
    "mikan",
    "Shozoku",
    "jinjibu",
    "kurabako",
    "omake",
    "kyuryo",
    "mikazuki",
    "ginkou",
    "tanmatsu",
    "nexus",
    "hirabank",
    "madoguchi",
    "shinkin",
    "torihiki",
    "hirakata",
    "kasoku",
    "uketsuke",
    "oboro",
    "yubinkyoku",
    "chokin",
    "nenkin",
    "hoken",
    "kyosai",
    "shokuin",
    "honten",
    "nisshi",
    "okimono",
    "hako",
    "nimotsu",
    "tansu",
    "genkan",
    "koza",
    "Customer",
    "8841",
    "bumon",
    "5678",
    "6666",
    "9999",
    "mokuzai",
    "hinoki",
    "sugi",
    "itame",
    "kajiya",
    "tatara",
    "KOYOMI",
    "bantou",
    "tedai",
    "detchi",
    "noren",
    "yama",
    "dashi",
    "chochin",
    "abura",
];

/// Words of AWS, of public hosts and of the texts of errors that stay beside them: the diagnosis reads them.
const KEPT: &[&str] = &[
    "aws ecs describe-services --cluster ",
    "--region us-east-1 --include TAGS --output json",
    "--query 'Subnets[].SubnetId'",
    ".dkr.ecr.us-east-1.amazonaws.com/",
    "CannotPullContainerError: pull access denied for ",
    ", repository does not exist or may require 'docker login'",
    "/manifests/",
    ": dial tcp: lookup ",
    ": no such host",
    ".azurecr.io/",
    "ghcr.io/",
    "@sha256:",
    ") has reached a steady state.",
    ") was unable to place a task.",
    ".s3.us-east-1.amazonaws.com/",
    ".us-east-1.elb.amazonaws.com",
    "does not start.",
    "The repository with name '",
    "' does not exist in the registry with id '",
    " cannot be found.",
    "Secrets Manager can't find the specified secret value for staging label: ",
    " is not authorized to perform: iam:GetRole on resource: role ",
    "because no identity-based policy allows the iam:GetRole action",
];

#[test]
fn names_in_prose_errors_and_commands_go_and_the_words_around_them_stay() {
    let files = vec![("ticket.txt".to_owned(), TICKET.as_bytes().to_vec())];
    let after: String = redacted(&files, RANDOM)
        .into_iter()
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    let left: Vec<&&str> = PLANTED.iter().filter(|name| after.contains(**name)).collect();
    let gone: Vec<&&str> = KEPT.iter().filter(|words| !after.contains(**words)).collect();
    assert!(left.is_empty() && gone.is_empty(), "left {left:?}\ngone {gone:?}\n{after}");
}

#[test]
fn nothing_of_the_original_is_left() {
    let mut faults = BTreeSet::new();
    for scenario in testkit::scenarios::all() {
        let mut files = files(&scenario);
        files.push(("ticket.txt".to_owned(), TICKET.as_bytes().to_vec()));
        let after: String = redacted(&files, RANDOM)
            .into_iter()
            .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
            .collect();
        // The bucket of Amazon ECR's layers starts with a word that the worlds use as a name, too.
        let after = after
            .replace("prod-us-east-1-starport-layer-bucket", "")
            .replace("prod-eu-west-1-starport-layer-bucket", "");
        let left = tokens(&after);
        // Where a policy reads tags, words of AWS and short numbers stay in them, for they must match names.
        let tags = files[..files.len() - 1]
            .iter()
            .any(|(_, bytes)| ["Tag/", "TagKeys"].iter().any(|read| String::from_utf8_lossy(bytes).contains(read)));
        faults.extend(
            PLANTED
                .iter()
                .filter(|name| left.contains(**name) && !(tags && matches!(**name, "Customer" | "8841")))
                .map(|name| format!("{name} (ticket.txt, {})", scenario.name)),
        );
        for (name, bytes) in &files {
            for token in tokens(&String::from_utf8_lossy(bytes))
                .into_iter()
                .filter(|token| identifying(token))
            {
                if left.contains(token) {
                    faults.insert(format!("{token} ({name}, {})", scenario.name));
                }
            }
        }
    }
    let shown: Vec<String> = faults.iter().take(60).cloned().collect();
    assert!(faults.is_empty(), "{} tokens are left\n{}", faults.len(), shown.join("\n"));
}

#[test]
fn another_random_value_gives_other_pseudonyms_and_the_same_value_the_same() {
    let scenario = testkit::scenarios::all().into_iter().next().expect("there are scenarios");
    let files = files(&scenario);
    assert_eq!(redacted(&files, RANDOM), redacted(&files, RANDOM));
    assert_ne!(redacted(&files, RANDOM), redacted(&files, RANDOM + 1));
}
