//! The grammar of error texts: the labelled corpus, generated variations, cut texts, error texts inside prose, hostile input.

#[path = "symptom/corpus.rs"]
mod corpus;
#[path = "symptom/cut.rs"]
mod cut;
#[path = "symptom/envelopes.rs"]
mod envelopes;
#[path = "symptom/prose.rs"]
mod prose;
#[path = "symptom/renamed.rs"]
mod renamed;
#[path = "symptom/statements.rs"]
mod statements;
#[path = "symptom/texts.rs"]
mod texts;
#[path = "symptom/total.rs"]
mod total;
