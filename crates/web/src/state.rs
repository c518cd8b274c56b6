//! What the page holds: what was given, what was chosen, and how to go back. Plain data with one way to change it.

mod choices;
mod held;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use report::{Lang, Shell};
use yew::Reducible;

pub(crate) use choices::{Route, Theme, lang_of, other};
pub(crate) use held::{Held, Input, Tab};

/// Everything that the page shows depends on this and on nothing else.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    pub(crate) route: Route,
    /// Whether single keys act.
    pub(crate) keys: bool,
    /// Whether what is for engineers is unfolded.
    pub(crate) detailed: bool,
    /// What the customer types commands into.
    pub(crate) shell: Shell,
    /// Whether something large is being taken in.
    pub(crate) reading: bool,
    /// Never empty.
    pub(crate) tabs: Vec<Tab>,
    /// The place of the tab that is shown.
    active: usize,
    /// The tab closed last.
    pub(crate) closed: Option<Tab>,
    next_id: usize,
    next_revision: usize,
}

/// A name and bytes, as they come from a paste, a drop or a choice.
pub(crate) type Given = (Option<Rc<str>>, Rc<[u8]>);

/// What a person can do.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    Speak(Lang),
    Colour(Theme),
    Go(Route),
    UseKeys(bool),
    Detail(bool),
    TypeInto(Shell),
    Reading,
    /// One step, however many files it brings.
    Add(Vec<Given>),
    Remove(usize),
    Answer(String, String),
    /// Takes an answer back.
    Unanswer(String),
    Choose(Option<String>),
    /// Whether what comes next was made after the customer changed something.
    Changed(bool),
    /// An example in place of whatever is held.
    Replace(Vec<Given>),
    Undo,
    /// A tab of its own for another case.
    Open,
    /// The tab with this id.
    Show(usize),
    Close(usize),
    Reopen,
    /// Nothing is left of any case, the steps to undo included.
    Forget,
}

impl State {
    pub(crate) fn new(lang: Lang, theme: Theme, route: Route) -> Self {
        Self {
            lang,
            theme,
            route,
            keys: true,
            detailed: false,
            shell: Shell::Bash,
            reading: false,
            tabs: vec![Tab::default()],
            active: 0,
            closed: None,
            next_id: 1,
            next_revision: 1,
        }
    }

    /// The tab that is shown.
    pub(crate) fn tab(&self) -> Tab {
        self.tabs.get(self.active).cloned().unwrap_or_default()
    }

    fn count(&mut self) -> usize {
        self.next_revision += 1;
        self.next_revision - 1
    }

    fn open(&mut self, tab: Tab) {
        self.active = self.tabs.len();
        self.tabs.push(tab);
    }

    fn empty(&mut self) -> Tab {
        self.next_id += 1;
        let id = self.next_id - 1;
        Tab::new(id, self.count())
    }

    fn close(&mut self, id: usize) {
        let Some(at) = self.tabs.iter().position(|tab| tab.id == id) else {
            return;
        };
        let closed = self.tabs.remove(at);
        if closed.held != Held::default() {
            self.closed = Some(closed);
        }
        if self.tabs.is_empty() {
            let tab = self.empty();
            self.tabs.push(tab);
        }
        let before = self.active.saturating_sub(usize::from(at < self.active));
        self.active = before.min(self.tabs.len().saturating_sub(1));
    }

    /// Keeps what is held, to go back to, and changes it.
    fn step(&mut self, change: impl FnOnce(&mut Held)) {
        let revision = self.count();
        if let Some(tab) = self.tabs.get_mut(self.active) {
            tab.change(revision, change);
        }
    }

    fn inputs(&mut self, given: Vec<Given>) -> Vec<Input> {
        let first = self.next_id;
        self.next_id += given.len();
        let numbered = given.into_iter().zip(first..);
        numbered
            .map(|((name, bytes), id)| Input {
                id,
                number: 0,
                name,
                bytes,
            })
            .collect()
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        match action {
            Action::Speak(lang) => next.lang = lang,
            Action::Colour(theme) => next.theme = theme,
            Action::Go(route) => next.route = route,
            Action::UseKeys(on) => next.keys = on,
            Action::Detail(on) => next.detailed = on,
            Action::TypeInto(shell) => next.shell = shell,
            Action::Reading => next.reading = true,
            Action::Add(given) => {
                next.reading = false;
                if !given.is_empty() {
                    let inputs = next.inputs(given);
                    next.step(|held| held.add(inputs));
                }
            }
            Action::Remove(id) => next.step(|held| held.inputs.retain(|input| input.id != id)),
            Action::Answer(question, answer) => next.step(|held| {
                held.answers.retain(|(other, _)| *other != question);
                held.answers.push((question, answer));
            }),
            Action::Unanswer(question) => next.step(|held| held.answers.retain(|(other, _)| *other != question)),
            Action::Choose(task) => next.step(|held| held.task = task),
            Action::Changed(yes) => {
                let from = yes.then_some(next.next_id);
                next.step(|held| held.changed = from);
            }
            Action::Replace(given) => {
                let inputs = next.inputs(given);
                next.step(|held| {
                    *held = Held { inputs, ..Held::default() };
                });
            }
            Action::Undo => {
                let revision = next.count();
                if let Some(tab) = next.tabs.get_mut(next.active) {
                    tab.undo(revision);
                }
            }
            Action::Open => {
                let tab = next.empty();
                next.open(tab);
            }
            Action::Show(id) => next.active = next.tabs.iter().position(|tab| tab.id == id).unwrap_or(next.active),
            Action::Close(id) => next.close(id),
            Action::Reopen => {
                if let Some(tab) = next.closed.take() {
                    next.open(tab);
                }
            }
            Action::Forget => {
                next.closed = None;
                next.reading = false;
                next.active = 0;
                let tab = next.empty();
                next.tabs = vec![tab];
            }
        }
        Rc::new(next)
    }
}
