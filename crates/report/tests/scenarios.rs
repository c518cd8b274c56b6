//! Every finding on every scenario: what must be said is said, nothing else fails, and the whole report is kept beside the outputs.
//!
//! `UPDATE_EXPECT=1` writes the folders anew.

use evidence::Input;
use libtest_mimic::{Arguments, Failed, Trial};
use report::model::{Finding, FixKind, Role, Status};
use report::{Format, Lang, Options, Report, diagnose};
use std::collections::BTreeMap;
use testkit::scenario::{Said, Scenario};

fn main() {
    let arguments = Arguments::from_args();
    let trials = testkit::scenarios::all()
        .into_iter()
        .map(|scenario| Trial::test(scenario.name, move || run(&scenario)))
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}

fn report_of(files: &[(String, Vec<u8>)], lang: Lang) -> Report {
    let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    diagnose(
        &inputs,
        &Options {
            lang,
            ..Options::default()
        },
    )
}

fn run(scenario: &Scenario) -> Result<(), Failed> {
    let files = scenario.paste();
    let report = report_of(&files, Lang::En);
    let json = report::render(&report, Format::Json, Lang::En, report::Colour::Plain);
    let kept = scenario.folder().join("report.json");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    if update {
        std::fs::write(&kept, &json)?;
    }
    let value = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    report::schema::check(&value)?;
    let mut faults = said(scenario, &report);
    faults.extend(citations(&report));
    faults.extend(same_in_japanese(&report, &report_of(&files, Lang::Ja)));
    faults.extend(order_does_not_matter(&report, &files));
    faults.extend(remedies_keep_each_other(&report));
    if std::fs::read_to_string(&kept).unwrap_or_default() != json {
        faults.push(format!(
            "{} differs; look at the difference, then run with UPDATE_EXPECT=1",
            kept.display()
        ));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

fn status_of(finding: &Finding) -> Said {
    match (finding.status, finding.role) {
        (Status::Fail, Some(Role::Cause) | None) => Said::Cause,
        (Status::Fail, Some(Role::Next)) => Said::Next,
        (Status::Warn, _) => Said::Warn,
        (Status::Unknown, _) => Said::Unknown,
        (Status::Pass, _) => Said::Pass,
    }
}

fn said(scenario: &Scenario, report: &Report) -> Vec<String> {
    let mut faults = Vec::new();
    if report.outcome.word() != scenario.outcome {
        faults.push(format!("outcome is {}, expected {}", report.outcome.word(), scenario.outcome));
    }
    for (code, expected) in scenario.says {
        let found: Vec<Said> = report
            .findings
            .iter()
            .filter(|finding| finding.code == *code)
            .map(status_of)
            .collect();
        let right = match expected {
            Said::Silent => found.iter().all(|said| *said == Said::Pass),
            other => found.contains(other),
        };
        if !right {
            faults.push(format!("{code}: said {found:?}, expected {expected:?}"));
        }
    }
    for finding in &report.findings {
        let expected = scenario.says.iter().any(|(code, _)| *code == finding.code);
        if finding.status == Status::Fail && !expected {
            faults.push(format!("{} fails and is not expected to: {}", finding.code, finding.title));
        }
        if finding.status == Status::Unknown && finding.missing.is_empty() {
            faults.push(format!("{} is unknown and asks for nothing", finding.code));
        }
        if finding.status == Status::Fail && finding.evidence.is_empty() {
            faults.push(format!("{} fails without evidence", finding.code));
        }
        let offers = |kind| finding.fixes.iter().any(|fix| fix.kind == kind);
        if finding.status == Status::Fail && !(offers(FixKind::AwsCli) && offers(FixKind::Console)) {
            faults.push(format!("{} is not mended both by a command and in the console", finding.code));
        }
    }
    for operation in scenario.asks {
        let asked = report.requests.iter().any(|request| match &request.body {
            report::model::RequestBody::Command { operation: asked, .. } => asked == operation,
            report::model::RequestBody::Question { question, .. } => question.contains(operation),
        });
        if !asked {
            faults.push(format!("{operation} is not asked for"));
        }
    }
    faults
}

/// Every citation resolves to a line that shows the cited value.
fn citations(report: &Report) -> Vec<String> {
    let mut faults = Vec::new();
    for finding in &report.findings {
        for evidence in &finding.evidence {
            if evidence.document >= report.documents.len() || evidence.line.is_none() || evidence.excerpt.is_empty() {
                faults.push(format!(
                    "{}: citation {}{} does not resolve",
                    finding.code, evidence.document, evidence.pointer
                ));
            }
        }
    }
    faults
}

/// Remedies of two findings that write the same policy write the same text: run one after the other, neither undoes the other.
fn remedies_keep_each_other(report: &Report) -> Vec<String> {
    let mut written: BTreeMap<&str, &str> = BTreeMap::new();
    let mut faults = Vec::new();
    for fix in report.findings.iter().flat_map(|finding| &finding.fixes) {
        let options = [
            " --policy-document ",
            " --policy-text ",
            " --resource-policy ",
            " --content ",
            " --policy '",
        ];
        let cut = options.iter().find_map(|option| fix.text.split_once(option));
        if let Some((policy, text)) = cut.filter(|_| fix.text.starts_with("aws "))
            && *written.entry(policy).or_insert(text) != text
        {
            faults.push(format!("two remedies write {policy} differently"));
        }
    }
    faults
}

/// The two languages differ in words only.
fn same_in_japanese(en: &Report, ja: &Report) -> Vec<String> {
    let facts = |report: &Report| -> Vec<_> {
        report
            .findings
            .iter()
            .map(|finding| {
                (
                    finding.code.clone(),
                    finding.status,
                    finding.role,
                    finding.subject.clone(),
                    finding.missing.clone(),
                )
            })
            .collect()
    };
    let mut faults = Vec::new();
    if facts(en) != facts(ja) || en.outcome != ja.outcome {
        faults.push("the Japanese report says something else".to_owned());
    }
    for (en, ja) in en.findings.iter().zip(&ja.findings) {
        for (what, en, ja) in [
            ("title", &en.title, &ja.title),
            ("summary", &en.summary, &ja.summary),
            ("explanation", &en.explanation, &ja.explanation),
        ] {
            if en.is_empty() || ja.is_empty() || (en == ja && !en.is_ascii()) || ja.is_ascii() {
                faults.push(format!("{what} lacks a language: {en} / {ja}"));
            }
        }
    }
    faults
}

/// Reversing the files changes nothing but the documents' numbers.
fn order_does_not_matter(report: &Report, files: &[(String, Vec<u8>)]) -> Vec<String> {
    let reversed: Vec<_> = files.iter().rev().cloned().collect();
    let other = report_of(&reversed, Lang::En);
    let facts = |report: &Report| -> Vec<_> {
        report
            .findings
            .iter()
            .map(|finding| {
                (
                    finding.code.clone(),
                    finding.status,
                    finding.role,
                    finding.subject.clone(),
                    finding.title.clone(),
                )
            })
            .collect()
    };
    let commands = |report: &Report| -> Vec<_> { report.requests.iter().map(|request| format!("{:?}", request.body)).collect() };
    if facts(report) != facts(&other) || report.outcome != other.outcome || commands(report) != commands(&other) {
        return vec![format!("order matters: {:?} against {:?}", facts(report), facts(&other))];
    }
    Vec::new()
}
