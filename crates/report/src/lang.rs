//! The languages that a report can be written in.

use crate::model::vocabulary;

vocabulary! {
    /// The language of every sentence in a report; identifiers, commands and quotations are the same in all of them.
    pub enum Lang {
        /// English.
        En = "en",
        /// Japanese, with the terms of AWS's own Japanese documents.
        Ja = "ja",
    }
}

impl Lang {
    /// The one of two values that is meant for this language.
    pub fn pick<T>(self, en: T, ja: T) -> T {
        match self {
            Self::En => en,
            Self::Ja => ja,
        }
    }
}
