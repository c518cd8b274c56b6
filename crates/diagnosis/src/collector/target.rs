//! Whose start is looked into: what a person typed, and what ARNs among it say.

use std::collections::BTreeSet;

/// Whose start is looked into. At least one of `task`, `service` and `task_definition` should be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The cluster's name or ARN.
    pub cluster: Option<String>,
    /// The task's id or ARN.
    pub task: Option<String>,
    /// The service's name or ARN: for tasks that are gone, or where no task is known.
    pub service: Option<String>,
    /// `family`, `family:revision` or an ARN: for a definition that was never started.
    pub task_definition: Option<String>,
    /// The Region; none: that of an ARN above, else the one that the AWS CLI is set to.
    pub region: Option<String>,
    /// The AWS CLI's profile; none: its default.
    pub profile: Option<String>,
}

impl Target {
    pub(super) fn region(&self) -> Option<&str> {
        let said = self.region.as_deref().filter(|region| !region.is_empty());
        said.or_else(|| self.arns().find_map(|arn| field(arn, 3)))
    }

    /// What is written as ARNs.
    fn arns(&self) -> impl Iterator<Item = &str> {
        [&self.task, &self.service, &self.cluster, &self.task_definition]
            .into_iter()
            .filter_map(|text| text.as_deref().filter(|text| text.starts_with("arn:")))
    }

    /// The Regions that are named, in order and once each: one, where they agree.
    #[must_use]
    pub fn regions(&self) -> BTreeSet<&str> {
        let said = self.region.as_deref().filter(|region| !region.is_empty());
        said.into_iter().chain(self.arns().filter_map(|arn| field(arn, 3))).collect()
    }

    /// The names of the clusters that are named, in order and once each: one, where they agree.
    #[must_use]
    pub fn clusters(&self) -> BTreeSet<String> {
        let said = self.cluster.as_deref().map(last).filter(|name| !name.is_empty()).map(str::to_owned);
        said.into_iter().chain(self.arns().filter_map(cluster_of)).collect()
    }

    /// The ARN of the cluster, with `*` for what is not known of it; none where no cluster is.
    pub(super) fn cluster_arn(&self, partition: &str) -> Option<String> {
        let cluster = self.cluster.as_deref().map(last).filter(|name| !name.is_empty())?;
        let region = self.region().unwrap_or("*");
        let account = self.arns().find_map(|arn| field(arn, 4)).unwrap_or("*");
        Some(format!("arn:{partition}:ecs:{region}:{account}:cluster/{cluster}"))
    }

    /// The task's id without its ARN, to look for in texts; a dash where it would not be one word.
    fn task_id(&self) -> &str {
        let id = self.task.as_deref().and_then(|task| task.rsplit('/').next()).unwrap_or_default();
        let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if plain { id } else { "-" }
    }

    /// What a script knows at its start. Control characters have no place in any of them and would break the lines of the script.
    pub(super) fn variables(&self) -> Vec<(&'static str, String)> {
        let clean = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
        let of = |value: &Option<String>| clean(value.as_deref().unwrap_or_default());
        // By its name, as its tasks name it.
        let service = self
            .service
            .as_deref()
            .map(|service| if service.starts_with("arn:") { last(service) } else { service });
        vec![
            ("cluster", of(&self.cluster)),
            ("task", of(&self.task)),
            ("task_id", self.task_id().to_owned()),
            ("service", clean(service.unwrap_or_default())),
            ("definition", of(&self.task_definition)),
            ("region", clean(self.region().unwrap_or_default())),
            ("cli_profile", of(&self.profile)),
        ]
    }
}

/// A field of an ARN, from 0 (AWS General Reference, "Amazon Resource Names").
fn field(arn: &str, index: usize) -> Option<&str> {
    arn.split(':').nth(index).filter(|field| !field.is_empty())
}

fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The cluster in a task's or a service's ARN in its new form, `…:task/cluster/id` and `…:service/cluster/name` (Amazon ECS Developer
/// Guide, "ARNs and IDs").
#[must_use]
pub fn cluster_of(arn: &str) -> Option<String> {
    let (_, resource) = arn.split_once(":task/").or_else(|| arn.split_once(":service/"))?;
    resource
        .split_once('/')
        .map(|(cluster, _)| cluster.to_owned())
        .filter(|cluster| !cluster.is_empty())
}
