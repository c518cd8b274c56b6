//! What every unknown of a case asks for, weighed by the error.

use crate::judged::{Judged, Judgement};
use crate::model::{Code, DestinationKey, Finding};
use crate::plan::Wish;
use crate::ranking::destination_of;
use crate::symptom::{Cause, Service, Symptom};
use network::Reach;
use snapshot::{Assumption, Call, Need, Operation, Question, QuestionKind};

/// The weights: what the case itself lacks comes first, then what explains the error, then the rest.
const CASE: u32 = 1000;
const EXPLAINS: u32 = 100;
const OTHERWISE: u32 = 10;

/// All wishes.
#[must_use]
pub fn of(judged: &Judged<'_>, findings: &[Finding]) -> Vec<Wish> {
    let mut wishes = of_case(judged);
    let symptom = judged.case.symptom.as_ref();
    for finding in findings {
        let explains = symptom.is_some_and(|symptom| crate::ranking::explains(finding, symptom));
        let weight = if explains || symptom.is_none() { EXPLAINS } else { OTHERWISE };
        let mut needs = finding.missing.clone();
        needs.extend(finding.assumes.iter().filter_map(|assumption| settles(assumption, judged)));
        wishes.extend(needs.into_iter().map(|need| Wish { need, decides: vec![finding.code], weight }));
    }
    // A network fault that is proven makes what lies behind it no less undecided, but it is not asked for before the cause is fixed.
    let decided = findings.iter().any(Finding::is_cause);
    for destination in &judged.destinations {
        of_destination(judged, destination, decided, &mut wishes);
    }
    wishes
}

/// What the case itself lacks: the task, its definition, its network settings.
fn of_case(judged: &Judged<'_>) -> Vec<Wish> {
    let case = judged.case;
    let mut wishes = Vec::new();
    let region = case.region.as_deref();
    let mut wish = |call: Call, weight: u32| wishes.push(Wish { need: Need::Call(call.in_region(region)), decides: Vec::new(), weight });
    if case.is_running() {
        return wishes;
    }
    match case.task {
        None if case.definition.is_none() && case.service.is_none() => {
            let call = Call::new(Operation::EcsDescribeTasks).option("cluster", "CLUSTER").option("tasks", "TASK");
            wish(call, CASE);
        }
        None => {}
        Some(task) => {
            let cluster = task.value.cluster_arn.as_ref();
            if case.settings.is_none() && task.value.interface().is_some() {
                match (task.value.service_name(), cluster) {
                    (Some(name), Some(cluster)) => {
                        let call = Call::new(Operation::EcsDescribeServices).option("cluster", short(cluster.as_str())).option("services", name);
                        if case.service.is_none() {
                            wish(call, CASE - 1);
                        }
                    }
                    _ => {
                        let subject = task.value.task_arn.as_ref().map(|arn| arn.0.clone()).unwrap_or_default();
                        wishes.push(Wish {
                            need: Need::Question(Question { kind: QuestionKind::SecurityGroups, subject }),
                            decides: vec![Code("network.sg-egress-blocked")],
                            weight: CASE - 2,
                        });
                    }
                }
            }
        }
    }
    if case.definition.is_none() {
        let named = case
            .task
            .and_then(|task| task.value.task_definition_arn.as_ref().map(|arn| arn.0.clone()))
            .or_else(|| case.service.and_then(|service| service.value.task_definition.clone()));
        if let Some(name) = named {
            let call = Call::new(Operation::EcsDescribeTaskDefinition).option("task-definition", short(&name)).in_region(region);
            wishes.push(Wish { need: Need::Call(call), decides: Vec::new(), weight: CASE });
        }
    }
    wishes
}

fn short(arn: &str) -> String {
    arn.rsplit_once('/').map_or(arn, |(_, name)| name).to_owned()
}

fn of_destination(judged: &Judged<'_>, destination: &Judgement, decided: bool, wishes: &mut Vec<Wish>) {
    let symptom = judged.case.symptom.as_ref();
    let key = &destination.requirement.key;
    let named = symptom.is_none_or(|symptom| names(symptom, key));
    let weigh = |of_its_kind: bool| match (named, of_its_kind, decided) {
        (_, _, true) => 1,
        (true, true, false) => EXPLAINS,
        (true, false, false) => OTHERWISE + 5,
        (false, _, false) => OTHERWISE,
    };
    let path = symptom.is_none_or(|symptom| matches!(symptom.cause, Cause::Timeout | Cause::Dns | Cause::Killed | Cause::Refused | Cause::Unknown));
    let denied = symptom.is_none_or(|symptom| matches!(symptom.cause, Cause::AccessDenied | Cause::Unknown));
    for walk in &destination.walks {
        let codes = crate::walks::undecided_codes(&walk.trace);
        if walk.trace.verdict == Reach::Unknown {
            wishes.extend(walk.trace.needs.iter().map(|need| Wish { need: need.clone(), decides: codes.clone(), weight: weigh(path) }));
        }
        let assumed = walk.trace.assumes.iter().filter_map(|assumption| settles(assumption, judged));
        wishes.extend(assumed.map(|need| Wish { need, decides: codes.clone(), weight: weigh(path) }));
    }
    for call in destination.calls.iter().filter(|call| call.call.blocks_start) {
        let code = if call.call.action == "sts:AssumeRole" { Code("iam.trust-denied") } else { Code("iam.action-not-allowed") };
        wishes.extend(call.needs.iter().map(|need| Wish { need: need.clone(), decides: vec![code], weight: weigh(denied) }));
    }
    for reference in &destination.references {
        let code = crate::existence::absence_code(&reference.used);
        wishes.extend(reference.needs.iter().map(|need| Wish { need: need.clone(), decides: vec![code], weight: weigh(!path) }));
    }
}

/// Whether the error text is about that destination.
fn names(symptom: &Symptom, key: &DestinationKey) -> bool {
    match symptom.service {
        Some(Service::Registry) => matches!(key, DestinationKey::Registry(_)),
        Some(Service::Kms) => matches!(key, DestinationKey::SecretsManager | DestinationKey::Ssm),
        Some(service) => destination_of(service).as_ref() == Some(key),
        None => true,
    }
}

/// What would settle an assumption: the setting's own output, or the question whether the listing was filtered.
fn settles(assumption: &Assumption, judged: &Judged<'_>) -> Option<Need> {
    let region = judged.case.region.as_deref();
    let attribute = |vpc: &str, name: &str| {
        Call::new(Operation::Ec2DescribeVpcAttribute).option("vpc-id", vpc).option("attribute", name).in_region(region).into()
    };
    Some(match assumption {
        Assumption::Unfiltered { operation, .. } => {
            Need::Question(Question { kind: QuestionKind::ListingUnfiltered, subject: operation.cli().trim_start_matches("aws ").to_owned() })
        }
        Assumption::BlockPublicAccessOff => Call::new(Operation::Ec2DescribeVpcBlockPublicAccessOptions).in_region(region).into(),
        Assumption::DnsSupportOn { vpc } => attribute(vpc, "enableDnsSupport"),
        Assumption::DnsHostnamesOn { vpc } => attribute(vpc, "enableDnsHostnames"),
        Assumption::AmazonProvidedDns { vpc } => {
            let vpc = judged.case.snapshot.ec2.vpcs.get(&snapshot::ids::VpcId::from(vpc.as_str()));
            match vpc.and_then(|vpc| vpc.value.dhcp_options_id.as_ref()) {
                Some(options) => Call::new(Operation::Ec2DescribeDhcpOptions).option("dhcp-options-ids", options.as_str()).in_region(region).into(),
                None => Call::new(Operation::Ec2DescribeDhcpOptions).in_region(region).into(),
            }
        }
        // Few can read them, so they are not asked for; the verdict says what it takes for granted.
        Assumption::NoOrganizationsPolicy | Assumption::PartNeglected { .. } | Assumption::Other(_) => return None,
    })
}
