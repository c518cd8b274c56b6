//! What a walk costs with 10 to 10 000 rules, and how many walks a second a plain VPC allows.

use network::{Caller, Context, PublicAddress, ServiceKey, Target, walk};
use snapshot::Snapshot;

fn main() {
    divan::main();
}

fn world(rules: u32) -> Snapshot {
    let ranges: Vec<String> = (0..rules)
        .map(|n| format!(r#"{{"CidrIp": "{}.{}.{}.0/24"}}"#, 11 + n / 65_536, (n / 256) % 256, n % 256))
        .collect();
    let ranges = ranges.join(",");
    let text = format!(
        r#"
$ aws ec2 describe-subnets --filters Name=vpc-id,Values=vpc-1 --region us-east-1
{{"Subnets": [{{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24"}}]}}
$ aws ec2 describe-vpcs --region us-east-1
{{"Vpcs": [{{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}}]}}
$ aws ec2 describe-route-tables --filters Name=vpc-id,Values=vpc-1 --region us-east-1
{{"RouteTables": [{{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{{"SubnetId": "subnet-1", "AssociationState": {{"State": "associated"}}}}],
  "Routes": [{{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"}}, {{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"}}]}}]}}
$ aws ec2 describe-network-acls --filters Name=vpc-id,Values=vpc-1 --region us-east-1
{{"NetworkAcls": [{{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "Associations": [{{"SubnetId": "subnet-1"}}],
  "Entries": [{{"RuleNumber": 100, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"}}, {{"RuleNumber": 100, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"}}]}}]}}
$ aws ec2 describe-vpc-endpoints --filters Name=vpc-id,Values=vpc-1 --region us-east-1
{{"VpcEndpoints": []}}
$ aws ec2 describe-security-groups --group-ids sg-1 --region us-east-1
{{"SecurityGroups": [{{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [], "IpPermissionsEgress": [{{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{ranges}]}}]}}]}}
"#
    );
    Snapshot::load(&evidence::read(&[evidence::Input {
        name: "bench",
        bytes: text.as_bytes(),
    }]))
}

#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn rules(bencher: divan::Bencher<'_, '_>, rules: u32) {
    let snapshot = world(rules);
    let caller = Caller {
        subnet: Some("subnet-1".into()),
        public_ip: PublicAddress::Assigned,
        security_groups: Some(vec!["sg-1".into()]),
        region: Some("us-east-1".to_owned()),
        ..Caller::default()
    };
    let service = ServiceKey::new("ecr.api", "us-east-1");
    let target = Target {
        host: "api.ecr.us-east-1.amazonaws.com".to_owned(),
        service: Some(service.clone()),
        port: 443,
        is_aws_public: true,
        ..Target::default()
    };
    let context = Context { services: vec![service] };
    bencher.bench(|| walk(divan::black_box(&snapshot), &caller, &target, &context));
}
