//! What a verdict takes for granted, in words.

use super::Writer;
use snapshot::Assumption;

impl Writer<'_> {
    /// Each assumption as one sentence without a full stop.
    pub(super) fn assumptions(&self, assumptions: &[Assumption]) -> Vec<String> {
        assumptions.iter().map(|assumption| self.assumption(assumption)).collect()
    }

    fn assumption(&self, assumption: &Assumption) -> String {
        let (en, ja) = match assumption {
            Assumption::Unfiltered { operation, region } => {
                let command = operation
                    .cli()
                    .trim_start_matches("aws ")
                    .split(' ')
                    .next_back()
                    .unwrap_or_default();
                let place = if region.is_empty() {
                    String::new()
                } else {
                    format!(" in {region}")
                };
                let place_ja = if region.is_empty() {
                    String::new()
                } else {
                    format!(" {region} で")
                };
                (
                    format!("{command} was run unfiltered{place}"),
                    format!("{command} は{place_ja}フィルターなしで実行された"),
                )
            }
            Assumption::BlockPublicAccessOff => (
                "VPC Block Public Access is off".to_owned(),
                "VPC ブロックパブリックアクセスはオフである".to_owned(),
            ),
            Assumption::DnsSupportOn { vpc } => (
                format!("enableDnsSupport of {vpc} is on"),
                format!("{vpc} の enableDnsSupport は有効である"),
            ),
            Assumption::DnsHostnamesOn { vpc } => (
                format!("enableDnsHostnames of {vpc} is on"),
                format!("{vpc} の enableDnsHostnames は有効である"),
            ),
            Assumption::AmazonProvidedDns { vpc } => (
                format!("{vpc} hands out AmazonProvidedDNS"),
                format!("{vpc} は AmazonProvidedDNS を配布している"),
            ),
            Assumption::PartNeglected { cidrs } => {
                let list = cidrs.join(", ");
                (format!("the destination is not in {list}"), format!("接続先は {list} に含まれない"))
            }
            Assumption::NoOrganizationsPolicy => (
                "no service or resource control policy interferes".to_owned(),
                "サービスコントロールポリシー (SCP) とリソースコントロールポリシー (RCP) は影響しない".to_owned(),
            ),
            Assumption::Other(text) => (text.clone(), text.clone()),
        };
        self.lang.pick(en, ja)
    }
}
