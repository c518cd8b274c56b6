//! Documents changed in one statement, with everything else left as its author wrote it: what a remedy puts in place.
//!
//! Every answer is one line of JSON, as a command-line argument takes it.

use crate::document::Document;
use crate::parse::json::{Node, Shape};
use crate::write::DraftStatement;

/// The operators under which a further value takes one more principal out (IAM User Guide, "Condition operators": a
/// negated operator holds where none of its values matches).
const SPARING: [&str; 2] = ["ArnNotEquals", "ArnNotLike"];
const PRINCIPAL: &str = "aws:PrincipalArn";

impl Document {
    /// Without the statement at `pointer`. `None` where there is no such statement, or it is the only one: a policy without
    /// statements is none.
    #[must_use]
    pub fn without(&self, pointer: &str) -> Option<String> {
        let taken = Taken::of(self)?;
        let kept: Vec<String> = taken.statements.iter().filter(|s| s.pointer != pointer).map(minified).collect();
        (!kept.is_empty() && kept.len() < taken.statements.len()).then(|| taken.write(kept))
    }

    /// With the statement at `pointer` narrowed so that it does not apply to the role of that ARN: `ArnNotEquals` on
    /// `aws:PrincipalArn`, beside its other conditions. `None` where there is no such statement, or its conditions cannot
    /// be read.
    #[must_use]
    pub fn sparing(&self, pointer: &str, role: &str) -> Option<String> {
        let taken = Taken::of(self)?;
        let changed: Option<Vec<String>> = taken
            .statements
            .iter()
            .map(|s| if s.pointer == pointer { spare(s, role) } else { Some(minified(s)) })
            .collect();
        let known = taken.statements.iter().any(|s| s.pointer == pointer);
        changed.filter(|_| known).map(|statements| taken.write(statements))
    }

    /// With one more statement at its end.
    #[must_use]
    pub fn adding(&self, statement: &DraftStatement) -> Option<String> {
        let taken = Taken::of(self)?;
        let mut statements: Vec<String> = taken.statements.iter().map(minified).collect();
        statements.push(serde_json::to_string(statement).ok()?);
        Some(taken.write(statements))
    }
}

/// A document's members and statements, still as text.
struct Taken<'a> {
    members: Vec<(String, Node<'a>)>,
    statements: Vec<Node<'a>>,
}

impl<'a> Taken<'a> {
    fn of(document: &'a Document) -> Option<Taken<'a>> {
        let members = object(&Node::root(document.source()).ok()?)?;
        let (_, node) = members.iter().find(|(name, _)| name == "Statement")?;
        let statements = match node.shape() {
            Shape::Array(items) => items,
            Shape::Object(_) => vec![node.clone()],
            _ => return None,
        };
        Some(Taken { members, statements })
    }

    fn write(&self, statements: Vec<String>) -> String {
        let mut members = texts(&self.members);
        put(&mut members, "Statement", format!("[{}]", statements.join(",")));
        written(&members)
    }
}

type Texts = Vec<(String, String)>;

fn object<'a>(node: &Node<'a>) -> Option<Vec<(String, Node<'a>)>> {
    match node.shape() {
        Shape::Object(members) => Some(members),
        _ => None,
    }
}

fn texts(members: &[(String, Node<'_>)]) -> Texts {
    members.iter().map(|(name, node)| (name.clone(), minified(node))).collect()
}

fn put(members: &mut Texts, name: &str, value: String) {
    match members.iter_mut().find(|(known, _)| known == name) {
        Some((_, old)) => *old = value,
        None => members.push((name.to_owned(), value)),
    }
}

fn written(members: &[(String, String)]) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("{}:{value}", quoted(name))).collect();
    format!("{{{}}}", members.join(","))
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn spare(statement: &Node<'_>, role: &str) -> Option<String> {
    let members = object(statement)?;
    let conditions = match members.iter().find(|(name, _)| name == "Condition") {
        Some((_, node)) => object(node)?,
        None => Vec::new(),
    };
    let mut operators = texts(&conditions);
    let named = conditions.iter().find(|(name, _)| SPARING.contains(&name.as_str()));
    let (operator, keys) = match named {
        Some((name, node)) => (name.as_str(), object(node)?),
        None => (SPARING[0], Vec::new()),
    };
    let mut written_keys = texts(&keys);
    let same = keys.iter().find(|(key, _)| key.eq_ignore_ascii_case(PRINCIPAL));
    let values = match same {
        Some((_, node)) => format!("[{},{}]", minified(node).trim_matches(['[', ']']), quoted(role)),
        None => quoted(role),
    };
    put(&mut written_keys, same.map_or(PRINCIPAL, |(key, _)| key), values);
    put(&mut operators, operator, written(&written_keys));
    let mut all = texts(&members);
    put(&mut all, "Condition", written(&operators));
    Some(written(&all))
}

/// JSON without the space between its parts.
fn minified(node: &Node<'_>) -> String {
    let (mut inside, mut escaped) = (false, false);
    node.raw
        .chars()
        .filter(|c| {
            let keep = inside || !c.is_ascii_whitespace();
            if *c == '"' && !escaped {
                inside = !inside;
            }
            escaped = inside && *c == '\\' && !escaped;
            keep
        })
        .collect()
}
