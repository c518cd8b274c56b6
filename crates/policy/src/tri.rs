//! Kleene's three truth values.
//!
//! `Unknown` stands for "some completion of what is not known makes it true, another false, or we cannot tell":
//! `and`, `or` and `not` give a settled value only where every completion agrees.

/// A truth value that may be open. The order `False < Unknown < True` makes `and` a minimum and `or` a maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tri {
    /// False under every completion.
    False,
    /// Open.
    Unknown,
    /// True under every completion.
    True,
}

impl Tri {
    /// Conjunction.
    #[must_use]
    pub fn and(self, other: Tri) -> Tri {
        self.min(other)
    }

    /// Disjunction.
    #[must_use]
    pub fn or(self, other: Tri) -> Tri {
        self.max(other)
    }

    /// True only if settled true.
    #[must_use]
    pub fn is_true(self) -> bool {
        self == Tri::True
    }

    /// True only if settled false.
    #[must_use]
    pub fn is_false(self) -> bool {
        self == Tri::False
    }

    /// True if open.
    #[must_use]
    pub fn is_unknown(self) -> bool {
        self == Tri::Unknown
    }
}

impl From<bool> for Tri {
    fn from(value: bool) -> Tri {
        if value { Tri::True } else { Tri::False }
    }
}

impl std::ops::Not for Tri {
    type Output = Tri;

    fn not(self) -> Tri {
        match self {
            Tri::False => Tri::True,
            Tri::Unknown => Tri::Unknown,
            Tri::True => Tri::False,
        }
    }
}
