//! `endpoint.missing`: the VPC is built on endpoints and this service has none.

use crate::findings::network::{gather, remedy, words};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding, Fix};
use network::FaultKind;
use references::{Region, ServiceName};
use snapshot::Text;
use snapshot::ec2::Cidr;
use snapshot::ids::{SecurityGroupId, SubnetId, VpcId};

/// The rule of `endpoint.missing`.
pub(super) static RULE: Rule = Rule {
    code: Code("endpoint.missing"),
    page: Page {
        title: Text::fixed("VPC endpoint missing", "VPC エンドポイントがない"),
        what: Text::fixed(
            "No route of the subnet matches public addresses, the VPC reaches AWS through interface endpoints, and there is none for this service.",
            "サブネットにパブリックアドレスへのルートがなく、VPC はインターフェイスエンドポイント経由で AWS に接続していますが、このサービスのエンドポイントがありません。",
        ),
        why: Text::fixed(
            "The name stays public and no route leads there: calls time out. The usual gap is the S3 gateway endpoint for image layers, logs, or the second one of ecr.api and ecr.dkr.",
            "名前はパブリックアドレスに解決されますが、ルートがないためタイムアウトします。よくある漏れは、イメージレイヤー用の S3 ゲートウェイエンドポイント、logs、ecr.api と ecr.dkr の片方です。",
        ),
        remedy: Text::fixed(
            "Create the endpoint with private DNS in the task's VPC (for S3: a gateway endpoint in the subnet's route table).",
            "タスクの VPC に、プライベート DNS 名を有効にしてエンドポイントを作成します (S3 の場合は、サブネットのルートテーブルにゲートウェイエンドポイントを関連付けます)。",
        ),
        not_this: Text::fixed(
            "With a working NAT or internet gateway no endpoint is needed. In a shared VPC the task's account does not see the owner's endpoints.",
            "NAT ゲートウェイやインターネットゲートウェイが機能していれば、エンドポイントは不要です。共有 VPC では、タスクのアカウントから所有者のエンドポイントは見えません。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html",
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
            "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
        ],
        examples: &["endpoint/missing/fault"],
    },
    judge,
};

/// The service's name as create-vpc-endpoint takes it; S3 as the gateway kind.
fn service_name(kind: &FaultKind, hit: &gather::Hit<'_>) -> String {
    let FaultKind::EndpointMissing { service, gateway, .. } = kind else {
        return String::new();
    };
    let region = hit.requirement.region.as_deref().and_then(Region::parse);
    let known = crate::walks::named(&hit.requirement.key)
        .zip(region.as_ref())
        .and_then(|(named, region)| ServiceName::of(named, region, *gateway));
    let before = known.zip(region).and_then(|(name, region)| {
        let (before, _) = name.as_str().split_once(&format!(".{region}."))?;
        Some(before.to_owned())
    });
    format!("{}.{service}", before.as_deref().unwrap_or("com.amazonaws"))
}

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let groups = gather::of(judged, RULE.code, |kind, hit| vec![service_name(kind, hit)]);
    groups.iter().filter(|group| !is_elsewhere(group)).filter_map(told).collect()
}

/// What lies in another Region: an endpoint of the task's own does not carry it, and `*.cross-region-unreachable` says so.
fn is_elsewhere(group: &gather::Group<'_>) -> bool {
    let home = group.case.region.as_deref();
    group.hits.iter().all(|hit| {
        let region = hit.requirement.region.as_deref();
        hit.fault.severity == network::Severity::Fail && home.is_some() && region.is_some() && region != home
    })
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::EndpointMissing { vpc, table, gateway, .. } = group.kind()? else {
        return None;
    };
    let name = group.subject.join(", ");
    Some(group.told(
        Text::new(format!("{vpc} has no endpoint for {name}"), format!("{vpc} に {name} のエンドポイントがありません")),
        Text::new(
            format!("{table} has no route to public addresses, so AWS is reached through the endpoints of {vpc} only, and none of them is for {name}."),
            format!("{table} にパブリックアドレスへのルートがないため、AWS には {vpc} のエンドポイント経由でのみ接続できますが、{name} のエンドポイントがありません。"),
        ),
        &Text::new(format!("whether {vpc} has an endpoint for {name}"), format!("{vpc} に {name} のエンドポイントがあるかどうか")),
        if *gateway { gateway_fixes(group, vpc, table, &name) } else { interface_fixes(group, vpc, &name) },
    ))
}

/// Whether the tasks' subnets have no IPv4. An endpoint for them takes IPv6, where the service accepts that (AWS PrivateLink guide, "Create
/// a VPC endpoint", and "Gateway endpoints for Amazon S3", IP address type).
fn without_ipv4(group: &gather::Group<'_>) -> bool {
    let subnets = group.subnets();
    let described = |subnet: &SubnetId| group.case.snapshot.ec2.subnets.get(subnet);
    let native = |subnet: &SubnetId| described(subnet).is_some_and(|found| found.value.ipv6_native == Some(true));
    !subnets.is_empty() && subnets.iter().all(native)
}

fn gateway_fixes(group: &gather::Group<'_>, vpc: &VpcId, table: &snapshot::ids::RouteTableId, name: &str) -> Vec<Fix> {
    let impact = Text::fixed(
        "Free of charge. The route to Amazon S3 appears at once in the table; open connections of its subnets to S3 are interrupted.",
        "料金はかかりません。テーブルに Amazon S3 へのルートが即時に追加され、サブネットから S3 への既存の接続は中断されます。",
    );
    let native = without_ipv4(group);
    let family = if native { " --ip-address-type dualstack" } else { "" };
    let fix = remedy::cli(
        group.case,
        &format!(
            "ec2 create-vpc-endpoint --vpc-id {vpc} --vpc-endpoint-type Gateway --service-name {name} --route-table-ids {table}{family}"
        ),
        impact.clone(),
    );
    let (at, target, of, service) = (
        group.hits.first().and_then(|hit| hit.fault.evidence.first()).cloned(),
        table.clone(),
        vpc.clone(),
        name.to_owned(),
    );
    let fix = match at.filter(|_| !native) {
        Some(at) => fix.doing(move |snapshot| remedy::add_gateway(snapshot, &of, &target, &service, &at)),
        None => fix,
    };
    let console = remedy::console(
        Text::new(
            format!("VPC console > Endpoints > Create endpoint > AWS services > {name} (type Gateway) > {vpc} > route table {table}."),
            format!(
                "VPC コンソール > エンドポイント > エンドポイントを作成 > AWS のサービス > {name} (タイプ Gateway) > {vpc} > ルートテーブル {table}。"
            ),
        ),
        impact,
    );
    vec![fix, console]
}

fn interface_fixes(group: &gather::Group<'_>, vpc: &VpcId, name: &str) -> Vec<Fix> {
    let subnets = group.subnets();
    let list = subnets.iter().map(|subnet| subnet.0.clone()).collect::<Vec<_>>().join(" ");
    // The groups of an endpoint that is there already let the tasks in, if they do for that one.
    let groups: Vec<SecurityGroupId> = group
        .case
        .snapshot
        .ec2
        .vpc_endpoints
        .iter()
        .filter(|found| found.value.vpc_id.as_ref() == Some(vpc))
        .find_map(|found| {
            let groups: Vec<_> = found
                .value
                .groups
                .as_ref()?
                .iter()
                .filter_map(|group| group.group_id.clone())
                .collect();
            (!groups.is_empty()).then_some(groups)
        })
        .unwrap_or_default();
    let native = without_ipv4(group);
    // Without one to take over, the endpoint gets a group of its own that lets the VPC in.
    let known = group.case.snapshot.ec2.vpcs.get(vpc);
    let ranges = known.into_iter().flat_map(|found| found.value.cidrs());
    let mut ranges: Vec<Cidr> = ranges.filter(|cidr| cidr.0.addr().is_ipv6() == native).collect();
    // AWS lists the primary range twice.
    ranges.dedup();
    let (mut command, security) = if groups.is_empty() {
        let from = if ranges.is_empty() {
            "IpRanges=[{CidrIp=VPC_CIDR}]".to_owned()
        } else {
            remedy::permission(&ranges)
        };
        let made = format!(
            "ec2 create-security-group --group-name endpoints-https --description 'HTTPS to VPC endpoints' --vpc-id {vpc}\nec2 authorize-security-group-ingress --group-id NEW_SECURITY_GROUP --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,{from}'\n"
        );
        (made, "NEW_SECURITY_GROUP".to_owned())
    } else {
        (
            String::new(),
            groups.iter().map(|group| group.0.clone()).collect::<Vec<_>>().join(" "),
        )
    };
    let impact = Text::fixed(
        "An interface endpoint is charged by the hour for each zone and by the gigabyte. With private DNS every client of the VPC uses it for this service. It works some minutes after creation.",
        "インターフェイスエンドポイントには、アベイラビリティーゾーンごとの時間料金とデータ処理料金がかかります。プライベート DNS 名を有効にすると、VPC のすべてのクライアントがこのサービスに使用します。作成後、数分で機能します。",
    );
    let impact = if native {
        Text::new(
            format!(
                "{} The subnets have no IPv4, so it works only where the service accepts IPv6.",
                impact.en
            ),
            format!(
                "{}サブネットに IPv4 がないため、サービスが IPv6 に対応している場合にのみ機能します。",
                impact.ja
            ),
        )
    } else {
        impact
    };
    command.push_str(&format!(
        "ec2 create-vpc-endpoint --vpc-id {vpc} --vpc-endpoint-type Interface --service-name {name} --subnet-ids {list} --security-group-ids {security} --private-dns-enabled"
    ));
    if native {
        command.push_str(" --ip-address-type ipv6 --dns-options DnsRecordIpType=ipv6");
    }
    let mut fix = remedy::cli(group.case, &command, impact.clone());
    let at = group.hits.first().and_then(|hit| hit.fault.evidence.first()).cloned();
    if let Some(at) = at.filter(|_| !native && (!groups.is_empty() || !ranges.is_empty())) {
        let made = groups.is_empty().then(|| remedy::door(vpc, &ranges, at.clone()));
        let own: Vec<SecurityGroupId> = made.iter().filter_map(|made| made.value.group_id.clone()).collect();
        let endpoint = remedy::endpoint(vpc, name, subnets, [groups, own].concat(), at);
        fix = fix.doing(move |snapshot| {
            if let Some(made) = &made {
                snapshot.ec2.security_groups.insert(made.clone());
            }
            snapshot.ec2.vpc_endpoints.insert(endpoint.clone());
        });
    }
    let console = remedy::console(
        Text::new(
            format!(
                "VPC console > Endpoints > Create endpoint > AWS services > {name} > {vpc}, the task's zones, private DNS name enabled, a security group that admits TCP 443 from the task ({}).",
                words::list(&group.subnets())
            ),
            format!(
                "VPC コンソール > エンドポイント > エンドポイントを作成 > AWS のサービス > {name} > {vpc}、タスクのアベイラビリティーゾーン ({})、DNS 名を有効化、タスクからの TCP 443 を許可するセキュリティグループ。",
                words::list(&group.subnets())
            ),
        ),
        impact,
    );
    vec![fix, console]
}
