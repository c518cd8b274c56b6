//! What the page holds: the language and the inputs. Plain data with one way to change it.

use std::rc::Rc;

use yew::Reducible;

/// A language that the page speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Japanese,
}

impl Language {
    /// The BCP 47 tag, as in `html[lang]`.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    /// The language for a BCP 47 tag: Japanese for `ja` and `ja-…`, else English.
    pub(crate) fn from_tag(tag: &str) -> Self {
        let primary = tag.split('-').next().unwrap_or(tag);
        if primary.eq_ignore_ascii_case("ja") {
            Self::Japanese
        } else {
            Self::English
        }
    }

    pub(crate) const fn other(self) -> Self {
        match self {
            Self::English => Self::Japanese,
            Self::Japanese => Self::English,
        }
    }
}

/// One thing that was pasted, dropped or chosen. The bytes are shared, never copied, between renders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Input {
    /// Counts up over the life of the page; the key of its element.
    pub(crate) id: usize,
    /// The file's name; `None` for a paste.
    pub(crate) name: Option<Rc<str>>,
    pub(crate) bytes: Rc<[u8]>,
}

/// Everything that the page shows depends on this and on nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) language: Language,
    pub(crate) inputs: Vec<Input>,
    next_id: usize,
}

/// What a person can do.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    Speak(Language),
    Add {
        name: Option<Rc<str>>,
        bytes: Rc<[u8]>,
    },
    Remove(usize),
    Forget,
}

impl State {
    pub(crate) const fn new(language: Language) -> Self {
        Self {
            language,
            inputs: Vec::new(),
            next_id: 0,
        }
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        match action {
            Action::Speak(language) => next.language = language,
            Action::Add { name, bytes } => {
                next.inputs.push(Input {
                    id: next.next_id,
                    name,
                    bytes,
                });
                next.next_id += 1;
            }
            Action::Remove(id) => next.inputs.retain(|input| input.id != id),
            Action::Forget => next.inputs.clear(),
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(state: Rc<State>, text: &str) -> Rc<State> {
        state.reduce(Action::Add {
            name: None,
            bytes: text.as_bytes().into(),
        })
    }

    #[test]
    fn ids_are_not_reused_after_a_removal() {
        let state = add(add(Rc::new(State::new(Language::English)), "a"), "b");
        let state = add(state.reduce(Action::Remove(1)), "c");
        let ids: Vec<usize> = state.inputs.iter().map(|input| input.id).collect();
        assert_eq!(ids, [0, 2]);
    }

    #[test]
    fn switching_the_language_keeps_the_inputs() {
        let state = add(Rc::new(State::new(Language::English)), "a");
        let state = state.reduce(Action::Speak(Language::Japanese));
        assert_eq!(
            (state.language, state.inputs.len()),
            (Language::Japanese, 1)
        );
    }

    #[test]
    fn only_japanese_tags_are_japanese() {
        assert_eq!(Language::from_tag("ja-JP"), Language::Japanese);
        assert_eq!(Language::from_tag("JA"), Language::Japanese);
        assert_eq!(Language::from_tag("jav"), Language::English);
        assert_eq!(Language::from_tag(""), Language::English);
    }
}
