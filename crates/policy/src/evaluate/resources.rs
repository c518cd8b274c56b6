//! Actions and resources of a statement against the request.

use super::conditions::short_could_match;
use crate::arn::Arn;
use crate::context::Context;
use crate::document::{Actions, Resources};
use crate::doubt::Doubt;
use crate::glob::{self, Reading, Token};
use crate::problem::ProblemKind;
use crate::request::Resource;
use crate::template::{Filled, Template};
use crate::tri::Tri;

/// `Action`, `NotAction`. `action` is in lower case.
pub(crate) fn actions(actions: &Actions, action: &str, doubts: &mut Vec<Doubt>) -> Tri {
    let mut result = Tri::False;
    let before = doubts.len();
    for pattern in &actions.patterns {
        if glob::matches(&pattern.tokens, action, Reading::Loose) {
            if !pattern.malformed {
                result = Tri::True;
                break;
            }
            doubts.push(Doubt::Defect(ProblemKind::MalformedAction(pattern.text.clone())));
            result = Tri::Unknown;
        }
    }
    if !result.is_unknown() {
        doubts.truncate(before);
    }
    if actions.negated { !result } else { result }
}

/// `Resource`, `NotResource`.
pub(crate) fn resources(resources: &Resources, resource: &Resource, context: &Context, doubts: &mut Vec<Doubt>) -> Tri {
    let mut result = Tri::False;
    let before = doubts.len();
    for pattern in &resources.patterns {
        if resources.negated && *resource != Resource::NoType && matches!(pattern.fill(context), Filled::NoValue) {
            doubts.push(Doubt::NoValueInNotResource(pattern.text().to_owned()));
            result = result.or(Tri::Unknown);
        }
        result = result.or(pattern_matches(pattern, resource, context, doubts));
        if result.is_true() {
            break;
        }
    }
    if !result.is_unknown() {
        doubts.truncate(before);
    }
    if resources.negated { !result } else { result }
}

/// One resource pattern. Settled only where the documentation's reading and the strict one (part by part) agree.
pub(crate) fn pattern_matches(pattern: &Template, resource: &Resource, context: &Context, doubts: &mut Vec<Doubt>) -> Tri {
    let matches = filled_matches(pattern, resource, context, doubts);
    if matches.is_true() && pattern.has_variable_in_head() {
        doubts.push(Doubt::VariableInHead(pattern.text().to_owned()));
        return Tri::Unknown;
    }
    matches
}

/// The pattern with its variables filled in, wherever they stand.
fn filled_matches(pattern: &Template, resource: &Resource, context: &Context, doubts: &mut Vec<Doubt>) -> Tri {
    if pattern.is_star() {
        return Tri::True;
    }
    let (subject, whole) = match resource {
        // An action without resource types asks for `*`, which only a literal `*` matches.
        Resource::NoType => return Tri::False,
        Resource::Arn(arn) => (arn.as_str(), true),
        Resource::Beginning(beginning) => (beginning.as_str(), false),
        Resource::Unfinished { beginning, characters } => return unfinished(pattern, beginning, *characters, context, doubts),
    };
    let filled = pattern.fill(context);
    let tokens = match &filled {
        Filled::NoValue => return Tri::False,
        Filled::Open(tokens, open) => {
            let could = if whole {
                short_could_match(tokens, subject)
            } else {
                glob::could_begin(tokens, subject)
            };
            if could {
                doubts.extend(open.iter().cloned());
                return Tri::Unknown;
            }
            return Tri::False;
        }
        Filled::Fixed(tokens, _) => *tokens,
        Filled::Made(tokens, _) => tokens.as_slice(),
    };
    let text = || pattern.text().to_owned();
    let short = tokens.iter().filter(|t| **t == Token::Literal(':')).count() < 5;
    if !whole {
        // A pattern that ends in a free star and covers the beginning covers whatever follows.
        let covers =
            !short && matches!(tokens.last(), Some(Token::Star { crosses: true })) && glob::matches(tokens, subject, Reading::Segmented);
        if covers && !wild_type(tokens, subject) {
            return Tri::True;
        }
        if glob::could_begin(tokens, subject) {
            doubts.push(Doubt::PartialResource(text()));
            return Tri::Unknown;
        }
        return Tri::False;
    }
    if short {
        if short_could_match(tokens, subject) {
            doubts.push(Doubt::ShortArn(text()));
            return Tri::Unknown;
        }
        return Tri::False;
    }
    if glob::matches(tokens, subject, Reading::Segmented) {
        if wild_type(tokens, subject) {
            doubts.push(Doubt::ResourceType(text()));
            return Tri::Unknown;
        }
        return Tri::True;
    }
    if glob::matches(tokens, subject, Reading::Loose) {
        doubts.push(Doubt::ColonCrossing(text()));
        return Tri::Unknown;
    }
    Tri::False
}

/// Stands for a character that is not known: no pattern writes it, so that only a wildcard matches it.
const SOME: char = '\u{fffc}';

/// True where wildcards cover the characters that are not known, so that any do.
fn unfinished(pattern: &Template, beginning: &str, characters: usize, context: &Context, doubts: &mut Vec<Doubt>) -> Tri {
    let example = beginning.chars().chain(std::iter::repeat_n(SOME, characters)).collect();
    let covers = pattern_matches(pattern, &Resource::Arn(example), context, doubts);
    if !covers.is_false() {
        return covers;
    }
    let filled = pattern.fill(context);
    let tokens = match &filled {
        Filled::NoValue => return Tri::False,
        Filled::Open(tokens, _) | Filled::Made(tokens, _) => tokens.as_slice(),
        Filled::Fixed(tokens, _) => tokens,
    };
    let solid = tokens.iter().filter(|t| !matches!(t, Token::Star { .. })).count();
    let length = beginning.chars().count() + characters;
    let fits = if solid < tokens.len() { solid <= length } else { solid == length };
    if fits && glob::could_begin(tokens, beginning) {
        doubts.push(Doubt::PartialResource(pattern.text().to_owned()));
        return Tri::Unknown;
    }
    Tri::False
}

/// Whether the service's name holds a wildcard, or the resource's type (what stands before the first `/` or `:` of the
/// resource part) one other than stars at the pattern's very end. Buckets, topics and queues have no type.
fn wild_type(tokens: &[Token], subject: &str) -> bool {
    let untyped = Arn::parse(subject).is_some_and(|arn| matches!(arn.service, "s3" | "sns" | "sqs"));
    let mut colons = 0;
    let mut wild = false;
    let mut only_end_stars = true;
    for token in tokens {
        match token {
            Token::Literal(':') if colons < 5 => colons += 1,
            Token::One | Token::Star { .. } if colons == 2 => return true,
            _ if colons < 5 => {}
            _ if untyped => return false,
            Token::Literal(':' | '/') => return wild,
            Token::Literal(_) => only_end_stars &= !wild,
            Token::One => {
                wild = true;
                only_end_stars = false;
            }
            Token::Star { .. } => wild = true,
        }
    }
    wild && !only_end_stars
}
