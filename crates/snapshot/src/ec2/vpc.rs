//! VPCs, their DNS attributes and DHCP options, and subnets (Amazon EC2 API reference: `Vpc`, `Subnet`, `DhcpOptions`).

use crate::core::collection::{Found, Resource};
use crate::core::ids::{AccountId, DhcpOptionsId, SubnetId, VpcId};
use crate::core::shape::shape;
use crate::ec2::access::BlockMode;
use crate::ec2::words::{Cidr, one, words};
use evidence::Operation;

words! {
    /// The state of a CIDR association.
    enum CidrState {
        /// In force.
        Associated = "associated",
        /// Not yet in force.
        Associating = "associating",
        /// Going.
        Disassociating = "disassociating",
        /// Gone.
        Disassociated = "disassociated",
        /// Could not be made.
        Failed = "failed",
    }
}

shape! { Pascal;
    /// A VPC.
    struct Vpc {
        /// Its id.
        vpc_id: Option<VpcId>,
        /// The owning account.
        owner_id: Option<AccountId>,
        /// The primary IPv4 CIDR: the Amazon-provided resolver is its base plus two.
        cidr_block: Option<Cidr>,
        /// All IPv4 CIDRs, the primary one included.
        cidr_block_association_set: Vec<CidrAssociation>,
        /// All IPv6 CIDRs.
        ipv6_cidr_block_association_set: Vec<Ipv6CidrAssociation>,
        /// Its DHCP option set; `default` stands for none.
        dhcp_options_id: Option<DhcpOptionsId>,
        /// Whether it is the Region's default VPC.
        is_default: Option<bool>,
        /// Block Public Access, as the VPC reports it.
        block_public_access_states: Option<BlockPublicAccessStates>,
    }
    /// An IPv4 CIDR of a VPC.
    struct CidrAssociation {
        /// The range.
        cidr_block: Option<Cidr>,
        /// Its state.
        cidr_block_state: Option<CidrBlockState>,
    }
    /// An IPv6 CIDR of a VPC or subnet.
    struct Ipv6CidrAssociation {
        /// The range.
        ipv6_cidr_block: Option<Cidr>,
        /// Its state.
        ipv6_cidr_block_state: Option<CidrBlockState>,
    }
    /// The state of a CIDR association.
    struct CidrBlockState {
        /// `associated` counts.
        state: Option<CidrState>,
    }
    /// What Block Public Access does to one resource.
    struct BlockPublicAccessStates {
        /// The mode in force there, exclusions applied.
        internet_gateway_block_mode: Option<BlockMode>,
    }
    /// A subnet.
    struct Subnet {
        /// Its id.
        subnet_id: Option<SubnetId>,
        /// Its VPC.
        vpc_id: Option<VpcId>,
        /// The account that owns the subnet: another than the task's where the VPC is shared.
        owner_id: Option<AccountId>,
        /// Its IPv4 range; absent for an IPv6-only subnet.
        cidr_block: Option<Cidr>,
        /// Its IPv6 range.
        ipv6_cidr_block_association_set: Vec<Ipv6CidrAssociation>,
        /// `us-east-1a`; the letter means another zone in another account.
        availability_zone: Option<String>,
        /// `use1-az1`: the same zone in every account.
        availability_zone_id: Option<String>,
        /// The subnet's default for instances; Fargate does not use it.
        map_public_ip_on_launch: Option<bool>,
        /// Whether interfaces get an IPv6 address.
        assign_ipv6_address_on_creation: Option<bool>,
        /// Whether names without an IPv6 address are answered with one under `64:ff9b::/96`.
        enable_dns64: Option<bool>,
        /// Whether it has no IPv4.
        ipv6_native: Option<bool>,
        /// Block Public Access, as the subnet reports it.
        block_public_access_states: Option<BlockPublicAccessStates>,
    }
    /// A set of DHCP options.
    struct DhcpOptions {
        /// Its id.
        dhcp_options_id: Option<DhcpOptionsId>,
        /// The owning account.
        owner_id: Option<AccountId>,
        /// The options.
        dhcp_configurations: Vec<DhcpConfiguration>,
    }
    /// One option.
    struct DhcpConfiguration {
        /// `domain-name-servers`, `domain-name`, …
        key: Option<String>,
        /// Its values.
        values: Vec<DhcpValue>,
    }
    /// A value of an option.
    struct DhcpValue {
        /// The text.
        value: Option<String>,
    }
    /// `describe-vpc-attribute`: one attribute a call.
    struct VpcAttributeOutput {
        /// The VPC.
        vpc_id: Option<VpcId>,
        /// `enableDnsSupport`.
        enable_dns_support: Option<AttributeValue>,
        /// `enableDnsHostnames`.
        enable_dns_hostnames: Option<AttributeValue>,
    }
    /// An attribute's value.
    struct AttributeValue {
        /// Whether it is on.
        value: Option<bool>,
    }
}

/// The DNS attributes of a VPC, from as many outputs as were pasted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VpcAttributes {
    /// `enableDnsSupport`: whether the Amazon-provided resolver answers.
    pub dns_support: Option<Found<bool>>,
    /// `enableDnsHostnames`: with it (and DNS support) private zones and the endpoints' private names work.
    pub dns_hostnames: Option<Found<bool>>,
}

impl Vpc {
    /// The ranges in force, IPv4 and IPv6.
    pub fn cidrs(&self) -> impl Iterator<Item = Cidr> {
        let v4 = self
            .cidr_block_association_set
            .iter()
            .map(|part| (part.cidr_block, &part.cidr_block_state));
        let v6 = self
            .ipv6_cidr_block_association_set
            .iter()
            .map(|part| (part.ipv6_cidr_block, &part.ipv6_cidr_block_state));
        let associated = v4.chain(v6).filter_map(|(cidr, state)| cidr.filter(|_| in_force(state.as_ref())));
        self.cidr_block.into_iter().chain(associated)
    }
}

impl Subnet {
    /// The ranges in force, IPv4 and IPv6.
    pub fn cidrs(&self) -> impl Iterator<Item = Cidr> {
        let v6 = self
            .ipv6_cidr_block_association_set
            .iter()
            .filter_map(|part| part.ipv6_cidr_block.filter(|_| in_force(part.ipv6_cidr_block_state.as_ref())));
        self.cidr_block.into_iter().chain(v6)
    }
}

fn in_force(state: Option<&CidrBlockState>) -> bool {
    state
        .and_then(|state| state.state.as_ref())
        .is_none_or(|state| *state == CidrState::Associated)
}

impl DhcpOptions {
    /// The values of `domain-name-servers`; `None` where the option is not set.
    #[must_use]
    pub fn name_servers(&self) -> Option<Vec<&str>> {
        let option = self
            .dhcp_configurations
            .iter()
            .find(|option| option.key.as_deref() == Some("domain-name-servers"))?;
        Some(option.values.iter().filter_map(|value| value.value.as_deref()).collect())
    }
}

impl Resource for Vpc {
    type Id = VpcId;
    const LISTED_BY: Operation = Operation::Ec2DescribeVpcs;
    const MEMBER: &'static str = "Vpcs";
    fn id(&self) -> Option<VpcId> {
        self.vpc_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "vpc-id" => one(self.vpc_id.as_ref()),
            "owner-id" => one(self.owner_id.as_ref()),
            "dhcp-options-id" => one(self.dhcp_options_id.as_ref()),
            _ => Vec::new(),
        }
    }
    fn owner(&self) -> Option<&str> {
        self.owner_id.as_ref().map(AccountId::as_str)
    }
}

impl Resource for Subnet {
    type Id = SubnetId;
    const LISTED_BY: Operation = Operation::Ec2DescribeSubnets;
    const MEMBER: &'static str = "Subnets";
    fn id(&self) -> Option<SubnetId> {
        self.subnet_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "subnet-id" => one(self.subnet_id.as_ref()),
            "vpc-id" => one(self.vpc_id.as_ref()),
            "owner-id" => one(self.owner_id.as_ref()),
            "availability-zone" => one(self.availability_zone.as_ref()),
            "availability-zone-id" => one(self.availability_zone_id.as_ref()),
            _ => Vec::new(),
        }
    }
    fn owner(&self) -> Option<&str> {
        self.owner_id.as_ref().map(AccountId::as_str)
    }
}

impl Resource for DhcpOptions {
    type Id = DhcpOptionsId;
    const LISTED_BY: Operation = Operation::Ec2DescribeDhcpOptions;
    const MEMBER: &'static str = "DhcpOptions";
    fn id(&self) -> Option<DhcpOptionsId> {
        self.dhcp_options_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "dhcp-options-id" => one(self.dhcp_options_id.as_ref()),
            "owner-id" => one(self.owner_id.as_ref()),
            _ => Vec::new(),
        }
    }
    fn owner(&self) -> Option<&str> {
        self.owner_id.as_ref().map(AccountId::as_str)
    }
}
