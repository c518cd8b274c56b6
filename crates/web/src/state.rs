//! What the page holds: what was given, what was chosen, and how to go back. Plain data with one way to change it.

use std::rc::Rc;

use report::{Lang, Shell};
use yew::Reducible;

/// How many steps can be undone. Earlier inputs are let go, so that memory does not grow without end.
const MOST_STEPS: usize = 20;

/// The language for a BCP 47 tag: Japanese for `ja` and `ja-…`, else English.
pub(crate) fn lang_of(tag: &str) -> Lang {
    let primary = tag.split('-').next().unwrap_or(tag);
    if primary.eq_ignore_ascii_case("ja") { Lang::Ja } else { Lang::En }
}

/// The other language.
pub(crate) const fn other(lang: Lang) -> Lang {
    match lang {
        Lang::En => Lang::Ja,
        Lang::Ja => Lang::En,
    }
}

/// Which colours the page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system says.
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(crate) fn from_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.word() == word).unwrap_or(Self::Auto)
    }
}

/// What is on the page: the case, or a finding's page. Never anything of the case, since it stands in the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Case,
    /// Every code that has a page.
    Findings,
    /// The page of a code.
    Finding(String),
}

impl Route {
    /// The route of an address's fragment (`#/findings/network.no-route`).
    pub(crate) fn from_hash(hash: &str) -> Self {
        match hash.strip_prefix("#/findings") {
            Some("" | "/") => Self::Findings,
            Some(code) => code.strip_prefix('/').map_or(Self::Case, |code| Self::Finding(code.to_owned())),
            None => Self::Case,
        }
    }
}

/// One thing that was pasted, dropped or chosen. The bytes are shared, never copied, between renders.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// Counts up over the life of the page; the key of its element.
    pub(crate) id: usize,
    /// The file's name; `None` for a paste.
    pub(crate) name: Option<Rc<str>>,
    pub(crate) bytes: Rc<[u8]>,
}

impl PartialEq for Input {
    /// An id is given once and its bytes never change: comparing megabytes would say nothing more.
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Input {}

/// What a diagnosis is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) inputs: Vec<Input>,
    /// Answers to questions: the question's lasting id and the answer, in the order given.
    pub(crate) answers: Vec<(String, String)>,
    /// The task to diagnose; none: the latest that failed to start.
    pub(crate) task: Option<String>,
    /// Inputs from this id on were made after the customer changed something.
    pub(crate) changed: Option<usize>,
}

/// One case, beside others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tab {
    /// Counts up over the life of the page, like an input's.
    pub(crate) id: usize,
    pub(crate) held: Held,
    /// Another number for each change of `held`, in all tabs together.
    pub(crate) revision: usize,
    history: Vec<Held>,
}

impl Tab {
    pub(crate) fn can_undo(&self) -> bool {
        !self.history.is_empty()
    }
}

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
        Tab {
            id: self.next_id - 1,
            revision: self.count(),
            ..Tab::default()
        }
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
            if tab.history.len() >= MOST_STEPS {
                tab.history.remove(0);
            }
            tab.history.push(tab.held.clone());
            tab.revision = revision;
            change(&mut tab.held);
        }
    }

    fn inputs(&mut self, given: Vec<Given>) -> Vec<Input> {
        let first = self.next_id;
        self.next_id += given.len();
        let numbered = given.into_iter().zip(first..);
        numbered.map(|((name, bytes), id)| Input { id, name, bytes }).collect()
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
                    next.step(|held| held.inputs.extend(inputs));
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
                let tab = next.tabs.get_mut(next.active);
                if let Some((tab, held)) = tab.and_then(|tab| tab.history.pop().map(|held| (tab, held))) {
                    tab.held = held;
                    tab.revision = revision;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn new() -> Rc<State> {
        Rc::new(State::new(Lang::En, Theme::Auto, Route::Case))
    }

    fn add(state: Rc<State>, text: &str) -> Rc<State> {
        state.reduce(Action::Add(vec![(None, text.as_bytes().into())]))
    }

    fn ids(state: &State) -> Vec<usize> {
        state.tab().held.inputs.iter().map(|input| input.id).collect()
    }

    #[test]
    fn ids_are_not_reused_after_a_removal() {
        let state = add(add(new(), "a"), "b");
        let first = ids(&state)[0];
        let state = add(state.reduce(Action::Remove(first)), "c");
        assert_eq!(ids(&state), [first + 1, first + 2]);
    }

    #[test]
    fn switching_the_language_keeps_everything_else() {
        let state = add(new(), "a").reduce(Action::Answer("subnet:t".into(), "subnet-1".into()));
        let tab = state.tab();
        let state = state.reduce(Action::Speak(Lang::Ja));
        assert_eq!((state.lang, state.tab()), (Lang::Ja, tab));
    }

    #[test]
    fn undo_brings_back_what_was_removed_and_forgetting_leaves_nothing() {
        let state = add(new(), "a");
        let held = ids(&state);
        let state = state.reduce(Action::Remove(held[0]));
        assert_eq!(ids(&state), [0; 0]);
        let state = state.reduce(Action::Undo);
        assert_eq!(ids(&state), held);
        let state = state.reduce(Action::Open).reduce(Action::Forget);
        assert!(!state.tab().can_undo() && state.tab().held == Held::default() && state.tabs.len() == 1);
    }

    #[test]
    fn cases_are_held_apart_and_a_closed_one_comes_back() {
        let state = add(add(new(), "a").reduce(Action::Open), "b");
        let (first, second) = (state.tabs[0].clone(), state.tab());
        assert!(first.held != second.held && first.revision != second.revision);
        let state = state.reduce(Action::Close(second.id));
        assert_eq!(state.tab(), first);
        let state = state.reduce(Action::Close(first.id));
        assert!(state.tabs.len() == 1 && state.tab().held == Held::default());
        assert_eq!(state.reduce(Action::Reopen).tab(), first);
    }

    #[test]
    fn no_two_states_of_a_case_have_the_same_revision() {
        let state = add(new(), "a");
        let before = state.tab().revision;
        let after = state.reduce(Action::Undo).tab().revision;
        assert!(before != after && after != 0);
    }

    #[test]
    fn the_later_answer_to_a_question_counts() {
        let state = new()
            .reduce(Action::Answer("a:".into(), "no".into()))
            .reduce(Action::Answer("a:".into(), "yes".into()));
        assert_eq!(state.tab().held.answers, [("a:".to_owned(), "yes".to_owned())]);
        assert!(state.reduce(Action::Unanswer("a:".into())).tab().held.answers.is_empty());
    }

    #[test]
    fn only_japanese_tags_are_japanese() {
        assert_eq!(["ja-JP", "JA", "jav", ""].map(lang_of), [Lang::Ja, Lang::Ja, Lang::En, Lang::En]);
    }

    #[test]
    fn the_fragment_names_a_finding_or_nothing() {
        assert_eq!(
            Route::from_hash("#/findings/network.no-route"),
            Route::Finding("network.no-route".into())
        );
        assert_eq!(Route::from_hash("#/findings"), Route::Findings);
        assert_eq!(Route::from_hash("#/findingsx"), Route::Case);
        assert_eq!(Route::from_hash(""), Route::Case);
    }
}
