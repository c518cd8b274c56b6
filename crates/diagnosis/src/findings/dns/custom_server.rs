//! `dns.custom-server`: other DNS servers, whose answers cannot be seen.

use crate::findings::network::{gather, remedy, words};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `dns.custom-server`.
pub(super) static RULE: Rule = Rule {
    code: Code("dns.custom-server"),
    page: Page {
        title: Text::fixed("The VPC hands out other DNS servers", "VPC がカスタム DNS サーバーを配布している"),
        what: Text::fixed(
            "The DHCP options name DNS servers other than Amazon's. Whether they resolve AWS's names, and to the VPC's endpoints, cannot be seen in these outputs.",
            "DHCP オプションに Amazon 以外の DNS サーバーが指定されています。AWS の名前を解決できるか、また VPC エンドポイントのアドレスに解決されるかは、これらの出力からは確認できません。",
        ),
        why: Text::fixed(
            "Servers that do not forward to Amazon's resolver answer with public addresses, or not at all: private DNS names of endpoints and private hosted zones do not work.",
            "Amazon のリゾルバーに転送しないサーバーは、パブリックアドレスを返すか、応答しません。エンドポイントのプライベート DNS 名とプライベートホストゾーンは機能しません。",
        ),
        remedy: Text::fixed(
            "Let the servers forward AWS's names to the VPC's resolver (an inbound endpoint of Route 53 Resolver), or hand out the Amazon-provided server.",
            "サーバーから AWS の名前を VPC のリゾルバー (Route 53 Resolver のインバウンドエンドポイント) に転送します。または、Amazon 提供の DNS サーバーを配布します。",
        ),
        not_this: Text::fixed(
            "The address base plus two of the VPC, or 169.254.169.253, is Amazon's own server.",
            "VPC のベースアドレスに 2 を加えたアドレスと 169.254.169.253 は、Amazon 提供の DNS サーバーです。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_DHCP_Options.html",
            "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-forwarding-inbound-queries.html",
        ],
        examples: &["dns/custom_server/unknown"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::DnsCustomServer { options, .. } => vec![options.0.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::DnsCustomServer { options, servers } = group.kind()? else {
        return None;
    };
    let asked = words::list(servers);
    let console = remedy::console(
        Text::new(
            format!(
                "On {asked}: forward amazonaws.com to an inbound endpoint of Route 53 Resolver in the VPC. Or VPC console > Your VPCs > Edit VPC settings > a DHCP option set with AmazonProvidedDNS."
            ),
            format!(
                "{asked} で amazonaws.com を VPC の Route 53 Resolver インバウンドエンドポイントに転送します。または、VPC コンソール > お使いの VPC > VPC の設定を編集で、AmazonProvidedDNS の DHCP オプションセットに変更します。"
            ),
        ),
        Text::fixed(
            "An inbound endpoint is charged by the hour. Another option set takes effect for interfaces that are created afterwards.",
            "インバウンドエンドポイントには時間料金がかかります。DHCP オプションセットの変更は、以後に作成される ENI に反映されます。",
        ),
    );
    let mut finding = group.told(
        Text::new(format!("{options} hands out DNS servers of your own ({asked})"), format!("{options} はカスタム DNS サーバー ({asked}) を配布しています")),
        Text::new(
            format!("What {asked} answers for AWS's names cannot be seen in these outputs. Here both the endpoint's and the public way lead to the same result; should one of them change, the answers decide."),
            format!("AWS の名前に対する {asked} の応答は、これらの出力からは確認できません。現在は、エンドポイント経由でもパブリックな経路でも結果は同じですが、どちらかが変わると応答しだいになります。"),
        ),
        &Text::new(format!("what the DNS servers {asked} answer for AWS's names"), format!("AWS の名前に対する DNS サーバー {asked} の応答")),
        vec![console],
    );
    if group.status == crate::model::Status::Unknown {
        finding.explanation = Text::new(
            format!(
                "{options} names {asked} instead of Amazon's DNS server. If they forward AWS's names to the VPC's resolver the endpoints' private names work; if not, the public addresses are used, and the path differs."
            ),
            format!(
                "{options} には Amazon の DNS サーバーの代わりに {asked} が指定されています。AWS の名前を VPC のリゾルバーに転送していれば、エンドポイントのプライベート DNS 名が機能します。転送していなければパブリックアドレスが使用され、経路が変わります。"
            ),
        );
    }
    Some(finding)
}
