//! `kms.key-unusable`: the key is disabled, about to be deleted, or gone.

use crate::authorization::denials::{self, Made};
use crate::existence::{key_state, says, secret_arn, tell};
use crate::findings::iam::draft::{self, cli, console, region_option};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, Code, DestinationKey, Finding, Fix, Status};
use crate::ranking;
use crate::requirements::Use;
use crate::symptom::{Service, Stage, Symptom};
use snapshot::ids::ArnText;
use snapshot::{Assumption, Call, Citation, Operation, Text};

const CODE: Code = Code("kms.key-unusable");

pub(super) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed("The KMS key cannot be used", "KMS キーを使用できません"),
        what: Text::fixed(
            "The key that the secret, parameter or file is encrypted with is disabled, scheduled for deletion, waiting for key material, out of reach in its key store, or does not exist.",
            "シークレット、パラメータ、またはファイルの暗号化に使用された KMS キーが、無効、削除待ち、キーマテリアルのインポート待ち、キーストアに接続できない、または存在しない状態です。",
        ),
        why: Text::fixed(
            "Whatever the policies say, a key opens only while its state is Enabled.",
            "ポリシーの内容にかかわらず、キーは状態が Enabled (有効) の間しか使用できません。",
        ),
        remedy: Text::fixed(
            "Enable the key, cancel its deletion, import its key material, connect its key store, or store the value again under another key.",
            "キーの有効化、削除のキャンセル、キーマテリアルのインポート、キーストアの接続を行うか、別のキーで値を保存し直します。",
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
    /// Whether the key was pasted, so that a remedy can be tried.
    described: bool,
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
    let mut findings: Vec<Finding> = found
        .iter()
        .filter_map(|(_, faults, calls, proven)| one(judged, faults, calls, *proven))
        .collect();
    if findings.iter().all(|finding| finding.status != Status::Fail) {
        findings.extend(told(judged).or_else(|| unseen(judged)));
    }
    findings
}

/// What the error text itself says of a key; a key that was pasted since, and works, is no fault any more.
fn told(judged: &Judged<'_>) -> Option<Finding> {
    let case = judged.case;
    let (key, state, at) = key_state(case)?;
    let described = case.snapshot.kms.keys.get(&key);
    if case.repaired || described.is_some_and(|found| found.value.key_state.as_deref() == Some("Enabled")) {
        return None;
    }
    let calls: Vec<Made<'_>> = denials::calls(judged)
        .filter(|made| made.judgement.call.action == "kms:Decrypt" && made.judgement.keys.contains(&key))
        .collect();
    let mut finding = Finding::new(CODE, Status::Fail);
    finding.subject = vec![key.0.clone()];
    finding.affects = draft::affects(&calls);
    if finding.affects.is_empty() {
        finding.affects = case.symptom.as_ref().map(behind).into_iter().collect();
    }
    finding.denied = vec![("kms:Decrypt".to_owned(), key.0.clone())];
    finding.evidence = vec![at.clone()];
    let fault = Fault {
        key: key.clone(),
        state: state.to_owned(),
        at: at.clone(),
        assumes: Vec::new(),
        described: described.is_some(),
    };
    finding.fixes = fixes(&fault, None);
    Some(tell::worded(
        finding,
        title(&key.0, state),
        Text::new(
            format!("What the task fetches is encrypted with {key}, which is in state {state}."),
            format!("タスクが取得するデータは {key} で暗号化されていますが、このキーの状態は {state} です。"),
        ),
        Text::new(
            format!("AWS KMS answered the task that {key} is in state {state}. It refuses every use of a key that is not Enabled."),
            format!(
                "AWS KMS は、{key} の状態が {state} であるとタスクに応答しました。有効 (Enabled) でないキーの使用はすべて拒否されます。"
            ),
        ),
    ))
}

/// The service that asked AWS KMS.
pub(crate) fn behind(symptom: &Symptom) -> DestinationKey {
    let named = symptom
        .service
        .filter(|service| *service != Service::Kms)
        .and_then(ranking::destination_of);
    named.unwrap_or(match symptom.stage {
        Stage::EnvFile => DestinationKey::S3,
        Stage::ImagePull => DestinationKey::EcrDkr,
        _ if says(symptom, "from ssm") => DestinationKey::Ssm,
        _ => DestinationKey::SecretsManager,
    })
}

/// Keys of which nothing was pasted, where the error may be about them.
fn unseen(judged: &Judged<'_>) -> Option<Finding> {
    let case = judged.case;
    let snapshot = case.snapshot;
    let known = |key: &ArnText| {
        snapshot.kms.keys.get(key).is_some()
            || snapshot
                .failure_for(Operation::KmsDescribeKey, &["NotFoundException"], key.as_str())
                .is_some()
    };
    let calls: Vec<Made<'_>> = denials::calls(judged)
        .filter(|made| made.judgement.call.action == "kms:Decrypt" && made.judgement.keys.iter().any(|key| !known(key)))
        .collect();
    let keys = denials::dedup(
        calls
            .iter()
            .flat_map(|made| made.judgement.keys.iter().cloned())
            .filter(|key| !known(key))
            .collect(),
    );
    let mut finding = Finding::new(CODE, Status::Unknown);
    finding.subject = keys.iter().map(|key| key.0.clone()).collect();
    finding.affects = draft::affects(&calls);
    finding.denied = finding.subject.iter().map(|key| ("kms:Decrypt".to_owned(), key.clone())).collect();
    // An action that was denied is named where it is another than the decryption.
    let another = |symptom: &Symptom| symptom.quoted.action.is_some() && symptom.service != Some(Service::Kms);
    let symptom = case.symptom.as_ref();
    let possible = symptom.is_none_or(|symptom| ranking::explains(&finding, symptom) && !another(symptom));
    if keys.is_empty() || case.is_running() || !possible {
        return None;
    }
    finding.missing = keys
        .iter()
        .map(|key| {
            let call = Call::new(Operation::KmsDescribeKey).option("key-id", key.as_str());
            call.in_region(key.region().or(case.region.as_deref())).into()
        })
        .collect();
    let named = finding.subject.join(", ");
    Some(tell::worded(
        finding,
        Text::new(
            format!("Whether KMS key {named} can be used is not known"),
            format!("KMS キー {named} を使用できるかどうかは未確認です"),
        ),
        Text::fixed(
            "The state of the key that the task's secrets or parameters are encrypted with was not pasted.",
            "タスクのシークレットやパラメータを暗号化しているキーの状態が貼り付けられていません。",
        ),
        Text::fixed(
            "A key that is disabled or about to be deleted opens nothing, whatever the policies say; `describe-key` shows its state.",
            "無効なキーや削除待ちのキーは、ポリシーの内容にかかわらず使用できません。`describe-key` でキーの状態を確認できます。",
        ),
    ))
}

fn title(named: &str, states: &str) -> Text {
    Text::new(
        format!("KMS key {named} cannot be used ({states})"),
        format!("KMS キー {named} を使用できません ({states})"),
    )
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
            described: true,
        });
    }
    let failure = snapshot.failure_for(Operation::KmsDescribeKey, &["NotFoundException"], key.as_str())?;
    let assumes = failure.assumption(key.account(), key.region()).into_iter().collect();
    Some(Fault {
        key: key.clone(),
        state: "NotFound".to_owned(),
        at: failure.at.clone(),
        assumes,
        described: false,
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
    finding.title = title(&named, &states);
    if !proven {
        // Its versions may still be under an older key, which list-secret-version-ids would show.
        finding.missing = calls.iter().filter_map(|made| versions(made)).take(1).collect();
        if finding.missing.is_empty() {
            finding.missing = calls.iter().flat_map(|made| made.judgement.needs.clone()).collect();
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
    let used = calls.iter().find_map(|made| made.judgement.call.by.as_ref());
    finding.fixes = faults.iter().flat_map(|fault| fixes(fault, used)).collect();
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

/// What makes the key usable again; of one that is gone, what encrypts the value anew.
fn fixes(fault: &Fault, used: Option<&Use>) -> Vec<Fix> {
    let key = &fault.key;
    let region = region_option(key.as_str());
    if fault.state == "NotFound" {
        return anew(key, &region, used);
    }
    let impact = Text::fixed(
        "Everything that the key encrypts can be read again by whoever its policy allows. Run it in the key's own account. Nothing restarts.",
        "キーポリシーで許可された対象は、このキーで暗号化されたデータを再び読み取れるようになります。キーを所有するアカウントで実行します。再起動は発生しません。",
    );
    let (command, en, ja) = match fault.state.as_str() {
        "Disabled" => (
            format!("aws kms enable-key --key-id {key}{region}"),
            "Key actions > Enable.",
            "キーのアクション > 有効化",
        ),
        "PendingDeletion" | "PendingReplicaDeletion" => (
            format!("aws kms cancel-key-deletion --key-id {key}{region}\naws kms enable-key --key-id {key}{region}"),
            "Key actions > Cancel key deletion, then Enable.",
            "キーのアクション > キーの削除のキャンセル、その後に有効化します。",
        ),
        "PendingImport" => (
            format!(
                "aws kms get-parameters-for-import --key-id {key} --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_4096{region}\n\
                 aws kms import-key-material --key-id {key} --encrypted-key-material fileb://material.bin --import-token fileb://token.bin --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE{region}"
            ),
            "Key material > Import key material: the same material as before, wrapped with the key that the console gives.",
            "キーマテリアル > キーマテリアルのインポート: コンソールで取得したキーでラップした、以前と同じキーマテリアルをインポートします。",
        ),
        _ => (
            format!(
                "aws kms describe-custom-key-stores{region}\naws kms connect-custom-key-store --custom-key-store-id CUSTOM_KEY_STORE{region}"
            ),
            "Cryptographic configuration: open its custom key store, and connect it.",
            "暗号化設定でカスタムキーストアを開き、接続します。",
        ),
    };
    let steps = Text::new(
        format!("KMS console > Customer managed keys > {key} > {en}"),
        format!("KMS コンソール > カスタマーマネージドキー > {key} > {ja}"),
    );
    let change = fault.described.then(|| {
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

/// A deleted key opens nothing ever again: the value is stored once more, under another key.
fn anew(key: &ArnText, region: &str, used: Option<&Use>) -> Vec<Fix> {
    let secret = used.and_then(secret_arn);
    let (command, en, ja) = match (&secret, used) {
        (Some(secret), _) => (
            format!(
                "aws secretsmanager update-secret --secret-id {secret} --kms-key-id alias/aws/secretsmanager --secret-string file://secret.json{region}"
            ),
            format!(
                "AWS Secrets Manager > Secrets > {secret} > Actions > Edit encryption key, then Retrieve secret value > Edit: store the value again."
            ),
            format!(
                "AWS Secrets Manager >「シークレット」> {secret} >「アクション」>「暗号化キーを編集」でキーを変更し、「シークレットの値を取得する」>「編集」で値を保存し直します。"
            ),
        ),
        (None, Some(used)) => {
            let name = snapshot::ssm::parameter_name(&used.text);
            (
                format!(
                    "aws ssm put-parameter --name {name} --type SecureString --key-id alias/aws/ssm --value file://value.txt --overwrite{region}"
                ),
                format!("AWS Systems Manager > Parameter Store > {name} > Edit: choose another KMS key and store the value again."),
                format!("AWS Systems Manager >「パラメータストア」> {name} >「編集」で別の KMS キーを選択し、値を保存し直します。"),
            )
        }
        (None, None) => return Vec::new(),
    };
    let impact = Text::new(
        format!(
            "A new version under a key that exists; what only {key} opens is lost. The role needs kms:Decrypt on the new key, where it is not AWS managed."
        ),
        format!(
            "存在するキーで暗号化された新しいバージョンが作成されます。{key} でしか復号できないデータは失われています。AWS マネージドキー以外を使用する場合、ロールには新しいキーの kms:Decrypt が必要です。"
        ),
    );
    vec![cli(command, impact.clone(), None), console(Text::new(en, ja), impact, None)]
}
