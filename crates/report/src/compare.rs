//! From two sets of evidence to what became of the case.

use crate::assemble::{Writer, chosen, shortened, with_answers};
use crate::model::{CauseProgress, Change, ChangeKind, Comparison, ComparisonSchema, MemberChange, Progress};
use crate::{Lang, Options};
use diagnosis::comparison::{self, Gone};
use evidence::{Evidence, Input};
use snapshot::changes;

/// Compares a second set of evidence of one case with the first: what changed, whether the causes are gone, what comes next.
///
/// Total and deterministic, as [`diagnose`](crate::diagnose) is. Answers belong to the second set.
#[must_use]
pub fn compare(before: &[Input<'_>], after: &[Input<'_>], options: &Options) -> Comparison {
    let all: Vec<Input<'_>> = before.iter().chain(after).copied().collect();
    let evidence = with_answers(&all, options);
    let is_before = |source: evidence::SourceId| (source.0 as usize) < before.len();
    let compared = comparison::compare(&evidence, &is_before, &chosen(options));
    written(&evidence, &compared, options.lang)
}

fn written(evidence: &Evidence, compared: &comparison::Comparison, lang: Lang) -> Comparison {
    let writer = Writer { evidence, lang };
    let report = crate::assemble(evidence, &compared.now, lang);
    let causes: Vec<CauseProgress> = compared.causes.iter().map(|cause| writer.cause(cause)).collect();
    let verdict = verdict(&causes);
    Comparison {
        schema: ComparisonSchema::V1,
        tool: report.tool.clone(),
        verdict,
        summary: summary(verdict, compared, lang).to_owned(),
        runs: compared.runs.as_ref().map(|at| writer.evidence(at)),
        other_error: compared.other_error,
        causes,
        changes: compared.changes.iter().map(|change| writer.change(change)).collect(),
        again: compared.again.iter().map(|request| writer.request(request)).collect(),
        report,
    }
}

fn verdict(causes: &[CauseProgress]) -> Progress {
    let any = |verdict| causes.iter().any(|cause| cause.verdict == verdict);
    if causes.is_empty() {
        Progress::NoCause
    } else if any(Progress::Remains) {
        Progress::Remains
    } else if any(Progress::Unknown) {
        Progress::Unknown
    } else {
        Progress::Gone
    }
}

fn summary(verdict: Progress, compared: &comparison::Comparison, lang: Lang) -> &'static str {
    if compared.empty {
        return match verdict {
            Progress::NoCause => lang.pick(
                "Nothing new was given: the second set holds no output of AWS that can be read. The first set proved no cause; this is the case as \
                 it stood then.",
                "新しい情報がありません。2 回目の入力には読み取れる AWS の出力が含まれていません。1 回目の出力では原因が確定していませんでした。\
                 以下は 1 回目の時点の状況です。",
            ),
            _ => lang.pick(
                "Nothing new was given: the second set holds no output of AWS that can be read. Whether the cause of the first set is gone is not \
                 known; run the commands below and paste what they print.",
                "新しい情報がありません。2 回目の入力には読み取れる AWS の出力が含まれていません。1 回目に確定した原因が解消したかどうかは未確認です。\
                 以下のコマンドを実行し、その出力を貼り付けてください。",
            ),
        };
    }
    match (verdict, compared.runs.is_some()) {
        (_, true) => lang.pick(
            "A newer task of the same group runs: the cause is gone.",
            "同じグループの新しいタスクが実行中です。原因は解消しています。",
        ),
        (Progress::Gone, false) => lang.pick("The cause is gone.", "原因は解消しています。"),
        (Progress::Remains, false) => lang.pick("The cause is still there.", "原因はまだ解消していません。"),
        (Progress::Unknown, false) => lang.pick(
            "Whether the cause is gone is not known yet: nothing new was given for it. Run the commands below and paste what they print.",
            "原因が解消したかどうかは未確認です。原因について新しい出力がありません。以下のコマンドを実行し、その出力を貼り付けてください。",
        ),
        (Progress::NoCause, false) => lang.pick(
            "The first set proved no cause; this is the case as it stands now.",
            "1 回目の出力では原因が確定していませんでした。以下は現在の状況です。",
        ),
    }
}

impl Writer<'_> {
    fn cause(&self, cause: &comparison::Cause) -> CauseProgress {
        CauseProgress {
            code: cause.finding.code.0.to_owned(),
            subject: cause.finding.subject.clone(),
            title: self.text(&cause.finding.title),
            verdict: match cause.gone {
                Gone::Yes => Progress::Gone,
                Gone::No => Progress::Remains,
                Gone::Unknown => Progress::Unknown,
            },
            evidence: cause.evidence.iter().map(|at| self.evidence(at)).collect(),
        }
    }

    fn change(&self, change: &changes::Change) -> Change {
        let cited = |at: &Option<snapshot::Citation>| at.as_ref().map(|at| self.evidence(at));
        let short = |json: &Option<String>| json.as_deref().map(shortened);
        Change {
            operation: change.operation.name().to_owned(),
            subject: change.subject.clone(),
            kind: match change.kind {
                changes::ChangeKind::Changed => ChangeKind::Changed,
                changes::ChangeKind::Added => ChangeKind::Added,
                changes::ChangeKind::Gone => ChangeKind::Gone,
            },
            before: cited(&change.before),
            after: cited(&change.after),
            members: change
                .members
                .iter()
                .map(|member| MemberChange {
                    member: member.member.clone(),
                    before: short(&member.before),
                    after: short(&member.after),
                })
                .collect(),
        }
    }
}
