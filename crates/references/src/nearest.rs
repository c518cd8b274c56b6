//! The existing name that was likely meant by one that does not exist.

use crate::arn::{Arn, ArnField};
use crate::text::{looks_random, six_character_suffix};

/// The nearest existing name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The existing name.
    pub text: String,
    /// In what it differs from the one that was wanted.
    pub difference: Difference,
}

/// In what two names differ; the likeliest mistakes first. Each but the last two is the *only* difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// In nothing: the name exists.
    None,
    /// Upper and lower case.
    Case,
    /// Slashes: a leading, trailing or doubled one.
    Slash,
    /// White space around it.
    Whitespace,
    /// The six characters that Secrets Manager appends to a name: missing in one, or another secret's of the same name
    /// (it was deleted and made again).
    Suffix,
    /// A JSON key is joined to a secret's name by another character than a colon (never returned by [`nearest`]).
    JoinedKey,
    /// Six characters as ARNs have them at the end of a name that is none (never returned by [`nearest`]).
    SuffixInName,
    /// The Region of an ARN.
    Region,
    /// The account of an ARN.
    Account,
    /// Hyphens, underscores, dots and slashes in each other's place.
    Separator,
    /// All but the path in front: the last level is the same, another level differs or is missing.
    Prefix,
    /// So many characters were inserted, left out, replaced or exchanged with their neighbour.
    Edit(usize),
}

/// The longest names that are compared letter by letter.
const LONGEST: usize = 512;
/// How many cells of edit-distance tables are filled in one search at most.
const BUDGET: usize = 20_000_000;

/// The existing name nearest to `wanted`: the likeliest kind of mistake first, then the fewest edits, then the
/// alphabet. `None` where nothing is near. The work is bounded whatever the number and length of the names.
#[must_use]
pub fn nearest<'a>(wanted: &str, existing: impl IntoIterator<Item = &'a str>) -> Option<Near> {
    let mut budget = BUDGET;
    let mut best: Option<(Difference, usize, &'a str)> = None;
    for candidate in existing {
        let worst = best.map(|(difference, ..)| difference);
        let Some(difference) = difference(wanted, candidate, worst, &mut budget) else {
            continue;
        };
        // Among paths, Regions or accounts that differ, the one with the fewest edits.
        let edits = match difference {
            Difference::Edit(edits) => edits,
            _ => distance(wanted, candidate, usize::MAX, &mut budget).unwrap_or(usize::MAX),
        };
        let found = (difference, edits, candidate);
        if best.is_none_or(|best| found < best) {
            best = Some(found);
        }
    }
    best.map(|(difference, _, text)| Near {
        text: text.to_owned(),
        difference,
    })
}

/// The edits between two names; `None` where they are more than `limit` or comparing them would cost too much.
fn distance(a: &str, b: &str, limit: usize, budget: &mut usize) -> Option<usize> {
    let (long, short) = (a.chars().count(), b.chars().count());
    let cells = long.saturating_mul(short);
    if long > LONGEST || short > LONGEST || long.abs_diff(short) > limit || cells > *budget {
        return None;
    }
    *budget -= cells;
    Some(strsim::osa_distance(a, b)).filter(|distance| *distance <= limit)
}

/// In what the candidate differs; `None` where it is not near, or no better than `worst`.
fn difference(wanted: &str, candidate: &str, worst: Option<Difference>, budget: &mut usize) -> Option<Difference> {
    if wanted == candidate {
        return Some(Difference::None);
    }
    // No name that AWS accepts is longer.
    if wanted.len() > 4 * LONGEST || candidate.len() > 4 * LONGEST {
        return None;
    }
    if let Some(named) = named_difference(wanted, candidate, false) {
        return Some(named);
    }
    if worst.is_some_and(|worst| worst < Difference::Edit(1)) {
        return None;
    }
    let limit = match worst {
        Some(Difference::Edit(distance)) => distance,
        _ => edit_limit(wanted),
    };
    distance(wanted, candidate, limit, budget).map(Difference::Edit)
}

/// One edit for every four characters, at least one and at most three, so that short names are not all alike.
fn edit_limit(wanted: &str) -> usize {
    (wanted.chars().count() / 4).clamp(1, 3)
}

/// The difference where it has a name; `in_arn` says that the names are from ARNs of the same service.
fn named_difference(wanted: &str, candidate: &str, in_arn: bool) -> Option<Difference> {
    if wanted.eq_ignore_ascii_case(candidate) {
        return Some(Difference::Case);
    }
    if levels(wanted).eq(levels(candidate)) {
        return Some(Difference::Slash);
    }
    if wanted.trim() == candidate.trim() {
        return Some(Difference::Whitespace);
    }
    if let (Ok(a), Ok(b)) = (Arn::parse(wanted), Arn::parse(candidate)) {
        return arn_difference(&a, &b);
    }
    if same_but_suffix(wanted, candidate, in_arn) {
        return Some(Difference::Suffix);
    }
    let separators = ['-', '_', '.', '/'];
    if wanted.split(separators).eq(candidate.split(separators)) {
        return Some(Difference::Separator);
    }
    let (a, b) = (levels(wanted).last(), levels(candidate).last());
    let has_path = wanted.contains('/') || candidate.contains('/');
    (has_path && a.is_some() && a == b).then_some(Difference::Prefix)
}

fn levels(name: &str) -> impl Iterator<Item = &str> {
    name.split('/').filter(|level| !level.is_empty())
}

/// The same name with and without, or with two different, six characters at the end. Only a secret's ARN is sure to end
/// in them; of other names they must look drawn at random (`app-stream` and `app-groups` are two names).
fn same_but_suffix(wanted: &str, candidate: &str, in_arn: bool) -> bool {
    let bare = |name| {
        let (bare, suffix) = six_character_suffix(name)?;
        (in_arn || looks_random(suffix)).then_some(bare)
    };
    match (bare(wanted), bare(candidate)) {
        (Some(a), Some(b)) if a == b => true,
        (Some(a), _) if a == candidate => true,
        (_, Some(b)) => b == wanted,
        _ => false,
    }
}

fn arn_difference(a: &Arn, b: &Arn) -> Option<Difference> {
    let fields = [
        ArnField::Partition,
        ArnField::Service,
        ArnField::Region,
        ArnField::Account,
        ArnField::Resource,
    ];
    let mut differing = fields.into_iter().filter(|field| a.field(*field) != b.field(*field));
    match (differing.next(), differing.next()) {
        (Some(ArnField::Region), None) => Some(Difference::Region),
        (Some(ArnField::Account), None) => Some(Difference::Account),
        (Some(ArnField::Resource), None) => {
            let (a, b) = (a.resource(), b.resource());
            let name = |resource: &str| resource.split_once([':', '/']).map(|(_, name)| name.to_owned());
            match (name(a), name(b)) {
                (Some(a), Some(b)) => named_difference(&a, &b, true),
                _ => None,
            }
        }
        _ => None,
    }
}
