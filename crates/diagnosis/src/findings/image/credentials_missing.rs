//! `image.credentials-missing`: registry credentials missing.

use crate::case::Case;
use crate::existence::registry::{self, Pull};
use crate::existence::{needs_credentials, says, stated, tell, unasked};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::Status;
use crate::model::{Code, Finding};
use crate::symptom::{Cause, Stage};
use snapshot::Text;

/// The rule of `image.credentials-missing`.
pub(crate) static RULE: Rule = Rule {
    code: Code("image.credentials-missing"),
    page: Page {
        title: Text::fixed("Registry credentials missing", "レジストリの認証情報がない"),
        what: Text::fixed(
            "The image is in a private registry other than Amazon ECR, and the container has no `repositoryCredentials`: it was asked for without a name.",
            "イメージは Amazon ECR 以外のプライベートレジストリにありますが、コンテナに `repositoryCredentials` がないため、匿名で要求されました。",
        ),
        why: Text::fixed(
            "The registry refuses the anonymous pull: `failed to fetch anonymous token … 401 Unauthorized` or `no basic auth credentials`.",
            "レジストリは匿名のプルを拒否します (`failed to fetch anonymous token … 401 Unauthorized`、`no basic auth credentials`)。",
        ),
        remedy: Text::fixed(
            "Store user name and password in Secrets Manager, name the secret in `repositoryCredentials`, and allow the task execution role to read it.",
            "ユーザー名とパスワードを Secrets Manager に保存し、`repositoryCredentials` に指定して、タスク実行ロールに読み取りを許可します。",
        ),
        not_this: Text::fixed(
            "`pull access denied, repository does not exist or may require authorization` may as well be a wrong name; a bare name such as `app` is looked for on Docker Hub.",
            "`pull access denied, repository does not exist or may require authorization` は名前の誤りの可能性もあります。`app` のような名前だけのイメージは Docker Hub で検索されます。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html",
        ],
        examples: &["image/credentials_missing/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let Some((symptom, at)) = stated(judged.case) else {
        return answered(judged);
    };
    if symptom.cause != Cause::AccessDenied || symptom.stage != Stage::ImagePull {
        return answered(judged);
    }
    let Some(pull) = registry::pull(judged) else {
        return Vec::new();
    };
    if pull.credentials.is_some() {
        return Vec::new();
    }
    let anonymous = says(symptom, "fetch anonymous token") && says(symptom, "401") || says(symptom, "no basic auth credentials");
    let (status, missing) = if anonymous {
        (Status::Fail, Vec::new())
    } else {
        // A registry answers alike for an image that is private and for one that is not there.
        let Some(question) = unasked(judged.case, &pull.image) else {
            return answered(judged);
        };
        let needs = registry::meant_for_ecr(judged.case, &pull).into_iter().chain([question]);
        (Status::Unknown, needs.collect())
    };
    let mut finding = Finding::new(RULE.code, status);
    finding.subject = vec![pull.container.clone().unwrap_or_else(|| pull.image.clone())];
    finding.affects = vec![pull.key.clone()];
    finding.evidence = [Some(at.clone()), pull.at.clone()].into_iter().flatten().collect();
    finding.missing = missing;
    vec![words(judged.case, finding, &pull)]
}

/// Images of which someone said that they need credentials, in containers that have none.
fn answered(judged: &Judged<'_>) -> Vec<Finding> {
    // Without the definition nobody sees what a container has.
    if judged.case.definition.is_none() {
        return Vec::new();
    }
    let with: Vec<String> = registry::credentials(judged).into_iter().map(|used| used.container).collect();
    let mut found = Vec::new();
    for destination in &judged.destinations {
        for reference in &destination.references {
            let used = &reference.used;
            let (Some(at), false) = (needs_credentials(judged.case, &used.text), with.contains(&used.container)) else {
                continue;
            };
            let mut finding = Finding::new(RULE.code, Status::Fail);
            finding.subject = vec![used.container.clone()];
            finding.affects = vec![destination.requirement.key.clone()];
            finding.evidence = vec![at.clone(), used.at.clone()];
            let pull = Pull {
                image: used.text.clone(),
                host: destination.requirement.host.clone(),
                key: destination.requirement.key.clone(),
                container: Some(used.container.clone()),
                at: Some(used.at.clone()),
                credentials: None,
            };
            found.push(words(judged.case, finding, &pull));
        }
    }
    found
}

/// Why the refusal leaves open what is wrong.
fn why(pull: &Pull, bare: bool) -> Text {
    let (image, host) = (&pull.image, &pull.host);
    if pull.container.is_none() && !bare {
        return Text::new(
            format!(
                "The container that names {image} was not pasted, so whether it has repositoryCredentials is not known. {host} refuses so whether the image is private or not there; the task definition, and someone who can see the image there, can tell."
            ),
            format!(
                "{image} を使用するコンテナの定義が貼り付けられていないため、repositoryCredentials の有無は未確認です。{host} は、イメージがプライベートの場合も存在しない場合も同じように拒否します。タスク定義と、{host} を参照できる人に確認してください。"
            ),
        );
    }
    if bare {
        return Text::new(
            format!(
                "{image} names no registry, so it was looked for on {host}. If it was meant as an image in Amazon ECR, the repository of that name shows it; else someone who can see it on {host} can tell whether it is there and private."
            ),
            format!(
                "{image} にはレジストリの指定がないため、{host} で検索されました。Amazon ECR のイメージを意図していた場合は、同名のリポジトリの有無で確認できます。そうでない場合は、{host} でイメージの有無と公開設定を確認してください。"
            ),
        );
    }
    Text::new(
        format!(
            "The container that names {image} has no repositoryCredentials, so {host} was asked without a name. It refuses so whether the image is private or not there; someone who can see it there can tell."
        ),
        format!(
            "{image} を使用するコンテナに repositoryCredentials がないため、{host} には匿名で要求されました。イメージがプライベートの場合も存在しない場合も、同じように拒否されます。{host} を参照できる人に確認してください。"
        ),
    )
}

fn words(case: &Case<'_>, mut finding: Finding, pull: &Pull) -> Finding {
    let (image, host) = (&pull.image, &pull.host);
    if finding.status == Status::Unknown {
        return tell::worded(
            finding,
            Text::new(
                format!("Whether {image} is private or does not exist is not known"),
                format!("{image} がプライベートなのか存在しないのかは未確認です"),
            ),
            Text::new(
                format!("{host} refused the pull without saying whether the image exists."),
                format!("{host} はプルを拒否しましたが、イメージの有無は示していません。"),
            ),
            why(pull, registry::meant_for_ecr(case, pull).is_some()),
        );
    }
    finding.fixes = registry::credentials_fixes(case, pull);
    tell::worded(
        finding,
        Text::new(
            format!("{host} wants credentials for {image}, and none were sent"),
            format!("{host} は {image} の認証情報を求めましたが、送信されていません"),
        ),
        Text::fixed(
            "The image is in a private registry, and the task definition has no credentials for it.",
            "イメージはプライベートレジストリにありますが、タスク定義にその認証情報がありません。",
        ),
        Text::new(
            format!("The registry refused an anonymous pull of {image}: the container that names it has no repositoryCredentials."),
            format!(
                "レジストリは {image} の匿名のプルを拒否しました。このイメージを使用するコンテナに repositoryCredentials がありません。"
            ),
        ),
    )
}
