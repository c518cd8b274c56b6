//! `iam.explicit-deny`: a statement of the role's own policies denies the call.

use super::draft::{self, cli, console};
use crate::authorization::denials::{self, Denial};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding, Fix};
use policy::LayerKind;
use snapshot::Text;
use snapshot::iam::role::role_name;

const CODE: Code = Code("iam.explicit-deny");

pub(super) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed(
            "A policy of the role denies the call",
            "ロールのポリシーが呼び出しを明示的に拒否しています",
        ),
        what: Text::fixed(
            "A statement with Effect Deny in an identity-based policy of the task execution role applies to a call that the start makes.",
            "タスク実行ロールのアイデンティティベースのポリシーにある Effect が Deny のステートメントが、起動時の呼び出しに該当します。",
        ),
        why: Text::fixed(
            "An explicit deny always wins, whatever else allows. Conditions such as aws:SourceVpce or aws:SourceIp often deny calls that take another way than their author had in mind: a negated operator is true where the key is absent.",
            "明示的な拒否は、ほかの許可よりも常に優先されます。aws:SourceVpce や aws:SourceIp などの条件は、想定と異なる経路の呼び出しを拒否することがあります。否定の演算子は、キーが存在しない場合に真になります。",
        ),
        remedy: Text::fixed(
            "Narrow the statement so that it does not cover these calls, or remove it.",
            "ステートメントがこれらの呼び出しに該当しないように範囲を狭めるか、削除します。",
        ),
        not_this: Text::fixed(
            "Where nothing allows the call, no statement denies it: that is iam.action-not-allowed.",
            "呼び出しを許可するものがないだけの場合は、iam.action-not-allowed です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
        ],
        examples: &["iam/explicit_deny/fault"],
    },
    judge,
};

fn layer(kind: LayerKind) -> bool {
    matches!(kind, LayerKind::Identity | LayerKind::Session)
}

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    denials::denied(judged, layer)
        .iter()
        .filter(|denial| denial.explicit)
        .map(|denial| proven(judged, denial))
        .collect()
}

/// The statement in words: its Sid and the policy.
fn place(denial: &Denial<'_>) -> Text {
    let Some(statement) = &denial.statement else {
        return Text::fixed("a policy", "ポリシー");
    };
    let policy = &statement.handle.name;
    match (&statement.sid, policy.is_empty()) {
        (_, true) => Text::fixed("an identity-based policy", "アイデンティティベースのポリシー"),
        (Some(sid), false) if !sid.is_empty() => Text::new(
            format!("statement {sid} of policy {policy}"),
            format!("ポリシー {policy} のステートメント {sid}"),
        ),
        _ => Text::new(format!("policy {policy}"), format!("ポリシー {policy}")),
    }
}

fn proven(judged: &Judged<'_>, denial: &Denial<'_>) -> Finding {
    let mut finding = draft::of_denial(CODE, denial);
    let actions = draft::actions(&denial.calls);
    let role = draft::role_text(&denial.calls);
    let place = place(denial);
    let purposes = draft::purposes(judged, &denial.calls);
    finding.title = Text::new(
        format!("A policy of {} denies {actions}", role.en),
        format!("{} のポリシーが {actions} を明示的に拒否しています", role.ja),
    );
    finding.summary = Text::new(
        format!("In {}, {} denies what is needed for {}.", role.en, place.en, purposes.en),
        format!("{} の{}が、{} に必要な操作を拒否しています。", role.ja, place.ja, purposes.ja),
    );
    let told = draft::told_text(denial);
    let read = Text::new(
        format!(
            "The calls {actions} on {} match {} with Effect Deny. An explicit deny wins over every allow.",
            draft::resources(&denial.calls),
            place.en
        ),
        format!(
            "{} に対する {actions} は、{}の Effect Deny に該当します。明示的な拒否はすべての許可に優先します。",
            draft::resources(&denial.calls),
            place.ja
        ),
    );
    finding.explanation = draft::join(&[&read, &told]);
    finding.fixes = fixes(denial);
    finding
}

fn fixes(denial: &Denial<'_>) -> Vec<Fix> {
    let (Some(role), Some(statement)) = (draft::principal(&denial.calls), &denial.statement) else {
        return Vec::new();
    };
    let role = role_name(role.as_str()).to_owned();
    let policy = statement.handle.name.as_str();
    if policy.is_empty() {
        return Vec::new();
    }
    let managed_by_aws = policy.contains(":iam::aws:policy/");
    let command = if managed_by_aws {
        format!("aws iam detach-role-policy --role-name {role} --policy-arn {policy}")
    } else if policy.starts_with("arn:") {
        format!("aws iam create-policy-version --policy-arn {policy} --policy-document file://policy.json --set-as-default")
    } else {
        format!("aws iam put-role-policy --role-name {role} --policy-name {policy} --policy-document file://policy.json")
    };
    let impact = Text::new(
        format!("Lifts a denial that somebody set on purpose: ask its owner first. It applies to everything that uses {}; nothing restarts.", if policy.starts_with("arn:") { policy } else { role.as_str() }),
        "意図的に設定された拒否を緩和します。先に管理者へ確認してください。このポリシーまたはロールを使用するすべての対象に影響します。再起動は発生しません。".to_owned(),
    );
    let steps = Text::new(
        format!(
            "IAM console > Roles > {role} > Permissions > {policy} > Edit: exempt these calls from the Deny statement ({}), or remove the statement.",
            statement.pointer
        ),
        format!(
            "IAM コンソール > ロール > {role} > 許可 > {policy} > 編集: Deny のステートメント ({}) からこれらの呼び出しを除外するか、ステートメントを削除します。",
            statement.pointer
        ),
    );
    vec![cli(command, impact.clone(), None), console(steps, impact, None)]
}
