//! A role that AWS says does not exist: what both findings about it share.

use super::draft::{cli, console, quoted};
use crate::authorization::{denials, full_role, missing_role};
use crate::judged::Judged;
use crate::least;
use crate::model::{Code, DestinationKey, Finding, Held, Status};
use crate::requirements::Caller;
use snapshot::iam::role::role_name;
use snapshot::{Assumption, Text};

/// The finding, where the CLI's word about that very role was pasted.
pub(super) fn judge(judged: &Judged<'_>, code: Code, caller: Caller, word: &Text) -> Option<Finding> {
    let case = judged.case;
    let fact = if caller == Caller::TaskRole {
        &case.task_role
    } else {
        &case.execution_role
    };
    let Held::Known(named) = fact else {
        return None;
    };
    let arn = full_role(case, named)?;
    let failure = missing_role(case, &arn)?;
    let mut finding = Finding::new(code, Status::Fail);
    finding.subject = vec![arn.0.clone()];
    finding.affects = vec![DestinationKey::Sts];
    finding.denied = vec![("sts:AssumeRole".to_owned(), arn.0.clone())];
    let at_definition = case.definition.map(|definition| {
        definition.member(if caller == Caller::TaskRole {
            "taskRoleArn"
        } else {
            "executionRoleArn"
        })
    });
    let overridden = case.task.filter(|task| {
        let overrides = &task.value.overrides;
        let own = if caller == Caller::TaskRole {
            &overrides.task_role_arn
        } else {
            &overrides.execution_role_arn
        };
        own.is_some()
    });
    let place = overridden.map(|task| task.member("overrides")).or(at_definition);
    finding.evidence = denials::dedup(std::iter::once(failure.at.clone()).chain(place).collect());
    // Asked in which account, unless the message or the bundle says so: in the case's own.
    finding.assumes.extend(
        failure
            .assumption(case.account.as_deref(), None)
            .into_iter()
            .collect::<Vec<Assumption>>(),
    );
    let name = role_name(arn.as_str()).to_owned();
    let code_said = &failure.code;
    finding.title = Text::new(
        format!("The {} {name} does not exist", word.en),
        format!("{} {name} が存在しません", word.ja),
    );
    finding.summary = Text::new(
        format!("The task definition names the {} {name}, which is not in the account.", word.en),
        format!("タスク定義に指定された{} {name} が、アカウントに存在しません。", word.ja),
    );
    finding.explanation = Text::new(
        format!("AWS IAM answered {code_said} for {arn}. Amazon ECS cannot assume a role that does not exist."),
        format!("AWS IAM は {arn} に対して {code_said} を返しました。存在しないロールは引き受けられません。"),
    );
    let trust = least::trust(&case.partition, case.region.as_deref(), case.account.as_deref());
    let impact = Text::fixed(
        "Makes a new role without permissions: attach what the task needs. Nothing restarts; the next start uses it.",
        "権限のない新しいロールを作成するため、タスクに必要なポリシーをアタッチする必要があります。再起動は発生せず、次回の起動から使用されます。",
    );
    let path = arn
        .as_str()
        .split_once(":role")
        .and_then(|(_, rest)| rest.strip_suffix(name.as_str()))
        .filter(|path| *path != "/");
    let path = path.map(|path| format!(" --path {path}")).unwrap_or_default();
    finding.fixes = vec![
        cli(
            format!(
                "aws iam create-role --role-name {name}{path} --assume-role-policy-document {}",
                quoted(&trust.to_line())
            ),
            impact.clone(),
            None,
        ),
        console(
            Text::new(
                format!(
                    "IAM console > Roles > Create role > AWS service > Elastic Container Service Task: name it {name}. Or register a revision that names an existing role."
                ),
                format!(
                    "IAM コンソール > ロール > ロールを作成 > AWS のサービス > Elastic Container Service Task: {name} という名前にします。または、存在するロールを指定した新しいリビジョンを登録します。"
                ),
            ),
            impact,
            None,
        ),
    ];
    Some(finding)
}
