//! `secret.version-not-found`: version of the secret not found.

use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, redefine, says, secret_arn};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::symptom::{Cause, Symptom};
use references::ValueFrom;
use snapshot::Text;

/// The rule of `secret.version-not-found`.
pub(crate) static RULE: Rule = Rule {
    code: Code("secret.version-not-found"),
    page: Page {
        title: Text::fixed("Version of the secret not found", "シークレットのバージョンが存在しない"),
        what: Text::fixed(
            "The version stage or version id in the reference does not exist.",
            "参照で指定されたバージョンステージまたはバージョン ID が存在しません。",
        ),
        why: Text::fixed(
            "Secrets Manager answers `can't find the specified secret value for staging label: X` or `VersionId: X`. Labels move with every rotation; old versions without a label are removed in time.",
            "Secrets Manager は `can't find the specified secret value for staging label: X` または `VersionId: X` を返します。ラベルはローテーションのたびに移動し、ラベルのない古いバージョンはやがて削除されます。",
        ),
        remedy: Text::fixed(
            "Name an existing label or id, or none: then the current version is read.",
            "既存のラベルまたは ID を指定するか、指定を省略して現在のバージョンを読み取ります。",
        ),
        not_this: Text::fixed(
            "No label at all asked for and none current is secret.no-current-version.",
            "ラベルを指定せず、現在のバージョンもない場合は secret.no-current-version です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
        ],
        examples: &["secret/version_not_found/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = tell::items(judged, RULE.code.0).iter().map(word).collect();
    found.extend(tell::from_error(judged, RULE.code.0, said, secret_arn).map(|finding| {
        let name = tell::list(&finding.subject);
        let asked = judged
            .case
            .symptom
            .as_ref()
            .and_then(|symptom| symptom.quoted.staging_label.clone())
            .unwrap_or_default();
        words(finding, &name, &asked, &[])
    }));

    found.extend(tell::open(judged, RULE.code.0).map(|finding| {
        let subject = tell::list(&finding.subject);
        tell::worded(
            finding,
            Text::new(
                format!("Whether the version exists is not known of secret {subject}"),
                format!("{subject} の指定されたバージョンの有無は未確認です"),
            ),
            Text::fixed(
                "A version without a label is not shown in the pasted output.",
                "ラベルのないバージョンは、貼り付けられた出力には表示されません。",
            ),
            Text::fixed(
                "`list-secret-version-ids --include-deprecated` shows every version, never the values.",
                "`list-secret-version-ids --include-deprecated` で、すべてのバージョンを確認できます。値は表示されません。",
            ),
        )
    }));

    found
}

fn said(symptom: &Symptom) -> bool {
    let label = symptom.quoted.staging_label.as_deref().is_some_and(|label| label != "AWSCURRENT");
    symptom.cause == Cause::NotFound && (label || says(symptom, "specified secret value for VersionId"))
}

fn word(item: &Item<'_>) -> Finding {
    let used = &item.reference.used;
    let (asked, existing) = match &item.fault.kind {
        FaultKind::VersionNotFound { asked, existing } => (asked.clone(), existing.clone()),
        _ => Default::default(),
    };
    let mut finding = words(item.fail(), &item.reference.resource, &asked, &existing);
    if let Ok(ValueFrom::Secret(mut secret)) = ValueFrom::parse(&used.text).map(|parsed| parsed.value) {
        secret.version_id = None;
        secret.version_stage = None;
        finding.fixes = redefine::fixes(item.case, used, &secret.to_string());
    }
    finding
}

fn words(finding: Finding, name: &str, asked: &str, existing: &[String]) -> Finding {
    let (en, ja) = if existing.is_empty() {
        Default::default()
    } else {
        (
            format!(" Existing: {}.", tell::list(existing)),
            format!("存在するもの: {}。", tell::list(existing)),
        )
    };
    tell::worded(
        finding,
        Text::new(
            format!("Secret {name} has no version {asked}"),
            format!("シークレット {name} にバージョン {asked} がありません"),
        ),
        Text::fixed(
            "The task asks for a version of the secret that does not exist.",
            "タスクが参照するシークレットのバージョンは存在しません。",
        ),
        Text::new(
            format!("The reference asks for version {asked} of {name}.{en} Without a version the current one is read."),
            format!("参照は {name} のバージョン {asked} を指定しています。{ja}バージョンを省略すると、現在のバージョンが読み取られます。"),
        ),
    )
}
