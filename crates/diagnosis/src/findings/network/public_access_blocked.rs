//! `network.public-access-blocked`: VPC Block Public Access forbids the path.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `network.public-access-blocked`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.public-access-blocked"),
    page: Page {
        title: Text::fixed(
            "VPC Block Public Access forbids the path",
            "VPC ブロックパブリックアクセスが経路を遮断している",
        ),
        what: Text::fixed(
            "VPC Block Public Access is on in this Region and no exclusion covers the subnet that meets the internet gateway.",
            "このリージョンで VPC ブロックパブリックアクセスが有効で、インターネットゲートウェイに接するサブネットを対象とする除外がありません。",
        ),
        why: Text::fixed(
            "Traffic through the internet gateway is dropped, whatever routes and groups say; calls time out. In mode block-bidirectional this includes NAT gateways.",
            "ルートやセキュリティグループにかかわらず、インターネットゲートウェイの通信は破棄され、呼び出しはタイムアウトします。block-bidirectional モードでは NAT ゲートウェイの通信も対象です。",
        ),
        remedy: Text::fixed(
            "Create an exclusion for the subnet or the VPC, or use endpoints, which Block Public Access does not concern.",
            "サブネットまたは VPC の除外を作成します。または、ブロックパブリックアクセスの対象外である VPC エンドポイントを使用します。",
        ),
        not_this: Text::fixed(
            "In mode block-ingress a NAT gateway still works; only a task with a public IP is blocked.",
            "block-ingress モードでは NAT ゲートウェイは機能し、パブリック IP を持つタスクだけが遮断されます。",
        ),
        documentation: &["https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html"],
        examples: &["network/public_access_blocked/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::PublicAccessBlocked { vpc, .. } => vec![vpc.0.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::PublicAccessBlocked { vpc, subnet, mode } = group.kind()? else {
        return None;
    };
    let (option, place) = match subnet {
        Some(subnet) => (format!("--subnet-id {subnet}"), subnet.0.clone()),
        None => (format!("--vpc-id {vpc}"), vpc.0.clone()),
    };
    let impact = Text::new(
        format!(
            "Opens {place} to the internet again as far as routes and security groups allow; ask whoever owns the organization's policy first. Takes some minutes."
        ),
        format!(
            "{place} は、ルートとセキュリティグループが許可する範囲で再びインターネットと通信できるようになります。先に組織のポリシーの管理者に確認してください。反映には数分かかります。"
        ),
    );
    let (arn_region, account) = (
        group.case.region.clone().unwrap_or_default(),
        group.case.account.clone().unwrap_or_default(),
    );
    let partition = group.case.partition.clone();
    let (covered, at) = (
        subnet.clone(),
        group.hits.first().and_then(|hit| hit.fault.evidence.first()).cloned(),
    );
    let mut fix = remedy::cli(
        group.case,
        &format!("ec2 create-vpc-block-public-access-exclusion {option} --internet-gateway-exclusion-mode allow-bidirectional"),
        impact.clone(),
    );
    if let (Some(subnet), Some(at)) = (covered, at) {
        fix = fix.doing(move |snapshot| {
            let value = snapshot::ec2::access::BlockPublicAccessExclusion {
                exclusion_id: Some("vpcbpa-exclude-new".into()),
                resource_arn: Some(format!("arn:{partition}:ec2:{arn_region}:{account}:subnet/{subnet}")),
                internet_gateway_exclusion_mode: Some(snapshot::ec2::access::ExclusionMode::Bidirectional),
                state: Some(snapshot::ec2::access::ExclusionState::CreateComplete),
            };
            snapshot.ec2.block_public_access_exclusions.insert(snapshot::Found {
                value,
                at: at.clone(),
                collected: None,
            });
        });
    }
    let console = remedy::console(
        Text::new(
            format!("VPC console > Settings > Block public access > Create exclusions > {place}, allow bidirectional."),
            format!("VPC コンソール > 設定 > パブリックアクセスをブロック > 除外を作成 > {place}、双方向を許可。"),
        ),
        impact,
    );
    Some(group.told(
        Text::new(format!("VPC Block Public Access ({mode}) stops {place} from reaching the internet"), format!("VPC ブロックパブリックアクセス ({mode}) により {place} はインターネットに出られません")),
        Text::new(
            format!("The path leaves {vpc} through an internet gateway from {place}. Block Public Access is in mode {mode} and no exclusion that counts covers {place}."),
            format!("経路は {place} からインターネットゲートウェイを経由して {vpc} の外に出ます。ブロックパブリックアクセスのモードは {mode} で、{place} を対象とする有効な除外がありません。"),
        ),
        &Text::new(format!("whether Block Public Access stops {place}"), format!("ブロックパブリックアクセスが {place} の通信を止めているかどうか")),
        vec![fix, console],
    ))
}
