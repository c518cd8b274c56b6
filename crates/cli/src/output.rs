//! Printing.

use std::ffi::OsStr;
use std::io::{self, Write};

use report::Colour;

/// Whether text is coloured: on a terminal only, and not where `NO_COLOR` holds anything (no-color.org).
pub fn colour(terminal: bool, no_color: Option<&OsStr>) -> Colour {
    if terminal && no_color.is_none_or(OsStr::is_empty) {
        Colour::Ansi
    } else {
        Colour::Plain
    }
}

/// Prints all of a text. A reader that has seen enough and gone (`| head`) is no failure.
pub fn print(out: &mut dyn Write, text: &str) -> io::Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
