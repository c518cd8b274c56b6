//! What the policy simulator and CloudTrail say of the same calls is compared with the decision, and settles nothing.

use crate::support::{Way, judge, of};
use diagnosis::case::Options;
use evidence::Input;
use policy::Verdict;
use serde_json::{Value, json};
use testkit::world::{Egress, ROLE, SECRET, TASK_ID, World};

const GET: &str = "secretsmanager:GetSecretValue";

/// What is said beside the pasted outputs, in English.
fn notes(world: &World) -> Vec<String> {
    let paste = world.paste();
    let evidence = evidence::read(&[Input {
        name: "paste.txt",
        bytes: paste.as_bytes(),
    }]);
    let diagnosis = diagnosis::diagnose(&evidence, &Options::default());
    diagnosis.notes.into_iter().map(|note| note.text.en.into_owned()).collect()
}

fn simulate(world: &mut World, decision: &str, lacks: Value) {
    world.put(
        "simulate",
        &format!("iam simulate-principal-policy --policy-source-arn {ROLE} --action-names {GET} --resource-arns {SECRET}"),
        json!({"EvaluationResults": [{"EvalActionName": GET, "EvalResourceName": SECRET, "EvalDecision": decision,
            "MatchedStatements": [], "MissingContextValues": lacks}], "IsTruncated": false}),
    );
}

fn record(world: &mut World, session: &str) {
    let event = json!({"eventVersion": "1.11", "eventTime": "2026-11-24T08:04:30Z", "eventSource": "secretsmanager.amazonaws.com",
        "eventName": "GetSecretValue", "awsRegion": "us-east-1", "eventID": "11111111-2222-4333-8444-555555555555",
        "userIdentity": {"type": "AssumedRole", "arn": format!("arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/{session}"),
            "accountId": "111122223333",
            "sessionContext": {"sessionIssuer": {"type": "Role", "arn": ROLE, "userName": "ecsTaskExecutionRole"}}},
        "errorCode": "AccessDenied",
        "errorMessage": format!("User: arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/{session} is not authorized to perform: {GET} on resource: {SECRET} because no identity-based policy allows the {GET} action"),
        "requestParameters": {"secretId": SECRET}, "recipientAccountId": "111122223333"});
    world.put(
        "lookup-events",
        "cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=GetSecretValue",
        json!({"Events": [{"EventId": "11111111-2222-4333-8444-555555555555", "EventName": "GetSecretValue", "CloudTrailEvent": event.to_string()}]}),
    );
}

#[test]
fn a_simulation_that_differs_is_told() {
    let mut world = World::new(Egress::Nat, "");
    simulate(&mut world, "implicitDeny", json!([]));
    let differs = |notes: &[String]| {
        notes
            .iter()
            .any(|note| note.contains("says implicitDeny") && note.contains("say allowed"))
    };
    assert!(differs(&notes(&world)), "{:?}", notes(&world));
    let judged = judge(&world, &Way::Nat);
    assert_eq!(
        of(&judged, GET).decision.as_ref().map(|decision| decision.verdict),
        Some(Verdict::Allowed)
    );

    simulate(&mut world, "implicitDeny", json!(["aws:SourceVpce"]));
    assert!(notes(&world).iter().any(|note| note.contains("not given aws:SourceVpce")));

    simulate(&mut world, "allowed", json!([]));
    assert!(!notes(&world).iter().any(|note| note.contains("The simulation says")));
}

#[test]
fn a_simulation_is_no_proof_where_policies_are_missing() {
    let mut world = World::new(Egress::Nat, "");
    world.drop_output("get-role-policy");
    simulate(&mut world, "implicitDeny", json!([]));
    let judged = judge(&world, &Way::Nat);
    assert_eq!(
        of(&judged, GET).decision.as_ref().map(|decision| decision.verdict),
        Some(Verdict::Unknown)
    );
    assert!(!notes(&world).iter().any(|note| note.contains("The simulation says")));
}

/// Policies typed into the simulator are no evidence of what is attached; what they would do is said beside them.
#[test]
fn a_simulation_of_policies_of_ones_own_is_told_apart() {
    for command in [
        format!("iam simulate-custom-policy --policy-input-list file://new.json --action-names {GET} --resource-arns {SECRET}"),
        format!(
            "iam simulate-principal-policy --policy-source-arn {ROLE} --policy-input-list file://new.json --action-names {GET} --resource-arns {SECRET}"
        ),
    ] {
        let run = |world: &mut World, decision: &str| {
            let result = json!({"EvalActionName": GET, "EvalResourceName": SECRET, "EvalDecision": decision,
                "MatchedStatements": [{"SourcePolicyId": "PolicyInputList.1", "SourcePolicyType": "IAM Policy",
                    "StartPosition": {"Line": 1, "Column": 1}, "EndPosition": {"Line": 3, "Column": 2}}],
                "MissingContextValues": []});
            world.put("simulate", &command, json!({"EvaluationResults": [result], "IsTruncated": false}));
        };
        let mut world = World::new(Egress::Nat, "");
        world.set("get-role-policy", "/PolicyDocument/Statement", json!([]));
        run(&mut world, "allowed");
        let said = notes(&world);
        assert!(
            said.iter()
                .any(|note| note.contains("typed into it") && note.contains("say implicitDeny")),
            "{command}: {said:?}"
        );
        // It neither grants nor denies: the role's own policies decide.
        let judged = judge(&world, &Way::Nat);
        let decided = of(&judged, GET).decision.as_ref().map(|decision| decision.verdict);
        assert_eq!(decided, Some(Verdict::ImplicitlyDenied), "{command}");
        run(&mut world, "implicitDeny");
        let said = notes(&world);
        assert!(said.iter().any(|note| note.ends_with("may do now.")), "{command}: {said:?}");
    }
}

#[test]
fn a_simulation_of_another_role_is_told_apart() {
    let mut world = World::new(Egress::Nat, "");
    world.put(
        "simulate",
        &format!("iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:role/other --action-names {GET}"),
        json!({"EvaluationResults": [{"EvalActionName": GET, "EvalResourceName": "*", "EvalDecision": "allowed"}], "IsTruncated": false}),
    );
    assert!(
        notes(&world).iter().any(|note| note.contains("role/other, which makes no call")),
        "{:?}",
        notes(&world)
    );
}

#[test]
fn a_recorded_denial_of_this_task_against_policies_that_allow_is_told() {
    let mut world = World::new(Egress::Nat, "");
    record(&mut world, TASK_ID);
    let differs = |world: &World| {
        notes(world)
            .iter()
            .any(|note| note.contains("was denied (identity) to this task") && note.contains(GET))
    };
    assert!(differs(&world), "{:?}", notes(&world));
    // Another task's session says nothing of this one.
    record(&mut world, "ffffffffffffffffffffffffffffffff");
    assert!(!differs(&world));
    // Nor does it decide what the documents leave open.
    record(&mut world, TASK_ID);
    world.drop_output("get-role-policy");
    let judged = judge(&world, &Way::Nat);
    assert_eq!(
        of(&judged, GET).decision.as_ref().map(|decision| decision.verdict),
        Some(Verdict::Unknown)
    );
}

#[test]
fn a_secret_s_tags_are_known_once_it_is_described() {
    let mut world = World::new(Egress::Nat, "");
    let statement = json!({"Effect": "Allow", "Action": GET, "Resource": "*",
        "Condition": {"StringEquals": {"secretsmanager:ResourceTag/team": "blue"}}});
    world.set("get-role-policy", "/PolicyDocument/Statement/0", statement);
    let verdict = |world: &World| {
        let judged = judge(world, &Way::Nat);
        of(&judged, GET).decision.as_ref().map(|decision| decision.verdict)
    };
    world.set("describe-secret", "/Tags", json!([{"Key": "team", "Value": "blue"}]));
    assert_eq!(verdict(&world), Some(Verdict::Allowed));
    world.set("describe-secret", "/Tags", json!([{"Key": "team", "Value": "red"}]));
    assert_eq!(verdict(&world), Some(Verdict::ImplicitlyDenied));
    world.unset("describe-secret", "/Tags");
    assert_eq!(verdict(&world), Some(Verdict::Unknown));
}
