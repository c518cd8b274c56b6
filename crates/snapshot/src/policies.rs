//! Policy documents by the place where they stand, whatever they are attached to: how a remedy changes one.

use crate::core::collection::Found;
use crate::core::owned::{PolicyDocument, PolicyText};
use crate::load::Snapshot;
use evidence::Citation;

impl Snapshot {
    /// The policy of a role, secret, repository, bucket, key or organization that stands there.
    #[must_use]
    pub fn policy_at(&self, at: &Citation) -> Option<PolicyText> {
        let own = self.iam.inline.iter().map(|inline| &inline.document);
        let texts = own
            .chain(self.iam.versions.iter().map(|version| &version.document))
            .chain(self.secrets.policies.iter().filter_map(|found| found.policy.as_ref()))
            .chain(self.ecr.repository_policies.iter().map(|found| &found.policy))
            .chain(self.ecr.registry_policies.iter().map(|found| &found.policy))
            .chain(self.s3.policies.iter().map(|found| &found.policy))
            .chain(self.kms.policies.iter().map(|found| &found.policy));
        let found = texts.into_iter().find(|text| text.at == *at).cloned();
        found.or_else(|| {
            self.organizations
                .policies
                .iter()
                .filter_map(Found::policy)
                .find(|text| text.at == *at)
        })
    }

    /// Puts another text in the place of that policy.
    pub fn replace_policy(&mut self, at: &Citation, text: &str) {
        let own = self.iam.inline.iter_mut().map(|inline| &mut inline.document);
        let texts = own
            .chain(self.iam.versions.iter_mut().map(|version| &mut version.document))
            .chain(self.secrets.policies.iter_mut().filter_map(|found| found.policy.as_mut()))
            .chain(self.ecr.repository_policies.iter_mut().map(|found| &mut found.policy))
            .chain(self.ecr.registry_policies.iter_mut().map(|found| &mut found.policy))
            .chain(self.s3.policies.iter_mut().map(|found| &mut found.policy))
            .chain(self.kms.policies.iter_mut().map(|found| &mut found.policy));
        for policy in texts.filter(|policy| policy.at == *at) {
            text.clone_into(&mut policy.text);
        }
        let controls = &mut self.organizations.policies;
        let named = controls.iter().find(|found| found.policy().is_some_and(|policy| policy.at == *at));
        let Some(id) = named.map(|found| found.value.policy_summary.id.clone()) else {
            return;
        };
        controls.edit(|control| {
            if control.policy_summary.id == id {
                control.content = Some(PolicyDocument {
                    text: text.to_owned(),
                    embedded: true,
                });
            }
        });
    }
}
