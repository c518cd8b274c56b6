//! What the task has to reach, whether it may, and whether what it asks for is there.

use serde::{Deserialize, Serialize};

use crate::model::{Authorization, Network, Service, vocabulary};

/// One destination of the task's start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destination {
    /// Which service.
    pub service: Service,
    /// The host name that is called; `None` where nothing is called over the network or the Region is unknown.
    pub host: Option<String>,
    /// The TCP port; `None` where nothing is called over the network.
    pub port: Option<u16>,
    /// Why the task needs it, in words.
    pub needed_for: Vec<String>,
    /// Whether a connection can be opened; `None` where nothing is called over the network (the role's assumption).
    pub network: Option<Network>,
    /// Every call that the start makes there.
    pub authorization: Vec<Authorization>,
    /// What the task definition names there.
    pub references: Vec<Reference>,
}

/// A name in the task definition and whether it exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The reference as the task definition writes it.
    pub text: String,
    /// Whether it leads anywhere.
    pub verdict: ReferenceVerdict,
}

vocabulary! {
    /// Whether what a reference names exists.
    pub enum ReferenceVerdict {
        /// Proven to be there.
        Found = "found",
        /// Proven not to be there.
        NotFound = "not_found",
        /// No valid reference.
        Malformed = "malformed",
        /// Not settled by what was pasted.
        Unknown = "unknown",
    }
}
