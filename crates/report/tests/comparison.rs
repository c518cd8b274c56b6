//! Before and after: what a second set of outputs of the same case tells.

use report::model::{ChangeKind, Comparison, Progress};
use report::{Colour, Format, Input, Lang, Options, compare, render_comparison};
use serde_json::json;
use testkit::world::{Egress, World};

const ERROR: &str = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to \
retrieve secret from asm: service call has been retried 5 time(s): failed to fetch secret \
arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf from secrets manager: RequestCanceled: request context canceled \
caused by: context deadline exceeded. Please check your task network configuration.";
const GROUPS: &str = "describe-security-groups";
const OUT: &str = "/SecurityGroups/0/IpPermissionsEgress";

fn blocked() -> World {
    let mut world = World::new(Egress::Nat, ERROR);
    world.set(GROUPS, OUT, json!([]));
    world
}

fn pick(world: &World, stems: &[&str]) -> String {
    let files = world.files().into_iter();
    files
        .filter(|(name, _)| stems.iter().any(|stem| *name == format!("{stem}.txt")))
        .map(|(_, text)| text)
        .collect()
}

/// Both languages, every format and the schema agree on it.
#[track_caller]
fn compared(before: &str, after: &str) -> Comparison {
    let input = |name, text: &'static str| Input {
        name,
        bytes: text.as_bytes(),
    };
    let (before, after) = (String::leak(before.to_owned()), String::leak(after.to_owned()));
    let of = |lang| {
        let options = Options {
            lang,
            ..Options::default()
        };
        compare(&[input("before.txt", before)], &[input("after.txt", after)], &options)
    };
    let (en, ja) = (of(Lang::En), of(Lang::Ja));
    assert!(!ja.summary.is_ascii() && ja.verdict == en.verdict && ja.changes == en.changes);
    let shown = |format| render_comparison(&en, format, Lang::En, Colour::Plain);
    for format in [Format::Text, Format::Markdown, Format::Html] {
        assert!(shown(format).contains(&en.summary), "{format:?}");
    }
    let value = serde_json::from_str(&shown(Format::Json));
    let checked = value
        .map_err(|error| error.to_string())
        .and_then(|value| report::schema::check_comparison(&value));
    assert_eq!(checked, Ok(()));
    en
}

fn verdicts(compared: &Comparison) -> Vec<(&str, Progress)> {
    compared.causes.iter().map(|cause| (cause.code.as_str(), cause.verdict)).collect()
}

#[test]
fn a_cause_whose_proof_changed_and_that_is_no_longer_found_is_gone() {
    let after = World::new(Egress::Nat, ERROR);
    let compared = compared(&blocked().paste(), &pick(&after, &[GROUPS]));
    assert_eq!(verdicts(&compared), [("network.sg-egress-blocked", Progress::Gone)]);
    assert_eq!(compared.verdict, Progress::Gone);
    let changed: Vec<_> = compared
        .changes
        .iter()
        .map(|change| (change.subject.as_str(), change.kind))
        .collect();
    assert_eq!(changed, [("sg-0a0000000000000a1", ChangeKind::Changed)]);
    let [member] = compared.changes[0].members.as_slice() else {
        panic!("{:?}", compared.changes[0].members)
    };
    assert_eq!((member.member.as_str(), &member.before), ("IpPermissionsEgress", &None));
    assert!(member.after.as_deref().unwrap().contains("0.0.0.0/0"));
    assert!(compared.again.is_empty());
}

#[test]
fn a_cause_that_the_second_set_still_proves_remains() {
    let compared = compared(&blocked().paste(), &pick(&blocked(), &[GROUPS]));
    assert_eq!(verdicts(&compared), [("network.sg-egress-blocked", Progress::Remains)]);
    assert!(compared.changes.is_empty());
    assert!(!compared.causes[0].evidence.is_empty());
}

#[test]
fn what_the_second_set_does_not_speak_of_is_not_known_and_asked_for_again() {
    let compared = compared(&blocked().paste(), &pick(&blocked(), &["describe-route-tables"]));
    assert_eq!(verdicts(&compared), [("network.sg-egress-blocked", Progress::Unknown)]);
    assert_eq!(compared.verdict, Progress::Unknown);
    let asked: Vec<_> = compared.again.iter().filter_map(|request| request.reading()).collect();
    assert!(
        asked.iter().any(|command| command.contains("describe-security-groups")),
        "{asked:?}"
    );
}

#[test]
fn a_newer_task_that_runs_makes_the_cause_gone_and_an_older_one_says_nothing() {
    for (created, expected) in [
        ("2026-11-24T09:00:00+00:00", Progress::Gone),
        ("2026-11-24T07:00:00+00:00", Progress::Unknown),
    ] {
        let mut after = World::new(Egress::Nat, "");
        for member in ["stopCode", "stoppedReason", "stoppedAt", "stoppingAt", "executionStoppedAt"] {
            after.unset("describe-tasks", &format!("/tasks/0/{member}"));
        }
        after.set("describe-tasks", "/tasks/0/lastStatus", json!("RUNNING"));
        after.set("describe-tasks", "/tasks/0/createdAt", json!(created));
        let other = "arn:aws:ecs:us-east-1:111122223333:task/prod/11111111111111111111111111111111";
        after.set("describe-tasks", "/tasks/0/taskArn", json!(other));
        let compared = compared(&blocked().paste(), &pick(&after, &["describe-tasks"]));
        assert_eq!(compared.verdict, expected, "{created}");
        assert_eq!(compared.runs.is_some(), expected == Progress::Gone);
    }
}

#[test]
fn what_comes_next_is_what_the_state_laid_over_the_first_still_fails() {
    let mut before = blocked();
    before.set("describe-images", "/imageDetails", json!([]));
    let after = World::new(Egress::Nat, ERROR);
    let compared = compared(&before.paste(), &pick(&after, &[GROUPS]));
    assert_eq!(verdicts(&compared), [("network.sg-egress-blocked", Progress::Gone)]);
    let fails: Vec<_> = compared
        .report
        .findings
        .iter()
        .filter(|finding| finding.status == report::model::Status::Fail)
        .collect();
    assert!(fails.iter().all(|finding| finding.code != "network.sg-egress-blocked"));
}

#[test]
fn a_resource_that_the_same_command_no_longer_lists_is_gone() {
    let before = World::new(Egress::Endpoints, ERROR);
    let mut after = before.clone();
    let listed = after.output("describe-vpc-endpoints")["VpcEndpoints"].as_array_mut().unwrap();
    let dropped = listed.remove(0)["VpcEndpointId"].as_str().unwrap().to_owned();
    let told = |before: &World, after: &World| -> Vec<(String, ChangeKind)> {
        let compared = compared(&before.paste(), &pick(after, &["describe-vpc-endpoints"]));
        compared.changes.into_iter().map(|change| (change.subject, change.kind)).collect()
    };
    assert_eq!(told(&before, &after), [(dropped.clone(), ChangeKind::Gone)]);
    assert_eq!(told(&after, &before), [(dropped, ChangeKind::Added)]);
}

#[test]
fn a_first_set_without_a_cause_says_so() {
    let compared = compared("nothing", &blocked().paste());
    assert_eq!(compared.verdict, Progress::NoCause);
    assert!(
        compared
            .report
            .findings
            .iter()
            .any(|finding| finding.code == "network.sg-egress-blocked")
    );
}

/// The text of both sets compared.
fn told(before: &str, after: &str) -> String {
    render_comparison(&compared(before, after), Format::Text, Lang::En, Colour::Plain)
}

#[test]
fn a_second_set_that_says_nothing_is_no_news_of_the_cause_and_says_what_to_paste() {
    let before = blocked().paste();
    for after in ["", "Hello, it works now, I believe.\n", "{\"some\": \"thing\"}"] {
        let compared = compared(&before, after);
        assert_eq!(compared.verdict, Progress::Unknown);
        assert!(compared.summary.starts_with("Nothing new was given"), "{}", compared.summary);
        let text = told(&before, after);
        assert!(!text.contains("What stops the task now"), "{text}");
        assert!(text.contains("What the first set showed, and nothing new tells"), "{text}");
        let asked: Vec<_> = compared.again.iter().filter_map(|request| request.reading()).collect();
        assert!(
            asked.iter().any(|command| command.contains("describe-security-groups")),
            "{asked:?}"
        );
        // The stopped task itself does not change any more.
        assert!(!asked.iter().any(|command| command.contains("describe-tasks")), "{asked:?}");
    }
}

#[test]
fn outputs_that_were_pasted_without_their_commands_are_asked_for_by_the_plans() {
    let bare: String = blocked()
        .files()
        .into_iter()
        .map(|(_, text)| text.lines().filter(|line| !line.starts_with('$')).collect::<Vec<_>>().join("\n") + "\n")
        .collect();
    let compared = compared(&bare, "nothing");
    let asked: Vec<_> = compared.again.iter().filter_map(|request| request.reading()).collect();
    assert!(
        asked
            .iter()
            .any(|command| command.contains("describe-security-groups --group-ids sg-0a0000000000000a1")),
        "{asked:?}"
    );
}

#[test]
fn a_cause_that_the_error_alone_proves_is_asked_of_a_newer_task() {
    let error = "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/library/busybox:v1: \
                 unexpected status from GET request to https://registry-1.docker.io/v2/library/busybox/manifests/v1: 429 Too Many Requests \
                 toomanyrequests: You have reached your unauthenticated pull rate limit.";
    let world = World::new(Egress::Nat, error);
    let before = pick(&world, &["describe-tasks"]);
    let compared = compared(&before, "nothing");
    assert_eq!(compared.verdict, Progress::Unknown, "{:?}", compared.causes);
    let asked: Vec<_> = compared.again.iter().filter_map(|request| request.reading()).collect();
    assert_eq!(asked.len(), 1);
    assert!(
        asked[0].starts_with("aws ecs describe-tasks --cluster prod --tasks TASK"),
        "{asked:?}"
    );
}
