//! The Japanese texts use the words of `docs/ja-terms.md`, and are set as it says.

use super::{literals, settle};
use crate::project::{self, Project};
use crate::ui::{Failure, Outcome};

const TERMS: &str = "docs/ja-terms.md";

pub(crate) fn check(project: &Project) -> Outcome<()> {
    let forbidden = forbidden(&project::read(&project.path(TERMS))?);
    if forbidden.is_empty() {
        return Err(Failure::new(format!("{TERMS} forbids no word; is its table as it was?")));
    }
    let mut complaints = Vec::new();
    for file in project::files(&project.path("crates"), ".rs")? {
        if !file.components().any(|part| part.as_os_str() == "src") || file.starts_with(project.path("crates/xtask")) {
            continue;
        }
        let place = project.show(&file);
        match literals::of(&project::read(&file)?) {
            Err(reason) => complaints.push(format!("{place}: {reason}")),
            Ok(literals) => {
                for literal in literals {
                    let found = complaints_about(&literal.text, &forbidden);
                    complaints.extend(found.into_iter().map(|found| format!("{place}:{}: {found}", literal.line)));
                }
            }
        }
    }
    settle(&complaints, &format!("use the words of {TERMS}"))
}

/// A word that the table forbids, and the one to use.
struct Forbidden {
    word: String,
    instead: String,
}

/// The words in backticks of the table's last column.
fn forbidden(document: &str) -> Vec<Forbidden> {
    let mut found = Vec::new();
    for line in document.lines() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let [_, instead, not] = cells.as_slice() else {
            continue;
        };
        found.extend(not.split('`').skip(1).step_by(2).map(|word| Forbidden {
            word: word.to_owned(),
            instead: (*instead).to_owned(),
        }));
    }
    found
}

fn complaints_about(text: &str, forbidden: &[Forbidden]) -> Vec<String> {
    // AWS's own words and what people paste are quoted in Latin letters; only Japanese sentences are ours to set.
    if !text.chars().any(is_kana) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for Forbidden { word, instead } in forbidden {
        // The right term may contain the wrong one (タスク実行ロール, 実行ロール): it is taken out before looking.
        let rest = instead
            .split(['、', '/', '(', ')'])
            .map(str::trim)
            .filter(|term| term.contains(word.as_str()));
        let rest = rest.fold(text.to_owned(), |rest, term| rest.replace(term, ""));
        if rest.contains(word.as_str()) {
            found.push(format!("{word}: use {instead}"));
        }
    }
    let mut before = ' ';
    for letter in text.chars() {
        if is_japanese(before) && letter.is_ascii_alphanumeric() || before.is_ascii_alphanumeric() && is_japanese(letter) {
            found.push(format!("a half-width space is missing between {before} and {letter}"));
        }
        if matches!(letter, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ') {
            found.push(format!("{letter} is full-width"));
        }
        before = letter;
    }
    found
}

fn is_kana(letter: char) -> bool {
    matches!(letter, 'ぁ'..='ゖ' | 'ァ'..='ヺ')
}

/// Kana, the prolonged sound mark and kanji; not punctuation, beside which no space is set.
fn is_japanese(letter: char) -> bool {
    is_kana(letter) || letter == 'ー' || matches!(letter, '一'..='鿿')
}

#[cfg(test)]
mod tests {
    use super::{complaints_about, forbidden};

    fn complaints(text: &str) -> usize {
        let table = "| English | 日本語 | not |\n| --- | --- | --- |\n| role | タスク実行ロール | `実行ロール` |\n\
                     | endpoint | インターフェイスエンドポイント | `インターフェース` |\n| task | タスク | |\n";
        complaints_about(text, &forbidden(table)).len()
    }

    #[test]
    fn forbidden_words_are_found_and_the_right_ones_are_not() {
        assert_eq!(complaints("インターフェースエンドポイント"), 1);
        assert_eq!(complaints("インターフェイスエンドポイント"), 0);
        assert_eq!(complaints("タスク実行ロールです"), 0);
        assert_eq!(complaints("タスク実行ロールは実行ロールです"), 1);
    }

    #[test]
    fn latin_and_japanese_letters_are_kept_apart() {
        assert_eq!(complaints("VPC エンドポイントの ID"), 0);
        assert_eq!(complaints("VPCエンドポイントのID"), 2);
        assert_eq!(complaints("(VPC)のエンドポイント、ID。"), 0);
    }

    #[test]
    fn digits_are_half_width() {
        assert_eq!(complaints("ポート ４４３ です"), 3);
    }

    #[test]
    fn texts_without_kana_are_left_alone() {
        assert_eq!(complaints("443番ABC"), 0);
    }
}
