//! A published account as its outputs, and the walks through it.

use network::{Caller, Context, Os, PublicAddress, Reach, ServiceKey, Target, Trace, walk};
use serde_json::{Value, json};
use snapshot::Snapshot;
use std::fs;
use std::net::IpAddr;
use std::path::Path;

const REGION: &str = "eu-north-1";
const OWNER: &str = "111122223333";
/// The names that stand for ids in the snapshots, and what the ids of AWS begin with.
const IDS: &[(&str, &str)] = &[
    ("VpcId:", "vpc-"),
    ("SubnetId:", "subnet-"),
    ("GroupId:", "sg-"),
    ("NetworkAclId:", "acl-"),
    ("InternetGatewayId:", "igw-"),
    ("NetworkInterfaceId:", "eni-"),
];

/// Text of `data/np-guard/`.
pub(crate) fn text(file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/np-guard");
    fs::read_to_string(folder.join(file)).unwrap()
}

/// One end of a connection.
#[derive(Clone, Debug)]
pub(crate) struct End {
    pub(crate) subnet: String,
    pub(crate) address: IpAddr,
    /// Its security groups; none: everything is allowed.
    pub(crate) groups: Vec<String>,
    public: bool,
}

/// A published account.
pub(crate) struct Account(Value);

impl Account {
    pub(crate) fn read(file: &str) -> Self {
        let mut text = text(file);
        for (name, prefix) in IDS {
            text = text.replace(&format!("\"{name}"), &format!("\"{prefix}"));
        }
        Self(serde_json::from_str(&text).unwrap())
    }

    fn list(&self, member: &str) -> &Vec<Value> {
        self.0[member].as_array().unwrap()
    }

    /// The running instance of that name or address.
    pub(crate) fn instance(&self, name: &str) -> Option<End> {
        let instance = self.list("instances").iter().find(|instance| {
            let interface = &instance["NetworkInterfaces"][0];
            interface["PrivateIpAddress"] == name || (!interface.is_null() && tag(instance) == Some(name))
        })?;
        let interface = &instance["NetworkInterfaces"][0];
        let groups = interface["Groups"].as_array().unwrap();
        Some(End {
            subnet: interface["SubnetId"].as_str().unwrap().to_owned(),
            address: interface["PrivateIpAddress"].as_str().unwrap().parse().unwrap(),
            groups: groups.iter().map(|group| group["GroupId"].as_str().unwrap().to_owned()).collect(),
            public: !instance["PublicIpAddress"].is_null(),
        })
    }

    /// Anything in the subnet of that name, with security groups that allow everything.
    pub(crate) fn subnet(&self, name: &str) -> Option<End> {
        let id = IDS.iter().fold(name.to_owned(), |id, (long, short)| id.replace(long, short));
        let found = self
            .list("subnets")
            .iter()
            .find(|subnet| tag(subnet) == Some(name) || subnet["SubnetId"] == id)?;
        let cidr = found["CidrBlock"].as_str().unwrap();
        let IpAddr::V4(first) = cidr.split('/').next().unwrap().parse().unwrap() else {
            panic!("{cidr} is IPv4");
        };
        Some(End {
            subnet: found["SubnetId"].as_str().unwrap().to_owned(),
            address: IpAddr::V4((u32::from(first) + 9).into()),
            groups: Vec::new(),
            public: found["MapPublicIpOnLaunch"] == true,
        })
    }

    fn vpc_of(&self, end: &End) -> &str {
        let subnet = self.list("subnets").iter().find(|subnet| subnet["SubnetId"] == end.subnet);
        subnet.unwrap()["VpcId"].as_str().unwrap()
    }

    /// Every port beside an edge of some rule, and three common ones.
    pub(crate) fn ports(&self) -> Vec<u16> {
        fn edges(value: &Value, found: &mut Vec<i64>) {
            match value {
                Value::Object(members) => {
                    for (name, member) in members {
                        let edge = matches!(name.as_str(), "FromPort" | "ToPort" | "From" | "To");
                        found.extend(member.as_i64().filter(|_| edge).iter().flat_map(|port| [port - 1, *port, port + 1]));
                        edges(member, found);
                    }
                }
                Value::Array(items) => items.iter().for_each(|item| edges(item, found)),
                _ => {}
            }
        }
        let mut found = vec![53, 80, 443];
        edges(&self.0["network_acls"], &mut found);
        edges(&self.0["security_groups"], &mut found);
        let mut ports: Vec<u16> = found
            .iter()
            .filter_map(|port| u16::try_from(*port).ok())
            .filter(|port| *port > 0)
            .collect();
        ports.sort_unstable();
        ports.dedup();
        ports
    }

    /// The walk between two instances or subnets: the called one stands behind an endpoint of its own.
    pub(crate) fn within(&self, from: &End, to: &End, port: u16) -> Trace {
        let endpoint = json!({"VpcEndpointId": "vpce-1", "VpcEndpointType": "Interface", "VpcId": self.vpc_of(to), "OwnerId": OWNER,
            "ServiceName": format!("com.amazonaws.{REGION}.peer"), "State": "available", "PrivateDnsEnabled": true,
            "SubnetIds": [to.subnet], "NetworkInterfaceIds": ["eni-called"], "Groups": groups(to), "RouteTableIds": [], "DnsEntries": []});
        let interface = json!({"NetworkInterfaceId": "eni-called", "SubnetId": to.subnet, "VpcId": self.vpc_of(to), "OwnerId": OWNER,
            "PrivateIpAddress": to.address, "PrivateIpAddresses": [{"PrivateIpAddress": to.address, "Primary": true}],
            "Groups": groups(to), "InterfaceType": "vpc_endpoint", "Status": "in-use", "SourceDestCheck": true});
        let target = Target {
            host: "peer.example".to_owned(),
            service: Some(ServiceKey::new("peer", REGION)),
            private_names: vec!["peer.example".to_owned()],
            port,
            ..Target::default()
        };
        self.walk(from, &target, json!([endpoint]), json!([interface]))
    }

    /// The walk to an address of the internet.
    pub(crate) fn to_internet(&self, from: &End, to: IpAddr, port: u16) -> Trace {
        let target = Target {
            host: "host.example".to_owned(),
            port,
            quoted_address: Some(to),
            ..Target::default()
        };
        self.walk(from, &target, json!([]), json!([]))
    }

    fn walk(&self, from: &End, target: &Target, endpoints: Value, interfaces: Value) -> Trace {
        let vpc = self.vpc_of(from);
        let caller = Caller {
            subject: "caller".to_owned(),
            subnet: Some(from.subnet.as_str().into()),
            private_ips: vec![from.address],
            public_ip: if from.public {
                PublicAddress::Assigned
            } else {
                PublicAddress::Absent
            },
            security_groups: Some(groups(from).iter().map(|group| group["GroupId"].as_str().unwrap().into()).collect()),
            os: Os::Linux,
            account: Some(OWNER.to_owned()),
            region: Some(REGION.to_owned()),
            ..Caller::default()
        };
        walk(&self.snapshot(vpc, endpoints, interfaces), &caller, target, &Context::default())
    }

    /// The outputs that describe one VPC. What the account holds is as published; what it lacks is what its tool supposes:
    /// names are answered, a subnet that maps public addresses has a route to the internet gateway, every subnet the local one.
    fn snapshot(&self, vpc: &str, endpoints: Value, interfaces: Value) -> Snapshot {
        let mine = |member: &str| -> Vec<Value> {
            let all = self.list(member).iter();
            all.filter(|item| item["VpcId"] == vpc).cloned().map(owned).collect()
        };
        let gateways: Vec<Value> = self
            .list("internet_gateways")
            .iter()
            .filter(|one| one["Attachments"][0]["VpcId"] == vpc)
            .cloned()
            .collect();
        let local = json!({"DestinationCidrBlock": mine("vpcs")[0]["CidrBlock"], "GatewayId": "local", "State": "active"});
        let out = json!({"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateways[0]["InternetGatewayId"], "State": "active"});
        let public: Vec<Value> = mine("subnets")
            .iter()
            .filter(|subnet| subnet["MapPublicIpOnLaunch"] == true)
            .map(|subnet| json!({"Main": false, "SubnetId": subnet["SubnetId"], "AssociationState": {"State": "associated"}}))
            .collect();
        let tables = json!([
            {"RouteTableId": "rtb-main", "VpcId": vpc, "OwnerId": OWNER, "Routes": [local],
             "Associations": [{"Main": true, "AssociationState": {"State": "associated"}}]},
            {"RouteTableId": "rtb-public", "VpcId": vpc, "OwnerId": OWNER, "Routes": [local, out], "Associations": public}]);
        let mut security = mine("security_groups");
        security.push(json!({"GroupId": "sg-open", "VpcId": vpc, "OwnerId": OWNER, "IpPermissions": [everything()], "IpPermissionsEgress": [everything()]}));
        let dhcp = json!({"DhcpOptionsId": mine("vpcs")[0]["DhcpOptionsId"], "OwnerId": OWNER,
            "DhcpConfigurations": [{"Key": "domain-name-servers", "Values": [{"Value": "AmazonProvidedDNS"}]}]});
        let listed = |operation: &str| format!("{operation} --filters Name=vpc-id,Values={vpc}");
        let attribute = |name: &str| format!("describe-vpc-attribute --vpc-id {vpc} --attribute {name}");
        let outputs = [
            ("describe-vpcs".to_owned(), json!({"Vpcs": mine("vpcs")})),
            (listed("describe-subnets"), json!({"Subnets": mine("subnets")})),
            (listed("describe-security-groups"), json!({"SecurityGroups": security})),
            (listed("describe-network-acls"), json!({"NetworkAcls": mine("network_acls")})),
            (listed("describe-route-tables"), json!({"RouteTables": tables})),
            (listed("describe-vpc-endpoints"), json!({"VpcEndpoints": endpoints})),
            (listed("describe-network-interfaces"), json!({"NetworkInterfaces": interfaces})),
            ("describe-internet-gateways".to_owned(), json!({"InternetGateways": gateways})),
            ("describe-dhcp-options".to_owned(), json!({"DhcpOptions": [dhcp]})),
            (
                attribute("enableDnsSupport"),
                json!({"VpcId": vpc, "EnableDnsSupport": {"Value": true}}),
            ),
            (
                attribute("enableDnsHostnames"),
                json!({"VpcId": vpc, "EnableDnsHostnames": {"Value": true}}),
            ),
            (
                "describe-vpc-block-public-access-options".to_owned(),
                json!({"VpcBlockPublicAccessOptions":
                {"AwsAccountId": OWNER, "AwsRegion": REGION, "InternetGatewayBlockMode": "off", "State": "default-state"}}),
            ),
        ];
        let texts = outputs.map(|(command, output)| format!("$ aws ec2 {command} --region {REGION}\n{output}\n"));
        let inputs = texts.each_ref().map(|text| evidence::Input {
            name: "outputs",
            bytes: text.as_bytes(),
        });
        Snapshot::load(&evidence::read(&inputs))
    }
}

fn tag(item: &Value) -> Option<&str> {
    let tags = item["Tags"].as_array()?;
    tags.iter().find(|tag| tag["Key"] == "Name")?["Value"].as_str()
}

/// One account owns everything; the snapshots give its number another name in each place.
fn owned(mut item: Value) -> Value {
    fn same(value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    if matches!(name.as_str(), "OwnerId" | "UserId") {
                        *member = json!(OWNER);
                    }
                    same(member);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(same),
            _ => {}
        }
    }
    same(&mut item);
    item
}

fn groups(end: &End) -> Vec<Value> {
    let all = if end.groups.is_empty() {
        vec!["sg-open".to_owned()]
    } else {
        end.groups.clone()
    };
    all.iter().map(|group| json!({"GroupId": group})).collect()
}

fn everything() -> Value {
    json!({"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []})
}

/// What a verdict is called in a message.
pub(crate) fn word(reach: Reach) -> &'static str {
    match reach {
        Reach::Reachable => "reachable",
        Reach::Blocked => "blocked",
        Reach::Unknown => "unknown",
    }
}
