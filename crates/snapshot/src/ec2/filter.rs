//! Security groups and network ACLs (Amazon EC2 API reference: `SecurityGroup`, `SecurityGroupRule`, `NetworkAcl`).

use crate::core::collection::{Key, Resource, joined};
use crate::core::ids::{
    AccountId, NetworkAclId, PrefixListId, SecurityGroupId, SecurityGroupRuleId, SubnetId, VpcId, VpcPeeringConnectionId,
};
use crate::core::lenient::Scalar;
use crate::core::shape::shape;
use crate::ec2::words::{Cidr, one, words};
use evidence::Operation;
use std::borrow::Cow;

words! {
    /// What a network ACL's entry does.
    enum RuleAction {
        /// Lets pass.
        Allow = "allow",
        /// Drops.
        Deny = "deny",
    }
}

shape! { Pascal;
    /// A security group.
    struct SecurityGroup {
        /// Its id.
        group_id: Option<SecurityGroupId>,
        /// Its name.
        group_name: Option<String>,
        /// Its VPC.
        vpc_id: Option<VpcId>,
        /// The owning account.
        owner_id: Option<AccountId>,
        /// What it lets in; `None` where the member is missing (then nothing is known).
        ip_permissions: Option<Vec<IpPermission>>,
        /// What it lets out; `None` where the member is missing, an empty list lets nothing out.
        ip_permissions_egress: Option<Vec<IpPermission>>,
    }
    /// A rule with all its peers.
    struct IpPermission {
        /// `tcp`, `udp`, `icmp`, `-1` for all, or a number.
        ip_protocol: Option<Scalar>,
        /// First port, ICMP type, or absent.
        from_port: Option<i64>,
        /// Last port, ICMP code, or absent.
        to_port: Option<i64>,
        /// IPv4 ranges.
        ip_ranges: Vec<IpRange>,
        /// IPv6 ranges.
        ipv6_ranges: Vec<Ipv6Range>,
        /// Prefix lists.
        prefix_list_ids: Vec<PrefixListRef>,
        /// Other groups: the private addresses of the interfaces in them.
        user_id_group_pairs: Vec<GroupPair>,
    }
    /// An IPv4 range.
    struct IpRange {
        /// The range; `None` where it cannot be read.
        cidr_ip: Option<Cidr>,
    }
    /// An IPv6 range.
    struct Ipv6Range {
        /// The range; `None` where it cannot be read.
        cidr_ipv6: Option<Cidr>,
    }
    /// A prefix list.
    struct PrefixListRef {
        /// The list.
        prefix_list_id: Option<PrefixListId>,
    }
    /// A group as peer.
    struct GroupPair {
        /// The group.
        group_id: Option<SecurityGroupId>,
        /// Its account.
        user_id: Option<AccountId>,
        /// Its VPC, where it is a peered one.
        vpc_id: Option<VpcId>,
        /// The peering over which it is referenced.
        vpc_peering_connection_id: Option<VpcPeeringConnectionId>,
        /// `active`, or `deleted` for a stale reference.
        peering_status: Option<String>,
    }
    /// One rule with one peer, as `describe-security-group-rules` prints it.
    struct SecurityGroupRule {
        /// Its id.
        security_group_rule_id: Option<SecurityGroupRuleId>,
        /// The group that it belongs to.
        group_id: Option<SecurityGroupId>,
        /// The owning account.
        group_owner_id: Option<AccountId>,
        /// Out or in.
        is_egress: Option<bool>,
        /// `tcp`, `-1`, …
        ip_protocol: Option<Scalar>,
        /// First port; -1 for all.
        from_port: Option<i64>,
        /// Last port; -1 for all.
        to_port: Option<i64>,
        /// IPv4 range.
        cidr_ipv4: Option<Cidr>,
        /// IPv6 range.
        cidr_ipv6: Option<Cidr>,
        /// Prefix list.
        prefix_list_id: Option<PrefixListId>,
        /// Group.
        referenced_group_info: Option<GroupPair>,
    }
    /// A group that is used in another VPC than its own.
    struct SecurityGroupVpcAssociation {
        /// The group.
        group_id: Option<SecurityGroupId>,
        /// The other VPC.
        vpc_id: Option<VpcId>,
        /// `associated` counts.
        state: Option<String>,
    }
    /// A network ACL.
    struct NetworkAcl {
        /// Its id.
        network_acl_id: Option<NetworkAclId>,
        /// Its VPC.
        vpc_id: Option<VpcId>,
        /// The owning account.
        owner_id: Option<AccountId>,
        /// The VPC's default ACL.
        is_default: Option<bool>,
        /// The subnets that use it.
        associations: Vec<NetworkAclAssociation>,
        /// Its entries, in no order; `None` where the member is missing.
        entries: Option<Vec<NetworkAclEntry>>,
    }
    /// A subnet that uses an ACL.
    struct NetworkAclAssociation {
        /// The subnet.
        subnet_id: Option<SubnetId>,
    }
    /// A numbered rule.
    struct NetworkAclEntry {
        /// The lowest matching number decides; 32767 (IPv6: 32768) is the final deny.
        rule_number: Option<i64>,
        /// Out or in.
        egress: Option<bool>,
        /// IANA's number, `-1` for all.
        protocol: Option<Scalar>,
        /// What it does.
        rule_action: Option<RuleAction>,
        /// The other side, IPv4.
        cidr_block: Option<Cidr>,
        /// The other side, IPv6.
        ipv6_cidr_block: Option<Cidr>,
        /// The destination ports; absent for all.
        port_range: Option<PortRange>,
    }
    /// Ports.
    struct PortRange {
        /// First.
        from: Option<i64>,
        /// Last.
        to: Option<i64>,
    }
}

impl Resource for SecurityGroup {
    type Id = SecurityGroupId;
    const LISTED_BY: Operation = Operation::Ec2DescribeSecurityGroups;
    const MEMBER: &'static str = "SecurityGroups";
    fn id(&self) -> Option<SecurityGroupId> {
        self.group_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "group-id" => one(self.group_id.as_ref()),
            "group-name" => one(self.group_name.as_ref()),
            "vpc-id" => one(self.vpc_id.as_ref()),
            "owner-id" => one(self.owner_id.as_ref()),
            _ => Vec::new(),
        }
    }
    fn owner(&self) -> Option<&str> {
        self.owner_id.as_ref().map(AccountId::as_str)
    }
}

impl Resource for SecurityGroupRule {
    type Id = SecurityGroupRuleId;
    const LISTED_BY: Operation = Operation::Ec2DescribeSecurityGroupRules;
    const MEMBER: &'static str = "SecurityGroupRules";
    fn id(&self) -> Option<SecurityGroupRuleId> {
        self.security_group_rule_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "group-id" => one(self.group_id.as_ref()),
            "security-group-rule-id" => one(self.security_group_rule_id.as_ref()),
            _ => Vec::new(),
        }
    }
    fn owner(&self) -> Option<&str> {
        self.group_owner_id.as_ref().map(AccountId::as_str)
    }
}

impl Key for (SecurityGroupId, VpcId) {
    fn key(&self) -> Cow<'_, str> {
        joined(&[Some(self.0.as_str()), Some(self.1.as_str())])
    }
}

impl Resource for SecurityGroupVpcAssociation {
    type Id = (SecurityGroupId, VpcId);
    const LISTED_BY: Operation = Operation::Ec2DescribeSecurityGroupVpcAssociations;
    const MEMBER: &'static str = "SecurityGroupVpcAssociations";
    fn id(&self) -> Option<(SecurityGroupId, VpcId)> {
        Some((self.group_id.clone()?, self.vpc_id.clone()?))
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "group-id" => one(self.group_id.as_ref()),
            "vpc-id" => one(self.vpc_id.as_ref()),
            _ => Vec::new(),
        }
    }
}

impl Resource for NetworkAcl {
    type Id = NetworkAclId;
    const LISTED_BY: Operation = Operation::Ec2DescribeNetworkAcls;
    const MEMBER: &'static str = "NetworkAcls";
    fn id(&self) -> Option<NetworkAclId> {
        self.network_acl_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "network-acl-id" | "association.network-acl-id" => one(self.network_acl_id.as_ref()),
            "vpc-id" => one(self.vpc_id.as_ref()),
            "owner-id" => one(self.owner_id.as_ref()),
            "association.subnet-id" => self
                .associations
                .iter()
                .filter_map(|part| part.subnet_id.as_ref())
                .map(SubnetId::as_str)
                .collect(),
            "default" => {
                if self.is_default == Some(true) {
                    vec!["true"]
                } else {
                    vec!["false"]
                }
            }
            _ => Vec::new(),
        }
    }
    fn owner(&self) -> Option<&str> {
        self.owner_id.as_ref().map(AccountId::as_str)
    }
}
