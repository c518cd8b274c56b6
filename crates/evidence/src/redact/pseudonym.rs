//! Tokens and what stands for them.

use super::gather::Found;
use std::collections::{BTreeMap, BTreeSet};

/// Words of AWS, of its error texts and of protocols, one a line, in lower case.
const WORDS: &str = include_str!("words.txt");

/// Longest token that is cut by wildcards.
const MOST: usize = 64;

/// A keyed hash (SipHash-2-4, Aumasson and Bernstein 2012): without the key its results are as good as random.
#[derive(Debug, Clone, Copy)]
pub(super) struct Random(u64, u64);

impl Random {
    pub(super) fn hash(self, bytes: &[u8]) -> u64 {
        let mut v = [
            self.0 ^ 0x736f_6d65_7073_6575,
            self.1 ^ 0x646f_7261_6e64_6f6d,
            self.0 ^ 0x6c79_6765_6e65_7261,
            self.1 ^ 0x7465_6462_7974_6573,
        ];
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let word = chunk.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
            v = absorb(v, word);
        }
        let last = chunks.remainder().iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
        v = absorb(v, last | (bytes.len() as u64) << 56);
        let [a, b, c, d] = v;
        let [a, b, c, d] = (0..4).fold([a, b, c ^ 0xff, d], |v, _| round(v));
        a ^ b ^ c ^ d
    }

    /// A bit that depends on the first bits of an address.
    pub(super) fn bit(self, family: u8, depth: u32, head: u128) -> bool {
        let mut bytes = vec![family];
        bytes.extend(depth.to_le_bytes());
        bytes.extend(head.to_le_bytes());
        self.hash(&bytes) & 1 == 1
    }
}

fn absorb([a, b, c, d]: [u64; 4], word: u64) -> [u64; 4] {
    let [a, b, c, d] = round(round([a, b, c, d ^ word]));
    [a ^ word, b, c, d]
}

fn round([mut a, mut b, mut c, mut d]: [u64; 4]) -> [u64; 4] {
    a = a.wrapping_add(b);
    b = b.rotate_left(13) ^ a;
    a = a.rotate_left(32);
    c = c.wrapping_add(d);
    d = d.rotate_left(16) ^ c;
    a = a.wrapping_add(d);
    d = d.rotate_left(21) ^ a;
    c = c.wrapping_add(b);
    b = b.rotate_left(17) ^ c;
    c = c.rotate_left(32);
    [a, b, c, d]
}

/// All pseudonyms of a case.
pub(super) struct Pseudonyms {
    pub(super) random: Random,
    pub(super) found: Found,
    words: BTreeSet<&'static str>,
    given: BTreeMap<String, String>,
    taken: BTreeSet<String>,
}

impl Pseudonyms {
    pub(super) fn new(random: u128, found: Found) -> Self {
        let [a, b] = [random as u64, (random >> 64) as u64];
        Self {
            random: Random(a, b),
            found,
            words: WORDS.lines().collect(),
            given: BTreeMap::new(),
            taken: BTreeSet::new(),
        }
    }

    /// Whether a token stays: a word of AWS, in any case.
    pub(super) fn is_word(&self, token: &str) -> bool {
        self.found.kept.contains(token) || self.words.contains(token.to_lowercase().as_str())
    }

    /// Whether a token is part of a name that somebody chose.
    pub(super) fn is_name(&self, token: &str) -> bool {
        self.found.names.contains(&token.to_lowercase())
    }

    /// What stands for a token: as long, letters for letters and digits for digits, in the same case.
    pub(super) fn of(&mut self, token: &str) -> String {
        let lower = token.to_lowercase();
        if lower.chars().count() != token.chars().count() {
            return self.chunk(token);
        }
        let mut mapped = String::with_capacity(token.len());
        let mut from = 0;
        for at in self.cuts(&lower) {
            let piece = lower.get(from..at).unwrap_or_default();
            mapped.push_str(&self.chunk(piece));
            from = at;
        }
        let cased = mapped.chars().zip(token.chars());
        cased
            .map(|(new, old)| if old.is_uppercase() { new.to_ascii_uppercase() } else { new })
            .collect()
    }

    /// What stands for a token of a tag: its words go as well.
    pub(super) fn of_tag(&mut self, token: &str) -> String {
        if self.is_word(token) {
            return self.drawn(&token.to_lowercase());
        }
        self.of(token)
    }

    /// Where wildcards cut a token, and its end.
    fn cuts(&self, token: &str) -> BTreeSet<usize> {
        let mut cuts = BTreeSet::from([token.len()]);
        let cut = &self.found.cut;
        if token.len() > MOST || cut.is_empty() {
            return cuts;
        }
        let places: Vec<usize> = token.char_indices().map(|(at, _)| at).chain([token.len()]).collect();
        for &from in &places {
            for &to in places.iter().filter(|&&to| to > from) {
                let Some(piece) = token.get(from..to).and_then(|piece| cut.get(piece)) else {
                    continue;
                };
                let starts = from == 0 || piece.after_wildcard;
                let ends = to == token.len() || piece.before_wildcard;
                if starts && ends {
                    cuts.extend([from, to]);
                }
            }
        }
        cuts.remove(&0);
        cuts
    }

    /// One piece of a token, in lower case.
    fn chunk(&mut self, piece: &str) -> String {
        if piece.is_empty() || self.words.contains(piece) || self.is_piece_of_a_word(piece) {
            return piece.to_owned();
        }
        self.drawn(piece)
    }

    /// What was drawn for a piece, or is drawn now.
    fn drawn(&mut self, piece: &str) -> String {
        if let Some(given) = self.given.get(piece) {
            return given.clone();
        }
        let hex = piece.len() > 1 && piece.bytes().all(|byte| byte.is_ascii_hexdigit()) && piece.bytes().any(|byte| byte.is_ascii_digit());
        let mut drawn = piece.to_owned();
        for attempt in 0_u32..256 {
            drawn = self.draw(piece, attempt, hex);
            let plain = !self.words.contains(drawn.as_str()) && !self.found.names.contains(&drawn) && drawn != piece;
            if plain && !self.taken.contains(&drawn) {
                break;
            }
        }
        self.taken.insert(drawn.clone());
        self.given.insert(piece.to_owned(), drawn.clone());
        drawn
    }

    /// A piece that a wildcard cuts off one of AWS's words stays, as the word does.
    fn is_piece_of_a_word(&self, piece: &str) -> bool {
        let Some(cut) = self.found.cut.get(piece) else {
            return false;
        };
        self.words.iter().any(|word| {
            (cut.before_wildcard && word.starts_with(piece))
                || (cut.after_wildcard && word.ends_with(piece))
                || (cut.before_wildcard && cut.after_wildcard && word.contains(piece))
        })
    }

    fn draw(&self, piece: &str, attempt: u32, hex: bool) -> String {
        let mut out = String::with_capacity(piece.len());
        for (at, c) in piece.chars().enumerate() {
            let mut bytes = piece.as_bytes().to_vec();
            bytes.extend((at as u32).to_le_bytes());
            bytes.extend(attempt.to_le_bytes());
            let drawn = self.random.hash(&bytes);
            // The first digit of a number is no zero.
            let digits = if at == 0 { "123456789" } else { "0123456789" };
            let from = if c.is_ascii_digit() {
                digits
            } else if hex {
                "abcdef"
            } else {
                "abcdefghijklmnopqrstuvwxyz"
            };
            out.extend(from.chars().nth((drawn % from.len() as u64) as usize));
        }
        out
    }
}
