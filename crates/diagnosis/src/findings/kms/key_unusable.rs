//! `kms.key-unusable`: the key is disabled, about to be deleted, or gone.

use crate::authorization::denials::{self, Made};
use crate::findings::iam::draft::{self, cli, console, region_option};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, Code, Finding, Fix, Status};
use snapshot::ids::ArnText;
use snapshot::{Assumption, Citation, Operation, Text};

const CODE: Code = Code("kms.key-unusable");

pub(super) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed("The KMS key cannot be used", "KMS キーを使用できません"),
        what: Text::fixed(
            "The key that the secret or parameter is encrypted with is disabled, scheduled for deletion, waiting for key material, or does not exist.",
            "シークレットまたはパラメータの暗号化に使用された KMS キーが、無効、削除待ち、キーマテリアルのインポート待ち、または存在しない状態です。",
        ),
        why: Text::fixed(
            "Whatever the policies say, a key opens only while its state is Enabled.",
            "ポリシーの内容にかかわらず、キーは状態が Enabled (有効) の間しか使用できません。",
        ),
        remedy: Text::fixed(
            "Enable the key, cancel its deletion, or encrypt the secret anew with another key and store its value again.",
            "キーを有効にするか、削除をキャンセルするか、別のキーで暗号化して値を保存し直します。",
        ),
        not_this: Text::fixed(
            "A key that the role may not use is kms.key-policy-denied or iam.action-not-allowed.",
            "ロールが使用を許可されていないキーは、kms.key-policy-denied または iam.action-not-allowed です。",
        ),
        documentation: &["https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html"],
        examples: &["kms/key_unusable/fault"],
    },
    judge,
};

/// Why a key opens nothing, and where that stands.
struct Fault {
    key: ArnText,
    /// AWS's word for the state; `NotFound` where AWS says that there is no such key.
    state: String,
    at: Citation,
    assumes: Vec<Assumption>,
}

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<(ArnText, Vec<Fault>, Vec<Made<'_>>, bool)> = Vec::new();
    for made in denials::calls(judged).filter(|made| made.judgement.call.action == "kms:Decrypt") {
        let keys = &made.judgement.keys;
        let faults: Vec<Fault> = keys.iter().filter_map(|key| fault(judged, key)).collect();
        // One key that works suffices.
        let Some(first) = keys.first().filter(|_| !keys.is_empty() && faults.len() == keys.len()) else {
            continue;
        };
        match found.iter_mut().find(|(key, ..)| key == first) {
            Some((.., calls, proven)) => {
                calls.push(made);
                *proven |= made.judgement.keys_proven;
            }
            None => found.push((first.clone(), faults, vec![made], made.judgement.keys_proven)),
        }
    }
    found
        .iter()
        .filter_map(|(_, faults, calls, proven)| one(judged, faults, calls, *proven))
        .collect()
}

fn fault(judged: &Judged<'_>, key: &ArnText) -> Option<Fault> {
    let snapshot = judged.case.snapshot;
    if let Some(found) = snapshot.kms.keys.get(key) {
        let state = found.value.key_state.as_deref()?;
        // The states in which AWS KMS refuses to decrypt; any other is not judged.
        let unusable = matches!(
            state,
            "Disabled" | "PendingDeletion" | "PendingReplicaDeletion" | "PendingImport" | "Unavailable"
        );
        return unusable.then(|| Fault {
            key: key.clone(),
            state: state.to_owned(),
            at: found.member("KeyState"),
            assumes: Vec::new(),
        });
    }
    let failure = snapshot.failure_for(Operation::KmsDescribeKey, &["NotFoundException"], key.as_str())?;
    let assumes = failure.assumption(key.account(), key.region()).into_iter().collect();
    Some(Fault {
        key: key.clone(),
        state: "NotFound".to_owned(),
        at: failure.at.clone(),
        assumes,
    })
}

fn one(judged: &Judged<'_>, faults: &[Fault], calls: &[Made<'_>], proven: bool) -> Option<Finding> {
    let status = if proven { Status::Fail } else { Status::Unknown };
    let mut finding = Finding::new(CODE, status);
    finding.subject = faults.iter().map(|fault| fault.key.0.clone()).collect();
    finding.affects = draft::affects(calls);
    finding.denied = finding.subject.iter().map(|key| ("kms:Decrypt".to_owned(), key.clone())).collect();
    let named = finding.subject.join(", ");
    let states = denials::dedup(faults.iter().map(|fault| fault.state.as_str()).collect()).join(", ");
    let purposes = draft::purposes(judged, calls);
    finding.title = Text::new(
        format!("KMS key {named} cannot be used ({states})"),
        format!("KMS キー {named} を使用できません ({states})"),
    );
    if !proven {
        // Its versions may still be under an older key, which list-secret-version-ids would show.
        finding.missing = calls.iter().flat_map(|made| made.judgement.needs.clone()).collect();
        if finding.missing.is_empty() {
            let call = calls.iter().find_map(|made| versions(made));
            finding.missing.extend(call);
        }
        if finding.missing.is_empty() {
            return None;
        }
        finding.summary = Text::new(
            format!(
                "The secret names a key that cannot be used; whether its version is under that key is not known yet ({}).",
                purposes.en
            ),
            format!(
                "シークレットに設定された KMS キーは使用できませんが、バージョンがそのキーで暗号化されているかどうかは未確認です ({})。",
                purposes.ja
            ),
        );
        finding.explanation = Text::fixed(
            "After a change of key a version may still open with the key before. The list of versions shows the keys of each.",
            "キーの変更後も、バージョンは以前のキーで復号できることがあります。バージョンの一覧に各バージョンのキーが示されます。",
        );
        return Some(finding);
    }
    finding.evidence = denials::dedup(
        faults
            .iter()
            .map(|fault| fault.at.clone())
            .chain(calls.iter().flat_map(|made| {
                made.judgement
                    .evidence
                    .iter()
                    .filter(|(kind, _)| *kind == "key")
                    .map(|(_, at)| at.clone())
            }))
            .collect(),
    );
    finding.assumes = denials::dedup(faults.iter().flat_map(|fault| fault.assumes.clone()).collect());
    finding.summary = Text::new(
        format!("{} cannot be decrypted: its key {named} is in state {states}.", purposes.en),
        format!("{} を復号できません。KMS キー {named} の状態は {states} です。", purposes.ja),
    );
    finding.explanation = Text::new(
        format!("AWS KMS refuses every use of a key that is not Enabled. {named}: {states}."),
        format!("AWS KMS は、有効 (Enabled) でないキーの使用をすべて拒否します。{named}: {states}。"),
    );
    finding.fixes = faults.iter().flat_map(fixes).collect();
    Some(finding)
}

fn versions(made: &Made<'_>) -> Option<snapshot::Need> {
    let used = made.judgement.call.by.as_ref()?;
    let secret = used
        .text
        .contains(":secretsmanager:")
        .then(|| used.text.split(':').take(7).collect::<Vec<_>>().join(":"))?;
    Some(
        snapshot::Call::new(Operation::SecretsmanagerListSecretVersionIds)
            .option("secret-id", secret)
            .into(),
    )
}

fn fixes(fault: &Fault) -> Vec<Fix> {
    let key = &fault.key;
    let region = region_option(key.as_str());
    let impact = Text::fixed(
        "Everything that the key encrypts can be read again by whoever its policy allows. Run it in the key's own account. Nothing restarts.",
        "キーポリシーで許可された対象は、このキーで暗号化されたデータを再び読み取れるようになります。キーを所有するアカウントで実行します。再起動は発生しません。",
    );
    let (command, steps) = match fault.state.as_str() {
        "Disabled" => (
            format!("aws kms enable-key --key-id {key}{region}"),
            Text::new(
                format!("KMS console > Customer managed keys > {key} > Key actions > Enable."),
                format!("KMS コンソール > カスタマーマネージドキー > {key} > キーのアクション > 有効化"),
            ),
        ),
        "PendingDeletion" => (
            format!("aws kms cancel-key-deletion --key-id {key}{region}\naws kms enable-key --key-id {key}{region}"),
            Text::new(
                format!("KMS console > Customer managed keys > {key} > Key actions > Cancel key deletion, then Enable."),
                format!(
                    "KMS コンソール > カスタマーマネージドキー > {key} > キーのアクション > キーの削除のキャンセル、その後に有効化します。"
                ),
            ),
        ),
        _ => (
            format!("aws kms describe-key --key-id {key}{region}"),
            Text::new(
                format!(
                    "The key {key} cannot simply be enabled: import its key material, connect its key store, or store the value again under another key."
                ),
                format!(
                    "キー {key} は有効化だけでは復旧できません。キーマテリアルのインポート、キーストアの接続、または別のキーでの値の保存し直しが必要です。"
                ),
            ),
        ),
    };
    let change = matches!(fault.state.as_str(), "Disabled" | "PendingDeletion").then(|| {
        let key = key.clone();
        Change::new(move |snapshot| {
            snapshot.kms.keys.edit(|found| {
                if found.arn.as_ref() == Some(&key) {
                    found.key_state = Some("Enabled".to_owned());
                    found.enabled = Some(true);
                    found.deletion_date = None;
                }
            });
        })
    });
    vec![cli(command, impact.clone(), change.clone()), console(steps, impact, change)]
}
