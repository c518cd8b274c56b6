//! The few kinds of steps that the collector's chain is made of, whatever the shell.
//!
//! What a call answers becomes *facts*: rows of a tag and its values, printed by `--output text` from a `--query` that yields lists
//! like `['vpc', VpcId]`. Later steps go through the facts of one tag.

use evidence::Operation;

/// A step.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Tells the person what comes next.
    Say(&'static str),
    /// A call of the AWS CLI.
    Call(Call),
    /// For every different fact of `tag`: its values as the variables `names`.
    Each {
        /// Whose facts.
        tag: &'static str,
        /// One variable for each value of the fact.
        names: &'static [&'static str],
        /// What to do with them.
        body: Vec<Step>,
    },
    /// Where there is no fact of `tag`.
    Without {
        /// Whose facts.
        tag: &'static str,
        /// What to do then.
        body: Vec<Step>,
    },
    /// Drops the facts of a tag, so that those of another owner are not taken for its own.
    Forget(&'static str),
    /// Notes a fact: text with variables.
    Note {
        /// Its tag.
        tag: &'static str,
        /// Its value, with variables as `{name}`.
        value: &'static str,
    },
    /// A function of the script's own that makes facts from facts by cutting texts.
    Derive(&'static str),
}

/// What is kept of a call's output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// All of it, as a line of the bundle.
    Whole,
    /// The same document under its own member names, without the members that may hold values of secrets.
    Without(&'static str),
    /// Nothing: the call only says what to ask next.
    Nothing,
}

/// A call.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// The operation.
    pub(super) operation: Operation,
    /// Options without dashes and their values, with variables as `{name}`.
    pub(super) options: Vec<(&'static str, Vec<&'static str>)>,
    /// What is kept.
    pub(super) keep: Keep,
    /// The `--query` that yields facts, with variables as `{name}`.
    pub(super) learn: Option<&'static str>,
    /// The Region, where it may be another than the case's: a variable.
    pub(super) at: Option<&'static str>,
}

/// A call without options, all of whose output is kept.
pub(super) fn call(operation: Operation) -> Call {
    Call {
        operation,
        options: Vec::new(),
        keep: Keep::Whole,
        learn: None,
        at: None,
    }
}

impl Call {
    /// Adds an option with one value.
    pub(super) fn opt(mut self, name: &'static str, value: &'static str) -> Self {
        self.options.push((name, vec![value]));
        self
    }

    /// Adds an option without a value.
    pub(super) fn flag(mut self, name: &'static str) -> Self {
        self.options.push((name, Vec::new()));
        self
    }

    /// Adds a filter: `vpc-id={vpc}`.
    pub(super) fn filter(self, value: &'static str) -> Self {
        self.opt("filters", value)
    }

    /// Adds a value to the last option.
    pub(super) fn value(mut self, value: &'static str) -> Self {
        if let Some((_, values)) = self.options.last_mut() {
            values.push(value);
        }
        self
    }

    /// Keeps what that query leaves.
    pub(super) fn keep(mut self, keep: Keep) -> Self {
        self.keep = keep;
        self
    }

    /// Learns the facts of a query.
    pub(super) fn learn(mut self, query: &'static str) -> Self {
        self.learn = Some(query);
        self
    }

    /// Asks the Region that a variable names.
    pub(super) fn at(mut self, variable: &'static str) -> Self {
        self.at = Some(variable);
        self
    }
}

impl From<Call> for Step {
    fn from(call: Call) -> Self {
        Self::Call(call)
    }
}

/// For every fact of `tag` with one value.
pub(super) fn each(tag: &'static str, names: &'static [&'static str], body: Vec<Step>) -> Step {
    Step::Each { tag, names, body }
}

/// Where there is no fact of `tag`.
pub(super) fn without(tag: &'static str, body: Vec<Step>) -> Step {
    Step::Without { tag, body }
}

/// A piece of a text with variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// The value of a variable.
    Variable(&'a str),
}

/// Cuts `Name=vpc-id,Values={vpc}` into its pieces.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        found.push(Piece::Text(before));
        found.push(Piece::Variable(name));
        rest = behind;
    }
    found.push(Piece::Text(rest));
    found.retain(|piece| *piece != Piece::Text(""));
    found
}
