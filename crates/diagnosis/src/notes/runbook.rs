//! Runs of AWS's runbooks, such as AWSSupport-TroubleshootECSTaskFailedToStart (Systems Manager Automation runbook reference).
//!
//! A run that succeeded need not have made every check: steps fail without failing the run, and it may be of another task.

use super::{cut, short, some};
use crate::case::Case;
use crate::model::{Finding, Note, Status};
use snapshot::Text;
use snapshot::ssm::AutomationExecution;

/// How many of its lines are shown, and how long each may be.
const LINES: usize = 12;
const LONGEST: usize = 300;

/// What each pasted run says, and how that compares with what is proven.
pub(super) fn notes(case: &Case<'_>, findings: &[Finding]) -> Vec<Note> {
    let runs = case.snapshot.ssm.automations.iter();
    runs.map(|found| Note {
        document: found.at.document,
        text: words(case, &found.value, findings),
    })
    .collect()
}

/// What a run printed, line by line, each once.
fn lines(run: &AutomationExecution) -> Vec<String> {
    let steps = run.step_executions.iter().flat_map(|step| &step.outputs);
    // The global outputs are the runbook's own summary; without any, what its steps said.
    let outputs: Vec<&Vec<String>> = if run.outputs.is_empty() {
        steps.map(|(_, values)| values).collect()
    } else {
        run.outputs.values().collect()
    };
    let mut lines: Vec<String> = Vec::new();
    for line in outputs.into_iter().flatten().flat_map(|value| value.lines()).map(str::trim) {
        if !line.is_empty() && !lines.iter().any(|known| known == line) {
            lines.push(line.to_owned());
        }
    }
    lines
}

fn words(case: &Case<'_>, run: &AutomationExecution, findings: &[Finding]) -> Text {
    let name = run.document_name.as_deref().unwrap_or("automation");
    let status = run.automation_execution_status.as_deref().unwrap_or("?");
    let said = lines(run);
    let shown: Vec<String> = said.iter().map(|line| format!("\"{}\"", cut(line, LONGEST))).collect();
    let mut en = format!("{name} ({status}): what it says proves nothing by itself.");
    let mut ja = format!("{name} ({status}): この出力だけでは何も証明されません。");
    if shown.is_empty() {
        en.push_str(" It says nothing in its outputs.");
        ja.push_str("出力に記載はありません。");
    } else {
        let lines = some(&shown, LINES, " ");
        en.push_str(&format!(" It says: {lines}"));
        ja.push_str(&format!("記載内容: {lines}"));
    }
    if let Some(other) = another_task(case, run) {
        en.push_str(&format!(" It was run for task {other}, not for the one that is diagnosed here."));
        ja.push_str(&format!(" 診断対象とは別のタスク {other} に対して実行されています。"));
    }
    let failures: Vec<String> = run
        .step_executions
        .iter()
        .filter_map(|step| {
            Some(format!(
                "{}: {}",
                step.step_name.as_deref()?,
                cut(step.failure_message.as_deref()?, LONGEST)
            ))
        })
        .chain(run.failure_message.as_deref().map(|message| cut(message, LONGEST)))
        .collect();
    if !failures.is_empty() || status != "Success" {
        let failures = some(&failures, 3, "; ");
        en.push_str(&format!(" Not every check was made. {failures}"));
        ja.push_str(&format!(" すべてのチェックは実施されていません。{failures}"));
    }
    let proven = || findings.iter().filter(|finding| finding.status == Status::Fail);
    let agreed: Vec<String> = proven()
        .filter(|finding| finding.subject.iter().any(|subject| mentions(&said, subject)))
        .map(|finding| finding.code.to_string())
        .collect();
    if !agreed.is_empty() {
        let agreed = some(&agreed, 5, ", ");
        en.push_str(&format!(" It names what is proven here too: {agreed}."));
        ja.push_str(&format!(" ここで証明された内容と同じリソースを示しています: {agreed}。"));
    } else if proven().next().is_some() && !said.is_empty() {
        en.push_str(" It does not name what is proven here.");
        ja.push_str(" ここで証明された内容には触れていません。");
    }
    Text::new(en.trim_end().to_owned(), ja.trim_end().to_owned())
}

/// The task that the run was made for, where it is another than the case's.
fn another_task(case: &Case<'_>, run: &AutomationExecution) -> Option<String> {
    let asked = short(run.parameters.get("TaskId")?.first()?);
    let own = case.task?.value.task_arn.as_ref()?;
    (short(own.as_str()) != asked).then(|| asked.to_owned())
}

fn mentions(lines: &[String], subject: &str) -> bool {
    let name = short(subject);
    name.len() > 3 && lines.iter().any(|line| line.contains(name))
}
