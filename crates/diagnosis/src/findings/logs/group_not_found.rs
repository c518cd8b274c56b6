//! `logs.group-not-found`: log group not found.

use crate::existence::tell::{self, Item};
use crate::existence::{FaultKind, mistake, redefine};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, Fix, FixKind};
use crate::model::{Code, Finding};
use crate::requirements::{Use, UseKind};
use crate::symptom::{Cause, Service, Stage, Symptom};
use snapshot::Found;
use snapshot::Text;
use snapshot::logs::LogGroup;

/// The rule of `logs.group-not-found`.
pub(crate) static RULE: Rule = Rule {
    code: Code("logs.group-not-found"),
    page: Page {
        title: Text::fixed("Log group not found", "ロググループが存在しない"),
        what: Text::fixed(
            "A container logs with `awslogs` to a log group that does not exist, and `awslogs-create-group` does not ask for it to be made.",
            "コンテナの `awslogs` が指定するロググループが存在せず、`awslogs-create-group` による作成も指定されていません。",
        ),
        why: Text::fixed(
            "The log driver is set up before the container starts; it fails with `ResourceNotFoundException: The specified log group does not exist`.",
            "ログドライバーはコンテナの起動前に初期化されます。`ResourceNotFoundException: The specified log group does not exist` で失敗します。",
        ),
        remedy: Text::fixed(
            "Create the log group, or set `awslogs-create-group` to `true` and allow the task execution role `logs:CreateLogGroup`.",
            "ロググループを作成するか、`awslogs-create-group` を `true` にしてタスク実行ロールに `logs:CreateLogGroup` を許可します。",
        ),
        not_this: Text::fixed(
            "`The task cannot find the Amazon CloudWatch log group … There is a connection issue` next to `signal: killed` or a timeout is a network fault, not a missing group.",
            "`signal: killed` やタイムアウトと並ぶ `The task cannot find the Amazon CloudWatch log group … There is a connection issue` は、ロググループの不在ではなくネットワークの問題です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html",
        ],
        examples: &["logs/group_not_found/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = tell::items(judged, RULE.code.0).iter().map(word).collect();
    found.extend(tell::from_error(judged, RULE.code.0, said, asked).map(|finding| {
        let Text {
            en: subject,
            ja: subject_ja,
        } = tell::either(&finding.subject);
        tell::worded(
            finding,
            Text::new(
                format!("Log group {subject} does not exist"),
                format!("ロググループ {subject_ja} が存在しません"),
            ),
            Text::fixed("A container's log group does not exist.", "コンテナのロググループが存在しません。"),
            Text::fixed(
                "CloudWatch Logs answered the task that the log group does not exist in the Region that awslogs-region names.",
                "CloudWatch Logs は、awslogs-region が示すリージョンにロググループが存在しないとタスクに応答しました。",
            ),
        )
    }));

    found.extend(tell::open(judged, RULE.code.0).map(|finding| {
        let subject = tell::list(&finding.subject);
        tell::worded(
            finding,
            Text::new(
                format!("Whether it exists is not known of log group {subject}"),
                format!("{subject} の有無は未確認です"),
            ),
            Text::fixed(
                "Nothing pasted shows whether the log group exists.",
                "貼り付けられた出力からは、ロググループの有無を確認できません。",
            ),
            Text::fixed(
                "`describe-log-groups` shows whether it exists in the Region that awslogs-region names.",
                "`describe-log-groups` で、awslogs-region が示すリージョンでの有無を確認できます。",
            ),
        )
    }));

    found
}

fn said(symptom: &Symptom) -> bool {
    symptom.cause == Cause::NotFound && symptom.stage == Stage::LogDriver && symptom.service == Some(Service::Logs)
}

fn asked(used: &Use) -> Option<String> {
    (used.kind == UseKind::LogGroup).then(|| used.text.clone())
}

fn word(item: &Item<'_>) -> Finding {
    let used = &item.reference.used;
    let labels = item.labels();
    let name = used.text.clone();
    let finding = item.fail();
    if let FaultKind::Malformed(malformed) = &item.fault.kind {
        let what = mistake(malformed, &name);
        let mut finding = tell::worded(
            finding,
            Text::new(
                format!("{name} cannot be a log group's name"),
                format!("{name} はロググループ名として使用できません"),
            ),
            Text::fixed(
                "A container's log group has a name that cannot exist.",
                "コンテナのロググループに、存在し得ない名前が指定されています。",
            ),
            Text::new(
                format!("The {} go to {name}. {}", labels.en, what.en),
                format!("{} の出力先は {name} です。{}", labels.ja, what.ja),
            ),
        );
        if let Some(corrected) = &malformed.corrected {
            finding.fixes = redefine::fixes(item.case, used, corrected);
        }
        return finding;
    }
    let FaultKind::NotFound { near, .. } = &item.fault.kind else {
        return finding;
    };
    let near_words = near.as_ref().map(tell::nearest);
    let (near_en, near_ja) = near_words
        .map(|words| (format!(" {}", words.en), words.ja.into_owned()))
        .unwrap_or_default();
    let mut finding = tell::worded(
        finding,
        Text::new(
            format!("Log group {name} does not exist"),
            format!("ロググループ {name} が存在しません"),
        ),
        Text::fixed(
            "The log group that a container writes to does not exist, so the container cannot start.",
            "コンテナの出力先のロググループが存在しないため、コンテナを起動できません。",
        ),
        Text::new(
            format!(
                "The {} go to {name}, which does not exist in that account and Region, and awslogs-create-group is not true.{near_en}",
                labels.en
            ),
            format!(
                "{} の出力先 {name} は、そのアカウントとリージョンに存在せず、awslogs-create-group も true ではありません。{near_ja}",
                labels.ja
            ),
        ),
    );
    let region = item
        .reference
        .resource
        .split(':')
        .nth(3)
        .map(|region| format!(" --region {region}"))
        .unwrap_or_else(|| redefine::region(item.case));
    let command = format!("aws logs create-log-group --log-group-name {name}{region}");
    let impact = Text::fixed(
        "A new log group; it keeps its events for ever, and bills for them, until a retention is set.",
        "ロググループが新規作成されます。保持期間を設定するまで、イベントは無期限に保存され、課金されます。",
    );
    let (group, arn) = (name.clone(), item.reference.resource.clone());
    let change = Change::new(move |snapshot| {
        let at = snapshot.ecs.task_definitions.iter().next().map(|found| found.at.clone());
        if let Some(at) = at {
            let value = LogGroup {
                log_group_name: Some(group.clone()),
                log_group_arn: Some(arn.as_str().into()),
                arn: Some(format!("{arn}:*").into()),
                ..LogGroup::default()
            };
            snapshot.logs.groups.insert(Found {
                value,
                at,
                collected: None,
            });
        }
    });
    finding.fixes = vec![
        Fix {
            kind: FixKind::AwsCli,
            text: Text::new(command.clone(), command),
            impact: impact.clone(),
            verified: false,
            change: Some(change.clone()),
        },
        Fix {
            kind: FixKind::Console,
            text: Text::new(
                format!("Amazon CloudWatch > Log groups > Create log group: {name}."),
                format!("Amazon CloudWatch >「ロググループ」>「ロググループを作成」で {name} を作成します。"),
            ),
            impact,
            verified: false,
            change: Some(change),
        },
    ];
    if let Some(near) = near {
        finding.fixes.extend(redefine::fixes(item.case, used, &near.text));
    }
    finding
}
