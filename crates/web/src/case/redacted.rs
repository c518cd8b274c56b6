//! The same case under pseudonyms, to hand on.

use std::rc::Rc;

use super::{given, inputs};
use crate::state::{Held, Input as Entry};

/// What is held, with every account, name, id and address replaced; `random` is drawn anew and kept nowhere.
pub(crate) fn redacted(held: &Held, random: u128) -> Held {
    let mut given = given(held);
    // The chosen task is an input of its own for the while, so that it gets the same pseudonym.
    let task = held.task.as_ref().map(|task| ("task".into(), Rc::from(task.as_bytes())));
    given.extend(task.iter().cloned());
    let mut redacted = evidence::redact(&inputs(&given), random);
    let task = task.and_then(|_| redacted.pop()).map(|task| task.text.trim().to_owned());
    let inputs = redacted.into_iter().enumerate().map(|(id, redacted)| Entry {
        id,
        number: 0,
        name: Some(redacted.name.into()),
        bytes: redacted.text.into_bytes().into(),
    });
    Held {
        inputs: inputs.collect(),
        task,
        ..Held::default()
    }
}
