//! The least IAM policy that the script needs.

use evidence::Operation;
use policy::{Draft, DraftStatement};
use references::Partition;

use super::{Target, operations};

/// The least IAM policy with which no call is denied: actions that list and describe, and no other.
///
/// Which resources the chain leads to is only known once it is followed, so `Resource` is `*` where listing and describing is all that an
/// action allows, and the statement's `Sid` says so. What Amazon ECS shows of a cluster is bound to the cluster where one is given, by the
/// condition key `ecs:cluster` (Service Authorization Reference), which holds for ARNs of the old form as well. Those of Amazon S3 are bound to buckets and objects of the Region's partition, in
/// statements of their own, whose `Sid` says what to put there for less:
/// - `s3:GetObject` is what `s3api head-object` needs, which returns no content, though the action would allow to read it.
/// - `s3:ListBucket`: without it `head-object` answers 403 for a file that is missing (Amazon S3 API reference, `HeadObject`).
///
/// Without them the script goes on as well, and files stay unknown.
#[must_use]
pub fn policy(target: &Target) -> Draft {
    let partition = target.region().and_then(Partition::of_region).unwrap_or(Partition::Aws).id();
    let statement = |sid: &str, resource: String| DraftStatement::allow().sid(sid).resource(resource);
    let mut objects = statement("HeadersOfFilesPutYourFilesHere", format!("arn:{partition}:s3:::*/*"));
    let mut buckets = statement("MissingFilesAre404PutYourBucketsHere", format!("arn:{partition}:s3:::*"));
    let cluster = target.cluster_arn(partition);
    let mut described = statement("DescribesTheCluster", cluster.clone().unwrap_or_else(|| "*".to_owned()));
    let mut within = statement("DescribesWhatIsInTheCluster", "*".to_owned());
    if let Some(cluster) = &cluster {
        within = within.condition("ArnLike", "ecs:cluster", cluster.as_str());
    }
    let mut rest = statement("DescribesWhateverTheTaskLeadsTo", "*".to_owned());
    for action in operations().into_iter().flat_map(actions) {
        let place = match action.as_str() {
            "s3:GetObject" => &mut objects,
            other if other.starts_with("s3:") => &mut buckets,
            "ecs:DescribeClusters" if cluster.is_some() => &mut described,
            "ecs:DescribeContainerInstances" | "ecs:DescribeServices" | "ecs:DescribeTasks" | "ecs:ListServices" | "ecs:ListTasks"
                if cluster.is_some() =>
            {
                &mut within
            }
            _ => &mut rest,
        };
        *place = place.clone().action(action);
    }
    let mut statements = vec![rest, described, within, buckets, objects];
    statements.retain(|statement| !statement.actions().is_empty());
    Draft { statements }
}

/// The IAM actions of an operation (Service Authorization Reference).
fn actions(operation: Operation) -> Vec<String> {
    match operation {
        // No permission is needed for it.
        Operation::StsGetCallerIdentity => Vec::new(),
        Operation::S3apiHeadObject => vec!["s3:GetObject".to_owned(), "s3:ListBucket".to_owned()],
        Operation::S3apiListObjectsV2 | Operation::S3apiHeadBucket => vec!["s3:ListBucket".to_owned()],
        Operation::Route53ListHostedZonesByVpc => vec![operation.name().to_owned(), "ec2:DescribeVpcs".to_owned()],
        _ => vec![operation.name().replacen("s3api:", "s3:", 1)],
    }
}
