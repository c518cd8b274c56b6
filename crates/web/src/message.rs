//! Messages to the customer, in polite English or Japanese: what is still needed, or the answer with what to do.

use std::collections::BTreeSet;

use report::model::{Finding, FixKind, Report, Request, RequestBody};
use report::remedy::placeholders;
use report::words::Words;
use report::words::vocabulary::Verdict;
use report::{Lang, Shell, headline, requote};

use crate::prose::plain;
use crate::ui_text::{UiText, with};

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To ask for everything that is still needed.
    Ask,
    /// To tell the proven cause and what to do.
    Answer,
}

impl Purpose {
    /// Its name in the markup.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Answer => "answer",
        }
    }

    /// Whether there is something to say.
    pub(crate) fn applies(self, report: &Report) -> bool {
        match self {
            Self::Ask => !report.requests.is_empty(),
            Self::Answer => report.findings.iter().any(|finding| Verdict::of(finding) == Verdict::Confirmed),
        }
    }

    /// The id of its heading on the page.
    pub(crate) const fn heading(self) -> &'static str {
        match self {
            Self::Ask => "message-ask",
            Self::Answer => "message-answer",
        }
    }

    /// The message in the language of the report, with commands for a shell. Nothing where there is nothing to say.
    pub(crate) fn write(self, report: &Report, lang: Lang, shell: Shell) -> Option<String> {
        match self {
            Self::Ask => requests_to_customer(report, lang, shell),
            Self::Answer => answer_to_customer(report, lang),
        }
    }
}

/// Asks for everything that is still needed. Nothing where nothing is.
fn requests_to_customer(report: &Report, lang: Lang, shell: Shell) -> Option<String> {
    if report.requests.is_empty() {
        return None;
    }
    let mut out = String::from(greeting(lang));
    let commands: Vec<(&Request, &str)> = report
        .requests
        .iter()
        .filter_map(|request| Some((request, request.reading()?)))
        .collect();
    if !commands.is_empty() {
        out.push_str(&asks(commands.len(), lang, shell));
        if let Some(place) = place(report, lang) {
            out.push_str(&place);
        }
        let open: BTreeSet<String> = commands.iter().flat_map(|(_, command)| placeholders(command)).collect();
        if !open.is_empty() {
            let open: Vec<&str> = open.iter().map(String::as_str).collect();
            out.push_str(&with(UiText::of(lang).replace_words, open.join(Words::of(lang).comma)));
            out.push('\n');
        }
        for (at, (request, command)) in commands.iter().enumerate() {
            let command = requote(command, shell);
            out.push_str(&format!("\n{}. {}\n\n    {command}\n", at + 1, plain(&request.why)));
        }
        out.push('\n');
    }
    let mut questions = report
        .requests
        .iter()
        .filter_map(|request| match &request.body {
            RequestBody::Question { question, choices } => Some((question, choices)),
            RequestBody::Command { .. } => None,
        })
        .peekable();
    if questions.peek().is_some() {
        out.push_str(match (commands.is_empty(), lang) {
            (true, Lang::En) => "To find out why the Amazon ECS task did not start, please answer the following:\n",
            (false, Lang::En) => "Please answer the following as well:\n",
            (true, Lang::Ja) => "Amazon ECS タスクが起動しなかった原因を調査するため、以下の質問にお答えください。\n",
            (false, Lang::Ja) => "あわせて、以下の質問にもお答えください。\n",
        });
        for (question, choices) in questions {
            out.push_str(&format!("\n- {}", plain(question)));
            if !choices.is_empty() {
                out.push_str(&format!(" ({})", choices.join(" / ")));
            }
            out.push('\n');
        }
        out.push('\n');
    }
    out.push_str(thanks(lang));
    Some(out)
}

/// Tells the proven cause, the line that proves it and what to do. Nothing where nothing is proven.
fn answer_to_customer(report: &Report, lang: Lang) -> Option<String> {
    let of = |verdict: Verdict| report.findings.iter().filter(move |finding| Verdict::of(finding) == verdict);
    of(Verdict::Confirmed).next()?;
    let mut out = String::from(greeting(lang));
    out.push_str(&headline(report, lang));
    out.push('\n');
    for finding in of(Verdict::Confirmed) {
        tell(&mut out, report, finding, lang);
    }
    let mut later = of(Verdict::Next).peekable();
    if later.peek().is_some() {
        out.push('\n');
        out.push_str(lang.pick(
            "Once this is fixed, the following would stop the task next:\n",
            "上記の解消後、次の点でもタスクの起動に失敗します。\n",
        ));
    }
    for finding in later {
        tell(&mut out, report, finding, lang);
    }
    out.push('\n');
    out.push_str(lang.pick(
        "Please start the task again after the change, and send us its output if it still does not start.\n\n",
        "変更後にタスクを再度起動してください。それでも起動しない場合は、その出力をお送りください。\n\n",
    ));
    out.push_str(thanks(lang));
    Some(out)
}

/// One fault: what it is, where it can be seen, the first way to mend it.
fn tell(out: &mut String, report: &Report, finding: &Finding, lang: Lang) {
    let words = Words::of(lang);
    out.push_str(&format!(
        "\n* {}\n  {}\n",
        plain(&finding.title),
        plain(&finding.summary).replace('\n', "\n  ")
    ));
    if let Some(evidence) = finding.evidence.first() {
        let document = report.documents.get(evidence.document);
        let name = document
            .and_then(|document| document.operation.as_deref())
            .unwrap_or(&evidence.pointer);
        let line = evidence
            .line
            .map(|line| lang.pick(format!(", line {line}"), format!("、{line} 行目")));
        out.push_str(&format!("  {}{}{name}{}\n", words.evidence, words.colon, line.unwrap_or_default()));
    }
    // A command of the AWS CLI says exactly what to do; steps are for where there is none.
    let fix = finding
        .fixes
        .iter()
        .find(|fix| fix.kind == FixKind::AwsCli)
        .or(finding.fixes.first());
    if let Some(fix) = fix {
        out.push_str(&format!("  {}{}\n", words.what_to_do, words.colon.trim_end()));
        for line in fix.text.lines() {
            out.push_str(&format!("    {}\n", plain(line)));
        }
        if !fix.impact.is_empty() {
            out.push_str(&format!("  {}{}{}\n", words.impact, words.colon, plain(&fix.impact)));
        }
    }
}

fn greeting(lang: Lang) -> &'static str {
    lang.pick("Hello,\n\n", "お世話になっております。\n\n")
}

fn thanks(lang: Lang) -> &'static str {
    lang.pick("Thank you.\n", "お手数をおかけしますが、よろしくお願いいたします。\n")
}

fn asks(count: usize, lang: Lang, shell: Shell) -> String {
    let (what, reads, run) = match count {
        1 => (
            "the output of the following command".to_owned(),
            "It only reads and changes nothing, and it prints",
            "it",
        ),
        _ => (
            format!("the output of the following {count} commands"),
            "They only read and change nothing, and they print",
            "them",
        ),
    };
    let (place, place_ja) = match shell {
        Shell::Bash => ("bash, for example in AWS CloudShell,", "AWS CloudShell などの bash"),
        Shell::PowerShell => ("PowerShell", "PowerShell"),
        Shell::Cmd => ("the Windows command prompt", "Windows のコマンドプロンプト"),
    };
    lang.pick(
        format!(
            "To find out why the Amazon ECS task did not start, we need {what}. {reads} no secret values. \
             Please run {run} in {place} and send us everything \
             that is printed, with the commands and any error messages.\n"
        ),
        format!(
            "Amazon ECS タスクが起動しなかった原因を調査するため、以下の {count} 件のコマンドの出力をお送りください。\
             いずれも読み取り専用で、設定は変更されません。また、シークレットの値は表示されません。\
             {place_ja} で実行し、コマンドとエラーメッセージも含めて、表示された内容をすべてお送りください。\n"
        ),
    )
}

fn place(report: &Report, lang: Lang) -> Option<String> {
    let account = report.task.account.known()?;
    let region = report.task.region.known()?;
    Some(lang.pick(
        format!("Account: {account}, Region: {region}\n"),
        format!("アカウント: {account}、リージョン: {region}\n"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(text: &str, lang: Lang) -> Report {
        let inputs = [report::Input {
            name: "mail",
            bytes: text.as_bytes(),
        }];
        let options = report::Options {
            lang,
            ..report::Options::default()
        };
        report::diagnose(&inputs, &options)
    }

    #[test]
    fn what_an_error_text_alone_leaves_open_is_asked_for_in_both_languages_and_every_shell() {
        let text = "CannotPullContainerError: pull image manifest has been retried 5 time(s)";
        for lang in [Lang::En, Lang::Ja] {
            let report = report(text, lang);
            for shell in [Shell::Bash, Shell::PowerShell, Shell::Cmd] {
                let message = requests_to_customer(&report, lang, shell);
                assert_eq!(message.is_some(), !report.requests.is_empty());
                for request in &report.requests {
                    if let RequestBody::Command { command, .. } = &request.body {
                        assert!(message.as_deref().unwrap().contains(&requote(command, shell)));
                    }
                }
            }
            assert_eq!(answer_to_customer(&report, lang), None);
        }
    }

    #[test]
    fn a_proven_cause_is_told_with_its_line_and_remedy() {
        for lang in [Lang::En, Lang::Ja] {
            let report = report(include_str!("../examples/secret-not-found.txt"), lang);
            let reply = answer_to_customer(&report, lang).unwrap();
            let cause = &report.findings[0];
            assert!(reply.contains(&plain(&cause.title)) && reply.contains(&cause.evidence[0].line.unwrap().to_string()));
            assert!(cause.fixes.iter().any(|fix| reply.contains(fix.text.lines().next().unwrap())));
        }
    }
}
