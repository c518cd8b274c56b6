//! Redaction: the same evidence with every account, name, id and address replaced by a pseudonym, so that the diagnosis stays the same.
//!
//! A pseudonym stands for a whole token (a run of letters and digits) and is drawn by a keyed hash from a random value that the caller
//! passes in and nobody keeps; nothing is shifted letter by letter. Equal tokens get equal pseudonyms of equal length and case, so that
//! names still match each other, `?` in policies still counts, and listings still belong together. Where a policy's `*` cuts through a
//! token, the token is cut there in every name, and its pieces are mapped alike. Addresses are mapped prefix by prefix: what lies in a
//! CIDR still does, and ranges with a meaning of their own (private, link-local, shared, documentation) stay those ranges.
//!
//! YAML is written out as JSON.
//!
//! Names are what members of JSON and ARNs hold, the values of options in commands (but for those whose values are AWS's words), and in
//! prose and errors the images, hosts, e-mail addresses, services, clusters, log groups and objects that their form or the words before
//! them tell; account ids with dashes and telephone numbers are replaced by their form.
//!
//! Kept as they are: AWS's own words (services, actions, Regions, zones, states, types), its managed policies, and tokens that are such
//! a word; the words of error texts; times, ports, counts, sizes and short numbers; the last octet of an IPv4 address; addresses of
//! frozen ranges. What nothing tells to be a name stays, such as a person's
//! name in prose. What cannot be kept: which of two misspelt names is nearer, and account ids that a wildcard cuts.

mod address;
mod context;
mod gather;
mod hosts;
mod numbers;
mod prose;
mod pseudonym;
mod rewrite;

use crate::document::{Evidence, Input, Source};
use crate::reading::read;
use pseudonym::Pseudonyms;

/// One input, redacted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The input's name, redacted.
    pub name: String,
    /// Its text in UTF-8, secret values masked.
    pub text: String,
}

/// Redacts all inputs of a case together, so that they still fit each other.
///
/// `random` should come from the operating system; with the same value the same tokens get the same pseudonyms.
#[must_use]
pub fn redact(inputs: &[Input<'_>], random: u128) -> Vec<Redacted> {
    let evidence = read(inputs);
    let texts: Vec<String> = (0..evidence.sources.len()).map(|index| as_json(&evidence, index)).collect();
    let mut found = gather::Found::default();
    for text in &texts {
        gather::gather(text, &mut found);
    }
    let mut pseudonyms = Pseudonyms::new(random, found);
    evidence
        .sources
        .iter()
        .zip(&texts)
        .map(|(source, text)| Redacted {
            name: rewrite::prose(&source.name, &mut pseudonyms),
            text: rewrite::source(text, &mut pseudonyms),
        })
        .collect()
}

/// A source's text with the JSON of those documents that do not stand in it as such (YAML, wrapped lines): only JSON tells names from words.
fn as_json(evidence: &Evidence, source: usize) -> String {
    let text = evidence.sources.get(source).map(Source::text).unwrap_or_default();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for document in evidence.documents.iter().filter(|document| document.source.0 as usize == source) {
        let Some(converted) = &document.converted else { continue };
        if document.range.start < at {
            continue;
        }
        out.push_str(text.get(at..document.range.start).unwrap_or_default());
        out.push_str(&converted.json);
        out.push('\n');
        at = document.range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
