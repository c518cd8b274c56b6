//! `iam.resource-policy-denied`: the policy of the secret, repository or bucket stops the call.

use super::amend;
use super::draft::{self, cli, console, document, quoted, region_option};
use crate::authorization::denials::{self, Denial, Open};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, Code, Finding, Fix};
use policy::{DocumentKind, Draft, DraftPrincipal, DraftStatement, LayerKind};
use snapshot::ids::ArnText;
use snapshot::order;
use snapshot::secrets::SecretPolicy;
use snapshot::{Citation, Found, Need, Operation, PolicyText, Text};

const CODE: Code = Code("iam.resource-policy-denied");

pub(super) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed(
            "The resource's own policy stops the call",
            "リソースベースのポリシーが呼び出しを止めています",
        ),
        what: Text::fixed(
            "The policy of the secret, repository or bucket denies the role, or the resource is of another account and its policy does not allow the role.",
            "シークレット、リポジトリ、またはバケットのリソースベースのポリシーがロールを拒否しているか、リソースが別のアカウントにあり、そのポリシーがロールを許可していません。",
        ),
        why: Text::fixed(
            "A denial there wins over every allow. Across accounts both sides must allow: the role's own policies and the resource's.",
            "リソース側の拒否は、すべての許可に優先します。アカウントをまたぐ場合は、ロールのポリシーとリソースのポリシーの両方で許可が必要です。",
        ),
        remedy: Text::fixed(
            "In the account that owns the resource, exempt the role from the denial, or allow it.",
            "リソースを所有するアカウントで、ロールを拒否の対象から除外するか、許可します。",
        ),
        not_this: Text::fixed(
            "A KMS key's policy is kms.key-policy-denied.",
            "KMS キーのキーポリシーは kms.key-policy-denied です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html",
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",
        ],
        examples: &["iam/resource_policy_denied/fault"],
    },
    judge,
};

fn layer(kind: LayerKind) -> bool {
    kind == LayerKind::Resource
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

fn resources(denial: &Denial<'_>) -> Vec<String> {
    denials::dedup(denial.calls.iter().map(|made| made.judgement.call.resource.clone()).collect())
}

fn proven(judged: &Judged<'_>, denial: &Denial<'_>) -> Finding {
    let mut finding = draft::of_denial(CODE, denial);
    let actions = draft::actions(&denial.calls);
    let role = draft::role_text(&denial.calls);
    finding.subject = resources(denial);
    let named = finding.subject.join(", ");
    let purposes = draft::purposes(judged, &denial.calls);
    let (en, ja) = if denial.explicit {
        ("denies", "拒否しています")
    } else {
        ("does not allow", "許可していません")
    };
    finding.title = Text::new(
        format!("The resource's policy {en} {actions} to {}", role.en),
        format!("リソースベースのポリシーが {} の {actions} を{ja}", role.ja),
    );
    finding.summary = Text::new(
        format!("The policy of {named} {en} what is needed for {}.", purposes.en),
        format!("{named} のポリシーが、{} に必要な操作を{ja}。", purposes.ja),
    );
    let told = draft::told_text(denial);
    let read = if denial.explicit {
        Text::new(
            format!(
                "A statement of the resource-based policy of {named} denies {actions} to {}. An explicit deny wins over every allow.",
                role.en
            ),
            format!(
                "{named} のリソースベースのポリシーのステートメントが、{} による {actions} を拒否しています。明示的な拒否はすべての許可に優先します。",
                role.ja
            ),
        )
    } else {
        Text::new(
            format!(
                "{named} is of another account than {}, so its resource-based policy must allow {actions} too. It does not.",
                role.en
            ),
            format!(
                "{named} は {} とは別のアカウントにあるため、リソースベースのポリシーでも {actions} の許可が必要ですが、許可されていません。",
                role.ja
            ),
        )
    };
    finding.explanation = draft::join(&[&read, &told]);
    finding.fixes = fixes(judged, denial);
    finding
}

fn unknown(open: &Open<'_>) -> Finding {
    let mut finding = draft::of_open(CODE, open);
    let resources = draft::resources(&open.calls);
    let actions = draft::actions(&open.calls);
    finding.title = Text::new(
        format!("Whether the resource's own policy allows {actions} is not known yet"),
        format!("リソースベースのポリシーが {actions} を許可しているかどうかは未確認です"),
    );
    let scope = |need: &Need| matches!(need, Need::Call(call) if call.operation == Operation::EcrGetAccountSetting);
    finding.summary = if open.needs.iter().any(scope) {
        Text::fixed(
            "Whether the policy of the registry counts for this call depends on its scope (V1 or V2), which was not pasted.",
            "レジストリのポリシーがこの呼び出しに適用されるかどうかはスコープ (V1 または V2) によりますが、その設定が貼り付けられていません。",
        )
    } else {
        Text::new(
            format!("The resource-based policy of {resources} was not pasted."),
            format!("{resources} のリソースベースのポリシーが貼り付けられていません。"),
        )
    };
    finding.explanation = Text::fixed(
        "A resource's policy can deny a role whatever the role's own policies allow, and in another account it must allow it. That there is none is proven by AWS's own answer.",
        "リソースベースのポリシーは、ロール自体の許可にかかわらず拒否することがあり、別のアカウントでは許可も必要です。ポリシーがないことは、AWS の応答によって確認できます。",
    );
    finding
}

fn fixes(judged: &Judged<'_>, denial: &Denial<'_>) -> Vec<Fix> {
    let (Some(role), Some(resource)) = (draft::principal(&denial.calls), resources(denial).into_iter().next()) else {
        return Vec::new();
    };
    let arn = ArnText::from(resource.as_str());
    let region = region_option(&resource);
    let calls = denial.calls.iter();
    let actions = order::set(calls.map(|made| made.judgement.call.action));
    let service = arn.field(2).unwrap_or_default().to_owned();
    let statement = DraftStatement::allow()
        .sid("EcsTaskStart")
        .principal(DraftPrincipal::Aws(order::set([role.0.clone()])));
    let statement = actions.iter().fold(statement, |statement, action| statement.action(*action));
    let statement = match service.as_str() {
        "secretsmanager" => statement.resource("*"),
        "s3" => statement.resource(resource.clone()),
        // Amazon ECR's policies need no resource.
        _ => statement,
    };
    let policy = Draft {
        statements: vec![statement],
    };
    // What nothing allows is allowed in the repository's own policy, not in the registry's.
    let registries = &judged.case.snapshot.ecr.registry_policies;
    let counts = |at: &Citation| denial.explicit || !registries.iter().any(|found| found.policy.at == *at);
    let pasted = evidence_of(denial).find(|at| counts(at) && judged.case.snapshot.policy_at(at).is_some());
    let amended = match (denial.explicit, pasted) {
        (true, _) => amend::sparing(judged, denial, DocumentKind::Resource),
        (false, Some(at)) => amend::adding(judged, &at, DocumentKind::Resource, &policy.statements),
        (false, None) => None,
    };
    let text = match &amended {
        None if !denial.explicit => quoted(&policy.to_line()),
        amended => amend::word(amended.as_ref()),
    };
    let name = arn.resource().unwrap_or_default().split('/').skip(1).collect::<Vec<_>>().join("/");
    let command = match service.as_str() {
        "secretsmanager" => format!("aws secretsmanager put-resource-policy --secret-id {resource} --resource-policy {text}{region}"),
        "ecr" if of_registry(judged, denial) => format!("aws ecr put-registry-policy --policy-text {text}{region}"),
        "ecr" => format!("aws ecr set-repository-policy --repository-name {name} --policy-text {text}{region}"),
        "s3" => {
            let bucket = arn.resource().unwrap_or_default().split('/').next().unwrap_or_default().to_owned();
            format!("aws s3api put-bucket-policy --bucket {bucket} --policy {text}")
        }
        _ => return Vec::new(),
    };
    let impact = if amended.is_some() {
        Text::fixed(
            "Puts the pasted policy back with this one change; what was changed in it since would be lost. Run it in the account that owns the resource. Nothing restarts.",
            "貼り付けられたポリシーに、この変更だけを加えて設定します。その後に加えられた変更は失われます。リソースを所有するアカウントで実行します。再起動は発生しません。",
        )
    } else {
        Text::fixed(
            "Replaces the whole resource-based policy: take over the statements that are there already. Run it in the account that owns the resource. Nothing restarts.",
            "リソースベースのポリシー全体を置き換えるため、既存のステートメントを含める必要があります。リソースを所有するアカウントで実行します。再起動は発生しません。",
        )
    };
    let change = match &amended {
        None if !denial.explicit => change(judged, denial, &arn, &policy),
        amended => amend::change(amended.as_ref()),
    };
    let steps = if denial.explicit {
        Text::new(
            format!("In the console of the resource {resource}, edit its permissions: exempt {role} from the Deny statement."),
            format!("リソース {resource} のコンソールでアクセス許可を編集し、{role} を Deny のステートメントから除外します。"),
        )
    } else {
        Text::new(
            format!("In the console of the resource {resource}, add the statement below to its permissions."),
            format!("リソース {resource} のコンソールで、下のステートメントをアクセス許可に追加します。"),
        )
    };
    let mut fixes = vec![
        cli(command, impact.clone(), change.clone()),
        console(steps, impact.clone(), change.clone()),
    ];
    if !denial.explicit {
        fixes.push(document(policy.to_json(), impact, change));
    }
    fixes
}

/// Whether the statement that denies stands in the registry's policy.
fn of_registry(judged: &Judged<'_>, denial: &Denial<'_>) -> bool {
    let at = denial.statement.as_ref().and_then(|statement| statement.handle.at.as_ref());
    let policies = &judged.case.snapshot.ecr.registry_policies;
    policies.iter().any(|policy| Some(&policy.policy.at) == at)
}

/// Where the resource's policies stand that were judged.
fn evidence_of(denial: &Denial<'_>) -> impl Iterator<Item = Citation> {
    let evidence = denial.calls.iter().flat_map(|made| &made.judgement.evidence);
    evidence.filter(|(kind, _)| *kind == "resource").map(|(_, at)| at.clone())
}

/// Shown on the typed state where the secret has no policy yet, so that nothing is to be merged.
fn change(judged: &Judged<'_>, denial: &Denial<'_>, secret: &ArnText, policy: &Draft) -> Option<Change> {
    let known = judged.case.snapshot.secrets.policy(secret)?;
    if known.policy.is_some() {
        return None;
    }
    let at = denial.evidence().into_iter().next()?;
    let (secret, text) = (secret.clone(), policy.to_json());
    Some(Change::new(move |snapshot| {
        snapshot.secrets.policies.retain(|known| known.secret.value != secret);
        snapshot.secrets.policies.push(SecretPolicy {
            secret: Found {
                value: secret.clone(),
                at: at.clone(),
                collected: None,
            },
            policy: Some(PolicyText {
                text: text.clone(),
                at: at.clone(),
                embedded: true,
            }),
        });
    }))
}
