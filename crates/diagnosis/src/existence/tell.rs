//! From a judged reference to a finding: which references, with what evidence, of which destinations. The words are the finding's own.

use super::{Fault, Judgement, error};
use crate::case::Case;
use crate::judged::Judged;
use crate::model::{Code, DestinationKey, Finding, Status};
use crate::ranking::destination_of;
use crate::requirements::Use;
use crate::symptom::Symptom;
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

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
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
    let mut finding = Finding::new(Code(code), Status::Unknown);
    for destination in &judged.destinations {
        for reference in destination
            .references
            .iter()
            .filter(|reference| reference.open == Some(Code(code)) && !reference.needs.is_empty())
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
    let quoted = &symptom.quoted;
    let named = quoted
        .arn
        .clone()
        .or_else(|| quoted.image.clone())
        .or_else(|| quoted.log_group.clone())
        .or_else(|| quoted.parameter.first().cloned());
    let mut candidates: Vec<String> = Vec::new();
    for reference in judged.destinations.iter().flat_map(|destination| &destination.references) {
        if let Some(key) = key(&reference.used) {
            push(&mut candidates, key);
        }
    }
    // A definition that was pasted is the one that ran: a name that it does not have is no longer, or was never, its own.
    let subject = match (named, judged.case.definition.is_some()) {
        (Some(named), false) if !candidates.contains(&named) => vec![named],
        (Some(_), _) => return None,
        (None, defined) if candidates.len() == 1 || (defined && candidates.is_empty()) => {
            return None;
        }
        (None, _) => candidates,
    };
    let mut finding = Finding::new(Code(code), Status::Fail);
    finding.subject = subject;
    finding.affects = symptom.service.and_then(destination_of).into_iter().collect();
    finding.evidence = vec![at.clone()];
    Some(finding)
}

/// A finding with its words.
#[must_use]
pub fn worded(mut finding: Finding, title: Text, summary: Text, explanation: Text) -> Finding {
    finding.title = title;
    finding.summary = summary;
    finding.explanation = explanation;
    finding
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
