//! `iam.trust-denied`: the role's trust policy does not let Amazon ECS assume it for this task.

use super::draft::{cli, console, document, quoted};
use crate::authorization::denials::{self, Made};
use crate::authorization::{ask_role, cite};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::least;
use crate::model::{Change, Code, DestinationKey, Finding, Fix, Status};
use crate::requirements::Caller;
use crate::symptom::Stage;
use policy::{LayerKind, Verdict};
use snapshot::PolicyDocument;
use snapshot::Text;
use snapshot::iam::role::role_name;
use snapshot::ids::ArnText;

const CODE: Code = Code("iam.trust-denied");

pub(super) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed("Amazon ECS may not assume the role", "Amazon ECS がロールを引き受けられません"),
        what: Text::fixed(
            "The trust policy of the task execution role (or of the task role) does not let ecs-tasks.amazonaws.com assume it for a task of this account and Region.",
            "タスク実行ロール (またはタスクロール) の信頼ポリシーが、このアカウントとリージョンのタスクのために ecs-tasks.amazonaws.com がロールを引き受けることを許可していません。",
        ),
        why: Text::fixed(
            "Without the role there are no credentials for the start. The error says that ECS was unable to assume the role. Usual causes: another service as principal (ec2, lambda), a wrong account or Region in aws:SourceArn, or the ARN of one cluster there, which Amazon ECS does not support.",
            "ロールを引き受けられないと、起動に必要な認証情報が得られません。エラーには、ECS がロールを引き受けられなかったことが示されます。よくある原因は、プリンシパルが別のサービス (ec2、lambda) であること、aws:SourceArn のアカウントまたはリージョンの誤り、Amazon ECS がサポートしていない特定のクラスターの ARN の指定です。",
        ),
        remedy: Text::fixed(
            "Let ecs-tasks.amazonaws.com assume the role, narrowed to this account and Region.",
            "このアカウントとリージョンに限定して、ecs-tasks.amazonaws.com にロールの引き受けを許可します。",
        ),
        not_this: Text::fixed(
            "A role that does not exist is iam.execution-role-not-found or iam.task-role-not-found.",
            "ロールが存在しない場合は iam.execution-role-not-found または iam.task-role-not-found です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
        ],
        examples: &["iam/trust_denied/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let calls: Vec<Made<'_>> = denials::calls(judged)
        .filter(|made| made.judgement.call.action == "sts:AssumeRole")
        .collect();
    if calls.is_empty() {
        return named_by_error(judged).into_iter().collect();
    }
    calls.into_iter().filter_map(|made| one(judged, made)).collect()
}

fn role_word(made: Made<'_>) -> Text {
    if made.judgement.call.caller == Caller::TaskRole {
        Text::fixed("task role", "タスクロール")
    } else {
        Text::fixed("task execution role", "タスク実行ロール")
    }
}

fn one(judged: &Judged<'_>, made: Made<'_>) -> Option<Finding> {
    let judgement = made.judgement;
    let decision = judgement.decision.as_ref()?;
    // A resource control policy that denies the assumption is a finding of its own.
    let by_trust = decision.decided_by.as_ref().is_none_or(|by| by.layer == LayerKind::Trust);
    let status = match decision.verdict {
        verdict if verdict.is_denied() && by_trust => Status::Fail,
        Verdict::Unknown if !judgement.needs.is_empty() => Status::Unknown,
        _ => return None,
    };
    let role = &judgement.call.resource;
    let name = role_name(role);
    let word = role_word(made);
    let mut finding = Finding::new(CODE, status);
    finding.subject = vec![role.clone()];
    finding.affects = vec![DestinationKey::Sts];
    finding.denied = vec![("sts:AssumeRole".to_owned(), role.clone())];
    finding.assumes.clone_from(&judgement.assumes);
    if status == Status::Unknown {
        finding.title = Text::new(
            format!("Whether Amazon ECS may assume the {} {name} is not known yet", word.en),
            format!("Amazon ECS が{} {name} を引き受けられるかどうかは未確認です", word.ja),
        );
        finding.summary = Text::new(
            format!("The trust policy of {name} was not pasted."),
            format!("{name} の信頼ポリシーが貼り付けられていません。"),
        );
        finding.explanation = Text::fixed(
            "The trust policy says who may assume the role; get-role shows it.",
            "ロールを引き受けられる対象は信頼ポリシーに定義されており、get-role で確認できます。",
        );
        finding.missing.clone_from(&judgement.needs);
        return Some(finding);
    }
    finding.title = Text::new(
        format!("Amazon ECS may not assume the {} {name}", word.en),
        format!("Amazon ECS は{} {name} を引き受けられません", word.ja),
    );
    finding.summary = Text::new(
        format!(
            "The trust policy of the {} {name} does not admit ecs-tasks.amazonaws.com for this task, so no container can start.",
            word.en
        ),
        format!(
            "{} {name} の信頼ポリシーが、このタスクに対して ecs-tasks.amazonaws.com を許可していないため、コンテナを起動できません。",
            word.ja
        ),
    );
    let explicit = decision.verdict == Verdict::ExplicitlyDenied;
    finding.explanation = if explicit {
        Text::new(
            format!("A statement of the trust policy denies sts:AssumeRole to ecs-tasks.amazonaws.com on {role}."),
            format!("信頼ポリシーのステートメントが、{role} に対する ecs-tasks.amazonaws.com の sts:AssumeRole を拒否しています。"),
        )
    } else {
        Text::new(
            format!(
                "No statement of the trust policy of {role} allows sts:AssumeRole to the service ecs-tasks.amazonaws.com with the aws:SourceArn and aws:SourceAccount of this task."
            ),
            format!(
                "{role} の信頼ポリシーに、このタスクの aws:SourceArn と aws:SourceAccount で ecs-tasks.amazonaws.com に sts:AssumeRole を許可するステートメントがありません。"
            ),
        )
    };
    let statement = decision.decided_by.as_ref().and_then(|by| by.statement.as_ref()).and_then(cite);
    finding.evidence = denials::dedup(
        statement
            .into_iter()
            .chain(judgement.evidence.iter().map(|(_, at)| at.clone()))
            .collect(),
    );
    finding.fixes = fixes(judged, role);
    Some(finding)
}

/// Without a task definition the error text alone names the role: then the policy is asked for.
fn named_by_error(judged: &Judged<'_>) -> Option<Finding> {
    let symptom = judged
        .case
        .symptom
        .as_ref()
        .filter(|symptom| symptom.stage == Stage::RoleAssumption)?;
    let role = symptom.arns.iter().chain(&symptom.quoted.arn).find(|arn| arn.contains(":role/"))?;
    let mut finding = Finding::new(CODE, Status::Unknown);
    finding.subject = vec![role.clone()];
    finding.affects = vec![DestinationKey::Sts];
    finding.denied = vec![("sts:AssumeRole".to_owned(), role.clone())];
    let name = role_name(role);
    finding.title = Text::new(
        format!("Whether Amazon ECS may assume {name} is not known yet"),
        format!("Amazon ECS が {name} を引き受けられるかどうかは未確認です"),
    );
    finding.summary = Text::new(
        format!("The error says that Amazon ECS could not assume {name}: its trust policy, or that it does not exist, would say why."),
        format!("エラーによると、Amazon ECS は {name} を引き受けられませんでした。信頼ポリシー、またはロールの有無から原因がわかります。"),
    );
    finding.explanation = Text::fixed(
        "The trust policy says who may assume the role; get-role shows it.",
        "ロールを引き受けられる対象は信頼ポリシーに定義されており、get-role で確認できます。",
    );
    finding.missing = vec![ask_role(&ArnText::from(role.as_str()))];
    Some(finding)
}

fn fixes(judged: &Judged<'_>, role: &str) -> Vec<Fix> {
    let case = judged.case;
    let name = role_name(role).to_owned();
    let policy = least::trust(&case.partition, case.region.as_deref(), case.account.as_deref());
    let impact = Text::new(
        format!(
            "Replaces the trust policy of {name}: whoever else assumes the role (another service, another account or Region) loses it unless added. Nothing restarts."
        ),
        format!(
            "{name} の信頼ポリシーを置き換えます。ほかにこのロールを引き受けるサービス、アカウント、リージョンがある場合は、追加しないと引き受けられなくなります。再起動は発生しません。"
        ),
    );
    let (arn, text) = (ArnText::from(role), policy.to_json());
    let change = Change::new(move |snapshot| {
        snapshot.iam.roles.edit(|found| {
            if found.arn.as_ref() == Some(&arn) {
                found.assume_role_policy_document = Some(PolicyDocument {
                    text: text.clone(),
                    embedded: true,
                });
            }
        });
    });
    vec![
        cli(
            format!(
                "aws iam update-assume-role-policy --role-name {name} --policy-document {}",
                quoted(&policy.to_line())
            ),
            impact.clone(),
            Some(change.clone()),
        ),
        console(
            Text::new(
                format!(
                    "IAM console > Roles > {name} > Trust relationships > Edit trust policy: let ecs-tasks.amazonaws.com assume it as below."
                ),
                format!(
                    "IAM コンソール > ロール > {name} > 信頼関係 > 信頼ポリシーを編集: 下のように ecs-tasks.amazonaws.com を許可します。"
                ),
            ),
            impact.clone(),
            Some(change.clone()),
        ),
        document(policy.to_json(), impact, Some(change)),
    ]
}
