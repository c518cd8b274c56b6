//! Policy text with variables: `${aws:PrincipalTag/team}`, `${key, 'default'}`, and the escapes `${*}`, `${?}`, `${$}`.
//!
//! Variables exist only in documents of version 2012-10-17; in older ones `${…}` is literal text (IAM User Guide,
//! "Policy variables"). A variable without a value makes its element match nothing, unless it names a default.

use crate::context::{Context, Value};
use crate::document::Version;
use crate::doubt::Doubt;
use crate::glob::Token;

/// One piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A literal character.
    Literal(char),
    /// A `*` as written (a wildcard where the place allows wildcards).
    Star,
    /// A `?` as written.
    One,
    /// `${key}` or `${key, 'default'}`.
    Variable {
        /// The context key as written.
        key: String,
        /// The text used where the key is absent.
        default: Option<String>,
    },
    /// A `${` that is closed nowhere or holds no key: what AWS makes of it is not documented.
    Broken,
}

/// Policy text, taken apart once when the document is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    text: String,
    parts: Vec<Part>,
    /// Compiled once where there is no variable.
    fixed: Option<(Vec<Token>, String)>,
}

/// A template with its variables filled in.
#[derive(Clone, Debug)]
pub(crate) enum Filled<'t> {
    /// No variable is left: compiled tokens, and the text with wildcards as plain characters.
    Fixed(&'t [Token], &'t str),
    /// As `Fixed`, made for this request.
    Made(Vec<Token>, String),
    /// A variable has no value and no default: matches nothing.
    NoValue,
    /// A variable's value is not known: tokens in which each such variable is a free `*`, and what is open.
    Open(Vec<Token>, Vec<Doubt>),
}

impl Template {
    /// Takes text apart by the rules of the document's version.
    #[must_use]
    pub fn parse(text: &str, version: Version) -> Template {
        let parts = split(text, version);
        let simple = parts.iter().all(|p| !matches!(p, Part::Variable { .. } | Part::Broken));
        let fixed = simple.then(|| (tokens(&parts), plain(&parts)));
        Template {
            text: text.to_owned(),
            parts,
            fixed,
        }
    }

    /// The text as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The pieces.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Only stars: matches every resource, also that of an action without resource types.
    pub(crate) fn is_star(&self) -> bool {
        !self.parts.is_empty() && self.parts.iter().all(|p| *p == Part::Star)
    }

    /// Whether a variable stands before the fifth colon, where resource ARNs take none (IAM User Guide, "Policy variables",
    /// "Resource element").
    pub(crate) fn has_variable_in_head(&self) -> bool {
        let mut colons = 0;
        let mut head = self.parts.iter().take_while(|part| {
            colons += usize::from(**part == Part::Literal(':'));
            colons < 5
        });
        self.fixed.is_none() && head.any(|part| matches!(part, Part::Variable { .. }))
    }

    /// Fills the variables from the request's context.
    pub(crate) fn fill(&self, context: &Context) -> Filled<'_> {
        if let Some((tokens, text)) = &self.fixed {
            return Filled::Fixed(tokens, text);
        }
        let mut parts = Vec::with_capacity(self.parts.len());
        let mut open = Vec::new();
        for part in &self.parts {
            match part {
                Part::Variable { key, default } => match (context.get(key), default) {
                    (Value::One(value), _) => parts.extend(value.chars().map(Part::Literal)),
                    (Value::Absent, Some(text)) => parts.extend(text.chars().map(Part::Literal)),
                    (Value::Absent, None) => return Filled::NoValue,
                    (Value::Many(_), _) => {
                        open.push(Doubt::MultiValuedVariable(key.clone()));
                        parts.push(Part::Star);
                    }
                    (Value::Unknown, _) => {
                        open.push(Doubt::Key(key.clone()));
                        parts.push(Part::Star);
                    }
                },
                Part::Broken => {
                    open.push(Doubt::BrokenVariable(self.text.clone()));
                    parts.push(Part::Star);
                }
                other => parts.push(other.clone()),
            }
        }
        if open.is_empty() {
            Filled::Made(tokens(&parts), plain(&parts))
        } else {
            Filled::Open(tokens(&parts), open)
        }
    }
}

fn split(text: &str, version: Version) -> Vec<Part> {
    let mut parts = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if version == Version::V2012
            && let Some(inside) = rest.strip_prefix("${")
        {
            let Some((name, after)) = inside.split_once('}') else {
                parts.push(Part::Broken);
                return parts;
            };
            parts.push(variable(name));
            rest = after;
            continue;
        }
        parts.push(match c {
            '*' => Part::Star,
            '?' => Part::One,
            other => Part::Literal(other),
        });
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    parts
}

fn variable(inside: &str) -> Part {
    match inside {
        "*" => return Part::Literal('*'),
        "?" => return Part::Literal('?'),
        "$" => return Part::Literal('$'),
        _ => {}
    }
    let (key, default) = match inside.split_once(',') {
        None => (inside.trim(), None),
        Some((key, quoted)) => {
            let text = quoted.trim().strip_prefix('\'').and_then(|q| q.strip_suffix('\''));
            match text {
                Some(text) => (key.trim(), Some(text.to_owned())),
                None => return Part::Broken,
            }
        }
    };
    if key.is_empty() || key.contains(['$', '{', '*', '?']) {
        return Part::Broken;
    }
    Part::Variable {
        key: key.to_owned(),
        default,
    }
}

/// Compiles parts; which stars cross colons depends on what follows and on the five colons that end the ARN's head.
fn tokens(parts: &[Part]) -> Vec<Token> {
    let mut colons = 0;
    let mut out = Vec::with_capacity(parts.len());
    for (i, part) in parts.iter().enumerate() {
        out.push(match part {
            Part::Literal(c) => {
                if *c == ':' {
                    colons += 1;
                }
                Token::Literal(*c)
            }
            Part::Star => {
                let last = matches!(parts.get(i + 1), None | Some(Part::Literal(':')));
                Token::Star {
                    crosses: colons >= 5 && last,
                }
            }
            Part::One => Token::One,
            Part::Variable { .. } | Part::Broken => Token::Star { crosses: true },
        });
    }
    out
}

fn plain(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|p| match p {
            Part::Literal(c) => *c,
            Part::One => '?',
            Part::Star | Part::Variable { .. } | Part::Broken => '*',
        })
        .collect()
}
