//! Three-valued truth (strong Kleene logic).

/// Proven, refuted, or not decided by what was pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// Proven false by the evidence.
    False,
    /// The evidence leaves both possible.
    Unknown,
    /// Proven true by the evidence.
    True,
}

impl Truth {
    /// True only where both are; false where either is.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// True where either is; false only where both are.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The opposite; `Unknown` stays.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }

    /// All of them; true for none.
    pub fn all(items: impl IntoIterator<Item = Self>) -> Self {
        items.into_iter().fold(Self::True, Self::and)
    }

    /// Any of them; false for none.
    pub fn any(items: impl IntoIterator<Item = Self>) -> Self {
        items.into_iter().fold(Self::False, Self::or)
    }

    /// What holds if each of the alternatives may be the real one: agreed by all, else unknown. Unknown for none.
    pub fn agreed(items: impl IntoIterator<Item = Self>) -> Self {
        let mut items = items.into_iter();
        let Some(first) = items.next() else {
            return Self::Unknown;
        };
        if items.all(|item| item == first) { first } else { Self::Unknown }
    }

    /// Whether it is proven true.
    #[must_use]
    pub fn is_true(self) -> bool {
        self == Self::True
    }

    /// Whether it is proven false.
    #[must_use]
    pub fn is_false(self) -> bool {
        self == Self::False
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl From<Option<bool>> for Truth {
    fn from(value: Option<bool>) -> Self {
        value.map_or(Self::Unknown, Self::from)
    }
}
