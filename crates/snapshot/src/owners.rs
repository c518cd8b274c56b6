//! Outputs that do not say what they are about: candidates of the case, and the person's answers.

use crate::core::ids::ArnText;
use crate::iam::role::RoleRef;
use crate::load::{GivenAnswer, Snapshot};
use crate::needs::Question;
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
        let answer = |question: &Question| {
            answer_in(&answers, question).map(|given| given.value.trim().to_owned())
        };
        self.iam.settle(&roles, &answer);
        self.ec2.settle(&answer);
        self.answers = answers;
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
        let pasted = self
            .iam
            .roles
            .iter()
            .filter_map(|found| found.value.arn.clone());
        let simulated = self
            .iam
            .simulations
            .iter()
            .filter_map(|simulation| simulation.principal.clone());
        let inline = self
            .iam
            .inline
            .iter()
            .map(|policy| ArnText(policy.role.0.clone()));
        let commands = evidence.documents.iter().filter_map(|document| {
            document
                .command
                .as_ref()?
                .option("role-name")
                .map(ArnText::from)
        });
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
        new.collect::<Vec<_>>().into_iter().chain(arns).collect()
    }
}

fn answer_in<'a>(answers: &'a [GivenAnswer], question: &Question) -> Option<&'a GivenAnswer> {
    // The last answer is the one that the person means.
    answers.iter().rev().find(|given| {
        given.question == question.id()
            || (given.question == question.kind.slug() && given.subject == question.subject)
    })
}
