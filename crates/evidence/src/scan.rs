//! A pull scanner of JSON tokens with their places.
//!
//! The parser of the typed state is `serde_json`; it has no places, stops at
//! the first fault, and keeps the last of two equal keys without a word. What
//! reading needs besides (where a document ends, what stands before a cut,
//! which bytes are a secret's value, the span behind a pointer) comes from
//! tokens. Tests hold the strict mode to what `serde_json` accepts.

mod exotic;
#[cfg(test)]
mod tests;
mod text;

/// Deepest nesting that is followed; `serde_json` stops at 127.
pub(crate) const MAX_DEPTH: u32 = 120;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Key,
    String,
    /// A number, `true`, `false` or `null`.
    Scalar,
}

/// A token with its place: for keys and strings, what is between the quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) token: Token,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether the string has backslashes.
    pub(crate) escaped: bool,
}

/// Why scanning stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// The text ended.
    End,
    /// Nested deeper than [`MAX_DEPTH`].
    Depth,
    /// Not JSON from here on.
    Unexpected,
}

/// Where and why scanning stopped. Scanning on from `at` never visits a byte
/// more than a few times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    pub(crate) at: usize,
}

/// A place where the text is not JSON as it stands, and what is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mend {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: MendKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MendKind {
    /// An exotic space between tokens.
    Space,
    /// A typographic quote around a string.
    Quote,
    /// A full-width bracket, colon or comma, with the plain one.
    FullWidth(u8),
    TrailingComma,
    PagerMark,
    /// A line break inside a string.
    Wrap,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// A value must follow.
    Value,
    /// Right after `[`.
    FirstElement,
    /// After a comma in an array.
    NextElement,
    /// Right after `{`.
    FirstKey,
    /// After a comma in an object.
    NextKey,
    /// After a value inside a container.
    After,
    /// The value is complete.
    Done,
}

/// Scans one JSON value.
#[derive(Debug)]
pub(crate) struct Scanner<'a> {
    bytes: &'a [u8],
    pos: usize,
    lenient: bool,
    /// Every line break inside a string is one that a first pass joined.
    joined: bool,
    state: State,
    /// One bit per open container, set for objects; the lowest is the inmost.
    containers: u128,
    depth: u32,
    comma: usize,
    /// The first line break that the last string was read across.
    wrap: Option<usize>,
    /// The typographic quote that ends the string about to be read.
    closing: Option<(usize, usize)>,
    /// What had to be mended so far; empty in strict mode.
    pub(crate) mends: Vec<Mend>,
}

impl<'a> Scanner<'a> {
    /// Scans plain JSON only.
    pub(crate) fn strict(bytes: &'a [u8], start: usize) -> Self {
        Self {
            bytes,
            pos: start,
            lenient: false,
            joined: false,
            state: State::Value,
            containers: 0,
            depth: 0,
            comma: 0,
            wrap: None,
            closing: None,
            mends: Vec::new(),
        }
    }

    /// Scans JSON as pastes damage it, recording what had to be mended.
    pub(crate) fn lenient(bytes: &'a [u8], start: usize) -> Self {
        Self {
            lenient: true,
            ..Self::strict(bytes, start)
        }
    }

    /// Scans again what was scanned leniently, secrets dropped in between: all
    /// line breaks in strings are known to be wraps.
    pub(crate) fn again(bytes: &'a [u8], start: usize) -> Self {
        Self {
            joined: true,
            ..Self::lenient(bytes, start)
        }
    }

    /// Bytes from here on are not read yet.
    pub(crate) fn pos(&self) -> usize {
        self.pos
    }

    /// How many containers are open.
    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    /// The next token; `None` after the value's last.
    pub(crate) fn next(&mut self) -> Result<Option<Event>, Fault> {
        if self.state == State::Done {
            return Ok(None);
        }
        let mut byte = self.peek()?;
        if self.state == State::After {
            match byte {
                b',' => {
                    self.comma = self.pos;
                    self.pos += 1;
                    self.state = if self.in_object() { State::NextKey } else { State::NextElement };
                    byte = self.peek()?;
                }
                b'}' if self.in_object() => return Ok(Some(self.close(Token::ObjectEnd))),
                b']' if !self.in_object() => return Ok(Some(self.close(Token::ArrayEnd))),
                _ => return Err(self.unexpected()),
            }
        }
        match (self.state, byte) {
            (State::FirstKey | State::NextKey, b'"') => self.key().map(Some),
            (State::FirstKey, b'}') => Ok(Some(self.close(Token::ObjectEnd))),
            (State::FirstElement, b']') => Ok(Some(self.close(Token::ArrayEnd))),
            (State::NextKey, b'}') if self.lenient => {
                self.drop_comma();
                Ok(Some(self.close(Token::ObjectEnd)))
            }
            (State::NextElement, b']') if self.lenient => {
                self.drop_comma();
                Ok(Some(self.close(Token::ArrayEnd)))
            }
            (State::FirstKey | State::NextKey, _) => Err(self.unexpected()),
            (_, b'"') => {
                let event = self.string(Token::String)?;
                self.state = self.after();
                Ok(Some(event))
            }
            (_, b'{') => self.open(Token::ObjectStart, State::FirstKey).map(Some),
            (_, b'[') => self.open(Token::ArrayStart, State::FirstElement).map(Some),
            (_, b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => self.scalar(byte).map(Some),
            _ => Err(self.unexpected()),
        }
    }

    fn key(&mut self) -> Result<Event, Fault> {
        let event = self.string(Token::Key)?;
        if self.bytes.get(self.pos) != Some(&b':') && self.peek()? != b':' {
            return Err(self.unexpected());
        }
        self.pos += 1;
        self.state = State::Value;
        self.wrap = None;
        Ok(event)
    }

    fn open(&mut self, token: Token, state: State) -> Result<Event, Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(Fault {
                kind: FaultKind::Depth,
                at: self.pos,
            });
        }
        self.depth += 1;
        self.containers = (self.containers << 1) | u128::from(token == Token::ObjectStart);
        self.state = state;
        self.pos += 1;
        Ok(self.event(token, self.pos - 1))
    }

    fn close(&mut self, token: Token) -> Event {
        self.depth = self.depth.saturating_sub(1);
        self.containers >>= 1;
        self.state = self.after();
        self.wrap = None;
        self.pos += 1;
        self.event(token, self.pos - 1)
    }

    fn after(&self) -> State {
        if self.depth == 0 { State::Done } else { State::After }
    }

    fn in_object(&self) -> bool {
        self.containers & 1 == 1
    }

    fn drop_comma(&mut self) {
        self.mends.push(Mend {
            start: self.comma,
            end: self.comma + 1,
            kind: MendKind::TrailingComma,
        });
    }

    fn event(&self, token: Token, start: usize) -> Event {
        Event {
            token,
            start,
            end: self.pos,
            escaped: false,
        }
    }

    /// The next byte that is not white space; exotic ones are mended first.
    fn peek(&mut self) -> Result<u8, Fault> {
        loop {
            self.pos = text::skip_white(self.bytes, self.pos);
            match self.bytes.get(self.pos) {
                None => {
                    return Err(self.cut_before_wrap().unwrap_or(Fault {
                        kind: FaultKind::End,
                        at: self.pos,
                    }));
                }
                Some(&byte) if byte.is_ascii() && !matches!(byte, b'-' | b'(') => {
                    return Ok(byte);
                }
                Some(&byte) if !self.lenient => return Ok(byte),
                Some(&byte) => {
                    if let Some(byte) = self.exotic(byte) {
                        return Ok(byte);
                    }
                }
            }
        }
    }

    fn unexpected(&self) -> Fault {
        self.cut_before_wrap().unwrap_or(Fault {
            kind: FaultKind::Unexpected,
            at: self.pos,
        })
    }

    /// What follows a string that was read across line breaks does not fit: so
    /// the string did not go on, the text was cut there.
    fn cut_before_wrap(&self) -> Option<Fault> {
        let at = self.wrap?;
        Some(Fault { kind: FaultKind::End, at })
    }
}
