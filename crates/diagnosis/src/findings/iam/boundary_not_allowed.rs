//! `iam.boundary-not-allowed`: the role's permissions boundary does not let the call through.

use super::amend;
use super::draft::{self, cli, console};
use crate::authorization::denials::{self, Denial, Open};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::least;
use crate::model::{Code, Finding, Fix};
use policy::{DocumentKind, DraftStatement, LayerKind};
use snapshot::Text;
use snapshot::iam::role::role_name;
use snapshot::iam::view::PolicyState;
use snapshot::ids::ArnText;

const CODE: Code = Code("iam.boundary-not-allowed");

pub(super) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed(
            "The role's permissions boundary does not allow the call",
            "ロールのアクセス許可の境界が呼び出しを許可していません",
        ),
        what: Text::fixed(
            "The role has a permissions boundary that does not allow, or denies, a call that the start makes.",
            "ロールにアクセス許可の境界が設定されており、起動時の呼び出しを許可していないか、拒否しています。",
        ),
        why: Text::fixed(
            "A boundary grants nothing; it limits. What the role's policies allow counts only where the boundary allows it too.",
            "アクセス許可の境界は権限を付与せず、上限を定めます。ロールのポリシーによる許可は、境界でも許可されている場合にのみ有効です。",
        ),
        remedy: Text::fixed(
            "Have the owner of the boundary add the actions, or give the role a boundary that holds them.",
            "境界の管理者にアクションの追加を依頼するか、それらを含む境界をロールに設定します。",
        ),
        not_this: Text::fixed(
            "Permissions that the role itself lacks are iam.action-not-allowed.",
            "ロール自体に権限がない場合は iam.action-not-allowed です。",
        ),
        documentation: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html"],
        examples: &["iam/boundary_not_allowed/fault"],
    },
    judge,
};

fn layer(kind: LayerKind) -> bool {
    kind == LayerKind::Boundary
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

fn boundary(judged: &Judged<'_>, denial: &Denial<'_>) -> Option<String> {
    let role = draft::principal(&denial.calls)?;
    let found = judged.case.snapshot.iam.roles.get(&role)?;
    Some(
        found
            .value
            .permissions_boundary
            .as_ref()?
            .permissions_boundary_arn
            .as_ref()?
            .0
            .clone(),
    )
}

fn proven(judged: &Judged<'_>, denial: &Denial<'_>) -> Finding {
    let mut finding = draft::of_denial(CODE, denial);
    let actions = draft::actions(&denial.calls);
    let role = draft::role_text(&denial.calls);
    let purposes = draft::purposes(judged, &denial.calls);
    let arn = boundary(judged, denial);
    finding.title = Text::new(
        format!("The permissions boundary of {} does not allow {actions}", role.en),
        format!("{} のアクセス許可の境界が {actions} を許可していません", role.ja),
    );
    finding.summary = Text::new(
        format!(
            "What is needed for {} lies outside the permissions boundary of {}.",
            purposes.en, role.en
        ),
        format!("{} に必要な操作が、{} のアクセス許可の境界の外にあります。", purposes.ja, role.ja),
    );
    let named = arn.clone().unwrap_or_default();
    let told = draft::told_text(denial);
    let (en, ja) = if denial.explicit {
        ("denies", "拒否しています")
    } else {
        ("does not allow", "許可していません")
    };
    let read = Text::new(
        format!(
            "The boundary {named} {en} {actions} on {}. A boundary limits whatever the role's own policies allow.",
            draft::resources(&denial.calls)
        ),
        format!(
            "アクセス許可の境界 {named} は、{} に対する {actions} を{ja}。境界は、ロール自体のポリシーによる許可の上限を定めます。",
            draft::resources(&denial.calls)
        ),
    );
    finding.explanation = draft::join(&[&read, &told]);
    finding.fixes = arn.map(|arn| fixes(judged, denial, &arn)).unwrap_or_default();
    finding
}

fn unknown(open: &Open<'_>) -> Finding {
    let mut finding = draft::of_open(CODE, open);
    let role = draft::role_text(&open.calls);
    let actions = draft::actions(&open.calls);
    finding.title = Text::new(
        format!("Whether {} has a permissions boundary is not known yet", role.en),
        format!("{} のアクセス許可の境界は未確認です", role.ja),
    );
    finding.summary = Text::new(
        format!("A permissions boundary, if there is one, may forbid {actions}."),
        format!("アクセス許可の境界が設定されている場合、{actions} が許可されない可能性があります。"),
    );
    finding.explanation = Text::fixed(
        "The role itself shows its boundary; the boundary's document shows what it lets through. One of them was not pasted.",
        "境界の有無はロールの情報に、許可の範囲は境界のポリシーに示されます。そのいずれかが貼り付けられていません。",
    );
    finding
}

/// The boundary's document with what is missing added, or with its denial sparing the role.
fn amended(judged: &Judged<'_>, denial: &Denial<'_>, boundary: &str) -> Option<amend::Amended> {
    if denial.explicit {
        return amend::sparing(judged, denial, DocumentKind::Boundary);
    }
    let PolicyState::Pasted(version) = judged.case.snapshot.iam.policy_document(&ArnText::from(boundary)) else {
        return None;
    };
    amend::adding(judged, &version.document.at, DocumentKind::Boundary, &needed(judged, denial))
}

/// What the role's calls lack in its boundary.
fn needed(judged: &Judged<'_>, denial: &Denial<'_>) -> Vec<DraftStatement> {
    least::of_calls(&denials::lacked(judged, denial, layer))
}

/// AWS's own policies cannot be changed: the role is given another boundary.
fn replaced(judged: &Judged<'_>, denial: &Denial<'_>, boundary: &str, role: &str) -> Vec<Fix> {
    let impact = Text::new(
        format!("Only {role} gets the new boundary; it no longer follows what AWS changes in {boundary}. Nothing restarts."),
        format!("新しい境界は {role} にのみ適用され、{boundary} に対する AWS の変更は反映されなくなります。再起動は発生しません。"),
    );
    let actions = draft::actions(&denial.calls);
    let steps = Text::new(
        format!(
            "{boundary} is AWS's own and cannot be edited. IAM console > Policies > Create policy: copy its document and allow {actions} in it; then Roles > {role} > Permissions boundary > Change boundary."
        ),
        format!(
            "{boundary} は AWS 管理ポリシーのため編集できません。IAM コンソール > ポリシー > ポリシーの作成で、その内容をコピーして {actions} を許可し、ロール > {role} > アクセス許可の境界 > 境界の変更で設定します。"
        ),
    );
    let made = amend::own_boundary(judged, denial, boundary, &needed(judged, denial));
    let change = made.as_ref().map(|(_, change)| change.clone());
    let command = made.map(|(command, change)| cli(command, impact.clone(), Some(change)));
    command.into_iter().chain([console(steps, impact.clone(), change)]).collect()
}

fn fixes(judged: &Judged<'_>, denial: &Denial<'_>, boundary: &str) -> Vec<Fix> {
    let role = draft::principal(&denial.calls)
        .map(|role| role_name(role.as_str()).to_owned())
        .unwrap_or_default();
    if draft::of_aws(boundary) {
        return replaced(judged, denial, boundary, &role);
    }
    let impact = Text::fixed(
        "Widens the limit of every role and user that carries this boundary; it is usually owned by another team. Nothing restarts.",
        "この境界を使用するすべてのロールとユーザーの上限が広がります。通常は別のチームが管理しています。再起動は発生しません。",
    );
    let actions = draft::actions(&denial.calls);
    let amended = amended(judged, denial, boundary);
    let change = amend::change(amended.as_ref());
    vec![
        cli(
            amend::new_version(boundary, &amend::word(amended.as_ref())),
            impact.clone(),
            change.clone(),
        ),
        console(
            Text::new(
                format!(
                    "IAM console > Policies > {boundary} > Edit: allow {actions} (the role {role} shows it under Permissions boundary)."
                ),
                format!(
                    "IAM コンソール > ポリシー > {boundary} > 編集: {actions} を許可します (ロール {role} の「アクセス許可の境界」に表示されます)。"
                ),
            ),
            impact,
            change,
        ),
    ]
}
