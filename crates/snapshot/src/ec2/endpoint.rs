//! VPC endpoints and the services that offer them (Amazon EC2 API reference: `VpcEndpoint`, `ServiceDetail`).

use crate::core::collection::Resource;
use crate::core::ids::{AccountId, NetworkInterfaceId, RouteTableId, SecurityGroupId, SubnetId, VpcEndpointId, VpcId};
use crate::core::owned::PolicyDocument;
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::ec2::words::{one, words};
use evidence::Operation;

words! {
    /// The state of an endpoint; only `available` carries traffic.
    enum EndpointState {
        /// It works.
        Available = "available",
        /// Waits for the service's owner.
        PendingAcceptance = "pendingAcceptance",
        /// Being made.
        Pending = "pending",
        /// Being deleted.
        Deleting = "deleting",
        /// Gone.
        Deleted = "deleted",
        /// Refused by the service's owner.
        Rejected = "rejected",
        /// Could not be made.
        Failed = "failed",
        /// Not accepted in time.
        Expired = "expired",
        /// Works in part.
        Partial = "partial",
    }
    /// The kind of an endpoint.
    enum EndpointType {
        /// AWS PrivateLink: interfaces in the VPC.
        Interface = "Interface",
        /// A route to Amazon S3 or DynamoDB.
        Gateway = "Gateway",
        /// A route to appliances.
        GatewayLoadBalancer = "GatewayLoadBalancer",
        /// A VPC resource.
        Resource = "Resource",
        /// A VPC Lattice service network.
        ServiceNetwork = "ServiceNetwork",
    }
}

shape! { Pascal;
    /// A VPC endpoint.
    struct VpcEndpoint {
        /// Its id.
        vpc_endpoint_id: Option<VpcEndpointId>,
        /// Its kind; absent in old outputs.
        vpc_endpoint_type: Option<EndpointType>,
        /// Its VPC.
        vpc_id: Option<VpcId>,
        /// `com.amazonaws.us-east-1.ecr.api`; the prefix differs by partition.
        service_name: Option<String>,
        /// The service's Region, where it is another one.
        service_region: Option<String>,
        /// Its state.
        state: Option<EndpointState>,
        /// Its policy; absent is unknown, not the default one.
        policy_document: Option<PolicyDocument>,
        /// The tables that hold a gateway endpoint's route.
        route_table_ids: Vec<RouteTableId>,
        /// The subnets of its interfaces.
        subnet_ids: Option<Vec<SubnetId>>,
        /// Its security groups.
        groups: Option<Vec<GroupRef>>,
        /// `ipv4`, `dualstack` or `ipv6`.
        ip_address_type: Option<String>,
        /// DNS settings.
        dns_options: Option<DnsOptions>,
        /// Whether it takes over the service's public name in the VPC.
        private_dns_enabled: Option<bool>,
        /// Made by another AWS service.
        requester_managed: Option<bool>,
        /// Its interfaces.
        network_interface_ids: Vec<NetworkInterfaceId>,
        /// The names that lead to it.
        dns_entries: Vec<DnsEntry>,
        /// The owning account.
        owner_id: Option<AccountId>,
        /// When it was made.
        creation_timestamp: Option<Time>,
        /// Why it failed.
        failure_reason: Option<String>,
        /// The last error.
        last_error: Option<EndpointError>,
    }
    /// An error of an endpoint.
    struct EndpointError {
        /// Its code.
        code: Option<String>,
        /// Its message.
        message: Option<String>,
    }
    /// A group of an interface or an endpoint.
    struct GroupRef {
        /// Its id.
        group_id: Option<SecurityGroupId>,
    }
    /// DNS settings of an endpoint.
    struct DnsOptions {
        /// `ipv4`, `dualstack`, `ipv6` or `service-defined`.
        dns_record_ip_type: Option<String>,
        /// Then names inside the VPC stay public (Amazon S3 interface endpoints).
        private_dns_only_for_inbound_resolver_endpoint: Option<bool>,
    }
    /// A name of an endpoint.
    struct DnsEntry {
        /// The name.
        dns_name: Option<String>,
        /// Its zone.
        hosted_zone_id: Option<String>,
    }
    /// A service that offers endpoints.
    struct EndpointService {
        /// Its name.
        service_name: Option<String>,
        /// The zones where an endpoint can be made.
        availability_zones: Vec<String>,
        /// The names that private DNS takes over.
        private_dns_names: Vec<PrivateDnsName>,
        /// One such name, in old outputs.
        private_dns_name: Option<String>,
        /// Whether endpoint policies apply.
        vpc_endpoint_policy_supported: Option<bool>,
    }
    /// A name that private DNS takes over.
    struct PrivateDnsName {
        /// The name, possibly with a leading `*.`.
        private_dns_name: Option<String>,
    }
}

impl VpcEndpoint {
    /// Its kind; where the member is absent (old outputs), the one that its route tables tell.
    #[must_use]
    pub fn kind(&self) -> Option<&EndpointType> {
        static GATEWAY: EndpointType = EndpointType::Gateway;
        match &self.vpc_endpoint_type {
            Some(kind) => Some(kind),
            None if !self.route_table_ids.is_empty() => Some(&GATEWAY),
            None => None,
        }
    }
}

impl Resource for VpcEndpoint {
    type Id = VpcEndpointId;
    const LISTED_BY: Operation = Operation::Ec2DescribeVpcEndpoints;
    const MEMBER: &'static str = "VpcEndpoints";
    fn id(&self) -> Option<VpcEndpointId> {
        self.vpc_endpoint_id.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "vpc-endpoint-id" => one(self.vpc_endpoint_id.as_ref()),
            "vpc-id" => one(self.vpc_id.as_ref()),
            "service-name" => one(self.service_name.as_ref()),
            "vpc-endpoint-state" => self.state.as_ref().map(EndpointState::as_str).into_iter().collect(),
            "vpc-endpoint-type" => self.kind().map(EndpointType::as_str).into_iter().collect(),
            _ => Vec::new(),
        }
    }
    fn owner(&self) -> Option<&str> {
        self.owner_id.as_ref().map(AccountId::as_str)
    }
    fn created(&self) -> Option<Time> {
        self.creation_timestamp
    }
}

impl Resource for EndpointService {
    type Id = String;
    const LISTED_BY: Operation = Operation::Ec2DescribeVpcEndpointServices;
    const MEMBER: &'static str = "ServiceDetails";
    fn id(&self) -> Option<String> {
        self.service_name.clone()
    }
    fn attribute(&self, name: &str) -> Vec<&str> {
        if name == "service-name" {
            one(self.service_name.as_ref())
        } else {
            Vec::new()
        }
    }
}
