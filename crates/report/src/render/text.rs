//! Text for a terminal: one statement a line, reads well aloud, no drawing.

use crate::escape;
use crate::lang::Lang;
use crate::view::{Block, Inline, Line};
use crate::words::Words;
use crate::words::vocabulary::Tone;

/// Whether text carries ANSI colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colour {
    /// No escape sequences.
    #[default]
    Plain,
    /// Bold headings and coloured verdicts (SGR sequences).
    Ansi,
}

pub(super) fn render(blocks: &[Block], lang: Lang, colour: Colour) -> String {
    let mut writer = Writer {
        out: String::new(),
        colour,
        words: Words::of(lang),
    };
    writer.blocks(blocks, 0);
    writer.out
}

struct Writer {
    out: String,
    colour: Colour,
    words: &'static Words,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block], base: usize) {
        let mut indent = base;
        for block in blocks {
            match block {
                Block::Heading(level, line) => {
                    self.gap();
                    if *level < 4 {
                        indent = base;
                    }
                    self.heading(*level, line, indent);
                    // What belongs to a finding stands under its title.
                    if *level == 3 {
                        indent = base.saturating_add(2);
                    }
                }
                Block::Paragraph(line) => self.line(indent, line),
                Block::Verbatim(text) => {
                    for line in escape::lines(text) {
                        self.indent(indent.saturating_add(2));
                        self.out.push_str(&line);
                        self.out.push('\n');
                    }
                }
                Block::List(items) => {
                    for item in items {
                        self.indent(indent);
                        self.out.push_str("- ");
                        self.inline(item);
                        self.out.push('\n');
                    }
                }
                Block::Steps(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.indent(indent);
                        self.out.push_str(&format!("{}. ", index.saturating_add(1)));
                        self.inline(item);
                        self.out.push('\n');
                    }
                }
                Block::Labelled(label, blocks) => {
                    self.line(indent, &Line::label(label).words(self.words.colon.trim_end()));
                    self.blocks(blocks, indent.saturating_add(2));
                }
                Block::Facts(facts) => {
                    for (label, value) in facts {
                        self.fact(indent, label, value);
                    }
                }
                Block::Table(_, columns, rows) => self.table(indent, columns, rows),
                Block::Section(_, blocks) => {
                    self.gap();
                    self.blocks(blocks, indent);
                    self.gap();
                }
            }
        }
    }

    fn heading(&mut self, level: u8, line: &Line, indent: usize) {
        self.indent(indent);
        self.sgr("1");
        match level {
            2 => self.out.push_str("== "),
            3 => self.out.push_str("* "),
            _ => {}
        }
        self.inline(line);
        self.sgr("1");
        if level == 2 {
            self.out.push_str(" ==");
        }
        self.sgr("0");
        self.out.push('\n');
        if level == 2 {
            self.out.push('\n');
        }
    }

    /// A row reads as its first cell, then one line for each other cell that holds anything.
    fn table(&mut self, indent: usize, columns: &[&'static str], rows: &[Vec<Line>]) {
        for row in rows {
            let Some((first, rest)) = row.split_first() else {
                continue;
            };
            self.line(indent, first);
            for (label, cell) in columns.iter().skip(1).zip(rest) {
                if !cell.is_empty() {
                    self.fact(indent.saturating_add(2), label, cell);
                }
            }
        }
        self.gap();
    }

    fn fact(&mut self, indent: usize, label: &str, value: &Line) {
        self.indent(indent);
        self.out.push_str(label);
        self.out.push_str(self.words.colon);
        self.inline(value);
        self.out.push('\n');
    }

    fn line(&mut self, indent: usize, line: &Line) {
        self.indent(indent);
        self.inline(line);
        self.out.push('\n');
    }

    fn inline(&mut self, line: &Line) {
        for run in &line.0 {
            match run {
                Inline::Words(text) => escape::line(&mut self.out, text),
                Inline::Data(text) => {
                    self.sgr("36");
                    escape::line(&mut self.out, text);
                    self.sgr("0");
                }
                Inline::Label(text) => {
                    self.sgr("1");
                    escape::line(&mut self.out, text);
                    self.sgr("0");
                }
                Inline::Mark(tone, text) => {
                    self.sgr(match tone {
                        Tone::Bad => "31",
                        Tone::Next => "35",
                        Tone::Careful => "33",
                        Tone::Unknown => "34",
                        Tone::Good => "32",
                    });
                    self.out.push(tone.sign());
                    self.out.push(' ');
                    escape::line(&mut self.out, text);
                    self.sgr("0");
                }
            }
        }
    }

    fn sgr(&mut self, code: &str) {
        if self.colour == Colour::Ansi {
            self.out.push_str("\u{1b}[");
            self.out.push_str(code);
            self.out.push('m');
        }
    }

    fn indent(&mut self, width: usize) {
        self.out.extend(std::iter::repeat_n(' ', width));
    }

    /// At most one empty line, and none at the start.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}
