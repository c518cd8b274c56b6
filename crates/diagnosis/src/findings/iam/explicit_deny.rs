//! `iam.explicit-deny`: a statement of the role's own policies denies the call.

use super::amend;
use super::draft::{self, cli, console};
use crate::authorization::denials::{self, Denial};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, Code, Finding, Fix};
use policy::{Document, DocumentKind, LayerKind};
use snapshot::Text;
use snapshot::iam::role::role_name;
use snapshot::ids::ArnText;

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
    finding.fixes = fixes(judged, denial);
    finding
}

fn fixes(judged: &Judged<'_>, denial: &Denial<'_>) -> Vec<Fix> {
    let (Some(role), Some(statement)) = (draft::principal(&denial.calls), &denial.statement) else {
        return Vec::new();
    };
    let policy = statement.handle.name.as_str();
    if policy.is_empty() {
        return Vec::new();
    }
    let name = role_name(role.as_str());
    let (command, change, managed) = remedy(judged, denial, &role, policy);
    let impact = if managed {
        Text::new(
            format!(
                "Lifts for {name} a denial that somebody set on purpose: ask its owner first. {policy} may be attached to others, which it goes on binding. Nothing restarts."
            ),
            format!(
                "意図的に設定された拒否を {name} について緩和します。先に管理者へ確認してください。{policy} がアタッチされているほかの対象には引き続き適用されます。再起動は発生しません。"
            ),
        )
    } else {
        Text::new(
            format!(
                "Lifts a denial that somebody set on purpose: ask its owner first. It applies to every task that uses {name}; nothing restarts."
            ),
            format!(
                "意図的に設定された拒否を緩和します。先に管理者へ確認してください。{name} を使用するすべてのタスクに影響します。再起動は発生しません。"
            ),
        )
    };
    let steps = if draft::of_aws(policy) {
        Text::new(
            format!("IAM console > Roles > {name} > Permissions: remove {policy} from the role. It is AWS's own and cannot be edited."),
            format!("IAM コンソール > ロール > {name} > 許可で {policy} をロールから削除します。AWS 管理ポリシーのため編集できません。"),
        )
    } else {
        edit_steps(name, policy, &statement.pointer)
    };
    vec![cli(command, impact.clone(), change.clone()), console(steps, impact, change)]
}

fn edit_steps(name: &str, policy: &str, pointer: &str) -> Text {
    Text::new(
        format!(
            "IAM console > Roles > {name} > Permissions > {policy} > Edit: exempt these calls from the Deny statement ({pointer}), or remove the statement."
        ),
        format!(
            "IAM コンソール > ロール > {name} > 許可 > {policy} > 編集: Deny のステートメント ({pointer}) からこれらの呼び出しを除外するか、ステートメントを削除します。"
        ),
    )
}

/// The command, what it does to the typed state, and whether the policy is a managed one: of a policy of AWS's the attachment
/// goes, in a customer's managed policy the statement spares the role, from the role's own the statement goes.
fn remedy(judged: &Judged<'_>, denial: &Denial<'_>, role: &ArnText, policy: &str) -> (String, Option<Change>, bool) {
    if draft::of_aws(policy) {
        let command = format!(
            "aws iam detach-role-policy --role-name {} --policy-arn {policy}",
            role_name(role.as_str())
        );
        return (command, Some(amend::detached(role, policy)), true);
    }
    if policy.starts_with("arn:") {
        let amended = amend::sparing(judged, denial, DocumentKind::Identity);
        let command = amend::new_version(policy, &amend::word(amended.as_ref()));
        return (command, amend::change(amended.as_ref()), true);
    }
    let amended = amend::without(judged, denial, DocumentKind::Identity);
    let pasted = denial.statement.as_ref().and_then(|statement| statement.handle.at.as_ref());
    let text = pasted.and_then(|at| judged.case.snapshot.policy_at(at));
    // A policy that holds nothing but what denies goes as a whole.
    let denying = amend::of_document(judged, denial).len();
    if text.is_some_and(|text| Document::parse(&text.text, DocumentKind::Identity).0.statements.len() == denying) {
        let command = format!(
            "aws iam delete-role-policy --role-name {} --policy-name {policy}",
            role_name(role.as_str())
        );
        return (command, Some(amend::deleted(role, policy)), false);
    }
    let command = amend::new_inline(role, policy, &amend::word(amended.as_ref()));
    (command, amend::change(amended.as_ref()), false)
}
