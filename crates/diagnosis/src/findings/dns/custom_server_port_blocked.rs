//! `dns.custom-server-port-blocked`: the DNS servers of the VPC cannot be asked.

use crate::findings::network::{gather, remedy, words};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `dns.custom-server-port-blocked`.
pub(super) static RULE: Rule = Rule {
    code: Code("dns.custom-server-port-blocked"),
    page: Page {
        title: Text::fixed("Custom DNS servers cannot be asked", "カスタム DNS サーバーに問い合わせできない"),
        what: Text::fixed(
            "The DHCP options name DNS servers other than Amazon's, and UDP 53 to all of them is blocked by route, security groups or network ACL.",
            "DHCP オプションに Amazon 以外の DNS サーバーが指定されていますが、そのすべてへの UDP 53 がルート、セキュリティグループ、またはネットワーク ACL により遮断されています。",
        ),
        why: Text::fixed(
            "No name resolves: the error names a lookup that times out on port 53.",
            "名前解決ができません。エラーには、ポート 53 での lookup のタイムアウトが示されます。",
        ),
        remedy: Text::fixed(
            "Let UDP and TCP 53 out to the servers, or hand out the Amazon-provided DNS server.",
            "DNS サーバーへの UDP 53 と TCP 53 を許可します。または、Amazon 提供の DNS サーバーを配布します。",
        ),
        not_this: Text::fixed(
            "The Amazon-provided server needs no rule of any kind.",
            "Amazon 提供の DNS サーバーには、いかなるルールも不要です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_DHCP_Options.html",
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html",
        ],
        examples: &["dns/custom_server_port_blocked/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::DnsPortBlocked { blockers, servers, .. } => {
            if blockers.is_empty() {
                servers.clone()
            } else {
                blockers.clone()
            }
        }
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::DnsPortBlocked {
        servers,
        tcp_only,
        blockers,
    } = group.kind()?
    else {
        return None;
    };
    let (asked, by) = (words::list(servers), words::list(blockers));
    let port = if *tcp_only { "TCP 53" } else { "UDP 53" };
    let mut fixes = Vec::new();
    if let Some(security_group) = blockers.iter().find(|id| id.starts_with("sg-")) {
        let peers = servers
            .iter()
            .map(|server| format!("{{CidrIp={server}/32}}"))
            .collect::<Vec<_>>()
            .join(",");
        let impact = Text::new(
            format!("Takes effect at once for everything that uses {security_group}: DNS to these servers only."),
            format!("{security_group} を使用するすべてのリソースに即時反映されます。許可されるのはこれらのサーバーへの DNS だけです。"),
        );
        let (id, to) = (snapshot::ids::SecurityGroupId::from(security_group.as_str()), servers.clone());
        let fix = remedy::cli(
            group.case,
            &format!(
                "ec2 authorize-security-group-egress --group-id {security_group} --ip-permissions 'IpProtocol=udp,FromPort=53,ToPort=53,IpRanges=[{peers}]' 'IpProtocol=tcp,FromPort=53,ToPort=53,IpRanges=[{peers}]'"
            ),
            impact.clone(),
        );
        fixes.push(fix.doing(move |snapshot| remedy::let_dns_out(snapshot, &id, &to)));
    }
    let impact = Text::fixed(
        "Takes effect for interfaces that are created afterwards; names that only the custom servers know no longer resolve unless Amazon's resolver forwards them.",
        "以後に作成される ENI に反映されます。カスタムサーバーだけが解決できる名前は、Amazon のリゾルバーで転送しない限り解決できなくなります。",
    );
    let vpc = remedy::vpc_of(group);
    let named = vpc.as_ref().map_or("VPC", |vpc| vpc.as_str());
    let fix = remedy::cli(
        group.case,
        &format!(
            "ec2 create-dhcp-options --dhcp-configurations Key=domain-name-servers,Values=AmazonProvidedDNS\nec2 associate-dhcp-options --dhcp-options-id NEW_DHCP_OPTIONS --vpc-id {named}"
        ),
        impact.clone(),
    );
    fixes.push(match vpc {
        Some(vpc) => fix.doing(move |snapshot| remedy::amazon_dns(snapshot, &vpc)),
        None => fix,
    });
    fixes.push(remedy::console(
        Text::new(
            format!("VPC console: let UDP and TCP 53 out to {asked} in {by}. Or Your VPCs > Actions > Edit VPC settings > another DHCP option set with AmazonProvidedDNS."),
            format!("VPC コンソール: {by} で {asked} への UDP 53 と TCP 53 を許可します。または、お使いの VPC > アクション > VPC の設定を編集で、AmazonProvidedDNS の DHCP オプションセットに変更します。"),
        ),
        impact,
    ));
    Some(group.told(
        Text::new(format!("{port} to the DNS servers {asked} is blocked"), format!("DNS サーバー {asked} への {port} が遮断されています")),
        if *tcp_only {
            Text::new(
                format!("UDP 53 passes, TCP 53 is stopped by {by}. Most answers fit into UDP; long ones are asked again over TCP and then fail."),
                format!("UDP 53 は許可されていますが、TCP 53 は {by} により遮断されています。ほとんどの応答は UDP で足りますが、長い応答は TCP で再度問い合わせるため失敗します。"),
            )
        } else {
            Text::new(
                format!("The VPC hands out {asked} as DNS servers, and UDP 53 to every one of them is stopped by {by}. No AWS name resolves."),
                format!("VPC は DNS サーバーとして {asked} を配布していますが、そのすべてへの UDP 53 が {by} により遮断されています。AWS の名前を解決できません。"),
            )
        },
        &Text::new(format!("whether the DNS servers {asked} can be asked"), format!("DNS サーバー {asked} に問い合わせできるかどうか")),
        fixes,
    ))
}
