//! `kms.aws-managed-cross-account`: a secret or parameter of another account, under that account's AWS managed key.

use crate::authorization::denials::{self, Made};
use crate::findings::iam::draft::{self, cli, console, region_option};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding, Status};
use snapshot::Text;

const CODE: Code = Code("kms.aws-managed-cross-account");

pub(super) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed(
            "A secret of another account is under an AWS managed key",
            "別のアカウントのシークレットが AWS マネージドキーで暗号化されています",
        ),
        what: Text::fixed(
            "The secret or parameter is of another account and encrypted with that account's AWS managed key (aws/secretsmanager or aws/ssm).",
            "シークレットまたはパラメータは別のアカウントにあり、そのアカウントの AWS マネージドキー (aws/secretsmanager または aws/ssm) で暗号化されています。",
        ),
        why: Text::fixed(
            "The policy of an AWS managed key cannot be changed and admits its own account only. However the other policies are set, the value cannot be decrypted from outside.",
            "AWS マネージドキーのキーポリシーは変更できず、そのアカウントからの使用のみを許可します。ほかのポリシーの設定にかかわらず、外部のアカウントからは復号できません。",
        ),
        remedy: Text::fixed(
            "Encrypt the secret with a customer managed key of its account, admit the role in that key's policy and in the secret's, and give the role both permissions.",
            "シークレットをそのアカウントのカスタマーマネージドキーで暗号化し、キーポリシーとシークレットのポリシーでロールを許可したうえで、ロールに両方の権限を付与します。",
        ),
        not_this: Text::fixed(
            "In one account the AWS managed key needs no permission of its own.",
            "同じアカウント内では、AWS マネージドキーに個別の権限は必要ありません。",
        ),
        documentation: &["https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html"],
        examples: &["kms/aws_managed_cross_account/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    denials::calls(judged).filter_map(|made| one(judged, made)).collect()
}

fn one(judged: &Judged<'_>, made: Made<'_>) -> Option<Finding> {
    let at = made.judgement.foreign.clone()?;
    let secret = source(judged, made)?;
    let mut finding = Finding::new(CODE, Status::Fail);
    finding.subject = vec![made.judgement.call.resource.clone(), secret.clone()];
    finding.affects = vec![made.key.clone()];
    finding.denied = vec![
        ("kms:Decrypt".to_owned(), made.judgement.call.resource.clone()),
        ("secretsmanager:GetSecretValue".to_owned(), secret.clone()),
    ];
    finding.evidence = denials::dedup(
        std::iter::once(at)
            .chain(made.judgement.call.by.as_ref().map(|used| used.at.clone()))
            .collect(),
    );
    let purposes = draft::purposes(judged, &[made]);
    finding.title = Text::new(
        format!("{secret} is encrypted with another account's AWS managed key"),
        format!("{secret} は別のアカウントの AWS マネージドキーで暗号化されています"),
    );
    finding.summary = Text::new(
        format!("{} cannot be read from this account as long as it is under that key.", purposes.en),
        format!(
            "{} は、このキーで暗号化されている限り、このアカウントからは読み取れません。",
            purposes.ja
        ),
    );
    finding.explanation = Text::new(
        format!(
            "No KMS key is set on {secret}, so it is under {} of its own account. The policy of an AWS managed key admits no other account and cannot be changed.",
            made.judgement.call.resource
        ),
        format!(
            "{secret} には KMS キーが設定されていないため、所有アカウントの {} で暗号化されています。AWS マネージドキーのキーポリシーは別のアカウントを許可せず、変更もできません。",
            made.judgement.call.resource
        ),
    );
    let region = region_option(&secret);
    let impact = Text::fixed(
        "New versions are encrypted with the key that is chosen: everyone who reads the secret needs kms:Decrypt on it. Customer managed keys cost a monthly fee. Run it in the secret's account.",
        "新しいバージョンは指定したキーで暗号化されるため、シークレットを読み取るすべての対象に kms:Decrypt の権限が必要です。カスタマーマネージドキーには月額料金がかかります。シークレットを所有するアカウントで実行します。",
    );
    finding.fixes = vec![
        cli(
            format!("aws secretsmanager update-secret --secret-id {secret} --kms-key-id KEY_ARN{region}"),
            impact.clone(),
            None,
        ),
        console(
            Text::new(
                format!(
                    "Secrets Manager console (of the secret's account) > {secret} > Actions > Edit encryption key: choose a customer managed key that admits the role, and create a new version with it."
                ),
                format!(
                    "Secrets Manager コンソール (シークレットを所有するアカウント) > {secret} > アクション > 暗号化キーを編集: ロールを許可したカスタマーマネージドキーを選択し、新しいバージョンを作成します。"
                ),
            ),
            impact,
            None,
        ),
    ];
    Some(finding)
}

/// The secret that the key encrypts: the call of the same use.
fn source(judged: &Judged<'_>, made: Made<'_>) -> Option<String> {
    denials::calls(judged)
        .find(|other| other.judgement.call.by == made.judgement.call.by && other.judgement.call.action == "secretsmanager:GetSecretValue")
        .map(|other| other.judgement.call.resource.clone())
}
