//! `secret.reference-malformed`: malformed reference to a secret.

use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, mistake, redefine};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::symptom::{Cause, Service, Symptom};
use snapshot::Text;

/// The rule of `secret.reference-malformed`.
pub(crate) static RULE: Rule = Rule {
    code: Code("secret.reference-malformed"),
    page: Page {
        title: Text::fixed("Malformed reference to a secret", "シークレットの参照の形式が正しくない"),
        what: Text::fixed(
            "A `valueFrom` or `credentialsParameter` is no valid reference to a Secrets Manager secret: the documented form is `arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX`, followed by nothing or by `:json-key:version-stage:version-id`.",
            "`valueFrom` または `credentialsParameter` が、Secrets Manager のシークレットの参照として正しくありません。形式は `arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX` で、その後には何も付けないか `:json-key:version-stage:version-id` を付けます。",
        ),
        why: Text::fixed(
            "All secrets are fetched before the first container starts; one that cannot be asked for stops the task within seconds. Errors: `invalid ARN format`, `unexpected ARN format`, or `no such host` for a Region that does not exist.",
            "シークレットはすべて、最初のコンテナが起動する前に取得されます。取得できない参照が 1 つでもあると、タスクは数秒で停止します。エラーは `invalid ARN format`、`unexpected ARN format`、または存在しないリージョンに対する `no such host` です。",
        ),
        remedy: Text::fixed(
            "Register a new revision of the task definition with the corrected reference and deploy it.",
            "参照を修正した新しいリビジョンのタスク定義を登録し、デプロイします。",
        ),
        not_this: Text::fixed(
            "A bare secret name in `secrets` is valid text, but ECS reads it as a parameter: see parameter.not-found. A well-formed ARN of a secret that does not exist is secret.not-found.",
            "`secrets` にシークレット名だけを書いた場合は形式としては有効ですが、パラメータ名として扱われます (parameter.not-found)。正しい形式の ARN でシークレットが存在しない場合は secret.not-found です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html",
        ],
        examples: &["secret/reference_malformed/fault"],
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
            format!("The secret reference of the {} is malformed", labels.en),
            format!("{} のシークレットの参照の形式が正しくありません", labels.ja),
        ),
        Text::new(
            format!(
                "The task definition names a secret reference in a form that does not exist ({}), so the task cannot fetch it.",
                labels.en
            ),
            format!(
                "タスク定義のシークレットの参照 ({}) の形式に誤りがあるため、タスクはこれを取得できません。",
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
            Text::new(format!("Secret reference {subject} is malformed"), format!("シークレットの参照 {subject} の形式が正しくありません")),
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
    symptom.cause == Cause::BadReference && symptom.service == Some(Service::SecretsManager)
}
