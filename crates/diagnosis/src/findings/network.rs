//! Findings about the path through the network.

pub(super) mod acl;
mod acl_inbound_blocked;
mod acl_outbound_blocked;
mod beyond;
mod blackhole_route;
mod changes;
mod endpoint_sg_ingress_blocked;
mod family;
pub(super) mod gather;
mod igw_detached;
mod ipv6;
mod nat_no_internet_route;
mod nat_private;
mod nat_unavailable;
mod no_public_ip;
mod no_route;
mod opaque_next_hop;
mod peering_not_transitive;
mod public_access_blocked;
pub(super) mod remedy;
mod sg_egress_blocked;
mod source_dest_check;
mod tls_intercepted;
pub(super) mod words;

use super::Rule;

/// The rules of this area, in the catalogue's order.
#[must_use]
pub(super) fn rules() -> Vec<&'static Rule> {
    vec![
        &no_route::RULE,
        &blackhole_route::RULE,
        &no_public_ip::RULE,
        &igw_detached::RULE,
        &nat_unavailable::RULE,
        &nat_no_internet_route::RULE,
        &nat_private::RULE,
        &peering_not_transitive::RULE,
        &source_dest_check::RULE,
        &public_access_blocked::RULE,
        &sg_egress_blocked::RULE,
        &endpoint_sg_ingress_blocked::RULE,
        &acl_outbound_blocked::RULE,
        &acl_inbound_blocked::RULE,
        &tls_intercepted::RULE,
        &opaque_next_hop::RULE,
    ]
}
