//! One pass over a JSON value: its outline (for recognition) and its secrets.

mod frames;

use std::ops::Range;

use crate::scan::{Event, Fault, Mend, Scanner, Token};
use crate::secrets::Mask;

use frames::Frames;

/// What kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Array,
    String,
    Scalar,
}

/// A member of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// Between the quotes of its name.
    pub(crate) key: Range<usize>,
    /// The value, with quotes and brackets; empty where it is not complete.
    pub(crate) value: Range<usize>,
    pub(crate) kind: Kind,
    /// Of an array: what its first element is.
    pub(crate) first: Option<Kind>,
    /// Of an inner member: index of the member that holds it.
    pub(crate) parent: usize,
}

/// Enough members to recognise by; what is beyond is not AWS output that is
/// read here.
const MAX_NODES: usize = 96;

/// What one pass found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Walk {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    /// Behind the value, or where scanning stopped.
    pub(crate) end: usize,
    /// Members of the value or, for an array, of its first element.
    pub(crate) members: Vec<Node>,
    /// Members of those members (for arrays: of their first element).
    pub(crate) inner: Vec<Node>,
    /// Of an array: what its first element is.
    pub(crate) first: Option<Kind>,
    /// Complete elements or members of the value itself.
    pub(crate) complete: usize,
    pub(crate) fault: Option<Fault>,
    pub(crate) mends: Vec<Mend>,
    pub(crate) masks: Vec<Mask>,
    /// A secret's value stood where scanning stopped: nothing from here on is
    /// safe until something else begins.
    pub(crate) leak: Option<usize>,
}

/// How to look for secrets.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Rules {
    /// How many strings this text was taken out of.
    pub(crate) level: u32,
    /// Every value is a secret.
    pub(crate) all: bool,
    /// The text holds an access key id somewhere.
    pub(crate) access_keys: bool,
}

/// Walks the value at `start`.
pub(crate) fn walk(text: &str, start: usize, rules: Rules) -> Walk {
    let mut scanner = Scanner::lenient(text.as_bytes(), start);
    let mut outline = Outline {
        members: Vec::with_capacity(8),
        inner: Vec::with_capacity(24),
        ..Outline::default()
    };
    let mut frames = Frames::new(text, rules);
    let mut fault = None;
    let mut kind = Kind::Scalar;
    let mut begun = false;
    loop {
        match scanner.next() {
            Ok(Some(event)) => {
                if !begun {
                    begun = true;
                    kind = kind_of(event.token);
                }
                let depth = scanner.depth();
                frames.take(&event);
                outline.take(&event, depth);
            }
            Ok(None) => break,
            Err(found) => {
                fault = Some(found);
                break;
            }
        }
    }
    let end = fault.map_or(scanner.pos(), |fault| fault.at).max(start);
    let mut mends = scanner.mends;
    let mut leak = None;
    if let Some(fault) = fault {
        mends.retain(|mend| mend.start < fault.at);
        leak = frames.cut(fault.at);
        // A string that turned out not to go on over a line break ends there.
        frames.masks.retain(|mask| mask.start < fault.at);
        for mask in &mut frames.masks {
            if mask.end > fault.at {
                *mask = Mask::over(text, mask.start, fault.at);
            }
        }
    }
    Walk {
        kind,
        start,
        end,
        members: outline.members,
        inner: outline.inner,
        first: outline.first,
        complete: outline.complete,
        fault,
        mends,
        masks: frames.masks,
        leak,
    }
}

const fn kind_of(token: Token) -> Kind {
    match token {
        Token::ObjectStart | Token::ObjectEnd => Kind::Object,
        Token::ArrayStart | Token::ArrayEnd => Kind::Array,
        Token::Key | Token::String => Kind::String,
        Token::Scalar => Kind::Scalar,
    }
}

/// Where the next key belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Into {
    Members,
    Inner,
}

#[derive(Debug, Default)]
struct Outline {
    members: Vec<Node>,
    inner: Vec<Node>,
    first: Option<Kind>,
    complete: usize,
    root_array: bool,
    begun: bool,
    /// Depth at which keys are members, and at which they are inner ones.
    member_depth: u32,
    inner_depth: Option<u32>,
}

impl Outline {
    fn take(&mut self, event: &Event, depth: u32) {
        // Deeper than any depth that the outline holds.
        if depth > 5 {
            return;
        }
        match event.token {
            Token::Key => self.key(event, depth),
            Token::ObjectStart | Token::ArrayStart => self.open(event, depth - 1),
            Token::ObjectEnd | Token::ArrayEnd => self.done(event.end, depth),
            Token::String => {
                self.kind(Kind::String, depth);
                self.value(event.start.saturating_sub(1)..event.end + 1, depth);
            }
            Token::Scalar => {
                self.kind(Kind::Scalar, depth);
                self.value(event.start..event.end, depth);
            }
        }
    }

    fn key(&mut self, event: &Event, depth: u32) {
        let into = if depth == self.member_depth {
            Into::Members
        } else if Some(depth) == self.inner_depth {
            Into::Inner
        } else {
            return;
        };
        let parent = self.members.len().saturating_sub(1);
        let list = match into {
            Into::Members => {
                self.inner_depth = None;
                &mut self.members
            }
            Into::Inner => &mut self.inner,
        };
        if list.len() < MAX_NODES {
            list.push(Node {
                key: event.start..event.end,
                value: 0..0,
                kind: Kind::Scalar,
                first: None,
                parent,
            });
        }
    }

    /// A container opens inside `outer` open ones.
    fn open(&mut self, event: &Event, outer: u32) {
        let kind = kind_of(event.token);
        if !self.begun {
            self.begun = true;
            self.root_array = kind == Kind::Array;
            self.member_depth = if self.root_array { 0 } else { 1 };
            return;
        }
        self.kind(kind, outer);
        if self.root_array && outer == 1 && kind == Kind::Object && self.complete == 0 {
            self.member_depth = 2;
            return;
        }
        if outer == self.member_depth {
            if let Some(member) = self.members.last_mut() {
                member.value.start = event.start;
            }
            self.inner_depth = (kind == Kind::Object).then_some(outer + 1);
        } else if outer == self.member_depth + 1
            && kind == Kind::Object
            && self.inner_depth.is_none()
            && self
                .members
                .last()
                .is_some_and(|member| member.kind == Kind::Array && member.first == Some(kind))
            && !self.seen_first()
        {
            self.inner_depth = Some(outer + 1);
        }
    }

    /// Whether the last member's first element was already outlined.
    fn seen_first(&self) -> bool {
        let parent = self.members.len().saturating_sub(1);
        self.inner.last().is_some_and(|node| node.parent == parent)
    }

    /// Notes what kind of value stands inside `depth` open containers.
    fn kind(&mut self, kind: Kind, depth: u32) {
        if self.root_array && depth == 1 {
            self.first.get_or_insert(kind);
        }
        if depth == self.member_depth {
            if let Some(member) = self.members.last_mut() {
                member.kind = kind;
            }
        } else if depth == self.member_depth + 1
            && let Some(member) = self.members.last_mut()
            && member.kind == Kind::Array
            && member.value.end == 0
        {
            member.first.get_or_insert(kind);
        }
        if Some(depth) == self.inner_depth
            && let Some(node) = self.inner.last_mut()
        {
            node.kind = kind;
        }
    }

    fn value(&mut self, range: Range<usize>, depth: u32) {
        if depth == 1 {
            self.complete += 1;
        }
        if depth == self.member_depth
            && let Some(member) = self.members.last_mut()
            && member.value.end == 0
        {
            member.value = range;
        } else if Some(depth) == self.inner_depth
            && let Some(node) = self.inner.last_mut()
        {
            node.value = range;
        }
    }

    /// A container closed; `depth` are still open.
    fn done(&mut self, end: usize, depth: u32) {
        if depth == 1 {
            self.complete += 1;
            if self.root_array {
                // Only the first element is outlined.
                self.member_depth = 0;
                self.inner_depth = None;
            }
        }
        if depth == self.member_depth {
            self.inner_depth = None;
            if let Some(member) = self.members.last_mut() {
                member.value.end = end;
            }
        } else if depth == self.member_depth + 1 && self.inner_depth == Some(depth + 1) {
            self.inner_depth = None;
        }
    }
}
