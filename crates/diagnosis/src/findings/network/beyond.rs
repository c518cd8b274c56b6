//! Another VPC's side of the way (a hub's endpoints): remedies where its routes or groups do not know the caller's range.
//!
//! Amazon VPC Peering Guide, "Update your route tables for a VPC peering connection"; Amazon VPC Transit Gateways guide, "Route propagation".

use super::{gather, remedy, words};
use crate::model::Fix;
use network::{Addresses, Direction, FaultKind, HopKind, Place};
use snapshot::Text;
use snapshot::ec2::Cidr;
use snapshot::ids::RouteTableId;

/// The private addresses that a table has no route to.
pub(super) fn unrouted(group: &gather::Group<'_>) -> Option<Text> {
    let hit = group.hits.iter().find(|hit| {
        matches!(
            hit.fault.kind,
            FaultKind::NoRoute {
                addresses: Addresses::Private,
                ..
            }
        )
    })?;
    hit.fault.witness.as_ref().map(|witness| words::place(&witness.destination))
}

/// The range of the caller's VPC that its addresses lie in.
pub(super) fn own_range(group: &gather::Group<'_>, place: &Place) -> Option<Cidr> {
    let vpc = group.case.snapshot.ec2.vpcs.get(&remedy::vpc_of(group)?)?;
    vpc.value.cidrs().find(|cidr| match place {
        Place::Address(address) => cidr.0.contains(address),
        Place::Ranges(ranges) => ranges.iter().all(|range| cidr.0.contains(range)),
        Place::Public => false,
    })
}

/// A route to the other VPC, or from there back to the caller's.
pub(super) fn routes(group: &gather::Group<'_>, table: &RouteTableId) -> Vec<Fix> {
    let to = unrouted(group).unwrap_or_else(|| Text::new(String::new(), String::new()));
    let impact = Text::new(
        format!("Takes effect at once for every subnet or attachment that uses {table}."),
        format!("{table} を使用するすべてのサブネットまたはアタッチメントに即時反映されます。"),
    );
    let mut fixes = Vec::new();
    let back = group.hits.iter().find_map(|hit| {
        let witness = hit
            .fault
            .witness
            .as_ref()
            .filter(|witness| witness.direction == Direction::Answer)?;
        let hops = hit.walk.trace.hops.iter();
        let mut exit = hops.filter_map(|hop| match (hop.kind, &hop.id) {
            (HopKind::PeeringConnection, Some(id)) => Some(remedy::Exit::Peering(id.as_str().into())),
            (HopKind::TransitGateway, Some(id)) => Some(remedy::Exit::Transit(id.as_str().into())),
            _ => None,
        });
        Some((own_range(group, &witness.destination)?, exit.next_back()?))
    });
    let of_gateway = table.0.starts_with("tgw-rtb-");
    if let Some((range, exit)) = back.filter(|_| !of_gateway) {
        let target = table.clone();
        let fix = remedy::cli(
            group.case,
            &format!(
                "ec2 create-route --route-table-id {table} --destination-cidr-block {range} {}",
                exit.option()
            ),
            impact.clone(),
        );
        fixes.push(fix.doing(move |snapshot| remedy::route_to(snapshot, &target, range, &exit)));
    }
    let console = if of_gateway {
        Text::new(
            format!(
                "VPC console > Transit gateway route tables > {table} > Propagations > Create propagation: the attachment of the VPC that holds {}.",
                to.en
            ),
            format!(
                "VPC コンソール > Transit Gateway ルートテーブル > {table} > 伝播 > 伝播を作成: {} を含む VPC のアタッチメント。",
                to.ja
            ),
        )
    } else {
        Text::new(
            format!(
                "VPC console > Route tables > {table} > Routes > Edit routes > Add route: destination the range of {}, target the peering connection or transit gateway that joins the two VPCs.",
                to.en
            ),
            format!(
                "VPC コンソール > ルートテーブル > {table} > ルート > ルートを編集 > ルートを追加: 送信先 {} の範囲、ターゲットは 2 つの VPC をつなぐピアリング接続またはトランジットゲートウェイ。",
                to.ja
            ),
        )
    };
    fixes.push(remedy::console(console, impact));
    fixes
}
