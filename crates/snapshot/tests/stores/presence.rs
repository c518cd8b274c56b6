//! What proves that something is there, or is not.

use crate::case::{failed, load, output};
use evidence::Operation;
use snapshot::{Assumption, Coverage};

const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf";
const NOT_FOUND: [&str; 1] = ["ResourceNotFoundException"];

#[test]
fn an_error_speaks_of_what_was_asked_and_of_nothing_else() {
    let message = "Secrets Manager can't find the specified secret.";
    let operation = Operation::SecretsmanagerDescribeSecret;
    let asked = |words: &str| {
        load(&[failed(
            &format!("secretsmanager describe-secret {words}"),
            "ResourceNotFoundException",
            message,
        )])
    };
    for words in [
        "secret-id=prod/db",
        "secret-id=prod/db region=us-east-1",
        &format!("secret-id={SECRET}"),
    ] {
        assert!(asked(words).failure_for(operation, &NOT_FOUND, SECRET).is_some(), "{words}");
    }
    for words in ["secret-id=prod/other", "secret-id=prod/db region=eu-west-1", "secret-id=db"] {
        assert!(asked(words).failure_for(operation, &NOT_FOUND, SECRET).is_none(), "{words}");
    }
    let unknown = load(&[failed("secretsmanager describe-secret", "ResourceNotFoundException", message)]);
    assert!(unknown.failure_for(operation, &NOT_FOUND, SECRET).is_none());
    let found = asked("secret-id=prod/db");
    let failure = found.failure_for(operation, &NOT_FOUND, SECRET).unwrap();
    assert_eq!(
        failure.assumption(None, Some("us-east-1")),
        Some(Assumption::unfiltered(operation, "us-east-1"))
    );
    assert_eq!(
        asked("secret-id=prod/db region=us-east-1").failures[0].assumption(None, Some("us-east-1")),
        None
    );
}

#[test]
fn a_message_that_quotes_the_name_will_do_and_the_person_s_own_denial_never() {
    let role = "arn:aws:iam::123456789012:role/exec";
    let none = load(&[failed("iam get-role", "NoSuchEntity", "The role with name exec cannot be found.")]);
    assert!(none.failure_for(Operation::IamGetRole, &["NoSuchEntity"], role).is_some());
    assert!(
        none.failure_for(Operation::IamGetRole, &["NoSuchEntity"], "arn:aws:iam::123456789012:role/exe")
            .is_none()
    );
    assert!(none.failure_for(Operation::IamGetPolicy, &["NoSuchEntity"], role).is_none());
    let denied = load(&[failed(
        "iam get-role role-name=exec",
        "AccessDenied",
        "User: x is not authorized to perform: iam:GetRole on exec",
    )]);
    assert!(denied.failure_for(Operation::IamGetRole, &["AccessDenied"], role).is_none());
    let text = "The repository with name 'app' does not exist in the registry with id '123456789012'";
    let repository = load(&[failed(
        "ecr describe-repositories region=us-east-1",
        "RepositoryNotFoundException",
        text,
    )]);
    let arn = "arn:aws:ecr:us-east-1:123456789012:repository/app";
    let failure = repository
        .failure_for(Operation::EcrDescribeRepositories, &["RepositoryNotFoundException"], arn)
        .unwrap();
    assert_eq!(failure.assumption(Some("123456789012"), Some("us-east-1")), None);
}

#[test]
fn a_secret_is_found_by_arn_partial_arn_and_name_and_described_fully() {
    let listed = format!(r#"{{"SecretList":[{{"ARN":"{SECRET}","Name":"prod/db","SecretVersionsToStages":{{"v":["AWSCURRENT"]}}}}]}}"#);
    let described = format!(
        r#"{{"ARN":"{SECRET}","Name":"prod/db","VersionIdsToStages":{{"v":["AWSCURRENT"]}},"ReplicationStatus":[{{"Region":"eu-west-1","Status":"Failed"}}]}}"#
    );
    let (list, describe) = (
        output("secretsmanager list-secrets", &listed),
        output("secretsmanager describe-secret", &described),
    );
    for parts in [[list.clone(), describe.clone()], [describe, list]] {
        let snapshot = load(&parts);
        assert!(snapshot.secrets.secrets.contradictions().is_empty());
        for name in [SECRET, "prod/db", "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db"] {
            let secret = snapshot.secrets.secret(name).unwrap();
            assert_eq!(secret.value.replication_status.len(), 1);
            assert_eq!(secret.value.version_ids_to_stages.as_ref().unwrap()["v"], ["AWSCURRENT"]);
        }
    }
}

#[test]
fn no_resource_policy_is_proof_that_there_is_none() {
    let none = load(&[output(
        "secretsmanager get-resource-policy",
        &format!(r#"{{"ARN":"{SECRET}","Name":"prod/db"}}"#),
    )]);
    assert!(none.secrets.policy(&SECRET.into()).unwrap().policy.is_none());
    assert!(
        none.secrets
            .policy(&"arn:aws:secretsmanager:us-east-1:1:secret:x-AbCdEf".into())
            .is_none()
    );
}

#[test]
fn the_silence_of_a_log_group_listing_reaches_as_far_as_its_prefix() {
    let list = |words: &str| {
        let json = r#"{"logGroups":[{"logGroupName":"/ecs/a","arn":"arn:aws:logs:us-east-1:123456789012:log-group:/ecs/a:*"}]}"#;
        load(&[output(&format!("logs describe-log-groups{words}"), json)])
    };
    let silence = |words: &str, name: &str| list(words).logs.coverage(name, None, Some("us-east-1"));
    assert!(matches!(
        silence(" log-group-name-prefix=/ecs region=us-east-1", "/ecs/b"),
        Coverage::Proven { .. }
    ));
    assert_eq!(silence(" log-group-name-prefix=/aws region=us-east-1", "/ecs/b"), Coverage::Missing);
    assert_eq!(silence(" region=eu-west-1", "/ecs/b"), Coverage::Missing);
    assert_eq!(silence(" query=logGroups[0] region=us-east-1", "/ecs/b"), Coverage::Missing);
    assert!(matches!(silence("", "/ecs/b"), Coverage::Assumed { .. }));
    assert!(list("").logs.group("/ecs/a", Some("us-east-1")).is_some());
    assert!(list("").logs.group("/ecs/a", Some("eu-west-1")).is_none());
}

#[test]
fn images_are_missing_only_from_their_own_repository_s_listing() {
    let json = r#"{"imageDetails":[{"registryId":"123456789012","repositoryName":"app","imageDigest":"sha256:1","imageTags":["v1"]}]}"#;
    let snapshot = load(&[output("ecr describe-images repository-name=app region=us-east-1", json)]);
    assert!(matches!(
        snapshot.ecr.image_coverage("123456789012", "us-east-1", "app", true),
        Coverage::Proven { .. }
    ));
    assert_eq!(
        snapshot.ecr.image_coverage("123456789012", "us-east-1", "web", true),
        Coverage::Missing
    );
    assert_eq!(
        snapshot.ecr.image_coverage("123456789012", "eu-west-1", "app", true),
        Coverage::Missing
    );
    let one = load(&[output(
        "ecr describe-images repository-name=app image-ids=imageTag=v1 region=us-east-1",
        json,
    )]);
    assert_eq!(one.ecr.image_coverage("123456789012", "us-east-1", "app", true), Coverage::Missing);
    assert_eq!(one.ecr.images("123456789012", "us-east-1", "app").count(), 1);
}

#[test]
fn an_object_is_absent_only_from_a_plain_listing_that_would_hold_it() {
    let list = |words: &str| {
        load(&[output(
            &format!("s3api list-objects-v2 bucket=conf{words}"),
            r#"{"Contents":[{"Key":"a/x.env"}]}"#,
        )])
    };
    assert!(list("").s3.object("conf", "a/x.env").unwrap().0);
    assert!(!list("").s3.object("conf", "a/y.env").unwrap().0);
    assert!(!list(" prefix=a/").s3.object("conf", "a/y.env").unwrap().0);
    assert_eq!(list(" prefix=b/").s3.object("conf", "a/y.env"), None);
    assert_eq!(list(" delimiter=/").s3.object("conf", "a/y.env"), None);
    assert_eq!(list("").s3.object("other", "a/y.env"), None);
}

#[test]
fn invalid_parameters_are_named_and_values_never_kept() {
    let json = r#"{"Parameters":[{"Name":"/a","Type":"SecureString","Value":"hunter2","ARN":"arn:aws:ssm:us-east-1:1:parameter/a"}],"InvalidParameters":["/b"]}"#;
    let snapshot = load(&[output("ssm get-parameters names=/a region=us-east-1", json)]);
    assert!(
        snapshot
            .ssm
            .invalid("arn:aws:ssm:us-east-1:1:parameter/b", Some("us-east-1"))
            .is_some()
    );
    assert!(snapshot.ssm.invalid("/b", Some("eu-west-1")).is_none());
    assert!(snapshot.ssm.fetched("/a").is_some());
    assert!(!format!("{:?}", snapshot).contains("hunter2"));
}

/// What a listing of parameters that was narrowed so proves of `/prod/db`.
fn parameters(narrowed: &str) -> bool {
    let listed = r#"{"Parameters":[{"Name":"/prod/api","ARN":"arn:aws:ssm:us-east-1:123456789012:parameter/prod/api"}]}"#;
    let snapshot = load(&[output(&format!("ssm describe-parameters {narrowed}"), listed)]);
    let coverage = snapshot.ssm.coverage("/prod/db", Some("123456789012"), Some("us-east-1"));
    matches!(coverage, Coverage::Proven { .. })
}

#[test]
fn a_narrowed_listing_of_parameters_proves_only_what_it_was_asked_for() {
    for asked in [
        "region=us-east-1",
        "parameter-filters=Key=Name,Option=BeginsWith,Values=/prod",
        "parameter-filters=Key=Name,Option=Equals,Values=/prod/db",
        "parameter-filters=Key=Name,Values=/prod/api,/prod/db",
        "parameter-filters=Values=/prod/api,/prod/db,Key=Name",
        "parameter-filters=Key=Name,Option=Contains,Values=db",
        "parameter-filters=Key=Path,Option=Recursive,Values=/prod",
        r#"parameter-filters=[{"Key":"Name","Option":"BeginsWith","Values":["/prod/"]}]"#,
        "filters=Key=Name,Values=/prod/db",
        "max-items=50",
    ] {
        assert!(parameters(asked), "{asked}");
    }
    for asked in [
        "parameter-filters=Key=Name,Option=BeginsWith,Values=/dev",
        "parameter-filters=Key=Name,Option=Equals,Values=/prod",
        "parameter-filters=Key=Name,Values=/prod",
        "parameter-filters=Key=Path,Option=OneLevel,Values=/prod",
        "parameter-filters=Key=Path,Option=Recursive,Values=/pro",
        "parameter-filters=Key=Type,Values=SecureString",
        "parameter-filters=Key=Name,Option=BeginsWith,Values=/prod parameter-filters=Key=Type,Values=String",
        "parameter-filters=Key=Name,Option=BeginsWith,Values=/prod parameter-filters=Key=Name,Option=Contains,Values=api",
        "query=Parameters[0:1]",
        "shared=",
    ] {
        assert!(!parameters(asked), "{asked}");
    }
}

#[test]
fn names_of_secrets_are_filtered_by_their_beginning() {
    let asked = |values: &str| {
        let words = format!("secretsmanager list-secrets filters=Key=name,Values={values}");
        let snapshot = load(&[output(&words, r#"{"SecretList":[]}"#)]);
        snapshot.secrets.coverage("prod/db", Some("123456789012"), None) != Coverage::Missing
    };
    assert!(asked("prod/db"));
    assert!(asked("prod"));
    assert!(!asked("dev"));
    assert!(!asked("!dev"), "the values of a negated filter are left out");
}

#[test]
fn a_listing_of_tagged_images_speaks_of_tags_alone() {
    let words = "ecr describe-images repository-name=app region=us-east-1 filter=tagStatus=TAGGED";
    let listed = r#"{"imageDetails":[{"registryId":"123456789012","repositoryName":"app","imageDigest":"sha256:1","imageTags":["v1"]}]}"#;
    let snapshot = load(&[output(words, listed)]);
    let coverage = |tagged| snapshot.ecr.image_coverage("123456789012", "us-east-1", "app", tagged);
    assert!(matches!(coverage(true), Coverage::Proven { .. }));
    assert_eq!(coverage(false), Coverage::Missing);
}

#[test]
fn ids_of_images_are_a_listing_too() {
    let ids = r#"{"imageIds":[{"imageDigest":"sha256:1","imageTag":"v1"},{"imageDigest":"sha256:1","imageTag":"v2"},{"imageDigest":"sha256:2"}]}"#;
    let snapshot = load(&[output("ecr list-images repository-name=app region=us-east-1", ids)]);
    let mut tags: Vec<_> = snapshot
        .ecr
        .images("123456789012", "us-east-1", "app")
        .map(|found| found.value.image_tags.join(" "))
        .collect();
    tags.sort();
    assert_eq!(tags, ["", "v1 v2"]);
    let coverage = snapshot.ecr.image_coverage("123456789012", "us-east-1", "app", true);
    assert!(matches!(coverage, Coverage::Proven { .. }));
    // The description of the same image says more, and contradicts nothing.
    let described = r#"{"imageDetails":[{"registryId":"123456789012","repositoryName":"app","imageDigest":"sha256:1","imageTags":["v1","v2"],"imageSizeInBytes":7}]}"#;
    let both = load(&[
        output("ecr list-images repository-name=app region=us-east-1", ids),
        output("ecr describe-images repository-name=app region=us-east-1", described),
    ]);
    assert!(both.ecr.images.contradictions().is_empty());
    // Whose images they are only the command says.
    assert_eq!(load(&[output("ecr list-images", ids)]).ecr.images.iter().count(), 0);
}
