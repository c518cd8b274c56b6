//! `dns.hostnames-disabled`: private DNS of an endpoint is relied on and does not work.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `dns.hostnames-disabled`.
pub(super) static RULE: Rule = Rule {
    code: Code("dns.hostnames-disabled"),
    page: Page {
        title: Text::fixed(
            "Private DNS names do not work: enableDnsHostnames is off",
            "enableDnsHostnames が無効で、プライベート DNS 名が機能しない",
        ),
        what: Text::fixed(
            "The only way to the service is an interface endpoint with private DNS, and enableDnsHostnames of the VPC is false: the name stays public.",
            "サービスへの唯一の経路がプライベート DNS 名を有効にしたインターフェイスエンドポイントですが、VPC の enableDnsHostnames が無効なため、名前はパブリックアドレスに解決されます。",
        ),
        why: Text::fixed(
            "The call goes to the public address, to which there is no route: it times out. The endpoint's own setting may still read enabled.",
            "呼び出しはパブリックアドレスに向かいますが、ルートがないためタイムアウトします。エンドポイントの設定は有効と表示されたままのことがあります。",
        ),
        remedy: Text::fixed("Turn enableDnsHostnames on.", "enableDnsHostnames を有効にします。"),
        not_this: Text::fixed(
            "With a working NAT or internet gateway the public name works too, and this is no fault. S3 gateway endpoints need no private names.",
            "NAT ゲートウェイやインターネットゲートウェイが機能していれば、パブリックな名前でも通信できるため、障害ではありません。S3 ゲートウェイエンドポイントにプライベート DNS 名は不要です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html",
            "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
        ],
        examples: &["dns/hostnames_disabled/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::DnsHostnamesDisabled { vpc, .. } => vec![vpc.0.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::DnsHostnamesDisabled { vpc, .. } = group.kind()? else {
        return None;
    };
    let mut endpoints: Vec<String> = Vec::new();
    for hit in &group.hits {
        if let FaultKind::DnsHostnamesDisabled { endpoint, .. } = &hit.fault.kind
            && !endpoints.contains(&endpoint.0)
        {
            endpoints.push(endpoint.0.clone());
        }
    }
    let endpoints = endpoints.join(", ");
    let impact = Text::fixed(
        "Takes effect within minutes for the whole VPC: every client then reaches these services through the endpoints. Instances with public addresses get public host names.",
        "数分以内に VPC 全体に反映され、すべてのクライアントがこれらのサービスにエンドポイント経由で接続します。パブリックアドレスを持つインスタンスにはパブリックホスト名が付きます。",
    );
    let id = vpc.clone();
    let fix = remedy::cli(
        group.case,
        &format!("ec2 modify-vpc-attribute --vpc-id {vpc} --enable-dns-hostnames Value=true"),
        impact.clone(),
    )
    .doing(move |snapshot| {
        if let Some(on) = snapshot
            .ec2
            .vpc_attributes
            .get_mut(&id)
            .and_then(|attributes| attributes.dns_hostnames.as_mut())
        {
            on.value = true;
        }
    });
    let console = remedy::console(
        Text::new(
            format!("VPC console > Your VPCs > {vpc} > Actions > Edit VPC settings > Enable DNS hostnames."),
            format!("VPC コンソール > お使いの VPC > {vpc} > アクション > VPC の設定を編集 > DNS ホスト名を有効化。"),
        ),
        impact,
    );
    Some(group.told(
        Text::new(format!("{vpc} has enableDnsHostnames off, so its endpoints' private DNS does not work"), format!("{vpc} の enableDnsHostnames が無効なため、エンドポイントのプライベート DNS 名が機能しません")),
        Text::new(
            format!("{endpoints} has private DNS on, which works only where enableDnsSupport and enableDnsHostnames are both true. The name stays public, and no other path works."),
            format!("{endpoints} のプライベート DNS 名は有効ですが、enableDnsSupport と enableDnsHostnames の両方が有効な場合にのみ機能します。名前はパブリックアドレスに解決され、他に機能する経路もありません。"),
        ),
        &Text::new(format!("whether enableDnsHostnames of {vpc} is on"), format!("{vpc} の enableDnsHostnames が有効かどうか")),
        vec![fix, console],
    ))
}
