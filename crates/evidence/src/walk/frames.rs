//! Secrets by where they stand: what the open containers are.

use crate::scan::{Event, Token};
use crate::secrets::names::{find_access_key, is_credential, is_secret_member};
use crate::secrets::{Mask, apply, mask_prose};

use super::Rules;

/// How many times a string is looked into as JSON inside JSON.
const MAX_LEVEL: u32 = 4;

/// What a member's name means for secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Class {
    #[default]
    Plain,
    Secret,
    Name,
    Value,
    Type,
    /// Holds `name`/`value` pairs of environment variables.
    Environment,
    /// Holds Parameter Store parameters.
    Parameters,
    /// Holds variables by their names.
    Variables,
    /// Free text that may quote anything.
    Prose,
}

fn classify(key: &[u8]) -> Class {
    match key {
        b"name" | b"Name" => Class::Name,
        b"value" | b"Value" => Class::Value,
        b"Type" | b"type" => Class::Type,
        b"environment" | b"Environment" | b"EnvironmentVariables" | b"environmentVariables" => Class::Environment,
        b"Parameter" | b"Parameters" => Class::Parameters,
        b"Variables" | b"variables" | b"options" | b"labels" | b"dockerLabels" | b"DockerLabels" => Class::Variables,
        // A mount's options hold user and password under names of the driver's own: `{"o": "username=…,password=…"}`.
        b"driverOpts" | b"DriverOpts" => Class::Secret,
        b"message" | b"command" | b"entryPoint" | b"Command" => Class::Prose,
        key if is_secret_member(key) => Class::Secret,
        _ => Class::Plain,
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Frame {
    /// The class of the member that holds this container.
    class: Class,
    name: Option<(usize, usize)>,
    value: Option<(usize, usize)>,
    typed: bool,
    parameter: bool,
    /// Has a member that no parameter has.
    foreign: bool,
}

impl Frame {
    /// Whether what is there so far may be a parameter of Parameter Store.
    const fn may_be_parameter(&self) -> bool {
        !self.foreign && (self.parameter || !self.typed)
    }
}

/// Members of a parameter besides its name, type and value.
fn is_parameters(key: &[u8]) -> bool {
    matches!(
        key,
        b"Version"
            | b"LastModifiedDate"
            | b"LastModifiedUser"
            | b"ARN"
            | b"DataType"
            | b"Tier"
            | b"Policies"
            | b"Selector"
            | b"SourceResult"
            | b"KeyId"
            | b"Labels"
            | b"Description"
            | b"AllowedPattern"
    )
}

#[derive(Debug)]
pub(super) struct Frames<'a> {
    text: &'a str,
    level: u32,
    stack: Vec<Frame>,
    /// The class of the member whose value comes next.
    pending: Class,
    key: (usize, usize),
    /// Behind the last token.
    seen: usize,
    /// In how many open containers everything is secret.
    poisoned: u32,
    /// Where the last value that was a secret, or may be one, starts; `None`
    /// once something harmless came behind it.
    last: Option<usize>,
    /// Whether the text holds an access key id at all.
    has_access_key: bool,
    pub(super) masks: Vec<Mask>,
}

impl<'a> Frames<'a> {
    pub(super) fn new(text: &'a str, rules: Rules) -> Self {
        Self {
            text,
            level: rules.level,
            stack: Vec::with_capacity(8),
            pending: Class::Plain,
            key: (0, 0),
            seen: 0,
            poisoned: u32::from(rules.all),
            last: None,
            has_access_key: rules.access_keys,
            masks: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, event: &Event) {
        self.seen = event.end + usize::from(matches!(event.token, Token::Key | Token::String));
        match event.token {
            Token::Key => {
                let key = self.text.as_bytes().get(event.start..event.end);
                self.pending = key.map_or(Class::Plain, classify);
                if self.pending == Class::Plain
                    && let Some(frame) = self.stack.last_mut()
                    && !key.is_some_and(is_parameters)
                {
                    frame.foreign = true;
                }
                self.key = (event.start, event.end);
                self.last = None;
            }
            Token::String => self.string(event),
            Token::Scalar => {
                if self.poisoned > 0 || self.pending == Class::Secret {
                    self.number(event);
                }
                self.settle();
            }
            Token::ObjectStart | Token::ArrayStart => self.open(),
            Token::ObjectEnd | Token::ArrayEnd => self.close(),
        }
    }

    /// The class that values of the inmost container inherit.
    fn class(&self) -> Class {
        self.stack.last().map_or(Class::Plain, |frame| frame.class)
    }

    fn settle(&mut self) {
        self.pending = Class::Plain;
    }

    fn open(&mut self) {
        let class = match self.pending {
            Class::Plain if self.in_array() => self.class(),
            Class::Value if self.class() == Class::Parameters => Class::Secret,
            pending => pending,
        };
        if self.poisoned > 0 || class == Class::Secret {
            self.poisoned += 1;
        }
        self.stack.push(Frame { class, ..Frame::default() });
        self.key = (0, 0);
        self.settle();
    }

    /// Whether the next value has no name of its own.
    fn in_array(&self) -> bool {
        self.key == (0, 0)
    }

    fn close(&mut self) {
        self.poisoned = self.poisoned.saturating_sub(1);
        if let Some(frame) = self.stack.pop() {
            self.decide(&frame, false);
        }
        self.key = (0, 0);
        self.settle();
        self.last = None;
    }

    /// Whether the frame's `value` is a secret.
    fn decide(&mut self, frame: &Frame, cut: bool) {
        let Some((start, end)) = frame.value else {
            return;
        };
        let secret = match frame.class {
            Class::Environment => match frame.name {
                Some((from, to)) => is_credential(self.slice(from, to), self.slice(start, end)),
                None => true,
            },
            Class::Parameters => true,
            _ if cut => frame.may_be_parameter(),
            _ => frame.name.is_some() && frame.parameter,
        };
        if secret {
            self.mask(start, end);
        }
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn mask(&mut self, start: usize, end: usize) {
        if end > start {
            self.masks.push(Mask::over(self.text, start, end));
        }
    }

    fn number(&mut self, event: &Event) {
        let text = self.slice(event.start, event.end);
        if !matches!(text, "null" | "true" | "false") {
            self.masks.push(Mask {
                start: event.start,
                end: event.end,
                with: format!("\"{}\"", crate::secrets::MASK),
            });
        }
    }

    fn string(&mut self, event: &Event) {
        let (start, end) = (event.start, event.end);
        let pending = self.pending;
        let named = !self.in_array();
        self.settle();
        self.last = None;
        if self.poisoned > 0 || pending == Class::Secret {
            self.mask(start, end);
            self.last = Some(start);
            return;
        }
        let class = self.class();
        if let Some(frame) = self.stack.last_mut() {
            match pending {
                Class::Name => frame.name = Some((start, end)),
                Class::Value => {
                    frame.value = Some((start, end));
                    if matches!(class, Class::Environment | Class::Parameters) {
                        self.last = Some(start);
                    }
                }
                Class::Type => {
                    frame.typed = true;
                    frame.parameter = matches!(self.text.get(start..end), Some("String" | "StringList" | "SecureString"));
                }
                _ => {}
            }
        }
        if named && class == Class::Variables {
            let (from, to) = self.key;
            if is_credential(self.slice(from, to), self.slice(start, end)) {
                self.mask(start, end);
                return;
            }
        }
        let prose = pending == Class::Prose || (!named && class == Class::Prose);
        if end - start >= 16 && (event.escaped || prose) {
            self.inside(start, end, event.escaped);
        } else if self.has_access_key && end - start >= 16 {
            let mut at = 0;
            while let Some((from, to)) = find_access_key(self.slice(start, end), at) {
                self.mask(start + from, start + to);
                at = to;
            }
        }
    }

    /// Looks into a string: JSON inside JSON, or prose.
    fn inside(&mut self, start: usize, end: usize, escaped: bool) {
        if !escaped {
            mask_prose(self.text, start, end, &mut self.masks);
            return;
        }
        let quoted = self.slice(start.saturating_sub(1), end + 1);
        let inner: Option<String> = serde_json::from_str(quoted).ok();
        let Some(inner) = inner.filter(|_| self.level < MAX_LEVEL) else {
            mask_prose(self.text, start, end, &mut self.masks);
            return;
        };
        let mut masks = Vec::new();
        let open = inner.len() - inner.trim_start().len();
        if inner.trim_start().starts_with(['{', '[']) {
            let walk = super::walk(
                &inner,
                open,
                Rules {
                    level: self.level + 1,
                    all: false,
                    access_keys: true,
                },
            );
            masks = walk.masks;
            if let Some(leak) = walk.leak {
                masks.push(Mask::over(&inner, leak, inner.len()));
            }
            if walk.fault.is_some() {
                mask_prose(&inner, walk.end, inner.len(), &mut masks);
            }
        } else {
            mask_prose(&inner, 0, inner.len(), &mut masks);
        }
        if masks.is_empty() {
            return;
        }
        let inner = apply(&inner, masks);
        if let Ok(quoted) = serde_json::to_string(&inner) {
            let with = quoted.strip_prefix('"').unwrap_or(&quoted);
            let with = with.strip_suffix('"').unwrap_or(with).to_owned();
            self.masks.push(Mask { start, end, with });
        }
    }

    /// What was read of a value before the cut.
    fn partial(&mut self, from: usize, at: usize) {
        if at < from + 8 {
            return;
        }
        mask_prose(self.text, from, at, &mut self.masks);
        let part = self.slice(from, at);
        let Some(quote) = part.find('"').filter(|_| part.contains('\\')) else {
            return;
        };
        // The cut may stand inside an escape, at most 12 bytes of two.
        let string = part.get(quote..).unwrap_or_default();
        let inner = (0..=12).find_map(|less| {
            let whole = string.get(..string.len().checked_sub(less)?)?;
            serde_json::from_str::<String>(&format!("{whole}\"")).ok()
        });
        let Some(inner) = inner.filter(|inner| inner.trim_start().starts_with(['{', '['])) else {
            return;
        };
        let open = inner.len() - inner.trim_start().len();
        let rules = Rules {
            level: self.level + 1,
            all: self.level >= MAX_LEVEL,
            access_keys: true,
        };
        let walk = super::walk(&inner, open, rules);
        if walk.leak.is_some() || !walk.masks.is_empty() {
            self.mask(from + quote + 1, at);
        }
    }

    /// The text is cut, or not JSON any more, at `at`: decides on what is open,
    /// and answers from where on the text may be a secret's.
    pub(super) fn cut(&mut self, at: usize) -> Option<usize> {
        let stack = std::mem::take(&mut self.stack);
        let class = stack.last().map_or(Class::Plain, |frame| frame.class);
        for frame in stack.iter().rev() {
            self.decide(frame, true);
        }
        let value_open = self.pending == Class::Secret
            || (self.pending == Class::Value
                && (matches!(class, Class::Environment | Class::Parameters) || stack.last().is_some_and(Frame::may_be_parameter)))
            || (class == Class::Variables && self.key != (0, 0) && self.pending == Class::Plain);
        if value_open || self.poisoned > 0 {
            return Some(self.last.unwrap_or(self.seen).min(at));
        }
        self.partial(self.seen.min(at), at);
        self.last.map(|last| last.min(at))
    }
}
