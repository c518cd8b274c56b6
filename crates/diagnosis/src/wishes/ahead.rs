//! What the next answers will lead to anyway, asked already where the ids for it are known: each round trip to the customer costs hours.

use super::{AHEAD, CASE, EXPLAINS};
use crate::authorization::{ask_role, missing_role};
use crate::case::Case;
use crate::judged::Judged;
use crate::model::Code;
use crate::plan::Wish;
use crate::symptom::{Cause, PolicyLayer, Symptom};
use policy::{Principal, PrincipalKind};
use snapshot::ids::{ArnText, SecurityGroupId, VpcId};
use snapshot::{Call, Collection, Need, Operation, Resource, order};
use std::collections::{BTreeMap, BTreeSet};

/// What is on the way out of the VPC, and behind the secret that the error names.
pub(super) fn of(judged: &Judged<'_>) -> Vec<Wish> {
    let mut wishes = Vec::new();
    let Some(symptom) = judged.case.symptom.as_ref() else {
        keys(judged, &mut wishes);
        return wishes;
    };
    match symptom.cause {
        Cause::Timeout | Cause::Dns | Cause::Killed | Cause::Refused => {
            for vpc in vpcs(judged.case) {
                way_out(judged, &vpc, symptom.cause == Cause::Dns, &mut wishes);
            }
        }
        Cause::AccessDenied => {
            secret(judged, symptom, &mut wishes);
            keys(judged, &mut wishes);
        }
        _ => {}
    }
    wishes
}

/// The VPCs of the task's subnets, as far as they were pasted.
fn vpcs(case: &Case<'_>) -> BTreeSet<VpcId> {
    let own = case.interface.iter().filter_map(|interface| interface.subnet.clone());
    let settings = case.settings.iter().flat_map(|settings| settings.subnets.clone());
    let subnets = order::set(own.chain(settings));
    let found = subnets.iter().filter_map(|subnet| case.snapshot.ec2.subnets.get(subnet));
    order::set(found.filter_map(|subnet| subnet.value.vpc_id.clone()))
}

/// The VPC of each security group that the outputs show in use: by the task, an interface or an endpoint.
pub(crate) fn vpcs_of_groups(case: &Case<'_>) -> BTreeMap<SecurityGroupId, VpcId> {
    let ec2 = &case.snapshot.ec2;
    let interfaces = ec2
        .network_interfaces
        .iter()
        .map(|found| (&found.value.groups, &found.value.vpc_id));
    let endpoints = ec2.vpc_endpoints.iter().map(|found| (&found.value.groups, &found.value.vpc_id));
    let mut held = BTreeMap::new();
    for (groups, vpc) in interfaces.chain(endpoints) {
        let ids = groups.iter().flatten().filter_map(|group| group.group_id.clone());
        held.extend(ids.filter_map(|id| Some((id, vpc.clone()?))));
    }
    let mut own = vpcs(case).into_iter();
    if let (Some(vpc), None) = (own.next(), own.next()) {
        let settings = case.settings.iter().flat_map(|settings| settings.security_groups.clone());
        held.extend(settings.map(|id| (id, vpc.clone())));
    }
    held
}

fn way_out(judged: &Judged<'_>, vpc: &VpcId, names: bool, wishes: &mut Vec<Wish>) {
    let ec2 = &judged.case.snapshot.ec2;
    // The way out of a shared VPC is its owner's.
    let owner = ec2.vpcs.get(vpc).and_then(|found| found.value.owner());
    let owner = owner.filter(|owner| judged.case.account.as_deref().is_some_and(|own| own != *owner));
    let mut ask = |mut call: Call, codes: &[&'static str]| {
        call.account = owner.map(str::to_owned);
        wishes.push(Wish {
            need: Need::Call(call.in_region(judged.case.region.as_deref())),
            decides: codes.iter().map(|code| Code(code)).collect(),
            weight: AHEAD,
        });
    };
    let call = Call::new;
    let id = vpc.as_str();
    // Once the routes are known, the walk asks for the very gateway that they lead to.
    let routed = !unknown(&ec2.route_tables);
    if !routed && unknown(&ec2.nat_gateways) {
        ask(
            call(Operation::Ec2DescribeNatGateways).option("filter", format!("Name=vpc-id,Values={id}")),
            &["network.nat-unavailable", "network.nat-private", "network.nat-no-internet-route"],
        );
    }
    if !routed && unknown(&ec2.internet_gateways) {
        ask(
            call(Operation::Ec2DescribeInternetGateways).filter("attachment.vpc-id", id),
            &["network.igw-detached"],
        );
    }
    // Whatever endpoints there will be, their groups are of the VPC: all are asked for at once.
    if unknown(&ec2.vpc_endpoints) {
        ask(
            call(Operation::Ec2DescribeVpcEndpoints).filter("vpc-id", id),
            &["endpoint.missing", "endpoint.private-dns-disabled"],
        );
    }
    if unknown(&ec2.vpc_endpoints) && unknown(&ec2.security_groups) {
        ask(
            call(Operation::Ec2DescribeSecurityGroups).filter("vpc-id", id),
            &["network.sg-egress-blocked", "network.endpoint-sg-ingress-blocked"],
        );
    }
    let attributes = ec2.vpc_attributes.get(vpc);
    let attribute = |name: &str| {
        call(Operation::Ec2DescribeVpcAttribute)
            .option("vpc-id", id)
            .option("attribute", name)
    };
    if attributes.is_none_or(|attributes| attributes.dns_support.is_none()) {
        ask(attribute("enableDnsSupport"), &["dns.support-disabled"]);
    }
    if attributes.is_none_or(|attributes| attributes.dns_hostnames.is_none()) {
        ask(attribute("enableDnsHostnames"), &["dns.hostnames-disabled"]);
    }
    if ec2.vpcs.get(vpc).is_none() {
        ask(call(Operation::Ec2DescribeVpcs).option("vpc-ids", id), &["dns.custom-server"]);
        if unknown(&ec2.dhcp_options) {
            ask(
                call(Operation::Ec2DescribeDhcpOptions),
                &["dns.custom-server", "dns.custom-server-port-blocked"],
            );
        }
    }
    if ec2.block_public_access_options.is_empty() {
        let codes = &["network.public-access-blocked"];
        ask(call(Operation::Ec2DescribeVpcBlockPublicAccessOptions), codes);
        if unknown(&ec2.block_public_access_exclusions) {
            ask(call(Operation::Ec2DescribeVpcBlockPublicAccessExclusions), codes);
        }
    }
    if names
        && judged.case.snapshot.route53.zones.is_empty()
        && let Some(region) = judged.case.region.as_deref()
    {
        let zones = call(Operation::Route53ListHostedZonesByVpc)
            .option("vpc-id", id)
            .option("vpc-region", region);
        ask(zones, &["dns.private-zone-shadows"]);
    }
}

/// Why a denial's role is not allowed, which its error does not tell: a typo in an action, a policy that is not attached.
pub(super) fn role(case: &Case<'_>) -> Vec<Wish> {
    let symptom = case.symptom.as_ref().filter(|symptom| symptom.cause == Cause::AccessDenied);
    let of_the_role = |symptom: &&Symptom| symptom.layer.as_ref().is_none_or(|said| said.layer == PolicyLayer::Identity);
    let principal = symptom.filter(of_the_role).and_then(|symptom| symptom.quoted.principal.as_deref());
    let Some(PrincipalKind::Role { name, .. }) = principal.and_then(Principal::from_arn).map(|principal| principal.kind) else {
        return Vec::new();
    };
    let role = ArnText(name);
    let iam = &case.snapshot.iam;
    let view = iam.role_policies(&role);
    if (view.managed_list.is_complete() && view.inline_list.is_complete()) || missing_role(case, &role).is_some() {
        return Vec::new();
    }
    let pasted = iam.role(role.as_str()).is_some();
    let needs = view.needs.into_iter().chain((!pasted).then(|| ask_role(&role)));
    needs
        .map(|need| Wish {
            need,
            decides: vec![Code("iam.action-not-allowed")],
            weight: 2 * CASE,
        })
        .collect()
}

/// Subnets and security groups of a service, before its task definition tells what is called through them.
pub(super) fn settings(case: &Case<'_>) -> Vec<Wish> {
    let Some(settings) = case.settings.as_ref().filter(|_| case.definition.is_none()) else {
        return Vec::new();
    };
    let ec2 = &case.snapshot.ec2;
    let subnets = settings.subnets.iter().filter(|id| ec2.subnets.get(id).is_none());
    let groups = settings.security_groups.iter().filter(|id| ec2.security_groups.get(id).is_none());
    let ask = |operation, option, id: &str, code| Wish {
        need: Need::Call(Call::new(operation).option(option, id).in_region(case.region.as_deref())),
        decides: vec![Code(code)],
        weight: AHEAD,
    };
    subnets
        .map(|id| ask(Operation::Ec2DescribeSubnets, "subnet-ids", id.as_str(), "network.no-route"))
        .chain(groups.map(|id| {
            ask(
                Operation::Ec2DescribeSecurityGroups,
                "group-ids",
                id.as_str(),
                "network.sg-egress-blocked",
            )
        }))
        .collect()
}

/// The secret that a denial names: its key is asked of next.
fn secret(judged: &Judged<'_>, symptom: &Symptom, wishes: &mut Vec<Wish>) {
    let Some(arn) = symptom.quoted.arn.as_deref().filter(|arn| arn.contains(":secretsmanager:")) else {
        return;
    };
    if judged.case.definition.is_some() {
        return;
    }
    let call = |operation| {
        Call::new(operation)
            .option("secret-id", arn)
            .in_region(judged.case.region.as_deref())
    };
    for (operation, code) in [
        (Operation::SecretsmanagerDescribeSecret, "kms.key-policy-denied"),
        (Operation::SecretsmanagerGetResourcePolicy, "iam.resource-policy-denied"),
    ] {
        wishes.push(Wish {
            need: Need::Call(call(operation)),
            decides: vec![Code(code)],
            weight: EXPLAINS,
        });
    }
}

/// The state of the keys of secrets and parameters.
fn keys(judged: &Judged<'_>, wishes: &mut Vec<Wish>) {
    let snapshot = judged.case.snapshot;
    let secrets = snapshot
        .secrets
        .secrets
        .iter()
        .filter_map(|secret| secret.value.kms_key_id.as_deref());
    let parameters = snapshot
        .ssm
        .parameters
        .iter()
        .filter_map(|parameter| parameter.value.key_id.as_deref());
    let named: BTreeSet<&str> = secrets.chain(parameters).collect();
    for key in named {
        let described = snapshot.kms.keys.iter().any(|found| {
            let ids = [found.value.arn.as_ref().map(|arn| arn.as_str()), found.value.key_id.as_deref()];
            ids.contains(&Some(key))
        });
        let asked = snapshot.kms.asked.iter().any(|(asked, _)| asked == key);
        if !described && !asked {
            wishes.push(Wish {
                need: Need::Call(
                    Call::new(Operation::KmsDescribeKey)
                        .option("key-id", key)
                        .in_region(judged.case.region.as_deref()),
                ),
                decides: vec![Code("kms.key-unusable")],
                weight: AHEAD,
            });
        }
    }
}

/// Whether nothing at all was pasted of a kind, not even that there is none.
fn unknown<T: Resource>(collection: &Collection<T>) -> bool {
    collection.iter().next().is_none() && collection.listings().is_empty()
}
