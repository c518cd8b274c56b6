//! One statement: its elements, what its kind of document allows, and what is wrong with it.

use super::Reader;
use super::json::{Node, Shape};
use crate::condition::{Condition, Operand, Operator};
use crate::document::{ActionPattern, Actions, DocumentKind, Effect, PrincipalItem, Principals, Resources, Statement};
use crate::glob;
use crate::problem::ProblemKind;
use crate::template::{Part, Template};
use std::collections::BTreeSet;

type Members<'a> = Vec<(String, Node<'a>)>;

impl Reader<'_> {
    pub(super) fn statement(&mut self, node: &Node<'_>, members: Members<'_>) -> Statement {
        let mut out = Statement {
            pointer: node.pointer.clone(),
            offset: node.offset(self.text),
            sid: None,
            effect: None,
            principals: None,
            actions: None,
            resources: None,
            conditions: Vec::new(),
            defects: Vec::new(),
        };
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (name, value) in &members {
            if !seen.insert(name) {
                // Which of the two counts is open, so the element must not rule anything out.
                match name.as_str() {
                    "Effect" => out.effect = None,
                    "Action" | "NotAction" => out.actions = None,
                    "Resource" | "NotResource" => out.resources = None,
                    "Principal" | "NotPrincipal" => out.principals = None,
                    "Condition" => out.conditions.clear(),
                    _ => {}
                }
                self.defect(&mut out, value, ProblemKind::DuplicateKey(name.clone()));
                continue;
            }
            self.element(&mut out, name, value);
        }
        self.check_whole(&mut out, node, &seen);
        out
    }

    fn defect(&mut self, statement: &mut Statement, node: &Node<'_>, kind: ProblemKind) {
        self.report(node, kind.clone());
        statement.defects.push(kind);
    }

    fn element(&mut self, out: &mut Statement, name: &str, node: &Node<'_>) {
        match name {
            "Sid" => match node.shape() {
                Shape::Text(sid) => out.sid = Some(sid),
                _ => self.defect(out, node, ProblemKind::WrongType("a string")),
            },
            "Effect" => match node.shape() {
                Shape::Text(text) if text == "Allow" => out.effect = Some(Effect::Allow),
                Shape::Text(text) if text == "Deny" => out.effect = Some(Effect::Deny),
                Shape::Text(text) => self.defect(out, node, ProblemKind::UnknownEffect(text)),
                _ => self.defect(out, node, ProblemKind::WrongType("a string")),
            },
            "Action" | "NotAction" => {
                let Some(items) = self.strings(out, node) else {
                    return;
                };
                let mut patterns = Vec::with_capacity(items.len());
                for (item, text) in items {
                    let pattern = ActionPattern::new(text);
                    if pattern.malformed {
                        self.report(&item, ProblemKind::MalformedAction(pattern.text.clone()));
                    }
                    patterns.push(pattern);
                }
                out.actions = Some(Actions {
                    negated: name == "NotAction",
                    patterns,
                });
            }
            "Resource" | "NotResource" => {
                let Some(items) = self.strings(out, node) else {
                    return;
                };
                let mut patterns = Vec::with_capacity(items.len());
                for (item, text) in items {
                    let template = Template::parse(&text, self.version);
                    let begins_free = matches!(template.parts().first(), Some(Part::Star | Part::Variable { .. }));
                    if !begins_free && !text.starts_with("arn:") {
                        self.report(&item, ProblemKind::MalformedResource(text));
                    }
                    patterns.push(template);
                }
                out.resources = Some(Resources {
                    negated: name == "NotResource",
                    patterns,
                });
            }
            "Principal" | "NotPrincipal" => self.principal(out, name == "NotPrincipal", node),
            "Condition" => self.conditions(out, node),
            _ => self.defect(out, node, ProblemKind::UnknownElement(name.to_owned())),
        }
    }

    /// A string or an array of strings; `None` (and a defect) for anything else and for an empty array.
    fn strings<'a>(&mut self, out: &mut Statement, node: &Node<'a>) -> Option<Vec<(Node<'a>, String)>> {
        let items = match node.shape() {
            Shape::Text(text) => Some(vec![(node.clone(), text)]),
            Shape::Array(items) => items
                .into_iter()
                .map(|item| match item.shape() {
                    Shape::Text(text) => Some((item, text)),
                    _ => None,
                })
                .collect(),
            _ => None,
        };
        let items = items.filter(|i| !i.is_empty());
        if items.is_none() {
            self.defect(out, node, ProblemKind::WrongType("a string or an array of strings"));
        }
        items
    }

    fn principal(&mut self, out: &mut Statement, negated: bool, node: &Node<'_>) {
        let mut items = Vec::new();
        match node.shape() {
            Shape::Text(text) if text == "*" => items.push(PrincipalItem::Everyone),
            Shape::Object(members) => {
                let mut seen = BTreeSet::new();
                for (kind, value) in &members {
                    if !seen.insert(kind) {
                        self.defect(out, value, ProblemKind::DuplicateKey(kind.clone()));
                        return;
                    }
                    let Some(texts) = self.strings(out, value) else {
                        return;
                    };
                    items.extend(texts.into_iter().map(|(_, text)| match kind.as_str() {
                        "AWS" if text == "*" => PrincipalItem::Everyone,
                        "AWS" => PrincipalItem::Aws(text),
                        "Service" => PrincipalItem::Service(text),
                        "Federated" => PrincipalItem::Federated(text),
                        "CanonicalUser" => PrincipalItem::CanonicalUser(text),
                        _ => PrincipalItem::Other(kind.clone(), text),
                    }));
                }
            }
            _ => {
                self.defect(out, node, ProblemKind::WrongType("`*` or an object of principals"));
                return;
            }
        }
        if self.kind == DocumentKind::ResourceControl && (negated || items != [PrincipalItem::Everyone]) {
            self.defect(out, node, ProblemKind::NotAllowedHere("Principal"));
        }
        out.principals = Some(Principals { negated, items });
    }

    fn conditions(&mut self, out: &mut Statement, node: &Node<'_>) {
        let Shape::Object(operators) = node.shape() else {
            self.defect(out, node, ProblemKind::WrongType("an object of condition operators"));
            return;
        };
        // Which of two entries of the same name counts is open, so neither may rule anything out.
        let mut seen = BTreeSet::new();
        let mut twice: BTreeSet<(&str, Option<String>)> = BTreeSet::new();
        for (name, keys_node) in &operators {
            if !seen.insert(name) {
                twice.insert((name, None));
                self.defect(out, keys_node, ProblemKind::DuplicateKey(name.clone()));
                continue;
            }
            let operator = Operator::parse(name);
            if operator.is_none() {
                self.report(keys_node, ProblemKind::UnknownOperator(name.clone()));
            }
            let Shape::Object(keys) = keys_node.shape() else {
                self.defect(out, keys_node, ProblemKind::WrongType("an object of condition keys"));
                continue;
            };
            let mut keys_seen = BTreeSet::new();
            for (key, values_node) in &keys {
                let lower = key.to_ascii_lowercase();
                if !keys_seen.insert(lower.clone()) {
                    twice.insert((name, Some(lower)));
                    self.defect(out, values_node, ProblemKind::DuplicateKey(key.clone()));
                    continue;
                }
                let condition = self.condition(name, operator, key, values_node);
                out.conditions.push(condition);
            }
        }
        out.conditions.retain(|c| {
            let name = c.operator_name.as_str();
            !twice.contains(&(name, None)) && !twice.contains(&(name, Some(c.key.to_ascii_lowercase())))
        });
    }

    fn condition(&mut self, name: &str, operator: Option<Operator>, key: &str, node: &Node<'_>) -> Condition {
        let mut condition = Condition {
            pointer: node.pointer.clone(),
            operator_name: name.to_owned(),
            operator,
            key: key.to_owned(),
            values: Vec::new(),
            defect: operator.is_none().then(|| ProblemKind::UnknownOperator(name.to_owned())),
        };
        let texts: Option<Vec<String>> = match node.shape() {
            Shape::Text(text) | Shape::Scalar(text) => Some(vec![text]),
            Shape::Array(items) => items
                .iter()
                .map(|item| match item.shape() {
                    Shape::Text(text) | Shape::Scalar(text) => Some(text),
                    _ => None,
                })
                .collect(),
            _ => None,
        };
        let Some(texts) = texts.filter(|t| !t.is_empty()) else {
            let fault = ProblemKind::WrongType("a value or an array of values");
            self.report(node, fault.clone());
            condition.defect.get_or_insert(fault);
            return condition;
        };
        if let Some(operator) = operator {
            condition.values = texts.iter().map(|t| Operand::parse(t, operator.test, self.version)).collect();
            for value in &condition.values {
                if let Operand::Malformed(text) = value {
                    self.report(node, ProblemKind::MalformedValue(text.clone()));
                }
            }
        }
        condition
    }

    /// What the kind of document requires and forbids.
    fn check_whole(&mut self, out: &mut Statement, node: &Node<'_>, seen: &BTreeSet<&str>) {
        let has = |name: &str| seen.contains(name);
        for (a, b) in [("Action", "NotAction"), ("Resource", "NotResource"), ("Principal", "NotPrincipal")] {
            if has(a) && has(b) {
                match a {
                    "Action" => out.actions = None,
                    "Resource" => out.resources = None,
                    _ => out.principals = None,
                }
                self.defect(out, node, ProblemKind::Conflict(a, b));
            }
        }
        if !has("Effect") {
            self.defect(out, node, ProblemKind::Missing("Effect"));
        }
        if !has("Action") && !has("NotAction") {
            self.defect(out, node, ProblemKind::Missing("Action"));
        }
        let names_principals = has("Principal") || has("NotPrincipal");
        if self.kind.has_principals() && !names_principals {
            self.defect(out, node, ProblemKind::Missing("Principal"));
        }
        if !self.kind.has_principals() && names_principals {
            out.principals = None;
            self.defect(out, node, ProblemKind::NotAllowedHere("Principal"));
        }
        let needs_resource = !matches!(self.kind, DocumentKind::Resource | DocumentKind::Trust);
        if needs_resource && !has("Resource") && !has("NotResource") {
            self.defect(out, node, ProblemKind::Missing("Resource"));
        }
        if self.kind == DocumentKind::ResourceControl && out.effect == Some(Effect::Allow) && !is_full_access(out) {
            self.defect(out, node, ProblemKind::NotAllowedHere("Effect"));
        }
    }
}

/// The one allow statement a resource control policy may hold: that of the built-in `RCPFullAWSAccess`.
fn is_full_access(statement: &Statement) -> bool {
    let all_actions = statement
        .actions
        .as_ref()
        .is_some_and(|a| !a.negated && a.patterns.iter().any(|p| p.text == "*"));
    let all_resources = statement
        .resources
        .as_ref()
        .is_some_and(|r| !r.negated && r.patterns.iter().any(Template::is_star));
    all_actions && all_resources && statement.conditions.is_empty()
}

impl ActionPattern {
    fn new(text: String) -> ActionPattern {
        let malformed = text != "*"
            && text != "*:*"
            && match text.split_once(':') {
                Some((service, action)) => service.is_empty() || action.is_empty() || service.contains(['*', '?']) || action.contains(':'),
                None => true,
            };
        ActionPattern {
            tokens: glob::compile(&text.to_ascii_lowercase()),
            text,
            malformed,
        }
    }
}
