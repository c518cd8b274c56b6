//! `envfile.not-found`: environment file not found.

use crate::case::Case;
use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, is_gone, redefine};
use crate::findings::iam::draft::{cli, console};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, Fix};
use crate::model::{Code, Finding};
use crate::requirements::{Use, UseKind};
use snapshot::s3::ObjectHead;
use snapshot::{Found, Text};

/// The rule of `envfile.not-found`.
pub(crate) static RULE: Rule = Rule {
    code: Code("envfile.not-found"),
    page: Page {
        title: Text::fixed("Environment file not found", "環境ファイルが存在しない"),
        what: Text::fixed(
            "The environment file is not in the bucket, or the bucket does not exist.",
            "環境ファイルがバケットに存在しないか、バケット自体が存在しません。",
        ),
        why: Text::fixed(
            "The file is downloaded before the container starts. Amazon S3 answers 404; where the role lacks `s3:ListBucket` it answers 403 for a missing object too.",
            "ファイルはコンテナの起動前にダウンロードされます。Amazon S3 は 404 を返します。ロールに `s3:ListBucket` がない場合は、オブジェクトが存在しなくても 403 を返します。",
        ),
        remedy: Text::fixed(
            "Upload the file, or correct bucket and key in the task definition.",
            "ファイルをアップロードするか、タスク定義のバケットとキーを修正します。",
        ),
        not_this: Text::fixed(
            "403 alone does not say whether the object is there.",
            "403 だけでは、オブジェクトの有無は判断できません。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html",
            "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html",
        ],
        examples: &["envfile/not_found/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = tell::items(judged, RULE.code.0).iter().map(word).collect();
    found.extend(tell::from_error(judged, RULE.code.0, is_gone, asked).map(|mut finding| {
        let paths = finding
            .subject
            .iter()
            .filter_map(|file| file.split_once(":::").map(|(_, path)| path));
        finding.fixes = paths.flat_map(|path| upload(judged.case, path, None)).collect();
        let Text {
            en: subject,
            ja: subject_ja,
        } = tell::either(&finding.subject);
        tell::worded(
            finding,
            Text::new(
                format!("Environment file {subject} does not exist"),
                format!("環境ファイル {subject_ja} が存在しません"),
            ),
            Text::fixed(
                "An environment file that the task needs is not there.",
                "タスクに必要な環境ファイルが存在しません。",
            ),
            Text::fixed(
                "Amazon S3 answered the task that the object does not exist.",
                "Amazon S3 は、オブジェクトが存在しないとタスクに応答しました。",
            ),
        )
    }));

    found.extend(tell::open(judged, RULE.code.0).map(|finding| {
        let subject = tell::list(&finding.subject);
        tell::worded(
            finding,
            Text::new(
                format!("Whether it exists is not known of environment file {subject}"),
                format!("{subject} の有無は未確認です"),
            ),
            Text::fixed(
                "Nothing pasted shows whether the environment file exists.",
                "貼り付けられた出力からは、環境ファイルの有無を確認できません。",
            ),
            Text::fixed(
                "`head-object` shows whether the file is there, and never what is in it.",
                "`head-object` で、ファイルの有無を確認できます。内容は表示されません。",
            ),
        )
    }));

    found
}

fn asked(used: &Use) -> Option<String> {
    (used.kind == UseKind::EnvironmentFile).then(|| used.text.clone())
}

fn word(item: &Item<'_>) -> Finding {
    let used = &item.reference.used;
    let labels = item.labels();
    let file = &item.reference.resource;
    let finding = item.fail();
    let path = file.split_once(":::").map_or(file.as_str(), |(_, path)| path);
    let bucket = path.split('/').next().unwrap_or(path);
    let (what, what_ja, near) = match &item.fault.kind {
        FaultKind::BucketNotFound => (
            format!("The bucket {bucket} does not exist."),
            format!("バケット {bucket} が存在しません。"),
            None,
        ),
        FaultKind::NotFound { near, .. } => {
            let words = near.as_ref().map(tell::nearest).unwrap_or_default();
            let lead = "The object is not in the bucket.".to_owned();
            (
                format!("{lead} {}", words.en).trim_end().to_owned(),
                format!("オブジェクトがバケットに存在しません。{}", words.ja),
                near.clone(),
            )
        }
        _ => return finding,
    };
    let (noun, noun_ja) = match used.kind {
        UseKind::EnvironmentFile => ("Environment file", "環境ファイル"),
        _ => ("File", "ファイル"),
    };
    let mut finding = tell::worded(
        finding,
        Text::new(format!("{noun} {path} does not exist"), format!("{noun_ja} {path} が存在しません")),
        Text::fixed(
            "The task definition names a file that is not there, so the container cannot start.",
            "タスク定義が参照するファイルが存在しないため、コンテナを起動できません。",
        ),
        Text::new(
            format!("The {} is {file}. {what}", labels.en),
            format!("{} は {file} です。{what_ja}", labels.ja),
        ),
    );
    let change = match &item.fault.kind {
        FaultKind::NotFound { .. } => Some(uploaded(used, bucket, path)),
        _ => None,
    };
    if let Some(near) = near {
        let prefix = file.split_once(":::").map_or("arn:aws:s3", |(head, _)| head);
        finding.fixes = redefine::fixes(item.case, used, &format!("{prefix}:::{bucket}/{}", near.text));
    }
    finding.fixes.extend(upload(item.case, path, change));
    finding
}

/// The file put where it is looked for: bucket and key.
fn upload(case: &Case<'_>, path: &str, change: Option<Change>) -> Vec<Fix> {
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    let file = path.rsplit('/').next().unwrap_or("app.env");
    let command = format!("aws s3 cp {file} s3://{path}{}", redefine::restart(case));
    let impact = Text::fixed(
        "A new object in the bucket; tasks started afterwards read it. Whoever may read the bucket can read it.",
        "バケットに新しいオブジェクトが作成され、以降に起動するタスクが読み取ります。バケットの読み取り権限を持つ人は内容を参照できます。",
    );
    let steps = Text::new(
        format!("Amazon S3 > Buckets > {bucket} > Upload: put the file under the key {key}."),
        format!("Amazon S3 >「バケット」> {bucket} >「アップロード」で、キー {key} にファイルを配置します。"),
    );
    vec![cli(command, impact.clone(), change.clone()), console(steps, impact, change)]
}

/// The file put there.
fn uploaded(used: &Use, bucket: &str, path: &str) -> Change {
    let (at, bucket) = (used.at.clone(), bucket.to_owned());
    let key = path.split_once('/').map(|(_, key)| key.to_owned());
    Change::new(move |snapshot| {
        let value = ObjectHead {
            bucket: Some(bucket.clone()),
            key: key.clone(),
            content_length: None,
            encryption: None,
            kms_key_id: None,
        };
        snapshot.s3.heads.push(Found {
            value,
            at: at.clone(),
            collected: None,
        });
    })
}
