//! Outputs that do not say what they are about: candidates of the case, and the person's answers.

use crate::core::collection::Found;
use crate::core::ids::ArnText;
use crate::core::listing::Scope;
use crate::core::order;
use crate::core::owned::Owner;
use crate::ecr::RepositoryPolicy;
use crate::iam::role::RoleRef;
use crate::kms::KeyPolicy;
use crate::load::{GivenAnswer, Snapshot};
use crate::needs::Question;
use crate::s3::BucketPolicy;
use crate::secrets::SecretPolicy;
use evidence::Evidence;
use std::collections::BTreeSet;

impl Snapshot {
    /// The person's answer to a question, by its id or by its kind and subject.
    #[must_use]
    pub fn answer(&self, question: &Question) -> Option<&GivenAnswer> {
        answer_in(&self.answers, question)
    }

    pub(crate) fn settle(&mut self, evidence: &Evidence) {
        let roles = self.named_roles(evidence);
        let answers = std::mem::take(&mut self.answers);
        let answer = |question: &Question| answer_in(&answers, question).map(|given| given.value.trim().to_owned());
        self.iam.settle(&roles, &answer);
        let keys = self.named_keys();
        self.kms.settle(&keys, &answer);
        let buckets = self.named_buckets();
        self.s3.settle(&buckets, &answer);
        self.ec2.settle(&answer);
        self.answers = answers;
        self.settle_bare();
    }

    /// Policies pasted alone that the person says are a key's, bucket's, secret's or repository's.
    fn settle_bare(&mut self) {
        for bare in &self.iam.bare {
            let Owner::Answered(owner) = &bare.owner else {
                continue;
            };
            let (policy, collected) = (bare.document.clone(), bare.collected);
            let arn = ArnText::from(owner.as_str());
            let resource = arn.resource().unwrap_or_default();
            let scope = Scope {
                account: arn.account().map(str::to_owned),
                region: arn.region().map(str::to_owned),
            };
            match arn.field(2) {
                Some("kms") => {
                    let key = Owner::Answered(owner.clone());
                    self.kms.policies.push(KeyPolicy { key, policy, collected });
                }
                Some("s3") => {
                    let bucket = Owner::Answered(resource.to_owned());
                    self.s3.policies.push(BucketPolicy { bucket, policy, collected });
                }
                Some("secretsmanager") => {
                    let secret = Found {
                        value: arn,
                        at: policy.at.clone(),
                        collected,
                    };
                    self.secrets.policies.push(SecretPolicy {
                        secret,
                        policy: Some(policy),
                    });
                }
                Some("ecr") => {
                    let Some(repository) = resource.strip_prefix("repository/") else {
                        continue;
                    };
                    let (repository, registry) = (repository.to_owned(), scope.account.clone());
                    self.ecr.repository_policies.push(RepositoryPolicy {
                        registry,
                        repository,
                        scope,
                        policy,
                        collected,
                    });
                }
                _ => {}
            }
        }
    }

    /// Every key that the case names, as it names it.
    fn named_keys(&self) -> BTreeSet<String> {
        let secrets = self.secrets.secrets.iter().filter_map(|found| found.value.kms_key_id.clone());
        let parameters = self.ssm.parameters.iter().filter_map(|found| found.value.key_id.clone());
        let repositories = self
            .ecr
            .repositories
            .iter()
            .filter_map(|found| found.value.encryption_configuration.as_ref()?.kms_key.clone());
        let groups = self.logs.groups.iter().filter_map(|found| found.value.kms_key_id.clone());
        let versions = self.secrets.versions.iter().flat_map(|list| &list.versions);
        let versions = versions.flat_map(|found| found.value.kms_key_ids.clone());
        secrets
            .chain(parameters)
            .chain(repositories)
            .chain(groups)
            .chain(versions)
            .collect()
    }

    /// Every bucket that a task definition or task names.
    fn named_buckets(&self) -> BTreeSet<String> {
        let definitions = self
            .ecs
            .task_definitions
            .iter()
            .flat_map(|found| &found.value.container_definitions);
        let files = definitions.flat_map(|container| {
            let firelens = container.firelens_configuration.iter();
            let firelens = firelens.filter_map(|firelens| firelens.options.get("config-file-value").map(|value| value.0.as_str()));
            let environment = container.environment_files.iter().filter_map(|file| file.value.as_deref());
            environment
                .chain(firelens)
                .chain(container.credential_specs.iter().map(String::as_str))
        });
        let overrides = self.ecs.tasks.iter().flat_map(|found| &found.value.overrides.container_overrides);
        let overridden = overrides.filter_map(|container| container.environment_files.as_ref()).flatten();
        files
            .chain(overridden.filter_map(|file| file.value.as_deref()))
            .filter_map(|arn| arn.split_once(":s3:::")?.1.split('/').next().map(str::to_owned))
            .collect()
    }

    /// Every role that the case names: by ARN where one is known, else by name.
    fn named_roles(&self, evidence: &Evidence) -> BTreeSet<RoleRef> {
        let definitions = self.ecs.task_definitions.iter().flat_map(|found| {
            [&found.value.execution_role_arn, &found.value.task_role_arn]
                .into_iter()
                .flatten()
                .cloned()
        });
        let tasks = self.ecs.tasks.iter().flat_map(|found| {
            let overrides = &found.value.overrides;
            [&overrides.execution_role_arn, &overrides.task_role_arn]
                .into_iter()
                .flatten()
                .cloned()
        });
        let pasted = self.iam.roles.iter().filter_map(|found| found.value.arn.clone());
        let simulated = self.iam.simulations.iter().filter_map(|simulation| simulation.principal.clone());
        let inline = self.iam.inline.iter().map(|policy| ArnText(policy.role.0.clone()));
        let commands = evidence
            .documents
            .iter()
            .filter_map(|document| document.command.as_ref()?.option("role-name").map(ArnText::from));
        let all = definitions
            .chain(tasks)
            .chain(pasted)
            .chain(simulated)
            .chain(inline)
            .chain(commands);
        let (arns, names): (BTreeSet<_>, BTreeSet<_>) = all
            .filter(|role| !role.as_str().is_empty())
            .map(|role| RoleRef(role.0))
            .partition(|role| role.0.starts_with("arn:"));
        let new = names
            .into_iter()
            .filter(|name| !arns.iter().any(|arn| arn.is(&ArnText(name.0.clone()))));
        order::set(new.chain(arns.iter().cloned()))
    }
}

fn answer_in<'a>(answers: &'a [GivenAnswer], question: &Question) -> Option<&'a GivenAnswer> {
    // The last answer is the one that the person means.
    answers
        .iter()
        .rev()
        .find(|given| given.question == question.id() || (given.question == question.kind.slug() && given.subject == question.subject))
}
