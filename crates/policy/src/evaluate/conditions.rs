//! Condition entries against the context (IAM User Guide, "Condition operators", "Multivalued context keys").

use std::cmp::Ordering;
use std::net::IpAddr;

use crate::condition::{Comparison, Condition, Operand, Operator, Set, Test, decode_base64, parse_date, parse_flag};
use crate::context::{Context, Value};
use crate::doubt::Doubt;
use crate::glob::{self, Reading, Token};
use crate::number::Decimal;
use crate::problem::ProblemKind;
use crate::template::{Filled, Template};
use crate::tri::Tri;

/// Whether the entry holds; what keeps it open goes to `doubts`.
pub(crate) fn holds(condition: &Condition, context: &Context, doubts: &mut Vec<Doubt>) -> Tri {
    let (Some(operator), None) = (condition.operator, &condition.defect) else {
        let defect = condition.defect.clone();
        doubts.push(Doubt::Defect(
            defect.unwrap_or(ProblemKind::UnknownOperator(condition.operator_name.clone())),
        ));
        return Tri::Unknown;
    };
    let key = &condition.key;
    let values = match context.get(key) {
        Value::Unknown => {
            doubts.push(Doubt::Key(key.clone()));
            return Tri::Unknown;
        }
        Value::Absent => return absent(condition, operator, doubts),
        Value::Many(values) if operator.test == Test::Null => {
            return null(condition, values.is_empty(), doubts);
        }
        Value::One(_) if operator.test == Test::Null => return null(condition, false, doubts),
        Value::One(value) => return one(condition, operator, value, context, doubts),
        Value::Many(values) => values,
    };
    match operator.set {
        Some(Set::All) => values
            .iter()
            .map(|v| one(condition, operator, v, context, doubts))
            .fold(Tri::True, Tri::and),
        Some(Set::Any) if values.is_empty() && operator.if_exists => any_value_if_exists(condition, doubts),
        Some(Set::Any) => values
            .iter()
            .map(|v| one(condition, operator, v, context, doubts))
            .fold(Tri::False, Tri::or),
        None => {
            doubts.push(Doubt::MissingSetOperator(key.clone()));
            Tri::Unknown
        }
    }
}

fn absent(condition: &Condition, operator: Operator, doubts: &mut Vec<Doubt>) -> Tri {
    if operator.test == Test::Null {
        return null(condition, true, doubts);
    }
    match operator.set {
        Some(Set::Any) if operator.if_exists => any_value_if_exists(condition, doubts),
        _ if operator.if_exists => Tri::True,
        Some(Set::All) => Tri::True,
        Some(Set::Any) => Tri::False,
        None => operator.negated.into(),
    }
}

fn any_value_if_exists(condition: &Condition, doubts: &mut Vec<Doubt>) -> Tri {
    doubts.push(Doubt::AnyValueIfExists(condition.key.clone()));
    Tri::Unknown
}

fn null(condition: &Condition, absent: bool, doubts: &mut Vec<Doubt>) -> Tri {
    condition.values.iter().fold(Tri::False, |result, value| {
        result.or(match value {
            Operand::Flag(flag) => (*flag == absent).into(),
            other => malformed(other, doubts),
        })
    })
}

/// One value of the request against all of the policy's values.
fn one(condition: &Condition, operator: Operator, value: &str, context: &Context, doubts: &mut Vec<Doubt>) -> Tri {
    let mut result = Tri::False;
    let before = doubts.len();
    for operand in &condition.values {
        result = result.or(matches(condition, operator, operand, value, context, doubts));
        if result.is_true() {
            break;
        }
    }
    if !result.is_unknown() {
        doubts.truncate(before);
    }
    if operator.negated { !result } else { result }
}

fn malformed(operand: &Operand, doubts: &mut Vec<Doubt>) -> Tri {
    let text = if let Operand::Malformed(text) = operand {
        text.clone()
    } else {
        String::new()
    };
    doubts.push(Doubt::Defect(ProblemKind::MalformedValue(text)));
    Tri::Unknown
}

fn matches(condition: &Condition, operator: Operator, operand: &Operand, value: &str, context: &Context, doubts: &mut Vec<Doubt>) -> Tri {
    let read = match (operator.test, operand) {
        (_, Operand::Malformed(_)) => return malformed(operand, doubts),
        (Test::Text | Test::TextIgnoringCase | Test::Like | Test::Arn, Operand::Text(template)) => {
            return text(operator, template, value, context, doubts);
        }
        (Test::Number(comparison), Operand::Number(wanted)) => Decimal::parse(value).map(|v| compare(comparison, v.cmp(wanted))),
        (Test::Date(comparison), Operand::Date(wanted)) => parse_date(value).map(|v| compare(comparison, v.cmp(wanted))),
        (Test::Bool, Operand::Flag(wanted)) => parse_flag(value).map(|v| v == *wanted),
        (Test::Binary, Operand::Bytes(wanted)) => decode_base64(value).map(|v| v == *wanted),
        (Test::Ip, Operand::Net(net)) => value.parse::<IpAddr>().ok().map(|ip| net.contains(&ip)),
        _ => None,
    };
    match read {
        Some(result) => result.into(),
        None => {
            doubts.push(Doubt::UnexpectedValue(condition.key.clone()));
            Tri::Unknown
        }
    }
}

fn compare(comparison: Comparison, ordering: Ordering) -> bool {
    match comparison {
        Comparison::Equals => ordering == Ordering::Equal,
        Comparison::Less => ordering == Ordering::Less,
        Comparison::LessOrEqual => ordering != Ordering::Greater,
        Comparison::Greater => ordering == Ordering::Greater,
        Comparison::GreaterOrEqual => ordering != Ordering::Less,
    }
}

fn text(operator: Operator, template: &Template, value: &str, context: &Context, doubts: &mut Vec<Doubt>) -> Tri {
    let Operator { test, negated, .. } = operator;
    let filled = template.fill(context);
    let (tokens, plain) = match &filled {
        Filled::NoValue => return Tri::False,
        Filled::Open(tokens, open) => {
            // Without the values nothing is proved but what no value could match.
            let could = if test == Test::TextIgnoringCase {
                glob::matches(&glob::lower(tokens), &lower(value), Reading::Loose)
            } else {
                glob::matches(tokens, value, Reading::Loose)
            };
            if !could {
                return Tri::False;
            }
            doubts.extend(open.iter().cloned());
            return Tri::Unknown;
        }
        Filled::Fixed(tokens, plain) => (*tokens, *plain),
        Filled::Made(tokens, plain) => (tokens.as_slice(), plain.as_str()),
    };
    match test {
        Test::Like => glob::matches(tokens, value, Reading::Loose).into(),
        Test::Arn => arn(tokens, template, value, negated, doubts),
        Test::TextIgnoringCase => (lower(plain) == lower(value)).into(),
        _ => (plain == value).into(),
    }
}

/// Character by character, so that patterns and values are lowered alike.
fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Each of the six parts on its own; the sixth is everything after the fifth colon.
fn arn(tokens: &[Token], template: &Template, value: &str, negated: bool, doubts: &mut Vec<Doubt>) -> Tri {
    let Some((fifth, _)) = value.match_indices(':').nth(4) else {
        return Tri::False;
    };
    let mut colons = tokens.iter().enumerate().filter(|(_, t)| **t == Token::Literal(':'));
    let Some((split, _)) = colons.nth(4) else {
        // What is no ARN matches nothing; whether a negated operator then holds is not documented.
        if negated || short_could_match(tokens, value) {
            doubts.push(Doubt::ShortArn(template.text().to_owned()));
            return Tri::Unknown;
        }
        return Tri::False;
    };
    let (head, tail) = tokens.split_at(split);
    let (value_head, value_tail) = value.split_at(fifth);
    (glob::matches(head, value_head, Reading::Segmented) && glob::matches(tail, value_tail, Reading::Loose)).into()
}

/// Whether a pattern with fewer than six parts would match if it, or what it leaves out, matched everything.
pub(crate) fn short_could_match(tokens: &[Token], subject: &str) -> bool {
    let mut longer = tokens.to_vec();
    longer.extend([Token::Literal(':'), Token::Star { crosses: true }]);
    glob::matches(tokens, subject, Reading::Loose) || glob::matches(&longer, subject, Reading::Loose)
}
