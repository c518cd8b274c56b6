//! Policy documents made, not read: a typed builder that prints canonical JSON.
//!
//! Canonical means: the elements in the order of AWS's own examples, actions and resources sorted and without
//! repetitions, a single value as a string, several as an array, two spaces of indentation. Equal drafts print equal text.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::document::Effect;

/// A document to be written, always in version 2012-10-17.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its statements.
    pub statements: Vec<DraftStatement>,
}

/// A statement to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftStatement {
    sid: Option<String>,
    effect: Effect,
    principal: Option<DraftPrincipal>,
    actions: BTreeSet<String>,
    resources: BTreeSet<String>,
    conditions: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

/// A principal to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftPrincipal {
    /// `"*"`.
    Everyone,
    /// `{"AWS": …}`: accounts or ARNs.
    Aws(BTreeSet<String>),
    /// `{"Service": …}`.
    Service(String),
}

impl DraftStatement {
    fn new(effect: Effect) -> DraftStatement {
        DraftStatement {
            sid: None,
            effect,
            principal: None,
            actions: BTreeSet::new(),
            resources: BTreeSet::new(),
            conditions: BTreeMap::new(),
        }
    }

    /// An allow statement.
    #[must_use]
    pub fn allow() -> DraftStatement {
        DraftStatement::new(Effect::Allow)
    }

    /// A deny statement.
    #[must_use]
    pub fn deny() -> DraftStatement {
        DraftStatement::new(Effect::Deny)
    }

    /// Sets the `Sid`.
    #[must_use]
    pub fn sid(mut self, sid: impl Into<String>) -> DraftStatement {
        self.sid = Some(sid.into());
        self
    }

    /// Adds an action.
    #[must_use]
    pub fn action(mut self, action: impl Into<String>) -> DraftStatement {
        self.actions.insert(action.into());
        self
    }

    /// Adds a resource. A statement without one is written without `Resource`, as trust policies are.
    #[must_use]
    pub fn resource(mut self, resource: impl Into<String>) -> DraftStatement {
        self.resources.insert(resource.into());
        self
    }

    /// Sets the principal.
    #[must_use]
    pub fn principal(mut self, principal: DraftPrincipal) -> DraftStatement {
        self.principal = Some(principal);
        self
    }

    /// Adds a condition value.
    #[must_use]
    pub fn condition(mut self, operator: &str, key: &str, value: impl Into<String>) -> DraftStatement {
        let keys = self.conditions.entry(operator.to_owned()).or_default();
        keys.entry(key.to_owned()).or_default().insert(value.into());
        self
    }

    /// Its actions.
    #[must_use]
    pub fn actions(&self) -> &BTreeSet<String> {
        &self.actions
    }

    /// Its resources.
    #[must_use]
    pub fn resources(&self) -> &BTreeSet<String> {
        &self.resources
    }
}

impl Draft {
    /// The document as indented JSON without a final line break.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The document on one line, as a command-line argument takes it.
    #[must_use]
    pub fn to_line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Draft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("Version", "2012-10-17")?;
        map.serialize_entry("Statement", &self.statements)?;
        map.end()
    }
}

/// One value as a string, several as an array.
struct OneOrMany<'a>(&'a BTreeSet<String>);

impl Serialize for OneOrMany<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.first() {
            Some(only) if self.0.len() == 1 => serializer.serialize_str(only),
            _ => serializer.collect_seq(self.0),
        }
    }
}

/// For each operator its keys, and for each key its values.
struct Conditions<'a>(&'a BTreeMap<String, BTreeMap<String, BTreeSet<String>>>);

impl Serialize for Conditions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(operator, keys)| (operator, Keys(keys))))
    }
}

struct Keys<'a>(&'a BTreeMap<String, BTreeSet<String>>);

impl Serialize for Keys<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, values)| (key, OneOrMany(values))))
    }
}

impl Serialize for DraftStatement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(sid) = &self.sid {
            map.serialize_entry("Sid", sid)?;
        }
        map.serialize_entry("Effect", if self.effect == Effect::Allow { "Allow" } else { "Deny" })?;
        if let Some(principal) = &self.principal {
            map.serialize_entry("Principal", principal)?;
        }
        map.serialize_entry("Action", &OneOrMany(&self.actions))?;
        if !self.resources.is_empty() {
            map.serialize_entry("Resource", &OneOrMany(&self.resources))?;
        }
        if !self.conditions.is_empty() {
            map.serialize_entry("Condition", &Conditions(&self.conditions))?;
        }
        map.end()
    }
}

impl Serialize for DraftPrincipal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            DraftPrincipal::Everyone => serializer.serialize_str("*"),
            DraftPrincipal::Aws(names) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("AWS", &OneOrMany(names))?;
                map.end()
            }
            DraftPrincipal::Service(name) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("Service", name)?;
                map.end()
            }
        }
    }
}
