//! What a diagnosis says: findings, destinations, decisions, and what would settle the rest.

pub mod code;
pub mod destination;
pub mod finding;
pub mod outcome;

pub use code::{Code, FAMILIES};
pub use destination::{
    Authorization, AuthorizationVerdict, DestinationKey, DestinationReport, LayerVerdict, ReferenceReport, ReferenceVerdict, SubnetReport,
};
pub use finding::{Change, Finding, Fix, FixKind, Role, Status};
pub use outcome::{CaseSummary, Diagnosis, Held, Note, Outcome, Request, RequestBody};
