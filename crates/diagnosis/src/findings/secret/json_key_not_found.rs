//! `secret.json-key-not-found`: JSON key not in the secret.

use crate::case::Case;
use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, redefine};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, Fix, FixKind};
use crate::model::{Code, Finding};
use crate::requirements::Use;
use crate::symptom::{Cause, Stage, Symptom};
use references::ValueFrom;
use snapshot::{QuestionKind, Text};

/// The rule of `secret.json-key-not-found`.
pub(crate) static RULE: Rule = Rule {
    code: Code("secret.json-key-not-found"),
    page: Page {
        title: Text::fixed("JSON key not in the secret", "シークレットに JSON キーがない"),
        what: Text::fixed(
            "The secret's JSON has no key of the name that the reference asks for. Keys are top-level and case-sensitive.",
            "参照が求める名前のキーが、シークレットの JSON にありません。キーは最上位のもので、大文字と小文字が区別されます。",
        ),
        why: Text::fixed(
            "ECS answers `retrieved secret from Secrets Manager did not contain json key K`, and the task stops within seconds.",
            "ECS は `retrieved secret from Secrets Manager did not contain json key K` を返し、タスクは数秒で停止します。",
        ),
        remedy: Text::fixed(
            "Correct the key in the reference, or add the key to the secret.",
            "参照のキーを修正するか、シークレットにキーを追加します。",
        ),
        not_this: Text::fixed(
            "A secret that is plain text, not JSON, is secret.not-json. A dot in the key does not reach into nested objects.",
            "シークレットが JSON ではなくプレーンテキストの場合は secret.not-json です。キーのドットで入れ子のオブジェクトを指定することはできません。",
        ),
        documentation: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html"],
        examples: &["secret/json_key_not_found/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = tell::items(judged, RULE.code.0).iter().map(word).collect();
    let quoted = judged.case.symptom.as_ref().and_then(|symptom| symptom.quoted.json_key.clone());
    found.extend(
        tell::from_error(judged, RULE.code.0, said, |used| keyed(used, quoted.as_deref())).map(|finding| {
            let name = tell::list(&finding.subject);
            words(finding, &name, quoted.as_deref().unwrap_or_default(), &[], None)
        }),
    );

    let explained = judged.case.symptom.is_some() && !found.is_empty();
    if explained || !may_matter(judged.case) {
        return found;
    }
    found.extend(tell::open(judged, RULE.code.0).map(|finding| {
        let subject = tell::list(&finding.subject);
        tell::worded(
            finding,
            Text::new(
                format!("Whether the JSON has the key is not known of secret {subject}"),
                format!("{subject} の JSON にキーがあるかどうかは未確認です"),
            ),
            Text::fixed(
                "No output shows the keys of a secret without its values.",
                "値を表示せずにシークレットのキーを示す出力はありません。",
            ),
            Text::fixed(
                "Only someone who can see the secret can say which keys its JSON has; give the names only, never the values.",
                "シークレットを参照できる人に、JSON のキーの名前だけを確認してください。値は不要です。",
            ),
        )
    }));

    found
}

/// Whether the error leaves it possible that a key is missing: a call that was refused or found nothing never came to the value, and
/// a registry's credentials are read without a key.
fn may_matter(case: &Case<'_>) -> bool {
    case.symptom.as_ref().is_none_or(|symptom| {
        matches!(symptom.cause, Cause::JsonKey | Cause::NotJson | Cause::Unknown) && symptom.stage != Stage::RegistryAuth
    })
}

fn said(symptom: &Symptom) -> bool {
    symptom.cause == Cause::JsonKey && symptom.quoted.json_key.is_some()
}

fn keyed(used: &Use, key: Option<&str>) -> Option<String> {
    match ValueFrom::parse(&used.text).ok()?.value {
        ValueFrom::Secret(secret) if secret.json_key.as_deref() == key => Some(secret.arn()),
        _ => None,
    }
}

fn word(item: &Item<'_>) -> Finding {
    let used = &item.reference.used;
    let FaultKind::JsonKeyNotFound { key, existing, near } = &item.fault.kind else {
        return item.fail();
    };
    let mut finding = words(
        item.fail(),
        &item.reference.resource,
        key,
        existing,
        near.as_ref().map(|near| near.text.as_str()),
    );
    if let (Some(near), Ok(ValueFrom::Secret(mut secret))) = (near, ValueFrom::parse(&used.text).map(|parsed| parsed.value)) {
        secret.json_key = Some(near.text.clone());
        finding.fixes = redefine::fixes(item.case, used, &secret.to_string());
    }
    let name = &item.reference.resource;
    let change = added(name, key);
    let impact = Text::fixed(
        "A new version of the secret becomes current; everything else that reads the secret gets it too. Keep the other keys in the file.",
        "シークレットの新しいバージョンが現在のバージョンになり、このシークレットを読み取るすべてのものに反映されます。ファイルには他のキーも残してください。",
    );
    let command = format!(
        "aws secretsmanager put-secret-value --secret-id {name} --secret-string file://secret.json{}{}",
        redefine::region(item.case),
        redefine::restart(item.case)
    );
    finding.fixes.push(Fix {
        kind: FixKind::AwsCli,
        text: Text::new(command.clone(), command),
        impact: impact.clone(),
        verified: false,
        change: Some(change.clone()),
    });
    finding.fixes.push(Fix {
        kind: FixKind::Console,
        text: Text::new(
            format!("AWS Secrets Manager > Secrets > {name} > Retrieve secret value > Edit: add the key {key}."),
            format!("AWS Secrets Manager >「シークレット」> {name} >「シークレットの値を取得する」>「編集」で、キー {key} を追加します。"),
        ),
        impact,
        verified: false,
        change: Some(change),
    });
    finding
}

/// The key in the JSON: what a person would answer afterwards. What the error text states stays as it was.
fn added(secret: &str, key: &str) -> Change {
    let (secret, key) = (secret.to_owned(), key.to_owned());
    Change::new(move |snapshot| {
        let question = QuestionKind::SecretJsonKeys.slug();
        let answers = snapshot.answers.iter_mut();
        answers
            .filter(|answer| answer.question.starts_with(question) && (answer.subject == secret || answer.question.ends_with(&secret)))
            .for_each(|answer| answer.value = format!("{}, {key}", answer.value));
    })
}

fn words(finding: Finding, name: &str, key: &str, existing: &[String], near: Option<&str>) -> Finding {
    let (mut en, mut ja) = (String::new(), String::new());
    if !existing.is_empty() {
        en = format!(" Its keys are: {}.", tell::list(existing));
        ja = format!("存在するキー: {}。", tell::list(existing));
    }
    if let Some(near) = near {
        en.push_str(&format!(" The nearest key is {near}."));
        ja.push_str(&format!("最も近いキーは {near} です。"));
    }
    tell::worded(
        finding,
        Text::new(
            format!("Secret {name} has no JSON key {key}"),
            format!("シークレット {name} に JSON キー {key} がありません"),
        ),
        Text::new(
            format!("The task asks for the key {key} of a secret that does not have it."),
            format!("タスクはシークレットのキー {key} を参照していますが、このキーは存在しません。"),
        ),
        Text::new(
            format!("The reference asks for the top-level key {key} of {name}; case counts.{en}"),
            format!("参照は {name} の最上位のキー {key} を指定しています (大文字と小文字は区別されます)。{ja}"),
        ),
    )
}
