//! `network.tls-intercepted`: the certificate in the answer is not the service's.

use crate::findings::network::remedy;
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, DestinationKey, Finding, Status};
use crate::symptom::Cause;
use snapshot::Text;

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
    finding.fixes = vec![remedy::console(
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
    )];
    vec![finding]
}
