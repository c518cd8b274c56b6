//! `dns.support-disabled`: the VPC resolves no names.

use crate::findings::network::{gather, remedy};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `dns.support-disabled`.
pub(super) static RULE: Rule = Rule {
    code: Code("dns.support-disabled"),
    page: Page {
        title: Text::fixed("The VPC's DNS resolution is off", "VPC の DNS 解決が無効"),
        what: Text::fixed(
            "enableDnsSupport of the VPC is false and the VPC hands out the Amazon-provided DNS server, which then does not answer.",
            "VPC の enableDnsSupport が無効で、VPC が配布する Amazon 提供の DNS サーバーが応答しません。",
        ),
        why: Text::fixed(
            "No name resolves, so no call can be made: the error names a lookup or no such host, or times out on port 53.",
            "名前解決ができないため、呼び出しができません。エラーには lookup や no such host が含まれるか、ポート 53 でタイムアウトします。",
        ),
        remedy: Text::fixed("Turn enableDnsSupport on.", "enableDnsSupport を有効にします。"),
        not_this: Text::fixed("Custom DNS servers do not depend on it.", "カスタム DNS サーバーには影響しません。"),
        documentation: &["https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html"],
        examples: &["dns/support_disabled/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let subject = |kind: &FaultKind, _: &gather::Hit<'_>| match kind {
        FaultKind::DnsSupportDisabled { vpc } => vec![vpc.0.clone()],
        _ => Vec::new(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::DnsSupportDisabled { vpc } = group.kind()? else {
        return None;
    };
    let impact = Text::fixed(
        "Takes effect at once for the whole VPC; no task is restarted.",
        "VPC 全体に即時反映されます。タスクは再起動されません。",
    );
    let id = vpc.clone();
    let fix = remedy::cli(
        group.case,
        &format!("ec2 modify-vpc-attribute --vpc-id {vpc} --enable-dns-support Value=true"),
        impact.clone(),
    )
    .doing(move |snapshot| {
        if let Some(on) = snapshot
            .ec2
            .vpc_attributes
            .get_mut(&id)
            .and_then(|attributes| attributes.dns_support.as_mut())
        {
            on.value = true;
        }
    });
    let console = remedy::console(
        Text::new(
            format!("VPC console > Your VPCs > {vpc} > Actions > Edit VPC settings > Enable DNS resolution."),
            format!("VPC コンソール > お使いの VPC > {vpc} > アクション > VPC の設定を編集 > DNS 解決を有効化。"),
        ),
        impact,
    );
    Some(group.told(
        Text::new(format!("{vpc} resolves no names: enableDnsSupport is off"), format!("{vpc} の enableDnsSupport が無効なため、名前解決ができません")),
        Text::new(
            format!("enableDnsSupport of {vpc} is false, and its DHCP options hand out the Amazon-provided DNS server. That server does not answer then, so no AWS name resolves."),
            format!("{vpc} の enableDnsSupport は無効で、DHCP オプションは Amazon 提供の DNS サーバーを配布しています。このサーバーは応答しないため、AWS の名前を解決できません。"),
        ),
        &Text::new(format!("whether {vpc} resolves names"), format!("{vpc} で名前解決ができるかどうか")),
        vec![fix, console],
    ))
}
