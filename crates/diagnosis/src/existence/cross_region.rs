//! References to another Region from a network that has only endpoints of its own.
//!
//! An interface endpoint serves the Region that it is in (AWS PrivateLink User Guide); with a way to the internet the other Region is
//! reached like any public address, and faults on that way are the network's.

use super::redefine;
use crate::case::Case;
use crate::judged::{Judged, Judgement};
use crate::model::{Code, DestinationKey, Finding, Fix, FixKind, Status};
use crate::requirements::Use;
use network::{Reach, Severity};
use snapshot::Text;

/// One destination in another Region that cannot be reached.
#[derive(Debug)]
pub struct Item<'a> {
    /// The case.
    pub case: &'a Case<'a>,
    /// What is referenced.
    pub resource: String,
    /// Its Region.
    pub region: String,
    /// The task's Region.
    pub home: String,
    /// The host that is called.
    pub host: String,
    /// The first reference.
    pub used: Use,
    /// The finding, still without words.
    pub finding: Finding,
}

/// What brings the thing into the task's Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// A replica of the secret.
    ReplicateSecret,
    /// The same parameter made again.
    CopyParameter,
    /// Replication of the registry.
    ReplicateImage,
    /// The log group of the task's own Region.
    OwnLogs,
}

/// The references of that destination that lie in another Region, proven out of reach for want of anything but endpoints.
#[must_use]
pub fn judge<'a>(judged: &'a Judged<'a>, code: &'static str, key: &DestinationKey) -> Vec<Item<'a>> {
    let Some(home) = judged.case.region.as_deref() else {
        return Vec::new();
    };
    let mut items: Vec<Item<'a>> = Vec::new();
    for destination in judged.destinations.iter().filter(|destination| destination.requirement.key == *key) {
        let requirement = &destination.requirement;
        let Some(region) = requirement.region.as_deref().filter(|region| *region != home) else {
            continue;
        };
        let gaps = gaps(judged, region, key);
        let Some(walk) = gaps.first().and_then(|gap| gap.walks.first()) else {
            continue;
        };
        for reference in &destination.references {
            if let Some(item) = items.iter_mut().find(|item| item.resource == reference.resource) {
                item.finding.evidence.push(reference.used.at.clone());
                continue;
            }
            let mut finding = Finding::new(Code(code), Status::Fail);
            finding.subject = vec![reference.resource.clone()];
            finding.affects = gaps.iter().map(|gap| gap.requirement.key.clone()).collect();
            finding.affects.dedup();
            finding.assumes = walk
                .trace
                .assumes
                .iter()
                .filter(|assumption| !assumption.is_default())
                .cloned()
                .collect();
            finding.evidence = vec![reference.used.at.clone()];
            for at in &walk.trace.evidence {
                if !finding.evidence.contains(at) {
                    finding.evidence.push(at.clone());
                }
            }
            items.push(Item {
                case: judged.case,
                resource: reference.resource.clone(),
                region: region.to_owned(),
                home: home.to_owned(),
                host: requirement.host.clone(),
                used: reference.used.clone(),
                finding,
            });
        }
    }
    items
}

/// Whether a destination is blocked in the task's own subnet since nothing of its Region is there: no route matches, and there is no
/// endpoint for it.
#[must_use]
pub fn is_gap(destination: &Judgement) -> bool {
    destination.walks.first().is_some_and(|walk| {
        let fails = || walk.trace.faults.iter().filter(|fault| fault.severity == Severity::Fail);
        walk.trace.verdict == Reach::Blocked && fails().any(|fault| fault.kind.code() == "endpoint.missing")
    })
}

/// The destinations of that kind and Region that are out of reach so; an image needs three hosts there.
fn gaps<'a>(judged: &'a Judged<'a>, region: &str, key: &DestinationKey) -> Vec<&'a Judgement> {
    let image = [DestinationKey::EcrApi, DestinationKey::EcrDkr, DestinationKey::S3];
    let of_kind = |own: &DestinationKey| own == key || (*key == DestinationKey::EcrDkr && image.contains(own));
    let there = judged
        .destinations
        .iter()
        .filter(|destination| destination.requirement.region.as_deref() == Some(region));
    there
        .filter(|destination| of_kind(&destination.requirement.key) && is_gap(destination))
        .collect()
}

/// The remedies: the thing brought into the task's Region, and the reference changed to it.
#[must_use]
pub fn fixes(item: &Item<'_>, remedy: Remedy) -> Vec<Fix> {
    let (resource, there, here) = (&item.resource, &item.region, &item.home);
    let local = item
        .used
        .text
        .replace(&format!(":{there}:"), &format!(":{here}:"))
        .replace(&format!(".{there}."), &format!(".{here}."));
    let (first, en, ja, impact) = match remedy {
        Remedy::ReplicateSecret => (
            format!(
                "aws secretsmanager replicate-secret-to-regions --secret-id {resource} --add-replica-regions Region={here} --region {there}"
            ),
            format!("AWS Secrets Manager ({there}) > Secrets > {resource} > Replicate secret: add {here}."),
            format!("AWS Secrets Manager ({there}) >「シークレット」> {resource} >「シークレットをレプリケート」で {here} を追加します。"),
            Text::fixed(
                "The replica is billed as a secret of its own.",
                "レプリカは個別のシークレットとして課金されます。",
            ),
        ),
        Remedy::CopyParameter => {
            let name = snapshot::ssm::parameter_name(resource);
            (
                format!("aws ssm put-parameter --name {name} --type SecureString --value file://value.txt --region {here}"),
                format!("AWS Systems Manager ({here}) > Parameter Store > Create parameter: {name}."),
                format!("AWS Systems Manager ({here}) >「パラメータストア」>「パラメータの作成」で {name} を作成します。"),
                Text::fixed(
                    "A second parameter that must be kept equal to the first.",
                    "2 つ目のパラメータが作成され、値を同期させる必要があります。",
                ),
            )
        }
        Remedy::ReplicateImage => (
            format!("docker buildx imagetools create --tag {local} {resource}"),
            format!("Amazon ECR ({there}) > Private registry > Settings > Replication: add {here}, then push the image once more."),
            format!(
                "Amazon ECR ({there}) >「プライベートレジストリ」>「設定」>「レプリケーション」で {here} を追加し、イメージを再度プッシュします。"
            ),
            Text::fixed(
                "The image is stored in both Regions and billed in both.",
                "イメージは両方のリージョンに保存され、それぞれで課金されます。",
            ),
        ),
        Remedy::OwnLogs => (
            format!("aws logs create-log-group --log-group-name {} --region {here}", item.used.text),
            format!(
                "Amazon ECS > Task definitions > Create new revision: set awslogs-region of container {} to {here}.",
                item.used.container
            ),
            format!(
                "Amazon ECS >「タスク定義」>「新しいリビジョンの作成」で、コンテナ {} の awslogs-region を {here} に変更します。",
                item.used.container
            ),
            Text::fixed(
                "The container's logs are kept in the task's Region from then on.",
                "以降、コンテナのログはタスクのリージョンに保存されます。",
            ),
        ),
    };
    let mut fixes = vec![
        Fix {
            kind: FixKind::AwsCli,
            text: Text::new(first.clone(), first),
            impact: impact.clone(),
            verified: false,
            change: None,
        },
        Fix {
            kind: FixKind::Console,
            text: Text::new(en, ja),
            impact,
            verified: false,
            change: None,
        },
    ];
    if local != item.used.text {
        fixes.extend(redefine::fixes(item.case, &item.used, &local));
    }
    fixes
}
