//! Findings about VPC endpoints.

mod gateway_not_routed;
mod missing;
mod not_available;
mod policy_denied;
mod private_dns_disabled;

use super::Rule;

/// The rules of this area, in the catalogue's order.
#[must_use]
pub(super) fn rules() -> Vec<&'static Rule> {
    vec![
        &missing::RULE,
        &not_available::RULE,
        &private_dns_disabled::RULE,
        &gateway_not_routed::RULE,
        &policy_denied::RULE,
    ]
}
