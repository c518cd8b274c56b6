//! Pastes as they come: around the outputs, in front of them, broken.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test stops where it fails"
)]

use evidence::{
    Body, Citation, Completeness, Document, Evidence, Input, Operation, Pointer, ProblemKind,
    RepairKind, read,
};

const SUBNETS: &str = r#"{
    "Subnets": [
        {
            "SubnetId": "subnet-0a1",
            "VpcId": "vpc-1",
            "CidrBlock": "10.0.0.0/24",
            "AvailabilityZone": "us-east-1a"
        },
        {
            "SubnetId": "subnet-0b2",
            "VpcId": "vpc-1",
            "CidrBlock": "10.0.1.0/24",
            "AvailabilityZone": "us-east-1b"
        }
    ]
}"#;

fn paste(text: &str) -> Evidence {
    bytes(text.as_bytes())
}

fn bytes(bytes: &[u8]) -> Evidence {
    let evidence = read(&[Input {
        name: "paste",
        bytes,
    }]);
    for document in &evidence.documents {
        let text = evidence.text(document);
        assert!(
            !text.is_empty() || document.range.is_empty(),
            "{document:?}"
        );
        if let Some(json) = evidence.json(document) {
            serde_json::from_str::<serde_json::Value>(json)
                .unwrap_or_else(|error| panic!("{error}: {json}"));
        }
    }
    evidence
}

/// One line for each document.
fn summary(evidence: &Evidence) -> Vec<String> {
    evidence
        .documents
        .iter()
        .map(|document| line(evidence, document))
        .collect()
}

fn line(evidence: &Evidence, document: &Document) -> String {
    let operation = document.operation.map_or("-", Operation::name);
    let body = match &document.body {
        Body::Output(shape) => format!("{shape:?}"),
        Body::Error(error) => format!("{}: {}", error.code, error.message),
        Body::Answer(answer) => format!("{}({})={}", answer.question, answer.subject, answer.value),
        Body::Command => "Command".to_owned(),
        Body::Text => format!("Text {}", evidence.text(document).replace('\n', "|")),
    };
    let mut out = format!("{operation} {body}");
    if document.completeness != Completeness::Whole {
        out.push_str(&format!(" {:?}", document.completeness));
    }
    if let Some(command) = &document.command {
        for (name, values) in &command.options {
            out.push_str(&format!(" --{name} {}", values.join(" ")));
        }
        if let Some(region) = command.region() {
            out.push_str(&format!(" @{region}"));
        }
    }
    for problem in &document.problems {
        out.push_str(&format!(" !{:?}@{}", problem.kind, problem.line));
    }
    out
}

fn repairs(evidence: &Evidence) -> Vec<(RepairKind, usize)> {
    evidence.sources[0]
        .repairs
        .iter()
        .map(|repair| (repair.kind, repair.line))
        .collect()
}

fn problems(evidence: &Evidence) -> Vec<(ProblemKind, usize)> {
    evidence.sources[0]
        .problems
        .iter()
        .map(|problem| (problem.kind, problem.line))
        .collect()
}

fn ids(evidence: &Evidence, index: usize, member: &str) -> Vec<String> {
    evidence
        .items(&evidence.documents[index], member)
        .into_iter()
        .map(|(pointer, raw)| {
            let value: serde_json::Value = serde_json::from_str(raw).unwrap();
            let id = evidence.documents[index]
                .operation
                .unwrap()
                .identity_member()
                .unwrap();
            format!("{pointer} {}", value[id].as_str().unwrap())
        })
        .collect()
}

fn line_of(evidence: &Evidence, index: usize, pointer: &str) -> (usize, String) {
    let citation = Citation {
        document: evidence.documents[index].id,
        pointer: Pointer::parse(pointer).unwrap(),
    };
    let location = evidence
        .locate(&citation)
        .unwrap_or_else(|| panic!("{pointer}"));
    (location.line, location.excerpt.to_owned())
}

#[test]
fn a_terminal_session() {
    let evidence = paste(&format!(
        "[ec2-user@ip-10-0-0-1 ~]$ export AWS_REGION=ap-northeast-1\n\
         [ec2-user@ip-10-0-0-1 ~]$ aws ec2 describe-subnets --subnet-ids subnet-0a1 subnet-0b2 \\\n\
         >     --output json | cat\n\
         {SUBNETS}\n\
         [ec2-user@ip-10-0-0-1 ~]$ aws iam get-role --role-name ecsTask\n\n\
         An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name ecsTask cannot be found.\n\
         [ec2-user@ip-10-0-0-1 ~]$ aws --profile prod iam list-attached-role-policies --role-name=exec\n\
         {{\"AttachedPolicies\": [], \"IsTruncated\": false}}\n\
         [ec2-user@ip-10-0-0-1 ~]$ \n"
    ));
    assert_eq!(
        summary(&evidence),
        [
            "ec2:DescribeSubnets Response --output json --subnet-ids subnet-0a1 subnet-0b2 @ap-northeast-1",
            "iam:GetRole NoSuchEntity: The role with name ecsTask cannot be found. --role-name ecsTask @ap-northeast-1",
            "iam:ListAttachedRolePolicies Response --profile prod --role-name exec @ap-northeast-1",
        ]
    );
    assert_eq!(
        evidence.documents[2].command.as_ref().unwrap().profile(),
        Some("prod")
    );
    assert_eq!(
        ids(&evidence, 0, "Subnets"),
        ["/Subnets/0 subnet-0a1", "/Subnets/1 subnet-0b2"]
    );
    assert_eq!(
        line_of(&evidence, 0, "/Subnets/1/VpcId"),
        (14, "\"VpcId\": \"vpc-1\"".to_owned())
    );
}

#[test]
fn windows_shells() {
    let evidence = paste(&format!(
        "PS C:\\Users\\a> $env:AWS_DEFAULT_REGION = \"eu-west-1\"\r\n\
         PS C:\\Users\\a> aws ec2 describe-subnets `\r\n  --filters \"Name=vpc-id,Values=vpc-1\"\r\n{}\r\n\
         C:\\Users\\a>aws kms get-key-policy --key-id k1 --policy-name default ^\r\n --region us-east-1\r\n\
         {{\"Policy\": \"{{\\\"Statement\\\":[]}}\", \"PolicyName\": \"default\"}}\r\n",
        SUBNETS.replace('\n', "\r\n")
    ));
    assert_eq!(
        summary(&evidence),
        [
            "ec2:DescribeSubnets Response --filters Name=vpc-id,Values=vpc-1 @eu-west-1",
            "kms:GetKeyPolicy Response --key-id k1 --policy-name default --region us-east-1 @us-east-1",
        ]
    );
    assert_eq!(repairs(&evidence), [(RepairKind::LineEnds, 1)]);
    assert_eq!(line_of(&evidence, 0, "/Subnets/0/SubnetId").0, 7);
}

#[test]
fn a_mail() {
    let quoted = |text: &str| {
        text.lines()
            .map(|line| format!("> {line}\n"))
            .collect::<String>()
    };
    let evidence = paste(&format!(
        "田中様\nお世話になっております。「aws ecs describe-tasks ―cluster prod –tasks t1」の結果です。\n\n{}よろしくお願いいたします。\n",
        quoted(
            "{\"tasks\": [{\"taskArn\": \"arn:t1\", \"taskDefinitionArn\": \"arn:d\"}], \"failures\": []}\n\n停止理由：ＥＲＲ１２３ タスク"
        )
    ));
    assert_eq!(
        summary(&evidence),
        [
            "- Text 田中様|お世話になっております。「",
            "- Text 」の結果です。",
            "ecs:DescribeTasks Response --cluster prod --tasks t1",
            "- Text 停止理由:ERR123 タスク|よろしくお願いいたします。",
        ]
    );
    let kinds: Vec<RepairKind> = repairs(&evidence)
        .into_iter()
        .map(|(kind, _)| kind)
        .collect();
    assert_eq!(
        kinds,
        [
            RepairKind::MailQuotes,
            RepairKind::Dashes,
            RepairKind::FullWidth
        ]
    );
}

#[test]
fn markdown_and_a_bare_reason() {
    let evidence = paste(&format!(
        "The task stops with:\n\nResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed\n\n```json\n{SUBNETS}\n```\n"
    ));
    assert_eq!(
        summary(&evidence),
        [
            "- Text The task stops with:||ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed",
            "ec2:DescribeSubnets Response",
        ]
    );
    assert_eq!(repairs(&evidence), []);
    assert_eq!(problems(&evidence), []);
}

#[test]
fn encodings() {
    let text = format!("サブネット\n{SUBNETS}\n");
    let utf16 = |le: bool, mark: bool| -> Vec<u8> {
        let marked = if mark {
            format!("\u{feff}{text}")
        } else {
            text.clone()
        };
        marked
            .encode_utf16()
            .flat_map(|unit| {
                if le {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    };
    let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode(&text);
    let cases: [(Vec<u8>, &[RepairKind]); 6] = [
        (
            utf16(true, true),
            &[RepairKind::ByteOrderMark, RepairKind::Utf16],
        ),
        (
            utf16(false, true),
            &[RepairKind::ByteOrderMark, RepairKind::Utf16],
        ),
        (utf16(true, false), &[RepairKind::Utf16]),
        (utf16(false, false), &[RepairKind::Utf16]),
        (sjis.into_owned(), &[RepairKind::ShiftJis]),
        (
            format!("\u{feff}{text}").into_bytes(),
            &[RepairKind::ByteOrderMark],
        ),
    ];
    for (input, expected) in cases {
        let evidence = bytes(&input);
        assert_eq!(
            summary(&evidence),
            ["- Text サブネット", "ec2:DescribeSubnets Response"]
        );
        let kinds: Vec<_> = repairs(&evidence)
            .into_iter()
            .map(|(kind, _)| kind)
            .collect();
        assert_eq!(kinds, expected);
    }
}

/// Every pair of bytes decodes as the established decoder has it.
#[test]
fn shift_jis_is_the_standards() {
    let mut checked = 0;
    for lead in 0x80..=0xffu8 {
        for trail in 0x40..=0xfcu8 {
            let input = [b'a', lead, trail, b'\n'];
            let (expected, _, bad) = encoding_rs::SHIFT_JIS.decode(&input);
            let private = expected
                .chars()
                .any(|c| ('\u{e000}'..='\u{f8ff}').contains(&c));
            let evidence = read(&[Input {
                name: "x",
                bytes: &input,
            }]);
            let ours = evidence.sources[0]
                .repairs
                .iter()
                .any(|r| r.kind == RepairKind::ShiftJis);
            // UTF-8 is tried first; 0x80 and 0xa0 alone are no characters here.
            if str::from_utf8(&input).is_ok()
                || matches!(lead, 0x80 | 0xa0)
                || (matches!(lead, 0xa1..=0xdf) && matches!(trail, 0x80 | 0xa0))
            {
                continue;
            }
            assert_eq!(ours, !bad && !private, "{lead:x} {trail:x}");
            if ours {
                let kept = expected.contains('\u{3000}')
                    || expected
                        .chars()
                        .any(|c| ('\u{ff01}'..='\u{ff5e}').contains(&c));
                if !kept {
                    assert_eq!(evidence.sources[0].text(), expected, "{lead:x} {trail:x}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 7000, "{checked}");
}

#[test]
fn colours_and_odd_spaces() {
    let coloured = SUBNETS
        .replace("\"subnet-0a1\"", "\u{1b}[32m\"subnet-0a1\"\u{1b}[0m")
        .replace("    ", "\u{a0}\u{a0}  ");
    let evidence = paste(&format!(
        "\u{1b}]0;title\u{7}$ \u{1b}[1maws\u{1b}[m ec2 describe-subnets\n{coloured}"
    ));
    assert_eq!(summary(&evidence), ["ec2:DescribeSubnets Response"]);
    assert_eq!(
        repairs(&evidence),
        [(RepairKind::Ansi, 1), (RepairKind::Spaces, 3)]
    );
    assert_eq!(ids(&evidence, 0, "Subnets").len(), 2);
    assert_eq!(
        line_of(&evidence, 0, "/Subnets/0/SubnetId"),
        (5, "\"SubnetId\": \"subnet-0a1\"".to_owned())
    );
}

#[test]
fn typographic_json() {
    let evidence = paste(
        "{ “Subnets”： [ { “SubnetId”: “subnet-1”, \"CidrBlock\": \"10.0.0.0/24”,\n \"VpcId\": \"vpc-1\", \"AvailabilityZone\": \"a\", } ], }",
    );
    assert_eq!(summary(&evidence), ["ec2:DescribeSubnets Response"]);
    let kinds: Vec<_> = repairs(&evidence)
        .into_iter()
        .map(|(kind, _)| kind)
        .collect();
    assert_eq!(
        kinds,
        [
            RepairKind::Quotes,
            RepairKind::FullWidth,
            RepairKind::TrailingComma
        ]
    );
    assert_eq!(ids(&evidence, 0, "Subnets"), ["/Subnets/0 subnet-1"]);
}

#[test]
fn pager_marks() {
    let marked = SUBNETS.replacen(
        "        {\n            \"SubnetId\": \"subnet-0b2\"",
        "--More--\n        {\n            \"SubnetId\": \"subnet-0b2\"",
        1,
    );
    let evidence = paste(&format!("{marked}\n(END)\n"));
    assert_eq!(ids(&evidence, 0, "Subnets").len(), 2);
    assert_eq!(repairs(&evidence)[0], (RepairKind::PagerMark, 9));
}

/// A terminal breaks anywhere, and always at its width.
#[test]
fn lines_wrapped_by_a_terminal() {
    let long = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed";
    let json = format!(
        "{{\n  \"tasks\": [\n    {{\n      \"taskArn\": \"arn:t\",\n      \"stoppedReason\": \"{long}\"\n    }}\n  ]\n}}"
    );
    let wrapped: String = json
        .lines()
        .flat_map(|line| {
            let chars: Vec<char> = line.chars().collect();
            chars
                .chunks(80)
                .map(|part| part.iter().collect::<String>() + "\n")
                .collect::<Vec<_>>()
        })
        .collect();
    let evidence = paste(&wrapped);
    assert_eq!(summary(&evidence), ["ecs:DescribeTasks Response"]);
    assert_eq!(repairs(&evidence), [(RepairKind::WrappedLines, 5)]);
    let value: serde_json::Value =
        serde_json::from_str(evidence.json(&evidence.documents[0]).unwrap()).unwrap();
    assert_eq!(value["tasks"][0]["stoppedReason"], long);
    // The source keeps its lines.
    assert_eq!(evidence.sources[0].text(), wrapped);
    let (line, excerpt) = line_of(&evidence, 0, "/tasks/0/stoppedReason");
    assert_eq!(line, 5);
    assert!(
        excerpt
            .replace('\n', "")
            .ends_with(&format!("\"stoppedReason\": \"{long}\"")),
        "{excerpt}"
    );
}

/// A mail program breaks at spaces, and the lines differ in length.
#[test]
fn lines_wrapped_by_a_mail_program() {
    let evidence = paste(
        "{\"tasks\": [{\"taskArn\": \"arn:t\", \"stoppedReason\":\n\"ResourceInitializationError: unable to pull secrets or registry\nauth: execution resource retrieval failed: unable to\nretrieve secret from asm\"}]}\n",
    );
    let value: serde_json::Value =
        serde_json::from_str(evidence.json(&evidence.documents[0]).unwrap()).unwrap();
    assert_eq!(
        value["tasks"][0]["stoppedReason"],
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm"
    );
}

#[test]
fn a_cut_document_keeps_its_whole_items() {
    let cut = SUBNETS.find("subnet-0b2").unwrap() + 5;
    let evidence = paste(&format!(
        "$ aws ec2 describe-subnets\n{}\n$ aws ec2 describe-vpcs\n{{\"Vpcs\": []}}\n",
        &SUBNETS[..cut]
    ));
    assert_eq!(
        summary(&evidence),
        [
            "ec2:DescribeSubnets Response Cut !Cut@11",
            "ec2:DescribeVpcs Response"
        ]
    );
    assert!(evidence.json(&evidence.documents[0]).is_none());
    assert_eq!(ids(&evidence, 0, "Subnets"), ["/Subnets/0 subnet-0a1"]);
    assert_eq!(line_of(&evidence, 0, "/Subnets/0/SubnetId").0, 5);
}

/// A string that goes on over lines up to the next document was cut, not
/// wrapped.
#[test]
fn a_cut_string_swallows_nothing() {
    for between in ["", "\n", "\nsome words of the customer\n"] {
        let evidence = paste(&format!(
            "{{\"Vpcs\": [{{\"VpcId\": \"vpc-1\", \"Cidr{between}\n{SUBNETS}\n"
        ));
        let found = summary(&evidence);
        assert_eq!(
            found[0], "ec2:DescribeVpcs Response Cut !Cut@1",
            "{found:?}"
        );
        assert_eq!(
            found.last().unwrap(),
            "ec2:DescribeSubnets Response",
            "{found:?}"
        );
    }
}

#[test]
fn one_resource_and_bare_arrays() {
    let item = &SUBNETS[SUBNETS.find("        {").unwrap()..SUBNETS.find(",\n        {").unwrap()];
    let array = &SUBNETS[SUBNETS.find('[').unwrap()..=SUBNETS.rfind(']').unwrap()];
    let evidence = paste(&format!(
        "{item},\n\n{array}\n\n$ aws iam list-role-policies --role-name r --query PolicyNames\n[\n    \"inline\"\n]\n$ aws ec2 describe-vpc-endpoints --query VpcEndpoints\n[]\n"
    ));
    assert_eq!(
        summary(&evidence),
        [
            "ec2:DescribeSubnets Item",
            "ec2:DescribeSubnets Items",
            "iam:ListRolePolicies Items --query PolicyNames --role-name r",
            "ec2:DescribeVpcEndpoints Items --query VpcEndpoints",
        ]
    );
    assert_eq!(ids(&evidence, 0, "Subnets"), [" subnet-0a1"]);
    assert_eq!(
        ids(&evidence, 1, "Subnets"),
        ["/0 subnet-0a1", "/1 subnet-0b2"]
    );
    assert_eq!(
        evidence.items(&evidence.documents[2], "PolicyNames").len(),
        1
    );
}

#[test]
fn a_projection_is_answered() {
    let evidence = paste(
        "$ aws ec2 describe-subnets --query 'Subnets[].{id:SubnetId,vpc:VpcId}'\n[{\"id\": \"subnet-1\", \"vpc\": \"vpc-1\"}]\n",
    );
    assert_eq!(summary(&evidence), ["- Items !Reshaped@2"]);
    let text = &evidence.documents[0].problems[0].text;
    assert!(
        text.en
            .ends_with("Run: aws ec2 describe-subnets --output json"),
        "{}",
        text.en
    );
    assert!(text.ja.contains("aws ec2 describe-subnets"));
}

/// A projection may keep every name that items are known by: what it leaves
/// out must not look absent.
#[test]
fn a_projection_with_the_right_names_is_answered_too() {
    let evidence = paste(
        "$ aws ec2 describe-subnets --query 'Subnets[].{SubnetId:SubnetId,CidrBlock:CidrBlock,VpcId:VpcId,AvailabilityZone:AvailabilityZone}'\n[{\"SubnetId\": \"subnet-1\", \"VpcId\": \"vpc-1\", \"CidrBlock\": \"10.0.0.0/24\", \"AvailabilityZone\": \"a\"}]\n",
    );
    assert_eq!(summary(&evidence), ["- Items !Reshaped@2"]);
    let yaml = paste(
        "$ aws ec2 describe-vpcs --output yaml --query '{Vpcs:Vpcs[].{VpcId:VpcId}}'\nVpcs:\n- VpcId: vpc-1\n",
    );
    assert_eq!(summary(&yaml), ["- Response !Reshaped@2"]);
}

#[test]
fn the_consoles_task_definition_and_events() {
    let evidence = paste(concat!(
        "{\"family\": \"web\", \"containerDefinitions\": [], \"taskDefinitionArn\": \"arn:d:3\"}\n",
        "{\"version\": \"0\", \"id\": \"1\", \"detail-type\": \"ECS Task State Change\", \"source\": \"aws.ecs\", \"detail\": {\"taskArn\": \"arn:t\", \"stoppedReason\": \"x\"}}\n",
        "{\"eventVersion\": \"1.08\", \"eventSource\": \"ecs.amazonaws.com\", \"eventName\": \"RunTask\", \"requestParameters\": {}}\n",
        "{\"Records\": [{\"eventVersion\": \"1.08\", \"eventName\": \"RunTask\"}]}\n",
        "{\"task\": {\"taskArn\": \"arn:t\"}}\n{\"service\": {\"serviceArn\": \"arn:s\"}}\n"
    ));
    assert_eq!(
        summary(&evidence),
        [
            "ecs:DescribeTaskDefinition Item",
            "events:EcsTaskStateChange Event",
            "cloudtrail:LookupEvents Event",
            "cloudtrail:LookupEvents Response",
            "ecs:StopTask Response",
            "ecs:UpdateService Response",
        ]
    );
    let items = |index: usize, member: &str| -> Vec<String> {
        evidence
            .items(&evidence.documents[index], member)
            .iter()
            .map(|(pointer, _)| pointer.to_string())
            .collect()
    };
    assert_eq!(items(0, "taskDefinition"), [""]);
    assert_eq!(items(1, "tasks"), ["/detail"]);
    assert_eq!(items(1, "detail"), ["/detail"]);
    assert_eq!(items(2, "Events"), [""]);
    assert_eq!(items(3, "Events"), ["/Records/0"]);
    assert_eq!(items(4, "tasks"), ["/task"]);
    assert_eq!(items(5, "services"), ["/service"]);
}

#[test]
fn pages_are_partial() {
    let evidence = paste(
        "{\"Subnets\": [], \"NextToken\": \"abc\"}\n{\"Grants\": [], \"Truncated\": false}\n{\"Grants\": [], \"Truncated\": true, \"NextMarker\": \"x\"}\n{\"Routes\": [], \"AdditionalRoutesAvailable\": true}\n{\"Subnets\": [], \"NextToken\": null}",
    );
    let found: Vec<_> = evidence
        .documents
        .iter()
        .map(|document| document.completeness)
        .collect();
    assert_eq!(
        found,
        [
            Completeness::Partial,
            Completeness::Whole,
            Completeness::Partial,
            Completeness::Partial,
            Completeness::Whole
        ]
    );
}

#[test]
fn a_bundle() {
    let evidence = paste(concat!(
        "{\"schema\": \"pulldoctor.bundle/1\", \"collected_at\": \"2026-11-01T00:00:00Z\", \"account\": \"111122223333\", \"region\": \"us-west-2\", \"cluster\": \"c\", \"task\": \"t\"}\n",
        "{\"operation\": \"iam:GetPolicyVersion\", \"parameters\": {\"policy-arn\": \"arn:p\", \"version-id\": \"v3\"}, \"exit\": 0, \"output\": {\"PolicyVersion\": {\"VersionId\": \"v3\"}}}\n",
        "{\"operation\": \"ec2:DescribeSubnets\", \"parameters\": {\"subnet-ids\": [\"subnet-1\", \"subnet-2\"], \"no-paginate\": true}, \"exit\": 0, \"output\": {\"Subnets\": [], \"NextToken\": \"n\"}}\n",
        "{\"operation\": \"iam:GetRole\", \"parameters\": {\"role-name\": \"r\"}, \"exit\": 254, \"error\": \"\\nAn error occurred (AccessDenied) when calling the GetRole operation: User is not authorized\\n\"}\n",
        "{\"operation\": \"ecs:DescribeTasks\", \"parameters\": {}, \"exit\": 255, \"error\": \"Unable to locate credentials\"}\n",
        "{\"operation\": \"pulldoctor:Answer\", \"parameters\": {\"question\": \"filtered\", \"subject\": \"ec2:DescribeSubnets\"}, \"output\": \"no\"}\n",
        "{\"operation\": \"secretsmanager:GetResourcePolicy\", \"parameters\": {\"secret-id\": \"s\"}, \"exit\": 0}\n",
    ));
    assert_eq!(
        summary(&evidence),
        [
            "iam:GetPolicyVersion Response --policy-arn arn:p --version-id v3 @us-west-2",
            "ec2:DescribeSubnets Response Partial --no-paginate  --subnet-ids subnet-1 subnet-2 @us-west-2",
            "iam:GetRole AccessDenied: User is not authorized --role-name r @us-west-2",
            "pulldoctor:Answer filtered(ec2:DescribeSubnets)=no",
            "secretsmanager:GetResourcePolicy Text {\"operation\": \"secretsmanager:GetResourcePolicy\", \"parameters\": {\"secret-id\": \"s\"}, \"exit\": 0} --secret-id s @us-west-2 !EmptyOutput@7",
        ]
    );
    assert_eq!(problems(&evidence), [(ProblemKind::NotRun, 5)]);
    let collected = evidence.documents[0].collected.as_ref().unwrap();
    assert_eq!(collected.account.as_deref(), Some("111122223333"));
    assert_eq!(collected.at.as_deref(), Some("2026-11-01T00:00:00Z"));
    assert_eq!(
        evidence.json(&evidence.documents[0]).unwrap(),
        "{\"PolicyVersion\": {\"VersionId\": \"v3\"}}"
    );
    assert_eq!(
        line_of(&evidence, 0, "/PolicyVersion/VersionId"),
        (2, "\"VersionId\": \"v3\"".to_owned())
    );
}

#[test]
fn yaml() {
    let evidence = paste(
        "$ aws ec2 describe-subnets --output yaml\n\
         Subnets:\n- AvailabilityZone: us-east-1a\n  CidrBlock: 10.0.0.0/24\n  MapPublicIpOnLaunch: false\n  OwnerId: '123456789012'\n  SubnetId: subnet-1\n  Tags: []\n  VpcId: vpc-1\n- SubnetId: subnet-2\n  AvailableIpAddressCount: 251\n\
         $ aws kms get-key-policy --key-id k --output yaml\nPolicy: \"{\\n  \\\"Statement\\\" : []\\n}\"\nPolicyName: default\n",
    );
    assert_eq!(
        summary(&evidence),
        [
            "ec2:DescribeSubnets Response --output yaml",
            "kms:GetKeyPolicy Response --key-id k --output yaml"
        ]
    );
    assert_eq!(
        evidence.json(&evidence.documents[0]).unwrap(),
        "{\"Subnets\":[{\"AvailabilityZone\":\"us-east-1a\",\"CidrBlock\":\"10.0.0.0/24\",\"MapPublicIpOnLaunch\":false,\"OwnerId\":\"123456789012\",\"SubnetId\":\"subnet-1\",\"Tags\":[],\"VpcId\":\"vpc-1\"},{\"SubnetId\":\"subnet-2\",\"AvailableIpAddressCount\":251}]}"
    );
    assert_eq!(
        ids(&evidence, 0, "Subnets"),
        ["/Subnets/0 subnet-1", "/Subnets/1 subnet-2"]
    );
    assert_eq!(
        line_of(&evidence, 0, "/Subnets/0/OwnerId"),
        (6, "OwnerId: '123456789012'".to_owned())
    );
    assert_eq!(
        line_of(&evidence, 0, "/Subnets/1/SubnetId"),
        (10, "SubnetId: subnet-2".to_owned())
    );
    let (line, excerpt) = line_of(&evidence, 0, "/Subnets/1");
    assert_eq!(
        (line, excerpt.as_str()),
        (10, "SubnetId: subnet-2\n  AvailableIpAddressCount: 251")
    );
    assert_eq!(repairs(&evidence), [(RepairKind::Yaml, 2)]);
}

#[test]
fn other_formats_are_answered_with_the_command() {
    let evidence = paste(concat!(
        "$ aws ec2 describe-subnets --subnet-ids subnet-1 --output text\nSUBNETS\t251\tus-east-1a\nTAGS\tName\tx\n",
        "$ aws ec2 describe-vpcs --output table\n-----------------\n| DescribeVpcs  |\n+---------------+\n|  VpcId | x    |\n-----------------\n",
        "resource \"aws_ecs_service\" \"web\" {\n  name = \"web\"\n  network_configuration {\n    subnets = [\"a\"]\n  }\n}\n",
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Web:\n    Type: AWS::ECS::Service\n    Properties:\n      TaskDefinition: !Ref T\n\n",
        "{\"Resources\": {\"Web\": {\"Type\": \"AWS::ECS::Service\"}}}\n",
        "$ aws ecs describe-tasks --cluster c --tasks t\nUnable to locate credentials. You can configure credentials by running \"aws configure\".\n",
    ));
    let found = summary(&evidence);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].ends_with("!TextOutput@2") && found[1].ends_with("!TableOutput@5"),
        "{found:?}"
    );
    assert_eq!(
        problems(&evidence),
        [
            (ProblemKind::Terraform, 10),
            (ProblemKind::CloudFormation, 16),
            (ProblemKind::CloudFormation, 23),
            (ProblemKind::NotRun, 25),
        ]
    );
    let run = |document: usize| evidence.documents[document].problems[0].text.en.clone();
    assert!(run(0).ends_with("aws ec2 describe-subnets --subnet-ids subnet-1 --output json"));
    assert!(run(1).ends_with("aws ec2 describe-vpcs --output json"));
    let last = &evidence.sources[0].problems[3].text.en;
    assert!(
        last.ends_with("aws ecs describe-tasks --cluster c --tasks t --output json"),
        "{last}"
    );
}

#[test]
fn a_pasted_run_task_is_a_document() {
    let evidence = paste(
        "$ aws ecs run-task --cluster c --task-definition web:3 --launch-type FARGATE \\\n  --network-configuration \"awsvpcConfiguration={subnets=[subnet-1,subnet-2],securityGroups=[sg-1],assignPublicIp=DISABLED}\"\n",
    );
    assert_eq!(
        summary(&evidence),
        [
            "ecs:RunTask Command --cluster c --launch-type FARGATE --network-configuration awsvpcConfiguration={subnets=[subnet-1,subnet-2],securityGroups=[sg-1],assignPublicIp=DISABLED} --task-definition web:3"
        ]
    );
}

#[test]
fn commands_that_say_nothing_certain() {
    // A loop's variable is no name, and what is set above is.
    let evidence = paste(concat!(
        "ROLE=exec\naws iam get-role-policy --role-name $ROLE --policy-name $P\n{\"RoleName\": \"exec\", \"PolicyName\": \"p\", \"PolicyDocument\": {}}\n",
        "aws iam list-role-policies --role-name a\naws iam list-role-policies --role-name b\n{\"PolicyNames\": [\"x\"]}\n{\"PolicyNames\": [\"y\"]}\n{\"PolicyNames\": [\"z\"]}\n",
        "aws ec2 describe-vpcs\n{\"RouteTables\": []}\n",
    ));
    assert_eq!(
        summary(&evidence),
        [
            "iam:GetRolePolicy Response --role-name exec",
            // Directly below its command; then the only one left; then none.
            "iam:ListRolePolicies Response --role-name b",
            "iam:ListRolePolicies Response --role-name a",
            "iam:ListRolePolicies Response",
            "ec2:DescribeRouteTables Response !CommandDisagrees@10",
        ]
    );
}

#[test]
fn ambiguous_outputs_ask_for_their_command() {
    let evidence = paste("{\"Policies\": []}\n{\"PrefixLists\": []}\n");
    assert_eq!(
        summary(&evidence),
        ["- Response !NotRecognised@1", "- Response !NotRecognised@2"]
    );
    let named = read(&[Input {
        name: "organizations-list-policies-for-target-123.json",
        bytes: b"{\"Policies\": []}",
    }]);
    assert_eq!(
        named.documents[0].operation,
        Some(Operation::OrganizationsListPoliciesForTarget)
    );
}

#[test]
fn duplicate_keys_in_policies() {
    let evidence = paste(
        "{\"Version\": \"2012-10-17\", \"Statement\": [\n{\"Effect\": \"Allow\", \"Action\": \"*\",\n \"Effect\": \"Deny\"}]}\n{\"Policy\": \"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Effect\\\":\\\"Deny\\\"}]}\", \"PolicyName\": \"default\"}",
    );
    let found: Vec<_> = evidence
        .documents
        .iter()
        .flat_map(|document| &document.problems)
        .map(|problem| {
            (
                problem.kind,
                problem.line,
                problem.pointer.as_ref().unwrap().to_string(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (
                ProblemKind::DuplicateKey,
                3,
                "/Statement/0/Effect".to_owned()
            ),
            (
                ProblemKind::DuplicateKey,
                4,
                "/Policy/Statement/0/Effect".to_owned()
            ),
        ]
    );
}

#[test]
fn errors_in_every_spelling() {
    let evidence = paste(concat!(
        "$ aws s3api head-object --bucket b --key k\n\nAn error occurred (404) when calling the HeadObject operation: Not Found\n",
        "\naws: [ERROR]: An error occurred (RepositoryPolicyNotFoundException) when calling the GetRepositoryPolicy operation (reached max retries: 2): Repository policy does not exist for the repository with name 'web' in the\nregistry with id '111122223333'\n",
        "An error occurred (AccessDenied) when calling the GetPolicy operation: no\n",
    ));
    assert_eq!(
        summary(&evidence),
        [
            "s3api:HeadObject 404: Not Found --bucket b --key k",
            "ecr:GetRepositoryPolicy RepositoryPolicyNotFoundException: Repository policy does not exist for the repository with name 'web' in the registry with id '111122223333'",
            "iam:GetPolicy AccessDenied: no",
        ]
    );
}

#[test]
fn several_inputs_keep_their_order() {
    let evidence = read(&[
        Input {
            name: "a",
            bytes: SUBNETS.as_bytes(),
        },
        Input {
            name: "b",
            bytes: b"",
        },
        Input {
            name: "c",
            bytes: b"{\"Vpcs\": []}",
        },
    ]);
    assert_eq!(evidence.sources.len(), 3);
    assert_eq!(
        summary(&evidence),
        ["ec2:DescribeSubnets Response", "ec2:DescribeVpcs Response"]
    );
    assert_eq!(evidence.documents[1].source.0, 2);
    assert_eq!(evidence.documents[1].id.0, 1);
}
