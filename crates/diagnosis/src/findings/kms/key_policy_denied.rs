//! `kms.key-policy-denied`: the key's policy stops the decryption.

use crate::authorization::denials::{self, Denial, Open};
use crate::findings::iam::amend;
use crate::findings::iam::draft::{self, cli, console, document, region_option};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Change, Code, Finding, Fix};
use policy::{DocumentKind, Draft, DraftPrincipal, DraftStatement, LayerKind};
use snapshot::core::listing::{Listing, Page as Part, Scope};
use snapshot::ids::ArnText;
use snapshot::kms::{Grant, Grants};
use snapshot::order;
use snapshot::{Found, Need, Operation, Owner, Text};

const CODE: Code = Code("kms.key-policy-denied");

pub(super) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed(
            "The KMS key's policy does not let the role decrypt",
            "KMS キーのキーポリシーがロールの復号を許可していません",
        ),
        what: Text::fixed(
            "The secret or parameter is encrypted with a customer managed key whose policy denies the role, or neither allows it nor hands over to the account's IAM policies, and no grant does.",
            "シークレットまたはパラメータはカスタマーマネージドキーで暗号化されており、そのキーポリシーがロールを拒否しているか、ロールを許可せず、アカウントの IAM ポリシーへの委任もなく、許可するグラントもありません。",
        ),
        why: Text::fixed(
            "A KMS key answers to its own policy first: IAM policies count only where the key's policy names the account. Secrets Manager and Parameter Store decrypt with the role's permission, so they fail with the role.",
            "KMS キーではキーポリシーが最初に評価され、IAM ポリシーはキーポリシーがアカウントに委任している場合にのみ有効です。Secrets Manager とパラメータストアはロールの権限で復号するため、ロールが拒否されると失敗します。",
        ),
        remedy: Text::fixed(
            "Allow the role kms:Decrypt in the key's policy, hand over to IAM there, or create a grant.",
            "キーポリシーでロールに kms:Decrypt を許可するか、IAM に委任するか、グラントを作成します。",
        ),
        not_this: Text::fixed(
            "Where the key's policy hands over to IAM and the role lacks kms:Decrypt it is iam.action-not-allowed; a disabled key is kms.key-unusable.",
            "キーポリシーが IAM に委任しており、ロールに kms:Decrypt がない場合は iam.action-not-allowed、無効化されたキーは kms.key-unusable です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
            "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html",
        ],
        examples: &["kms/key_policy_denied/fault"],
    },
    judge,
};

fn layer(kind: LayerKind) -> bool {
    matches!(kind, LayerKind::Key | LayerKind::Grant)
}

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let denied = denials::denied(judged, layer);
    let mut open = denials::open(judged, layer);
    open.extend(unnamed(judged));
    denied
        .iter()
        .map(|denial| proven(judged, denial))
        .chain(open.iter().map(unknown))
        .collect()
}

/// Decryptions whose key is not known yet: an alias that was not resolved, or a secret that was not described.
fn unnamed<'j>(judged: &'j Judged<'_>) -> Vec<Open<'j>> {
    denials::calls(judged)
        .filter(|made| {
            let judgement = made.judgement;
            judgement.call.action == "kms:Decrypt"
                && judgement.decision.is_none()
                && judgement.foreign.is_none()
                && !judgement.needs.is_empty()
        })
        .map(|made| Open {
            needs: made.judgement.needs.clone(),
            calls: vec![made],
        })
        .collect()
}

fn keys(denial: &Denial<'_>) -> Vec<String> {
    denials::dedup(denial.calls.iter().map(|made| made.judgement.call.resource.clone()).collect())
}

fn proven(judged: &Judged<'_>, denial: &Denial<'_>) -> Finding {
    let mut finding = draft::of_denial(CODE, denial);
    finding.subject = keys(denial);
    let named = finding.subject.join(", ");
    let role = draft::role_text(&denial.calls);
    let purposes = draft::purposes(judged, &denial.calls);
    finding.title = Text::new(
        format!("The policy of KMS key {named} does not let {} decrypt", role.en),
        format!("KMS キー {named} のキーポリシーが {} の復号を許可していません", role.ja),
    );
    finding.summary = Text::new(
        format!("{} is encrypted with a key that {} may not use.", purposes.en, role.en),
        format!("{} は、{} が使用できない KMS キーで暗号化されています。", purposes.ja, role.ja),
    );
    let told = draft::told_text(denial);
    let read = if denial.explicit {
        Text::new(
            format!(
                "A statement of the key policy of {named} denies kms:Decrypt to {}. An explicit deny wins over every allow.",
                role.en
            ),
            format!(
                "{named} のキーポリシーのステートメントが、{} の kms:Decrypt を拒否しています。明示的な拒否はすべての許可に優先します。",
                role.ja
            ),
        )
    } else {
        Text::new(
            format!(
                "The key policy of {named} neither allows kms:Decrypt to {} nor hands over to the account's IAM policies, and no grant names the role.",
                role.en
            ),
            format!(
                "{named} のキーポリシーは、{} に kms:Decrypt を許可しておらず、アカウントの IAM ポリシーへの委任もなく、ロールに対するグラントもありません。",
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
    let keys = draft::resources(&open.calls);
    let of_versions = |need: &Need| matches!(need, Need::Call(call) if call.operation == Operation::SecretsmanagerListSecretVersionIds);
    if open.needs.iter().all(of_versions) {
        finding.title = Text::new(
            format!("Whether the value is encrypted with KMS key {keys}, which the role may not use, is not known yet"),
            format!("値が、ロールに許可されていない KMS キー {keys} で暗号化されているかどうかは未確認です"),
        );
        finding.summary = Text::new(
            format!("What was pasted does not let the role decrypt with {keys}; another key may open the version that is read."),
            format!(
                "貼り付けられた内容では、ロールは {keys} で復号できません。読み取られるバージョンは別のキーで復号できる可能性があります。"
            ),
        );
        finding.explanation = Text::fixed(
            "AWS Secrets Manager decrypts with the role's permissions. After a change of the secret's key a version may still be opened with the former one; the list of its versions shows which keys each is under.",
            "AWS Secrets Manager はロールの権限で復号します。シークレットのキーを変更したあとも、バージョンは以前のキーで復号できることがあります。各バージョンのキーはバージョンの一覧で確認できます。",
        );
        return finding;
    }
    finding.title = Text::new(
        format!("Whether KMS key {keys} lets the role decrypt is not known yet"),
        format!("KMS キー {keys} でロールが復号できるかどうかは未確認です"),
    );
    finding.summary = Text::fixed(
        "The key's policy or its grants were not pasted.",
        "キーポリシーまたはグラントが貼り付けられていません。",
    );
    finding.explanation = Text::fixed(
        "A KMS key is opened only by its own policy, by IAM where that policy hands over, or by a grant.",
        "KMS キーを使用できるのは、キーポリシーで許可されている場合、キーポリシーが IAM に委任している場合、またはグラントがある場合のみです。",
    );
    finding
}

fn fixes(judged: &Judged<'_>, denial: &Denial<'_>) -> Vec<Fix> {
    let (Some(role), Some(key)) = (draft::principal(&denial.calls), keys(denial).into_iter().next()) else {
        return Vec::new();
    };
    let statement = DraftStatement::allow()
        .sid("EcsTaskStart")
        .principal(DraftPrincipal::Aws(order::set([role.0.clone()])))
        .action("kms:Decrypt")
        .resource("*");
    let policy = Draft {
        statements: vec![statement],
    };
    let region = region_option(&key);
    let impact = Text::fixed(
        "Lets the role decrypt whatever this key encrypts. Run it in the key's own account. Nothing restarts.",
        "ロールは、このキーで暗号化されたすべてのデータを復号できるようになります。キーを所有するアカウントで実行します。再起動は発生しません。",
    );
    let edit = Text::new(
        format!("KMS console > Customer managed keys > {key} > Key policy: add the statement below (or exempt the role from the Deny)."),
        format!(
            "KMS コンソール > カスタマーマネージドキー > {key} > キーポリシー: 下のステートメントを追加します (拒否がある場合はロールを除外します)。"
        ),
    );
    if denial.explicit {
        let amended = amend::sparing(judged, denial, DocumentKind::Resource);
        let document = amend::word(amended.as_ref());
        let command = format!("aws kms put-key-policy --key-id {key} --policy-name default --policy {document}{region}");
        let change = amend::change(amended.as_ref());
        return vec![cli(command, impact.clone(), change.clone()), console(edit, impact, change)];
    }
    let change = change(denial, &role, &key);
    let pasted = judged.case.snapshot.kms.policy(&key).map(|found| found.policy.at.clone());
    let amended = pasted.and_then(|at| amend::adding(judged, &at, DocumentKind::Resource, &policy.statements));
    let added = amend::change(amended.as_ref());
    vec![
        cli(
            format!("aws kms create-grant --key-id {key} --grantee-principal {role} --operations Decrypt{region}"),
            impact.clone(),
            change,
        ),
        console(edit, impact.clone(), added.clone()),
        document(policy.to_json(), impact, added),
    ]
}

/// The grant, as `list-grants` would show it.
fn change(denial: &Denial<'_>, role: &ArnText, key: &str) -> Option<Change> {
    let at = denial.evidence().into_iter().next()?;
    let (role, key) = (role.clone(), key.to_owned());
    Some(Change::new(move |snapshot| {
        let grant = Grant {
            key_id: Some(key.clone()),
            grantee_principal: Some(role.0.clone()),
            operations: vec!["Decrypt".to_owned()],
            ..Grant::default()
        };
        let listing = Listing {
            at: at.clone(),
            operation: Operation::KmsListGrants,
            scope: Scope::default(),
            filters: None,
            whole: true,
            count: 1,
        };
        snapshot.kms.grants.push(Grants {
            key: Owner::Stated(key.clone()),
            grants: vec![Found {
                value: grant,
                at: at.clone(),
                collected: None,
            }],
            listing,
            page: Part {
                intact: true,
                ..Part::default()
            },
        });
    }))
}
