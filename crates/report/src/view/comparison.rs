//! What became of the case: the answer, the causes, what changed, what to run again, and then the case as it stands.

use super::findings::place;
use super::inline::Line;
use super::{Block, Marks, requests};
use crate::lang::Lang;
use crate::model::{CauseProgress, Change, ChangeKind, Comparison, Evidence, Finding, Progress, Report, Status};
use crate::words::Words;
use crate::words::vocabulary::Tone;

pub(crate) fn blocks(comparison: &Comparison, lang: Lang) -> Vec<Block> {
    let report = &comparison.report;
    let mut blocks = vec![Block::Heading(1, Line::prose(&comparison.summary))];
    if let Some(at) = &comparison.runs {
        blocks.extend(proof(report, std::slice::from_ref(at), lang));
    }
    if comparison.other_error == Some(true) {
        blocks.push(Block::Paragraph(Line::new().words(lang.pick(
            "The task fails with another error now.",
            "タスクは現在、別のエラーで失敗しています。",
        ))));
    }
    blocks.extend(comparison.causes.iter().map(|cause| of_cause(report, cause, lang)));
    if !comparison.again.is_empty() {
        let heading = lang.pick("Run again", "再実行が必要なコマンド");
        blocks.push(Block::Heading(2, Line::new().words(heading)));
        blocks.extend(comparison.again.iter().map(|request| requests::section(request, lang)));
    }
    // What the second set does not speak of is no news of it.
    let open = |finding: &&Finding| {
        let causes = comparison.causes.iter().filter(|cause| cause.verdict == Progress::Unknown);
        causes
            .into_iter()
            .any(|cause| cause.code == finding.code && cause.subject == finding.subject)
    };
    let fails = || report.findings.iter().filter(|finding| finding.status == Status::Fail);
    let now: Vec<Line> = fails().filter(|finding| !open(finding)).map(named).collect();
    let then: Vec<Line> = fails().filter(open).map(named).collect();
    for (heading, list) in [
        (lang.pick("What stops the task now", "現在タスクの起動を妨げている問題"), now),
        (
            lang.pick(
                "What the first set showed, and nothing new tells",
                "1 回目に確認され、その後の出力がない問題",
            ),
            then,
        ),
    ] {
        if !list.is_empty() {
            blocks.push(Block::Heading(2, Line::new().words(heading)));
            blocks.push(Block::List(list));
        }
    }
    blocks.push(Block::Heading(2, Line::new().words(lang.pick("What changed", "変更点"))));
    if comparison.changes.is_empty() {
        let nothing = lang.pick("Nothing that both sets show.", "両方の出力に含まれる項目に変更はありません。");
        blocks.push(Block::Paragraph(Line::new().words(nothing)));
    }
    blocks.extend(comparison.changes.iter().map(|change| of_change(report, change, lang)));
    let heading = lang.pick("The case, both sets together", "両方の出力を合わせた状況");
    blocks.push(Block::Heading(2, Line::new().words(heading)));
    blocks.push(Block::Paragraph(Line::new().words(lang.pick(
        "What the second set does not show is taken to be as the first set showed it.",
        "2 回目の出力に含まれないものは、1 回目の出力のままとみなしています。",
    ))));
    blocks.extend(super::blocks(report, lang));
    blocks
}

fn named(finding: &Finding) -> Line {
    Line::prose(&finding.title).words(" (").then(Line::data(&finding.code)).words(")")
}

fn proof(report: &Report, evidence: &[Evidence], lang: Lang) -> Option<Block> {
    let shown = evidence.iter().flat_map(|evidence| {
        [
            Block::Paragraph(place(report, evidence, lang)),
            Block::Verbatim(evidence.excerpt.clone()),
        ]
    });
    (!evidence.is_empty()).then(|| Block::Labelled(Words::of(lang).evidence, shown.collect()))
}

fn of_cause(report: &Report, cause: &CauseProgress, lang: Lang) -> Block {
    let (tone, word) = match cause.verdict {
        Progress::Gone => (Tone::Good, lang.pick("Gone", "解消")),
        Progress::Remains => (Tone::Bad, lang.pick("Still there", "未解消")),
        Progress::Unknown | Progress::NoCause => (Tone::Unknown, lang.pick("Not known yet", "未確認")),
    };
    let words = Words::of(lang);
    let mut blocks = vec![
        Block::Heading(3, Line::mark(tone, word).words(words.colon).then(Line::prose(&cause.title))),
        Block::Facts(vec![(words.code, Line::data(&cause.code))]),
    ];
    blocks.extend(proof(report, &cause.evidence, lang));
    let data = vec![("code", cause.code.clone()), ("progress", cause.verdict.word().to_owned())];
    Block::Section(Marks { tone: Some(tone), data }, blocks)
}

fn of_change(report: &Report, change: &Change, lang: Lang) -> Block {
    let kind = match change.kind {
        ChangeKind::Changed => lang.pick("Changed", "変更"),
        ChangeKind::Added => lang.pick("New", "追加"),
        ChangeKind::Gone => lang.pick("Gone", "削除"),
    };
    let words = Words::of(lang);
    let title = Line::label(kind).words(" ").then(Line::data(&change.subject));
    let title = title.words(" (").then(Line::data(&change.operation)).words(")");
    let mut blocks = vec![Block::Paragraph(title)];
    let at = change.after.as_ref().or(change.before.as_ref());
    blocks.extend(at.map(|at| Block::Paragraph(place(report, at, lang))));
    for member in &change.members {
        let side = |label: &str, value: &Option<String>| value.as_ref().map(|json| Line::new().words(label).then(Line::data(json)));
        let sides = [
            side(lang.pick("before: ", "前: "), &member.before),
            side(lang.pick("now: ", "後: "), &member.after),
        ];
        let value = Line::join(sides.into_iter().flatten(), words.comma);
        blocks.push(Block::List(vec![Line::data(&member.member).words(words.colon).then(value)]));
    }
    Block::Section(Marks::default(), blocks)
}
