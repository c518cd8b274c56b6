//! Outputs that nobody here wrote are read without problems and recognised as
//! what their file names say.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

use std::fs;
use std::path::{Path, PathBuf};

use evidence::{Body, Completeness, Document, Evidence, Input, Operation, ProblemKind, Shape, read};

fn data(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(folder)
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, out);
        } else if !matches!(path.file_name().unwrap().to_str(), Some("LICENSE" | "NOTICE" | "README.md")) {
            out.push(path);
        }
    }
}

fn all(folder: &str) -> Vec<(String, Vec<u8>)> {
    let root = data(folder);
    let mut paths = Vec::new();
    files(&root, &mut paths);
    assert!(!paths.is_empty(), "{folder} has no files");
    paths
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            (name, fs::read(&path).unwrap())
        })
        .collect()
}

/// The one document of a file.
fn only<'a>(name: &str, evidence: &'a Evidence) -> &'a Document {
    let outputs: Vec<&Document> = evidence
        .documents
        .iter()
        .filter(|document| matches!(document.body, Body::Output(_)))
        .collect();
    assert_eq!(outputs.len(), 1, "{name}: {:#?}", evidence.documents);
    assert_eq!(evidence.documents.len(), 1, "{name}: prose in JSON");
    let document = outputs[0];
    let json = evidence.json(document).unwrap();
    let value: serde_json::Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{name}: {error}"));
    let more = ["NextToken", "nextToken"].iter().any(|token| value[token].is_string()) || value["IsTruncated"] == true;
    let expected = if more { Completeness::Partial } else { Completeness::Whole };
    assert_eq!(document.completeness, expected, "{name}");
    document
}

/// Problems other than that secret values were dropped.
fn kinds(evidence: &Evidence) -> Vec<ProblemKind> {
    evidence
        .sources
        .iter()
        .flat_map(|source| &source.problems)
        .chain(evidence.documents.iter().flat_map(|document| &document.problems))
        .map(|problem| problem.kind)
        .filter(|kind| *kind != ProblemKind::SecretDropped)
        .collect()
}

#[test]
fn every_cli_example_is_the_operation_of_its_name() {
    for (name, bytes) in all("awscli-examples") {
        // `ec2.describe-subnets.1.json`
        let mut words = name.split('.');
        let (service, operation) = (words.next().unwrap(), words.next().unwrap());
        let expected = Operation::from_words(service, operation).unwrap_or_else(|| panic!("{name}: not in the table"));
        let evidence = read(&[Input {
            name: &name,
            bytes: &bytes,
        }]);
        let document = only(&name, &evidence);
        assert_eq!(document.operation, Some(expected), "{name}");
        assert_eq!(document.body, Body::Output(Shape::Response), "{name}");
        assert_eq!(kinds(&evidence), [], "{name}: {:?}", document.problems);
        if let Some(member) = expected.list_member() {
            let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            let count = match &value[member] {
                serde_json::Value::Array(list) => list.iter().filter(|item| item.is_object()).count().max(list.len()),
                serde_json::Value::Object(_) => 1,
                _ => 0,
            };
            assert_eq!(evidence.items(document, member).len(), count, "{name} {member}");
        }
    }
}

/// Without the file's name, the members alone must do, or several operations
/// be named as possible.
#[test]
fn every_cli_example_is_known_by_its_members() {
    let mut open = Vec::new();
    for (name, bytes) in all("awscli-examples") {
        let mut words = name.split('.');
        let (service, operation) = (words.next().unwrap(), words.next().unwrap());
        let expected = Operation::from_words(service, operation).unwrap();
        let evidence = read(&[Input {
            name: "paste",
            bytes: &bytes,
        }]);
        let document = only(&name, &evidence);
        let same_shape = matches!(
            (expected, document.operation),
            (Operation::EcsRunTask, Some(Operation::EcsDescribeTasks))
                | (Operation::EcsRegisterTaskDefinition, Some(Operation::EcsDescribeTaskDefinition))
                | (Operation::SsmGetParameters, Some(Operation::SsmGetParametersByPath))
        );
        match document.operation {
            None => open.push(name),
            found => assert!(found == Some(expected) || same_shape, "{name}: {found:?}"),
        }
    }
    assert_eq!(
        open,
        [
            "iam.simulate-custom-policy.2.json",
            "iam.simulate-principal-policy.1.json",
            "iam.simulate-principal-policy.2.json",
            "organizations.list-policies.1.json",
        ]
    );
}

#[test]
fn cloudmapper_is_read_and_recognised() {
    let mut recognised = 0;
    for (name, bytes) in all("cloudmapper") {
        let evidence = read(&[Input {
            name: &name,
            bytes: &bytes,
        }]);
        let document = only(&name, &evidence);
        // `…/us-east-1/ec2-describe-subnets.json`, `…/iam-get-role/level1`
        let expected = name.split(['/', '.']).find_map(|part| {
            let (service, operation) = part.split_once('-')?;
            let service = if service == "s3" { "s3api" } else { service };
            Operation::from_words(service, operation).or_else(|| Operation::from_words("ec2", part))
        });
        assert_eq!(document.operation, expected, "{name}");
        let expected_kinds = kinds(&evidence);
        if expected.is_some() {
            recognised += 1;
            assert_eq!(expected_kinds, [], "{name}: {:?}", document.problems);
        } else {
            // Operations of other services say only that they are not known.
            assert!(
                expected_kinds
                    .iter()
                    .all(|kind| matches!(kind, ProblemKind::NotRecognised | ProblemKind::Reshaped)),
                "{name}: {expected_kinds:?}"
            );
        }
    }
    assert!(recognised >= 20, "{recognised}");
}

#[test]
fn account_authorization_details_are_read() {
    for (name, bytes) in all("cloudsplaining") {
        let evidence = read(&[Input {
            name: &name,
            bytes: &bytes,
        }]);
        let document = only(&name, &evidence);
        assert_eq!(document.operation, Some(Operation::IamGetAccountAuthorizationDetails));
        assert_eq!(kinds(&evidence), [], "{name}");
        assert!(evidence.sources[0].repairs.is_empty());
        for member in ["RoleDetailList", "UserDetailList", "Policies"] {
            let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            let count = value[member].as_array().map_or(0, Vec::len);
            assert_eq!(evidence.items(document, member).len(), count, "{name} {member}");
        }
    }
}

#[test]
fn managed_policies_are_read() {
    for (name, bytes) in all("moto-managed-policies") {
        let evidence = read(&[Input {
            name: &name,
            bytes: &bytes,
        }]);
        let document = only(&name, &evidence);
        assert!(evidence.sources[0].problems.is_empty());
        assert!(evidence.sources[0].repairs.is_empty());
        let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        for (policy, body) in value.as_object().unwrap() {
            // Each one alone, as a person copies it out of a page.
            let copied = serde_json::to_vec_pretty(&body["Document"]).unwrap();
            let alone = read(&[Input {
                name: policy,
                bytes: &copied,
            }]);
            assert_eq!(only(policy, &alone).operation, Some(Operation::AwsPolicyDocument));
            assert_eq!(kinds(&alone), [], "{policy}");
            assert!(evidence.member(document, policy).is_some());
        }
    }
}

/// Everything in one paste, one after the other, is the same documents.
#[test]
fn all_of_them_in_one_paste() {
    let mut paste = Vec::new();
    let mut expected = 0;
    for folder in ["awscli-examples", "cloudmapper", "cloudsplaining"] {
        for (_, bytes) in all(folder) {
            paste.extend_from_slice(bytes.trim_ascii());
            paste.extend_from_slice(b"\n");
            expected += 1;
        }
    }
    let evidence = read(&[Input {
        name: "paste",
        bytes: &paste,
    }]);
    assert_eq!(evidence.documents.len(), expected);
    assert!(evidence.documents.iter().all(|document| document.completeness != Completeness::Cut));
}
