//! `pulldoctor redact`: the same evidence under pseudonyms.

use std::hash::{BuildHasher, Hasher, RandomState};

use crate::Unusable;
use crate::input::Source;
use crate::status;

/// `pulldoctor redact`: everything as one text, which every command reads as it reads the originals.
///
/// # Errors
/// Where the input holds nothing.
pub fn redact(sources: &[Source]) -> Result<(String, u8), Unusable> {
    let mut texts: Vec<String> = evidence::redact(&super::inputs(sources), random())
        .into_iter()
        .map(|redacted| redacted.text)
        .collect();
    if texts.iter().all(|text| text.trim().is_empty()) {
        return Err(Unusable::new(
            "there is nothing to redact",
            "give files or folders of AWS outputs, or pipe them in",
        ));
    }
    // The head of a bundle speaks of all lines that follow it.
    texts.sort_by_key(|text| text.contains("pulldoctor.bundle/1"));
    let mut out = String::new();
    for text in texts {
        out.push_str(&text);
        if !text.ends_with('\n') {
            out.push('\n');
        }
    }
    Ok((out, status::NOTHING_FAILING))
}

/// A value that nobody can guess: the standard library seeds its hashers from the operating system.
fn random() -> u128 {
    let half = || u128::from(RandomState::new().build_hasher().finish());
    half() << 64 | half()
}
