//! Ids of AWS resources as types, so that one kind is never taken for another.

use crate::core::collection::Key;
use crate::core::json::{Json, Read};
use std::borrow::Cow;
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub String);

        impl $name {
            /// The id as AWS prints it.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self { Self(text.to_owned()) }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str { &self.0 }
        }
        impl Read for $name {
            fn read(json: Json<'_>) -> Option<Self> { json.text().map(Self) }
        }
        impl Key for $name {
            fn key(&self) -> Cow<'_, str> { Cow::Borrowed(&self.0) }
        }
    )+};
}

ids! {
    /// `vpc-…`
    VpcId,
    /// `subnet-…`
    SubnetId,
    /// `rtb-…`
    RouteTableId,
    /// `sg-…`
    SecurityGroupId,
    /// `sgr-…`
    SecurityGroupRuleId,
    /// `acl-…`
    NetworkAclId,
    /// `vpce-…`
    VpcEndpointId,
    /// `nat-…`
    NatGatewayId,
    /// `igw-…`
    InternetGatewayId,
    /// `eigw-…`
    EgressOnlyInternetGatewayId,
    /// `eni-…`
    NetworkInterfaceId,
    /// `dopt-…`, or `default`
    DhcpOptionsId,
    /// `pl-…`
    PrefixListId,
    /// `tgw-…`
    TransitGatewayId,
    /// `tgw-attach-…`
    TransitGatewayAttachmentId,
    /// `tgw-rtb-…`
    TransitGatewayRouteTableId,
    /// `pcx-…`
    VpcPeeringConnectionId,
    /// `vgw-…`
    VpnGatewayId,
    /// `i-…`
    InstanceId,
    /// `eipalloc-…`
    AllocationId,
    /// A Block Public Access exclusion's id.
    ExclusionId,
    /// `fl-…`
    FlowLogId,
    /// `nia-…`
    AnalysisId,
    /// A Route 53 Resolver rule's id, `rslvr-rr-…`.
    ResolverRuleId,
    /// The id of an association of a Resolver rule or a DNS Firewall rule group with a VPC.
    ResolverAssociationId,
    /// Route 53 hosted zone id, without `/hostedzone/`.
    HostedZoneId,
    /// A 12-digit account id, or what a redaction put in its place.
    AccountId,
    /// A Region's name, such as `us-east-1`.
    RegionName,
    /// A full ARN.
    ArnText,
}

impl ArnText {
    /// The colon-separated field with that index (`arn` is 0), where it is there and not empty.
    #[must_use]
    pub fn field(&self, index: usize) -> Option<&str> {
        self.0.splitn(6, ':').nth(index).filter(|field| !field.is_empty())
    }
    /// `aws`, `aws-cn`, …
    #[must_use]
    pub fn partition(&self) -> Option<&str> {
        self.field(1)
    }
    /// The Region, where the ARN has one.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.field(3)
    }
    /// The account, where the ARN has one.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.field(4)
    }
    /// What follows the fifth colon.
    #[must_use]
    pub fn resource(&self) -> Option<&str> {
        self.field(5)
    }
}
