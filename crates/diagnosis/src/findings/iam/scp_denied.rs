//! `iam.scp-denied`: a service control policy of the organization does not let the call through.

use super::amend;
use super::draft::{self, cli, console};
use crate::authorization::denials::{self, Denial, Open};
use crate::authorization::organization;
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::least;
use crate::model::{Code, Finding, Fix};
use policy::{DocumentKind, LayerKind};
use snapshot::Text;
use snapshot::ids::ArnText;

const CODE: Code = Code("iam.scp-denied");

pub(super) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed(
            "A service control policy stops the call",
            "サービスコントロールポリシー (SCP) が呼び出しを止めています",
        ),
        what: Text::fixed(
            "A service control policy on the account, on a unit above it or on the root denies the call, or one of these levels does not allow it.",
            "アカウント、その上位の組織単位 (OU)、またはルートのサービスコントロールポリシー (SCP) が呼び出しを拒否しているか、いずれかの階層で許可されていません。",
        ),
        why: Text::fixed(
            "Service control policies bind every role of a member account. Each level from the root down must allow a call, and a denial anywhere stops it.",
            "サービスコントロールポリシー (SCP) は、メンバーアカウントのすべてのロールに適用されます。ルートから各階層で許可されている必要があり、どこかで拒否されると呼び出しは失敗します。",
        ),
        remedy: Text::fixed(
            "Only the organization's administrators can change it: ask them to exempt the role or the action.",
            "変更できるのは組織の管理者のみです。ロールまたはアクションの除外を依頼します。",
        ),
        not_this: Text::fixed(
            "While nothing of AWS Organizations is pasted, its policies are assumed not to interfere, and verdicts say so.",
            "AWS Organizations の出力が貼り付けられていない間は、そのポリシーは影響しないものと仮定され、判定にその旨が示されます。",
        ),
        documentation: &["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html"],
        examples: &["iam/scp_denied/fault"],
    },
    judge,
};

fn layer(kind: LayerKind) -> bool {
    matches!(kind, LayerKind::ServiceControl(_))
}

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let denied = denials::denied(judged, layer);
    let open = denials::open(judged, layer);
    denied
        .iter()
        .map(|denial| proven(judged, denial))
        .chain(open.iter().map(unknown))
        .collect()
}

fn proven(judged: &Judged<'_>, denial: &Denial<'_>) -> Finding {
    let mut finding = draft::of_denial(CODE, denial);
    let actions = draft::actions(&denial.calls);
    let purposes = draft::purposes(judged, &denial.calls);
    let (en, ja) = if denial.explicit {
        ("denies", "拒否しています")
    } else {
        ("does not allow", "許可していません")
    };
    finding.title = Text::new(
        format!("A service control policy {en} {actions}"),
        format!("サービスコントロールポリシー (SCP) が {actions} を{ja}"),
    );
    finding.summary = Text::new(
        format!("The organization forbids this account what is needed for {}.", purposes.en),
        format!(
            "組織のポリシーにより、このアカウントでは {} に必要な操作が禁止されています。",
            purposes.ja
        ),
    );
    let named = denial
        .statement
        .as_ref()
        .map(|statement| statement.handle.name.clone())
        .filter(|name| !name.is_empty())
        .unwrap_or_default();
    let told = draft::told_text(denial);
    let resources = draft::resources(&denial.calls);
    let (policy_en, policy_ja) = if named.is_empty() {
        (
            "A service control policy".to_owned(),
            "サービスコントロールポリシー (SCP) ".to_owned(),
        )
    } else {
        (format!("Policy {named}"), format!("ポリシー {named} "))
    };
    let read = if denial.explicit {
        Text::new(
            format!(
                "{policy_en} denies {actions} on {resources}. What a service control policy denies, no policy of the account can allow."
            ),
            format!(
                "{policy_ja}が、{resources} に対する {actions} を拒否しています。SCP による拒否は、アカウント内のどのポリシーでも許可できません。"
            ),
        )
    } else {
        Text::new(
            format!(
                "At one level between the root and the account no service control policy allows {actions} on {resources}. Every level must."
            ),
            format!(
                "ルートからアカウントまでのいずれかの階層で、{resources} に対する {actions} を許可する SCP がありません。すべての階層で許可が必要です。"
            ),
        )
    };
    finding.explanation = draft::join(&[&read, &told]);
    finding.fixes = fixes(judged, denial);
    finding
}

fn unknown(open: &Open<'_>) -> Finding {
    let mut finding = draft::of_open(CODE, open);
    let actions = draft::actions(&open.calls);
    finding.title = Text::new(
        format!("Whether the organization's policies allow {actions} is not known yet"),
        format!("組織のポリシーが {actions} を許可しているかどうかは未確認です"),
    );
    finding.summary = Text::fixed(
        "Some of the service control policies were pasted, but not those of every level.",
        "サービスコントロールポリシー (SCP) の一部は貼り付けられていますが、すべての階層のものではありません。",
    );
    finding.explanation = Text::fixed(
        "Every level from the root to the account must allow a call. The policies of a level that was not pasted may forbid it.",
        "ルートからアカウントまでのすべての階層で許可されている必要があります。貼り付けられていない階層のポリシーが呼び出しを禁止している可能性があります。",
    );
    finding
}

/// The policy to change, by id, and its new text: the one that denies, made to spare the role; else, at the level that allows
/// nothing, one of the customer's with the calls added.
fn amended(judged: &Judged<'_>, denial: &Denial<'_>) -> (Option<String>, Option<amend::Amended>) {
    let policies = &judged.case.snapshot.organizations.policies;
    if let (LayerKind::ServiceControl(level), false, None) = (denial.layer, denial.explicit, &denial.statement) {
        let role = draft::principal(&denial.calls);
        let account = role.as_ref().and_then(ArnText::account);
        let Some((id, at)) = organization::of_level(judged.case, account, level) else {
            return (None, None);
        };
        let calls = denials::lacked(judged, denial, self::layer);
        let amended = amend::adding(judged, &at, DocumentKind::ServiceControl, &least::of_calls(&calls));
        return (Some(id), amended);
    }
    let name = denial
        .statement
        .as_ref()
        .map(|statement| statement.handle.name.as_str())
        .unwrap_or_default();
    let id = policies
        .iter()
        .find(|found| found.value.policy_summary.name.as_deref() == Some(name))
        .and_then(|found| found.value.policy_summary.id.clone())
        .or_else(|| name.rsplit('/').next().filter(|last| last.starts_with("p-")).map(str::to_owned));
    (id, amend::sparing(judged, denial, DocumentKind::ServiceControl))
}

fn fixes(judged: &Judged<'_>, denial: &Denial<'_>) -> Vec<Fix> {
    let name = denial
        .statement
        .as_ref()
        .map(|statement| statement.handle.name.clone())
        .unwrap_or_default();
    let (id, amended) = amended(judged, denial);
    let actions = draft::actions(&denial.calls);
    let impact = Text::fixed(
        "Changes what every account under the policy may do; only the organization's management or a delegated account can do it. Nothing restarts.",
        "ポリシーの対象となるすべてのアカウントに影響します。組織の管理アカウントまたは委任されたアカウントでのみ実行できます。再起動は発生しません。",
    );
    let place = if name.is_empty() { String::new() } else { format!(" > {name}") };
    let steps = Text::new(
        format!(
            "AWS Organizations console > Policies > Service control policies{place}: exempt {actions} for the task execution role, or allow it."
        ),
        format!(
            "AWS Organizations コンソール > ポリシー > サービスコントロールポリシー{place}: タスク実行ロールの {actions} を除外するか、許可します。"
        ),
    );
    let command = match id {
        Some(id) => amend::new_content(&id, &amend::word(amended.as_ref())),
        None => format!(
            "aws organizations list-policies-for-target --filter SERVICE_CONTROL_POLICY --target-id {}",
            judged.case.account.as_deref().unwrap_or("ACCOUNT")
        ),
    };
    let change = amend::change(amended.as_ref());
    vec![cli(command, impact.clone(), change.clone()), console(steps, impact, change)]
}
