//! `endpoint.policy-denied`: the policy of a VPC endpoint does not let a call of the task through.

use crate::authorization::denials::{self, Denial, Made, Open};
use crate::findings::iam::draft::{self, cli, console, document, quoted};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::least;
use crate::model::{Change, Code, Finding, Fix};
use network::Passage;
use policy::{Draft, LayerKind};
use snapshot::ids::VpcEndpointId;
use snapshot::{PolicyDocument, Text};

const CODE: Code = Code("endpoint.policy-denied");

/// The policy that an endpoint has where none is given (VPC PrivateLink Guide, "Default endpoint policy").
const FULL_ACCESS: &str = r#"{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}"#;

pub(in crate::findings) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed(
            "The VPC endpoint's policy does not allow the call",
            "VPC エンドポイントのエンドポイントポリシーが呼び出しを許可していません",
        ),
        what: Text::fixed(
            "A call of the start passes a VPC endpoint whose policy does not allow it, or denies it.",
            "起動時の呼び出しが経由する VPC エンドポイントのエンドポイントポリシーが、その呼び出しを許可していないか、拒否しています。",
        ),
        why: Text::fixed(
            "An endpoint's policy limits what passes it, whatever the role may do. The download of image layers from Amazon S3 passes the S3 endpoint with a URL that Amazon ECR signed: the policy must allow the layer bucket, which is AWS's, to everyone.",
            "エンドポイントポリシーは、ロールの権限にかかわらず、通過できる呼び出しを制限します。イメージレイヤーのダウンロードは、Amazon ECR が署名した URL で S3 エンドポイントを経由するため、AWS が所有するレイヤー用バケットへのアクセスをすべてのプリンシパルに許可する必要があります。",
        ),
        remedy: Text::fixed(
            "Allow the calls of the start in the endpoint's policy, or reset it to full access.",
            "エンドポイントポリシーで起動時の呼び出しを許可するか、フルアクセスに戻します。",
        ),
        not_this: Text::fixed(
            "Calls that do not pass the endpoint, and the decryption that Secrets Manager makes itself, are not bound by it. An endpoint whose security group refuses the connection is network.endpoint-sg-ingress-blocked.",
            "エンドポイントを経由しない呼び出しや、Secrets Manager 自身が行う復号には適用されません。セキュリティグループが接続を拒否している場合は network.endpoint-sg-ingress-blocked です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
        ],
        examples: &["endpoint/policy_denied/fault"],
    },
    judge,
};

fn layer(kind: LayerKind) -> bool {
    kind == LayerKind::Endpoint
}

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let denied = denials::denied(judged, layer);
    let open = denials::open(judged, layer);
    denied
        .iter()
        .map(|denial| proven(judged, denial))
        .chain(open.iter().map(|open| unknown(judged, open)))
        .collect()
}

/// The endpoints that the calls pass: of a statement its own, else those of the walks.
fn endpoints(judged: &Judged<'_>, denial: &Denial<'_>) -> Vec<VpcEndpointId> {
    let named = denial
        .statement
        .as_ref()
        .map(|statement| statement.handle.name.as_str())
        .filter(|name| name.starts_with("vpce-"));
    if let Some(name) = named {
        return vec![VpcEndpointId::from(name)];
    }
    denials::dedup(
        passages(judged, &denial.calls)
            .flat_map(|passage| passage.endpoints.clone())
            .collect(),
    )
}

/// What the walks to the calls' destinations pass.
fn passages<'j>(judged: &'j Judged<'_>, calls: &'j [Made<'j>]) -> impl Iterator<Item = &'j Passage> {
    let passed = judged
        .destinations
        .iter()
        .filter(|destination| calls.iter().any(|made| *made.key == destination.requirement.key));
    passed
        .filter_map(|destination| destination.walks.first())
        .map(|walk| &walk.trace.passage)
}

fn proven(judged: &Judged<'_>, denial: &Denial<'_>) -> Finding {
    let mut finding = draft::of_denial(CODE, denial);
    let ids = endpoints(judged, denial);
    let names: Vec<String> = ids.iter().map(|id| id.0.clone()).collect();
    if !names.is_empty() {
        finding.subject.clone_from(&names);
    }
    let named = names.join(", ");
    let actions = draft::actions(&denial.calls);
    let purposes = draft::purposes(judged, &denial.calls);
    let (en, ja) = if denial.explicit {
        ("denies", "拒否しています")
    } else {
        ("does not allow", "許可していません")
    };
    finding.title = Text::new(
        format!("The policy of VPC endpoint {named} {en} {actions}"),
        format!("VPC エンドポイント {named} のエンドポイントポリシーが {actions} を{ja}"),
    );
    finding.summary = Text::new(
        format!("{} passes endpoint {named}, whose policy {en} the call.", purposes.en),
        format!(
            "{} の呼び出しは VPC エンドポイント {named} を経由しますが、エンドポイントポリシーが{ja}。",
            purposes.ja
        ),
    );
    let layers = denial.calls.iter().any(|made| made.judgement.principal.is_none());
    let note = if layers {
        Text::fixed(
            " The layer bucket belongs to AWS, and the request is signed by Amazon ECR: conditions on the own account, organization or role do not hold for it.",
            " レイヤー用バケットは AWS が所有し、リクエストは Amazon ECR が署名するため、自身のアカウント、組織、ロールに関する条件は満たされません。",
        )
    } else {
        Text::default()
    };
    let told = draft::told_text(denial);
    let read = Text::new(
        format!(
            "The task's {actions} on {} goes through {named}. Its policy {en} that; an endpoint's policy is needed in addition to the role's own permissions.",
            draft::resources(&denial.calls)
        ),
        format!(
            "タスクによる {} への {actions} は {named} を経由します。エンドポイントポリシーがこれを{ja}。ロールの権限に加えて、エンドポイントポリシーの許可も必要です。",
            draft::resources(&denial.calls)
        ),
    );
    finding.explanation = draft::join(&[&read, &note, &told]);
    finding.fixes = ids.first().map(|id| fixes(judged, id)).unwrap_or_default();
    finding
}

fn unknown(judged: &Judged<'_>, open: &Open<'_>) -> Finding {
    let mut finding = draft::of_open(CODE, open);
    // About the endpoints, or, while nobody knows of any, about the VPC that may have them: not about each call.
    let passages = || passages(judged, &open.calls);
    let ids = denials::dedup(
        passages()
            .flat_map(|passage| passage.endpoints.iter().map(|id| id.0.clone()))
            .collect(),
    );
    let vpcs = denials::dedup(
        passages()
            .filter_map(|passage| passage.vpc.as_ref().map(|vpc| vpc.0.clone()))
            .collect(),
    );
    if let Some(places) = [ids, vpcs].into_iter().find(|places: &Vec<String>| !places.is_empty()) {
        finding.subject = places;
    }
    let actions = draft::actions(&open.calls);
    finding.title = Text::new(
        format!("Whether a VPC endpoint's policy stops {actions} is not known yet"),
        format!("エンドポイントポリシーが {actions} を止めているかどうかは未確認です"),
    );
    finding.summary = Text::fixed(
        "Whether the calls pass a VPC endpoint, or what its policy allows, was not pasted.",
        "呼び出しが VPC エンドポイントを経由するかどうか、またはエンドポイントポリシーの内容が貼り付けられていません。",
    );
    finding.explanation = Text::fixed(
        "An endpoint's policy can stop a call that everything else allows; describe-vpc-endpoints shows it.",
        "エンドポイントポリシーは、ほかで許可されている呼び出しも止めることがあります。describe-vpc-endpoints で確認できます。",
    );
    finding
}

fn fixes(judged: &Judged<'_>, id: &VpcEndpointId) -> Vec<Fix> {
    let region = judged
        .case
        .region
        .as_deref()
        .map(|region| format!(" --region {region}"))
        .unwrap_or_default();
    let reset = Text::fixed(
        "Lets everything pass the endpoint that the callers' own permissions allow, for the whole VPC. Nothing restarts.",
        "VPC 全体で、呼び出し元の権限で許可されたすべての操作がエンドポイントを通過できるようになります。再起動は発生しません。",
    );
    let replace = Text::fixed(
        "Replaces the whole policy by what this task needs: whatever else uses the endpoint is stopped unless its statements are kept. Nothing restarts.",
        "ポリシー全体をこのタスクに必要な内容に置き換えるため、エンドポイントを使用するほかのものは、ステートメントを残さない限り止まります。再起動は発生しません。",
    );
    let mut fixes = vec![
        cli(
            format!("aws ec2 modify-vpc-endpoint --vpc-endpoint-id {id} --reset-policy{region}"),
            reset.clone(),
            Some(change(id, FULL_ACCESS)),
        ),
        console(
            Text::new(
                format!("VPC console > Endpoints > {id} > Actions > Manage policy: choose Full access, or add statements for these calls."),
                format!(
                    "VPC コンソール > エンドポイント > {id} > アクション > ポリシーの管理: フルアクセスを選択するか、これらの呼び出しのステートメントを追加します。"
                ),
            ),
            reset,
            Some(change(id, FULL_ACCESS)),
        ),
    ];
    if let Some(policy) = least_policy(judged, id) {
        let command = format!(
            "aws ec2 modify-vpc-endpoint --vpc-endpoint-id {id} --policy-document {}{region}",
            quoted(&policy.to_line())
        );
        let change = change(id, &policy.to_json());
        fixes.push(cli(command, replace.clone(), Some(change.clone())));
        fixes.push(document(policy.to_json(), replace, Some(change)));
    }
    fixes
}

fn least_policy(judged: &Judged<'_>, id: &VpcEndpointId) -> Option<Draft> {
    let least = least::of(judged)?;
    least
        .endpoints
        .into_iter()
        .find(|(endpoint, _)| endpoint == id)
        .map(|(_, draft)| draft)
}

fn change(id: &VpcEndpointId, text: &str) -> Change {
    let (id, text) = (id.clone(), text.to_owned());
    Change::new(move |snapshot| {
        snapshot.ec2.vpc_endpoints.edit(|endpoint| {
            if endpoint.vpc_endpoint_id.as_ref() == Some(&id) {
                endpoint.policy_document = Some(PolicyDocument {
                    text: text.clone(),
                    embedded: true,
                });
            }
        });
    })
}
