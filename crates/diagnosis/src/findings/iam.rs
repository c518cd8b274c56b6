//! Findings about identity and permissions: the roles, their policies, and the policies above and beside them.

mod action_not_allowed;
pub(in crate::findings) mod amend;
mod boundary_not_allowed;
pub(in crate::findings) mod draft;
mod elsewhere;
mod execution_role_absent;
mod execution_role_not_found;
mod explicit_deny;
mod misses;
mod missing_role;
mod rcp_denied;
mod resource_policy_denied;
mod scp_denied;
mod task_role_not_found;
mod trust_denied;

use super::Rule;

/// The rules of this area, in the catalogue's order.
#[must_use]
pub(crate) fn rules() -> Vec<&'static Rule> {
    vec![
        &execution_role_absent::RULE,
        &execution_role_not_found::RULE,
        &trust_denied::RULE,
        &task_role_not_found::RULE,
        &action_not_allowed::RULE,
        &explicit_deny::RULE,
        &boundary_not_allowed::RULE,
        &scp_denied::RULE,
        &rcp_denied::RULE,
        &resource_policy_denied::RULE,
    ]
}
