//! `parameter.reference-malformed`: malformed reference to a parameter.

use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, mistake, redefine};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::symptom::{Cause, Service, Symptom};
use snapshot::Text;

/// The rule of `parameter.reference-malformed`.
pub(crate) static RULE: Rule = Rule {
    code: Code("parameter.reference-malformed"),
    page: Page {
        title: Text::fixed("Malformed reference to a parameter", "パラメータの参照の形式が正しくない"),
        what: Text::fixed(
            "A `valueFrom` is no valid Parameter Store reference: a name, or `arn:PARTITION:ssm:REGION:ACCOUNT:parameter/NAME` where the name's leading slash is the one after `parameter`.",
            "`valueFrom` がパラメータストアの参照として正しくありません。名前、または `arn:PARTITION:ssm:REGION:ACCOUNT:parameter/NAME` を指定します。名前の先頭のスラッシュは `parameter` の後のスラッシュと同じものです。",
        ),
        why: Text::fixed(
            "All parameters are fetched before the first container starts; ECS or Systems Manager refuses the name (`ValidationException`, `invalid parameters`), and the task stops within seconds.",
            "パラメータはすべて最初のコンテナの起動前に取得されます。ECS または Systems Manager が名前を拒否し (`ValidationException`、`invalid parameters`)、タスクは数秒で停止します。",
        ),
        remedy: Text::fixed(
            "Register a new revision of the task definition with the corrected reference and deploy it.",
            "参照を修正した新しいリビジョンのタスク定義を登録し、デプロイします。",
        ),
        not_this: Text::fixed(
            "A well-formed name that does not exist is parameter.not-found.",
            "正しい形式の名前でパラメータが存在しない場合は parameter.not-found です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html",
            "https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html",
        ],
        examples: &["parameter/reference_malformed/fault"],
    },
    judge,
};

fn word(item: &Item<'_>) -> Finding {
    let used = &item.reference.used;
    let labels = item.labels();
    let mut finding = item.fail();
    finding.subject = [Some(used.container.clone()), used.variable.clone()]
        .into_iter()
        .flatten()
        .collect();
    let FaultKind::Malformed(malformed) = &item.fault.kind else {
        return finding;
    };
    let what = mistake(malformed, &used.text);
    let meant = malformed.corrected.as_deref();
    let written = tell::written(&used.text);
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
            format!("The parameter reference of the {} is malformed", labels.en),
            format!("{} のパラメータの参照の形式が正しくありません", labels.ja),
        ),
        Text::new(
            format!(
                "The task definition names a parameter reference in a form that does not exist ({}), so the task cannot fetch it.",
                labels.en
            ),
            format!(
                "タスク定義のパラメータの参照 ({}) の形式に誤りがあるため、タスクはこれを取得できません。",
                labels.ja
            ),
        ),
        Text::new(
            format!("{written} is written in the task definition. {}{en}", what.en),
            format!("タスク定義の値は {written} です。{}{ja}", what.ja),
        ),
    )
}

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = tell::items(judged, RULE.code.0).iter().map(word).collect();
    found.extend(tell::from_error(judged, RULE.code.0, said, |_| None).map(|finding| {
        let subject = tell::list(&finding.subject);
        tell::worded(
            finding,
            Text::new(format!("Parameter reference {subject} is malformed"), format!("パラメータの参照 {subject} の形式が正しくありません")),
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
    symptom.cause == Cause::BadReference && symptom.service == Some(Service::Ssm)
}
