//! The connectivity reports that were published with the accounts.

use network::Reach;
use std::ops::RangeInclusive;

/// The ports that a connection of Linux may come from.
const EPHEMERAL: RangeInclusive<u16> = 32768..=60999;

/// One line: who may connect to whom, and how.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) from: String,
    pub(crate) to: String,
    /// Source and destination ports of TCP; empty where there is none.
    sources: Vec<RangeInclusive<u16>>,
    destinations: Vec<RangeInclusive<u16>>,
    /// Whether the answer comes back.
    answered: bool,
}

/// Every line of a report.
pub(crate) fn lines(report: &str) -> Vec<Line> {
    report.lines().filter_map(line).collect()
}

fn line(text: &str) -> Option<Line> {
    let (ends, how) = text.split_once(" : ")?;
    let (from, to) = ends.split_once(" => ")?;
    let all = || vec![0..=u16::MAX];
    let (mut sources, mut destinations) = (Vec::new(), Vec::new());
    if how.starts_with("All Connections") || how.starts_with("protocol: TCP") {
        (sources, destinations) = (all(), all());
    }
    let mut words = how.split(' ');
    while let Some(word) = words.next() {
        match word {
            "src-ports:" => sources = ranges(words.next()?),
            "dst-ports:" => destinations = ranges(words.next()?),
            _ => {}
        }
    }
    Some(Line {
        from: from.to_owned(),
        to: to.to_owned(),
        sources,
        destinations,
        answered: !how.trim_end().ends_with('*'),
    })
}

fn ranges(text: &str) -> Vec<RangeInclusive<u16>> {
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        first.parse().unwrap()..=last.parse().unwrap()
    };
    text.split(',').map(range).collect()
}

/// What the lines between two ends say of a connection to a port: whether requests and answers pass, from all ports that
/// Linux opens connections from, from none, or from some.
pub(crate) fn verdict<'a>(lines: impl Iterator<Item = &'a Line>, port: u16) -> Reach {
    let holds = |ranges: &[RangeInclusive<u16>], port: u16| ranges.iter().any(|range| range.contains(&port));
    let open: Vec<&Line> = lines.filter(|line| line.answered && holds(&line.destinations, port)).collect();
    let passing = EPHEMERAL
        .filter(|source| open.iter().any(|line| holds(&line.sources, *source)))
        .count();
    match passing {
        0 => Reach::Blocked,
        all if all == EPHEMERAL.len() => Reach::Reachable,
        _ => Reach::Unknown,
    }
}
