//! The answer first: what failed, whose side, how sure.

use super::inline::{Inline, Line};
use super::{Block, Marks};
use crate::lang::Lang;
use crate::model::{Field, Finding, Outcome, Report, Symptom};
use crate::words::Words;
use crate::words::vocabulary::{Tone, Verdict, side};

pub(super) fn section(report: &Report, lang: Lang) -> Block {
    let words = Words::of(lang);
    let mut blocks = vec![Block::Heading(1, sentence(report, lang))];
    let mut facts = Vec::new();
    if let Some(symptom) = &report.symptom {
        facts.push((words.what_failed, what_failed(symptom, lang)));
    }
    let sides = sides(report, lang);
    if !sides.is_empty() {
        facts.push((
            words.whose_side,
            Line::join(sides.into_iter().map(|side| Line::new().words(side)), words.comma),
        ));
    }
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    if let Some(symptom) = &report.symptom {
        blocks.push(Block::Labelled(words.error_text, vec![Block::Verbatim(symptom.text.clone())]));
    }
    let task = task(report, words);
    if !task.is_empty() {
        blocks.push(Block::Labelled(words.task, vec![Block::Facts(task)]));
    }
    let tone = match report.outcome {
        Outcome::RootCause => Tone::Bad,
        Outcome::Suspects | Outcome::InsufficientEvidence => Tone::Unknown,
        Outcome::NoFaultFound => Tone::Good,
        Outcome::OutOfScope => Tone::Careful,
    };
    Block::Section(
        Marks {
            tone: Some(tone),
            data: vec![("outcome", report.outcome.word().to_owned())],
        },
        blocks,
    )
}

pub(super) fn sentence(report: &Report, lang: Lang) -> Line {
    let stage = report.symptom.as_ref().map(|symptom| symptom.stage.phrase(lang));
    match report.outcome {
        Outcome::RootCause => {
            let causes: Vec<&Finding> = report
                .findings
                .iter()
                .filter(|finding| Verdict::of(finding) == Verdict::Confirmed)
                .collect();
            let count = causes.len();
            let lead = match (stage, count) {
                (Some(stage), 0 | 1) => lang.pick(
                    format!("{stage} failed, and the cause is confirmed: "),
                    format!("{stage}に失敗しました。原因は確定しています: "),
                ),
                (None, 0 | 1) => lang.pick("The cause is confirmed: ".to_owned(), "原因は確定しています: ".to_owned()),
                (Some(stage), _) => lang.pick(
                    format!("{stage} failed, and {count} causes are confirmed: "),
                    format!("{stage}に失敗しました。{count} 件の原因が確定しています: "),
                ),
                (None, _) => lang.pick(
                    format!("{count} causes are confirmed: "),
                    format!("{count} 件の原因が確定しています: "),
                ),
            };
            Line::new().words(&lead).then(titles(&causes, lang))
        }
        Outcome::Suspects => {
            let what = match stage {
                Some(stage) => lang.pick(
                    format!("{stage} failed, and the cause is not known yet"),
                    format!("{stage}に失敗しましたが、原因は未確認です"),
                ),
                None => lang.pick(
                    "Not everything is settled yet".to_owned(),
                    "まだ確認できていない点があります".to_owned(),
                ),
            };
            let next = match report.requests.len() {
                0 => lang.pick(".".to_owned(), "。".to_owned()),
                1 => lang.pick(
                    ": what to collect or answer next stands below.".to_owned(),
                    "。次に必要な出力または回答は下記のとおりです。".to_owned(),
                ),
                count => lang.pick(
                    format!(": the {count} outputs and answers that would help stand below."),
                    format!("。確認に役立つ出力と回答 {count} 件は下記のとおりです。"),
                ),
            };
            Line::new().words(&what).words(&next)
        }
        Outcome::NoFaultFound => Line::new().words(lang.pick(
            "No fault found: everything that the task needs was judged, and is in order.",
            "問題は見つかりませんでした。タスクに必要なものはすべて確認済みで、問題ありません。",
        )),
        Outcome::InsufficientEvidence => Line::new().words(lang.pick(
            "Not enough to judge: there is neither a task, nor an error text that says anything, nor configuration.",
            "判断に必要な情報がありません。タスク、原因を示すエラー文、設定のいずれも含まれていません。",
        )),
        Outcome::OutOfScope => {
            let tells: Vec<&Finding> = report
                .findings
                .iter()
                .filter(|finding| finding.code.starts_with("task."))
                .take(1)
                .collect();
            let lead = lang.pick("Outside what this tool covers", "このツールの対象外です");
            if tells.is_empty() {
                return Line::new().words(lead).words(lang.pick(".", "。"));
            }
            Line::new().words(lead).words(": ").then(titles(&tells, lang))
        }
    }
}

fn titles(findings: &[&Finding], lang: Lang) -> Line {
    Line::join(findings.iter().map(|finding| Line::prose(&finding.title)), lang.pick("; ", " / "))
}

fn what_failed(symptom: &Symptom, lang: Lang) -> Line {
    let words = Words::of(lang);
    let mut line = Line::new().words(symptom.stage.phrase(lang));
    if let Some(service) = &symptom.service {
        line = line.words(words.comma).and(Inline::Data(service.to_string()));
    }
    if let Some(cause) = symptom.cause.phrase(lang) {
        line = line.words(words.comma).words(cause);
    }
    line
}

fn sides(report: &Report, lang: Lang) -> Vec<&'static str> {
    let mut sides = Vec::new();
    for finding in report.findings.iter().filter(|finding| Verdict::of(finding) == Verdict::Confirmed) {
        if let Some(side) = side(&finding.code, lang)
            && !sides.contains(&side)
        {
            sides.push(side);
        }
    }
    sides
}

fn task(report: &Report, words: &Words) -> Vec<(&'static str, Line)> {
    let task = &report.task;
    let one = |field: &Field<String>| fact(field, words, |value| Line::data(value.as_str()));
    let [
        arn,
        account,
        region,
        partition,
        launch_type,
        platform,
        subnet,
        interface,
        private,
        public,
        groups,
        vpc,
        role,
        definition,
    ] = words.task_members;
    [
        (arn, one(&task.arn)),
        (account, one(&task.account)),
        (region, one(&task.region)),
        (partition, one(&task.partition)),
        (launch_type, one(&task.launch_type)),
        (platform, one(&task.platform_version)),
        (subnet, one(&task.subnet)),
        (interface, one(&task.interface)),
        (private, one(&task.private_ip)),
        (public, one(&task.public_ip)),
        (
            groups,
            fact(&task.security_groups, words, |ids| {
                Line::join(ids.iter().map(Line::data), words.comma)
            }),
        ),
        (vpc, one(&task.vpc)),
        (role, one(&task.execution_role)),
        (definition, one(&task.task_definition)),
    ]
    .into_iter()
    .filter_map(|(name, line)| line.map(|line| (name, line)))
    .collect()
}

fn fact<T>(field: &Field<T>, words: &Words, show: impl Fn(&T) -> Line) -> Option<Line> {
    match field {
        Field::Unknown => None,
        Field::Absent => Some(Line::new().words(words.absent)),
        Field::Known(value) => Some(show(value)),
    }
}
