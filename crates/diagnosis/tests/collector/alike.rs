//! The PowerShell script makes the calls that the bash script makes: the same operations with the same words, kept and learnt from by the
//! same queries, under the same conditions. No PowerShell is at hand to run it; its grammar is checked by `tests/collector`.

use crate::script::{Outcome, check, of_task};
use diagnosis::collector::{self, Script, Target};
use testkit::world::TASK_ID;

/// A call: how deep it stands, and its words.
type Call = (usize, Vec<String>);

/// The words of a line: what stands between quotes with the quotes' own escapes undone; between words, only blanks and `@(),`.
fn words(line: &str, doubled: bool, escape: char) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None::<char>);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match quote {
            None if c == '\'' || c == '"' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            // `'\''` of bash.
            None if c == escape => word.get_or_insert_default().extend(chars.next()),
            None if c.is_whitespace() || doubled && "@(),".contains(c) => words.extend(word.take()),
            None => word.get_or_insert_default().push(c),
            // Typographic quotes are doubled as well.
            Some('\'') if doubled && matches!(c, '\'' | '\u{2018}'..='\u{201b}') && chars.peek() == Some(&c) => {
                word.get_or_insert_default().extend(chars.next());
            }
            Some('"') if c == escape => word.get_or_insert_default().extend(chars.next()),
            Some(open) if c == open => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

fn calls(script: &str, verb: &str, doubled: bool, escape: char) -> Vec<Call> {
    let lines = script.lines().filter_map(|line| {
        let body = line.trim_start();
        let rest = body.strip_prefix(verb)?;
        Some((line.len() - body.len(), words(rest, doubled, escape)))
    });
    lines.collect()
}

/// The conditions and loops: how deep, and of which facts.
fn conditions(script: &str, list: &str) -> Vec<(usize, String)> {
    let lines = script.lines().filter(|line| line.starts_with("  ") && line.contains(list));
    let told = lines.map(|line| {
        let tag = line.split_once(list).map_or("", |(_, rest)| rest).trim_start_matches([' ', '\'']);
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(tag.len());
        (line.len() - line.trim_start().len(), tag.get(..end).unwrap_or_default().to_owned())
    });
    told.collect()
}

pub(crate) fn same_calls() -> Outcome {
    let service = Target {
        cluster: Some("it's".to_owned()),
        service: Some("\u{2018}a\u{2019}".to_owned()),
        ..Target::default()
    };
    for target in [of_task(TASK_ID), service] {
        let bash = collector::script(&target, Script::Bash);
        let power = collector::script(&target, Script::PowerShell);
        let body = |script: &str, start: &str| script.split_once(start).map_or(String::new(), |(_, body)| body.to_owned());
        let (bash, power) = (body(&bash, "\ncollect() {\n"), body(&power, "\nfunction Collect {\n"));
        let (made, told) = (calls(&bash, "call ", false, '\\'), calls(&power, "Call ", true, '`'));
        check(made.len() > 60, || format!("{} calls", made.len()))?;
        for (bash, power) in made.iter().zip(&told) {
            check(bash == power, || format!("bash {bash:?}\nPowerShell {power:?}"))?;
        }
        check(made.len() == told.len(), || format!("{} calls and {}", made.len(), told.len()))?;
        let (in_bash, in_power) = (conditions(&bash, "$(list "), conditions(&power, "@(List "));
        check(in_bash == in_power && in_bash.len() > 30, || format!("{in_bash:?}\n{in_power:?}"))?;
    }
    Ok(())
}
