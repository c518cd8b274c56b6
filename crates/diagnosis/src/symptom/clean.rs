//! Undoes what pasting does to a text: escapes, entities, typographic and full-width characters, quoting, line wraps.

use super::lines::hyphenated;
use std::ops::Range;

/// A repaired text. Every character knows where in the original it began.
#[derive(Clone, Debug, Default)]
pub(super) struct Clean {
    pub(super) chars: Vec<char>,
    /// Byte offsets into the original, one for each character.
    pub(super) at: Vec<usize>,
}

/// How many characters to take at that place, and what stands for them; `None` to leave them.
type Rule = fn(&[char], usize) -> Option<(usize, Option<char>)>;

impl Clean {
    pub(super) fn read(text: &str) -> Self {
        let mut line = Self {
            chars: text.chars().collect(),
            at: text.char_indices().map(|(at, _)| at).collect(),
        };
        // Twice, because text copied out of a page's source is often escaped once more.
        for _ in 0..2 {
            line = line.pass(entity);
        }
        let line = line.pass(ansi).pass(escape).pass(typographic);
        line.unquoted().joined()
    }

    pub(super) fn text(&self, from: usize, to: usize) -> String {
        self.chars.get(from..to).unwrap_or_default().iter().collect()
    }

    /// The characters `from..to`, as a text of their own.
    pub(super) fn part(&self, from: usize, to: usize) -> Self {
        Self {
            chars: self.chars.get(from..to).unwrap_or_default().to_vec(),
            at: self.at.get(from..to).unwrap_or_default().to_vec(),
        }
    }

    /// With a mark in place of what stands at these places, and of each of these names.
    pub(super) fn without(&self, places: &[Range<usize>], names: &[String]) -> Self {
        let at = |index: usize| places.iter().find(|place| place.contains(&index));
        let text: String = self
            .chars
            .iter()
            .enumerate()
            .filter_map(|(index, char)| match at(index) {
                Some(place) => (place.start == index).then_some('§'),
                None => Some(*char),
            })
            .collect();
        let text = names.iter().fold(text, |text, name| text.replace(name.as_str(), "§"));
        Self {
            at: vec![0; text.chars().count()],
            chars: text.chars().collect(),
        }
    }

    fn pass(&self, rule: Rule) -> Self {
        let mut out = Self::default();
        let mut index = 0;
        while let (Some(&char), Some(&at)) = (self.chars.get(index), self.at.get(index)) {
            match rule(&self.chars, index) {
                Some((length, replacement)) => {
                    if let Some(replacement) = replacement {
                        out.push(replacement, at);
                    }
                    index += length.max(1);
                }
                None => {
                    out.push(char, at);
                    index += 1;
                }
            }
        }
        out
    }

    fn push(&mut self, char: char, at: usize) {
        self.chars.push(char);
        self.at.push(at);
    }

    /// Without the marks that mail puts before quoted lines, and a source file before its comments.
    fn unquoted(&self) -> Self {
        let comment = comment(&self.chars);
        let mut out = Self::default();
        let mut index = 0;
        let mut line_start = true;
        while let (Some(&char), Some(&at)) = (self.chars.get(index), self.at.get(index)) {
            if line_start {
                let rest = self.chars.get(index..).unwrap_or_default();
                let mark = |char: &char| *char == '>' || Some(*char) == comment;
                let run = rest.iter().take_while(|char| mark(char) || matches!(char, ' ' | '\t')).count();
                line_start = false;
                if rest.iter().take(run).any(mark) {
                    index += run;
                    continue;
                }
            }
            line_start = char == '\n';
            out.push(char, at);
            index += 1;
        }
        out
    }

    /// On one line: a break is a space, save where a terminal of fixed width or a mail program broke a word.
    fn joined(&self) -> Self {
        let hard = hard_width(&self.chars);
        let mut out = Self::default();
        let mut width = 0;
        for (&char, &at) in self.chars.iter().zip(&self.at) {
            if char == '\n' {
                if hard == Some(width) || hyphenated(&out.chars) {
                    width = 0;
                    continue;
                }
                width = 0;
            } else {
                width += 1;
            }
            if char.is_whitespace() {
                if out.chars.last().is_some_and(|last| *last != ' ') {
                    out.push(' ', at);
                }
            } else {
                out.push(char, at);
            }
        }
        out
    }
}

/// The mark with which every line after the first begins, where a source file's comment was pasted.
fn comment(chars: &[char]) -> Option<char> {
    let mut lines = chars.split(|char| *char == '\n').skip(1).filter_map(|line| {
        let at = line.iter().position(|char| !char.is_whitespace())?;
        line.get(at..)
    });
    let first = lines.next()?;
    let mark = match first {
        ['#', ..] => '#',
        ['/', '/', ..] => '/',
        _ => return None,
    };
    lines
        .all(|line| line.first() == Some(&mark) && (mark == '#' || line.get(1) == Some(&mark)))
        .then_some(mark)
}

/// The width at which a terminal broke the lines: every line but the last is that long, and it is a width that terminals have,
/// or at least three lines say so.
fn hard_width(chars: &[char]) -> Option<usize> {
    let mut lines: Vec<usize> = chars.split(|char| *char == '\n').map(<[char]>::len).collect();
    while lines.last() == Some(&0) {
        lines.pop();
    }
    let last = lines.pop()?;
    let width = *lines.first()?;
    let plain = width >= 40 && last <= width && lines.iter().all(|line| *line == width);
    (plain && (lines.len() >= 2 || matches!(width, 80 | 100 | 120 | 132 | 140 | 160 | 180 | 200 | 240))).then_some(width)
}

fn entity(chars: &[char], index: usize) -> Option<(usize, Option<char>)> {
    if chars.get(index) != Some(&'&') {
        return None;
    }
    let rest = chars.get(index + 1..)?;
    let end = rest.iter().take(10).position(|char| *char == ';')?;
    let name: String = rest.get(..end)?.iter().collect();
    let char = match name.as_str() {
        "quot" | "ldquo" | "rdquo" | "bdquo" => '"',
        "apos" | "lsquo" | "rsquo" | "sbquo" => '\'',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "hellip" => '…',
        "ndash" | "mdash" => '-',
        "sol" => '/',
        "colon" => ':',
        "NewLine" => '\n',
        "zwnj" | "zwj" | "shy" => return Some((end + 2, None)),
        _ => {
            let code = name.strip_prefix('#')?;
            let code = match code.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => code.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((end + 2, Some(char)))
}

/// A terminal's colours.
fn ansi(chars: &[char], index: usize) -> Option<(usize, Option<char>)> {
    if chars.get(index) != Some(&'\u{1b}') {
        return None;
    }
    if chars.get(index + 1) != Some(&'[') {
        return Some((1, None));
    }
    let parameters = chars
        .get(index + 2..)?
        .iter()
        .take(24)
        .take_while(|char| char.is_ascii_digit() || matches!(char, ';' | '?'))
        .count();
    Some((parameters + 3, None))
}

/// JSON's escapes, however often they were escaped again.
fn escape(chars: &[char], index: usize) -> Option<(usize, Option<char>)> {
    if chars.get(index) != Some(&'\\') {
        return None;
    }
    let slashes = chars.get(index..)?.iter().take(16).take_while(|char| **char == '\\').count();
    let next = *chars.get(index + slashes)?;
    match next {
        '"' | '\'' | '/' => Some((slashes + 1, Some(next))),
        'u' => {
            let hex: String = chars.get(index + slashes + 1..index + slashes + 5)?.iter().collect();
            let code = u32::from_str_radix(&hex, 16).ok()?;
            Some((slashes + 5, Some(char::from_u32(code)?)))
        }
        'n' | 't' | 'r' if !in_windows_path(chars, index) => Some((slashes + 1, Some(' '))),
        _ => None,
    }
}

/// Whether a backslash is a separator: the word that it is in begins like a Windows path.
fn in_windows_path(chars: &[char], index: usize) -> bool {
    let before = chars.get(index.saturating_sub(200)..index).unwrap_or_default();
    let word = before
        .rsplit(|char| char.is_whitespace() || *char == '"')
        .next()
        .unwrap_or_default();
    let drive = word.windows(2).any(|pair| pair == [':', '\\']) || word.starts_with(&['\\', '\\']);
    drive || word.last() == Some(&':') && word.len() == 2
}

/// Typographic and full-width characters as plain ones; invisible ones not at all.
fn typographic(chars: &[char], index: usize) -> Option<(usize, Option<char>)> {
    let char = *chars.get(index)?;
    let plain = match char {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '\u{ff07}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' | '「' | '」' | '『' | '』' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '。' => '.',
        '、' => ',',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0)?,
        '\r' if chars.get(index + 1) == Some(&'\n') => return Some((1, None)),
        '\r' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => return Some((1, None)),
        '\n' | '\t' | ' ' => return None,
        other if other.is_whitespace() => ' ',
        other if other.is_control() => return Some((1, None)),
        _ => return None,
    };
    Some((1, Some(plain)))
}
