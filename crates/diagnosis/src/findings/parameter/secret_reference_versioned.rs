//! `parameter.secret-reference-versioned`: secret through Parameter Store with a parameter version.

use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, redefine};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use snapshot::Text;

/// The rule of `parameter.secret-reference-versioned`.
pub(crate) static RULE: Rule = Rule {
    code: Code("parameter.secret-reference-versioned"),
    page: Page {
        title: Text::fixed(
            "Secret through Parameter Store with a parameter version",
            "パラメータストア経由のシークレット参照にバージョンが指定されている",
        ),
        what: Text::fixed(
            "A secret referenced through Parameter Store (`/aws/reference/secretsmanager/NAME`) is asked for with a Parameter Store version. Such parameters have no Parameter Store versions and no history.",
            "パラメータストア経由のシークレット (`/aws/reference/secretsmanager/NAME`) に、パラメータストアのバージョンが指定されています。この参照には、パラメータストアのバージョンも履歴もありません。",
        ),
        why: Text::fixed(
            "Parameter Store does not find that version, and the task stops within seconds.",
            "パラメータストアはそのバージョンを見つけられず、タスクは数秒で停止します。",
        ),
        remedy: Text::fixed(
            "Leave the version out, or reference the secret itself by its ARN with a version stage or id.",
            "バージョンを省略するか、シークレットの ARN にバージョンステージまたは ID を付けて直接参照します。",
        ),
        not_this: Text::fixed(
            "A secret that does not exist is parameter.not-found or secret.not-found.",
            "シークレット自体が存在しない場合は parameter.not-found または secret.not-found です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html",
        ],
        examples: &["parameter/secret_reference_versioned/fault"],
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
    let FaultKind::Versioned { selector } = &item.fault.kind else {
        return finding;
    };
    let bare = used.text.strip_suffix(&format!(":{selector}")).unwrap_or(&used.text);
    finding.fixes = redefine::fixes(item.case, used, bare);
    tell::worded(
        finding,
        Text::new(
            format!("{bare} has no Parameter Store version {selector}"),
            format!("{bare} にパラメータストアのバージョン {selector} はありません"),
        ),
        Text::fixed(
            "A secret is referenced through Parameter Store with a version, which is not supported.",
            "パラメータストア経由のシークレット参照にバージョンが指定されていますが、サポートされていません。",
        ),
        Text::new(
            format!(
                "The {} asks for version {selector}. Secrets referenced through Parameter Store have no Parameter Store versions or history; without the version the current value is read.",
                labels.en
            ),
            format!(
                "{} はバージョン {selector} を指定しています。パラメータストア経由のシークレットには、パラメータストアのバージョンや履歴がありません。バージョンを省略すると現在の値が読み取られます。",
                labels.ja
            ),
        ),
    )
}
