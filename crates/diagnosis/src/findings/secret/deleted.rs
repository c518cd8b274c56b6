//! `secret.deleted`: secret scheduled for deletion.

use crate::case::Case;
use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, redefine, says, secret_arn};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, Fix, FixKind};
use crate::model::{Code, Finding};
use crate::symptom::{Cause, Service, Symptom};
use snapshot::Text;
use snapshot::Time;

/// The rule of `secret.deleted`.
pub(crate) static RULE: Rule = Rule {
    code: Code("secret.deleted"),
    page: Page {
        title: Text::fixed("Secret scheduled for deletion", "シークレットの削除が予定されている"),
        what: Text::fixed(
            "The secret is in its recovery window: it still exists, but cannot be read.",
            "シークレットは復旧期間中です。まだ存在しますが、読み取ることはできません。",
        ),
        why: Text::fixed(
            "Secrets Manager answers `InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion`, and the task stops within seconds.",
            "Secrets Manager は `InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion` を返し、タスクは数秒で停止します。",
        ),
        remedy: Text::fixed(
            "Restore the secret, or name another one in a new revision of the task definition.",
            "シークレットを復元するか、新しいリビジョンのタスク定義で別のシークレットを指定します。",
        ),
        not_this: Text::fixed(
            "A secret whose recovery window is over is secret.not-found.",
            "復旧期間が終了したシークレットは secret.not-found です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_restore-secret.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
        ],
        examples: &["secret/deleted/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = tell::items(judged, RULE.code.0).iter().map(word).collect();
    found.extend(tell::from_error(judged, RULE.code.0, said, secret_arn).map(|finding| {
        let name = tell::list(&finding.subject);
        let mut finding = words(finding, &name, None);
        finding.fixes = finding.subject.iter().flat_map(|name| restore(judged.case, name)).collect();
        finding
    }));
    found
}

fn said(symptom: &Symptom) -> bool {
    symptom.service == Some(Service::SecretsManager) && symptom.cause == Cause::NotFound && says(symptom, "marked for deletion")
}

fn word(item: &Item<'_>) -> Finding {
    let name = item.reference.resource.clone();
    let on = match &item.fault.kind {
        FaultKind::Deleted { on } => *on,
        _ => None,
    };
    let mut finding = words(item.fail(), &name, on);
    finding.fixes = restore(item.case, &name);
    finding
}

fn restore(case: &Case<'_>, name: &str) -> Vec<Fix> {
    let impact = Text::fixed(
        "The scheduled deletion is cancelled; the secret is billed again. Tasks started afterwards can read it.",
        "削除の予定が取り消され、シークレットの料金が再び発生します。その後に起動するタスクから読み取れるようになります。",
    );
    let command = format!(
        "aws secretsmanager restore-secret --secret-id {name}{}{}",
        redefine::region_of(case, name),
        redefine::restart(case)
    );
    let target = name.to_owned();
    let change = Change::new(move |snapshot| {
        snapshot.secrets.secrets.edit(|secret| {
            if secret.arn.as_ref().is_some_and(|arn| arn.as_str() == target) || secret.name.as_deref() == Some(target.as_str()) {
                secret.deleted_date = None;
            }
        });
    });
    vec![
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
                format!("AWS Secrets Manager > Secrets > Preferences: show secrets scheduled for deletion; open {name} > Cancel deletion."),
                format!(
                    "AWS Secrets Manager >「シークレット」>「設定」で削除予定のシークレットを表示し、{name} を開いて「削除をキャンセル」を選択します。"
                ),
            ),
            impact,
            verified: false,
            change: Some(change),
        },
    ]
}

fn words(finding: Finding, name: &str, on: Option<Time>) -> Finding {
    let (en, ja) = match on {
        Some(on) => (format!(" (DeletedDate {})", on.iso()), format!(" (DeletedDate {})", on.iso())),
        None => Default::default(),
    };
    tell::worded(
        finding,
        Text::new(
            format!("Secret {name} is scheduled for deletion"),
            format!("シークレット {name} の削除が予定されています"),
        ),
        Text::fixed(
            "Someone deleted the secret that the task needs; until it is restored the task cannot start.",
            "タスクに必要なシークレットが削除されています。復元されるまで、タスクは起動できません。",
        ),
        Text::new(
            format!("{name} is scheduled for deletion{en}. Until it is restored Secrets Manager refuses every read of it."),
            format!("{name} は削除が予定されています{ja}。復元されるまで、Secrets Manager は読み取りをすべて拒否します。"),
        ),
    )
}
