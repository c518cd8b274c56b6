//! `parameter.not-found`: parameter not found.

use crate::case::Case;
use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, made, redefine, stated};
use crate::findings::iam::draft::{cli, console};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, Fix};
use crate::model::{Code, Finding};
use crate::requirements::Use;
use crate::symptom::{Cause, Service, Symptom};
use references::ValueFrom;
use snapshot::Text;

/// The rule of `parameter.not-found`.
pub(crate) static RULE: Rule = Rule {
    code: Code("parameter.not-found"),
    page: Page {
        title: Text::fixed("Parameter not found", "パラメータが存在しない"),
        what: Text::fixed(
            "No parameter of that name exists in the account and Region that the reference names; a bare name means the task's own.",
            "参照が示すアカウントとリージョンに、その名前のパラメータが存在しません。名前だけの場合は、タスク自身のリージョンとアカウントを意味します。",
        ),
        why: Text::fixed(
            "`GetParameters` gives the name back: `invalid ssm parameters: NAME` (EC2: `invalid parameters: NAME`), and the task stops within seconds. Names are case-sensitive, and a leading slash counts.",
            "`GetParameters` は見つからない名前を返します (`invalid ssm parameters: NAME`、EC2 では `invalid parameters: NAME`)。タスクは数秒で停止します。名前の大文字と小文字、先頭のスラッシュは区別されます。",
        ),
        remedy: Text::fixed(
            "Name the existing parameter, by ARN if it is in another Region, or create it.",
            "既存のパラメータを指定するか (別のリージョンにある場合は ARN で)、パラメータを作成します。",
        ),
        not_this: Text::fixed(
            "The bare name of a Secrets Manager secret is read as a parameter's name: then the secret's ARN is what is missing. `AccessDeniedException` is a matter of permissions.",
            "Secrets Manager のシークレット名だけを書くと、パラメータ名として扱われます。この場合はシークレットの ARN を指定します。`AccessDeniedException` は権限の問題です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html",
            "https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html",
        ],
        examples: &["parameter/not_found/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = tell::items(judged, RULE.code.0).iter().map(word).collect();
    found.extend(tell::from_error(judged, RULE.code.0, said, asked).map(|mut finding| {
        if let Some((symptom, _)) = stated(judged.case) {
            finding.subject.clone_from(&symptom.quoted.parameter);
        }
        if let [one] = finding.subject.as_slice() {
            finding.fixes = create(judged.case, one, one, None);
        }
        let subject = tell::list(&finding.subject);
        tell::worded(
            finding,
            Text::new(
                format!("Parameter {subject} does not exist"),
                format!("パラメータ {subject} が存在しません"),
            ),
            Text::fixed(
                "The task asks for a parameter that does not exist.",
                "タスクが参照するパラメータは存在しません。",
            ),
            Text::fixed(
                "Parameter Store gave the name back to the task as one that it does not have in that Region.",
                "パラメータストアは、そのリージョンに存在しない名前としてタスクに応答しました。",
            ),
        )
    }));

    found.extend(tell::open(judged, RULE.code.0).map(|finding| {
        let subject = tell::list(&finding.subject);
        tell::worded(
            finding,
            Text::new(
                format!("Whether it exists is not known of parameter {subject}"),
                format!("{subject} の有無は未確認です"),
            ),
            Text::fixed(
                "Nothing pasted shows whether the parameter exists.",
                "貼り付けられた出力からは、パラメータの有無を確認できません。",
            ),
            Text::fixed(
                "`describe-parameters` shows whether it exists in that Region, never the value.",
                "`describe-parameters` で、そのリージョンでの有無を確認できます。値は表示されません。",
            ),
        )
    }));

    found
}

fn said(symptom: &Symptom) -> bool {
    symptom.cause == Cause::NotFound && symptom.service == Some(Service::Ssm) && !symptom.quoted.parameter.is_empty()
}

fn asked(used: &Use) -> Option<String> {
    match ValueFrom::parse(&used.text).ok()?.value {
        ValueFrom::Secret(_) => None,
        ValueFrom::Parameter(parameter) => Some(parameter.name),
        ValueFrom::SecretThroughParameterStore(through) => Some(through.parameter.name),
    }
}

fn word(item: &Item<'_>) -> Finding {
    let used = &item.reference.used;
    let labels = item.labels();
    let mut finding = item.fail();
    let name = asked(used).unwrap_or_else(|| snapshot::ssm::parameter_name(&item.reference.resource).to_owned());
    let place = item
        .reference
        .resource
        .strip_prefix("arn:")
        .and_then(|rest| rest.split(':').nth(2))
        .unwrap_or_default();
    let FaultKind::NotFound { near, .. } = &item.fault.kind else {
        return finding;
    };
    let selector = match ValueFrom::parse(&used.text).map(|parsed| parsed.value) {
        Ok(ValueFrom::Parameter(parameter)) => parameter.selector.filter(|_| near.as_ref().is_some_and(|near| near.text == name)),
        _ => None,
    };
    if let (Some(selector), Some(near)) = (&selector, near) {
        finding.fixes = redefine::fixes(item.case, used, &near.text);
        return word_selector(finding, &labels, &name, selector);
    }
    let (written, written_ja) = if used.text == name {
        Default::default()
    } else {
        (format!(" as {}", used.text), format!(" ({})", used.text))
    };
    let (mut en, mut ja) = (
        format!(
            "The {} asks for {name}{written}; no such parameter exists there{}.",
            labels.en,
            if place.is_empty() { String::new() } else { format!(" ({place})") }
        ),
        format!(
            "{} は {name}{written_ja} を参照していますが、{}このパラメータは存在しません。",
            labels.ja,
            if place.is_empty() { String::new() } else { format!("{place} に") }
        ),
    );
    // A name with levels needs a leading slash, so no other can be created.
    let unqualified = name.contains('/') && !name.starts_with('/');
    if unqualified {
        en.push_str(" A parameter's name that contains a slash begins with one.");
        ja.push_str("スラッシュを含むパラメータ名は、スラッシュで始まります。");
    }
    if let Some(near) = near {
        if near.text.contains(":secretsmanager:") {
            en.push_str(&format!(
                " A Secrets Manager secret is called so: its ARN is {}. ECS reads a bare name as a parameter's.",
                near.text
            ));
            ja.push_str(&format!(
                "同じ名前の Secrets Manager のシークレットが存在します (ARN: {})。ECS は名前だけの参照をパラメータとして扱います。",
                near.text
            ));
        } else {
            let words = tell::nearest(near);
            en.push_str(&format!(" {}", words.en));
            ja.push_str(&words.ja);
        }
        finding.fixes = redefine::fixes(item.case, used, &near.text);
    } else if unqualified {
        finding.fixes = redefine::fixes(item.case, used, &format!("/{name}"));
    } else {
        if used.text == name && !name.contains('/') {
            en.push_str(
                " ECS reads a bare name as a parameter's, also where a Secrets Manager secret is called so; a secret is named by its ARN.",
            );
            ja.push_str("ECS は名前だけの参照を、同名の Secrets Manager のシークレットがある場合でもパラメータとして扱います。シークレットは ARN で指定します。");
        }
        let change = made::parameter(used, &item.reference.resource);
        finding.fixes = create(item.case, &name, &item.reference.resource, change);
    }
    tell::worded(
        finding,
        Text::new(
            format!("Parameter {name} does not exist"),
            format!("パラメータ {name} が存在しません"),
        ),
        Text::fixed(
            "The task definition names a parameter that does not exist, so the task stops before its containers start.",
            "タスク定義が参照するパラメータは存在しないため、タスクはコンテナの起動前に停止します。",
        ),
        Text::new(en, ja),
    )
}

/// A parameter that is there, without the version or label that is asked for.
fn word_selector(finding: Finding, labels: &Text, name: &str, selector: &str) -> Finding {
    let number = selector.bytes().all(|byte| byte.is_ascii_digit());
    let (what, what_ja) = if number {
        ("version", "バージョン")
    } else {
        ("label", "ラベル")
    };
    tell::worded(
        finding,
        Text::new(
            format!("Parameter {name} has no {what} {selector}"),
            format!("パラメータ {name} に{what_ja} {selector} がありません"),
        ),
        Text::fixed(
            "The task definition names a version or label that the parameter does not have, so the task stops before its containers start.",
            "タスク定義が参照するバージョンまたはラベルがパラメータに存在しないため、タスクはコンテナの起動前に停止します。",
        ),
        Text::new(
            format!(
                "The {} asks for {what} {selector} of {name}. The parameter exists without it; a reference without {what} reads the current value.",
                labels.en
            ),
            format!(
                "{} は {name} の{what_ja} {selector} を参照しています。パラメータは存在しますが、この{what_ja}はありません。{what_ja}を付けない参照では現在の値が読み取られます。",
                labels.ja
            ),
        ),
    )
}

fn create(case: &Case<'_>, name: &str, resource: &str, change: Option<Change>) -> Vec<Fix> {
    let impact = Text::fixed(
        "A new parameter; standard parameters cost nothing. Tasks started afterwards read it.",
        "パラメータが新規作成されます (標準パラメータは無料)。以降に起動するタスクが読み取ります。",
    );
    let command = format!(
        "aws ssm put-parameter --name {name} --type SecureString --value file://value.txt{}",
        redefine::region_of(case, resource)
    );
    let steps = Text::new(
        format!("AWS Systems Manager > Parameter Store > Create parameter: {name}."),
        format!("AWS Systems Manager >「パラメータストア」>「パラメータの作成」で {name} を作成します。"),
    );
    vec![cli(command, impact.clone(), change.clone()), console(steps, impact, change)]
}
