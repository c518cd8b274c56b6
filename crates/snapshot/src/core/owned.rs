//! Policies as text, and outputs that do not say what they are about.

use crate::core::json::{Json, Read, canonical};
use crate::needs::{Question, QuestionKind};
use evidence::Citation;

/// A policy document as the output holds it: an object, or a string with JSON in it (percent-encoded or not).
///
/// IAM's API percent-encodes its documents (RFC 3986) and the AWS CLI decodes them; KMS, Secrets Manager, ECR, S3, Organizations and
/// VPC endpoints print a JSON string. Two are equal where they hold the same JSON, whatever the white space.
#[derive(Clone, Debug, Default)]
pub struct PolicyDocument {
    /// The JSON text, decoded.
    pub text: String,
    /// Whether it was a string inside the output: then pointers into the policy do not continue the output's.
    pub embedded: bool,
}

impl PolicyDocument {
    /// From a string member.
    #[must_use]
    pub fn from_string(text: &str) -> Self {
        Self {
            text: percent_decoded(text).unwrap_or_else(|| text.to_owned()),
            embedded: true,
        }
    }

    /// With the place where it stands.
    #[must_use]
    pub fn cited(&self, at: Citation) -> PolicyText {
        PolicyText {
            text: self.text.clone(),
            at,
            embedded: self.embedded,
        }
    }
}

impl PartialEq for PolicyDocument {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
            || match (canonical(&self.text), canonical(&other.text)) {
                (Some(mine), Some(theirs)) => mine == theirs,
                _ => false,
            }
    }
}

impl Read for PolicyDocument {
    fn read(json: Json<'_>) -> Option<Self> {
        Some(match json.text() {
            Some(text) => Self::from_string(&text),
            None => Self {
                text: json.raw().to_owned(),
                embedded: false,
            },
        })
    }
}

/// A policy's text and where it stands; the policy crate parses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyText {
    /// The JSON text, decoded.
    pub text: String,
    /// The member that holds it (or the document's root where the policy itself was pasted).
    pub at: Citation,
    /// Whether it stands there as a string: then a pointer into the policy does not continue `at`'s.
    pub embedded: bool,
}

/// Decodes `%7B…`; `None` where the text is not percent-encoded JSON.
fn percent_decoded(text: &str) -> Option<String> {
    let start = text.trim_start();
    if !start.starts_with("%7B") && !start.starts_with("%7b") {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// What an output that does not say its subject is about, such as the role of `list-attached-role-policies`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner<T> {
    /// The output itself, the command or the bundle's parameters say it.
    Stated(T),
    /// The person answered it.
    Answered(T),
    /// It is the only one that the case names.
    OnlyCandidate(T),
    /// Not known: the question that would settle it.
    Asked(Question),
}

impl<T> Owner<T> {
    /// The owner, where known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Stated(owner) | Self::Answered(owner) | Self::OnlyCandidate(owner) => Some(owner),
            Self::Asked(_) => None,
        }
    }

    /// The question, where the owner is not known.
    pub fn question(&self) -> Option<&Question> {
        match self {
            Self::Asked(question) => Some(question),
            _ => None,
        }
    }
}

impl<T> Owner<T> {
    /// What stands before the other documents are read: stated, or a question of that kind about that document.
    pub(crate) fn new(stated: Option<T>, kind: QuestionKind, document: &str) -> Self {
        match stated {
            Some(owner) => Self::Stated(owner),
            None => Self::Asked(Question {
                kind,
                subject: document.to_owned(),
            }),
        }
    }
}

impl<T: Clone + From<String>> Owner<T> {
    /// Settles a question by its answer, else by the only candidate of the case.
    pub(crate) fn settle(&mut self, answer: impl Fn(&Question) -> Option<String>, only: Option<&T>) {
        let Self::Asked(question) = self else { return };
        if let Some(given) = answer(question) {
            *self = Self::Answered(T::from(given));
        } else if let Some(owner) = only {
            *self = Self::OnlyCandidate(owner.clone());
        }
    }
}

/// The only element of a set; `None` of an empty set or of several.
pub(crate) fn only<T: Ord>(set: &std::collections::BTreeSet<T>) -> Option<&T> {
    if set.len() == 1 { set.first() } else { None }
}

#[cfg(test)]
mod tests {
    use super::PolicyDocument;
    use crate::core::json::{Json, Read};

    fn read(text: &str) -> PolicyDocument {
        PolicyDocument::read(Json::of(text)).unwrap()
    }

    #[test]
    fn every_form_of_a_policy_is_the_same_policy() {
        let object = read(r#"{ "Version": "2012-10-17" }"#);
        let string = read(r#""{\"Version\":\"2012-10-17\"}""#);
        let encoded = read(r#""%7B%22Version%22%3A%222012-10-17%22%7D""#);
        assert_eq!(object, string);
        assert_eq!(object, encoded);
        assert!(!object.embedded && string.embedded && encoded.embedded);
        assert_eq!(encoded.text, r#"{"Version":"2012-10-17"}"#);
    }

    #[test]
    fn broken_percent_encoding_is_kept_as_it_is() {
        let broken = read(r#""%7B%2""#);
        assert_eq!(broken.text, "%7B%2");
    }
}
