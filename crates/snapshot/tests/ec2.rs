//! AWS's own sample outputs of Amazon EC2 and VPC (`data/awscli-examples`, Apache-2.0) arrive in the typed state, and odd members
//! cost nothing but themselves.

use evidence::Input;
use snapshot::ec2::endpoint::{EndpointState, EndpointType};
use snapshot::ec2::gateway::NatState;
use snapshot::ec2::route::RouteState;
use snapshot::{Owner, Snapshot};
use std::path::Path;

fn load(text: &str) -> Snapshot {
    Snapshot::load(&evidence::read(&[Input {
        name: "paste",
        bytes: text.as_bytes(),
    }]))
}

/// Operations whose output says nothing that a diagnosis rests on.
const NOTHING_KEPT: [&str; 3] = [
    "describe-availability-zones",
    "describe-customer-gateways",
    "describe-network-insights-paths",
];

#[test]
fn every_sample_leaves_something_in_the_state() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/awscli-examples");
    let empty = format!("{:?}", Snapshot::default());
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(operation) = name.strip_prefix("ec2.").and_then(|rest| rest.split('.').next()) else {
            continue;
        };
        if NOTHING_KEPT.contains(&operation) {
            continue;
        }
        let json = std::fs::read_to_string(&path).unwrap();
        let snapshot = load(&format!("$ aws ec2 {operation}\n{json}\n"));
        assert_ne!(format!("{snapshot:?}"), empty, "{name}");
        read += 1;
    }
    assert!(read > 35, "only {read} samples");
}

#[test]
fn nulls_odd_members_and_new_words_never_cost_a_resource() {
    let snapshot = load(
        r#"$ aws ec2 describe-vpc-endpoints
{"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "VpcId": "vpc-1", "VpcEndpointType": "interface", "State": "Available", "Groups": null,
  "SubnetIds": "?", "PrivateDnsEnabled": null, "PolicyDocument": "{}", "NewMember": [1]},
 {"VpcEndpointId": "vpce-2", "State": "thinking", "RouteTableIds": ["rtb-1"]}, 17, null]}
$ aws ec2 describe-route-tables
{"RouteTables": [{"RouteTableId": "rtb-1", "Routes": [{"DestinationCidrBlock": "10.x.0.0/8", "State": "blackhole"}, {"DestinationCidrBlock": "10.0.0.9/8"}]}]}
"#,
    );
    let one = &snapshot.ec2.vpc_endpoints.get(&"vpce-1".into()).unwrap().value;
    assert_eq!(one.state, Some(EndpointState::Available));
    assert_eq!(one.kind(), Some(&EndpointType::Interface));
    assert_eq!((one.groups.as_ref(), one.subnet_ids.as_ref()), (None, None));
    let two = &snapshot.ec2.vpc_endpoints.get(&"vpce-2".into()).unwrap().value;
    assert_eq!(two.state, Some(EndpointState::Other("thinking".to_owned())));
    // Old outputs do not say the type; a gateway endpoint has route tables.
    assert_eq!(two.kind(), Some(&EndpointType::Gateway));
    let routes = &snapshot.ec2.route_tables.iter().next().unwrap().value.routes;
    assert_eq!(routes[0].destination_cidr_block, None);
    assert_eq!(routes[0].state, Some(RouteState::Blackhole));
    assert_eq!(routes[1].destination_cidr_block.unwrap().to_string(), "10.0.0.0/8");
}

#[test]
fn attributes_of_one_vpc_come_together() {
    let snapshot = load(
        r#"{"VpcId": "vpc-1", "EnableDnsSupport": {"Value": true}}
{"VpcId": "vpc-1", "EnableDnsHostnames": {"Value": false}}
"#,
    );
    let attributes = &snapshot.ec2.vpc_attributes[&"vpc-1".into()];
    assert!(attributes.dns_support.as_ref().unwrap().value);
    assert!(!attributes.dns_hostnames.as_ref().unwrap().value);
}

#[test]
fn entries_belong_to_the_list_of_the_command_else_to_the_only_one() {
    let entries = r#"{"Entries": [{"Cidr": "10.0.0.0/8"}]}"#;
    let lists = r#"{"PrefixLists": [{"PrefixListId": "pl-1", "PrefixListName": "mine", "OwnerId": "1", "AddressFamily": "IPv4"}]}"#;
    let snapshot = load(&format!(
        "$ aws ec2 get-managed-prefix-list-entries --prefix-list-id pl-9\n{entries}\n"
    ));
    assert_eq!(snapshot.ec2.prefix_list_entries[0].list, Owner::Stated("pl-9".into()));
    let snapshot = load(&format!("{entries}\n{lists}\n"));
    assert_eq!(snapshot.ec2.prefix_list_entries[0].list.known(), Some(&"pl-1".into()));
    let snapshot = load(entries);
    assert_eq!(snapshot.ec2.prefix_list_entries[0].list.known(), None);
}

#[test]
fn instances_stand_in_their_reservations() {
    let snapshot = load(
        r#"{"Reservations": [{"ReservationId": "r-1", "Instances": [{"InstanceId": "i-1"}, {"InstanceId": "i-2", "SubnetId": "subnet-1"}]}]}"#,
    );
    let found = snapshot.ec2.instances.get(&"i-2".into()).unwrap();
    assert_eq!(found.at.pointer.as_str(), "/Reservations/0/Instances/1");
    assert_eq!(snapshot.ec2.instances.listings()[0].count, 2);
}

#[test]
fn a_nat_gateway_of_an_old_cli_has_no_kind() {
    let snapshot = load(r#"{"NatGateways": [{"NatGatewayId": "nat-1", "State": "available", "NatGatewayAddresses": []}]}"#);
    let nat = &snapshot.ec2.nat_gateways.iter().next().unwrap().value;
    assert_eq!(nat.state, Some(NatState::Available));
    assert_eq!((&nat.connectivity_type, &nat.availability_mode), (&None, &None));
}
