//! The table of `docs/network.md` that says what the explanation codes of VPC Reachability Analyzer are called here. Written from
//! `diagnosis::EXPLANATIONS` by `UPDATE_EXPECT=1`.

use std::fmt::Write as _;
use std::path::Path;

const BEGIN: &str = "<!-- explanation codes: written by crates/report/tests/explanations.rs -->\n";
const END: &str = "<!-- end of explanation codes -->\n";

fn table() -> String {
    let mut text = String::from("\n| explanation code | here |\n| --- | --- |\n");
    for (explanation, codes) in diagnosis::EXPLANATIONS {
        let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
        let _ = writeln!(text, "| `{explanation}` | {} |", codes.join(", "));
    }
    text.push('\n');
    text
}

#[test]
fn the_page_says_what_each_explanation_code_is_called_here() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/network.md");
    let page = std::fs::read_to_string(&file).expect("the page");
    let (before, rest) = page.split_once(BEGIN).expect("the table begins");
    let (_, after) = rest.split_once(END).expect("the table ends");
    let wanted = format!("{before}{BEGIN}{}{END}{after}", table());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&file, &wanted).expect("the page can be written");
    }
    let kept = std::fs::read_to_string(&file).expect("the page");
    assert!(kept == wanted, "docs/network.md is stale; run with UPDATE_EXPECT=1");
}
