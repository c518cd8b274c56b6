//! What a set of policies says together: is there an allow, is there a deny, and what keeps either open.

use super::principals::Cover;
use super::statement::{self, Outcome};
use crate::decision::StatementRef;
use crate::document::{Document, Effect, Statement};
use crate::doubt::Doubt;
use crate::layers::{EndpointKind, Source};
use crate::request::Request;
use crate::tri::Tri;

/// Something that keeps a layer open.
#[derive(Clone, Debug)]
pub(crate) enum Open<'a, S> {
    Missing(&'a S),
    Statement(&'a S, &'a Statement, Vec<Doubt>),
}

/// The sum over a layer's policies.
pub(crate) struct Tally<'a, S> {
    pub(crate) allow: Cover,
    pub(crate) deny: Tri,
    /// The first statement that allows for certain, by the strongest way found.
    pub(crate) allowed_by: Option<(&'a S, &'a Statement, Cover)>,
    pub(crate) denied_by: Option<(&'a S, &'a Statement)>,
    pub(crate) open_allow: Vec<Open<'a, S>>,
    pub(crate) open_deny: Vec<Open<'a, S>>,
}

impl<S> Default for Tally<'_, S> {
    fn default() -> Self {
        Tally {
            allow: Cover::NONE,
            deny: Tri::False,
            allowed_by: None,
            denied_by: None,
            open_allow: Vec::new(),
            open_deny: Vec::new(),
        }
    }
}

impl<'a, S: Clone> Tally<'a, S> {
    pub(crate) fn of(
        sources: impl IntoIterator<Item = &'a Source<'a, S>>,
        request: &Request,
        endpoint: Option<EndpointKind>,
        bounded: Tri,
    ) -> Tally<'a, S> {
        let gateway = endpoint == Some(EndpointKind::Gateway);
        let mut tally = Tally::default();
        for source in sources {
            match source {
                Source::Document(handle, document) if document.unreadable().is_none() => {
                    tally.document(handle, document, request, gateway, bounded);
                }
                Source::Document(handle, _) | Source::Missing(handle) | Source::Unproven(handle) => {
                    tally.allow = tally.allow.or(Cover::OPEN);
                    tally.deny = tally.deny.or(Tri::Unknown);
                    tally.open_allow.push(Open::Missing(handle));
                    tally.open_deny.push(Open::Missing(handle));
                }
            }
        }
        tally
    }

    fn document(&mut self, handle: &'a S, document: &'a Document, request: &Request, gateway: bool, bounded: Tri) {
        for statement in &document.statements {
            let Some(outcome) = statement::evaluate(statement, document.kind, request, gateway, bounded) else {
                continue;
            };
            if statement.effect != Some(Effect::Deny) {
                self.allow(handle, statement, &outcome);
            }
            if statement.effect != Some(Effect::Allow) {
                self.deny(handle, statement, outcome);
            }
        }
    }

    fn allow(&mut self, handle: &'a S, statement: &'a Statement, outcome: &Outcome) {
        self.allow = self.allow.or(outcome.cover);
        if !outcome.doubts.is_empty() {
            self.open_allow.push(Open::Statement(handle, statement, outcome.doubts.clone()));
        }
        let stronger = |found: &Cover| {
            // An account principal only delegates, so any other way is the better answer.
            let direct = |c: &Cover| c.exact.or(c.role).or(c.everyone).is_true();
            !direct(found) && direct(&outcome.cover)
        };
        if outcome.cover.any().is_true() && self.allowed_by.as_ref().is_none_or(|(_, _, found)| stronger(found)) {
            self.allowed_by = Some((handle, statement, outcome.cover));
        }
    }

    fn deny(&mut self, handle: &'a S, statement: &'a Statement, outcome: Outcome) {
        let applies = outcome.cover.any();
        self.deny = self.deny.or(applies);
        if applies.is_true() {
            self.denied_by.get_or_insert((handle, statement));
        } else {
            self.open_deny.push(Open::Statement(handle, statement, outcome.doubts));
        }
    }

    pub(crate) fn allowing(&self) -> Option<StatementRef<S>> {
        self.allowed_by.as_ref().map(|(handle, statement, _)| reference(*handle, statement))
    }

    pub(crate) fn denying(&self) -> Option<StatementRef<S>> {
        self.denied_by.as_ref().map(|(handle, statement)| reference(*handle, statement))
    }
}

pub(crate) fn reference<S: Clone>(handle: &S, statement: &Statement) -> StatementRef<S> {
    StatementRef {
        handle: handle.clone(),
        pointer: statement.pointer.clone(),
        sid: statement.sid.clone(),
        effect: statement.effect,
    }
}
