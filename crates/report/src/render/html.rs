//! One page that stands alone: readable without colour, in light and dark, and on paper; no script, nothing loaded.

use crate::escape;
use crate::lang::Lang;
use crate::view::{Block, Inline, Line, Marks};

const STYLE: &str = include_str!("report.css");

pub(super) fn render(title: Line, blocks: &[Block], lang: Lang) -> String {
    let mut out = String::with_capacity(16 * 1024);
    out.push_str("<!doctype html>\n<html lang=\"");
    out.push_str(lang.word());
    out.push_str("\">\n<head>\n<meta charset=\"utf-8\">\n");
    // A report is opened from mails and tickets: whatever escaping might have missed, nothing may run or be loaded.
    out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    for run in title.0 {
        let (Inline::Words(text) | Inline::Data(text) | Inline::Label(text) | Inline::Mark(_, text)) = run;
        characters(&mut out, &text);
    }
    out.push_str("</title>\n<style>\n");
    out.push_str(STYLE);
    out.push_str("</style>\n</head>\n<body>\n<main>\n");
    write_blocks(&mut out, blocks);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn write_blocks(out: &mut String, blocks: &[Block]) {
    for block in blocks {
        write_block(out, block);
    }
}

fn write_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(level, line) => {
            let tag = match level {
                1 => "h1",
                2 => "h2",
                3 => "h3",
                _ => "h4",
            };
            element(out, tag, line);
            out.push('\n');
        }
        Block::Paragraph(line) => {
            element(out, "p", line);
            out.push('\n');
        }
        Block::Verbatim(text) => {
            // A line feed directly behind `<pre>` would be dropped; `<code>` stands between.
            out.push_str("<pre><code>");
            for (index, line) in escape::lines(text).enumerate() {
                if index > 0 {
                    out.push('\n');
                }
                escape::html(out, &line);
            }
            out.push_str("</code></pre>\n");
        }
        Block::List(items) => list(out, "ul", items),
        Block::Steps(items) => list(out, "ol", items),
        Block::Labelled(label, blocks) => {
            element(out, "p", &Line::label(label));
            out.push('\n');
            write_blocks(out, blocks);
        }
        Block::Facts(facts) => {
            out.push_str("<dl>\n");
            for (label, value) in facts {
                out.push_str("<div><dt>");
                characters(out, label);
                out.push_str("</dt>");
                element(out, "dd", value);
                out.push_str("</div>\n");
            }
            out.push_str("</dl>\n");
        }
        Block::Table(name, columns, rows) => table(out, name, columns, rows),
        Block::Section(marks, blocks) => {
            open_section(out, marks);
            write_blocks(out, blocks);
            out.push_str("</section>\n");
        }
    }
}

fn list(out: &mut String, tag: &str, items: &[Line]) {
    out.push_str(&format!("<{tag}>\n"));
    for item in items {
        element(out, "li", item);
        out.push('\n');
    }
    out.push_str(&format!("</{tag}>\n"));
}

/// The frame scrolls sideways on a narrow screen, so it can be focused and has a name.
fn table(out: &mut String, name: &str, columns: &[&'static str], rows: &[Vec<Line>]) {
    out.push_str("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"");
    characters(out, name);
    out.push_str("\">\n<table>\n<thead><tr>");
    for column in columns {
        out.push_str("<th scope=\"col\">");
        characters(out, column);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (index, cell) in row.iter().enumerate() {
            if index == 0 {
                out.push_str("<th scope=\"row\">");
                runs(out, cell);
                out.push_str("</th>");
            } else {
                element(out, "td", cell);
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn open_section(out: &mut String, marks: &Marks) {
    out.push_str("<section");
    if let Some(tone) = marks.tone {
        out.push_str(" class=\"");
        out.push_str(tone.name());
        out.push('"');
    }
    for (name, value) in &marks.data {
        out.push_str(" data-");
        out.push_str(name);
        out.push_str("=\"");
        characters(out, value);
        out.push('"');
    }
    out.push_str(">\n");
}

fn element(out: &mut String, tag: &str, line: &Line) {
    out.push('<');
    out.push_str(tag);
    out.push('>');
    runs(out, line);
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

fn runs(out: &mut String, line: &Line) {
    for run in &line.0 {
        match run {
            Inline::Words(text) => characters(out, text),
            Inline::Data(text) => {
                out.push_str("<code>");
                characters(out, text);
                out.push_str("</code>");
            }
            Inline::Label(text) => {
                out.push_str("<strong>");
                characters(out, text);
                out.push_str("</strong>");
            }
            Inline::Mark(tone, text) => {
                out.push_str("<span class=\"mark ");
                out.push_str(tone.name());
                // The sign repeats the word for the eye; read aloud it would be noise.
                out.push_str("\"><span aria-hidden=\"true\">");
                out.push(tone.sign());
                out.push_str(" </span>");
                characters(out, text);
                out.push_str("</span>");
            }
        }
    }
}

fn characters(out: &mut String, text: &str) {
    let mut plain = String::with_capacity(text.len());
    escape::line(&mut plain, text);
    escape::html(out, &plain);
}
