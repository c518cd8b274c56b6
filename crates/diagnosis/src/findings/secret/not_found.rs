//! `secret.not-found`: secret not found.

use crate::case::Case;
use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, made, redefine, says, secret_arn};
use crate::findings::iam::draft::{cli, console};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, Fix};
use crate::model::{Code, Finding};
use crate::requirements::Use;
use crate::symptom::{Cause, Service, Symptom};
use references::Difference;
use snapshot::Text;
use snapshot::ids::ArnText;

/// The rule of `secret.not-found`.
pub(crate) static RULE: Rule = Rule {
    code: Code("secret.not-found"),
    page: Page {
        title: Text::fixed("Secret not found", "シークレットが存在しない"),
        what: Text::fixed(
            "No secret of that name or ARN exists in the account and Region that the reference names.",
            "参照が示すアカウントとリージョンに、その名前または ARN のシークレットが存在しません。",
        ),
        why: Text::fixed(
            "ECS fetches every secret before the first container starts. Secrets Manager answers `ResourceNotFoundException: Secrets Manager can't find the specified secret.`, and the task stops within seconds. Under a policy that names another ARN the answer is `AccessDeniedException`, since AWS authorizes before it looks.",
            "ECS は最初のコンテナの起動前にすべてのシークレットを取得します。Secrets Manager は `ResourceNotFoundException: Secrets Manager can't find the specified secret.` を返し、タスクは数秒で停止します。AWS は存在確認の前に認可を行うため、ポリシーが別の ARN を許可している場合は `AccessDeniedException` になります。",
        ),
        remedy: Text::fixed(
            "Name the existing secret, with its full ARN, in a new revision of the task definition; or create the secret.",
            "既存のシークレットの完全な ARN を新しいリビジョンのタスク定義に指定するか、シークレットを作成します。",
        ),
        not_this: Text::fixed(
            "ECS's own sentence `Check whether the secret exists in the specified Region` proves nothing next to a timeout: then it is the network. A secret that exists but lacks a value is secret.no-current-version; one scheduled for deletion is secret.deleted.",
            "タイムアウトと並ぶ `Check whether the secret exists in the specified Region` という文は何も証明しません。その場合はネットワークの問題です。シークレットが存在しても値がない場合は secret.no-current-version、削除が予定されている場合は secret.deleted です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
            "https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html",
        ],
        examples: &["secret/not_found/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = tell::items(judged, RULE.code.0).iter().map(word).collect();
    found.extend(tell::from_error(judged, RULE.code.0, said, asked).map(|mut finding| {
        if let [one] = finding.subject.as_slice()
            && !one.contains('!')
        {
            finding.fixes = create(judged.case, one, None);
        }
        let Text { en: subject, ja: subject_ja } = tell::either(&finding.subject);
        tell::worded(
            finding,
            Text::new(format!("Secret {subject} does not exist"), format!("シークレット {subject_ja} が存在しません")),
            Text::fixed(
                "The task asks for a secret that does not exist in the Region that it names.",
                "タスクが参照するシークレットは、指定されたリージョンに存在しません。",
            ),
            Text::fixed(
                "Secrets Manager answered the task that it cannot find the secret. Names, Region, account and the six characters at the end must all match.",
                "Secrets Manager は、シークレットが見つからないとタスクに応答しました。名前、リージョン、アカウント、末尾の 6 文字がすべて一致する必要があります。",
            ),
        )
    }));
    found.extend(tell::open(judged, RULE.code.0).map(|finding| {
        let subject = tell::list(&finding.subject);
        let title = Text::new(
            format!("Whether secret {subject} exists is not known"),
            format!("シークレット {subject} が存在するかどうかは未確認です"),
        );
        if let Some(whole) = finding.subject.iter().find_map(|subject| whole_arn(judged.case, subject)) {
            return partial(finding, title, whole);
        }
        tell::worded(
            finding,
            title,
            Text::fixed(
                "Nothing pasted shows whether the secret exists.",
                "貼り付けられた出力からは、シークレットの有無を確認できません。",
            ),
            Text::fixed(
                "`describe-secret` shows the secret, or the error that proves that it does not exist; it never shows the value.",
                "`describe-secret` の出力で、シークレットの有無を確認できます。値は表示されません。",
            ),
        )
    }));
    found
}

/// The whole ARN of a pasted secret whose name alone stands in that ARN. Left open only where the name's own end is formed like the six
/// characters: any other is found by its name.
fn whole_arn<'a>(case: &'a Case<'_>, written: &str) -> Option<&'a str> {
    let secrets = case.snapshot.secrets.secrets.iter();
    let mut arns = secrets.filter_map(|found| found.value.arn.as_ref()).map(ArnText::as_str);
    arns.find(|arn| snapshot::secrets::without_suffix(arn) == Some(written))
}

/// An ARN without its six characters, where the name ends as if it had them (AWS Secrets Manager API reference, `GetSecretValue`,
/// `SecretId`).
fn partial(finding: Finding, title: Text, whole: &str) -> Finding {
    tell::worded(
        finding,
        title,
        Text::fixed(
            "The secret is there, but its ARN is written without the six characters at the end, and its name ends as if it had them.",
            "シークレットは存在しますが、参照している ARN には末尾の 6 文字がなく、シークレット名の末尾がその 6 文字と同じ形をしています。",
        ),
        Text::new(
            format!(
                "Secrets Manager may take the end of the name for the six characters that it appends to every ARN, and then finds no such secret. `describe-secret` with the same text shows what it answers. The complete ARN leaves no doubt: {whole}."
            ),
            format!(
                "Secrets Manager は、名前の末尾を ARN に付加される 6 文字とみなし、シークレットを見つけられないことがあります。同じ文字列で `describe-secret` を実行すると、実際の応答を確認できます。完全な ARN {whole} を指定すれば確実です。"
            ),
        ),
    )
}

fn said(symptom: &Symptom) -> bool {
    symptom.cause == Cause::NotFound
        && symptom.service == Some(Service::SecretsManager)
        && symptom.quoted.staging_label.is_none()
        && says(symptom, "cant find the specified secret")
        && !says(symptom, "specified secret value")
}

/// The secret that a use asks Secrets Manager for.
fn asked(used: &Use) -> Option<String> {
    secret_arn(used)
}

fn word(item: &Item<'_>) -> Finding {
    let used = &item.reference.used;
    let labels = item.labels();
    let name = &item.reference.resource;
    let mut finding = item.fail();
    let FaultKind::NotFound { near, or_deleted } = &item.fault.kind else {
        return finding;
    };
    let mut en = format!("{name} is what the {} asks for.", labels.en);
    let mut ja = format!("{} は {name} を参照しています。", labels.ja);
    if *or_deleted {
        en.push_str(
            " It is not found in that account and Region: it does not exist, or is scheduled for deletion (such secrets are not listed).",
        );
        ja.push_str("そのアカウントとリージョンには見つかりません。存在しないか、削除が予定されています (削除予定のシークレットは一覧に表示されません)。");
    } else {
        en.push_str(" No such secret exists in that account and Region.");
        ja.push_str("そのアカウントとリージョンに、このシークレットは存在しません。");
    }
    if let Some(near) = near {
        let near_words = tell::nearest(near);
        en.push_str(&format!(" {}", near_words.en));
        ja.push_str(&near_words.ja);
        let corrected = match near.difference {
            Difference::JoinedKey => near.text.clone(),
            _ => corrected(used, name, &near.text),
        };
        finding.fixes = redefine::fixes(item.case, used, &corrected);
        if near.difference == Difference::Region {
            let (told, fixes) = replicate(item.case, name, &near.text);
            en.push_str(&told.en);
            ja.push_str(&told.ja);
            finding.fixes.extend(fixes);
        }
    } else if name.contains('!') {
        en.push_str(" A name with `!` is one that an AWS service gives (`rds!…`: Amazon RDS), which also deletes the secret and makes another; the resource that it belongs to tells the present ARN.");
        ja.push_str("`!` を含む名前は AWS のサービスが付けるもので (`rds!…` は Amazon RDS)、シークレットはそのサービスが削除や再作成を行います。現在の ARN は、対象のリソースの設定で確認できます。");
        finding.fixes = redefine::rewrite(item.case, used, None);
    } else {
        finding.fixes = create(item.case, name, made::secret(used));
    }
    tell::worded(
        finding,
        Text::new(
            format!("Secret {name} does not exist"),
            format!("シークレット {name} が存在しません"),
        ),
        Text::fixed(
            "The task definition names a secret that does not exist under that ARN, so the task stops before its containers start.",
            "タスク定義が参照するシークレットはその ARN では存在しないため、タスクはコンテナの起動前に停止します。",
        ),
        Text::new(en, ja),
    )
}

/// The reference with the existing secret in it; what stands around it stays: JSON key and version after an ARN, Parameter Store's path
/// before a name.
fn corrected(used: &Use, wrong: &str, right: &str) -> String {
    match used.text.rsplit_once(wrong) {
        Some((path, rest)) => format!("{path}{right}{rest}"),
        None => right.to_owned(),
    }
}

/// A secret that exists in another Region: what its description says of a replica in the wanted one, and the command that makes one.
fn replicate(case: &Case<'_>, wanted: &str, existing: &str) -> (Text, Vec<Fix>) {
    let wanted = ArnText::from(wanted);
    let existing = ArnText::from(existing);
    let (Some(there), Some(home)) = (wanted.region(), existing.region()) else {
        return Default::default();
    };
    let found = case.snapshot.secrets.secrets.get(&existing);
    let replicas = found.map(|found| found.value.replication_status.as_slice()).unwrap_or_default();
    let replica = replicas.iter().find(|replica| replica.region.as_deref() == Some(there));
    let told = match replica {
        Some(replica) => {
            let status = replica.status.as_deref().unwrap_or("unknown");
            let why = replica.status_message.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
            Text::new(
                format!(" Its replication to {there} is {status}{why}."),
                format!("{there} へのレプリケーションの状態は {status} です{why}。"),
            )
        }
        None => Text::default(),
    };
    // A replica has the name and the six characters of its primary.
    if existing.as_str().replacen(home, there, 1) != wanted.as_str() {
        return (told, Vec::new());
    }
    let command = format!(
        "aws secretsmanager replicate-secret-to-regions --secret-id {existing} --add-replica-regions Region={there} --region {home}"
    );
    let impact = Text::fixed(
        "A replica of the secret, billed as a secret of its own; the task execution role needs kms:Decrypt on the replica's key, where it is a customer managed one.",
        "シークレットのレプリカが作成され、個別のシークレットとして課金されます。レプリカのキーがカスタマーマネージドの場合、タスク実行ロールにそのキーの kms:Decrypt が必要です。",
    );
    let steps = Text::new(
        format!("AWS Secrets Manager ({home}) > Secrets > {existing} > Replicate secret: add the Region {there}."),
        format!(
            "AWS Secrets Manager ({home}) >「シークレット」> {existing} >「シークレットをレプリケート」で、リージョン {there} を追加します。"
        ),
    );
    (told, vec![cli(command, impact.clone(), None), console(steps, impact, None)])
}

fn create(case: &Case<'_>, resource: &str, change: Option<Change>) -> Vec<Fix> {
    let name = resource.rsplit_once(":secret:").map_or(resource, |(_, name)| name);
    let bare = snapshot::secrets::without_suffix(name).unwrap_or(name);
    let region = redefine::region_of(case, resource);
    let impact = Text::fixed(
        "A new secret, billed per month; its ARN ends in six new characters, so the task definition must name the new ARN.",
        "シークレットが新規作成され、月額料金が発生します。ARN の末尾の 6 文字は新しくなるため、タスク定義には新しい ARN を指定する必要があります。",
    );
    let command = format!("aws secretsmanager create-secret --name {bare} --secret-string file://secret.json{region}");
    let steps = Text::new(
        format!("AWS Secrets Manager > Secrets > Store a new secret: name it {bare}, then put its ARN into the task definition."),
        format!(
            "AWS Secrets Manager >「シークレット」>「新しいシークレットを保存する」で {bare} を作成し、その ARN をタスク定義に指定します。"
        ),
    );
    vec![cli(command, impact.clone(), change.clone()), console(steps, impact, change)]
}
