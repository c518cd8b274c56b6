//! `network.tls-intercepted`: the certificate in the answer is not the service's.

use crate::case::Case;
use crate::findings::network::remedy;
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, DestinationKey, Finding, Fix, Status};
use crate::requirements::Requirement;
use crate::symptom::Cause;
use references::{Region, ServiceName};
use snapshot::Text;
use snapshot::ids::SubnetId;

/// The rule of `network.tls-intercepted`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.tls-intercepted"),
    page: Page {
        title: Text::fixed("TLS is intercepted on the way", "経路上で TLS が中継されている"),
        what: Text::fixed(
            "The answer carried a certificate that is not the service's: a proxy or firewall on the way opens TLS connections, or the name leads to another host.",
            "応答の証明書がサービスのものではありません。経路上のプロキシまたはファイアウォールが TLS 接続を終端しているか、名前が別のホストに解決されています。",
        ),
        why: Text::fixed(
            "The agent trusts public certificate authorities only and ends the connection: the error text names x509 or a certificate.",
            "エージェントはパブリックな認証局だけを信頼し、接続を終了します。エラーには x509 や certificate が含まれます。",
        ),
        remedy: Text::fixed(
            "Exempt AWS's hosts from TLS inspection, or use VPC endpoints so that the calls do not pass it.",
            "AWS のホストを TLS 検査の対象外にします。または、VPC エンドポイントを使用して検査を経由しないようにします。",
        ),
        not_this: Text::fixed(
            "A connection that is refused or times out is no certificate's fault.",
            "接続の拒否やタイムアウトは証明書の問題ではありません。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/network-firewall/latest/developerguide/tls-inspection-configurations.html",
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
        ],
        examples: &["network/tls_intercepted/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let case = judged.case;
    let (Some(symptom), Some(error)) = (&case.symptom, &case.error) else {
        return Vec::new();
    };
    if symptom.cause != Cause::Tls {
        return Vec::new();
    }
    let about = |key: &DestinationKey| {
        let mut finding = Finding::new(RULE.code, Status::Fail);
        finding.affects = vec![key.clone()];
        crate::ranking::explains(&finding, symptom)
    };
    let named: Vec<_> = judged
        .destinations
        .iter()
        .map(|destination| &destination.requirement)
        .filter(|requirement| about(&requirement.key))
        .collect();
    let host = symptom.quoted.host.clone().or_else(|| {
        if let [one] = named.as_slice() {
            Some(one.host.clone())
        } else {
            None
        }
    });
    let shown = host
        .clone()
        .map_or_else(|| Text::fixed("the service", "サービス"), |host| Text::new(host.clone(), host));
    let mut finding = Finding::new(RULE.code, Status::Fail);
    finding.affects = named.iter().map(|requirement| requirement.key.clone()).collect();
    finding.affects.dedup();
    finding.subject = host.into_iter().collect();
    finding.evidence = vec![error.at.clone()];
    finding.title = Text::new(
        format!("The certificate that answered for {} is not the service's", shown.en),
        format!("{} の応答の証明書がサービスのものではありません", shown.ja),
    );
    finding.summary = Text::fixed(
        "Something between the task and AWS opens the encrypted connection; the task refuses it and does not start.",
        "タスクと AWS の間にある機器が暗号化接続を終端しています。タスクは接続を拒否し、起動しません。",
    );
    finding.explanation = Text::new(
        format!(
            "The error text says that the certificate could not be verified. The route, groups and ports are not the fault: an answer came, but not from {}. A proxy, a firewall with TLS inspection, or a name that leads to another host does this.",
            shown.en
        ),
        format!(
            "エラーには、証明書を検証できなかったことが示されています。応答があったため、ルート、セキュリティグループ、ポートの問題ではありませんが、応答したのは {} ではありません。プロキシ、TLS 検査を行うファイアウォール、または別のホストへの名前解決が原因です。",
            shown.ja
        ),
    );
    finding.fixes = named.iter().filter_map(|requirement| past_it(case, requirement)).take(1).collect();
    finding.fixes.push(remedy::console(
        Text::new(
            format!(
                "In the proxy or firewall on the way (Network Firewall console > TLS inspection configurations, or the appliance's own): exempt {} and the other AWS hosts of the task from inspection.",
                shown.en
            ),
            format!(
                "経路上のプロキシまたはファイアウォール (Network Firewall コンソール > TLS 検査設定、またはアプライアンスの設定) で、{} とタスクが使用する他の AWS ホストを検査の対象外にします。",
                shown.ja
            ),
        ),
        Text::fixed(
            "Traffic to these hosts is no longer inspected.",
            "これらのホストへの通信は検査されなくなります。",
        ),
    ));
    vec![finding]
}

/// An endpoint of the service: calls to it no longer leave through the proxy or firewall. Of S3, whose layers come by another name, none.
fn past_it(case: &Case<'_>, requirement: &Requirement) -> Option<Fix> {
    let named = crate::walks::named(&requirement.key).filter(|_| requirement.key != DestinationKey::S3)?;
    let region = requirement.region.as_deref().and_then(Region::parse)?;
    let service = ServiceName::of(named, &region, false)?;
    let subnets: Vec<&SubnetId> = case.settings.iter().flat_map(|settings| &settings.subnets).collect();
    let known = subnets.first().and_then(|subnet| case.snapshot.ec2.subnets.get(subnet));
    let vpc = known.and_then(|found| found.value.vpc_id.clone());
    let list = subnets.iter().map(|subnet| subnet.as_str()).collect::<Vec<_>>().join(" ");
    let or = |text: &str, hole: &str| if text.is_empty() { hole.to_owned() } else { text.to_owned() };
    let command = format!(
        "ec2 create-vpc-endpoint --vpc-id {} --vpc-endpoint-type Interface --service-name {} --subnet-ids {} --security-group-ids SECURITY_GROUP --private-dns-enabled",
        or(vpc.as_ref().map(|vpc| vpc.as_str()).unwrap_or_default(), "VPC"),
        service.as_str(),
        or(&list, "SUBNETS"),
    );
    let impact = Text::fixed(
        "Calls to this service no longer pass the proxy or firewall. An interface endpoint is charged by the hour and by the gigabyte; with private DNS every client of the VPC uses it. SECURITY_GROUP must let TCP 443 in from the task.",
        "このサービスへの呼び出しは、プロキシやファイアウォールを経由しなくなります。インターフェイスエンドポイントには時間料金とデータ処理料金がかかり、プライベート DNS 名を有効にすると VPC のすべてのクライアントが使用します。SECURITY_GROUP では、タスクからの TCP 443 のインバウンドを許可する必要があります。",
    );
    Some(remedy::cli(case, &command, impact))
}
