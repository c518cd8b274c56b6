//! Network interfaces, instances and Elastic IP addresses (Amazon EC2 API reference: `NetworkInterface`, `Instance`, `Address`).

use crate::core::collection::Resource;
use crate::core::ids::{AccountId, AllocationId, InstanceId, NetworkInterfaceId, SecurityGroupId, SubnetId, VpcId};
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::ec2::endpoint::GroupRef;
use crate::ec2::words::one;
use evidence::Operation;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

shape! { Pascal;
    /// A network interface.
    struct NetworkInterface {
        /// Its id.
        network_interface_id: Option<NetworkInterfaceId>,
        /// Its subnet.
        subnet_id: Option<SubnetId>,
        /// Its VPC.
        vpc_id: Option<VpcId>,
        /// The owning account.
        owner_id: Option<AccountId>,
        /// Its zone.
        availability_zone: Option<String>,
        /// `vpc_endpoint`, `nat_gateway`, `interface`, …
        interface_type: Option<String>,
        /// `in-use`, `available`, …
        status: Option<String>,
        /// For an ECS task: `arn:aws:ecs:…:attachment/…`.
        description: Option<String>,
        /// Its primary address.
        private_ip_address: Option<Ipv4Addr>,
        /// All its IPv4 addresses.
        private_ip_addresses: Vec<InterfaceAddress>,
        /// All its IPv6 addresses.
        ipv6_addresses: Vec<InterfaceIpv6Address>,
        /// Its public address; absent: it has none.
        association: Option<InterfaceAssociation>,
        /// Its security groups; `None` where the member is missing.
        groups: Option<Vec<GroupRef>>,
        /// Drops what is not addressed to it or sent by it.
        source_dest_check: Option<bool>,
        /// What it is attached to.
        attachment: Option<InterfaceAttachment>,
    }
    /// An IPv4 address of an interface.
    struct InterfaceAddress {
        /// The address.
        private_ip_address: Option<Ipv4Addr>,
        /// Whether it is the primary one.
        primary: Option<bool>,
        /// Its public address.
        association: Option<InterfaceAssociation>,
    }
    /// An IPv6 address of an interface.
    struct InterfaceIpv6Address {
        /// The address.
        ipv6_address: Option<Ipv6Addr>,
    }
    /// A public address.
    struct InterfaceAssociation {
        /// The address.
        public_ip: Option<Ipv4Addr>,
    }
    /// What an interface is attached to.
    struct InterfaceAttachment {
        /// The instance.
        instance_id: Option<InstanceId>,
        /// `attached` counts.
        status: Option<String>,
    }
    /// `Reservations[]` of describe-instances.
    struct Reservation {
        /// Its instances.
        instances: Vec<Instance>,
    }
    /// An instance.
    struct Instance {
        /// Its id.
        instance_id: Option<InstanceId>,
        /// The subnet of its primary interface.
        subnet_id: Option<SubnetId>,
        /// Its VPC.
        vpc_id: Option<VpcId>,
        /// Its primary private address.
        private_ip_address: Option<Ipv4Addr>,
        /// Its public address; absent: it has none.
        public_ip_address: Option<Ipv4Addr>,
        /// Its primary interface's groups.
        security_groups: Option<Vec<GroupRef>>,
        /// Its interfaces.
        network_interfaces: Vec<InstanceInterface>,
        /// Its state.
        state: Option<InstanceState>,
        /// Its profile.
        iam_instance_profile: Option<InstanceProfile>,
        /// Drops what is not addressed to it or sent by it.
        source_dest_check: Option<bool>,
        /// How its metadata is served.
        metadata_options: Option<MetadataOptions>,
        /// `windows`, or absent.
        platform: Option<String>,
        /// When it was launched.
        launch_time: Option<Time>,
    }
    /// An interface of an instance.
    struct InstanceInterface {
        /// Its id.
        network_interface_id: Option<NetworkInterfaceId>,
        /// Its subnet.
        subnet_id: Option<SubnetId>,
        /// Its primary private address.
        private_ip_address: Option<Ipv4Addr>,
        /// Its groups.
        groups: Option<Vec<GroupRef>>,
        /// Drops what is not addressed to it or sent by it.
        source_dest_check: Option<bool>,
        /// Its place on the instance.
        attachment: Option<InstanceInterfaceAttachment>,
        /// Its IPv6 addresses.
        ipv6_addresses: Vec<InterfaceIpv6Address>,
        /// Its public address.
        association: Option<InterfaceAssociation>,
    }
    /// An interface's place on an instance.
    struct InstanceInterfaceAttachment {
        /// 0 is the primary interface.
        device_index: Option<i64>,
    }
    /// The state of an instance.
    struct InstanceState {
        /// `running`, `stopped`, …
        name: Option<String>,
    }
    /// The profile of an instance.
    struct InstanceProfile {
        /// Its ARN.
        arn: Option<String>,
    }
    /// How an instance's metadata is served.
    struct MetadataOptions {
        /// `required` or `optional`.
        http_tokens: Option<String>,
        /// Hops that an answer may take.
        http_put_response_hop_limit: Option<i64>,
        /// `enabled` or `disabled`.
        http_endpoint: Option<String>,
    }
    /// An Elastic IP address.
    struct Address {
        /// Its id.
        allocation_id: Option<AllocationId>,
        /// The address.
        public_ip: Option<Ipv4Addr>,
        /// The interface that it is associated with.
        network_interface_id: Option<NetworkInterfaceId>,
        /// The private address that it is associated with.
        private_ip_address: Option<Ipv4Addr>,
        /// The instance that it is associated with.
        instance_id: Option<InstanceId>,
    }
}

impl NetworkInterface {
    /// All its private addresses, the primary first.
    #[must_use]
    pub fn addresses(&self) -> Vec<IpAddr> {
        let mut all: Vec<IpAddr> = self.private_ip_address.map(IpAddr::V4).into_iter().collect();
        let v4 = self
            .private_ip_addresses
            .iter()
            .filter_map(|part| part.private_ip_address)
            .map(IpAddr::V4);
        let v6 = self.ipv6_addresses.iter().filter_map(|part| part.ipv6_address).map(IpAddr::V6);
        for address in v4.chain(v6) {
            if !all.contains(&address) {
                all.push(address);
            }
        }
        all
    }

    /// Its public address, where it has one.
    #[must_use]
    pub fn public_ip(&self) -> Option<Ipv4Addr> {
        let of = |part: &Option<InterfaceAssociation>| part.as_ref().and_then(|part| part.public_ip);
        of(&self.association).or_else(|| self.private_ip_addresses.iter().find_map(|part| of(&part.association)))
    }

    /// Its groups; `None` where the member is missing.
    #[must_use]
    pub fn group_ids(&self) -> Option<Vec<SecurityGroupId>> {
        group_ids(self.groups.as_ref())
    }
}

/// The ids of a list of groups; `None` where the member or an id is missing.
pub fn group_ids(groups: Option<&Vec<GroupRef>>) -> Option<Vec<SecurityGroupId>> {
    groups?.iter().map(|group| group.group_id.clone()).collect()
}

impl Resource for NetworkInterface {
    type Id = NetworkInterfaceId;
    const LISTED_BY: Operation = Operation::Ec2DescribeNetworkInterfaces;
    const MEMBER: &'static str = "NetworkInterfaces";
    fn id(&self) -> Option<NetworkInterfaceId> {
        self.network_interface_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "network-interface-id" => one(self.network_interface_id.as_ref()),
            "subnet-id" => one(self.subnet_id.as_ref()),
            "vpc-id" => one(self.vpc_id.as_ref()),
            "interface-type" => one(self.interface_type.as_ref()),
            "status" => one(self.status.as_ref()),
            "description" => one(self.description.as_ref()),
            "owner-id" => one(self.owner_id.as_ref()),
            "availability-zone" => one(self.availability_zone.as_ref()),
            "group-id" => self
                .groups
                .iter()
                .flatten()
                .filter_map(|group| group.group_id.as_ref())
                .map(SecurityGroupId::as_str)
                .collect(),
            _ => Vec::new(),
        }
    }
    fn owner(&self) -> Option<&str> {
        self.owner_id.as_ref().map(AccountId::as_str)
    }
}

impl Resource for Instance {
    type Id = InstanceId;
    const LISTED_BY: Operation = Operation::Ec2DescribeInstances;
    const MEMBER: &'static str = "Reservations";
    fn id(&self) -> Option<InstanceId> {
        self.instance_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "instance-id" => one(self.instance_id.as_ref()),
            "subnet-id" => one(self.subnet_id.as_ref()),
            "vpc-id" => one(self.vpc_id.as_ref()),
            _ => Vec::new(),
        }
    }
    fn created(&self) -> Option<Time> {
        self.launch_time
    }
}

impl Resource for Address {
    type Id = AllocationId;
    const LISTED_BY: Operation = Operation::Ec2DescribeAddresses;
    const MEMBER: &'static str = "Addresses";
    fn id(&self) -> Option<AllocationId> {
        self.allocation_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "allocation-id" => one(self.allocation_id.as_ref()),
            "network-interface-id" => one(self.network_interface_id.as_ref()),
            "instance-id" => one(self.instance_id.as_ref()),
            _ => Vec::new(),
        }
    }
}
