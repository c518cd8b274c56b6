//! What a person chooses of the page itself: language, colours, and which part of it is shown.

use report::Lang;

/// The language for a BCP 47 tag: Japanese for `ja` and `ja-…`, else English.
pub(crate) fn lang_of(tag: &str) -> Lang {
    let primary = tag.split('-').next().unwrap_or(tag);
    if primary.eq_ignore_ascii_case("ja") { Lang::Ja } else { Lang::En }
}

/// The other language.
pub(crate) const fn other(lang: Lang) -> Lang {
    match lang {
        Lang::En => Lang::Ja,
        Lang::Ja => Lang::En,
    }
}

/// Which colours the page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system says.
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(crate) fn from_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.word() == word).unwrap_or(Self::Auto)
    }
}

/// What is on the page: the case, or a finding's page. Never anything of the case, since it stands in the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Case,
    /// Every code that has a page.
    Findings,
    /// The page of a code.
    Finding(String),
}

impl Route {
    /// The route of an address's fragment (`#/findings/network.no-route`).
    pub(crate) fn from_hash(hash: &str) -> Self {
        match hash.strip_prefix("#/findings") {
            Some("" | "/") => Self::Findings,
            Some(code) => code.strip_prefix('/').map_or(Self::Case, |code| Self::Finding(code.to_owned())),
            None => Self::Case,
        }
    }
}
