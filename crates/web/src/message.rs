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
    /// To ask for one run of the collector script.
    Script {
        /// The script's name.
        file: &'static str,
        /// How it is run.
        run: &'static str,
    },
    /// To tell the proven cause and what to do.
    Answer,
}

impl Purpose {
    /// Its name in the markup.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Script { .. } => "script",
            Self::Answer => "answer",
        }
    }

    /// Whether there is something to say.
    pub(crate) fn applies(self, report: &Report) -> bool {
        match self {
            Self::Ask => !report.requests.is_empty(),
            Self::Script { .. } => true,
            Self::Answer => report.findings.iter().any(|finding| Verdict::of(finding) == Verdict::Confirmed),
        }
    }

    /// The id of its heading on the page.
    pub(crate) const fn heading(self) -> &'static str {
        match self {
            Self::Ask => "message-ask",
            Self::Script { .. } => "message-script",
            Self::Answer => "message-answer",
        }
    }

    /// The message in the language of the report, with commands for a shell. Nothing where there is nothing to say.
    pub(crate) fn write(self, report: &Report, lang: Lang, shell: Shell) -> Option<String> {
        match self {
            Self::Ask => requests_to_customer(report, lang, shell),
            Self::Script { file, run } => Some(script_to_customer(report, lang, file, run)),
            Self::Answer => answer_to_customer(report, lang),
        }
    }
}

/// What the customer is asked for something for.
fn aim(report: &Report, lang: Lang) -> &'static str {
    if Purpose::Answer.applies(report) {
        lang.pick(
            "The cause is known. To see whether anything else stops the Amazon ECS task once it is fixed",
            "原因は判明しています。修正後に Amazon ECS タスクの起動を妨げる点がほかにないかを確認するため",
        )
    } else {
        lang.pick(
            "To find out why the Amazon ECS task did not start",
            "Amazon ECS タスクが起動しなかった原因を調査するため",
        )
    }
}

/// Asks for one run of the script, which goes with the message.
fn script_to_customer(report: &Report, lang: Lang, file: &str, run: &str) -> String {
    let mut out = String::from(greeting(lang));
    let aim = aim(report, lang);
    out.push_str(&lang.pick(
        format!(
            "{aim}, please run the attached script {file} once, for example in AWS CloudShell, and send us the file that it names at its end.\n\n    {run}\n\n\
             It only reads and changes nothing. It prints no secret values, and it goes on where a call is not allowed.\n"
        ),
        format!(
            "{aim}、添付のスクリプト {file} を AWS CloudShell などで一度実行し、最後に表示される名前のファイルをお送りください。\n\n    {run}\n\n\
             読み取り専用で、設定は変更されません。シークレットの値は出力されません。許可されていない呼び出しがあっても、処理は続行されます。\n"
        ),
    ));
    if let Some(place) = place(report, lang) {
        out.push_str(&place);
    }
    out.push('\n');
    out.push_str(thanks(lang));
    out
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
        out.push_str(&asks(aim(report, lang), commands.len(), lang, shell));
        if let Some(place) = place(report, lang) {
            out.push_str(&place);
        }
        let open: BTreeSet<String> = commands.iter().flat_map(|(_, command)| placeholders(command)).collect();
        if !open.is_empty() {
            let open: Vec<&str> = open.iter().map(String::as_str).collect();
            out.push_str(&with(UiText::of(lang).replace_words, open.join(Words::of(lang).comma)));
            out.push('\n');
            if open.contains(&"TASK") {
                out.push_str(&plain(UiText::of(lang).where_tasks));
                out.push('\n');
            }
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
        let aim = aim(report, lang);
        out.push_str(&match (commands.is_empty(), lang) {
            (true, Lang::En) => format!("{aim}, please answer the following:\n"),
            (false, Lang::En) => "Please answer the following as well:\n".to_owned(),
            (true, Lang::Ja) => format!("{aim}、以下の質問にお答えください。\n"),
            (false, Lang::Ja) => "あわせて、以下の質問にもお答えください。\n".to_owned(),
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

/// Tells the proven cause, the place that proves it and what to do. Nothing where nothing is proven.
fn answer_to_customer(report: &Report, lang: Lang) -> Option<String> {
    let of = |verdict: Verdict| report.findings.iter().filter(move |finding| Verdict::of(finding) == verdict);
    of(Verdict::Confirmed).next()?;
    let mut out = String::from(greeting(lang));
    let headline = headline(report, lang);
    out.push_str(&headline);
    out.push('\n');
    for finding in of(Verdict::Confirmed) {
        // What the first line says is not said again.
        if !headline.contains(&finding.title) {
            out.push_str(&format!("\n* {}", plain(&finding.title)));
        }
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
        out.push_str(&format!("\n* {}", plain(&finding.title)));
        tell(&mut out, report, finding, lang);
    }
    out.push('\n');
    out.push_str(lang.pick(
        "A command under “What to do” changes settings in your account: please check it before you run it. Please start the task again after the change, and send us its output if it still does not start.\n\n",
        "「対処方法」のコマンドはお客様のアカウントの設定を変更します。実行前に内容をご確認ください。変更後にタスクを再度起動してください。それでも起動しない場合は、その出力をお送りください。\n\n",
    ));
    out.push_str(thanks(lang));
    Some(out)
}

/// One fault: what it does, where it can be seen, the first way to mend it.
fn tell(out: &mut String, report: &Report, finding: &Finding, lang: Lang) {
    let words = Words::of(lang);
    out.push_str(&format!("\n  {}\n", plain(&finding.summary).replace('\n', "\n  ")));
    if let Some(evidence) = finding.evidence.first() {
        let document = report.documents.get(evidence.document);
        // The customer has the output, not the paste whose lines are counted here.
        let operation = document.and_then(|document| document.operation.as_deref());
        let place = operation
            .into_iter()
            .chain([evidence.pointer.as_str()])
            .filter(|part| !part.is_empty());
        let place = place.collect::<Vec<_>>().join(words.comma);
        if !place.is_empty() {
            out.push_str(&format!("  {}{}{place}\n", words.evidence, words.colon));
        }
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
        let steps = finding.fixes.iter().find(|other| other.kind == FixKind::Console);
        if let Some(steps) = steps.filter(|steps| *steps != fix) {
            let or = lang.pick("Or in the console", "コンソールで行う場合");
            out.push_str(&format!("  {or}{}{}\n", words.colon, plain(&steps.text)));
        }
    }
}

fn greeting(lang: Lang) -> &'static str {
    lang.pick("Hello,\n\n", "お世話になっております。\n\n")
}

fn thanks(lang: Lang) -> &'static str {
    lang.pick("Thank you.\n", "お手数をおかけしますが、よろしくお願いいたします。\n")
}

fn asks(aim: &str, count: usize, lang: Lang, shell: Shell) -> String {
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
            "{aim}, we need {what}. {reads} no secret values. \
             Please run {run} in {place} and send us everything \
             that is printed, with the commands and any error messages.\n"
        ),
        format!(
            "{aim}、以下の {count} 件のコマンドの出力をお送りください。\
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
            assert!(reply.contains(&plain(&cause.title)) && reply.contains(&cause.evidence[0].pointer));
            assert_eq!(reply.matches(&plain(&cause.title)).count(), 1);
            assert!(cause.fixes.iter().any(|fix| reply.contains(fix.text.lines().next().unwrap())));
        }
    }
}
