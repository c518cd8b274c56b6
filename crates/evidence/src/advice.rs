//! The words of the problems: what happened, and what to paste instead.

use crate::document::Command;
use crate::operation::Operation;
use crate::pointer::Pointer;
use crate::problem::{Problem, ProblemKind};
use crate::text::Text;

fn problem(kind: ProblemKind, text: Text) -> Problem {
    Problem {
        kind,
        text,
        line: 1,
        pointer: None,
    }
}

pub(crate) fn not_text() -> Problem {
    problem(
        ProblemKind::NotText,
        Text::fixed(
            "Some bytes are not text in UTF-8, UTF-16 or Shift_JIS; they were replaced. Save the output as UTF-8 and paste it again.",
            "UTF-8、UTF-16、Shift_JIS のいずれでもないバイトがあり、置き換えました。出力を UTF-8 で保存して、もう一度貼り付けてください。",
        ),
    )
}

pub(crate) fn archive() -> Problem {
    problem(
        ProblemKind::Archive,
        Text::fixed(
            "This is a ZIP archive or an Office document with something in it that could not be opened: it is protected by a password, damaged, too large or packed in another way. Open it in its own program and paste the text that it holds.",
            "ZIP アーカイブまたは Office ドキュメントですが、開けないものが含まれています (パスワードによる保護、破損、サイズ超過、または別の圧縮方式)。元のプログラムで開き、中のテキストを貼り付けてください。",
        ),
    )
}

pub(crate) fn too_large(limit: usize) -> Problem {
    let megabytes = limit / (1024 * 1024);
    problem(
        ProblemKind::TooLarge,
        Text::new(
            format!(
                "More than {megabytes} MB were given; what is beyond was not read. Narrow the commands with --filters (not with --query), or paste only the outputs that were asked for."
            ),
            format!(
                "{megabytes} MB を超えています。超えた部分は読み込んでいません。--query ではなく --filters でコマンドの対象を絞るか、依頼された出力だけを貼り付けてください。"
            ),
        ),
    )
}

/// The command to run (again): as it was, where it is known.
fn again(operation: Option<Operation>, command: Option<&Command>) -> String {
    let Some(operation) = operation.or(command.map(|command| command.operation)) else {
        return "aws … --output json".to_owned();
    };
    let mut out = operation.cli().to_owned();
    for (name, values) in command.iter().flat_map(|command| &command.options) {
        if matches!(name.as_str(), "output" | "query") {
            continue;
        }
        out.push_str(" --");
        out.push_str(name);
        for value in values {
            let plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./:=,@+".contains(&b));
            out.push(' ');
            if plain && !value.is_empty() {
                out.push_str(value);
            } else {
                out.push('\'');
                out.push_str(&value.replace('\'', "'\\''"));
                out.push('\'');
            }
        }
    }
    out.push_str(" --output json");
    out
}

/// A problem that is answered with the command to run again.
pub(crate) fn rerun(kind: ProblemKind, operation: Option<Operation>, command: Option<&Command>) -> Problem {
    let run = again(operation, command);
    let (en, ja) = match kind {
        ProblemKind::TextOutput => (
            "This is text output, which loses which value is which.",
            "テキスト形式の出力です。どの値が何を表すかが失われています。",
        ),
        ProblemKind::TableOutput => (
            "This is table output, which loses the structure.",
            "テーブル形式の出力です。構造が失われています。",
        ),
        ProblemKind::BadYaml => (
            "This looks like YAML output, but it cannot be read.",
            "YAML 形式の出力のようですが、読み取れません。",
        ),
        ProblemKind::Reshaped => (
            "This output was reshaped by --query, so that members are missing.",
            "--query で形が変わっており、項目が欠けています。",
        ),
        ProblemKind::EmptyOutput => ("This call printed nothing.", "この呼び出しは何も出力していません。"),
        ProblemKind::Cut => (
            "This output ends, or is damaged, in the middle; only what stands complete before that was used.",
            "この出力は途中で切れているか、壊れています。それより前の完全な部分だけを使いました。",
        ),
        ProblemKind::Terraform => (
            "This is Terraform, which says what was wanted, not what exists. Paste what AWS says instead.",
            "これは Terraform のコードです。意図した内容であり、実際の状態ではありません。代わりに AWS の出力を貼り付けてください。",
        ),
        ProblemKind::CloudFormation => (
            "This is a CloudFormation template, which says what was wanted, not what exists. Paste what AWS says instead.",
            "これは CloudFormation テンプレートです。意図した内容であり、実際の状態ではありません。代わりに AWS の出力を貼り付けてください。",
        ),
        ProblemKind::NotRun => (
            "The AWS CLI could not make this call (credentials, Region, network or options); that says nothing about the task.",
            "AWS CLI がこの呼び出しを実行できませんでした (認証情報、リージョン、ネットワーク、オプションのいずれか)。タスクについては何も分かりません。",
        ),
        ProblemKind::TooDeep => (
            "This nests deeper than any AWS output and was not read.",
            "AWS の出力にはない深さの入れ子のため、読み込んでいません。",
        ),
        _ => (
            "This JSON is not an output that is known here.",
            "この JSON は、ここで扱う出力ではありません。",
        ),
    };
    problem(
        kind,
        Text::new(format!("{en} Run: {run}"), format!("{ja}次を実行してください: {run}")),
    )
}

/// The output may be one of several operations'.
pub(crate) fn ambiguous(operations: &[Operation]) -> Problem {
    let names: Vec<&str> = operations.iter().map(|operation| operation.cli()).collect();
    let names = names.join(", ");
    problem(
        ProblemKind::NotRecognised,
        Text::new(
            format!("This output looks the same for several commands ({names}). Paste it again with its command line above it."),
            format!("この出力は複数のコマンド ({names}) で同じ形になります。コマンドの行を上に付けて、もう一度貼り付けてください。"),
        ),
    )
}

pub(crate) fn disagrees(said: Operation, is: Operation) -> Problem {
    let (said, is) = (said.cli(), is.cli());
    problem(
        ProblemKind::CommandDisagrees,
        Text::new(
            format!(
                "The command above this output is \"{said}\", but the output is that of \"{is}\"; the command's options were not used for it."
            ),
            format!("上のコマンドは「{said}」ですが、出力は「{is}」のものです。このコマンドのオプションは使っていません。"),
        ),
    )
}

pub(crate) fn duplicate(pointer: Pointer) -> Problem {
    let mut out = problem(
        ProblemKind::DuplicateKey,
        Text::new(
            format!("The member {pointer} is written twice. AWS prints no such document: paste the original output."),
            format!("{pointer} が 2 回書かれています。AWS はこのような出力をしません。元の出力を貼り付けてください。"),
        ),
    );
    out.pointer = Some(pointer);
    out
}

/// Secrets were dropped on these lines.
pub(crate) fn secrets_dropped(lines: &[usize]) -> Problem {
    const SHOWN: usize = 8;
    let shown: Vec<String> = lines.iter().take(SHOWN).map(usize::to_string).collect();
    let shown = shown.join(", ");
    let more = if lines.len() > SHOWN { ", …" } else { "" };
    let word = if lines.len() == 1 { "line" } else { "lines" };
    let mut out = problem(
        ProblemKind::SecretDropped,
        Text::new(
            format!(
                "Secret values stood here ({word} {shown}{more}) and were dropped while reading; none is kept, shown or exported. Whoever sent them has disclosed them: rotate them."
            ),
            format!(
                "シークレットの値がありましたが ({shown}{more} 行目)、読み込み時に破棄しました。保存、表示、エクスポートはされません。送信された時点で開示されたことになるため、ローテーションしてください。"
            ),
        ),
    );
    out.line = lines.first().copied().unwrap_or(1);
    out
}
