//! Data of the paste inside each format: nothing that a customer's text holds may act as markup or move a cursor.

use std::fmt::Write;

/// Whether a character is invisible or acts on its surroundings: controls (ANSI sequences begin with one), marks that
/// turn the writing direction (Unicode TR 36's spoofing advice), line separators, zero-width space, byte order mark, tags,
/// and the noncharacters, which the HTML standard allows in no page.
pub fn acts(c: char) -> bool {
    c.is_control()
        || u32::from(c) & 0xfffe == 0xfffe
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fdd0}'..='\u{fdef}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Appends running text on one line: white space becomes a space, what [`acts`] becomes readable (`\u{1b}`).
pub(crate) fn line(out: &mut String, text: &str) {
    for c in text.chars() {
        visible(out, if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
    }
}

/// The lines of a verbatim text, each made readable; tabs stay.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|line| {
        let mut out = String::with_capacity(line.len());
        for c in line.chars() {
            if c == '\t' { out.push(c) } else { visible(&mut out, c) }
        }
        out
    })
}

fn visible(out: &mut String, c: char) {
    if acts(c) {
        out.extend(c.escape_unicode());
    } else {
        out.push(c);
    }
}

/// Appends text as HTML character data or as a quoted attribute's value.
pub(crate) fn html(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// Appends running text as Markdown (CommonMark and GitHub's extensions) that reads as exactly this text.
///
/// `starts` says that the text begins a block, where a few more characters act.
pub(crate) fn markdown(out: &mut String, text: &str, starts: bool) {
    let mut start = starts;
    let mut digits = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let acts = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#' | '$' | '^' | '{' | '}' => true,
            '-' | '+' | '=' => start,
            // GitHub makes links of bare addresses, `www.` and `://`.
            '.' => digits || out.ends_with("www"),
            ')' => digits,
            ':' => rest.peek() == Some(&'/'),
            _ => false,
        };
        if acts {
            out.push('\\');
        }
        out.push(c);
        digits = (start || digits) && c.is_ascii_digit();
        start = start && c == ' ';
    }
}

/// Appends data as a Markdown code span; nothing where there is nothing to show.
///
/// `cell` says that it stands in a table, where a bar ends the cell even in code.
pub(crate) fn markdown_code(out: &mut String, text: &str, cell: bool) {
    if text.trim().is_empty() {
        return;
    }
    let fence = "`".repeat(longest_run(text).saturating_add(1));
    let text = if cell { text.replace('|', "\\|") } else { text.to_owned() };
    // One space on both sides is taken off again by the reader of Markdown.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    // Writing to a string cannot fail.
    let _ = write!(out, "{fence}{pad}{text}{pad}{fence}");
}

/// A fence longer than every run of backticks in the text, for a Markdown code block.
pub(crate) fn markdown_fence(text: &str) -> String {
    "`".repeat(longest_run(text).saturating_add(1).max(3))
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(escape: impl Fn(&mut String)) -> String {
        let mut out = String::new();
        escape(&mut out);
        out
    }

    #[test]
    fn what_acts_becomes_readable() {
        assert_eq!(with(|out| line(out, "a\u{1b}[31mb\nc\u{202e}d")), "a\\u{1b}[31mb c\\u{202e}d");
        assert_eq!(
            with(|out| line(out, "\u{fdcf}\u{fdd0}\u{fdef}\u{ffff}\u{2fffe}")),
            "\u{fdcf}\\u{fdd0}\\u{fdef}\\u{ffff}\\u{2fffe}"
        );
        assert_eq!(lines("a\tb\r\nc\u{7}").collect::<Vec<_>>(), ["a\tb", "c\\u{7}"]);
    }

    #[test]
    fn markdown_reads_as_the_text() {
        assert_eq!(with(|out| markdown(out, "1. a-b", true)), "1\\. a-b");
        assert_eq!(with(|out| markdown(out, "- x", true)), "\\- x");
        assert_eq!(with(|out| markdown(out, "see www.x https://y", false)), "see www\\.x https\\://y");
        assert_eq!(with(|out| markdown_code(out, "a`b", false)), "``a`b``");
        assert_eq!(with(|out| markdown_code(out, "`a", false)), "`` `a ``");
        assert_eq!(with(|out| markdown_code(out, "a|b", true)), "`a\\|b`");
        assert_eq!(with(|out| markdown_code(out, " ", true)), "");
    }
}
