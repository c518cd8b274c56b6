//! Remedies as commands and console steps, and what in the case they can use.

use super::gather::Group;
use crate::case::Case;
use crate::model::{Change, Fix, FixKind};
use snapshot::ec2::gateway::{Connectivity, NatState};
use snapshot::ids::{NatGatewayId, RouteTableId, SubnetId, VpcId};
use snapshot::{Snapshot, Text};

pub(in crate::findings) use super::changes::*;
pub(in crate::findings) use super::family::*;

/// A command of the AWS CLI, in the case's Region.
pub(in crate::findings) fn cli(case: &Case<'_>, command: &str, impact: Text) -> Fix {
    let region = case
        .region
        .as_deref()
        .map(|region| format!(" --region {region}"))
        .unwrap_or_default();
    // Several commands stand one on a line.
    let text = command
        .lines()
        .map(|line| format!("aws {line}{region}"))
        .collect::<Vec<_>>()
        .join("\n");
    Fix {
        kind: FixKind::AwsCli,
        text: Text::new(text.clone(), text),
        impact,
        verified: false,
        change: None,
    }
}

/// Steps in the console.
pub(in crate::findings) fn console(text: Text, impact: Text) -> Fix {
    Fix {
        kind: FixKind::Console,
        text,
        impact,
        verified: false,
        change: None,
    }
}

impl Fix {
    /// What the remedy does to the typed state.
    pub(in crate::findings) fn doing(mut self, change: impl Fn(&mut Snapshot) + 'static) -> Self {
        self.change = Some(Change::new(change));
        self
    }
}

/// What a change of rules or routes does to running tasks.
pub(in crate::findings) fn at_once() -> Text {
    Text::fixed(
        "Takes effect at once for everything that uses it; no task is restarted. The service starts the next task by itself.",
        "これを使用するすべてのリソースに即時反映されます。タスクは再起動されません。サービスは次のタスクを自動的に開始します。",
    )
}

/// The service's network configuration with another public-address setting, as update-service takes it.
pub(in crate::findings) fn update_service(case: &Case<'_>, assign: &str) -> Option<String> {
    let (service, settings) = (case.service?, case.settings.as_ref()?);
    let cluster = service.value.cluster_arn.as_ref()?.as_str();
    let cluster = cluster.rsplit_once('/').map_or(cluster, |(_, name)| name);
    let name = service.value.service_name.as_deref()?;
    let subnets = settings.subnets.iter().map(|id| id.0.clone()).collect::<Vec<_>>().join(",");
    let groups = settings.security_groups.iter().map(|id| id.0.clone()).collect::<Vec<_>>().join(",");
    Some(format!(
        "ecs update-service --cluster {cluster} --service {name} --network-configuration 'awsvpcConfiguration={{subnets=[{subnets}],securityGroups=[{groups}],assignPublicIp={assign}}}' --force-new-deployment"
    ))
}

/// A NAT gateway of the VPC that works and leads to the internet, other than `not`.
pub(in crate::findings) fn working_nat(snapshot: &Snapshot, vpc: Option<&VpcId>, not: Option<&NatGatewayId>) -> Option<NatGatewayId> {
    let found = snapshot.ec2.nat_gateways.iter().find(|found| {
        let nat = &found.value;
        nat.vpc_id.as_ref() == vpc
            && nat.state == Some(NatState::Available)
            && nat.connectivity_type != Some(Connectivity::Private)
            && nat.nat_gateway_id.as_ref() != not
    });
    found?.value.nat_gateway_id.clone()
}

/// A subnet of the VPC whose own table leads to the attached internet gateway.
fn public_subnet(snapshot: &Snapshot, vpc: Option<&VpcId>) -> Option<SubnetId> {
    let gateway = attached_gateway(snapshot, vpc)?;
    let tables = snapshot.ec2.route_tables.iter().filter(|found| {
        let mut routes = found.value.routes.iter();
        found.value.vpc_id.as_ref() == vpc
            && routes.any(|route| route.destination_cidr_block == anywhere() && route.gateway_id.as_deref() == Some(gateway.as_str()))
    });
    let associations = tables.flat_map(|found| &found.value.associations);
    associations.filter(|part| part.in_force()).find_map(|part| part.subnet_id.clone())
}

/// A new public NAT gateway, in that subnet or else in any public one, to which these tables lead. It is tried where such a subnet is seen.
pub(in crate::findings) fn new_nat(group: &Group<'_>, beside: Option<SubnetId>, verb: &str, tables: &[RouteTableId], impact: Text) -> Fix {
    let vpc = vpc_of(group);
    let subnet = beside.or_else(|| public_subnet(group.case.snapshot, vpc.as_ref()));
    let place = subnet.as_ref().map_or("PUBLIC_SUBNET", |subnet| subnet.as_str());
    let mut command = format!(
        "ec2 allocate-address --domain vpc\nec2 create-nat-gateway --connectivity-type public --subnet-id {place} --allocation-id ALLOCATION"
    );
    for table in tables {
        command.push_str(&format!(
            "\nec2 {verb} --route-table-id {table} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id NEW_NAT_GATEWAY"
        ));
    }
    let fix = cli(group.case, &command, impact);
    let (Some(subnet), Some(vpc)) = (subnet, vpc) else { return fix };
    let tables = tables.to_vec();
    fix.doing(move |snapshot| add_nat(snapshot, &vpc, &subnet, &tables))
}

/// The internet gateway that is attached to the VPC.
pub(in crate::findings) fn attached_gateway(snapshot: &Snapshot, vpc: Option<&VpcId>) -> Option<String> {
    let found = snapshot.ec2.internet_gateways.iter().find(|found| {
        found
            .value
            .attachments
            .iter()
            .flatten()
            .any(|part| part.in_force() && part.vpc_id.as_ref() == vpc)
    });
    Some(found?.value.internet_gateway_id.clone()?.0)
}

/// The VPC of the group's subnet.
pub(in crate::findings) fn vpc_of(group: &Group<'_>) -> Option<VpcId> {
    let subnet = group.subnets().into_iter().next()?;
    group.case.snapshot.ec2.subnets.get(&subnet)?.value.vpc_id.clone()
}
