//! Results of VPC Reachability Analyzer (Reachability Analyzer guide, "Explanation codes").
//!
//! It looks at one IPv4 path between two resources that exist now: not at names, endpoint policies, IAM or IPv6. What it says is shown
//! and compared, and proves nothing by itself.

use super::some;
use crate::case::Case;
use crate::model::{Code, Finding, Note, Status};
use snapshot::Text;
use snapshot::ec2::access::NetworkInsightsAnalysis;

/// How many explanation codes are shown.
const SHOWN: usize = 8;

/// The explanation codes that can be the cause between a task and an AWS service, and what the same fault is called here.
pub const EXPLANATIONS: [(&str, &[Code]); 20] = [
    ("BAD_STATE", &[Code("network.nat-unavailable"), Code("endpoint.not-available")]),
    ("BAD_STATE_ATTACHMENT", &[Code("network.igw-detached")]),
    (
        "BAD_STATE_ROUTE",
        &[
            Code("network.blackhole-route"),
            Code("network.nat-unavailable"),
            Code("network.igw-detached"),
        ],
    ),
    ("CANNOT_ROUTE", &[Code("network.no-route"), Code("endpoint.gateway-not-routed")]),
    (
        "ENI_SG_RULES_MISMATCH",
        &[Code("network.sg-egress-blocked"), Code("network.endpoint-sg-ingress-blocked")],
    ),
    (
        "HIGHER_PRIORITY_ROUTE",
        &[Code("network.blackhole-route"), Code("network.opaque-next-hop")],
    ),
    (
        "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
        &[Code("network.no-route"), Code("dns.private-zone-shadows")],
    ),
    (
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        &[Code("network.no-public-ip"), Code("network.nat-private")],
    ),
    (
        "MORE_SPECIFIC_ROUTE",
        &[Code("network.blackhole-route"), Code("network.opaque-next-hop")],
    ),
    ("NGW_REQUIRES_SOURCE_IN_VPC", &[Code("network.peering-not-transitive")]),
    (
        "NO_ROUTE_TO_DESTINATION",
        &[
            Code("network.no-route"),
            Code("network.nat-no-internet-route"),
            Code("endpoint.missing"),
            Code("endpoint.gateway-not-routed"),
        ],
    ),
    // The interface of a stopped task is gone: what is analysed now is not what failed.
    ("NO_SOURCE_OR_DESTINATION", &[Code("evidence.changed-since-failure")]),
    ("PCX_REQUIRES_ADDRESS_IN_VPC_CIDR", &[Code("network.peering-not-transitive")]),
    ("REGIONAL_NGW_ROUTE_AZ_RESTRICTION", &[Code("network.nat-unavailable")]),
    ("REMAP_EPHEMERAL_PORT", &[Code("network.acl-inbound-blocked")]),
    (
        "SG_HAS_NO_RULES",
        &[Code("network.sg-egress-blocked"), Code("network.endpoint-sg-ingress-blocked")],
    ),
    ("SG_REFERENCES_NOT_PRESERVED", &[Code("network.endpoint-sg-ingress-blocked")]),
    (
        "SUBNET_ACL_RESTRICTION",
        &[Code("network.acl-outbound-blocked"), Code("network.acl-inbound-blocked")],
    ),
    ("VPCE_SERVICE_NOT_INSTALLED_IN_AZ", &[Code("endpoint.missing")]),
    ("VPC_BLOCK_PUBLIC_ACCESS_ENABLED", &[Code("network.public-access-blocked")]),
];

/// What the same fault is called here; what lies behind a transit gateway, firewall or VPN cannot be judged from these outputs.
fn ours(explanation: &str) -> &'static [Code] {
    let behind = ["TGW_", "FIREWALL_", "VGW_", "GWLB_", "BAD_STATE_VPN"];
    let row = EXPLANATIONS.iter().find(|(code, _)| *code == explanation);
    match row {
        Some((_, codes)) => codes,
        None if behind.iter().any(|prefix| explanation.starts_with(prefix)) => &[Code("network.opaque-next-hop")],
        None => &[],
    }
}

/// What each pasted analysis says, and how that compares with what is proven.
pub(super) fn notes(case: &Case<'_>, findings: &[Finding]) -> Vec<Note> {
    let analyses = case.snapshot.ec2.network_insights_analyses.iter();
    analyses
        .map(|found| Note {
            document: found.at.document,
            text: words(&found.value, findings),
        })
        .collect()
}

fn words(analysis: &NetworkInsightsAnalysis, findings: &[Finding]) -> Text {
    let id = analysis.network_insights_analysis_id.as_ref().map_or("?", |id| id.as_str());
    let mut en = format!("VPC Reachability Analyzer {id}");
    let mut ja = format!("VPC Reachability Analyzer {id}");
    let succeeded = analysis.status.as_deref() == Some("succeeded");
    let (Some(path_found), true) = (analysis.network_path_found, succeeded) else {
        let status = analysis.status.as_deref().unwrap_or("?");
        return Text::new(
            format!("{en} ({status}) has no result: it says nothing of the path."),
            format!("{ja} ({status}) には結果がなく、経路について何も示していません。"),
        );
    };
    let network = |code: &Code| ["network.", "dns.", "endpoint."].iter().any(|area| code.0.starts_with(area));
    let proven: Vec<Code> = findings
        .iter()
        .filter(|finding| finding.status == Status::Fail && network(&finding.code))
        .map(|finding| finding.code)
        .collect();
    if path_found {
        en.push_str(" found a path.");
        ja.push_str(" は経路を検出しました。");
        if let [first, ..] = proven.as_slice() {
            en.push_str(&format!(" Here {first} is proven all the same: it may be of another path."));
            ja.push_str(&format!(
                " 一方、ここでは {first} が証明されています。別の経路の分析である可能性があります。"
            ));
        }
    } else {
        let mut codes: Vec<&str> = analysis
            .explanations
            .iter()
            .filter_map(|one| one.explanation_code.as_deref())
            .collect();
        codes.dedup();
        let told: Vec<String> = codes
            .iter()
            .map(|code| {
                let called: Vec<&str> = ours(code).iter().map(|code| code.0).collect();
                if called.is_empty() {
                    (*code).to_owned()
                } else {
                    format!("{code} ({})", called.join(", "))
                }
            })
            .collect();
        let told = some(&told, SHOWN, "; ");
        en.push_str(&format!(" found no path: {told}."));
        ja.push_str(&format!(" は経路を検出しませんでした: {told}。"));
        let mut agreed: Vec<String> = Vec::new();
        for code in proven.iter().filter(|code| codes.iter().any(|one| ours(one).contains(code))) {
            if !agreed.contains(&code.to_string()) {
                agreed.push(code.to_string());
            }
        }
        if !agreed.is_empty() {
            let agreed = agreed.join(", ");
            en.push_str(&format!(" That agrees with what is proven here: {agreed}."));
            ja.push_str(&format!(" ここで証明された内容と一致します: {agreed}。"));
        } else {
            en.push_str(" None of it is proven here.");
            ja.push_str(" ここではいずれも証明されていません。");
        }
    }
    en.push_str(" It proves nothing by itself: it looks at one IPv4 path as it is now, not at names, endpoint policies or IAM.");
    ja.push_str(
        " この結果だけでは何も証明されません。現在の 1 つの IPv4 経路のみが対象で、名前解決、エンドポイントポリシー、IAM は対象外です。",
    );
    Text::new(en, ja)
}

#[cfg(test)]
mod tests {
    use super::{EXPLANATIONS, ours};
    use crate::findings;

    #[test]
    fn every_explanation_is_called_something_that_there_is() {
        for (explanation, codes) in EXPLANATIONS {
            assert!(!codes.is_empty(), "{explanation}");
            assert!(
                codes.iter().all(|code| findings::rules().iter().any(|rule| rule.code == *code)),
                "{explanation}"
            );
        }
        assert!(EXPLANATIONS.is_sorted_by_key(|(explanation, _)| *explanation));
        assert_eq!(ours("TGW_RTB_BAD_STATE_ROUTE").len(), 1);
        assert!(ours("ELB_NOT_CROSSZONE").is_empty());
    }
}
