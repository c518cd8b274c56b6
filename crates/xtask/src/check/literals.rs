//! The string literals of a Rust file, with their lines. Comments and test modules have none.

use proc_macro2::{TokenStream, TokenTree};

/// A string literal as it is written, quotes and escapes included.
pub(super) struct Literal {
    pub(super) text: String,
    pub(super) line: usize,
}

/// All string literals outside `#[cfg(test)]`, or the reason why the file cannot be read.
pub(super) fn of(source: &str) -> Result<Vec<Literal>, String> {
    let tokens: TokenStream = source.parse().map_err(|error: proc_macro2::LexError| error.to_string())?;
    let mut found = Vec::new();
    collect(tokens, &mut found);
    Ok(found)
}

fn collect(tokens: TokenStream, found: &mut Vec<Literal>) {
    // After `#[cfg(test)]`, everything up to the end of that item is for tests.
    let mut in_test_item = false;
    let mut after_hash = false;
    for token in tokens {
        let is_hash = matches!(&token, TokenTree::Punct(mark) if matches!(mark.as_char(), '#' | '!'));
        match token {
            TokenTree::Group(group) if after_hash => {
                in_test_item |= group.stream().to_string().replace(' ', "") == "cfg(test)";
                // Documentation comments arrive here as attributes; they are prose, not texts of ours.
            }
            TokenTree::Group(group) if in_test_item => {
                in_test_item = group.delimiter() != proc_macro2::Delimiter::Brace;
            }
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Literal(literal) if !in_test_item => {
                let text = literal.to_string();
                if text.starts_with(['"', 'r']) {
                    found.push(Literal {
                        line: literal.span().start().line,
                        text,
                    });
                }
            }
            TokenTree::Punct(mark) if mark.as_char() == ';' => in_test_item = false,
            _ => {}
        }
        after_hash = is_hash;
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn only_literals_of_the_product_are_found() {
        let source = r##"//! "doc"
            /// "doc"
            #[derive(Debug)]
            fn a() { b("one", r#"two"#, 'c', 3); } // "comment"
            #[cfg(test)]
            mod tests { const T: &str = "test"; }
            const LAST: &str = "three";"##;
        let found: Vec<String> = of(source).unwrap().into_iter().map(|literal| literal.text).collect();
        assert_eq!(found, ["\"one\"", "r#\"two\"#", "\"three\""]);
    }

    #[test]
    fn lines_are_counted_from_one() {
        assert_eq!(of("\nconst A: &str = \"x\";").unwrap()[0].line, 2);
    }
}
