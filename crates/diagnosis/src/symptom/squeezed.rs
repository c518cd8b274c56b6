//! A text without case, spaces and quotes, in which phrases are found however it was wrapped.

use super::clean::Clean;

/// A text squeezed for matching. Words that lost the space between them, or got a line break inside, still match.
#[derive(Clone, Debug)]
pub(super) struct Squeezed {
    text: String,
    /// For each byte of `text`, the character of the clean text that it came from.
    at: Vec<usize>,
    /// Which triples of bytes occur, by a hash of twelve bits: most of the hundreds of phrases are ruled out by their first.
    triples: Vec<u64>,
}

fn triple(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .fold(0_usize, |hash, byte| hash.wrapping_mul(37).wrapping_add(usize::from(*byte)))
        % 4096
}

impl Squeezed {
    pub(super) fn read(clean: &Clean) -> Self {
        Self::part(clean, 0, clean.chars.len())
    }

    /// Of the characters `from..to` only.
    pub(super) fn part(clean: &Clean, from: usize, to: usize) -> Self {
        let mut text = String::new();
        let mut at = Vec::new();
        let to = to.min(clean.chars.len());
        for (offset, char) in clean.chars.get(from..to).unwrap_or_default().iter().enumerate() {
            let index = from + offset;
            if char.is_whitespace() || matches!(char, '"' | '\'' | '`' | '*' | '\\' | '█') {
                continue;
            }
            text.push(char.to_ascii_lowercase());
            at.resize(text.len(), index);
        }
        let mut triples = vec![0_u64; 64];
        for bytes in text.as_bytes().windows(3) {
            let hash = triple(bytes);
            if let Some(word) = triples.get_mut(hash / 64) {
                *word |= 1 << (hash % 64);
            }
        }
        Self { text, at, triples }
    }

    pub(super) fn has(&self, phrase: &str) -> bool {
        self.may_have(phrase) && self.text.contains(phrase)
    }

    fn may_have(&self, phrase: &str) -> bool {
        phrase.as_bytes().windows(3).all(|bytes| {
            let hash = triple(bytes);
            self.triples.get(hash / 64).is_some_and(|word| word & (1 << (hash % 64)) != 0)
        })
    }

    pub(super) fn any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.has(phrase))
    }

    pub(super) fn starts(&self, phrase: &str) -> bool {
        self.text.starts_with(phrase)
    }

    pub(super) fn ends_any(&self, phrases: &[&str]) -> bool {
        let end = self.text.trim_end_matches(['.', '…', ':', ',', ';', '(', ')', ']']);
        phrases.iter().any(|phrase| end.ends_with(phrase))
    }

    /// Whether the phrase is there without this before it.
    pub(super) fn has_not_after(&self, phrase: &str, before: &str) -> bool {
        self.text
            .match_indices(phrase)
            .any(|(at, _)| !self.text.get(..at).is_some_and(|head| head.ends_with(before)))
    }

    /// Where in the clean text each occurrence begins.
    pub(super) fn starts_of(&self, phrase: &str) -> Vec<usize> {
        if !self.may_have(phrase) {
            return Vec::new();
        }
        self.text
            .match_indices(phrase)
            .filter_map(|(at, _)| self.at.get(at).copied())
            .collect()
    }

    /// Where in the clean text each occurrence ends (one past its last character).
    pub(super) fn ends_of(&self, phrase: &str) -> Vec<usize> {
        if !self.may_have(phrase) {
            return Vec::new();
        }
        self.text
            .match_indices(phrase)
            .filter_map(|(at, found)| self.after(at + found.len()))
            .collect()
    }

    pub(super) fn end_of(&self, phrase: &str) -> Option<usize> {
        if !self.may_have(phrase) {
            return None;
        }
        let at = self.text.find(phrase)?;
        self.after(at + phrase.len())
    }

    /// Where the first of these begins, from that character of the clean text on.
    pub(super) fn first_from(&self, from: usize, phrases: &[&str]) -> Option<usize> {
        let byte = self.at.partition_point(|at| *at < from);
        let rest = self.text.get(byte..)?;
        let found = phrases.iter().filter_map(|phrase| rest.find(phrase)).min()?;
        self.at.get(byte + found).copied()
    }

    fn after(&self, byte: usize) -> Option<usize> {
        self.at.get(byte.checked_sub(1)?).map(|at| at + 1)
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }
}
