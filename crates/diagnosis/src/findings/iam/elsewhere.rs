//! Remedies where the right statement stands in a managed policy that is not attached, or in a version that is not its default.

use super::draft::{self, cli, console};
use crate::authorization::Library;
use crate::authorization::denials::Denial;
use crate::authorization::near::{self, Elsewhere, Near, Version};
use crate::judged::Judged;
use crate::model::{Change, Fix};
use snapshot::iam::role::{AttachedPolicy, role_name};
use snapshot::ids::ArnText;
use snapshot::{Citation, Found, Text};

/// To attach the policy, or to make the version the default, where that alone grants every denied call.
pub(super) fn fixes(judged: &Judged<'_>, library: &Library, denial: &Denial<'_>) -> Vec<Fix> {
    let Some(role) = draft::principal(&denial.calls) else {
        return Vec::new();
    };
    let mut per_call = denial.calls.iter().map(|made| near::of(judged.case, library, made.judgement));
    let mut common: Vec<Near> = per_call.next().unwrap_or_default();
    for nears in per_call {
        common.retain(|near| nears.iter().any(|other| other.place == near.place && other.version == near.version));
    }
    common.iter().find_map(|near| fix(&role, near)).unwrap_or_default()
}

fn fix(role: &ArnText, near: &Near) -> Option<Vec<Fix>> {
    let (version, at) = (near.version.as_ref()?, near.at.as_ref()?);
    let owner = version.policy.account();
    // AWS's own policies can be attached, but not changed; those for service-linked roles and those of other accounts neither.
    let own = owner.is_some() && owner == role.account();
    let aws = owner == Some("aws") && !version.policy.as_str().contains(":policy/aws-service-role/");
    match (near.place, version.id.as_deref()) {
        (Elsewhere::Unattached, _) if version.is_default && (own || aws) => Some(attach(role, version, at)),
        (Elsewhere::OtherVersion, Some(id)) if own => Some(make_default(version, id)),
        _ => None,
    }
}

/// The policy's name: what stands after the last slash of its ARN.
fn policy_name(arn: &ArnText) -> &str {
    arn.as_str().rsplit('/').next().unwrap_or_default()
}

fn attach(role: &ArnText, version: &Version, at: &Citation) -> Vec<Fix> {
    let (arn, role_short, name) = (&version.policy, role_name(role.as_str()), policy_name(&version.policy));
    let impact = Text::new(
        format!(
            "Gives {role_short} everything that {name} allows, and so every task that uses the role. Nothing restarts; the next start of the task uses it."
        ),
        format!(
            "{role_short} とこのロールを使用するすべてのタスクに、{name} が許可するすべての権限が付与されます。再起動は発生せず、次回のタスク起動から有効です。"
        ),
    );
    let (owner, policy, at) = (role.clone(), arn.clone(), at.clone());
    let change = Change::new(move |snapshot| {
        let lists = snapshot.iam.attached.iter_mut();
        for list in lists.filter(|list| list.role.known().is_some_and(|named| named.is(&owner))) {
            list.policies.push(Found {
                value: AttachedPolicy {
                    policy_name: Some(policy_name(&policy).to_owned()),
                    policy_arn: Some(policy.clone()),
                },
                at: at.clone(),
                collected: list.collected,
            });
        }
    });
    vec![
        cli(
            format!("aws iam attach-role-policy --role-name {role_short} --policy-arn {arn}"),
            impact.clone(),
            Some(change.clone()),
        ),
        console(
            Text::new(
                format!("IAM console > Roles > {role_short} > Add permissions > Attach policies: select {name}."),
                format!("IAM コンソール > ロール > {role_short} > 許可を追加 > ポリシーをアタッチ で {name} を選択します。"),
            ),
            impact,
            Some(change),
        ),
    ]
}

fn make_default(version: &Version, id: &str) -> Vec<Fix> {
    let (arn, name) = (&version.policy, policy_name(&version.policy));
    let impact = Text::new(
        format!(
            "Changes the permissions of every role, user and group that {name} is attached to: they get what {id} allows and lose what only the present version allows. Nothing restarts."
        ),
        format!(
            "{name} がアタッチされているすべてのロール、ユーザー、グループの権限が {id} の内容に変わり、現在のバージョンだけが許可している権限は失われます。再起動は発生しません。"
        ),
    );
    let (policy, wanted) = (arn.clone(), id.to_owned());
    let change = Change::new(move |snapshot| snapshot.iam.make_default(&policy, &wanted));
    vec![
        cli(
            format!("aws iam set-default-policy-version --policy-arn {arn} --version-id {id}"),
            impact.clone(),
            Some(change.clone()),
        ),
        console(
            Text::new(
                format!("IAM console > Policies > {name} > Policy versions: select {id}, choose Set as default."),
                format!("IAM コンソール > ポリシー > {name} > ポリシーのバージョン で {id} を選択し、デフォルトとして設定します。"),
            ),
            impact,
            Some(change),
        ),
    ]
}
