//! Running other programs: shown to the person, or quietly into a log with a sign of life.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::project;
use crate::ui::{Context, Failure, Outcome, progress, seconds};

/// How often a quiet program's state is told.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);
/// How much of a log is shown when its program failed.
const LAST_LINES: usize = 25;

/// Runs a program whose output the person sees.
pub(crate) fn show(command: &mut Command) -> Outcome<()> {
    let line = describe(command);
    let status = command.stdin(Stdio::null()).status().context(|| format!("starting `{line}`"))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{line}` ended with {status}")))
    }
}

/// Runs a program in place of this one, so that what stops the task stops the program.
#[cfg(unix)]
pub(crate) fn hand_over_to(command: &mut Command) -> Outcome<()> {
    use std::os::unix::process::CommandExt as _;
    let line = describe(command);
    // Returns only where the program could not be started.
    Err(command.exec()).context(|| format!("starting `{line}`"))
}

/// Runs a program until it ends.
#[cfg(not(unix))]
pub(crate) fn hand_over_to(command: &mut Command) -> Outcome<()> {
    show(command)
}

/// Runs a program and returns what it printed; its errors are shown to the person.
pub(crate) fn output(command: &mut Command) -> Outcome<String> {
    let line = describe(command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context(|| format!("starting `{line}`"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Failure::new(format!("`{line}` ended with {}", output.status)))
    }
}

/// Does this program start and succeed? Nothing is shown.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Runs a long program with its output in a log file, telling now and then where it is.
pub(crate) fn logged(name: &str, command: &mut Command, log: &Path) -> Outcome<()> {
    let line = describe(command);
    if let Some(parent) = log.parent() {
        project::create(parent)?;
    }
    let creating = || format!("creating {}", log.display());
    let file = File::create(log).context(creating)?;
    let errors = file.try_clone().context(creating)?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(errors)
        .spawn()
        .context(|| format!("starting `{line}`"))?;
    let start = Instant::now();
    let mut told = start;
    let status = loop {
        if let Some(status) = child.try_wait().context(|| format!("waiting for `{line}`"))? {
            break status;
        }
        if told.elapsed() >= SIGN_OF_LIFE {
            told = Instant::now();
            progress(format!("  {name}, {} so far: {}", seconds(start.elapsed()), last_line(log)));
        }
        thread::sleep(Duration::from_millis(100));
    };
    if status.success() {
        return Ok(());
    }
    let tail = tail(log, LAST_LINES).join("\n  ");
    Err(Failure::new(format!("`{line}` ended with {status}:\n  {tail}")).advise(format!(
        "the whole log is {}; run the command again once that is put right",
        log.display()
    )))
}

/// The program and its arguments, as one would type them.
fn describe(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

fn last_line(log: &Path) -> String {
    tail(log, 1).pop().unwrap_or_default().trim().to_owned()
}

/// The last lines of a file; only its end is read. An unreadable log has none.
fn tail(log: &Path, lines: usize) -> Vec<String> {
    const END: u64 = 16 * 1024;
    let Ok(mut file) = File::open(log) else {
        return Vec::new();
    };
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    if file.seek(SeekFrom::Start(length.saturating_sub(END))).is_err() {
        return Vec::new();
    }
    let mut all = Vec::new();
    let mut reader = BufReader::new(file.take(END));
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&line).trim_end().to_owned();
        if !text.is_empty() {
            all.push(text);
        }
        line.clear();
    }
    all.split_off(all.len().saturating_sub(lines))
}
