//! Every operation, in the smallest and the oddest forms of its output, under its command.

#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "a test stops where it fails")]

use evidence::{Body, Completeness, Evidence, Input, Operation, ProblemKind, Shape, read};

fn paste(text: &str) -> Evidence {
    read(&[Input {
        name: "paste",
        bytes: text.as_bytes(),
    }])
}

/// What these print is secret, and dropped before it is looked at.
fn secret(operation: Operation) -> bool {
    let name = operation.name();
    name.starts_with("ssm:GetParameter") || name == "ecr:GetAuthorizationToken"
}

/// The operations that are calls, with the member that holds their items.
fn calls() -> Vec<(Operation, &'static str)> {
    Operation::ALL
        .iter()
        .copied()
        .filter(|operation| !matches!(operation.service(), "events" | "aws" | "pulldoctor"))
        .filter_map(|operation| Some((operation, operation.list_member()?)))
        .collect()
}

/// Whether the member holds one object or string instead of a list.
fn single(operation: Operation) -> bool {
    let name = operation.name();
    operation.list_member() == Some("Policy")
        || [
            "ecs:DescribeTaskDefinition",
            "ecs:RegisterTaskDefinition",
            "ecs:StopTask",
            "ecs:CreateService",
            "ecs:UpdateService",
            "ec2:DescribeVpcBlockPublicAccessOptions",
            "iam:GetRole",
            "iam:GetPolicyVersion",
            "iam:GetInstanceProfile",
            "ssm:GetAutomationExecution",
            "ssm:GetParameter",
            "kms:DescribeKey",
            "organizations:DescribeOrganization",
        ]
        .contains(&name)
}

/// Every problem that was reported.
fn kinds(evidence: &Evidence) -> Vec<ProblemKind> {
    let own = evidence.documents.iter().flat_map(|document| &document.problems);
    evidence.sources[0].problems.iter().chain(own).map(|problem| problem.kind).collect()
}

#[test]
fn an_empty_listing_is_its_commands() {
    let mut wrong = Vec::new();
    for (operation, member) in calls().into_iter().filter(|(operation, _)| !single(*operation)) {
        for (output, shape) in [
            (format!("{{\"{member}\": []}}"), Shape::Response),
            (format!("{{\n    \"{member}\": []\n}}"), Shape::Response),
            (format!("{member}: []"), Shape::Response),
            ("[]".to_owned(), Shape::Items),
        ] {
            let query = if shape == Shape::Items {
                format!(" --query {member}")
            } else {
                String::new()
            };
            let evidence = paste(&format!("$ {}{query}\n{output}\n", operation.cli()));
            if secret(operation) && shape == Shape::Items {
                continue;
            }
            let found: Vec<_> = evidence
                .documents
                .iter()
                .filter(|document| document.body != Body::Command)
                .map(|document| (document.operation, &document.body))
                .collect();
            if found != [(Some(operation), &Body::Output(shape))] || !kinds(&evidence).is_empty() {
                wrong.push(format!("{} {output:?}: {found:?} {:?}", operation.cli(), kinds(&evidence)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn one_item_is_known_by_its_members() {
    let mut wrong = Vec::new();
    for operation in Operation::ALL
        .iter()
        .copied()
        .filter(|operation| !operation.item_members().is_empty())
    {
        let members: Vec<String> = operation
            .item_members()
            .iter()
            .map(|member| format!("\"{member}\": \"x\""))
            .collect();
        let item = format!("{{{}}}", members.join(", "));
        for (text, shape) in [
            (item.clone(), Shape::Item),
            (format!("[{item}]"), Shape::Items),
            (format!("{item},"), Shape::Item),
        ] {
            let evidence = paste(&text);
            let found: Vec<_> = evidence
                .documents
                .iter()
                .map(|document| (document.operation, &document.body))
                .collect();
            if found != [(Some(operation), &Body::Output(shape))] {
                wrong.push(format!("{}: {text}: {found:?}", operation.cli()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// What cannot be used is answered with the very command to run.
#[test]
fn text_and_tables_are_answered_with_the_command() {
    let mut wrong = Vec::new();
    for (operation, member) in calls().into_iter().filter(|(operation, _)| !secret(*operation)) {
        let row = member.to_uppercase();
        let table = format!(
            "{line}\n|{title:^40}|\n+----------+-----------------------------+\n|  a  |  b  |\n{line}\n",
            line = "-".repeat(42),
            title = operation.action()
        );
        let rows = format!("{row}\tfirst\tsecond\n{row}\tthird\tfourth\n");
        for (format, output, kind) in [
            ("text", &rows, ProblemKind::TextOutput),
            ("table", &table, ProblemKind::TableOutput),
        ] {
            let evidence = paste(&format!("$ {} --max-items 5 --output {format}\n{output}", operation.cli()));
            let problems: Vec<_> = evidence
                .documents
                .iter()
                .flat_map(|document| &document.problems)
                .chain(&evidence.sources[0].problems)
                .filter(|problem| problem.kind == kind)
                .collect();
            let command = format!("{} --max-items 5 --output json", operation.cli());
            let [problem] = problems.as_slice() else {
                wrong.push(format!("{format} {}: {:?}", operation.cli(), kinds(&evidence)));
                continue;
            };
            if !problem.text.en.ends_with(&command) || !problem.text.ja.contains(&command) {
                wrong.push(format!("{format}: {}", problem.text.en));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// A document that is cut at any byte does no harm to those around it.
#[test]
fn a_cut_document_leaves_its_neighbours() {
    let before =
        "$ aws ec2 describe-vpcs\n{\"Vpcs\": [{\"VpcId\": \"vpc-1\", \"CidrBlock\": \"10.0.0.0/16\", \"DhcpOptionsId\": \"d\"}]}\n";
    let after = "\n$ aws ec2 describe-subnets\n{\n  \"Subnets\": [\n    {\"SubnetId\": \"subnet-1\", \"VpcId\": \"vpc-1\"}\n  ]\n}\n";
    let middle = "$ aws ecs describe-tasks --cluster c --tasks t\n{\n  \"tasks\": [\n    {\n      \"taskArn\": \"arn:aws:ecs:eu-west-1:111122223333:task/c/1\",\n      \"stoppedReason\": \"CannotPullContainerError: pull access denied for \\\"a/b\\\", repository does not exist\",\n      \"containers\": [{\"name\": \"web\", \"exitCode\": null}],\n      \"cpu\": 256.5\n    }\n  ],\n  \"failures\": []\n}";
    for end in (0..=middle.len()).filter(|end| middle.is_char_boundary(*end)) {
        let evidence = paste(&format!("{before}{}{after}", &middle[..end]));
        let outputs: Vec<_> = evidence
            .documents
            .iter()
            .filter(|document| matches!(document.body, Body::Output(_)))
            .collect();
        let cut = &middle[..end];
        let vpcs = outputs
            .iter()
            .find(|document| document.operation == Some(Operation::Ec2DescribeVpcs));
        let subnets = outputs
            .iter()
            .find(|document| document.operation == Some(Operation::Ec2DescribeSubnets));
        let (Some(vpcs), Some(subnets)) = (vpcs, subnets) else {
            panic!("{cut}\n{:#?}", evidence.documents);
        };
        for (document, member) in [(vpcs, "Vpcs"), (subnets, "Subnets")] {
            assert_eq!(document.completeness, Completeness::Whole, "{cut}");
            assert_eq!(evidence.items(document, member).len(), 1, "{cut}");
        }
        for document in &outputs {
            if document.operation == Some(Operation::EcsDescribeTasks) && end < middle.len() {
                assert_eq!(document.completeness, Completeness::Cut, "{cut}");
                let advice = &document
                    .problems
                    .iter()
                    .find(|problem| problem.kind == ProblemKind::Cut)
                    .unwrap()
                    .text
                    .en;
                assert!(
                    advice.ends_with("aws ecs describe-tasks --cluster c --tasks t --output json"),
                    "{advice}"
                );
            }
        }
    }
}
