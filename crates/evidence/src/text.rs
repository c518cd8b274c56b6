//! Words in both of the tool's languages.

use std::borrow::Cow;

/// One text in English and in Japanese. Both are required, so that no message
/// can exist in one language only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Text {
    /// English, plain sentences.
    pub en: Cow<'static, str>,
    /// Japanese, です・ます style.
    pub ja: Cow<'static, str>,
}

impl Text {
    /// A text that is known when the program is built.
    #[must_use]
    pub const fn fixed(en: &'static str, ja: &'static str) -> Self {
        Self {
            en: Cow::Borrowed(en),
            ja: Cow::Borrowed(ja),
        }
    }

    /// A text put together from values.
    #[must_use]
    pub fn new(en: impl Into<Cow<'static, str>>, ja: impl Into<Cow<'static, str>>) -> Self {
        Self {
            en: en.into(),
            ja: ja.into(),
        }
    }
}
