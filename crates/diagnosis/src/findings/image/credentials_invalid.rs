//! `image.credentials-invalid`: registry credentials invalid.

use crate::existence::registry::{self, Pull};
use crate::existence::{needs_credentials, says, stated, tell, unasked};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::model::{DestinationKey, Status};
use crate::requirements::UseKind;
use crate::symptom::{Cause, Stage};
use snapshot::Text;

/// The rule of `image.credentials-invalid`.
pub(crate) static RULE: Rule = Rule {
    code: Code("image.credentials-invalid"),
    page: Page {
        title: Text::fixed("Registry credentials invalid", "レジストリの認証情報が無効"),
        what: Text::fixed(
            "The registry refused the credentials of `repositoryCredentials`, or their secret is not JSON with `username` and `password`.",
            "`repositoryCredentials` の認証情報をレジストリが拒否したか、シークレットが `username` と `password` を含む JSON ではありません。",
        ),
        why: Text::fixed(
            "Errors: `unable to unmarshal secret value, invalid schema`, `AuthorizationData is malformed, empty field`, or the registry's `401 Unauthorized`.",
            "エラーは `unable to unmarshal secret value, invalid schema`、`AuthorizationData is malformed, empty field`、またはレジストリの `401 Unauthorized` です。",
        ),
        remedy: Text::fixed(
            "Store `{\"username\": \"…\", \"password\": \"…\"}` in the secret, with an access token that the registry accepts.",
            "シークレットに `{\"username\": \"…\", \"password\": \"…\"}` を保存します。パスワードには、レジストリが受け付けるアクセストークンを指定します。",
        ),
        not_this: Text::fixed(
            "A secret that cannot be read at all is secret.* or iam.*; no credentials at all is image.credentials-missing.",
            "シークレット自体を読み取れない場合は secret.* または iam.*、認証情報の指定がない場合は image.credentials-missing です。",
        ),
        documentation: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html"],
        examples: &["image/credentials_invalid/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found = refused(judged);
    if found.is_empty() {
        found.extend(doubted(judged));
    }
    if found.is_empty() { for_ecr(judged) } else { found }
}

/// A pull that was refused in spite of credentials, with words that leave it open whether these admit to the image, or there is none.
fn doubted(judged: &Judged<'_>) -> Option<Finding> {
    let case = judged.case;
    let (symptom, at) = stated(case)?;
    if symptom.cause != Cause::AccessDenied || symptom.stage != Stage::ImagePull {
        return None;
    }
    let pull = registry::pull(judged)?;
    let used = pull.credentials.as_ref()?;
    let told = needs_credentials(case, &pull.image);
    let open = unasked(case, &pull.image);
    if told.is_none() && open.is_none() {
        return None;
    }
    let mut finding = Finding::new(RULE.code, if told.is_some() { Status::Fail } else { Status::Unknown });
    finding.subject = vec![used.container.clone()];
    finding.affects = vec![DestinationKey::SecretsManager, pull.key.clone()];
    finding.evidence = vec![at.clone(), used.at.clone()];
    finding.evidence.extend(told.cloned());
    let (image, host, secret) = (&pull.image, &pull.host, &used.text);
    if told.is_some() {
        finding.fixes = registry::secret_fixes(case, secret);
        return Some(tell::worded(
            finding,
            Text::new(
                format!("The registry credentials in {secret} do not admit to {image}"),
                format!("{secret} のレジストリの認証情報では {image} をプルできません"),
            ),
            Text::fixed(
                "The credentials for the image's registry may not pull this image.",
                "イメージのレジストリの認証情報に、このイメージのプルが許可されていません。",
            ),
            Text::new(
                format!(
                    "{host} refused the pull with the credentials of container {}, and the image needs some that it accepts.",
                    used.container
                ),
                format!(
                    "{host} はコンテナ {} の認証情報でのプルを拒否しました。このイメージには、受け付けられる認証情報が必要です。",
                    used.container
                ),
            ),
        ));
    }
    finding.missing.extend(open);
    Some(tell::worded(
        finding,
        Text::new(
            format!("Whether the registry credentials admit to {image}, or there is no such image, is not known"),
            format!("認証情報に {image} のプルが許可されていないのか、イメージが存在しないのかは未確認です"),
        ),
        Text::new(
            format!("{host} refused the pull in spite of the credentials, without saying whether the image exists."),
            format!("{host} は認証情報があってもプルを拒否しましたが、イメージの有無は示していません。"),
        ),
        Text::new(
            format!(
                "Container {} gives the credentials of {secret}. {host} answers alike where they may not pull {image} (a token without the scope to read packages, a user without access) and where there is no such image; someone who can see it there can tell.",
                used.container
            ),
            format!(
                "コンテナ {} には {secret} の認証情報が指定されています。認証情報に {image} のプル権限がない場合 (トークンのスコープ不足など) も、イメージが存在しない場合も、{host} は同じように応答します。{host} を参照できる人に確認してください。",
                used.container
            ),
        ),
    ))
}

/// Credentials for images of Amazon ECR, which are pulled with the execution role: what is given in its place is a token at best, and
/// that of `get-login-password` is good for twelve hours (Amazon ECR User Guide, "Private registry authentication").
fn for_ecr(judged: &Judged<'_>) -> Vec<Finding> {
    let credentials = registry::credentials(judged);
    let images = judged
        .destinations
        .iter()
        .filter(|destination| destination.requirement.key == DestinationKey::EcrDkr)
        .flat_map(|destination| &destination.references);
    images
        .filter(|reference| reference.used.kind == UseKind::Image)
        .filter_map(|reference| {
            let used = credentials.iter().find(|used| used.container == reference.used.container)?;
            let (container, image) = (&used.container, &reference.used.text);
            let mut finding = Finding::new(RULE.code, Status::Warn);
            finding.subject = vec![container.clone()];
            finding.affects = vec![DestinationKey::EcrDkr];
            finding.evidence = vec![used.at.clone(), reference.used.at.clone()];
            Some(tell::worded(
                finding,
                Text::new(
                    format!("Container {container} has registry credentials for an image in Amazon ECR"),
                    format!("コンテナ {container} に、Amazon ECR のイメージに対するレジストリの認証情報が設定されています"),
                ),
                Text::fixed(
                    "Amazon ECS pulls from Amazon ECR with the task execution role; these credentials take its place.",
                    "Amazon ECS は Amazon ECR からのプルにタスク実行ロールを使用しますが、この認証情報が代わりに使用されます。",
                ),
                Text::new(
                    format!(
                        "{image} needs no repositoryCredentials. A password for Amazon ECR is a token that is good for twelve hours: later pulls with it are refused. Leave repositoryCredentials out."
                    ),
                    format!(
                        "{image} に repositoryCredentials は不要です。Amazon ECR のパスワードは 12 時間有効なトークンであり、その後のプルは拒否されます。repositoryCredentials を削除してください。"
                    ),
                ),
            ))
        })
        .collect()
}

fn refused(judged: &Judged<'_>) -> Vec<Finding> {
    let Some((symptom, at)) = stated(judged.case) else {
        return Vec::new();
    };
    let schema = ["unmarshal secret value", "AuthorizationData is malformed", "empty secrets value"]
        .iter()
        .any(|words| says(symptom, words));
    let refused = symptom.cause == Cause::AccessDenied
        && symptom.stage == Stage::ImagePull
        && [
            "401 Unauthorized",
            ": unauthorized:",
            "incorrect username or password",
            "authentication required",
        ]
        .iter()
        .any(|words| says(symptom, words));
    let pull = registry::pull(judged);
    let credentials: Vec<_> = registry::credentials(judged);
    let mut finding = Finding::new(RULE.code, Status::Fail);
    finding.evidence = vec![at.clone()];
    if schema {
        finding.subject = credentials.iter().map(|used| used.container.clone()).collect();
        finding.affects = vec![DestinationKey::SecretsManager];
        finding.evidence.extend(credentials.iter().map(|used| used.at.clone()));
    } else if let Some(Pull {
        credentials: Some(used),
        key,
        container: Some(container),
        ..
    }) = pull.as_ref().filter(|_| refused)
    {
        finding.subject = vec![container.clone()];
        finding.affects = vec![DestinationKey::SecretsManager, key.clone()];
        finding.evidence.push(used.at.clone());
    } else {
        return Vec::new();
    }
    let secret = credentials
        .first()
        .map(|used| used.text.clone())
        .or_else(|| symptom.quoted.arn.clone().filter(|arn| arn.contains(":secretsmanager:")));
    if let Some(secret) = &secret {
        finding.fixes = registry::secret_fixes(judged.case, secret);
    }
    let title = match &secret {
        Some(secret) => Text::new(
            format!("The registry credentials in {secret} are not valid"),
            format!("{secret} のレジストリの認証情報が無効です"),
        ),
        None => Text::fixed("The registry credentials are not valid", "レジストリの認証情報が無効です"),
    };
    let (en, ja) = if schema {
        (
            "The secret is not JSON with the two members username and password.",
            "シークレットが、username と password を含む JSON ではありません。",
        )
    } else {
        (
            "The registry answered 401: it knows the caller by these credentials, and refuses them.",
            "レジストリは 401 を返し、この認証情報を拒否しました。",
        )
    };
    vec![tell::worded(
        finding,
        title,
        Text::fixed(
            "The credentials for the image's registry are wrong, so the image cannot be pulled.",
            "イメージのレジストリの認証情報に誤りがあるため、イメージをプルできません。",
        ),
        Text::fixed(en, ja),
    )]
}
