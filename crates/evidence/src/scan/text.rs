//! Strings, numbers and white space: the inner loops.

use super::{Event, Fault, FaultKind, Mend, MendKind, Scanner, Token};

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

fn word(bytes: &[u8], pos: usize) -> Option<u64> {
    bytes.get(pos..)?.first_chunk::<8>().map(|chunk| u64::from_le_bytes(*chunk))
}

/// The first byte from `pos` that is not JSON white space.
pub(super) fn skip_white(bytes: &[u8], mut pos: usize) -> usize {
    loop {
        match bytes.get(pos) {
            Some(b' ') => {
                pos += 1;
                while let Some(word) = word(bytes, pos) {
                    let others = word ^ (ONES * 0x20);
                    let spaces = others.trailing_zeros() as usize / 8;
                    pos += spaces;
                    if spaces < 8 {
                        break;
                    }
                }
            }
            Some(b'\n' | b'\r' | b'\t') => pos += 1,
            _ => return pos,
        }
    }
}

/// The first quote, backslash or control character from `pos`.
fn skip_plain(bytes: &[u8], mut pos: usize) -> usize {
    while let Some(word) = word(bytes, pos) {
        let quote = word ^ (ONES * 0x22);
        let slash = word ^ (ONES * 0x5c);
        // A byte that is zero, or below 0x20, sets its high bit; borrows only
        // reach bytes after the first hit.
        let hits =
            ((quote.wrapping_sub(ONES) & !quote) | (slash.wrapping_sub(ONES) & !slash) | (word.wrapping_sub(ONES * 0x20) & !word)) & HIGH;
        if hits != 0 {
            return pos + hits.trailing_zeros() as usize / 8;
        }
        pos += 8;
    }
    while let Some(&byte) = bytes.get(pos) {
        if byte == b'"' || byte == b'\\' || byte < 0x20 {
            break;
        }
        pos += 1;
    }
    pos
}

impl Scanner<'_> {
    /// A string whose opening quote is at the position.
    pub(super) fn string(&mut self, token: Token) -> Result<Event, Fault> {
        let start = self.pos + 1;
        let mut escaped = false;
        self.wrap = None;
        self.pos = start;
        if let Some(closing) = self.closing.take() {
            return self.typographic(token, closing);
        }
        loop {
            self.pos = skip_plain(self.bytes, self.pos);
            match self.bytes.get(self.pos) {
                Some(b'"') => {
                    let end = self.pos;
                    self.pos += 1;
                    return Ok(Event {
                        token,
                        start,
                        end,
                        escaped,
                    });
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(b'\n') if self.lenient => {
                    if let Some(event) = self.typographic_end(token, start, escaped) {
                        return Ok(event);
                    }
                    self.wrapped()?;
                }
                Some(_) => return Err(self.unexpected()),
                None => {
                    return Err(self.cut_before_wrap().unwrap_or(Fault {
                        kind: FaultKind::End,
                        at: self.pos,
                    }));
                }
            }
        }
    }

    pub(super) fn escape(&mut self) -> Result<(), Fault> {
        self.pos += 1;
        if self.lenient && self.bytes.get(self.pos) == Some(&b'\n') {
            self.wrapped()?;
        }
        match self.bytes.get(self.pos) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.pos += 1;
                Ok(())
            }
            Some(b'u') => {
                self.pos += 1;
                let first = self.hex()?;
                if (0xd800..0xdc00).contains(&first) {
                    // Half of a pair alone is no character: AWS never prints it.
                    for expected in [b'\\', b'u'] {
                        if self.lenient && self.bytes.get(self.pos) == Some(&b'\n') {
                            self.wrapped()?;
                        }
                        if self.bytes.get(self.pos) != Some(&expected) {
                            return Err(self.broken());
                        }
                        self.pos += 1;
                    }
                    if !(0xdc00..0xe000).contains(&self.hex()?) {
                        return Err(self.broken());
                    }
                } else if (0xdc00..0xe000).contains(&first) {
                    return Err(self.broken());
                }
                Ok(())
            }
            _ => Err(self.broken()),
        }
    }

    fn hex(&mut self) -> Result<u32, Fault> {
        let mut value = 0;
        for _ in 0..4 {
            if self.lenient && self.bytes.get(self.pos) == Some(&b'\n') {
                self.wrapped()?;
            }
            let digit = self.bytes.get(self.pos).and_then(|&byte| char::from(byte).to_digit(16));
            value = value * 16 + digit.ok_or_else(|| self.broken())?;
            self.pos += 1;
        }
        Ok(value)
    }

    fn broken(&self) -> Fault {
        let kind = if self.pos >= self.bytes.len() {
            FaultKind::End
        } else {
            FaultKind::Unexpected
        };
        self.cut_before_wrap().unwrap_or(Fault { kind, at: self.pos })
    }

    /// A line break inside a string: goes on after it where the next line can
    /// be the string's.
    fn wrapped(&mut self) -> Result<(), Fault> {
        let at = self.pos;
        let next = self.bytes.get(at + 1..).unwrap_or_default();
        if !self.joined && !continues(next) {
            return Err(Fault {
                kind: FaultKind::End,
                at: self.wrap.unwrap_or(at),
            });
        }
        self.wrap.get_or_insert(at);
        self.mends.push(Mend {
            start: at,
            end: at + 1,
            kind: MendKind::Wrap,
        });
        self.pos = at + 1;
        Ok(())
    }

    /// A number or literal that starts at the position.
    pub(super) fn scalar(&mut self, first: u8) -> Result<Event, Fault> {
        let start = self.pos;
        match first {
            b't' => self.literal(b"true")?,
            b'f' => self.literal(b"false")?,
            b'n' => self.literal(b"null")?,
            _ => self.number(first)?,
        }
        self.wrap = None;
        self.state = self.after();
        Ok(self.event(Token::Scalar, start))
    }

    fn literal(&mut self, word: &[u8]) -> Result<(), Fault> {
        for expected in word {
            if self.bytes.get(self.pos) != Some(expected) {
                return Err(self.broken());
            }
            self.pos += 1;
        }
        Ok(())
    }

    fn number(&mut self, first: u8) -> Result<(), Fault> {
        if first == b'-' {
            self.pos += 1;
        }
        if self.bytes.get(self.pos) == Some(&b'0') {
            self.pos += 1;
        } else {
            self.digits(200)?;
        }
        if self.bytes.get(self.pos) == Some(&b'.') {
            self.pos += 1;
            self.digits(usize::MAX)?;
        }
        if matches!(self.bytes.get(self.pos), Some(b'e' | b'E')) {
            self.pos += 1;
            if matches!(self.bytes.get(self.pos), Some(b'+' | b'-')) {
                self.pos += 1;
            }
            // Larger exponents are no finite number once parsed.
            self.digits(2)?;
        }
        Ok(())
    }

    fn digits(&mut self, most: usize) -> Result<(), Fault> {
        let start = self.pos;
        while let Some(b'0'..=b'9') = self.bytes.get(self.pos) {
            self.pos += 1;
        }
        if self.pos == start || self.pos - start > most {
            return Err(self.broken());
        }
        Ok(())
    }
}

/// Whether the text after a line break can be the rest of a string: it is on
/// one line up to its end, and is neither blank nor the start of something
/// else.
fn continues(next: &[u8]) -> bool {
    let line = next.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = line.trim_ascii();
    let other = [&b"$ "[..], b"# aws", b"> aws", b"aws ", b"PS ", b"An error occurred", b"```"];
    !line.is_empty()
        && line != b"{"
        && line != b"["
        && !other.iter().any(|start| line.starts_with(start))
        && !crate::lines::looks_like_prompt(line)
}
