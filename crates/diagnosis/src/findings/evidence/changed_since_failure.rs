//! `evidence.changed-since-failure`: something changed after the task stopped.

use crate::existence::tell;
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::model::{DestinationKey, Status};
use crate::requirements::UseKind;
use references::ImageReference;
use snapshot::Text;
use snapshot::ids::{ArnText, NatGatewayId, VpcEndpointId};
use snapshot::order::Order as _;
use snapshot::{Citation, Time};

/// The rule of `evidence.changed-since-failure`.
pub(crate) static RULE: Rule = Rule {
    code: Code("evidence.changed-since-failure"),
    page: Page {
        title: Text::fixed("Something changed after the task stopped", "タスクの停止後に変更があった"),
        what: Text::fixed(
            "A resource on the path, or one that a decision rests on, was created or changed after the task stopped: what is pasted may not be what failed.",
            "経路上のリソース、または判定の根拠となるリソースが、タスクの停止後に作成または変更されています。貼り付けられた内容は、失敗時のものと異なる可能性があります。",
        ),
        why: Text::fixed(
            "The outputs show the present; the task failed in the past. A fault may have been repaired since, or made.",
            "出力は現在の状態を示しますが、タスクが失敗したのは過去です。その後に障害が修正された、または生じた可能性があります。",
        ),
        remedy: Text::fixed(
            "Start the task again; if it still fails, describe the new task.",
            "タスクを再度起動し、それでも失敗する場合は新しいタスクの出力を取得します。",
        ),
        not_this: Text::fixed(
            "A resource that changed before the task stopped says nothing.",
            "タスクの停止前の変更は関係ありません。",
        ),
        documentation: &["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-errors.html"],
        examples: &["evidence/changed_since_failure/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let case = judged.case;
    let Some(stopped) = case
        .task
        .and_then(|task| task.value.stopped_at.or(task.value.stopping_at))
        .filter(|_| !case.is_running())
    else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    references(judged, &mut changes);
    path(judged, &mut changes);
    decisions(judged, &mut changes);
    changes.retain(|change| change.when > stopped);
    changes.in_order_by(|a, b| a.id.cmp(&b.id));
    let mut found: Vec<(Changed, Vec<DestinationKey>)> = Vec::new();
    for change in changes {
        let affects = change.affects.clone();
        match found.last_mut().filter(|(last, _)| last.id == change.id) {
            Some((_, all)) if all.contains(&affects) => {}
            Some((_, all)) => all.push(affects),
            None => found.push((change, vec![affects])),
        }
    }
    found.into_iter().map(|(change, affects)| word(change, affects, stopped)).collect()
}

/// A resource, when it last changed as far as its output says, and where that stands.
struct Changed {
    id: String,
    when: Time,
    at: Citation,
    affects: DestinationKey,
}

fn references(judged: &Judged<'_>, changes: &mut Vec<Changed>) {
    let snapshot = judged.case.snapshot;
    for destination in &judged.destinations {
        let affects = &destination.requirement.key;
        for reference in &destination.references {
            let mut add = |id: String, when: Option<Time>, at: Citation| {
                changes.extend(when.map(|when| Changed {
                    id,
                    when,
                    at,
                    affects: affects.clone(),
                }));
            };
            match reference.used.kind {
                UseKind::Secret | UseKind::SecretOption | UseKind::Credentials => {
                    for found in snapshot
                        .secrets
                        .secrets
                        .iter()
                        .filter(|found| found.value.arn.as_ref().is_some_and(|arn| arn.as_str() == reference.resource))
                    {
                        let changed = found.value.last_changed_date;
                        let member = if changed.is_some() { "LastChangedDate" } else { "CreatedDate" };
                        add(
                            reference.resource.clone(),
                            changed.or(found.value.created_date),
                            found.member(member),
                        );
                    }
                    for found in snapshot
                        .ssm
                        .parameters
                        .iter()
                        .filter(|found| found.value.arn.as_ref().is_some_and(|arn| arn.as_str() == reference.resource))
                    {
                        add(
                            reference.resource.clone(),
                            found.value.last_modified_date,
                            found.member("LastModifiedDate"),
                        );
                    }
                }
                UseKind::LogGroup => {
                    let region = destination.requirement.region.as_deref();
                    if let Some(found) = snapshot.logs.group(&reference.used.text, region) {
                        add(reference.resource.clone(), found.value.creation_time, found.member("creationTime"));
                    }
                }
                UseKind::Image => {
                    let Ok(image) = ImageReference::parse(&reference.used.text).map(|parsed| parsed.value) else {
                        continue;
                    };
                    let Some(host) = image.registry.ecr() else {
                        continue;
                    };
                    let tag = image.tag_or_latest();
                    for found in snapshot.ecr.images(host.account.as_str(), host.region.as_str(), &image.repository) {
                        let own = tag.is_some_and(|tag| found.value.image_tags.iter().any(|own| own == tag));
                        if own {
                            add(
                                reference.used.text.clone(),
                                found.value.image_pushed_at,
                                found.member("imagePushedAt"),
                            );
                        }
                    }
                }
                UseKind::EnvironmentFile | UseKind::FirelensConfig | UseKind::CredentialSpec => {}
            }
        }
    }
}

fn path(judged: &Judged<'_>, changes: &mut Vec<Changed>) {
    let ec2 = &judged.case.snapshot.ec2;
    for destination in &judged.destinations {
        let Some(walk) = destination.walks.first() else {
            continue;
        };
        for id in walk.trace.hops.iter().filter_map(|hop| hop.id.as_deref()) {
            let affects = destination.requirement.key.clone();
            if let Some(found) = ec2.vpc_endpoints.get(&VpcEndpointId::from(id))
                && let Some(when) = found.value.creation_timestamp
            {
                changes.push(Changed {
                    id: id.to_owned(),
                    when,
                    at: found.member("CreationTimestamp"),
                    affects: affects.clone(),
                });
            }
            if let Some(found) = ec2.nat_gateways.get(&NatGatewayId::from(id))
                && let Some(when) = found.value.create_time
            {
                changes.push(Changed {
                    id: id.to_owned(),
                    when,
                    at: found.member("CreateTime"),
                    affects,
                });
            }
        }
    }
}

/// What the calls' decisions rest on: the role that calls, its managed policies, the keys.
fn decisions(judged: &Judged<'_>, changes: &mut Vec<Changed>) {
    let snapshot = judged.case.snapshot;
    for destination in &judged.destinations {
        let mut add = |id: &ArnText, when: Option<Time>, at: Citation| {
            changes.extend(when.map(|when| Changed {
                id: id.0.clone(),
                when,
                at,
                affects: destination.requirement.key.clone(),
            }));
        };
        for call in &destination.calls {
            for key in &call.keys {
                if let Some(found) = snapshot.kms.keys.get(key) {
                    add(key, found.value.creation_date, found.member("CreationDate"));
                }
            }
            let Some(role) = call.principal.as_deref().and_then(|arn| snapshot.iam.role(arn)) else {
                continue;
            };
            let Some(arn) = &role.value.arn else { continue };
            add(arn, role.value.create_date, role.member("CreateDate"));
            let lists = snapshot.iam.attached.iter();
            let own = lists.filter(|list| list.role.known().is_some_and(|owner| owner.is(arn)));
            for policy in own
                .flat_map(|list| &list.policies)
                .filter_map(|found| found.value.policy_arn.as_ref())
            {
                if let Some(found) = snapshot.iam.policies.get(policy) {
                    add(policy, found.value.update_date, found.member("UpdateDate"));
                }
            }
        }
    }
}

fn word(change: Changed, affects: Vec<DestinationKey>, stopped: Time) -> Finding {
    let id = change.id.clone();
    let mut finding = Finding::new(RULE.code, Status::Warn);
    finding.subject = vec![change.id];
    finding.affects = affects;
    finding.evidence = vec![change.at];
    tell::worded(
        finding,
        Text::new(
            format!("{id} changed after the task stopped"),
            format!("{id} はタスクの停止後に変更されています"),
        ),
        Text::fixed(
            "What was pasted is newer than the failure: the task may have met something else.",
            "貼り付けられた出力は失敗より新しく、タスクの失敗時とは異なる可能性があります。",
        ),
        Text::new(
            format!(
                "The task stopped at {}; {id} was created or changed at {}. If that was the repair, start the task again.",
                stopped.iso(),
                change.when.iso()
            ),
            format!(
                "タスクは {} に停止し、{id} は {} に作成または変更されました。修正済みであれば、タスクを再度起動してください。",
                stopped.iso(),
                change.when.iso()
            ),
        ),
    )
}
