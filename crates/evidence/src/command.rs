//! Command lines: where they end, and what they call.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::Command;
use crate::operation::Operation;

/// Dashes that word processors and input methods make of `-`.
pub(crate) const fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '\u{fe63}' | '\u{30fc}' | '\u{ff70}'
    )
}

/// A word of a command line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    /// Whether its value depends on a variable that is not known.
    unknown: bool,
}

/// Values that the paste sets above a command.
pub(crate) type Variables = BTreeMap<String, Option<String>>;

/// How many lines one command may go on for.
const MAX_LINES: usize = 400;

/// Reads shell words from where `aws` stands.
struct Shell<'a> {
    text: &'a str,
    pos: usize,
    variables: &'a Variables,
    ticked: bool,
    lines: usize,
}

/// Where the command that starts at `start` ends.
pub(crate) fn end_of(text: &str, start: usize) -> usize {
    let variables = Variables::new();
    let mut shell = Shell::new(text, start, &variables);
    while shell.word().is_some() {}
    let end = shell.pos;
    text.get(start..end).map_or(end, |command| start + command.trim_end().len())
}

/// What the command at `range` of the text calls; `None` where it is no
/// operation of the table.
pub(crate) fn parse(text: &str, range: Range<usize>, variables: &Variables) -> Option<Command> {
    let rest = text.get(range.end..).unwrap_or_default().trim_start_matches([' ', '\t']);
    let mut shell = Shell::new(text.get(..range.end)?, range.start, variables);
    let mut words = Vec::new();
    while let Some(word) = shell.word() {
        words.push(word);
    }
    let mut piped = rest.starts_with('|') && !rest.starts_with("||");
    if piped {
        // `| cat` and `| tee` change nothing.
        let program = rest.trim_start_matches('|').split_whitespace().next();
        piped = !matches!(program, Some("cat" | "tee" | "less" | "more"));
    }
    let mut command = interpret(words.into_iter().skip(1))?;
    command.piped = piped;
    let named = |name: &str| variables.get(name).cloned().flatten();
    command.region = named("AWS_REGION").or_else(|| named("AWS_DEFAULT_REGION"));
    command.profile = named("AWS_PROFILE").or_else(|| named("AWS_DEFAULT_PROFILE"));
    Some(command)
}

/// The options of the call that starts at `start`, whatever it calls, each with one of its values.
pub(crate) fn option_values(text: &str, start: usize) -> Vec<(String, String)> {
    let variables = Variables::new();
    let mut shell = Shell::new(text, start, &variables);
    let mut values = Vec::new();
    let mut current: Option<String> = None;
    while let Some(word) = shell.word() {
        match option_name(&word.text) {
            Some(name) => {
                let (name, value) = name.split_once('=').unwrap_or((name, ""));
                values.push((name.to_owned(), value.to_owned()));
                current = Some(name.to_owned());
            }
            None => values.extend(current.clone().map(|name| (name, word.text))),
        }
    }
    values
}

fn interpret(words: impl Iterator<Item = Word>) -> Option<Command> {
    let mut positional: Vec<String> = Vec::new();
    let mut options: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut unknown = Vec::new();
    let mut current: Option<String> = None;
    for word in words {
        if let Some(name) = option_name(&word.text) {
            let (name, value) = match name.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (name, None),
            };
            let values = options.entry(name.to_owned()).or_default();
            if word.unknown {
                unknown.push(name.to_owned());
            }
            current = match value {
                Some(value) => {
                    values.push(value.to_owned());
                    None
                }
                None if name.starts_with("no-") || name == "debug" => None,
                None => Some(name.to_owned()),
            };
            continue;
        }
        match &current {
            Some(name) => {
                if word.unknown {
                    unknown.push(name.clone());
                }
                options.entry(name.clone()).or_default().push(word.text);
                if positional.len() < 2 {
                    current = None;
                }
            }
            None => positional.push(word.text),
        }
    }
    for name in unknown {
        options.remove(&name);
    }
    let mut positional = positional.into_iter();
    let operation = Operation::from_words(&positional.next()?, &positional.next()?)?;
    let mut command = Command::new(operation);
    command.options = options;
    Some(command)
}

fn option_name(word: &str) -> Option<&str> {
    let name = word.trim_start_matches(is_dash);
    let dashes = word.get(..word.len() - name.len())?;
    // One long dash is what became of two.
    let two = dashes.chars().count() >= 2 || dashes.chars().any(|c| c != '-');
    (two && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(name)
}

impl<'a> Shell<'a> {
    fn new(text: &'a str, start: usize, variables: &'a Variables) -> Self {
        let ticked = text.get(..start).is_some_and(|before| before.ends_with('`'));
        Self {
            text,
            pos: start,
            variables,
            ticked,
            lines: 0,
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.pos..).unwrap_or_default()
    }

    /// Blanks and continued line ends; `false` at the command's end.
    fn skip_blanks(&mut self) -> bool {
        loop {
            let rest = self.rest();
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}', '\u{3000}']).len();
            self.pos += blanks;
            let rest = self.rest();
            if let Some(skip) = continued(rest).or_else(|| optioned(rest)) {
                self.lines += 1;
                if self.lines > MAX_LINES {
                    return false;
                }
                self.pos += skip;
                continue;
            }
            return match rest.chars().next() {
                None | Some('\n' | '|' | ';' | '>' | '&' | ')' | '」' | '』') => false,
                Some('`') if self.ticked => false,
                Some('#') => false,
                Some('2') if rest.starts_with("2>") => false,
                Some(_) => true,
            };
        }
    }

    fn word(&mut self) -> Option<Word> {
        if !self.skip_blanks() {
            return None;
        }
        let mut word = Word {
            text: String::new(),
            unknown: false,
        };
        while let Some(c) = self.rest().chars().next() {
            match c {
                ' ' | '\t' | '\n' | '\u{a0}' | '\u{3000}' | '|' | ';' | ')' | '」' | '』' => {
                    break;
                }
                '>' | '&' => break,
                '`' if self.ticked || continued(self.rest()).is_some() => break,
                '\\' | '^' if continued(self.rest()).is_some() => break,
                '\'' | '\u{2018}' | '\u{2019}' => self.single(&mut word),
                '"' | '\u{201c}'..='\u{201f}' => self.double(&mut word),
                '\\' => {
                    self.pos += 1;
                    if let Some(next) = self.rest().chars().next() {
                        word.text.push(next);
                        self.pos += next.len_utf8();
                    }
                }
                '$' => self.variable(&mut word),
                '`' => {
                    word.unknown = true;
                    self.pos += 1;
                }
                '%' => self.percent(&mut word),
                c => {
                    word.text.push(c);
                    self.pos += c.len_utf8();
                }
            }
        }
        Some(word)
    }

    fn single(&mut self, word: &mut Word) {
        self.quoted(word, |c| matches!(c, '\'' | '\u{2018}' | '\u{2019}'), false);
    }

    fn double(&mut self, word: &mut Word) {
        self.quoted(word, |c| matches!(c, '"' | '\u{201c}'..='\u{201f}'), true);
    }

    fn quoted(&mut self, word: &mut Word, closes: fn(char) -> bool, escapes: bool) {
        let open = self.rest().chars().next().map_or(1, char::len_utf8);
        let begin = self.pos;
        self.pos += open;
        let before = (word.text.len(), self.lines);
        while let Some(c) = self.rest().chars().next() {
            if closes(c) {
                self.pos += c.len_utf8();
                return;
            }
            match c {
                '\\' if escapes => {
                    self.pos += 1;
                    match self.rest().chars().next() {
                        Some(next @ ('"' | '\\' | '$' | '`')) => {
                            word.text.push(next);
                            self.pos += 1;
                        }
                        Some('\n') => self.pos += 1,
                        _ => word.text.push('\\'),
                    }
                }
                '$' if escapes => self.variable(word),
                '\n' => {
                    self.lines += 1;
                    let ends = self.rest().get(1..).is_none_or(|next| {
                        let line = next.split('\n').next().unwrap_or_default().trim();
                        line.is_empty() || crate::lines::looks_like_prompt(line.as_bytes())
                    });
                    if self.lines > MAX_LINES || ends {
                        break;
                    }
                    word.text.push('\n');
                    self.pos += 1;
                }
                c => {
                    word.text.push(c);
                    self.pos += c.len_utf8();
                }
            }
        }
        // Never closed: an apostrophe, not a quote.
        word.text.truncate(before.0);
        self.lines = before.1;
        self.pos = begin + open;
    }

    /// `$NAME`, `${NAME}`, `$(…)`.
    fn variable(&mut self, word: &mut Word) {
        self.pos += 1;
        let rest = self.rest();
        if let Some(inner) = rest.strip_prefix('(') {
            word.unknown = true;
            let line = inner.split('\n').next().unwrap_or_default();
            self.pos += 1 + line.find(')').map_or(line.len(), |at| at + 1);
            return;
        }
        let braced = rest.strip_prefix('{');
        let inner = braced.unwrap_or(rest);
        let len = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        let name = inner.get(..len).unwrap_or_default();
        self.pos += len;
        if braced.is_some() {
            let close = inner.get(len..).is_some_and(|rest| rest.starts_with('}'));
            self.pos += 1 + usize::from(close);
        }
        self.substitute(name, word);
    }

    /// `%NAME%` of the Windows command prompt.
    fn percent(&mut self, word: &mut Word) {
        let rest = self.rest();
        let inner = rest.get(1..).unwrap_or_default();
        let len = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        if len > 0 && inner.get(len..).is_some_and(|rest| rest.starts_with('%')) {
            self.pos += len + 2;
            self.substitute(inner.get(..len).unwrap_or_default(), word);
        } else {
            word.text.push('%');
            self.pos += 1;
        }
    }

    fn substitute(&mut self, name: &str, word: &mut Word) {
        match self.variables.get(name) {
            Some(Some(value)) => word.text.push_str(value),
            _ => word.unknown = true,
        }
    }
}

/// The length of a line continuation at the start of `rest`, with the next
/// line's own prompt.
fn continued(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix(['\\', '^', '`', '¥'])?;
    let blank = after.trim_start_matches([' ', '\t']);
    let next = blank.strip_prefix('\n')?;
    let next = next.trim_start_matches([' ', '\t']);
    let next = next.strip_prefix("> ").unwrap_or(next);
    Some(rest.len() - next.len())
}

/// A line end whose next line starts with an option goes on too: mail programs
/// wrap there.
fn optioned(rest: &str) -> Option<usize> {
    let next = rest.strip_prefix('\n')?.trim_start_matches([' ', '\t']);
    let name = next.trim_start_matches(is_dash);
    let dashes = next.get(..next.len() - name.len())?;
    let two = dashes.chars().count() == 2 || matches!(dashes, "–" | "—");
    let word = name.split(|c: char| !c.is_ascii_lowercase() && c != '-').next()?;
    (two && word.len() >= 3).then(|| rest.len() - next.len())
}
