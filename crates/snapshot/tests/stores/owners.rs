//! Whose an output is that does not say it.

use crate::case::{Part, answer, load, of, output};
use evidence::{Operation, Shape};
use snapshot::iam::view::{ListState, PolicyState};
use snapshot::ids::ArnText;
use snapshot::{Need, Owner, QuestionKind};

const ROLE: &str = "arn:aws:iam::123456789012:role/team/exec";
const MINE: &str = "arn:aws:iam::123456789012:policy/mine";

fn definition(roles: &str) -> Part {
    output(
        "ecs describe-task-definition",
        &format!(r#"{{"taskDefinition":{{"family":"web","revision":1,{roles}}}}}"#),
    )
}

fn attached(words: &str, arns: &[&str]) -> Part {
    let list: Vec<String> = arns
        .iter()
        .map(|arn| format!(r#"{{"PolicyName":"p","PolicyArn":"{arn}"}}"#))
        .collect();
    output(
        &format!("iam list-attached-role-policies{words}"),
        &format!(r#"{{"AttachedPolicies":[{}]}}"#, list.join(",")),
    )
}

fn version(words: &str, id: &str, action: &str) -> Part {
    let json = format!(
        r#"{{"PolicyVersion":{{"VersionId":"{id}","IsDefaultVersion":true,"Document":{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"{action}","Resource":"*"}}}}}}}}"#
    );
    output(&format!("iam get-policy-version{words}"), &json)
}

#[test]
fn the_command_says_the_role() {
    let snapshot = load(&[
        attached(" role-name=exec", &[MINE]),
        version(&format!(" policy-arn={MINE}"), "v2", "s3:*"),
    ]);
    let policies = snapshot.iam.role_policies(&ArnText::from(ROLE));
    assert!(policies.managed_list.is_complete());
    assert_eq!(policies.managed[0].arn.as_str(), MINE);
    assert!(matches!(policies.managed[0].document, PolicyState::Pasted(_)));
    assert_eq!(policies.inline_list, ListState::Missing);
    assert!(
        policies
            .needs
            .iter()
            .any(|need| matches!(need, Need::Call(call) if call.operation == Operation::IamListRolePolicies))
    );
}

#[test]
fn the_only_role_of_the_case_owns_it_and_one_of_two_is_asked_for() {
    let one = load(&[attached("", &[MINE]), definition(&format!(r#""executionRoleArn":"{ROLE}""#))]);
    assert!(matches!(&one.iam.attached[0].role, Owner::OnlyCandidate(role) if role.0 == ROLE));
    let other = r#""taskRoleArn":"arn:aws:iam::123456789012:role/app""#;
    let two = load(&[
        attached("", &[MINE]),
        definition(&format!(r#""executionRoleArn":"{ROLE}",{other}"#)),
    ]);
    let question = two.iam.attached[0].role.question().unwrap().clone();
    assert_eq!(question.kind, QuestionKind::DocumentRole);
    let policies = two.iam.role_policies(&ArnText::from(ROLE));
    assert_eq!(policies.managed_list, ListState::Missing);
    assert_eq!(policies.needs[0], Need::Question(question.clone()));
    // The answer settles it, by the question's id.
    let parts = [
        attached("", &[MINE]),
        definition(&format!(r#""executionRoleArn":"{ROLE}",{other}"#)),
        answer(&question.id(), "", "exec"),
    ];
    assert!(load(&parts).iam.role_policies(&ArnText::from(ROLE)).managed_list.is_complete());
}

#[test]
fn two_different_lists_are_never_both_the_only_role_s() {
    let parts = [
        attached("", &[MINE]),
        attached("", &[]),
        definition(&format!(r#""executionRoleArn":"{ROLE}""#)),
    ];
    let snapshot = load(&parts);
    assert!(snapshot.iam.attached.iter().all(|list| list.role.question().is_some()));
    let known = [
        attached(" role-name=exec", &[MINE]),
        attached("", &[]),
        definition(&format!(r#""executionRoleArn":"{ROLE}""#)),
    ];
    assert!(load(&known).iam.attached[1].role.question().is_some());
}

#[test]
fn a_version_goes_to_the_only_policy_that_it_can_be_of() {
    let other = "arn:aws:iam::123456789012:policy/other";
    let policy = |arn: &str, default: &str| {
        output(
            "iam get-policy",
            &format!(r#"{{"Policy":{{"Arn":"{arn}","PolicyId":"A","DefaultVersionId":"{default}"}}}}"#),
        )
    };
    let list = attached(" role-name=exec", &[MINE, other]);
    let ambiguous = load(&[list.clone(), version("", "v2", "s3:*")]);
    assert!(ambiguous.iam.versions[0].policy.question().is_some());
    let told = load(&[list.clone(), version("", "v2", "s3:*"), policy(MINE, "v2"), policy(other, "v1")]);
    assert_eq!(told.iam.versions[0].policy, Owner::OnlyCandidate(ArnText::from(MINE)));
    // A version that is not in force says nothing of what is.
    let old = load(&[policy(MINE, "v3"), version(&format!(" policy-arn={MINE}"), "v2", "s3:*")]);
    assert_eq!(old.iam.policy_document(&ArnText::from(MINE)), PolicyState::Missing);
}

#[test]
fn pages_of_one_listing_together_are_complete() {
    let page = |words: &str, arns: &[&str], token: &str| {
        let part = attached(words, arns);
        if token.is_empty() {
            return part;
        }
        let list: Vec<String> = arns.iter().map(|arn| format!(r#"{{"PolicyArn":"{arn}"}}"#)).collect();
        let json = format!(r#"{{"AttachedPolicies":[{}],"NextToken":"{token}"}}"#, list.join(","));
        output(&format!("iam list-attached-role-policies{words}"), &json).partial()
    };
    let first = page(" role-name=exec max-items=1", &[MINE], "t1");
    let second = page(
        " role-name=exec max-items=1 starting-token=t1",
        &["arn:aws:iam::aws:policy/AdministratorAccess"],
        "",
    );
    let state = |parts: &[Part]| {
        let snapshot = load(parts);
        let policies = snapshot.iam.role_policies(&ArnText::from(ROLE));
        (policies.managed.len(), policies.managed_list.is_complete())
    };
    assert_eq!(state(&[first.clone(), second.clone()]), (2, true));
    assert_eq!(state(&[second.clone(), first.clone()]), (2, true));
    assert_eq!(state(&[first]), (1, false));
    assert_eq!(state(&[second]), (1, false));
}

#[test]
fn a_document_pasted_alone_is_whose_the_person_says() {
    let bare = of(
        Operation::AwsPolicyDocument,
        Shape::Response,
        r#"{"Version":"2012-10-17","Statement":[]}"#,
    );
    let alone = load(std::slice::from_ref(&bare));
    let question = alone.iam.bare[0].owner.question().unwrap().clone();
    assert_eq!(question.kind, QuestionKind::DocumentPolicy);
    let given = |owner: &str| load(&[bare.clone(), answer("document-policy", &question.subject, owner)]);
    assert!(matches!(
        given(MINE).iam.policy_document(&ArnText::from(MINE)),
        PolicyState::Pasted(_)
    ));
    assert_eq!(given(ROLE).iam.role_policies(&ArnText::from(ROLE)).inline.len(), 1);
    let key = "arn:aws:kms:us-east-1:123456789012:key/1";
    assert!(given(key).kms.policy(key).is_some());
}

#[test]
fn account_details_say_everything_of_a_role() {
    let json = format!(
        r#"{{"RoleDetailList":[{{"Arn":"{ROLE}","RoleName":"exec","AssumeRolePolicyDocument":{{"Statement":[]}},
        "RolePolicyList":[{{"PolicyName":"in","PolicyDocument":{{"Statement":[]}}}}],
        "AttachedManagedPolicies":[{{"PolicyName":"mine","PolicyArn":"{MINE}"}}]}}],
        "Policies":[{{"Arn":"{MINE}","DefaultVersionId":"v1","PolicyVersionList":[{{"VersionId":"v1","IsDefaultVersion":true,"Document":{{"Statement":[]}}}}]}}]}}"#
    );
    let snapshot = load(&[output("iam get-account-authorization-details", &json)]);
    let policies = snapshot.iam.role_policies(&ArnText::from(ROLE));
    assert!(policies.managed_list.is_complete() && policies.inline_list.is_complete());
    assert!(policies.needs.is_empty());
    let inline = policies.inline[0].document.unwrap();
    assert_eq!(
        inline.document.at.pointer.as_str(),
        "/RoleDetailList/0/RolePolicyList/0/PolicyDocument"
    );
    assert!(!inline.document.embedded);
    assert!(snapshot.iam.role(ROLE).unwrap().trust().is_some());
}

#[test]
fn a_well_known_policy_needs_no_paste_but_a_paste_wins() {
    let arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
    let built_in = load(&[attached(" role-name=exec", &[arn])]);
    assert!(matches!(built_in.iam.policy_document(&ArnText::from(arn)), PolicyState::BuiltIn(copy) if copy.version == "v1"));
    let pasted = load(&[version(&format!(" policy-arn={arn}"), "v9", "s3:*")]);
    assert!(matches!(pasted.iam.policy_document(&ArnText::from(arn)), PolicyState::Pasted(_)));
}

#[test]
fn a_key_policy_and_a_bucket_policy_find_their_owner() {
    let key = r#"{"KeyMetadata":{"Arn":"arn:aws:kms:us-east-1:123456789012:key/1","KeyId":"1","KeyState":"Enabled"}}"#;
    let policy = r#"{"Policy":"{\"Statement\":[]}","PolicyName":"default"}"#;
    let snapshot = load(&[
        output("kms get-key-policy", policy),
        output("kms describe-key key-id=alias/app", key),
    ]);
    let found = snapshot.kms.policy("alias/app").unwrap();
    assert!(found.policy.embedded);
    assert_eq!(found.policy.text, r#"{"Statement":[]}"#);
    let definition = r#"{"taskDefinition":{"family":"f","containerDefinitions":[{"environmentFiles":[{"type":"s3","value":"arn:aws:s3:::conf/app.env"}]}]}}"#;
    let bucket = [
        output("s3api get-bucket-policy", r#"{"Policy":"{}"}"#),
        output("ecs describe-task-definition", definition),
    ];
    assert!(load(&bucket).s3.policy("conf").is_some());
    assert!(load(&bucket[..1]).s3.policies[0].bucket.question().is_some());
}
