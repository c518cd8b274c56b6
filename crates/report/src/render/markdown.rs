//! Markdown for a ticket: CommonMark with GitHub's tables.

use crate::escape;
use crate::lang::Lang;
use crate::view::{Block, Inline, Line};
use crate::words::Words;

pub(super) fn render(blocks: &[Block], lang: Lang) -> String {
    let mut out = String::new();
    write_blocks(&mut out, blocks, Words::of(lang));
    out
}

fn write_blocks(out: &mut String, blocks: &[Block], words: &Words) {
    for block in blocks {
        if let Block::Section(_, inner) = block {
            write_blocks(out, inner, words);
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        if let Block::Labelled(label, inner) = block {
            write_line(out, &Line::label(label), Place::Start);
            out.push('\n');
            write_blocks(out, inner, words);
            continue;
        }
        write_block(out, block, words);
    }
}

fn write_block(out: &mut String, block: &Block, words: &Words) {
    match block {
        Block::Heading(level, line) => {
            out.extend(std::iter::repeat_n('#', usize::from(*level)));
            out.push(' ');
            write_line(out, line, Place::Start);
            out.push('\n');
        }
        Block::Paragraph(line) => {
            write_line(out, line, Place::Start);
            out.push('\n');
        }
        Block::Verbatim(text) => {
            let fence = escape::markdown_fence(text);
            out.push_str(&fence);
            out.push_str("text\n");
            for line in escape::lines(text) {
                out.push_str(&line);
                out.push('\n');
            }
            out.push_str(&fence);
            out.push('\n');
        }
        Block::List(items) => {
            for item in items {
                out.push_str("- ");
                write_line(out, item, Place::Start);
                out.push('\n');
            }
        }
        Block::Steps(items) => {
            for (index, item) in items.iter().enumerate() {
                out.push_str(&format!("{}. ", index.saturating_add(1)));
                write_line(out, item, Place::Start);
                out.push('\n');
            }
        }
        Block::Facts(facts) => {
            for (label, value) in facts {
                out.push_str("- **");
                escape::markdown(out, label, false);
                out.push_str("**");
                out.push_str(words.colon);
                write_line(out, value, Place::Within);
                out.push('\n');
            }
        }
        Block::Table(_, columns, rows) => {
            for column in columns {
                out.push_str("| ");
                escape::markdown(out, column, false);
                out.push(' ');
            }
            out.push_str("|\n");
            out.extend(std::iter::repeat_n("| --- ", columns.len()));
            out.push_str("|\n");
            for row in rows {
                for cell in row {
                    out.push_str("| ");
                    write_line(out, cell, Place::Cell);
                    out.push(' ');
                }
                out.push_str("|\n");
            }
        }
        // `write_blocks` opens these.
        Block::Section(..) | Block::Labelled(..) => {}
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Within,
    Cell,
}

fn write_line(out: &mut String, line: &Line, place: Place) {
    let mut starts = place == Place::Start;
    for run in &line.0 {
        let mut plain = String::new();
        match run {
            Inline::Words(text) => {
                escape::line(&mut plain, text);
                // Space at the start of a block may open a code block; within a line it is kept.
                let text = if starts { plain.trim_start() } else { plain.as_str() };
                escape::markdown(out, text, starts);
                starts = starts && text.is_empty();
            }
            Inline::Data(text) => {
                escape::line(&mut plain, text);
                escape::markdown_code(out, &plain, place == Place::Cell);
                starts = starts && plain.trim().is_empty();
            }
            Inline::Label(text) => {
                escape::line(&mut plain, text);
                out.push_str("**");
                escape::markdown(out, &plain, false);
                out.push_str("**");
                starts = false;
            }
            Inline::Mark(tone, text) => {
                escape::line(&mut plain, text);
                out.push(tone.sign());
                out.push(' ');
                escape::markdown(out, &plain, false);
                starts = false;
            }
        }
    }
}
