//! Log groups of the `awslogs` driver (ECS API reference, `LogConfiguration`; CloudWatch Logs API reference, `DescribeLogGroups`).

use super::{FaultKind, Judgement, Proof, error};
use crate::case::Case;
use crate::requirements::{Use, UseKind};
use crate::symptom::{Cause, Service, Stage};
use references::{AwslogsOptions, LogOptionProblem, Malformed, MalformedKind, Partition, nearest};
use snapshot::ecs::task::LaunchType;
use snapshot::logs::LogGroup;
use snapshot::{Call, Operation};

/// The options of the container that a use is of.
pub(crate) fn options(case: &Case<'_>, used: &Use) -> Option<AwslogsOptions> {
    let containers = &case.definition?.value.container_definitions;
    let container = containers
        .iter()
        .find(|container| container.name.as_deref().unwrap_or_default() == used.container)?;
    let logging = container.log_configuration.as_ref()?;
    let fargate = case.launch == Some(LaunchType::Fargate);
    Some(AwslogsOptions::parse(
        logging.options.iter().map(|(name, value)| (name.as_str(), value.as_str())),
        fargate,
    ))
}

/// A log group.
pub(super) fn judge(case: &Case<'_>, used: &Use) -> Judgement {
    let options = options(case, used).unwrap_or_default();
    let region = options.region.as_ref().map(references::Region::as_str).or(case.region.as_deref());
    let account = case.account.as_deref();
    let name = used.text.as_str();
    let partition = region
        .and_then(Partition::of_region)
        .map_or_else(|| case.partition.clone(), |partition| partition.id().to_owned());
    let arn = match (region, account) {
        (Some(region), Some(account)) => {
            format!("arn:{partition}:logs:{region}:{account}:log-group:{name}")
        }
        _ => name.to_owned(),
    };
    let judged = Judgement::unknown(used, arn.clone());
    if name.is_empty() {
        return judged;
    }
    let broken = options.problems.iter().find_map(|problem| match problem {
        LogOptionProblem::BadValue {
            option: "awslogs-group",
            position,
            corrected,
            ..
        } => Some((position.clone(), corrected.clone())),
        _ => None,
    });
    if let Some((position, corrected)) = broken {
        let kind = name
            .get(position.clone())
            .and_then(|bytes| bytes.chars().next())
            .map_or(MalformedKind::Length { min: 1, max: 512 }, MalformedKind::Character);
        return Judgement::malformed(used, Malformed { position, kind, corrected });
    }
    if let Some(found) = case.snapshot.logs.group(name, region) {
        return judged.found(&found.member("logGroupName"));
    }
    // Whether it may be made is a matter of permissions.
    if options.create_group {
        return judged.found(&used.at);
    }
    let names = case
        .snapshot
        .logs
        .groups
        .iter()
        .filter_map(|found| found.value.log_group_name.as_deref());
    let kind = FaultKind::NotFound {
        near: nearest(name, names),
        or_deleted: false,
    };
    if let Some((symptom, at)) = error::stated(case)
        && symptom.cause == Cause::NotFound
        && symptom.stage == Stage::LogDriver
        && symptom.service == Some(Service::Logs)
        && about(case, symptom.quoted.log_group.as_deref(), name)
    {
        return judged.absent(kind, vec![at.clone()], Vec::new());
    }
    let failure = case
        .snapshot
        .failure_for(Operation::LogsDescribeLogStreams, &["ResourceNotFoundException"], &arn);
    if let Some(failure) = failure {
        return judged.absent(
            kind,
            vec![failure.at.clone()],
            failure.assumption(account, region).into_iter().collect(),
        );
    }
    let logs = &case.snapshot.logs;
    let there = |group: &LogGroup| {
        group
            .arn
            .as_ref()
            .is_some_and(|arn| arn.region() == region && arn.account() == account)
    };
    let coverage = logs.coverage(name, account, region);
    if let Some(proof) = Proof::listed(case, &logs.groups, &coverage, (account, region), there) {
        return judged.absent(kind, proof.evidence, proof.assumes);
    }
    let call = Call::new(Operation::LogsDescribeLogGroups)
        .option("log-group-name-prefix", name)
        .in_region(region);
    judged.open("logs.group-not-found", vec![call.into()])
}

fn about(case: &Case<'_>, quoted: Option<&str>, name: &str) -> bool {
    error::about(case, quoted, name, |used| {
        (used.kind == UseKind::LogGroup).then(|| used.text.clone())
    })
}
