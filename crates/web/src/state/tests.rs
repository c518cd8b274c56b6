//! The ways in which a case changes.

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
