//! `iam.rcp-denied`: a resource control policy of the organization denies the call.

use super::amend;
use super::draft::{self, cli, console};
use crate::authorization::denials::{self, Denial, Open};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding, Fix};
use policy::{DocumentKind, LayerKind};
use snapshot::Text;

const CODE: Code = Code("iam.rcp-denied");

pub(super) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed(
            "A resource control policy denies the call",
            "リソースコントロールポリシー (RCP) が呼び出しを拒否しています",
        ),
        what: Text::fixed(
            "A resource control policy of the organization that holds the secret, key, repository or bucket denies the call.",
            "シークレット、KMS キー、リポジトリ、またはバケットを所有する組織のリソースコントロールポリシー (RCP) が、呼び出しを拒否しています。",
        ),
        why: Text::fixed(
            "Resource control policies follow the resource's account and reach callers of every account. They act through denials only, often to keep out whoever is not of the organization or does not come from an expected network.",
            "リソースコントロールポリシー (RCP) はリソースのアカウントに適用され、すべてのアカウントの呼び出し元に影響します。拒否によってのみ作用し、組織外や想定外のネットワークからのアクセスを防ぐためによく使用されます。",
        ),
        remedy: Text::fixed(
            "Only the administrators of the resource's organization can change it: ask them to exempt the role.",
            "変更できるのはリソースの組織の管理者のみです。ロールの除外を依頼します。",
        ),
        not_this: Text::fixed(
            "Actions without a resource, such as ecr:GetAuthorizationToken, and services such as Parameter Store are out of its reach.",
            "ecr:GetAuthorizationToken のようにリソースのないアクションや、パラメータストアなどのサービスには適用されません。",
        ),
        documentation: &["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html"],
        examples: &["iam/rcp_denied/fault"],
    },
    judge,
};

fn layer(kind: LayerKind) -> bool {
    matches!(kind, LayerKind::ResourceControl(_))
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

fn name(denial: &Denial<'_>) -> String {
    denial
        .statement
        .as_ref()
        .map(|statement| statement.handle.name.clone())
        .unwrap_or_default()
}

fn proven(judged: &Judged<'_>, denial: &Denial<'_>) -> Finding {
    let mut finding = draft::of_denial(CODE, denial);
    let actions = draft::actions(&denial.calls);
    let purposes = draft::purposes(judged, &denial.calls);
    let named = name(denial);
    finding.title = Text::new(
        format!("A resource control policy denies {actions}"),
        format!("リソースコントロールポリシー (RCP) が {actions} を拒否しています"),
    );
    finding.summary = Text::new(
        format!("The organization of the resource denies what is needed for {}.", purposes.en),
        format!(
            "リソースを所有する組織のポリシーにより、{} に必要な操作が拒否されています。",
            purposes.ja
        ),
    );
    let told = draft::told_text(denial);
    let (policy_en, policy_ja) = if named.is_empty() {
        (
            "A resource control policy".to_owned(),
            "リソースコントロールポリシー (RCP) ".to_owned(),
        )
    } else {
        (format!("Policy {named}"), format!("ポリシー {named} "))
    };
    let read = Text::new(
        format!(
            "{policy_en} denies {actions} on {}. What a resource control policy denies, no other policy can allow.",
            draft::resources(&denial.calls)
        ),
        format!(
            "{policy_ja}が、{} に対する {actions} を拒否しています。RCP による拒否は、ほかのどのポリシーでも許可できません。",
            draft::resources(&denial.calls)
        ),
    );
    finding.explanation = draft::join(&[&read, &told]);
    finding.fixes = fixes(judged, denial);
    finding
}

fn unknown(open: &Open<'_>) -> Finding {
    let mut finding = draft::of_open(CODE, open);
    let actions = draft::actions(&open.calls);
    finding.title = Text::new(
        format!("Whether a resource control policy denies {actions} is not known yet"),
        format!("リソースコントロールポリシー (RCP) が {actions} を拒否しているかどうかは未確認です"),
    );
    finding.summary = Text::fixed(
        "Some of the resource control policies were pasted, but not those of every level.",
        "リソースコントロールポリシー (RCP) の一部は貼り付けられていますが、すべての階層のものではありません。",
    );
    finding.explanation = Text::fixed(
        "A denial at any level between the root and the resource's account stops the call; a level that was not pasted may hold one.",
        "ルートからリソースのアカウントまでのいずれかの階層で拒否されると、呼び出しは失敗します。貼り付けられていない階層に拒否がある可能性があります。",
    );
    finding
}

fn fixes(judged: &Judged<'_>, denial: &Denial<'_>) -> Vec<Fix> {
    let named = name(denial);
    let policies = &judged.case.snapshot.organizations.policies;
    let id = policies
        .iter()
        .find(|found| found.value.policy_summary.name.as_deref() == Some(named.as_str()))
        .and_then(|found| found.value.policy_summary.id.clone());
    let impact = Text::fixed(
        "Opens the resources of every account under the policy; only the organization's management or a delegated account can do it. Nothing restarts.",
        "ポリシーの対象となるすべてのアカウントのリソースに影響します。組織の管理アカウントまたは委任されたアカウントでのみ実行できます。再起動は発生しません。",
    );
    let place = if named.is_empty() { String::new() } else { format!(" > {named}") };
    let steps = Text::new(
        format!("AWS Organizations console > Policies > Resource control policies{place}: exempt the task execution role from the denial."),
        format!(
            "AWS Organizations コンソール > ポリシー > リソースコントロールポリシー{place}: タスク実行ロールを拒否の対象から除外します。"
        ),
    );
    let amended = amend::sparing(judged, denial, DocumentKind::ResourceControl);
    let command = match id {
        Some(id) => amend::new_content(&id, &amend::word(amended.as_ref())),
        None => "aws organizations list-policies --filter RESOURCE_CONTROL_POLICY".to_owned(),
    };
    let change = amend::change(amended.as_ref());
    vec![cli(command, impact.clone(), change.clone()), console(steps, impact, change)]
}
