//! Bytes to text: encodings, line ends, what terminals and mail programs add.
//! The number of lines never changes.

mod numbers;
mod sjis;

use std::borrow::Cow;

use crate::problem::{Problem, Repair, RepairKind};
use crate::{advice, archive};

/// A text with what was done to get it.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) repairs: Vec<Repair>,
    pub(crate) problems: Vec<Problem>,
}

/// Decodes and cleans bytes.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    let mut out = Decoded::default();
    if archive::is_archive(bytes) {
        out.problems.push(advice::archive());
        return out;
    }
    let text = out.characters(bytes);
    // One look for all three: most pastes have none of them.
    out.text = match memchr::memchr3(b'\r', 0x1b, b'>', text.as_bytes()) {
        None => text.into_owned(),
        Some(_) => {
            let text = out.escapes(text);
            out.quotes(text)
        }
    };
    if let Some(numbered) = numbers::without(&out.text) {
        out.repaired(RepairKind::LineNumbers, numbered.first, numbered.count);
        out.text = numbered.text;
    }
    out
}

/// The name of a file in an archive: archives made on Windows in Japan write it in Shift_JIS.
pub(crate) fn name(bytes: &[u8]) -> String {
    Decoded::default().eight_bit(bytes).into_owned()
}

impl Decoded {
    fn repaired(&mut self, kind: RepairKind, line: usize, count: usize) {
        self.repairs.push(Repair { kind, line, count });
    }

    fn characters<'a>(&mut self, bytes: &'a [u8]) -> Cow<'a, str> {
        if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
            self.repaired(RepairKind::ByteOrderMark, 1, 1);
            return self.eight_bit(rest);
        }
        if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
            self.repaired(RepairKind::ByteOrderMark, 1, 1);
            return self.utf16(rest, u16::from_le_bytes);
        }
        if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
            self.repaired(RepairKind::ByteOrderMark, 1, 1);
            return self.utf16(rest, u16::from_be_bytes);
        }
        // Without a mark, every second byte of ASCII in UTF-16 is zero.
        let head = bytes.get(..bytes.len().min(512)).unwrap_or_default();
        let zeros = |from: usize| {
            let all = head.iter().skip(from).step_by(2);
            let zeros = all.clone().filter(|&&byte| byte == 0).count();
            head.len() >= 4 && zeros * 10 >= all.count() * 6
        };
        if zeros(1) && !zeros(0) {
            return self.utf16(bytes, u16::from_le_bytes);
        }
        if zeros(0) && !zeros(1) {
            return self.utf16(bytes, u16::from_be_bytes);
        }
        self.eight_bit(bytes)
    }

    fn utf16<'a>(&mut self, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'a, str> {
        self.repaired(RepairKind::Utf16, 1, 1);
        let units = bytes.chunks_exact(2).filter_map(|pair| pair.first_chunk::<2>().copied()).map(unit);
        let mut text = String::with_capacity(bytes.len() / 2);
        let mut broken = bytes.len() % 2 == 1;
        for c in char::decode_utf16(units) {
            broken |= c.is_err();
            text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if broken {
            self.problems.push(advice::not_text());
        }
        Cow::Owned(text)
    }

    fn eight_bit<'a>(&mut self, bytes: &'a [u8]) -> Cow<'a, str> {
        if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
            return Cow::Borrowed(text);
        }
        if let Some(text) = sjis::decode(bytes) {
            self.repaired(RepairKind::ShiftJis, 1, 1);
            return Cow::Owned(text);
        }
        self.problems.push(advice::not_text());
        String::from_utf8_lossy(bytes)
    }

    /// Line ends and terminal escapes.
    fn escapes<'a>(&mut self, text: Cow<'a, str>) -> Cow<'a, str> {
        if memchr::memchr2(b'\r', 0x1b, text.as_bytes()).is_none() {
            return text;
        }
        let mut out = String::with_capacity(text.len());
        let (mut ends, mut ansi) = (0, 0);
        let (mut first_end, mut first_ansi) = (1, 1);
        let mut line = 1;
        let mut rest = text.as_ref();
        while let Some(at) = memchr::memchr2(b'\r', 0x1b, rest.as_bytes()) {
            let (before, after) = rest.split_at(at);
            line += memchr::memchr_iter(b'\n', before.as_bytes()).count();
            out.push_str(before);
            if after.starts_with('\r') {
                // One line end, however many returns a transfer has added.
                let next = after.trim_start_matches('\r');
                rest = next.strip_prefix('\n').unwrap_or(next);
                out.push('\n');
                if ends == 0 {
                    first_end = line;
                }
                ends += 1;
                line += 1;
            } else {
                rest = after_escape(after);
                if ansi == 0 {
                    first_ansi = line;
                }
                ansi += 1;
            }
        }
        out.push_str(rest);
        if ends > 0 {
            self.repaired(RepairKind::LineEnds, first_end, ends);
        }
        if ansi > 0 {
            self.repaired(RepairKind::Ansi, first_ansi, ansi);
        }
        Cow::Owned(out)
    }

    /// An e-mail's quote marks.
    fn quotes(&mut self, text: Cow<'_, str>) -> String {
        if !text.starts_with('>') && memchr::memmem::find(text.as_bytes(), b"\n>").is_none() {
            return text.into_owned();
        }
        let mut out = String::with_capacity(text.len());
        let (mut first, mut count) = (0, 0);
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let mut rest = line;
            while let Some(inner) = rest.strip_prefix('>') {
                rest = inner.strip_prefix(' ').unwrap_or(inner);
            }
            if rest.len() != line.len() {
                if count == 0 {
                    first = index + 1;
                }
                count += 1;
            }
            out.push_str(rest);
        }
        self.repaired(RepairKind::MailQuotes, first, count);
        out
    }
}

/// What follows a terminal escape sequence.
fn after_escape(text: &str) -> &str {
    let rest = text.strip_prefix('\u{1b}').unwrap_or(text);
    let end = |c: char| ('@'..='~').contains(&c);
    if let Some(control) = rest.strip_prefix('[') {
        // A sequence is short; what is longer is none.
        let at = control.char_indices().take(40).find(|&(_, c)| end(c) || c == '\n');
        return match at {
            Some((at, c)) if c != '\n' => control.get(at + 1..).unwrap_or_default(),
            _ => control,
        };
    }
    if let Some(title) = rest.strip_prefix(']') {
        let Some(at) = title.find(['\n', '\u{7}', '\u{1b}']) else {
            return title;
        };
        let rest = title.get(at..).unwrap_or_default();
        return rest
            .strip_prefix('\u{7}')
            .or_else(|| rest.strip_prefix("\u{1b}\\"))
            .unwrap_or(if rest.starts_with('\n') { title } else { rest });
    }
    let mut chars = rest.chars();
    match chars.next() {
        Some('(' | ')') => {
            chars.next();
            chars.as_str()
        }
        Some('=' | '>' | '7' | '8' | 'M') => chars.as_str(),
        _ => rest,
    }
}
