//! What the findings about denials share: their subjects, the calls in words, and remedies with the case's names.

use crate::authorization::denials::{Denial, Made, Open, dedup};
use crate::judged::Judged;
use crate::model::{Change, Code, DestinationKey, Finding, Fix, FixKind, Status};
use snapshot::iam::role::role_name;
use snapshot::ids::ArnText;
use snapshot::order::Order as _;
use snapshot::{Need, Operation, QuestionKind, Text};

/// A finding with the facts of a denial.
pub(in crate::findings) fn of_denial(code: Code, denial: &Denial<'_>) -> Finding {
    let status = if denial.blocks_start() { Status::Fail } else { Status::Warn };
    let mut finding = Finding::new(code, status);
    fill(&mut finding, &denial.calls);
    finding.evidence = denial.evidence();
    finding.assumes = denial.assumes();
    finding
}

/// A finding that waits for evidence.
pub(in crate::findings) fn of_open(code: Code, open: &Open<'_>) -> Finding {
    let mut finding = Finding::new(code, Status::Unknown);
    fill(&mut finding, &open.calls);
    finding.missing = open.needs.clone();
    finding
}

/// Words what is open where every policy is there, and only the value of a condition key is lacking.
pub(in crate::findings) fn by_condition(finding: &mut Finding) {
    let lacks_key = |need: &Need| match need {
        Need::Call(call) => call.operation == Operation::OrganizationsDescribeOrganization,
        Need::Question(question) => question.kind == QuestionKind::ConditionKey,
    };
    if finding.missing.is_empty() || !finding.missing.iter().all(lacks_key) {
        return;
    }
    finding.summary = Text::fixed(
        "A policy's condition depends on a value that was not pasted.",
        "ポリシーの条件が、貼り付けられていない値に依存しています。",
    );
    finding.explanation = Text::fixed(
        "The policies themselves are there; whether they let the call through hangs on a condition key whose value no pasted output shows.",
        "ポリシー自体はそろっていますが、呼び出しが許可されるかどうかは条件キーの値によります。その値は貼り付けられた出力に含まれていません。",
    );
}

fn fill(finding: &mut Finding, calls: &[Made<'_>]) {
    finding.affects = affects(calls);
    finding.denied = dedup(
        calls
            .iter()
            .map(|made| (made.judgement.call.action.to_owned(), made.judgement.call.resource.clone()))
            .collect(),
    );
    // An error about the secret itself is explained by its key, too.
    let served = calls
        .iter()
        .filter_map(|made| made.judgement.decrypts.clone())
        .map(|(action, resource)| (action.to_owned(), resource));
    let actions = finding.denied.iter().map(|(action, _)| action.clone());
    let resources = finding
        .denied
        .iter()
        .filter(|(_, resource)| resource != "*")
        .map(|(_, resource)| resource.clone());
    finding.subject = dedup(actions.chain(resources).collect());
    finding.denied = dedup(finding.denied.iter().cloned().chain(served).collect());
}

/// The destinations of calls, in the catalogue's order.
pub(in crate::findings) fn affects(calls: &[Made<'_>]) -> Vec<DestinationKey> {
    let mut keys: Vec<DestinationKey> = calls.iter().map(|made| made.key.clone()).collect();
    keys.in_order();
    keys.dedup();
    keys
}

/// `ecr:BatchGetImage, ecr:GetDownloadUrlForLayer`; the finding's subject holds all of them.
pub(in crate::findings) fn actions(calls: &[Made<'_>]) -> String {
    listed(dedup(calls.iter().map(|made| made.judgement.call.action).collect()))
}

/// `arn:…, arn:…`; `*` for an action without resource.
pub(in crate::findings) fn resources(calls: &[Made<'_>]) -> String {
    listed(dedup(calls.iter().map(|made| made.judgement.call.resource.as_str()).collect()))
}

/// The first three, and how many there are besides.
fn listed(names: Vec<&str>) -> String {
    let shown = names.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(3) {
        None | Some(0) => shown,
        Some(more) => format!("{shown} (+{more})"),
    }
}

/// The role that makes the calls: its ARN.
pub(in crate::findings) fn principal(calls: &[Made<'_>]) -> Option<ArnText> {
    calls.iter().find_map(|made| made.judgement.principal.as_deref()).map(ArnText::from)
}

/// Whether it is one of AWS's own policies, which nobody can change (IAM User Guide, "AWS managed policies").
pub(in crate::findings) fn of_aws(policy: &str) -> bool {
    policy.contains(":iam::aws:policy/")
}

/// What stands between a Japanese text's end and a Japanese word: a space after what ends in Latin letters.
pub(in crate::findings) fn gap(text: &str) -> &'static str {
    if text.ends_with(|last: char| last.is_ascii()) { " " } else { "" }
}

/// The role's name in words; where it is not known, what it is.
pub(in crate::findings) fn role_text(calls: &[Made<'_>]) -> Text {
    match principal(calls) {
        Some(arn) => {
            let name = role_name(arn.as_str());
            Text::new(format!("role {name}"), format!("ロール {name}"))
        }
        None => Text::fixed("the calling role", "呼び出し元のロール"),
    }
}

/// What the calls are for: `secret DB_PASSWORD of container app`.
pub(in crate::findings) fn purposes(judged: &Judged<'_>, calls: &[Made<'_>]) -> Text {
    let uses = calls
        .iter()
        .filter_map(|made| made.judgement.call.by.as_ref())
        .map(crate::requirements::Use::label);
    let labels = dedup(uses.collect::<Vec<Text>>());
    if labels.is_empty() {
        let all = judged
            .destinations
            .iter()
            .filter(|destination| calls.iter().any(|made| *made.key == destination.requirement.key));
        let needed: Vec<Text> = dedup(all.flat_map(|destination| destination.requirement.needed_for.clone()).collect());
        return joined(&needed);
    }
    joined(&labels)
}

fn joined(texts: &[Text]) -> Text {
    if texts.is_empty() {
        return Text::fixed("the start of the task", "タスクの起動");
    }
    let en: Vec<&str> = texts.iter().map(|text| text.en.as_ref()).collect();
    let ja: Vec<&str> = texts.iter().map(|text| text.ja.as_ref()).collect();
    Text::new(en.join(", "), ja.join("、"))
}

/// Whether the error text said it.
pub(in crate::findings) fn told_text(denial: &Denial<'_>) -> Text {
    if denial.told() {
        Text::fixed(
            " The error text itself names this kind of policy.",
            " エラーメッセージ自体が、この種類のポリシーを示しています。",
        )
    } else {
        Text::default()
    }
}

/// A command, the same in both languages.
pub(in crate::findings) fn cli(command: String, impact: Text, change: Option<Change>) -> Fix {
    Fix {
        kind: FixKind::AwsCli,
        text: Text::new(command.clone(), command),
        impact,
        verified: false,
        change,
    }
}

/// Steps in the console.
pub(in crate::findings) fn console(text: Text, impact: Text, change: Option<Change>) -> Fix {
    Fix {
        kind: FixKind::Console,
        text,
        impact,
        verified: false,
        change,
    }
}

/// A policy document.
pub(in crate::findings) fn document(json: String, impact: Text, change: Option<Change>) -> Fix {
    Fix {
        kind: FixKind::Policy,
        text: Text::new(json.clone(), json),
        impact,
        verified: false,
        change,
    }
}

/// A word as bash must be given it.
pub(in crate::findings) fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// ` --region eu-west-1`, where the ARN names one.
pub(in crate::findings) fn region_option(arn: &str) -> String {
    ArnText::from(arn)
        .region()
        .filter(|region| *region != "*")
        .map(|region| format!(" --region {region}"))
        .unwrap_or_default()
}

/// Joins texts.
pub(in crate::findings) fn join(parts: &[&Text]) -> Text {
    let en: String = parts.iter().map(|part| part.en.as_ref()).collect();
    let ja: String = parts.iter().map(|part| part.ja.as_ref()).collect();
    Text::new(en, ja)
}
