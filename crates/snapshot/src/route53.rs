//! Private hosted zones and Route 53 Resolver, as far as they decide what a name resolves to inside a VPC.

use crate::core::collection::{Collection, Found, Resource};
use crate::core::ids::{AccountId, HostedZoneId, ResolverAssociationId, ResolverRuleId, VpcId};
use crate::core::listing::Listing;
use crate::core::shape::shape;
use crate::ec2::words::one;
use crate::load::Reader;
use evidence::Operation;

shape! { Pascal;
    /// A private hosted zone that answers in a VPC (Route 53 API reference: `HostedZoneSummary`).
    struct HostedZone {
        /// Its id.
        hosted_zone_id: Option<HostedZoneId>,
        /// Its name, with a trailing dot.
        name: Option<String>,
        /// Who made it.
        owner: Option<ZoneOwner>,
    }
    /// Who made a zone: an account, or an AWS service (the hidden zones of VPC endpoints).
    struct ZoneOwner {
        /// The account.
        owning_account: Option<AccountId>,
        /// `vpce.amazonaws.com`, …
        owning_service: Option<String>,
    }
    /// A record set (Route 53 API reference: `ResourceRecordSet`).
    struct RecordSet {
        /// Its name, with a trailing dot; `\052` stands for `*`.
        name: Option<String>,
        /// `A`, `AAAA`, `CNAME`, …
        r#type: Option<String> = "Type",
        /// Its values; none for an alias.
        resource_records: Vec<ResourceRecord>,
        /// What it is an alias of.
        alias_target: Option<AliasTarget>,
    }
    /// A value.
    struct ResourceRecord {
        /// The text.
        value: Option<String>,
    }
    /// The target of an alias.
    struct AliasTarget {
        /// Its name.
        dns_name: Option<String> = "DNSName",
    }
    /// A rule of Route 53 Resolver.
    struct ResolverRule {
        /// Its id.
        id: Option<ResolverRuleId>,
        /// The domain, with a trailing dot.
        domain_name: Option<String>,
        /// `FORWARD`, `SYSTEM`, `RECURSIVE`, `DELEGATE`.
        rule_type: Option<String>,
    }
    /// A VPC that a resolver rule applies to.
    struct ResolverRuleAssociation {
        /// Its id.
        id: Option<ResolverAssociationId>,
        /// The rule.
        resolver_rule_id: Option<ResolverRuleId>,
        /// The VPC.
        vpc_id: Option<VpcId> = "VPCId",
        /// `COMPLETE` counts.
        status: Option<String>,
    }
    /// A VPC that a DNS Firewall rule group applies to.
    struct FirewallAssociation {
        /// Its id.
        id: Option<ResolverAssociationId>,
        /// The rule group.
        firewall_rule_group_id: Option<String>,
        /// The VPC.
        vpc_id: Option<VpcId>,
        /// `COMPLETE` counts.
        status: Option<String>,
    }
}

/// The zones of one `list-hosted-zones-by-vpc`; the output does not name the VPC.
#[derive(Clone, Debug, PartialEq)]
pub struct ZonesOfVpc {
    /// The VPC of the command above it; `None` where the command is not known.
    pub vpc: Option<VpcId>,
    /// What was asked, and whether the output is whole.
    pub listing: Listing,
    /// The zones.
    pub zones: Vec<Found<HostedZone>>,
}

/// The record sets of one zone; the output does not name it.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordsOfZone {
    /// The zone of the command above it; `None` where the command is not known.
    pub zone: Option<HostedZoneId>,
    /// Whether the output is whole.
    pub whole: bool,
    /// The records.
    pub records: Vec<Found<RecordSet>>,
}

/// Everything pasted about Amazon Route 53.
#[derive(Clone, Debug, Default)]
pub struct Route53 {
    /// Zones by VPC, as pasted.
    pub zones: Vec<ZonesOfVpc>,
    /// Record sets by zone, as pasted.
    pub records: Vec<RecordsOfZone>,
    /// Resolver rules.
    pub resolver_rules: Collection<ResolverRule>,
    /// Which VPCs they apply to.
    pub resolver_rule_associations: Collection<ResolverRuleAssociation>,
    /// DNS Firewall associations.
    pub firewall_associations: Collection<FirewallAssociation>,
}

impl Route53 {
    pub(crate) fn load(&mut self, source: &Reader<'_>, operation: Operation) {
        match operation {
            Operation::Route53ListHostedZonesByVpc => {
                let zones = source.items::<HostedZone>("HostedZoneSummaries");
                self.zones.push(ZonesOfVpc {
                    vpc: source.option("vpc-id").map(VpcId::from),
                    listing: source.listing(operation, "HostedZoneSummaries", zones.len()),
                    zones,
                });
            }
            Operation::Route53ListResourceRecordSets => {
                let records: Vec<Found<RecordSet>> = source.items("ResourceRecordSets");
                let listing = source.listing(operation, "ResourceRecordSets", records.len());
                let narrowed = source.option("start-record-name").is_some();
                self.records.push(RecordsOfZone {
                    zone: source
                        .option("hosted-zone-id")
                        .map(|id| HostedZoneId::from(id.trim_start_matches("/hostedzone/"))),
                    whole: listing.whole && !narrowed,
                    records,
                });
            }
            Operation::Route53resolverListResolverRules => source.list(&mut self.resolver_rules),
            Operation::Route53resolverListResolverRuleAssociations => source.list(&mut self.resolver_rule_associations),
            Operation::Route53resolverListFirewallRuleGroupAssociations => source.list(&mut self.firewall_associations),
            _ => {}
        }
    }
}

impl RecordSet {
    /// Its name without the trailing dot, with `*` spelled out, in lower case.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        Some(self.name.as_ref()?.trim_end_matches('.').replace("\\052", "*").to_ascii_lowercase())
    }
}

impl Resource for ResolverRule {
    type Id = ResolverRuleId;
    const LISTED_BY: Operation = Operation::Route53resolverListResolverRules;
    const MEMBER: &'static str = "ResolverRules";
    fn id(&self) -> Option<ResolverRuleId> {
        self.id.clone()
    }
    fn attribute(&self, _name: &str) -> Vec<&str> {
        Vec::new()
    }
}

impl Resource for ResolverRuleAssociation {
    type Id = ResolverAssociationId;
    const LISTED_BY: Operation = Operation::Route53resolverListResolverRuleAssociations;
    const MEMBER: &'static str = "ResolverRuleAssociations";
    fn id(&self) -> Option<ResolverAssociationId> {
        self.id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "VPCId" => one(self.vpc_id.as_ref()),
            "ResolverRuleId" => one(self.resolver_rule_id.as_ref()),
            _ => Vec::new(),
        }
    }
}

impl Resource for FirewallAssociation {
    type Id = ResolverAssociationId;
    const LISTED_BY: Operation = Operation::Route53resolverListFirewallRuleGroupAssociations;
    const MEMBER: &'static str = "FirewallRuleGroupAssociations";
    fn id(&self) -> Option<ResolverAssociationId> {
        self.id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        if name == "vpc-id" { one(self.vpc_id.as_ref()) } else { Vec::new() }
    }
}
