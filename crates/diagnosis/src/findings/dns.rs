//! Findings about name resolution.

mod custom_server;
mod custom_server_port_blocked;
mod hostnames_disabled;
mod private_zone_shadows;
mod support_disabled;

use super::Rule;

/// The rules of this area, in the catalogue's order.
#[must_use]
pub(super) fn rules() -> Vec<&'static Rule> {
    vec![
        &support_disabled::RULE,
        &hostnames_disabled::RULE,
        &custom_server_port_blocked::RULE,
        &custom_server::RULE,
        &private_zone_shadows::RULE,
    ]
}
