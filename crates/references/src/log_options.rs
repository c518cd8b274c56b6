//! The `options` of an `awslogs` log driver (ECS API reference, `LogConfiguration`; limits of the CloudWatch Logs API).

use crate::nearest::{Difference, nearest};
use crate::region::{Region, meant};
use crate::text::{looks_redacted, refused};
use std::ops::Range;

/// Options of the `awslogs` driver that decide what is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AwslogsOptions {
    /// `awslogs-group`
    pub group: Option<String>,
    /// `awslogs-region`, where it is a Region's name.
    pub region: Option<Region>,
    /// `awslogs-create-group`: whether the group is to be created where it is missing.
    pub create_group: bool,
    /// `awslogs-stream-prefix`
    pub stream_prefix: Option<String>,
    /// What is wrong with the options, in the order of the keys.
    pub problems: Vec<LogOptionProblem>,
}

/// What is wrong with an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogOptionProblem {
    /// A required option is missing (`awslogs-stream-prefix` is required on Fargate only).
    Missing {
        /// The option.
        option: &'static str,
    },
    /// The value breaks the rules for it.
    BadValue {
        /// The option.
        option: &'static str,
        /// The value as written.
        value: String,
        /// The wrong bytes of the value.
        position: Range<usize>,
        /// The value as it was likely meant.
        corrected: Option<String>,
    },
    /// No option of that name is documented; another is nearly called so.
    Misspelt {
        /// The key as written.
        option: String,
        /// The option that was likely meant.
        meant: &'static str,
    },
}

/// The documented options.
const OPTIONS: [&str; 9] = [
    "awslogs-create-group",
    "awslogs-datetime-format",
    "awslogs-group",
    "awslogs-multiline-pattern",
    "awslogs-region",
    "awslogs-stream",
    "awslogs-stream-prefix",
    "max-buffer-size",
    "mode",
];

impl AwslogsOptions {
    /// Reads the options; `fargate` says whether the task runs there.
    #[must_use]
    pub fn parse<'a>(options: impl IntoIterator<Item = (&'a str, &'a str)>, fargate: bool) -> Self {
        let mut read = Self::default();
        let mut pairs: Vec<(&str, &str)> = options.into_iter().collect();
        pairs.sort_unstable();
        let mut has_region = false;
        for (key, value) in pairs {
            match key {
                "awslogs-group" => {
                    read.group = (!value.is_empty()).then(|| value.to_owned());
                    read.problems.extend(group_problem(value));
                }
                "awslogs-region" => {
                    has_region = !value.is_empty();
                    read.region = Region::parse(value);
                    if has_region && read.region.is_none() && !looks_redacted(value) {
                        let position = 0..value.len();
                        let corrected = meant(value).map(str::to_owned);
                        let (option, value) = ("awslogs-region", value.to_owned());
                        read.problems.push(LogOptionProblem::BadValue {
                            option,
                            value,
                            position,
                            corrected,
                        });
                    }
                }
                "awslogs-create-group" => read.create_group = value.eq_ignore_ascii_case("true"),
                "awslogs-stream-prefix" => read.stream_prefix = (!value.is_empty()).then(|| value.to_owned()),
                key if OPTIONS.contains(&key) => {}
                key => read.problems.extend(misspelt(key)),
            }
        }
        let required = [
            ("awslogs-group", read.group.is_none()),
            ("awslogs-region", !has_region),
            ("awslogs-stream-prefix", fargate && read.stream_prefix.is_none()),
        ];
        for (option, missing) in required {
            if missing {
                read.problems.push(LogOptionProblem::Missing { option });
            }
        }
        read
    }
}

fn misspelt(key: &str) -> Option<LogOptionProblem> {
    let near = nearest(key, OPTIONS)?;
    let meant = OPTIONS.into_iter().find(|option| *option == near.text)?;
    let close = matches!(near.difference, Difference::Case | Difference::Edit(1..=2));
    close.then(|| LogOptionProblem::Misspelt {
        option: key.to_owned(),
        meant,
    })
}

/// 1 to 512 letters, digits and `.-_/#`.
fn group_problem(value: &str) -> Option<LogOptionProblem> {
    if value.is_empty() || looks_redacted(value) {
        return None;
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_/#".contains(c);
    let position = match refused(value, allowed) {
        Some((at, _)) => at,
        None if value.len() > 512 => 512..value.len(),
        None => return None,
    };
    // A log group's ARN, where its name is meant.
    let from_arn = value
        .split_once(":log-group:")
        .map(|(_, rest)| rest.trim_end_matches(":*").to_owned());
    let trimmed = (value.trim() != value).then(|| value.trim().to_owned());
    let corrected = from_arn.or(trimmed).filter(|text| refused(text, allowed).is_none());
    Some(LogOptionProblem::BadValue {
        option: "awslogs-group",
        value: value.to_owned(),
        position,
        corrected,
    })
}
