//! `envfile.bad-name`: environment file is not named .env.

use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, mistake, redefine};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::requirements::UseKind;
use snapshot::Text;

/// The rule of `envfile.bad-name`.
pub(crate) static RULE: Rule = Rule {
    code: Code("envfile.bad-name"),
    page: Page {
        title: Text::fixed("Environment file is not named .env", "環境ファイルの名前が .env で終わっていない"),
        what: Text::fixed(
            "ECS takes an environment file only by the ARN of an S3 object whose name ends in `.env`. A FireLens configuration in Amazon S3 is named by its ARN as well, a credential spec by `credentialspec:` or `credentialspecdomainless:` and the ARN.",
            "ECS の環境ファイルには、名前が `.env` で終わる S3 オブジェクトの ARN を指定する必要があります。Amazon S3 の FireLens 設定ファイルも ARN で、credential spec は `credentialspec:` または `credentialspecdomainless:` に続く ARN で指定します。",
        ),
        why: Text::fixed(
            "The file is not taken as an environment file, and the container does not start.",
            "そのファイルは環境ファイルとして受け付けられず、コンテナは起動しません。",
        ),
        remedy: Text::fixed(
            "Store the file under a name that ends in `.env`, and name that one.",
            "名前が `.env` で終わるオブジェクトとして保存し、それを参照します。",
        ),
        not_this: Text::fixed(
            "A well-named file that is not there is envfile.not-found.",
            "名前が正しく、ファイルが存在しない場合は envfile.not-found です。",
        ),
        documentation: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html"],
        examples: &["envfile/bad_name/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    tell::items(judged, RULE.code.0).iter().map(word).collect()
}

fn word(item: &Item<'_>) -> Finding {
    let used = &item.reference.used;
    let labels = item.labels();
    let mut finding = item.fail();
    let (en, ja, corrected) = match &item.fault.kind {
        FaultKind::Malformed(malformed) => {
            let words = mistake(malformed, &used.text);
            (words.en.into_owned(), words.ja.into_owned(), malformed.corrected.clone())
        }
        _ => (
            "Its name does not end in .env (case counts).".to_owned(),
            "名前が .env で終わっていません (大文字と小文字は区別されます)。".to_owned(),
            Some(renamed(&used.text)),
        ),
    };
    let meant = match (&item.fault.kind, &corrected) {
        (FaultKind::Malformed(_), Some(corrected)) => Text::new(
            format!(" It was likely meant as {corrected}."),
            format!("正しくは {corrected} と考えられます。"),
        ),
        _ => Text::default(),
    };
    finding.fixes = redefine::rewrite(item.case, used, corrected.as_deref());
    if let Some(corrected) = corrected {
        let path = |arn: &str| arn.split_once(":::").map_or_else(|| arn.to_owned(), |(_, path)| path.to_owned());
        if matches!(item.fault.kind, FaultKind::NotDotEnv)
            && let Some(fix) = finding.fixes.first_mut()
        {
            let command = format!("aws s3 cp s3://{} s3://{}\n{}", path(&used.text), path(&corrected), fix.text.en);
            fix.text = Text::new(command.clone(), command);
        }
    }
    let written = tell::written(&used.text);
    let (title, summary) = if used.kind == UseKind::EnvironmentFile {
        (
            Text::new(
                format!("{written} is no name of an environment file"),
                format!("{written} は環境ファイルの名前として使用できません"),
            ),
            Text::fixed(
                "The task definition names an environment file in a form that ECS does not take.",
                "タスク定義の環境ファイルの指定が、ECS で使用できる形式ではありません。",
            ),
        )
    } else {
        (
            Text::new(
                format!("The {} is written wrongly", labels.en),
                format!("{} の書き方に誤りがあります", labels.ja),
            ),
            Text::fixed(
                "The task definition names a file in a form that ECS does not take.",
                "タスク定義のファイルの指定が、ECS で使用できる形式ではありません。",
            ),
        )
    };
    tell::worded(
        finding,
        title,
        summary,
        Text::new(
            format!("The {} is {written}. {en}{}", labels.en, meant.en),
            format!("{} は {written} です。{ja}{}", labels.ja, meant.ja),
        ),
    )
}

/// The file's name with the ending that ECS demands: in lower case, or added. What stands behind `.env` tells one environment's file from
/// another's, so it is kept in front: `app.env.staging` becomes `app.staging.env`.
fn renamed(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    if let Some(head) = lower.strip_suffix(".env").and_then(|head| text.get(..head.len())) {
        return format!("{head}.env");
    }
    let tail = text.rfind(".env.").filter(|at| !text.get(*at..).unwrap_or_default().contains('/'));
    let (head, kept) = tail
        .and_then(|at| Some((text.get(..at)?, text.get(at + ".env.".len()..)?)))
        .unwrap_or((text, ""));
    let dot = if kept.is_empty() || head.is_empty() || head.ends_with('/') {
        ""
    } else {
        "."
    };
    format!("{head}{dot}{kept}.env")
}
