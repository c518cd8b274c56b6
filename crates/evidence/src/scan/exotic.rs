//! What mail programs, input methods and pagers put between JSON tokens.

use super::{Event, Fault, Mend, MendKind, Scanner, Token};

/// Spaces that are none to JSON, without the line separators.
pub(crate) const fn is_exotic_space(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' | '\u{feff}'
    )
}

/// Quotes that word processors make of `"`.
pub(crate) const fn is_double_quote(c: char) -> bool {
    matches!(c, '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ff02}' | '\u{301d}'..='\u{301f}')
}

/// Pager marks that may be left in a copied output.
const MARKS: [&[u8]; 3] = [b"--More--", b"-- More --", b"(END)"];

impl Scanner<'_> {
    /// Mends what stands at the position, and answers the byte that is meant:
    /// `None` where it was left out and scanning goes on behind it.
    pub(super) fn exotic(&mut self, byte: u8) -> Option<u8> {
        if byte.is_ascii() {
            return self.pager_mark(byte);
        }
        let c = char_at(self.bytes, self.pos)?;
        let end = self.pos + c.len_utf8();
        if is_exotic_space(c) {
            match self.mends.last_mut() {
                Some(last) if last.kind == MendKind::Space && last.end == self.pos => {
                    last.end = end;
                }
                _ => self.mends.push(Mend {
                    start: self.pos,
                    end,
                    kind: MendKind::Space,
                }),
            }
            self.pos = end;
            return None;
        }
        let plain = match c {
            c if is_double_quote(c) => b'"',
            '：' => b':',
            '，' | '、' => b',',
            '｛' => b'{',
            '｝' => b'}',
            '［' => b'[',
            '］' => b']',
            _ => return Some(byte),
        };
        let kind = if plain == b'"' {
            if !self.find_closing(end) {
                return Some(byte);
            }
            MendKind::Quote
        } else {
            MendKind::FullWidth(plain)
        };
        self.mends.push(Mend {
            start: self.pos,
            end,
            kind,
        });
        // The last byte of the character stands for the plain one.
        self.pos = end - 1;
        Some(plain)
    }

    /// Looks for the end of a string that a typographic quote opened: on the
    /// same line, at the first quote of either kind.
    fn find_closing(&mut self, from: usize) -> bool {
        let mut at = from;
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'"' => return true,
                b'\\' => at += 2,
                0..0x20 => return false,
                0x20..0x80 => at += 1,
                _ => {
                    let Some(c) = char_at(self.bytes, at) else {
                        return false;
                    };
                    let end = at + c.len_utf8();
                    if is_double_quote(c) {
                        self.closing = Some((at, end));
                        return true;
                    }
                    at = end;
                }
            }
        }
        false
    }

    /// The string up to its typographic closing quote.
    pub(super) fn typographic(&mut self, token: Token, closing: (usize, usize)) -> Result<Event, Fault> {
        let start = self.pos;
        let mut escaped = false;
        while self.pos < closing.0 {
            if self.bytes.get(self.pos) == Some(&b'\\') {
                escaped = true;
                self.escape()?;
            } else {
                self.pos += 1;
            }
        }
        Ok(self.end_at(token, start, closing, escaped))
    }

    /// A string that a plain quote opened and a typographic one ends, at the
    /// end of its line.
    pub(super) fn typographic_end(&mut self, token: Token, start: usize, escaped: bool) -> Option<Event> {
        // Only the last line of it: many lines may be wrapped into one string.
        let from = match self.mends.last() {
            Some(last) if last.kind == MendKind::Wrap => start.max(last.end),
            _ => start,
        };
        let line = str::from_utf8(self.bytes.get(from..self.pos)?).ok()?;
        let content = line.trim_end_matches([' ', ',', ':', '}', ']']);
        let last = content.chars().next_back().filter(|&c| is_double_quote(c))?;
        let end = from + content.len();
        Some(self.end_at(token, start, (end - last.len_utf8(), end), escaped))
    }

    fn end_at(&mut self, token: Token, start: usize, closing: (usize, usize), escaped: bool) -> Event {
        self.mends.push(Mend {
            start: closing.0,
            end: closing.1,
            kind: MendKind::Quote,
        });
        self.pos = closing.1;
        Event {
            token,
            start,
            end: closing.0,
            escaped,
        }
    }

    /// A pager's mark alone on its line is left out.
    fn pager_mark(&mut self, byte: u8) -> Option<u8> {
        let line_start = self
            .bytes
            .get(..self.pos)
            .unwrap_or_default()
            .iter()
            .rev()
            .take_while(|&&byte| byte == b' ')
            .count();
        let at_start = self.pos == line_start || self.bytes.get(self.pos - line_start - 1) == Some(&b'\n');
        let rest = self.bytes.get(self.pos..).unwrap_or_default();
        let mark = MARKS
            .iter()
            .find(|mark| rest.starts_with(mark) && matches!(rest.get(mark.len()), None | Some(b'\n' | b' ' | b'\r')));
        match mark {
            Some(mark) if at_start => {
                self.mends.push(Mend {
                    start: self.pos,
                    end: self.pos + mark.len(),
                    kind: MendKind::PagerMark,
                });
                self.pos += mark.len();
                None
            }
            _ => Some(byte),
        }
    }
}

fn char_at(bytes: &[u8], pos: usize) -> Option<char> {
    let chunk = bytes.get(pos..(pos + 4).min(bytes.len()))?;
    let valid = match str::from_utf8(chunk) {
        Ok(valid) => valid,
        Err(error) => str::from_utf8(chunk.get(..error.valid_up_to())?).ok()?,
    };
    valid.chars().next()
}
