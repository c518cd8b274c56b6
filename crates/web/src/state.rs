//! What the page holds: what was given, what was chosen, and how to go back. Plain data with one way to change it.

use std::rc::Rc;

use report::Lang;
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
}

/// Everything that the page shows depends on this and on nothing else.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    pub(crate) route: Route,
    /// Whether single keys act.
    pub(crate) keys: bool,
    /// Whether something large is being read.
    pub(crate) reading: bool,
    pub(crate) held: Held,
    /// Counts the changes of `held`.
    pub(crate) revision: usize,
    history: Vec<Held>,
    next_id: usize,
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
    Reading,
    /// One step, however many files it brings.
    Add(Vec<Given>),
    Remove(usize),
    Answer(String, String),
    /// Takes an answer back.
    Unanswer(String),
    Choose(Option<String>),
    /// An example in place of whatever is held.
    Replace(Vec<Given>),
    Undo,
    /// Nothing is left, the steps to undo included.
    Forget,
}

impl State {
    pub(crate) fn new(lang: Lang, theme: Theme, route: Route) -> Self {
        Self {
            lang,
            theme,
            route,
            keys: true,
            reading: false,
            held: Held::default(),
            revision: 0,
            history: Vec::new(),
            next_id: 0,
        }
    }

    pub(crate) fn can_undo(&self) -> bool {
        !self.history.is_empty()
    }

    /// Keeps what is held, to go back to, and lets it be changed.
    fn step(&mut self) -> &mut Held {
        if self.history.len() >= MOST_STEPS {
            self.history.remove(0);
        }
        self.history.push(self.held.clone());
        self.revision += 1;
        &mut self.held
    }

    fn add(&mut self, given: Vec<Given>) {
        for (name, bytes) in given {
            self.held.inputs.push(Input {
                id: self.next_id,
                name,
                bytes,
            });
            self.next_id += 1;
        }
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
            Action::Reading => next.reading = true,
            Action::Add(given) => {
                next.reading = false;
                if !given.is_empty() {
                    next.step();
                    next.add(given);
                }
            }
            Action::Remove(id) => next.step().inputs.retain(|input| input.id != id),
            Action::Answer(question, answer) => {
                let answers = &mut next.step().answers;
                answers.retain(|(other, _)| *other != question);
                answers.push((question, answer));
            }
            Action::Unanswer(question) => next.step().answers.retain(|(other, _)| *other != question),
            Action::Choose(task) => next.step().task = task,
            Action::Replace(given) => {
                *next.step() = Held::default();
                next.add(given);
            }
            Action::Undo => {
                if let Some(held) = next.history.pop() {
                    next.held = held;
                    next.revision += 1;
                }
            }
            Action::Forget => {
                next.held = Held::default();
                next.history.clear();
                next.reading = false;
                next.revision += 1;
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
        state.held.inputs.iter().map(|input| input.id).collect()
    }

    #[test]
    fn ids_are_not_reused_after_a_removal() {
        let state = add(add(new(), "a"), "b");
        let state = add(state.reduce(Action::Remove(1)), "c");
        assert_eq!(ids(&state), [0, 2]);
    }

    #[test]
    fn switching_the_language_keeps_everything_else() {
        let state = add(new(), "a").reduce(Action::Answer("subnet:t".into(), "subnet-1".into()));
        let held = state.held.clone();
        let state = state.reduce(Action::Speak(Lang::Ja));
        assert_eq!((state.lang, &state.held), (Lang::Ja, &held));
    }

    #[test]
    fn undo_brings_back_what_was_removed_and_forgetting_leaves_nothing() {
        let state = add(new(), "a").reduce(Action::Remove(0));
        assert_eq!(ids(&state), [0; 0]);
        let state = state.reduce(Action::Undo);
        assert_eq!(ids(&state), [0]);
        let state = state.reduce(Action::Forget);
        assert!(!state.can_undo() && state.held == Held::default());
    }

    #[test]
    fn the_later_answer_to_a_question_counts() {
        let state = new()
            .reduce(Action::Answer("a:".into(), "no".into()))
            .reduce(Action::Answer("a:".into(), "yes".into()));
        assert_eq!(state.held.answers, [("a:".to_owned(), "yes".to_owned())]);
        assert!(state.reduce(Action::Unanswer("a:".into())).held.answers.is_empty());
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
