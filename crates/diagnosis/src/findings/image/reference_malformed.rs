//! `image.reference-malformed`: malformed image reference.

use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, mistake, redefine};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::symptom::{Cause, Stage, Symptom};
use snapshot::Text;

/// The rule of `image.reference-malformed`.
pub(crate) static RULE: Rule = Rule {
    code: Code("image.reference-malformed"),
    page: Page {
        title: Text::fixed("Malformed image reference", "イメージの参照の形式が正しくない"),
        what: Text::fixed(
            "The container's `image` is no valid image reference: `[host[:port]/]repository[:tag][@digest]`, the repository in lower case.",
            "コンテナの `image` がイメージの参照として正しくありません。形式は `[host[:port]/]repository[:tag][@digest]` で、リポジトリ名は小文字です。",
        ),
        why: Text::fixed(
            "The runtime refuses the text (`invalid reference format`), or the host does not exist (`no such host`), and the task stops with CannotPullContainerError.",
            "ランタイムが形式を拒否するか (`invalid reference format`)、ホストが存在しないため (`no such host`)、タスクは CannotPullContainerError で停止します。",
        ),
        remedy: Text::fixed(
            "Register a new revision of the task definition with the corrected image and deploy it.",
            "イメージを修正した新しいリビジョンのタスク定義を登録し、デプロイします。",
        ),
        not_this: Text::fixed(
            "A well-formed reference to a repository or tag that does not exist is image.repository-not-found or image.tag-not-found.",
            "正しい形式でリポジトリやタグが存在しない場合は image.repository-not-found または image.tag-not-found です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html",
        ],
        examples: &["image/reference_malformed/fault"],
    },
    judge,
};

fn word(item: &Item<'_>) -> Finding {
    let used = &item.reference.used;
    let labels = item.labels();
    let mut finding = item.fail();
    finding.subject = vec![used.container.clone()];
    let FaultKind::Malformed(malformed) = &item.fault.kind else {
        return finding;
    };
    let what = mistake(malformed, &used.text);
    let meant = malformed.corrected.as_deref();
    finding.fixes = redefine::rewrite(item.case, used, meant);
    let (en, ja) = match meant {
        Some(corrected) => (
            format!(" It was likely meant as {corrected}."),
            format!("正しくは {corrected} と考えられます。"),
        ),
        None => Default::default(),
    };
    tell::worded(
        finding,
        Text::new(
            format!("The {} is malformed", labels.en),
            format!("{}の形式が正しくありません", labels.ja),
        ),
        Text::new(
            format!(
                "The task definition names an image in a form that does not exist ({}), so the task cannot pull it.",
                labels.en
            ),
            format!(
                "タスク定義のイメージの参照 ({}) の形式に誤りがあるため、タスクはこれを取得できません。",
                labels.ja
            ),
        ),
        Text::new(
            format!("{} is written in the task definition. {}{en}", used.text, what.en),
            format!("タスク定義の値は {} です。{}{ja}", used.text, what.ja),
        ),
    )
}

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = tell::items(judged, RULE.code.0).iter().map(word).collect();
    found.extend(tell::from_error(judged, RULE.code.0, said, |_| None).map(|finding| {
        let subject = tell::list(&finding.subject);
        tell::worded(
            finding,
            Text::new(format!("Image reference {subject} is malformed"), format!("イメージの参照 {subject} の形式が正しくありません")),
            Text::fixed("A reference in the task definition is written wrongly.", "タスク定義の参照の書き方に誤りがあります。"),
            Text::fixed(
                "The error text says that the reference is no valid one. Paste the task definition to see which container has it.",
                "エラーメッセージは、参照の形式が無効であることを示しています。どのコンテナの参照かは、タスク定義を貼り付けると確認できます。",
            ),
        )
    }));
    found
}

fn said(symptom: &Symptom) -> bool {
    symptom.cause == Cause::BadReference && symptom.stage == Stage::ImagePull
}
