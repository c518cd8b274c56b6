//! The VPC: what lets packets through, and how names are resolved.

use crate::collector::members::{GROUPS, RECORDS, SUBNETS, VPCS};
use crate::collector::step::{Call, Step, call, each};
use evidence::Operation as Op;

fn in_vpc(operation: Op) -> Call {
    call(operation).filter("Name=vpc-id,Values={vpc}")
}

/// The network interfaces that the facts of `tag` name.
pub(super) fn interfaces(tag: &'static str) -> Step {
    let described = call(Op::Ec2DescribeNetworkInterfaces).filter("Name=network-interface-id,Values={interface}");
    each(tag, &["interface"], vec![described.into()])
}

pub(super) fn network() -> Vec<Step> {
    let attribute = |name: &'static str| Step::from(call(Op::Ec2DescribeVpcAttribute).opt("vpc-id", "{vpc}").opt("attribute", name));
    let vpc = vec![
        call(Op::Ec2DescribeVpcs)
            .opt("vpc-ids", "{vpc}")
            .keep(VPCS)
            .learn("Vpcs[].['dhcp', DhcpOptionsId]")
            .into(),
        attribute("enableDnsSupport"),
        attribute("enableDnsHostnames"),
        in_vpc(Op::Ec2DescribeSubnets).keep(SUBNETS).into(),
        in_vpc(Op::Ec2DescribeRouteTables)
            .learn(
                "[RouteTables[].Routes[].['prefix', DestinationPrefixListId], RouteTables[].Routes[].['transit', TransitGatewayId], \
                 RouteTables[].Routes[].['peering', VpcPeeringConnectionId], RouteTables[].Routes[].['hop', NetworkInterfaceId]][]",
            )
            .into(),
        in_vpc(Op::Ec2DescribeNetworkAcls).into(),
        in_vpc(Op::Ec2DescribeSecurityGroups)
            .keep(GROUPS)
            .learn("SecurityGroups[].[IpPermissions, IpPermissionsEgress][][].PrefixListIds[].['prefix', PrefixListId]")
            .into(),
        in_vpc(Op::Ec2DescribeSecurityGroupVpcAssociations).into(),
        in_vpc(Op::Ec2DescribeVpcEndpoints).into(),
        in_vpc(Op::Ec2DescribeNetworkInterfaces)
            .value("Name=interface-type,Values=vpc_endpoint")
            .into(),
        call(Op::Ec2DescribeNatGateways).opt("filter", "Name=vpc-id,Values={vpc}").into(),
        call(Op::Ec2DescribeInternetGateways)
            .filter("Name=attachment.vpc-id,Values={vpc}")
            .into(),
    ];
    let transit = vec![
        call(Op::Ec2DescribeTransitGatewayVpcAttachments)
            .filter("Name=transit-gateway-id,Values={transit}")
            .into(),
        call(Op::Ec2DescribeTransitGatewayAttachments)
            .filter("Name=transit-gateway-id,Values={transit}")
            .learn("TransitGatewayAttachments[].['table', Association.TransitGatewayRouteTableId]")
            .into(),
    ];
    vec![
        Step::Say("Network"),
        each(
            "subnetId",
            &["subnet"],
            vec![
                call(Op::Ec2DescribeSubnets)
                    .opt("subnet-ids", "{subnet}")
                    .keep(SUBNETS)
                    .learn("Subnets[].['vpc', VpcId]")
                    .into(),
            ],
        ),
        each("vpc", &["vpc"], vpc),
        // Instances that forward: whether they may is told by their interfaces alone.
        interfaces("hop"),
        call(Op::Ec2DescribeEgressOnlyInternetGateways).into(),
        each(
            "peering",
            &["peering"],
            vec![
                call(Op::Ec2DescribeVpcPeeringConnections)
                    .opt("vpc-peering-connection-ids", "{peering}")
                    .into(),
            ],
        ),
        each("transit", &["transit"], transit),
        each(
            "table",
            &["table"],
            vec![
                call(Op::Ec2SearchTransitGatewayRoutes)
                    .opt("transit-gateway-route-table-id", "{table}")
                    .filter("Name=state,Values=active,blackhole")
                    .into(),
            ],
        ),
        call(Op::Ec2DescribePrefixLists).into(),
        each(
            "prefix",
            &["prefix"],
            vec![
                call(Op::Ec2DescribeManagedPrefixLists).opt("prefix-list-ids", "{prefix}").into(),
                call(Op::Ec2GetManagedPrefixListEntries).opt("prefix-list-id", "{prefix}").into(),
            ],
        ),
        call(Op::Ec2DescribeVpcBlockPublicAccessOptions).into(),
        call(Op::Ec2DescribeVpcBlockPublicAccessExclusions).into(),
    ]
}

/// How names are resolved in the VPC. Only zones that may hold names of AWS or of Docker Hub are listed: others can be long.
pub(super) fn names() -> Vec<Step> {
    let zones = call(Op::Route53ListHostedZonesByVpc)
        .opt("vpc-id", "{vpc}")
        .opt("vpc-region", "{region}")
        .learn("HostedZoneSummaries[?Owner.OwningAccount && (contains(Name, 'aws') || contains(Name, 'docker'))].['zone', HostedZoneId]");
    vec![
        Step::Say("Names"),
        each(
            "dhcp",
            &["dhcp"],
            vec![call(Op::Ec2DescribeDhcpOptions).opt("dhcp-options-ids", "{dhcp}").into()],
        ),
        each(
            "vpc",
            &["vpc"],
            vec![
                zones.into(),
                call(Op::Route53resolverListResolverRuleAssociations)
                    .filter("Name=VPCId,Values={vpc}")
                    .into(),
                call(Op::Route53resolverListFirewallRuleGroupAssociations)
                    .opt("vpc-id", "{vpc}")
                    .into(),
            ],
        ),
        call(Op::Route53resolverListResolverRules).into(),
        each(
            "zone",
            &["zone"],
            vec![
                call(Op::Route53ListResourceRecordSets)
                    .opt("hosted-zone-id", "{zone}")
                    .keep(RECORDS)
                    .into(),
            ],
        ),
    ]
}
