//! The message that asks a customer for everything still needed, in polite English or Japanese.

use report::Lang;
use report::model::{Report, RequestBody};

use crate::prose::plain;

/// The message, in the language that the report is in. Nothing where nothing is needed.
pub(crate) fn to_customer(report: &Report, lang: Lang) -> Option<String> {
    let commands: Vec<(&str, &str)> = report
        .requests
        .iter()
        .filter_map(|request| Some((request.why.as_str(), request.reading()?)))
        .collect();
    let questions: Vec<(&str, &[String])> = report
        .requests
        .iter()
        .filter_map(|request| match &request.body {
            RequestBody::Question { question, choices } => Some((question.as_str(), choices.as_slice())),
            RequestBody::Command { .. } => None,
        })
        .collect();
    if report.requests.is_empty() {
        return None;
    }
    let mut out = String::from(lang.pick("Hello,\n\n", "お世話になっております。\n\n"));
    if !commands.is_empty() {
        out.push_str(&asks(commands.len(), lang));
        if let Some(place) = place(report, lang) {
            out.push_str(&place);
        }
        for (at, (why, command)) in commands.iter().enumerate() {
            out.push_str(&format!("\n{}. {}\n\n    {command}\n", at + 1, plain(why)));
        }
        out.push('\n');
    }
    if !questions.is_empty() {
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
    out.push_str(lang.pick("Thank you.\n", "お手数をおかけしますが、よろしくお願いいたします。\n"));
    Some(out)
}

fn asks(count: usize, lang: Lang) -> String {
    let what = match count {
        1 => "the output of the following command".to_owned(),
        _ => format!("the output of the following {count} commands"),
    };
    lang.pick(
        format!(
            "To find out why the Amazon ECS task did not start, we need {what}. They only read and change nothing, \
             and they print no secret values. Please run them in bash, for example in AWS CloudShell, and send us everything \
             that is printed, with the commands and any error messages.\n"
        ),
        format!(
            "Amazon ECS タスクが起動しなかった原因を調査するため、以下の {count} 件のコマンドの出力をお送りください。\
             いずれも読み取り専用で、設定は変更されません。また、シークレットの値は表示されません。\
             AWS CloudShell などの bash で実行し、コマンドとエラーメッセージも含めて、表示された内容をすべてお送りください。\n"
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

    #[test]
    fn what_an_error_text_alone_leaves_open_is_asked_for_in_both_languages() {
        let text = b"CannotPullContainerError: pull image manifest has been retried 5 time(s)";
        let inputs = [report::Input { name: "mail", bytes: text }];
        for lang in [Lang::En, Lang::Ja] {
            let report = report::diagnose(
                &inputs,
                &report::Options {
                    lang,
                    ..report::Options::default()
                },
            );
            let message = to_customer(&report, lang);
            assert_eq!(message.is_some(), !report.requests.is_empty());
            for request in &report.requests {
                if let RequestBody::Command { command, .. } = &request.body {
                    assert!(message.as_deref().unwrap().contains(command.as_str()));
                }
            }
        }
    }
}
