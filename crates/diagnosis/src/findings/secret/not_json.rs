//! `secret.not-json`: jSON key asked of a secret that is not JSON.

use crate::case::Case;
use crate::existence::tell::{self, Item};
use crate::existence::{redefine, says};
use crate::findings::iam::draft::{cli, console};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding, Fix};
use crate::requirements::Use;
use crate::symptom::{Cause, Symptom};
use references::ValueFrom;
use snapshot::Text;

/// The rule of `secret.not-json`.
pub(crate) static RULE: Rule = Rule {
    code: Code("secret.not-json"),
    page: Page {
        title: Text::fixed(
            "JSON key asked of a secret that is not JSON",
            "JSON ではないシークレットに対する JSON キーの指定",
        ),
        what: Text::fixed(
            "The reference names a JSON key, but the secret's value is plain text or broken JSON.",
            "参照は JSON キーを指定していますが、シークレットの値はプレーンテキストか、壊れた JSON です。",
        ),
        why: Text::fixed(
            "ECS answers `invalid character 'x' looking for beginning of value` (or similar), naming neither secret nor key.",
            "ECS は `invalid character 'x' looking for beginning of value` などのエラーを返します。シークレットもキーも示されません。",
        ),
        remedy: Text::fixed(
            "Leave out the key (three colons less), or store the secret as a JSON object.",
            "キーの指定 (3 つのコロン) を取り除くか、シークレットを JSON オブジェクトとして保存します。",
        ),
        not_this: Text::fixed(
            "JSON that lacks the key is secret.json-key-not-found. A registry's credentials that are no JSON are image.credentials-invalid.",
            "JSON にキーがない場合は secret.json-key-not-found です。レジストリの認証情報が JSON でない場合は image.credentials-invalid です。",
        ),
        documentation: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html"],
        examples: &["secret/not_json/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = tell::items(judged, RULE.code.0).iter().map(word).collect();
    found.extend(tell::from_error(judged, RULE.code.0, said, keyed).map(|finding| {
        let name = tell::list(&finding.subject);
        let mut finding = words(finding, &name);
        finding.fixes = match finding.subject.as_slice() {
            [] => as_json(judged.case, "SECRET"),
            named => named.iter().flat_map(|secret| as_json(judged.case, secret)).collect(),
        };
        finding
    }));
    found
}

fn said(symptom: &Symptom) -> bool {
    symptom.cause == Cause::NotJson && !says(symptom, "unmarshal secret value")
}

fn keyed(used: &Use) -> Option<String> {
    match ValueFrom::parse(&used.text).ok()?.value {
        ValueFrom::Secret(secret) if secret.json_key.is_some() => Some(secret.arn()),
        _ => None,
    }
}

fn word(item: &Item<'_>) -> Finding {
    let used = &item.reference.used;
    let mut finding = words(item.fail(), &item.reference.resource);
    if let Ok(ValueFrom::Secret(mut secret)) = ValueFrom::parse(&used.text).map(|parsed| parsed.value) {
        secret.json_key = None;
        finding.fixes = redefine::fixes(item.case, used, &secret.to_string());
    }
    finding
}

/// The value stored anew as JSON, where it is not known which reference asks for a key.
fn as_json(case: &Case<'_>, secret: &str) -> Vec<Fix> {
    let command = format!(
        "aws secretsmanager put-secret-value --secret-id {secret} --secret-string file://secret.json{}{}",
        redefine::region_of(case, secret),
        redefine::restart(case)
    );
    let impact = Text::fixed(
        "A new version of the secret becomes current for everything that reads it.",
        "シークレットの新しいバージョンが現在のバージョンになり、このシークレットを読み取るすべてのものに反映されます。",
    );
    let steps = Text::new(
        format!(
            "AWS Secrets Manager > Secrets > {secret} > Retrieve secret value > Edit: store key and value pairs; or leave the key out of the reference in the task definition."
        ),
        format!(
            "AWS Secrets Manager >「シークレット」> {secret} >「シークレットの値を取得する」>「編集」でキーと値のペアとして保存するか、タスク定義の参照から JSON キーを削除します。"
        ),
    );
    vec![cli(command, impact.clone(), None), console(steps, impact, None)]
}

fn words(finding: Finding, name: &str) -> Finding {
    let (en, ja) = match finding.subject.len() {
        0 => (
            "The secret that the task reads".to_owned(),
            "タスクが読み取るシークレット".to_owned(),
        ),
        1 => (format!("Secret {name}"), format!("シークレット {name}")),
        _ => (format!("One of the secrets {name}"), format!("シークレット {name} のいずれか")),
    };
    tell::worded(
        finding,
        Text::new(format!("{en} is not JSON"), format!("{ja} は JSON ではありません")),
        Text::fixed(
            "The task asks for a key inside a secret that is plain text, not JSON.",
            "タスクは JSON ではないシークレットのキーを参照しています。",
        ),
        Text::new(
            format!(
                "{en} could not be read as JSON, but the reference asks for a key in it. Without a key the whole value is taken as it is."
            ),
            format!(
                "{ja} は JSON として読み取れませんが、参照は JSON キーを指定しています。キーを省略すると、値全体がそのまま使用されます。"
            ),
        ),
    )
}
