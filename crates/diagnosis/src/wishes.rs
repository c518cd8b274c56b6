//! What every unknown of a case asks for, weighed by the error.

mod ahead;
mod last;

pub(crate) use ahead::vpcs_of_groups;

use crate::judged::{Judged, Judgement};
use crate::model::{Code, DestinationKey, Finding, ReferenceVerdict, Status};
use crate::plan::Wish;
use crate::ranking::destination_of;
use crate::requirements::UseKind;
use crate::symptom::{Cause, Service, Symptom};
use network::Reach;
use snapshot::{Assumption, Call, Need, Operation, Question, QuestionKind};

/// The weights: what the case itself lacks comes first, then what explains the error, then the rest.
const CASE: u32 = 1000;
const EXPLAINS: u32 = 100;
/// What the next answers will lead to anyway.
const AHEAD: u32 = 50;
const OTHERWISE: u32 = 10;

/// All wishes; none for a task that runs, or that failed for a reason that no output asked for here would explain.
#[must_use]
pub(crate) fn of(judged: &Judged<'_>, findings: &[Finding]) -> Vec<Wish> {
    if judged.case.is_running() || findings.iter().any(|finding| finding.code.0 == "task.other-failure") {
        return Vec::new();
    }
    // A network fault that is proven makes what lies behind it no less undecided, but it is not asked for before the cause is fixed.
    let decided = findings.iter().any(Finding::is_cause);
    let mut wishes = of_case(judged, decided);
    wishes.extend(ahead::role(judged.case));
    let symptom = judged.case.symptom.as_ref();
    for finding in findings {
        let explains = symptom.is_some_and(|symptom| crate::ranking::explains(finding, symptom));
        let weight = if explains || symptom.is_none() { EXPLAINS } else { OTHERWISE };
        let mut needs = finding.missing.clone();
        if decided && finding.code.0 == "task.expired" && needs.iter().any(|need| matches!(need, Need::Question(_))) {
            // With the cause known, a newer task than the vanished one would tell no more than what its error said.
            needs.retain(|need| matches!(need, Need::Question(_)));
        }
        needs.extend(finding.assumes.iter().filter_map(|assumption| settles(assumption, judged)));
        wishes.extend(needs.into_iter().map(|need| Wish {
            need,
            decides: vec![finding.code],
            weight,
        }));
    }
    for destination in &judged.destinations {
        of_destination(judged, destination, decided, &mut wishes);
    }
    if !decided {
        wishes.extend(ahead::settings(judged.case));
        let ahead = ahead::of(judged);
        // What is asked by its own id is not asked by its VPC as well.
        let asked = |wish: &Wish| matches!(&wish.need, Need::Call(call) if wishes.iter().any(|other| asks(&other.need, call.operation) && other.need != wish.need));
        let ahead: Vec<Wish> = ahead.into_iter().filter(|wish| takes_more(wish) || !asked(wish)).collect();
        wishes.extend(ahead);
        wishes.extend(last::whole(judged.case));
    }
    // What cannot explain the error waits until all that can is answered.
    let explains = |wish: &Wish| wish.weight >= AHEAD && !matches!(&wish.need, Need::Call(call) if answered(judged, call));
    if !decided && symptom.is_some_and(|symptom| symptom.cause != Cause::Unknown) {
        if wishes.iter().any(explains) {
            let waits: Vec<Wish> = wishes.extract_if(.., |wish| !explains(wish)).collect();
            // But what is said to be unknown says at least one thing that would help to settle it.
            for finding in findings.iter().filter(|finding| finding.status == Status::Unknown) {
                if !wishes.iter().any(|wish| finding.missing.contains(&wish.need)) {
                    wishes.extend(waits.iter().find(|wish| finding.missing.contains(&wish.need)).cloned());
                }
            }
        } else {
            wishes.extend(last::of(judged, decided));
        }
    } else if !wishes.iter().any(|wish| matches!(wish.need, Need::Call(_))) {
        wishes.extend(last::of(judged, decided));
    }
    // The service's own output answers what would else be asked of a person.
    let service_asked = wishes.iter().any(|wish| asks(&wish.need, Operation::EcsDescribeServices));
    wishes.retain(|wish| match &wish.need {
        Need::Question(question) => {
            !(matches!(
                question.kind,
                QuestionKind::SecurityGroups | QuestionKind::Subnet | QuestionKind::PublicIp
            ) && (service_asked || question.subject.is_empty()))
        }
        Need::Call(call) => !answered(judged, call),
    });
    wishes
}

/// Whether the whole answer of the very call was pasted. Another account may see what this one does not, and what was asked without a
/// Region was asked in whichever Region is the default there: where something of the case is still open, that may be another one.
fn answered(judged: &Judged<'_>, call: &Call) -> bool {
    judged.case.snapshot.answered.iter().any(|given| {
        let of_asked = |given: &Option<String>, asked: &Option<String>| asked.is_none() || given == asked;
        given.operation == call.operation
            && given.options == call.options
            && of_asked(&given.region, &call.region)
            && of_asked(&given.account, &call.account)
    })
}

/// Whether it asks for more than what the same operation is asked by an id: another attribute of a VPC, all groups of a VPC.
fn takes_more(wish: &Wish) -> bool {
    asks(&wish.need, Operation::Ec2DescribeVpcAttribute) || asks(&wish.need, Operation::Ec2DescribeSecurityGroups)
}

fn asks(need: &Need, operation: Operation) -> bool {
    matches!(need, Need::Call(call) if call.operation == operation)
}

/// What the case itself lacks: the task, its definition, its network settings.
fn of_case(judged: &Judged<'_>, decided: bool) -> Vec<Wish> {
    let case = judged.case;
    let symptom = case.symptom.as_ref();
    let wish = |call: Call, decides: &[&'static str], weight: u32| Wish {
        need: Need::Call(call),
        decides: decides.iter().map(|code| Code(code)).collect(),
        weight,
    };
    let services = || {
        wish(
            case.trail.services(),
            &["network.no-public-ip", "network.sg-egress-blocked"],
            if of_path(symptom) || of_denial(symptom) {
                CASE - 1
            } else {
                OTHERWISE
            },
        )
    };
    let mut wishes = Vec::new();
    match (case.task, case.service) {
        // Its events name the tasks that failed.
        (None, None)
            if case.definition.is_none() && case.expired.is_none() && case.trail.task.is_none() && case.trail.service.is_some() =>
        {
            wishes.push(services());
        }
        (None, None) if case.definition.is_none() && case.expired.is_none() => {
            wishes.push(wish(case.trail.tasks(), &["task.other-failure"], CASE));
        }
        (None, None) if case.settings.is_none() || case.expired.is_some() => wishes.push(services()),
        // A text that does not say what happened, and no task to ask.
        (None, Some(_)) if !decided && case.symptom.as_ref().is_some_and(|symptom| !symptom.says_something()) => {
            wishes.push(wish(case.trail.tasks(), &["task.other-failure"], CASE));
        }
        // Its events name the task.
        (None, Some(_)) if case.trail.task.is_some() && !decided => {
            wishes.push(wish(case.trail.tasks(), &["task.other-failure"], CASE));
        }
        (Some(task), None)
            if case.settings.is_none()
                && task.value.interface().is_some()
                && case.trail.service.is_some()
                && case.trail.cluster.is_some() =>
        {
            wishes.push(services());
        }
        _ => {}
    }
    if case.definition.is_none() {
        let named = case
            .task
            .and_then(|task| task.value.task_definition_arn.as_ref().map(|arn| arn.0.clone()))
            .or_else(|| case.service.and_then(|service| service.value.task_definition.clone()));
        if let Some(name) = named {
            let call = Call::new(Operation::EcsDescribeTaskDefinition)
                .option("task-definition", short(&name))
                .in_region(case.region.as_deref());
            wishes.push(wish(call, &["iam.execution-role-absent", "secret.reference-malformed"], CASE));
        }
    }
    wishes
}

/// Whether a fault of the way there may explain the error.
fn of_path(symptom: Option<&Symptom>) -> bool {
    symptom.is_none_or(|symptom| {
        matches!(
            symptom.cause,
            Cause::Timeout | Cause::Dns | Cause::Killed | Cause::Refused | Cause::Unknown
        )
    })
}

/// Whether a lack of permission may explain the error.
fn of_denial(symptom: Option<&Symptom>) -> bool {
    symptom.is_none_or(|symptom| matches!(symptom.cause, Cause::AccessDenied | Cause::Unknown))
}

/// Whether a call shows only which packets pass: where one was answered with a denial, they did.
fn filters_packets(need: &Need) -> bool {
    asks(need, Operation::Ec2DescribeNetworkAcls) || asks(need, Operation::Ec2DescribeSecurityGroups)
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
    let (path, denied) = (of_path(symptom), of_denial(symptom));
    // The way to a destination that denied tells through which endpoint, and so under which policies, it was called.
    let passed = symptom.is_some_and(|symptom| symptom.cause == Cause::AccessDenied);
    let of_way = |need: &Need| {
        if named && passed && !decided && !filters_packets(need) {
            AHEAD
        } else {
            weigh(path)
        }
    };
    for walk in &destination.walks {
        let codes = crate::walks::undecided_codes(&walk.trace);
        if walk.trace.verdict == Reach::Unknown {
            wishes.extend(walk.trace.needs.iter().map(|need| Wish {
                need: need.clone(),
                decides: codes.clone(),
                weight: of_way(need),
            }));
        }
        wishes.extend(walk.trace.assumes.iter().filter_map(|assumption| {
            Some(Wish {
                need: settles(assumption, judged)?,
                decides: codes.iter().copied().chain(refutes(assumption)).collect(),
                weight: weigh(path),
            })
        }));
    }
    let wrong_name = |call: &&crate::authorization::Judgement| call.call.by.as_ref().is_some_and(|used| judged.names_nothing(used));
    for call in destination.calls.iter().filter(|call| call.call.blocks_start && !wrong_name(call)) {
        let code = if call.call.action == "sts:AssumeRole" {
            Code("iam.trust-denied")
        } else {
            Code("iam.action-not-allowed")
        };
        let needs = call.needs.iter().filter(|need| !(passed && filters_packets(need)));
        wishes.extend(needs.map(|need| Wish {
            need: need.clone(),
            decides: vec![code],
            weight: weigh(denied),
        }));
    }
    for reference in &destination.references {
        // Of an image that is there, what is still open is its platform.
        let code = match (reference.verdict, reference.used.kind) {
            (ReferenceVerdict::Found, UseKind::Image) => Code("image.platform-mismatch"),
            _ => crate::existence::absence_code(&reference.used),
        };
        // What a person is asked about a reference its finding asks, where it may matter for the error.
        let calls = reference.needs.iter().filter(|need| matches!(need, Need::Call(_)));
        wishes.extend(calls.map(|need| Wish {
            need: need.clone(),
            decides: vec![code],
            weight: weigh(!path),
        }));
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

/// The finding that would be made where an assumption does not hold.
fn refutes(assumption: &Assumption) -> Option<Code> {
    Some(Code(match assumption {
        Assumption::BlockPublicAccessOff => "network.public-access-blocked",
        Assumption::DnsSupportOn { .. } => "dns.support-disabled",
        Assumption::DnsHostnamesOn { .. } => "dns.hostnames-disabled",
        Assumption::AmazonProvidedDns { .. } => "dns.custom-server",
        _ => return None,
    }))
}

/// What would settle an assumption: the setting's own output, or the question whether the listing was filtered.
fn settles(assumption: &Assumption, judged: &Judged<'_>) -> Option<Need> {
    let region = judged.case.region.as_deref();
    let attribute = |vpc: &str, name: &str| {
        Call::new(Operation::Ec2DescribeVpcAttribute)
            .option("vpc-id", vpc)
            .option("attribute", name)
            .in_region(region)
            .into()
    };
    Some(match assumption {
        Assumption::Unfiltered { operation, .. } => Need::Question(Question {
            kind: QuestionKind::ListingUnfiltered,
            subject: operation.name().to_owned(),
        }),
        Assumption::BlockPublicAccessOff => Call::new(Operation::Ec2DescribeVpcBlockPublicAccessOptions)
            .in_region(region)
            .into(),
        Assumption::DnsSupportOn { vpc } => attribute(vpc, "enableDnsSupport"),
        Assumption::DnsHostnamesOn { vpc } => attribute(vpc, "enableDnsHostnames"),
        Assumption::AmazonProvidedDns { vpc } => {
            let vpc = judged.case.snapshot.ec2.vpcs.get(&snapshot::ids::VpcId::from(vpc.as_str()));
            match vpc.and_then(|vpc| vpc.value.dhcp_options_id.as_ref()) {
                Some(options) => Call::new(Operation::Ec2DescribeDhcpOptions)
                    .option("dhcp-options-ids", options.as_str())
                    .in_region(region)
                    .into(),
                None => Call::new(Operation::Ec2DescribeDhcpOptions).in_region(region).into(),
            }
        }
        // Few can read them, so they are not asked for; the verdict says what it takes for granted.
        Assumption::NoOrganizationsPolicy | Assumption::PartNeglected { .. } | Assumption::Other(_) => return None,
    })
}
