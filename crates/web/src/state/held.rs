//! What a case is made of, and the cases that are open.

use std::rc::Rc;

/// How many steps can be undone. Earlier inputs are let go, so that memory does not grow without end.
const MOST_STEPS: usize = 20;

/// One thing that was pasted, dropped or chosen. The bytes are shared, never copied, between renders.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// Counts up over the life of the page; the key of its element.
    pub(crate) id: usize,
    /// Counts the pastes of a case, from 1; the page calls them by it.
    pub(crate) number: usize,
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

impl Held {
    /// Takes more in, pastes under their next numbers.
    pub(super) fn add(&mut self, inputs: Vec<Input>) {
        let mut last = self.inputs.iter().map(|input| input.number).max().unwrap_or(0);
        for mut input in inputs {
            if input.name.is_none() {
                last += 1;
                input.number = last;
            }
            self.inputs.push(input);
        }
    }
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
    /// A case of which nothing is known yet.
    pub(super) fn new(id: usize, revision: usize) -> Self {
        Self {
            id,
            revision,
            ..Self::default()
        }
    }

    pub(crate) fn can_undo(&self) -> bool {
        !self.history.is_empty()
    }

    /// Keeps what is held, to go back to, and changes it.
    pub(super) fn change(&mut self, revision: usize, change: impl FnOnce(&mut Held)) {
        if self.history.len() >= MOST_STEPS {
            self.history.remove(0);
        }
        self.history.push(self.held.clone());
        self.revision = revision;
        change(&mut self.held);
    }

    /// Goes back one step, where there is one.
    pub(super) fn undo(&mut self, revision: usize) {
        if let Some(held) = self.history.pop() {
            self.held = held;
            self.revision = revision;
        }
    }
}
