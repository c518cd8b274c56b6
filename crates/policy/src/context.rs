//! The request's context keys, each known, absent or not known.

use std::collections::{BTreeMap, BTreeSet};

/// What is known of one context key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A single-valued key with this value.
    One(String),
    /// A multivalued key (`aws:TagKeys`, `aws:PrincipalOrgPaths`, `kms:EncryptionContextKeys`, …) with these values.
    Many(Vec<String>),
    /// AWS does not send the key on this request.
    Absent,
    /// Nobody has told: any value, or none.
    Unknown,
}

impl Value {
    /// A single value.
    #[must_use]
    pub fn one(text: impl Into<String>) -> Value {
        Value::One(text.into())
    }
}

/// What a key that is not mentioned means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unmentioned {
    /// Not known: the default, since silence proves nothing.
    #[default]
    Unknown,
    /// Absent: the caller has listed every key of the request.
    Absent,
}

/// Context keys by name; names are compared without letter case (IAM User Guide, "Condition").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    values: BTreeMap<String, Value>,
    families: BTreeMap<String, Unmentioned>,
    unmentioned: Unmentioned,
}

static UNKNOWN: Value = Value::Unknown;
static ABSENT: Value = Value::Absent;

impl Context {
    /// An empty context in which unmentioned keys mean what the caller says.
    #[must_use]
    pub fn new(unmentioned: Unmentioned) -> Context {
        Context {
            unmentioned,
            ..Context::default()
        }
    }

    /// Sets one key, replacing what was there.
    pub fn set(&mut self, key: &str, value: Value) {
        self.values.insert(key.to_ascii_lowercase(), value);
    }

    /// Builder form of [`Context::set`].
    #[must_use]
    pub fn with(mut self, key: &str, value: Value) -> Context {
        self.set(key, value);
        self
    }

    /// Says what unmentioned keys that begin with `prefix` mean, e.g. `aws:ResourceTag/` once all tags are known.
    pub fn set_family(&mut self, prefix: &str, unmentioned: Unmentioned) {
        self.families.insert(prefix.to_ascii_lowercase(), unmentioned);
    }

    /// What is known of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> &Value {
        let lower;
        let key = if key.bytes().any(|b| b.is_ascii_uppercase()) {
            lower = key.to_ascii_lowercase();
            lower.as_str()
        } else {
            key
        };
        if let Some(value) = self.values.get(key) {
            return value;
        }
        let family = self.families.iter().rev().find(|(prefix, _)| key.starts_with(prefix.as_str()));
        match family.map_or(self.unmentioned, |(_, u)| *u) {
            Unmentioned::Unknown => &UNKNOWN,
            Unmentioned::Absent => &ABSENT,
        }
    }

    /// Sets a key that is not mentioned yet, unless silence about it means that it is absent.
    pub(crate) fn set_default(&mut self, key: &str, value: Value) {
        if self.unmentioned == Unmentioned::Unknown {
            self.values.entry(key.to_ascii_lowercase()).or_insert(value);
        }
    }

    /// The mentioned keys, in lower case.
    #[must_use]
    pub fn keys(&self) -> BTreeSet<&str> {
        self.values.keys().map(String::as_str).collect()
    }
}
