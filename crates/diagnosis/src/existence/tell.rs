//! From a judged reference to a finding: which references, with what evidence, of which destinations. The words are the finding's own.

use super::{Fault, Judgement, error};
use crate::case::Case;
use crate::judged::Judged;
use crate::model::{Code, DestinationKey, Finding, Status};
use crate::ranking::destination_of;
use crate::requirements::Use;
use crate::symptom::{Cause, Service, Stage, Symptom};
use snapshot::Text;

/// One fault, with every reference that has it.
#[derive(Debug)]
pub struct Item<'a> {
    /// The case.
    pub case: &'a Case<'a>,
    /// The first reference that has it.
    pub reference: &'a Judgement,
    /// The fault.
    pub fault: &'a Fault,
    /// The destination.
    pub key: &'a DestinationKey,
    /// Every reference that has it; the first included.
    pub all: Vec<&'a Judgement>,
}

impl Item<'_> {
    /// The references in words: `secret DB_PASSWORD of container app`, joined.
    #[must_use]
    pub fn labels(&self) -> Text {
        let labels: Vec<Text> = self.all.iter().map(|reference| reference.used.label()).collect();
        let join = |pick: fn(&Text) -> &str, with: &str| labels.iter().map(pick).collect::<Vec<_>>().join(with);
        Text::new(join(|text| &text.en, ", "), join(|text| &text.ja, "、"))
    }

    /// A proven fault, still without words; its subjects are what the references name.
    #[must_use]
    pub fn fail(&self) -> Finding {
        let mut finding = Finding::new(self.fault.code, Status::Fail);
        finding.affects = vec![self.key.clone()];
        for reference in &self.all {
            push(&mut finding.subject, reference.resource.clone());
            for fault in reference.faults.iter().filter(|fault| fault.code == self.fault.code) {
                fault.evidence.iter().for_each(|at| push(&mut finding.evidence, at.clone()));
                fault
                    .assumes
                    .iter()
                    .for_each(|assumption| push(&mut finding.assumes, assumption.clone()));
            }
        }
        finding
    }
}

pub(crate) fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Every fault of that code, one for each thing that is named.
#[must_use]
pub fn items<'a>(judged: &'a Judged<'a>, code: &str) -> Vec<Item<'a>> {
    let mut items: Vec<Item<'a>> = Vec::new();
    for destination in &judged.destinations {
        for reference in &destination.references {
            for fault in reference.faults.iter().filter(|fault| fault.code.0 == code) {
                let same = items
                    .iter_mut()
                    .find(|item| item.reference.resource == reference.resource && item.fault.kind == fault.kind);
                match same {
                    Some(item) => item.all.push(reference),
                    None => items.push(Item {
                        case: judged.case,
                        reference,
                        fault,
                        key: &destination.requirement.key,
                        all: vec![reference],
                    }),
                }
            }
        }
    }
    items
}

/// What a missing output could still prove: one finding for all references that are open so, if the error text leaves it possible.
#[must_use]
pub fn open(judged: &Judged<'_>, code: &'static str) -> Option<Finding> {
    let symptom = judged.case.symptom.as_ref();
    if symptom.is_some_and(|symptom| never_came_to(symptom, Code(code))) {
        return None;
    }
    let mut finding = Finding::new(Code(code), Status::Unknown);
    let names = error::stated(judged.case)
        .map(|(symptom, _)| error::named(symptom, Code(code).area()))
        .unwrap_or_default();
    let is_named = |reference: &Judgement| error::names_use(&names, &reference.used, &reference.resource);
    // Where the error names one of them, the others are none of its matter.
    let any_named = judged
        .destinations
        .iter()
        .any(|destination| destination.references.iter().any(is_named));
    for destination in &judged.destinations {
        for reference in destination
            .references
            .iter()
            .filter(|reference| reference.open == Some(Code(code)) && !reference.needs.is_empty())
            .filter(|reference| !any_named || is_named(reference))
        {
            let mut alone = Finding::new(Code(code), Status::Unknown);
            alone.subject = vec![reference.resource.clone()];
            alone.affects = vec![destination.requirement.key.clone()];
            if !judged
                .case
                .symptom
                .as_ref()
                .is_none_or(|symptom| crate::ranking::explains(&alone, symptom))
            {
                continue;
            }
            push(&mut finding.subject, reference.resource.clone());
            push(&mut finding.affects, destination.requirement.key.clone());
            push(&mut finding.evidence, reference.used.at.clone());
            reference.needs.iter().for_each(|need| push(&mut finding.missing, need.clone()));
        }
    }
    let running = judged.case.is_running();
    (!finding.missing.is_empty() && !running).then_some(finding)
}

/// Whether the task passed the step that the finding is about, or never came to it: what was read is there, what was unpacked was found,
/// and environment files have a stage of their own.
fn never_came_to(symptom: &Symptom, code: Code) -> bool {
    match symptom.cause {
        Cause::JsonKey | Cause::NotJson => code.0 != "secret.json-key-not-found",
        Cause::PlatformMismatch | Cause::BadReference => true,
        // Docker Hub does not tell a private image from none; a registry that asks for a login says nothing of the image.
        Cause::AccessDenied if symptom.service == Some(Service::Registry) => !error::says(symptom, "does not exist"),
        _ => code.area() == "envfile" && matches!(symptom.stage, Stage::ImagePull | Stage::LogDriver | Stage::RegistryAuth),
    }
}

/// What the error text alone proves, where no reference of the task definition could be told to be the one: the subject is what the
/// text names, else every reference that it may be about.
#[must_use]
pub fn from_error(
    judged: &Judged<'_>,
    code: &'static str,
    applies: impl Fn(&Symptom) -> bool,
    key: impl Fn(&Use) -> Option<String>,
) -> Option<Finding> {
    let (symptom, at) = error::stated(judged.case)?;
    if !applies(symptom) || !items(judged, code).is_empty() {
        return None;
    }
    let area = Code(code).area();
    let names = error::named(symptom, area);
    let (mut candidates, mut affects): (Vec<String>, Vec<DestinationKey>) = Default::default();
    for destination in &judged.destinations {
        for reference in &destination.references {
            // A text that is written wrongly is named by what was made of it.
            if reference.faults.iter().any(|fault| fault.code.area() == area) {
                return None;
            }
            if let Some(key) = key(&reference.used) {
                // It is named, and was judged for itself.
                if error::names_use(&names, &reference.used, &reference.resource) {
                    return None;
                }
                push(&mut candidates, key);
                push(&mut affects, destination.requirement.key.clone());
            }
        }
    }
    // What the error names failed, whether or not the definition that was pasted (still) has it.
    let subject = if names.is_empty() {
        let defined = judged.case.definition.is_some();
        if candidates.len() == 1 || (defined && candidates.is_empty()) {
            return None;
        }
        candidates
    } else if judged.case.repaired {
        return None;
    } else {
        names
    };
    let mut finding = Finding::new(Code(code), Status::Fail);
    finding.subject = subject;
    finding.affects = match symptom.service.and_then(destination_of) {
        Some(key) => vec![key],
        None if affects.is_empty() => usual(area).into_iter().collect(),
        None => affects,
    };
    finding.evidence = vec![at.clone()];
    Some(finding)
}

/// Where the references of that area are resolved, if nothing else tells.
fn usual(area: &str) -> Option<DestinationKey> {
    Some(match area {
        "secret" => DestinationKey::SecretsManager,
        "parameter" => DestinationKey::Ssm,
        "image" => DestinationKey::EcrDkr,
        "logs" => DestinationKey::Logs,
        "envfile" => DestinationKey::S3,
        _ => return None,
    })
}

/// The names of which one is meant: `a`, or `a or b`.
#[must_use]
pub fn either(names: &[String]) -> Text {
    let join = |between: &str| names.iter().take(5).cloned().collect::<Vec<_>>().join(between);
    Text::new(join(" or "), join(" または "))
}

/// A finding with its words.
#[must_use]
pub fn worded(mut finding: Finding, title: Text, summary: Text, explanation: Text) -> Finding {
    finding.title = title;
    finding.summary = summary;
    finding.explanation = explanation;
    finding
}

/// A text of the task definition as a sentence shows it: an empty one by its quotation marks.
#[must_use]
pub fn written(text: &str) -> &str {
    if text.trim().is_empty() { "\"\"" } else { text }
}

/// Names in one line, at most five.
#[must_use]
pub fn list(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(5).map(String::as_str).collect();
    let more = if names.len() > 5 { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// In what the nearest existing name differs, as a statement about `what` that exists.
#[must_use]
pub fn nearest(near: &references::Near) -> Text {
    use references::Difference;
    let name = &near.text;
    match near.difference {
        Difference::None => Text::new(format!("{name} exists."), format!("{name} は存在します。")),
        Difference::Case => Text::new(
            format!("{name} exists; it differs only in upper and lower case."),
            format!("{name} は存在し、違いは大文字と小文字だけです。"),
        ),
        Difference::Slash => Text::new(
            format!("{name} exists; it differs only in a slash."),
            format!("{name} は存在し、違いはスラッシュだけです。"),
        ),
        Difference::Whitespace => Text::new(
            format!("{name} exists; it differs only in white space."),
            format!("{name} は存在し、違いは空白だけです。"),
        ),
        Difference::Suffix => Text::new(
            format!(
                "{name} exists; it differs only in the six characters that Secrets Manager appends, as after the secret was deleted and made again."
            ),
            format!(
                "{name} は存在し、違いは Secrets Manager が末尾に付ける 6 文字だけです (シークレットが削除されて作り直された場合など)。"
            ),
        ),
        Difference::JoinedKey => Text::new(
            format!("A JSON key follows the secret's ARN after a colon, and two more colons follow it: {name}."),
            format!("JSON キーはシークレットの ARN の後にコロンで区切って指定し、その後にコロンを 2 つ付けます: {name}。"),
        ),
        Difference::SuffixInName => Text::new(
            format!("The six characters at its end are those of an ARN; by name the secret is called {name}."),
            format!("末尾の 6 文字は ARN に付くものです。名前で指定する場合は {name} とします。"),
        ),
        Difference::Region => Text::new(
            format!("{name} exists, in another Region."),
            format!("{name} が別のリージョンに存在します。"),
        ),
        Difference::Account => Text::new(
            format!("{name} exists, in another account."),
            format!("{name} が別のアカウントに存在します。"),
        ),
        Difference::Separator => Text::new(
            format!("{name} exists; it differs only in hyphens, underscores, dots or slashes."),
            format!("{name} は存在し、違いはハイフン、アンダースコア、ドット、スラッシュだけです。"),
        ),
        Difference::Prefix => Text::new(
            format!("{name} exists, under another path."),
            format!("{name} が別のパスに存在します。"),
        ),
        Difference::Edit(edits) => Text::new(
            format!(
                "The nearest existing name is {name} ({edits} {} away).",
                if edits == 1 { "character" } else { "characters" }
            ),
            format!("最も近い既存の名前は {name} です ({edits} 文字の違い)。"),
        ),
    }
}
