//! The collector: one read-only script that the customer runs once, and that leaves one bundle (`pulldoctor.bundle/1`) behind.
//!
//! The chain of calls is written down once (`collector/chain.rs`); the bash and the PowerShell script, the list of calls and the least
//! IAM policy are four views of it. The scripts need the AWS CLI and nothing else, go on where a call is denied (the denial is evidence),
//! and never print what a secret or an environment variable holds.

mod bash;
mod chain;
mod members;
mod powershell;
mod step;

use std::collections::BTreeSet;

use evidence::Operation;
use policy::{Draft, DraftStatement};
use references::Partition;

use step::{Call, Step};

/// The shell that the script is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Script {
    /// bash 3 or later: AWS CloudShell, Linux, macOS.
    #[default]
    Bash,
    /// Windows PowerShell 5.1 and PowerShell 7.
    PowerShell,
}

/// Whose start is looked into. At least one of `task`, `service` and `task_definition` should be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The cluster's name or ARN.
    pub cluster: Option<String>,
    /// The task's id or ARN.
    pub task: Option<String>,
    /// The service's name: for tasks that are gone, or where no task is known.
    pub service: Option<String>,
    /// `family`, `family:revision` or an ARN: for a definition that was never started.
    pub task_definition: Option<String>,
    /// The Region; none: that of an ARN above, else the one that the AWS CLI is set to.
    pub region: Option<String>,
    /// The AWS CLI's profile; none: its default.
    pub profile: Option<String>,
}

impl Target {
    fn region(&self) -> Option<&str> {
        let said = self.region.as_deref().filter(|region| !region.is_empty());
        said.or_else(|| {
            [&self.task, &self.cluster, &self.task_definition]
                .into_iter()
                .find_map(|text| region_of(text.as_deref()?))
        })
    }

    /// The task's id without its ARN, to look for in texts; a dash where it would not be one word.
    fn task_id(&self) -> &str {
        let id = self.task.as_deref().and_then(|task| task.rsplit('/').next()).unwrap_or_default();
        let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if plain { id } else { "-" }
    }

    /// What a script knows at its start. Control characters have no place in any of them and would break the lines of the script.
    fn variables(&self) -> Vec<(&'static str, String)> {
        let clean = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
        let of = |value: &Option<String>| clean(value.as_deref().unwrap_or_default());
        vec![
            ("cluster", of(&self.cluster)),
            ("task", of(&self.task)),
            ("task_id", self.task_id().to_owned()),
            ("service", of(&self.service)),
            ("definition", of(&self.task_definition)),
            ("region", clean(self.region().unwrap_or_default())),
            ("cli_profile", of(&self.profile)),
        ]
    }
}

/// The Region of an ARN (AWS General Reference, "Amazon Resource Names": the fourth field).
fn region_of(text: &str) -> Option<&str> {
    let mut fields = text.split(':');
    (fields.next() == Some("arn")).then_some(())?;
    fields.nth(2).filter(|region| !region.is_empty())
}

/// The cluster in a task's ARN in its new form, `…:task/cluster/id` (Amazon ECS Developer Guide, "ARNs and IDs").
#[must_use]
pub fn cluster_of(task: &str) -> Option<String> {
    let (_, resource) = task.split_once(":task/")?;
    resource
        .split_once('/')
        .map(|(cluster, _)| cluster.to_owned())
        .filter(|cluster| !cluster.is_empty())
}

/// The script.
#[must_use]
pub fn script(target: &Target, shell: Script) -> String {
    match shell {
        Script::Bash => bash::script(target, &chain::steps()),
        Script::PowerShell => powershell::script(target, &chain::steps()),
    }
}

/// Every call that the script may make, as commands with `<…>` where an id is only known once it runs; in the order of the script.
#[must_use]
pub fn calls() -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    visit(&chain::steps(), &mut |call| {
        let line = listed(call);
        if seen.insert(line.clone()) {
            lines.push(line);
        }
    });
    lines
}

/// Every operation that the script may call.
#[must_use]
pub fn operations() -> BTreeSet<Operation> {
    let mut found = BTreeSet::new();
    visit(&chain::steps(), &mut |call| {
        found.insert(call.operation);
    });
    found
}

/// The least IAM policy with which no call is denied: actions that list and describe, and no other.
///
/// Which resources the chain leads to is only known once it is followed, so `Resource` is `*` where listing and describing is all that an
/// action allows, and the statement's `Sid` says so. Those of Amazon S3 are bound to buckets and objects of the Region's partition, in
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
    let mut rest = statement("DescribesWhateverTheTaskLeadsTo", "*".to_owned());
    for action in operations().into_iter().flat_map(actions) {
        let place = match action.as_str() {
            "s3:GetObject" => &mut objects,
            other if other.starts_with("s3:") => &mut buckets,
            _ => &mut rest,
        };
        *place = place.clone().action(action);
    }
    Draft {
        statements: vec![rest, buckets, objects],
    }
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

fn visit<'a>(steps: &'a [Step], each: &mut dyn FnMut(&'a Call)) {
    for step in steps {
        match step {
            Step::Call(call) => each(call),
            Step::Each { body, .. } | Step::Without { body, .. } => visit(body, each),
            Step::Say(_) | Step::Forget(_) | Step::Note { .. } | Step::Derive(_) => {}
        }
    }
}

fn listed(call: &Call) -> String {
    let mut line = call.operation.cli().to_owned();
    for (name, values) in &call.options {
        line.push_str(" --");
        line.push_str(name);
        for value in values {
            line.push(' ');
            line.push_str(&value.replace('{', "<").replace('}', ">"));
        }
    }
    line
}
