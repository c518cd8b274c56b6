//! The packet walk: can an interface open a connection to a destination, and does the answer come back?
//!
//! [`walk`] follows one destination through a VPC as the pasted outputs describe it: name resolution, route, security groups, network
//! ACLs, next hops, and the way back. The answer is [`Reach::Reachable`] or [`Reach::Blocked`] only where every world that fits the
//! evidence agrees; else it is [`Reach::Unknown`] with what would settle it. docs/network.md explains the model and its limits.

mod access;
mod acl;
mod answer;
mod crossing;
mod destinations;
mod endpoints;
mod families;
mod gaps;
mod ground;
mod groups;
mod hub;
mod internet;
mod line;
mod lists;
mod model;
mod names;
mod nat;
mod next;
mod next_door;
mod outcome;
mod peers;
mod private;
mod ranges;
mod resolver;
mod routes;
mod set;
mod transit;
mod walk;
mod ways;
mod zones;

pub use model::caller::{Caller, Context, Os, PublicAddress, ServiceKey, Target};
pub use model::fault::{Addresses, Fault, FaultKind, OpaqueReason, RuleRef, Severity};
pub use model::trace::{Check, Direction, Hop, HopKind, Passage, Place, Protocol, Reach, Step, Trace, Via, Witness};
pub use set::AddressSet;
pub use walk::walk;
