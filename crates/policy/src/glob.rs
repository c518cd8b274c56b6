//! The wildcard matcher: `*` and `?` over characters, linear in the subject for any pattern.
//!
//! Two readings exist. *Loose*: a `*` crosses everything, as in actions and `StringLike`. *Segmented*: the reading of
//! ARN patterns (IAM User Guide, "Resource element"): a `*` stays inside its colon-separated segment unless it is the
//! segment's last character, and `?` is never a colon.
//!
//! One star is decided by comparing prefix and suffix. Several stars run a bit-parallel automaton, 64 pattern positions
//! per step, so that hostile patterns (`*a*a*a…`) cannot make it backtrack.

/// One piece of a compiled pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// This very character.
    Literal(char),
    /// Any one character (in the segmented reading: but a colon).
    One,
    /// Any run of characters; `crosses` says whether it may contain a colon in the segmented reading.
    Star {
        /// May run over colons when matched segment by segment.
        crosses: bool,
    },
}

/// Which reading a match uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// `*` and `?` match any characters.
    Loose,
    /// Colons are boundaries; see the module.
    Segmented,
}

/// Whether `tokens` match the whole of `subject`.
#[must_use]
pub fn matches(tokens: &[Token], subject: &str, reading: Reading) -> bool {
    matches_counting(tokens, subject, reading).0
}

/// Like [`matches`], and the number of elementary steps taken, so that tests can hold the matcher to its bound:
/// no more than `(characters + 1) × (pattern length / 64 + 2) + 2 × pattern length`.
#[must_use]
pub fn matches_counting(tokens: &[Token], subject: &str, reading: Reading) -> (bool, u64) {
    let mut steps = 0u64;
    let result = run(tokens, subject, reading, &mut steps);
    (result, steps)
}

fn accepts(token: Token, c: char, reading: Reading) -> bool {
    match token {
        Token::Literal(l) => l == c,
        Token::One => reading == Reading::Loose || c != ':',
        Token::Star { .. } => false,
    }
}

fn run(tokens: &[Token], subject: &str, reading: Reading, steps: &mut u64) -> bool {
    let mut rest = subject.chars();
    let mut tokens = tokens;
    // Anchored prefix: up to the first star.
    while let Some((&first, tail)) = tokens.split_first() {
        if matches!(first, Token::Star { .. }) {
            break;
        }
        *steps += 1;
        match rest.next() {
            Some(c) if accepts(first, c, reading) => tokens = tail,
            _ => return false,
        }
    }
    if tokens.is_empty() {
        return rest.as_str().is_empty();
    }
    // Anchored suffix: after the last star.
    while let Some((&last, init)) = tokens.split_last() {
        if matches!(last, Token::Star { .. }) {
            break;
        }
        *steps += 1;
        match rest.next_back() {
            Some(c) if accepts(last, c, reading) => tokens = init,
            _ => return false,
        }
    }
    let middle = rest.as_str();
    match tokens {
        [Token::Star { crosses }] => {
            if *crosses || reading == Reading::Loose {
                true
            } else {
                *steps += middle.len() as u64 / 8 + 1;
                !middle.contains(':')
            }
        }
        _ => automaton(tokens, middle, reading, steps) == Some(true),
    }
}

/// Whether some text that begins with `beginning` matches, in the loose reading.
#[must_use]
pub(crate) fn could_begin(tokens: &[Token], beginning: &str) -> bool {
    // Whatever is left of the pattern can be matched by what is not known of the text.
    automaton(tokens, beginning, Reading::Loose, &mut 0).is_some()
}

/// State `j` of the automaton: the first `j` tokens that are no stars have been matched. Two bit sets say at which
/// states a star loops. `None` where no state is left before the subject ends, else whether the last state is reached.
fn automaton(tokens: &[Token], subject: &str, reading: Reading, steps: &mut u64) -> Option<bool> {
    let solid = tokens.iter().filter(|t| !matches!(t, Token::Star { .. })).count();
    let words = solid / 64 + 1;
    let mut free = vec![0u64; words];
    let mut bound = vec![0u64; words];
    let mut any = vec![0u64; words];
    let mut literal: std::collections::BTreeMap<char, Vec<u64>> = std::collections::BTreeMap::new();
    let mut state = 0usize;
    let set = |bits: &mut [u64], at: usize| {
        if let Some(word) = bits.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    };
    for token in tokens {
        *steps += 1;
        match *token {
            Token::Star { crosses } if crosses || reading == Reading::Loose => set(&mut free, state),
            Token::Star { .. } => set(&mut bound, state),
            Token::One => {
                set(&mut any, state);
                state += 1;
            }
            Token::Literal(c) => {
                set(literal.entry(c).or_insert_with(|| vec![0u64; words]), state);
                state += 1;
            }
        }
    }
    let mut current = vec![0u64; words];
    set(&mut current, 0);
    for c in subject.chars() {
        *steps += 1;
        let colon = c == ':' && reading == Reading::Segmented;
        let exact = literal.get(&c);
        let mut carry = 0u64;
        let mut alive = 0u64;
        for (w, word) in current.iter_mut().enumerate() {
            *steps += 1;
            let here = *word;
            let mut step = exact.and_then(|e| e.get(w)).copied().unwrap_or(0);
            let mut stay = free.get(w).copied().unwrap_or(0);
            if !colon {
                step |= any.get(w).copied().unwrap_or(0);
                stay |= bound.get(w).copied().unwrap_or(0);
            }
            let moved = here & step;
            *word = (moved << 1) | carry | (here & stay);
            carry = moved >> 63;
            alive |= *word;
        }
        if alive == 0 {
            return None;
        }
    }
    Some(current.get(solid / 64).is_some_and(|word| word >> (solid % 64) & 1 == 1))
}

/// The same pattern in lower case.
pub(crate) fn lower(tokens: &[Token]) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        match token {
            Token::Literal(c) => out.extend(c.to_lowercase().map(Token::Literal)),
            other => out.push(*other),
        }
    }
    out
}

/// Compiles plain text in which `*` and `?` are wildcards and every `*` crosses colons.
#[must_use]
pub fn compile(text: &str) -> Vec<Token> {
    text.chars()
        .map(|c| match c {
            '*' => Token::Star { crosses: true },
            '?' => Token::One,
            other => Token::Literal(other),
        })
        .collect()
}
