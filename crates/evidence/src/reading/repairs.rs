//! What was mended, as edits of the text and as what the person is told.

use std::borrow::Cow;

use super::Lines;
use crate::command::is_dash;
use crate::edits::{Edit, Edits};
use crate::problem::{Repair, RepairKind};
use crate::scan::{Mend, MendKind};
use crate::segment::{PieceKind, Segments};

/// Every change of the text: masks, mends that keep the lines, and full-width
/// characters in prose.
pub(super) fn edits(text: &str, segments: &Segments) -> Edits {
    let mut list: Vec<Edit> = segments.masks.iter().cloned().map(Edit::from).collect();
    for piece in &segments.pieces {
        if let PieceKind::Json { walk, .. } = &piece.kind {
            list.extend(walk.mends.iter().filter_map(edit));
        }
    }
    for (start, c, plain) in full_width(text, segments) {
        list.push(Edit {
            start,
            end: start + c.len_utf8(),
            with: Cow::Owned(plain.to_string()),
            secret: false,
        });
    }
    Edits::new(list)
}

fn edit(mend: &Mend) -> Option<Edit> {
    let with = match mend.kind {
        MendKind::Space => " ",
        MendKind::Quote => "\"",
        MendKind::FullWidth(b'{') => "{",
        MendKind::FullWidth(b'}') => "}",
        MendKind::FullWidth(b'[') => "[",
        MendKind::FullWidth(b']') => "]",
        MendKind::FullWidth(b',') => ",",
        MendKind::FullWidth(_) => ":",
        MendKind::TrailingComma | MendKind::PagerMark => "",
        // Lines stay lines: these are joined in a copy.
        MendKind::Wrap => return None,
    };
    Some(Edit {
        start: mend.start,
        end: mend.end,
        with: Cow::Borrowed(with),
        secret: false,
    })
}

/// Full-width forms of ASCII between documents: where each stands, and the plain character that is meant.
fn full_width(text: &str, segments: &Segments) -> Vec<(usize, char, char)> {
    let documents = segments.pieces.iter().filter(|piece| matches!(piece.kind, PieceKind::Json { .. }));
    let ends = documents
        .map(|piece| (piece.range.start, piece.range.end))
        .chain([(text.len(), text.len())]);
    let mut found = Vec::new();
    let mut at = 0;
    for (start, end) in ends {
        let part = text.get(at..start).filter(|part| !part.is_ascii()).unwrap_or_default();
        for (offset, c) in part.char_indices() {
            let plain = match c {
                '\u{3000}' => Some(' '),
                '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
                _ => None,
            };
            found.extend(plain.map(|plain| (at + offset, c, plain)));
        }
        at = end;
    }
    found
}

/// Adds what was mended to the list, one entry for each kind.
pub(super) fn record(all: &mut Vec<Repair>, text: &str, segments: &Segments, lines: &Lines<'_>, edits: &Edits) {
    let mut note = |kind: RepairKind, at: usize| match all.iter_mut().find(|repair| repair.kind == kind) {
        Some(repair) => repair.count += 1,
        None => all.push(Repair {
            kind,
            line: lines.at(edits.start(at)),
            count: 1,
        }),
    };
    for piece in &segments.pieces {
        match &piece.kind {
            PieceKind::Json { walk, .. } => {
                for mend in &walk.mends {
                    let kind = match mend.kind {
                        MendKind::Space => RepairKind::Spaces,
                        MendKind::Quote => RepairKind::Quotes,
                        MendKind::FullWidth(_) => RepairKind::FullWidth,
                        MendKind::TrailingComma => RepairKind::TrailingComma,
                        MendKind::PagerMark => RepairKind::PagerMark,
                        MendKind::Wrap => RepairKind::WrappedLines,
                    };
                    note(kind, mend.start);
                }
            }
            PieceKind::Yaml { .. } => note(RepairKind::Yaml, piece.range.start),
            PieceKind::Command => {
                let command = text.get(piece.range.clone()).unwrap_or_default();
                if let Some(found) = command.find(|c| is_dash(c) && c != '-') {
                    note(RepairKind::Dashes, piece.range.start + found);
                }
                if let Some(found) = command.find(['“', '”', '‘', '’']) {
                    note(RepairKind::Quotes, piece.range.start + found);
                }
            }
            _ => {}
        }
    }
    for (start, ..) in full_width(text, segments) {
        note(RepairKind::FullWidth, start);
    }
}
