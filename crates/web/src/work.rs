//! Cases as they are worked out: a small one at once, a large one in steps between which the browser can draw and listen.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use yew::prelude::*;

use crate::case::Case;
use crate::state::{Held, Tab};

/// From this size on what is given is taken in and worked out in steps, in bytes.
pub(crate) const LARGE: usize = 1_500_000;
/// Long enough for the browser to draw, in milliseconds.
const PAUSE: u32 = 4;

/// How far a case is: how much is done, and of how much.
pub(crate) type Progress = (usize, usize);

/// The case of a tab. While it is worked out it is an empty one, with how far the work is.
///
/// What was worked out is kept for every tab that is there, so that going from one to another costs nothing.
#[hook]
pub(crate) fn use_case(tabs: &[Tab], shown: &Tab) -> (Rc<Case>, Option<Progress>) {
    let made = use_mut_ref(BTreeMap::<usize, Rc<Case>>::new);
    let empty = use_memo((), |()| Rc::new(Case::new(&Held::default())));
    let progress = use_state_eq(|| (0, 1));
    let update = use_force_update();
    {
        let mut made = made.borrow_mut();
        made.retain(|revision, _| tabs.iter().any(|tab| tab.revision == *revision));
        if shown.held.inputs.iter().map(|input| input.bytes.len()).sum::<usize>() < LARGE {
            made.entry(shown.revision).or_insert_with(|| Rc::new(Case::new(&shown.held)));
        }
    }
    let found = made.borrow().get(&shown.revision).cloned();
    let work = {
        let (made, progress, held) = (made.clone(), progress.clone(), shown.held.clone());
        move |(revision, missing): &(usize, bool)| {
            let wanted = Rc::new(Cell::new(true));
            if *missing {
                let (revision, wanted) = (*revision, wanted.clone());
                wasm_bindgen_futures::spawn_local(async move {
                    let pause = async |done, of| {
                        progress.set((done, of));
                        TimeoutFuture::new(PAUSE).await;
                        wanted.get()
                    };
                    if let Some(case) = Case::in_steps(&held, pause).await {
                        made.borrow_mut().insert(revision, Rc::new(case));
                        update.force_update();
                    }
                });
            }
            // Something newer makes this work void.
            move || wanted.set(false)
        }
    };
    use_effect_with((shown.revision, found.is_none()), work);
    match found {
        Some(case) => (case, None),
        None => ((*empty).clone(), Some(*progress)),
    }
}
