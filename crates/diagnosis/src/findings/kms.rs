//! Findings about the KMS keys that secrets and parameters are encrypted with.

mod aws_managed_cross_account;
mod key_policy_denied;
pub(super) mod key_unusable;

use super::Rule;

/// The rules of this area, in the catalogue's order.
#[must_use]
pub(crate) fn rules() -> Vec<&'static Rule> {
    vec![&key_policy_denied::RULE, &key_unusable::RULE, &aws_managed_cross_account::RULE]
}
