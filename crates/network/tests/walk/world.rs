//! A small VPC as the AWS CLI prints it, and the walk through it.

use network::{Caller, Context, Fault, Os, PublicAddress, Reach, ServiceKey, Severity, Target, Trace, walk};
use serde_json::{Value, json};
use snapshot::Snapshot;
use std::collections::BTreeMap;

pub(crate) const VPC: &str = "vpc-1";
pub(crate) const TASK: &str = "subnet-task";
pub(crate) const PUBLIC: &str = "subnet-public";
pub(crate) const OTHER: &str = "subnet-other";
pub(crate) const ACCOUNT: &str = "111122223333";

/// Outputs by name: the command above each, and its JSON.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) outputs: BTreeMap<String, (Option<String>, Value)>,
    pub(crate) caller: Caller,
    pub(crate) target: Target,
    pub(crate) context: Context,
}

/// How the task's subnet reaches AWS.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Nat,
    Internet,
    Endpoints,
}

pub(crate) fn service(suffix: &str) -> ServiceKey {
    ServiceKey::new(suffix, "us-east-1")
}

pub(crate) fn target(suffix: &str) -> Target {
    let host = match suffix {
        "ecr.api" => "api.ecr.us-east-1.amazonaws.com".to_owned(),
        "s3" => "prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com".to_owned(),
        other => format!("{other}.us-east-1.amazonaws.com"),
    };
    let private_names = match suffix {
        "s3" => vec!["*.s3.us-east-1.amazonaws.com".to_owned(), "s3.us-east-1.amazonaws.com".to_owned()],
        _ => vec![host.clone()],
    };
    Target {
        host,
        service: Some(service(suffix)),
        gateway: suffix == "s3",
        private_names,
        port: 443,
        quoted_address: None,
        quoted_at: None,
        is_aws_public: true,
        dual_stack: Some(true),
    }
}

pub(crate) fn table(id: &str, association: Value, routes: Value) -> Value {
    json!({"RouteTableId": id, "VpcId": VPC, "OwnerId": ACCOUNT, "Associations": [association], "Routes": routes})
}

pub(crate) fn route(destination: &str, member: &str, id: &str) -> Value {
    let key = if destination.starts_with("pl-") {
        "DestinationPrefixListId"
    } else if destination.contains(':') {
        "DestinationIpv6CidrBlock"
    } else {
        "DestinationCidrBlock"
    };
    json!({key: destination, member: id, "State": "active", "Origin": "CreateRoute"})
}

pub(crate) fn local() -> Value {
    json!({"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active", "Origin": "CreateRouteTable"})
}

pub(crate) fn associated(subnet: &str) -> Value {
    json!({"Main": false, "SubnetId": subnet, "AssociationState": {"State": "associated"}})
}

pub(crate) fn main_table() -> Value {
    json!({"Main": true, "AssociationState": {"State": "associated"}})
}

/// A rule of a security group.
pub(crate) fn rule(protocol: &str, ports: Option<(i64, i64)>, cidrs: &[&str]) -> Value {
    let ranges: Vec<Value> = cidrs.iter().map(|cidr| json!({"CidrIp": cidr})).collect();
    let mut rule = json!({"IpProtocol": protocol, "IpRanges": ranges, "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []});
    if let Some((from, to)) = ports {
        rule["FromPort"] = json!(from);
        rule["ToPort"] = json!(to);
    }
    rule
}

pub(crate) fn any_rule() -> Value {
    rule("-1", None, &["0.0.0.0/0"])
}

pub(crate) fn acl_entry(number: i64, egress: bool, action: &str, cidr: &str, protocol: &str, ports: Option<(i64, i64)>) -> Value {
    let mut entry = json!({"RuleNumber": number, "Egress": egress, "RuleAction": action, "CidrBlock": cidr, "Protocol": protocol});
    if let Some((from, to)) = ports {
        entry["PortRange"] = json!({"From": from, "To": to});
    }
    entry
}

pub(crate) fn open_entries() -> Value {
    json!([
        acl_entry(100, true, "allow", "0.0.0.0/0", "-1", None),
        acl_entry(32767, true, "deny", "0.0.0.0/0", "-1", None),
        acl_entry(100, false, "allow", "0.0.0.0/0", "-1", None),
        acl_entry(32767, false, "deny", "0.0.0.0/0", "-1", None)
    ])
}

pub(crate) fn acl(id: &str, subnets: &[&str], entries: Value) -> Value {
    let associations: Vec<Value> = subnets
        .iter()
        .map(|subnet| json!({"SubnetId": subnet, "NetworkAclId": id}))
        .collect();
    json!({"NetworkAclId": id, "VpcId": VPC, "OwnerId": ACCOUNT, "IsDefault": false, "Associations": associations, "Entries": entries})
}

pub(crate) fn endpoint(id: &str, suffix: &str, subnets: &[&str]) -> Value {
    let interfaces: Vec<String> = subnets.iter().map(|subnet| format!("eni-{id}-{subnet}")).collect();
    json!({"VpcEndpointId": id, "VpcEndpointType": "Interface", "VpcId": VPC, "OwnerId": ACCOUNT,
        "ServiceName": format!("com.amazonaws.us-east-1.{suffix}"), "State": "available", "PrivateDnsEnabled": true,
        "SubnetIds": subnets, "NetworkInterfaceIds": interfaces, "Groups": [{"GroupId": "sg-endpoint"}], "RouteTableIds": [], "DnsEntries": []})
}

pub(crate) fn interface(id: &str, subnet: &str, address: &str, group: &str) -> Value {
    json!({"NetworkInterfaceId": id, "SubnetId": subnet, "VpcId": VPC, "OwnerId": ACCOUNT, "PrivateIpAddress": address,
        "PrivateIpAddresses": [{"PrivateIpAddress": address, "Primary": true}], "Groups": [{"GroupId": group}],
        "InterfaceType": "vpc_endpoint", "Status": "in-use", "SourceDestCheck": true})
}

pub(crate) fn gateway_endpoint(tables: &[&str]) -> Value {
    json!({"VpcEndpointId": "vpce-s3", "VpcEndpointType": "Gateway", "VpcId": VPC, "OwnerId": ACCOUNT,
        "ServiceName": "com.amazonaws.us-east-1.s3", "State": "available", "RouteTableIds": tables, "SubnetIds": [], "Groups": []})
}

impl World {
    pub(crate) fn new(way: Way) -> Self {
        let mut world = Self {
            outputs: BTreeMap::new(),
            caller: Caller::default(),
            target: target("ecr.api"),
            context: Context::default(),
        };
        world.caller = Caller {
            subject: "task".to_owned(),
            subnet: Some(if way == Way::Internet { PUBLIC } else { TASK }.into()),
            private_ips: vec![if way == Way::Internet { "10.0.0.20" } else { "10.0.10.20" }.parse().unwrap()],
            public_ip: if way == Way::Internet {
                PublicAddress::Assigned
            } else {
                PublicAddress::Absent
            },
            security_groups: Some(vec!["sg-task".into()]),
            os: Os::Linux,
            account: Some(ACCOUNT.to_owned()),
            region: Some("us-east-1".to_owned()),
            ..Caller::default()
        };
        world.context.services = ["ecr.api", "ecr.dkr", "s3", "secretsmanager", "logs"].map(service).to_vec();
        world.put(
            "vpcs",
            "ec2 describe-vpcs",
            json!({"Vpcs": [{"VpcId": VPC, "OwnerId": ACCOUNT, "CidrBlock": "10.0.0.0/16", "DhcpOptionsId": "dopt-1",
            "CidrBlockAssociationSet": [{"CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "associated"}}]}]}),
        );
        world.put(
            "dhcp",
            "ec2 describe-dhcp-options",
            json!({"DhcpOptions": [{"DhcpOptionsId": "dopt-1", "OwnerId": ACCOUNT,
            "DhcpConfigurations": [{"Key": "domain-name-servers", "Values": [{"Value": "AmazonProvidedDNS"}]}]}]}),
        );
        world.put(
            "support",
            "ec2 describe-vpc-attribute --vpc-id vpc-1 --attribute enableDnsSupport",
            json!({"VpcId": VPC, "EnableDnsSupport": {"Value": true}}),
        );
        world.put(
            "hostnames",
            "ec2 describe-vpc-attribute --vpc-id vpc-1 --attribute enableDnsHostnames",
            json!({"VpcId": VPC, "EnableDnsHostnames": {"Value": true}}),
        );
        let subnet = |id: &str, cidr: &str, zone: &str| json!({"SubnetId": id, "VpcId": VPC, "OwnerId": ACCOUNT, "CidrBlock": cidr, "AvailabilityZone": zone});
        world.put("subnets", "ec2 describe-subnets --filters Name=vpc-id,Values=vpc-1", json!({"Subnets": [
            subnet(TASK, "10.0.10.0/24", "us-east-1a"), subnet(PUBLIC, "10.0.0.0/24", "us-east-1a"), subnet(OTHER, "10.0.20.0/24", "us-east-1b")]}));
        let task_route = match way {
            Way::Endpoints => route("pl-63a5400a", "GatewayId", "vpce-s3"),
            _ => route("0.0.0.0/0", "NatGatewayId", "nat-1"),
        };
        world.put(
            "tables",
            "ec2 describe-route-tables --filters Name=vpc-id,Values=vpc-1",
            json!({"RouteTables": [
            table("rtb-task", associated(TASK), json!([local(), task_route])),
            table("rtb-public", associated(PUBLIC), json!([local(), route("0.0.0.0/0", "GatewayId", "igw-1")])),
            table("rtb-main", main_table(), json!([local()]))]}),
        );
        world.put(
            "igws",
            "ec2 describe-internet-gateways --filters Name=attachment.vpc-id,Values=vpc-1",
            json!({"InternetGateways": [
            {"InternetGatewayId": "igw-1", "OwnerId": ACCOUNT, "Attachments": [{"State": "available", "VpcId": VPC}]}]}),
        );
        world.put(
            "nats",
            "ec2 describe-nat-gateways --filter Name=vpc-id,Values=vpc-1",
            json!({"NatGateways": [
            {"NatGatewayId": "nat-1", "SubnetId": PUBLIC, "VpcId": VPC, "State": "available", "ConnectivityType": "public",
             "NatGatewayAddresses": [{"PublicIp": "198.51.100.9", "PrivateIp": "10.0.0.9", "NetworkInterfaceId": "eni-nat"}]}]}),
        );
        world.put(
            "bpa",
            "ec2 describe-vpc-block-public-access-options",
            json!({"VpcBlockPublicAccessOptions":
            {"AwsAccountId": ACCOUNT, "AwsRegion": "us-east-1", "InternetGatewayBlockMode": "off", "State": "default-state"}}),
        );
        world.put(
            "groups",
            "ec2 describe-security-groups --filters Name=vpc-id,Values=vpc-1",
            json!({"SecurityGroups": [
            {"GroupId": "sg-task", "VpcId": VPC, "OwnerId": ACCOUNT, "IpPermissions": [], "IpPermissionsEgress": [any_rule()]},
            {"GroupId": "sg-endpoint", "VpcId": VPC, "OwnerId": ACCOUNT, "IpPermissions": [
                {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [], "Ipv6Ranges": [], "PrefixListIds": [],
                 "UserIdGroupPairs": [{"GroupId": "sg-task", "UserId": ACCOUNT}]}], "IpPermissionsEgress": []}]}),
        );
        world.put("acls", "ec2 describe-network-acls --filters Name=vpc-id,Values=vpc-1", json!({"NetworkAcls": [
            acl("acl-task", &[TASK], open_entries()), acl("acl-public", &[PUBLIC], open_entries()), acl("acl-other", &[OTHER], open_entries())]}));
        let endpoints = if way == Way::Endpoints {
            world.put(
                "interfaces",
                "ec2 describe-network-interfaces --filters Name=vpc-id,Values=vpc-1",
                json!({"NetworkInterfaces": [
                interface("eni-vpce-api-subnet-other", OTHER, "10.0.20.5", "sg-endpoint"),
                interface("eni-vpce-dkr-subnet-other", OTHER, "10.0.20.6", "sg-endpoint")]}),
            );
            json!([
                endpoint("vpce-api", "ecr.api", &[OTHER]),
                endpoint("vpce-dkr", "ecr.dkr", &[OTHER]),
                gateway_endpoint(&["rtb-task"])
            ])
        } else {
            json!([])
        };
        world.put(
            "endpoints",
            "ec2 describe-vpc-endpoints --filters Name=vpc-id,Values=vpc-1",
            json!({"VpcEndpoints": endpoints}),
        );
        world
    }

    pub(crate) fn put(&mut self, name: &str, command: &str, output: Value) {
        self.outputs
            .insert(name.to_owned(), (Some(format!("aws {command} --region us-east-1")), output));
    }

    /// The output with that name, to change.
    pub(crate) fn edit(&mut self, name: &str) -> &mut Value {
        &mut self.outputs.get_mut(name).unwrap_or_else(|| panic!("no output {name}")).1
    }

    pub(crate) fn set(&mut self, name: &str, pointer: &str, value: Value) -> &mut Self {
        *self
            .edit(name)
            .pointer_mut(pointer)
            .unwrap_or_else(|| panic!("{name} has no {pointer}")) = value;
        self
    }

    pub(crate) fn push(&mut self, name: &str, pointer: &str, value: Value) -> &mut Self {
        self.edit(name).pointer_mut(pointer).unwrap().as_array_mut().unwrap().push(value);
        self
    }

    pub(crate) fn drop(&mut self, name: &str) -> &mut Self {
        self.outputs.remove(name).unwrap_or_else(|| panic!("no output {name}"));
        self
    }

    /// Takes the command above an output away.
    pub(crate) fn anonymous(&mut self, name: &str) -> &mut Self {
        self.outputs.get_mut(name).unwrap().0 = None;
        self
    }

    pub(crate) fn to(&mut self, suffix: &str) -> &mut Self {
        self.target = target(suffix);
        self
    }

    pub(crate) fn read(&self) -> evidence::Evidence {
        let inputs: Vec<(&String, String)> = self
            .outputs
            .iter()
            .map(|(name, (command, output))| {
                let command = command.as_ref().map(|command| format!("$ {command}\n")).unwrap_or_default();
                (name, format!("{command}{output}\n"))
            })
            .collect();
        let inputs: Vec<evidence::Input<'_>> = inputs
            .iter()
            .map(|(name, text)| evidence::Input {
                name,
                bytes: text.as_bytes(),
            })
            .collect();
        evidence::read(&inputs)
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot::load(&self.read())
    }

    pub(crate) fn walk(&self) -> Trace {
        walk(&self.snapshot(), &self.caller, &self.target, &self.context)
    }

    /// Walks and expects `blocked` by exactly this code.
    pub(crate) fn blocked_by(&self, code: &str) -> Trace {
        let trace = self.walk();
        assert_eq!(trace.verdict, Reach::Blocked, "{trace:#?}");
        assert_eq!(fails(&trace), [code], "{trace:#?}");
        assert!(trace.witness.is_some(), "a block names the packet: {trace:#?}");
        assert!(!trace.evidence.is_empty(), "a block has its proof: {trace:#?}");
        trace
    }

    pub(crate) fn reachable(&self) -> Trace {
        let trace = self.walk();
        assert_eq!(trace.verdict, Reach::Reachable, "{trace:#?}");
        assert!(trace.faults.iter().all(|fault| fault.severity == Severity::Warn), "{trace:#?}");
        trace
    }

    pub(crate) fn unknown(&self) -> Trace {
        let trace = self.walk();
        assert_eq!(trace.verdict, Reach::Unknown, "{trace:#?}");
        assert_eq!(fails(&trace), Vec::<&str>::new(), "{trace:#?}");
        assert!(!trace.needs.is_empty(), "an unknown says what would settle it: {trace:#?}");
        trace
    }
}

pub(crate) fn fails(trace: &Trace) -> Vec<&'static str> {
    codes(trace, Severity::Fail)
}

pub(crate) fn codes(trace: &Trace, severity: Severity) -> Vec<&'static str> {
    let mut codes: Vec<&str> = trace
        .faults
        .iter()
        .filter(|fault| fault.severity == severity)
        .map(|fault: &Fault| fault.kind.code())
        .collect();
    codes.sort_unstable();
    codes
}
