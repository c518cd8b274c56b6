//! Which accounts and Regions the case speaks of.

use crate::core::ids::{AccountId, ArnText, RegionName};
use crate::core::order;
use crate::load::Snapshot;
use std::collections::BTreeSet;

impl Snapshot {
    /// Every ARN that names a pasted resource or what a task is made of.
    fn arns(&self) -> Vec<&ArnText> {
        let mut arns = Vec::new();
        for found in self.ecs.tasks.iter() {
            let task = &found.value;
            arns.extend([&task.task_arn, &task.cluster_arn, &task.task_definition_arn]);
        }
        for found in self.ecs.task_definitions.iter() {
            let definition = &found.value;
            arns.extend([
                &definition.task_definition_arn,
                &definition.execution_role_arn,
                &definition.task_role_arn,
            ]);
        }
        arns.extend(self.ecs.services.iter().map(|found| &found.value.service_arn));
        arns.extend(self.ecs.service_revisions.iter().map(|found| &found.value.service_revision_arn));
        arns.extend(self.ecs.clusters.iter().map(|found| &found.value.cluster_arn));
        arns.extend(self.ecs.container_instances.iter().map(|found| &found.value.container_instance_arn));
        arns.extend(self.iam.roles.iter().map(|found| &found.value.arn));
        arns.extend(self.secrets.secrets.iter().map(|found| &found.value.arn));
        arns.extend(self.ssm.parameters.iter().map(|found| &found.value.arn));
        arns.extend(self.kms.keys.iter().map(|found| &found.value.arn));
        arns.extend(self.ecr.repositories.iter().map(|found| &found.value.repository_arn));
        arns.extend(self.logs.groups.iter().map(|found| &found.value.arn));
        arns.extend(self.activity.callers.iter().map(|found| &found.value.arn));
        let stated = self.secrets.policies.iter().map(|policy| &policy.secret.value);
        arns.into_iter().flatten().chain(stated).collect()
    }

    /// Every Region that an ARN of a pasted resource names.
    #[must_use]
    pub fn regions(&self) -> BTreeSet<RegionName> {
        let regions = self.arns().into_iter().filter_map(|arn| arn.region());
        order::set(regions.map(RegionName::from))
    }

    /// Every account that an ARN of a pasted resource names; a redacted one stands as it was pasted.
    #[must_use]
    pub fn accounts(&self) -> BTreeSet<AccountId> {
        let accounts = self.arns().into_iter().filter_map(|arn| arn.account());
        order::set(accounts.filter(|account| *account != "aws").map(AccountId::from))
    }

    /// The Region of the case: that of its tasks, else of its services and clusters, where they agree on one.
    #[must_use]
    pub fn region(&self) -> Option<RegionName> {
        let tasks = self.ecs.tasks.iter().filter_map(|found| found.value.task_arn.as_ref());
        let tasks = order::set(tasks.filter_map(ArnText::region).map(RegionName::from));
        let services = self.ecs.services.iter().filter_map(|found| found.value.service_arn.as_ref());
        let clusters = self.ecs.clusters.iter().filter_map(|found| found.value.cluster_arn.as_ref());
        let all = || {
            let arns = services.chain(clusters);
            order::set(arns.filter_map(ArnText::region).map(RegionName::from))
        };
        let regions = if tasks.is_empty() { all() } else { tasks };
        crate::core::owned::only(&regions).cloned()
    }
}
