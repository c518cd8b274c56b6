//! Condition entries as read: operator, key, values (IAM User Guide, "Condition operators").

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use ipnet::IpNet;

use crate::document::Version;
use crate::number::Decimal;
use crate::problem::ProblemKind;
use crate::template::Template;

/// A set operator in front of a condition operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// `ForAllValues:`; true for a key without values.
    All,
    /// `ForAnyValue:`; false for a key without values.
    Any,
}

/// A comparison that has an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `…Equals` and `…NotEquals`.
    Equals,
    /// `…LessThan`.
    Less,
    /// `…LessThanEquals`.
    LessOrEqual,
    /// `…GreaterThan`.
    Greater,
    /// `…GreaterThanEquals`.
    GreaterOrEqual,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// `StringEquals`.
    Text,
    /// `StringEqualsIgnoreCase`.
    TextIgnoringCase,
    /// `StringLike`.
    Like,
    /// `Numeric…`.
    Number(Comparison),
    /// `Date…`.
    Date(Comparison),
    /// `Bool`.
    Bool,
    /// `BinaryEquals`.
    Binary,
    /// `IpAddress`.
    Ip,
    /// `ArnEquals`, `ArnLike`: the same test.
    Arn,
    /// `Null`.
    Null,
}

/// A condition operator, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// The set operator.
    pub set: Option<Set>,
    /// What is compared.
    pub test: Test,
    /// `…Not…`: none of the values may match, and an absent key makes it true.
    pub negated: bool,
    /// `…IfExists`: an absent key makes it true.
    pub if_exists: bool,
}

impl Operator {
    /// Reads an operator's name; `None` for any the language does not define. Letter case counts: AWS documents no other.
    #[must_use]
    pub fn parse(name: &str) -> Option<Operator> {
        let (set, name) = match name.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Set::All), rest),
            Some(("ForAnyValue", rest)) => (Some(Set::Any), rest),
            Some(_) => return None,
            None => (None, name),
        };
        let (name, if_exists) = name.strip_suffix("IfExists").map_or((name, false), |n| (n, true));
        let (test, negated) = match name {
            "StringEquals" => (Test::Text, false),
            "StringNotEquals" => (Test::Text, true),
            "StringEqualsIgnoreCase" => (Test::TextIgnoringCase, false),
            "StringNotEqualsIgnoreCase" => (Test::TextIgnoringCase, true),
            "StringLike" => (Test::Like, false),
            "StringNotLike" => (Test::Like, true),
            "ArnEquals" | "ArnLike" => (Test::Arn, false),
            "ArnNotEquals" | "ArnNotLike" => (Test::Arn, true),
            "IpAddress" => (Test::Ip, false),
            "NotIpAddress" => (Test::Ip, true),
            "Bool" => (Test::Bool, false),
            "BinaryEquals" => (Test::Binary, false),
            "Null" => (Test::Null, false),
            _ => {
                let (make, rest): (fn(Comparison) -> Test, &str) = if let Some(rest) = name.strip_prefix("Numeric") {
                    (Test::Number, rest)
                } else {
                    (Test::Date, name.strip_prefix("Date")?)
                };
                match rest {
                    "Equals" => (make(Comparison::Equals), false),
                    "NotEquals" => (make(Comparison::Equals), true),
                    "LessThan" => (make(Comparison::Less), false),
                    "LessThanEquals" => (make(Comparison::LessOrEqual), false),
                    "GreaterThan" => (make(Comparison::Greater), false),
                    "GreaterThanEquals" => (make(Comparison::GreaterOrEqual), false),
                    _ => return None,
                }
            }
        };
        // IfExists does not go with Null, and Null takes no set operator.
        if test == Test::Null && (if_exists || set.is_some()) {
            return None;
        }
        Some(Operator {
            set,
            test,
            negated,
            if_exists,
        })
    }
}

/// One value on the policy's side, read as its operator needs it.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// Text, with variables where the version has them.
    Text(Template),
    /// A number.
    Number(Decimal),
    /// An instant in UTC.
    Date(NaiveDateTime),
    /// An address range.
    Net(IpNet),
    /// `true` or `false`.
    Flag(bool),
    /// Decoded bytes.
    Bytes(Vec<u8>),
    /// Unreadable for this operator.
    Malformed(String),
}

impl Operand {
    /// Reads one value.
    #[must_use]
    pub(crate) fn parse(text: &str, test: Test, version: Version) -> Operand {
        let read = match test {
            Test::Text | Test::TextIgnoringCase | Test::Like | Test::Arn => Some(Operand::Text(Template::parse(text, version))),
            Test::Number(_) => Decimal::parse(text).map(Operand::Number),
            Test::Date(_) => parse_date(text).map(Operand::Date),
            Test::Ip => parse_net(text).map(Operand::Net),
            Test::Bool | Test::Null => parse_flag(text).map(Operand::Flag),
            Test::Binary => decode_base64(text).map(Operand::Bytes),
        };
        read.unwrap_or_else(|| Operand::Malformed(text.to_owned()))
    }
}

/// One entry of a `Condition`: all entries of a statement must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// JSON pointer inside the document: `/Statement/0/Condition/StringEquals/aws:SourceVpce`.
    pub pointer: String,
    /// The operator's name as written.
    pub operator_name: String,
    /// The operator; `None` where the language does not define it.
    pub operator: Option<Operator>,
    /// The context key as written.
    pub key: String,
    /// The values: one of them must match (or none, under a negated operator).
    pub values: Vec<Operand>,
    /// What is wrong with it; the entry is then open.
    pub defect: Option<ProblemKind>,
}

/// `true` or `false`, in any letter case.
pub(crate) fn parse_flag(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// A CIDR block or a single address.
pub(crate) fn parse_net(text: &str) -> Option<IpNet> {
    text.parse::<IpNet>()
        .ok()
        .or_else(|| text.parse::<std::net::IpAddr>().ok().map(IpNet::from))
}

/// ISO 8601 in the W3C profile (date, date and time with zone) or seconds since 1970. Four digits alone could be a year
/// or an instant, so they are not read.
pub(crate) fn parse_date(text: &str) -> Option<NaiveDateTime> {
    if text.len() > 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        return DateTime::from_timestamp(text.parse().ok()?, 0).map(|d| d.naive_utc());
    }
    if let Ok(date) = DateTime::parse_from_rfc3339(text) {
        return Some(date.naive_utc());
    }
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return date.and_hms_opt(0, 0, 0);
    }
    for format in ["%Y-%m-%dT%H:%M%:z", "%Y-%m-%dT%H:%M:%S%z"] {
        if let Ok(date) = DateTime::parse_from_str(text, format) {
            return Some(date.naive_utc());
        }
    }
    let without_zone = text.strip_suffix('Z')?;
    NaiveDateTime::parse_from_str(without_zone, "%Y-%m-%dT%H:%M").ok()
}

/// Standard base64 with or without padding.
pub(crate) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let (mut bits, mut count, mut out) = (0u32, 0u32, Vec::with_capacity(text.len() / 4 * 3));
    for b in text.trim_end_matches('=').bytes() {
        let six = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(six)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    // One sextet left over is no byte.
    (count < 6).then_some(out)
}
