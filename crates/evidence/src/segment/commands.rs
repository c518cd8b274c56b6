//! Commands and error messages in a text.

use super::{PieceKind, Segmenter};
use crate::command;
use crate::lines;
use crate::secrets::{Mask, names};
use crate::walk::{Rules, walk};

impl Segmenter<'_> {
    /// The calls on a line (and its continuations), the first at `aws`.
    pub(super) fn commands(&mut self, first: usize, aws: usize, end: usize) {
        // Variables may be set in front of the call, on the same line.
        if aws > first {
            let before = self.text.get(first..aws).unwrap_or_default();
            let mut at = first;
            for word in before.split_inclusive([' ', ';']) {
                let name = word.trim_end_matches([' ', ';']);
                if lines::assignment(name).is_some() {
                    self.push(at..at + name.len(), PieceKind::Assignment);
                }
                at += word.len();
            }
        }
        let mut at = aws;
        let mut line_end = end;
        loop {
            let stop = command::end_of(self.text, at).max(at + 3);
            self.push(at..stop, PieceKind::Command);
            self.command_secrets(at, stop);
            if stop > line_end {
                let rest = self.text.as_bytes().get(stop..).unwrap_or_default();
                line_end = memchr::memchr(b'\n', rest).map_or(self.text.len(), |len| stop + len);
            }
            let rest = self.text.get(stop..line_end).unwrap_or_default();
            match lines::find_aws(rest, 0) {
                Some(next) => at = stop + next,
                None => {
                    let rest = rest.trim_start();
                    if rest.starts_with(['|', '>', '<', ';', '&', '#']) || rest.starts_with("2>") {
                        self.push(line_end - rest.len()..line_end, PieceKind::Skip);
                    }
                    break;
                }
            }
        }
        self.state.pos = line_end;
        let said = self.text.get(aws..line_end).unwrap_or_default();
        if names::prints_secrets(said) {
            self.state.leak = Some((line_end + 1).min(self.text.len()));
        }
    }

    /// Environment values in `--overrides` and the like.
    fn command_secrets(&mut self, start: usize, end: usize) {
        let text = self.text;
        let slice = text.get(start..end).unwrap_or_default();
        let mut at = 0;
        while let Some(found) = slice.get(at..).and_then(|rest| rest.find('{')) {
            let open = at + found;
            let walked = walk(
                slice,
                open,
                Rules {
                    access_keys: true,
                    ..self.state.rules
                },
            );
            self.state.out.visited += walked.end - walked.start;
            for mask in &walked.masks {
                self.state.out.masks.push(Mask::over(text, start + mask.start, start + mask.end));
            }
            if let Some(leak) = walked.leak {
                self.state.out.masks.push(Mask::over(text, start + leak, end));
            }
            at = walked.end.max(open + 1);
        }
        if !slice.contains("nvironment") {
            return;
        }
        for (word, open, close) in [("value\\\":", "\\\"", "\\\""), ("value=", "", ""), ("value\"\":", "\"\"", "\"\"")] {
            let mut at = 0;
            while let Some(found) = slice.get(at..).and_then(|rest| rest.find(word)) {
                at += found + word.len();
                let rest = slice.get(at..).unwrap_or_default();
                let value = rest.trim_start_matches(' ');
                let value = value.strip_prefix(open).unwrap_or(value);
                let from = at + rest.len() - value.len();
                let len = if close.is_empty() {
                    value.find([',', '}', ']', ' ', '"', '\''])
                } else {
                    value.find(close)
                };
                let to = from + len.unwrap_or(value.len());
                if to > from {
                    self.state.out.masks.push(Mask::over(text, start + from, start + to));
                }
                at = to;
            }
        }
    }

    /// An AWS error message that starts at `at`; terminals and mail programs
    /// wrap it.
    pub(super) fn error(&mut self, at: usize, end: usize) {
        let mut stop = end;
        for _ in 0..12 {
            let message = self.text.get(at..stop).unwrap_or_default();
            let last = message.rsplit('\n').next().unwrap_or_default();
            if last.chars().count() < 60 || message.ends_with(['.', '!', '。', '」']) || stop >= self.text.len() {
                break;
            }
            let next = self.text.get(stop + 1..).unwrap_or_default();
            let next = next.split('\n').next().unwrap_or_default();
            let line = next.trim();
            if line.is_empty()
                || line.starts_with(['{', '[', '#', '`'])
                || lines::looks_like_prompt(line.as_bytes())
                || lines::find_aws(line, 0).is_some()
                || lines::find_error(line).is_some()
                || crate::yaml::opens(next)
            {
                break;
            }
            stop += 1 + next.len();
        }
        let stop = at + self.text.get(at..stop).unwrap_or_default().trim_end().len();
        self.push(at..stop, PieceKind::Error);
        self.state.pos = stop;
    }
}
