//! A finding's public name.

use std::fmt;

/// `area.fault`, as in the catalogue. Codes are public: never renamed, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// The areas of the catalogue, in its order.
pub const FAMILIES: [&str; 13] = [
    "network",
    "dns",
    "endpoint",
    "iam",
    "kms",
    "secret",
    "parameter",
    "image",
    "service",
    "logs",
    "envfile",
    "task",
    "instance",
];

impl Code {
    /// What stands before the dot.
    #[must_use]
    pub fn area(self) -> &'static str {
        self.0.split_once('.').map_or(self.0, |(area, _)| area)
    }

    /// What stands after the dot.
    #[must_use]
    pub fn fault(self) -> &'static str {
        self.0.split_once('.').map_or("", |(_, fault)| fault)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
