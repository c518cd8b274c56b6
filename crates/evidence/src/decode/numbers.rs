//! Line numbers that an editor, a page or `cat -n` put before the lines of a document.

/// A text without its line numbers.
pub(super) struct Unnumbered {
    pub(super) text: String,
    /// The first line that had one, from 1, and how many had.
    pub(super) first: usize,
    pub(super) count: usize,
}

/// Takes line numbers away where they are certain: a document opens after a number, and the next line has the next number with the same
/// mark behind it. `None` where there are none.
pub(super) fn without(text: &str) -> Option<Unnumbered> {
    if !may_have(text) {
        return None;
    }
    let mut out: Option<Unnumbered> = None;
    let mut expected: Option<(u32, Mark)> = None;
    let mut lines = text.split_inclusive('\n').enumerate().peekable();
    let mut kept = 0;
    while let Some((index, line)) = lines.next() {
        let start = kept;
        kept += line.len();
        let Some((number, mark, rest)) = numbered(line) else {
            if let Some(out) = &mut out {
                out.text.push_str(line);
            }
            continue;
        };
        let next = lines.peek().and_then(|(_, line)| numbered(line));
        let opens = rest.trim_start().starts_with(['{', '['])
            && next.is_some_and(|(next, other, _)| number.checked_add(1) == Some(next) && other == mark);
        let goes_on = expected.is_some_and(|(next, known)| next == number && mark.is_none_or(|mark| mark == known));
        if !goes_on && !opens {
            if let Some(out) = &mut out {
                out.text.push_str(line);
            }
            continue;
        }
        let known = mark.or(expected.map(|(_, known)| known)).unwrap_or(b' ');
        expected = number.checked_add(1).map(|next| (next, known));
        let out = out.get_or_insert_with(|| Unnumbered {
            text: text.get(..start).unwrap_or_default().to_owned(),
            first: index + 1,
            count: 0,
        });
        out.count += 1;
        out.text.push_str(rest);
    }
    out
}

/// What stands between a number and its line: a colon, a bar, or white space.
type Mark = u8;

/// The number before a line, its mark, and the line itself. A blank line has only its number.
fn numbered(line: &str) -> Option<(u32, Option<Mark>, &str)> {
    let at = line.trim_start_matches([' ', '\t']);
    let digits = at.bytes().take(7).take_while(u8::is_ascii_digit).count();
    let number = at.get(..digits)?.parse().ok()?;
    let behind = at.get(digits..)?;
    let marked = behind.trim_start_matches(' ');
    match (marked.as_bytes().first()?, behind.as_bytes().first()?) {
        (b'\n', _) => Some((number, None, marked)),
        (mark @ (b'|' | b':'), _) => Some((number, Some(*mark), marked.get(1..)?)),
        (_, b' ' | b'\t') => Some((number, Some(b' '), behind.get(1..)?)),
        _ => None,
    }
}

/// Whether a bracket stands behind a number anywhere: almost no text, so almost none is looked at line by line.
fn may_have(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'{', b'[', bytes).any(|at| {
        let before = bytes.get(at.saturating_sub(24)..at).unwrap_or_default();
        let mut before = before.iter().rev().skip_while(|byte| matches!(byte, b' ' | b'\t' | b'|' | b':'));
        before.next().is_some_and(u8::is_ascii_digit)
    })
}
