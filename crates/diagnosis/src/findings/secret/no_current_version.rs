//! `secret.no-current-version`: secret without a current version.

use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, redefine, secret_arn};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, Fix, FixKind};
use crate::model::{Code, Finding};
use crate::symptom::{Cause, Symptom};
use snapshot::Text;

/// The rule of `secret.no-current-version`.
pub(crate) static RULE: Rule = Rule {
    code: Code("secret.no-current-version"),
    page: Page {
        title: Text::fixed("Secret without a current version", "シークレットに現在のバージョンがない"),
        what: Text::fixed(
            "The secret exists, but no version of it has the label `AWSCURRENT`, and the reference names no other version: there is no value to read.",
            "シークレットは存在しますが、`AWSCURRENT` ラベルの付いたバージョンがなく、参照も他のバージョンを指定していないため、読み取る値がありません。",
        ),
        why: Text::fixed(
            "Secrets Manager answers `can't find the specified secret value for staging label: AWSCURRENT`. Typical after infrastructure code made the secret without a value.",
            "Secrets Manager は `can't find the specified secret value for staging label: AWSCURRENT` を返します。IaC で値を設定せずにシークレットを作成した場合によく起こります。",
        ),
        remedy: Text::fixed(
            "Store a value: it becomes the current version.",
            "値を保存します。保存した値が現在のバージョンになります。",
        ),
        not_this: Text::fixed(
            "A reference that names another staging label or a version id is secret.version-not-found.",
            "別のステージングラベルやバージョン ID を指定した参照は secret.version-not-found です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
        ],
        examples: &["secret/no_current_version/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = tell::items(judged, RULE.code.0).iter().map(word).collect();
    found.extend(tell::from_error(judged, RULE.code.0, said, secret_arn).map(|finding| {
        let name = tell::list(&finding.subject);
        words(finding, &name, &[])
    }));

    found.extend(tell::open(judged, RULE.code.0).map(|finding| {
        let subject = tell::list(&finding.subject);
        tell::worded(
            finding,
            Text::new(
                format!("Whether there is a current version is not known of secret {subject}"),
                format!("{subject} の現在のバージョンの有無は未確認です"),
            ),
            Text::fixed(
                "The pasted output does not show the secret's versions.",
                "貼り付けられた出力には、シークレットのバージョンが含まれていません。",
            ),
            Text::fixed(
                "`list-secret-version-ids` shows the versions and their labels, never the values.",
                "`list-secret-version-ids` で、バージョンとラベルを確認できます。値は表示されません。",
            ),
        )
    }));

    found
}

fn said(symptom: &Symptom) -> bool {
    symptom.cause == Cause::NotFound && symptom.quoted.staging_label.as_deref() == Some("AWSCURRENT")
}

fn word(item: &Item<'_>) -> Finding {
    let name = item.reference.resource.clone();
    let labels = match &item.fault.kind {
        FaultKind::NoCurrentVersion { labels } => labels.clone(),
        _ => Vec::new(),
    };
    let mut finding = words(item.fail(), &name, &labels);
    let impact = Text::fixed(
        "The value becomes the secret's current version; tasks started afterwards read it.",
        "その値がシークレットの現在のバージョンになり、以降に起動するタスクが読み取ります。",
    );
    let command = format!(
        "aws secretsmanager put-secret-value --secret-id {name} --secret-string file://secret.json{}{}",
        redefine::region(item.case),
        redefine::restart(item.case)
    );
    let target = name.clone();
    let change = Change::new(move |snapshot| {
        snapshot.secrets.secrets.edit(|secret| {
            if secret.arn.as_ref().is_some_and(|arn| arn.as_str() == target) || secret.name.as_deref() == Some(target.as_str()) {
                secret
                    .version_ids_to_stages
                    .get_or_insert_default()
                    .insert("new".to_owned(), vec!["AWSCURRENT".to_owned()]);
            }
        });
    });
    finding.fixes = vec![
        Fix {
            kind: FixKind::AwsCli,
            text: Text::new(command.clone(), command),
            impact: impact.clone(),
            verified: false,
            change: Some(change.clone()),
        },
        Fix {
            kind: FixKind::Console,
            text: Text::new(
                format!("AWS Secrets Manager > Secrets > {name} > Retrieve secret value > Set secret value."),
                format!(
                    "AWS Secrets Manager >「シークレット」> {name} >「シークレットの値を取得する」>「シークレットの値を設定」を選択します。"
                ),
            ),
            impact,
            verified: false,
            change: Some(change),
        },
    ];
    finding
}

fn words(finding: Finding, name: &str, labels: &[String]) -> Finding {
    let (en, ja) = if labels.is_empty() {
        Default::default()
    } else {
        (
            format!(" Labels that exist: {}.", tell::list(labels)),
            format!("存在するラベル: {}。", tell::list(labels)),
        )
    };
    tell::worded(
        finding,
        Text::new(
            format!("Secret {name} has no current version"),
            format!("シークレット {name} に現在のバージョンがありません"),
        ),
        Text::fixed(
            "The secret that the task needs exists, but has no value yet.",
            "タスクに必要なシークレットは存在しますが、値がまだ設定されていません。",
        ),
        Text::new(
            format!("No version of {name} has the label AWSCURRENT, which is what the task reads.{en}"),
            format!("タスクは AWSCURRENT のバージョンを読み取りますが、{name} にはこのラベルの付いたバージョンがありません。{ja}"),
        ),
    )
}
