//! A subnet's way out by IPv6: remedies where no route leads there.
//!
//! Amazon VPC User Guide, "Egress-only internet gateways", "DNS64 and NAT64"; Amazon ECS Developer Guide, "Using a VPC in IPv6-only mode".

use super::{gather, remedy, words};
use crate::model::Fix;
use network::{Addresses, FaultKind};
use snapshot::Text;
use snapshot::ec2::Cidr;
use snapshot::ids::{EgressOnlyInternetGatewayId, RouteTableId, SubnetId};

/// Of which kinds the addresses are that the table has no route to.
pub(super) fn kinds(group: &gather::Group<'_>) -> Vec<Addresses> {
    let mut kinds: Vec<Addresses> = Vec::new();
    for hit in &group.hits {
        if let FaultKind::NoRoute { addresses, .. } = &hit.fault.kind
            && !kinds.contains(addresses)
        {
            kinds.push(*addresses);
        }
    }
    kinds
}

/// The title where only hosts with IPv4 alone are out of reach, because DNS64 is off: whether a route is there as well does not matter.
pub(super) fn untranslated(group: &gather::Group<'_>) -> Option<Text> {
    let ec2 = &group.case.snapshot.ec2;
    let is_off = |subnet: &SubnetId| ec2.subnets.get(subnet).is_some_and(|found| found.value.enable_dns64 == Some(false));
    let subnets: Vec<SubnetId> = group.subnets().into_iter().filter(is_off).collect();
    (kinds(group) == [Addresses::Nat64] && !subnets.is_empty()).then(|| {
        let list = words::list(&subnets);
        Text::new(
            format!("DNS64 is off for {list}, which has no IPv4"),
            format!("IPv4 のない {list} で DNS64 が無効です"),
        )
    })
}

/// Why hosts with IPv4 alone are out of reach.
pub(super) fn explained(group: &gather::Group<'_>) -> Text {
    let mut hosts: Vec<&str> = Vec::new();
    for hit in &group.hits {
        let mapped = matches!(
            &hit.fault.kind,
            FaultKind::NoRoute {
                addresses: Addresses::Nat64,
                ..
            }
        );
        if mapped && !hosts.contains(&hit.requirement.host.as_str()) {
            hosts.push(&hit.requirement.host);
        }
    }
    let hosts = hosts.join(", ");
    Text::new(
        format!(
            "The subnet has no IPv4, and {hosts} has no IPv6 address: it is reached only with DNS64 on for the subnet and a route 64:ff9b::/96 to a NAT gateway."
        ),
        format!(
            "サブネットには IPv4 がなく、{hosts} には IPv6 アドレスがありません。接続するには、サブネットの DNS64 を有効にし、64:ff9b::/96 を NAT ゲートウェイに向けるルートが必要です。"
        ),
    )
}

/// The default route for IPv6, to an egress-only gateway.
pub(super) fn default_route(group: &gather::Group<'_>, table: &RouteTableId) -> Vec<Fix> {
    let impact = Text::new(
        format!(
            "Every subnet that uses {table} can open IPv6 connections to the internet at once; nothing can open them from outside. The gateway is free of charge."
        ),
        format!(
            "{table} を使用するすべてのサブネットから、インターネットへの IPv6 接続を開始できるようになります (即時反映)。外部から開始することはできません。ゲートウェイの料金はかかりません。"
        ),
    );
    let vpc = remedy::vpc_of(group);
    let gateways = &group.case.snapshot.ec2.egress_only_internet_gateways;
    let attached = gateways.iter().find(|found| {
        let parts = found.value.attachments.iter().flatten();
        vpc.is_some() && parts.into_iter().any(|part| part.in_force() && part.vpc_id == vpc)
    });
    let id = attached.and_then(|found| found.value.egress_only_internet_gateway_id.clone());
    let named = id.clone().unwrap_or_else(|| EgressOnlyInternetGatewayId::from("NEW_GATEWAY"));
    let mut command = String::new();
    if id.is_none() {
        let vpc = vpc.as_ref().map_or("VPC", |vpc| vpc.as_str());
        command = format!("ec2 create-egress-only-internet-gateway --vpc-id {vpc}\n");
    }
    let exit = remedy::Exit::EgressOnly(named);
    command.push_str(&format!(
        "ec2 create-route --route-table-id {table} --destination-ipv6-cidr-block ::/0 {}",
        exit.option()
    ));
    let target = table.clone();
    let fix = remedy::cli(group.case, &command, impact.clone()).doing(move |snapshot| {
        if let Ok(anywhere) = "::/0".parse() {
            remedy::route_to(snapshot, &target, Cidr(anywhere), &exit);
        }
    });
    let console = remedy::console(
        Text::new(
            format!(
                "VPC console > Egress-only internet gateways > Create; then Route tables > {table} > Routes > Edit routes > Add route: destination ::/0, target that gateway."
            ),
            format!(
                "VPC コンソール > Egress-Only インターネットゲートウェイ > 作成。続いて、ルートテーブル > {table} > ルート > ルートを編集 > ルートを追加: 送信先 ::/0、ターゲットはそのゲートウェイ。"
            ),
        ),
        impact,
    );
    vec![fix, console]
}

/// DNS64 for the subnets, and the route to a NAT gateway, which translates.
pub(super) fn translate(group: &gather::Group<'_>, table: &RouteTableId) -> Vec<Fix> {
    let nat = remedy::working_nat(group.case.snapshot, remedy::vpc_of(group).as_ref(), None);
    let ec2 = &group.case.snapshot.ec2;
    let translates = |subnet: &SubnetId| ec2.subnets.get(subnet).is_some_and(|found| found.value.enable_dns64 == Some(true));
    let subnets: Vec<SubnetId> = group.subnets().into_iter().filter(|subnet| !translates(subnet)).collect();
    let mut lines: Vec<String> = subnets
        .iter()
        .map(|subnet| format!("ec2 modify-subnet-attribute --subnet-id {subnet} --enable-dns64"))
        .collect();
    let mapped = "64:ff9b::/96".parse().ok().map(Cidr);
    let route = ec2.route_tables.get(table).and_then(|found| {
        let mut routes = found.value.routes.iter();
        routes.find(|route| route.destination_ipv6_cidr_block == mapped)
    });
    let exit = remedy::Exit::Nat(nat.clone().unwrap_or_else(|| "NAT_GATEWAY".into()));
    // A route that leads to a NAT gateway stays; which table is meant has to be known.
    let led = !table.0.is_empty() && route.is_none_or(|route| route.nat_gateway_id.is_none());
    let (and_route, and_route_ja) = if led {
        (
            format!("; every subnet that uses {table} gets the route"),
            format!("{table} を使用するすべてのサブネットにルートが追加されます。"),
        )
    } else {
        (String::new(), String::new())
    };
    let impact = Text::new(
        format!(
            "Every client of these subnets reaches hosts that have IPv4 alone through the NAT gateway, which charges for each gigabyte{and_route}. Images of Amazon ECR need no NAT gateway under their dual-stack name (dkr-ecr, on.aws)."
        ),
        format!(
            "これらのサブネットのすべてのクライアントが、IPv4 のみのホストに NAT ゲートウェイ経由で接続できるようになります (データ処理料金がかかります)。{and_route_ja}Amazon ECR のイメージは、デュアルスタックの名前 (dkr-ecr、on.aws) を使えば NAT ゲートウェイが不要です。"
        ),
    );
    if led {
        let verb = if route.is_some() { "replace-route" } else { "create-route" };
        lines.push(format!(
            "ec2 {verb} --route-table-id {table} --destination-ipv6-cidr-block 64:ff9b::/96 {}",
            exit.option()
        ));
    }
    let mut fix = remedy::cli(group.case, &lines.join("\n"), impact.clone());
    if nat.is_some() || !led {
        let target = table.clone();
        let places = subnets.clone();
        fix = fix.doing(move |snapshot| {
            snapshot.ec2.subnets.edit(|subnet| {
                if subnet.subnet_id.as_ref().is_some_and(|id| places.contains(id)) {
                    subnet.enable_dns64 = Some(true);
                }
            });
            if let Some(mapped) = mapped.filter(|_| led) {
                remedy::route_to(snapshot, &target, mapped, &exit);
            }
        });
    }
    let (named, named_ja) = match table.as_str() {
        "" => ("the subnet's table", "サブネットのテーブル"),
        table => (table, table),
    };
    let console = remedy::console(
        Text::new(
            format!(
                "VPC console > Subnets > Edit subnet settings > Enable DNS64; then Route tables > {named} > Routes > Edit routes > Add route: destination 64:ff9b::/96, target a NAT gateway. Or name the image by its dual-stack host in a new revision of the task definition."
            ),
            format!(
                "VPC コンソール > サブネット > サブネットの設定を編集 > DNS64 を有効化。続いて、ルートテーブル > {named_ja} > ルート > ルートを編集 > ルートを追加: 送信先 64:ff9b::/96、ターゲットは NAT ゲートウェイ。または、タスク定義の新しいリビジョンでイメージをデュアルスタックのホスト名で指定します。"
            ),
        ),
        impact,
    );
    // Where the subnets translate and lead to a NAT gateway already, no command is left.
    let fix = Some(fix).filter(|_| !lines.is_empty());
    fix.into_iter().chain([console]).collect()
}
