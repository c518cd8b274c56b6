//! A finding's page, as `pulldoctor explain CODE` and the page's permanent links show it.

use crate::Lang;
use diagnosis::findings::{self, Rule};
use evidence::Text;

/// A finding's page in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The finding's public name.
    pub code: &'static str,
    /// The fault in one phrase.
    pub title: String,
    /// Headed sections, in order.
    pub sections: Vec<(&'static str, String)>,
    /// Pages of AWS's documentation.
    pub documentation: Vec<&'static str>,
}

/// The page of a code; `None` where the catalogue has no such code.
#[must_use]
pub fn page(code: &str, lang: Lang) -> Option<Page> {
    findings::rules()
        .into_iter()
        .find(|rule| rule.code.0 == code)
        .map(|rule| written(rule, lang))
}

/// The fault of a code in one phrase; `None` where the catalogue has no such code.
#[must_use]
pub fn title(code: &str, lang: Lang) -> Option<&'static str> {
    let rule = findings::rules().into_iter().find(|rule| rule.code.0 == code)?;
    Some(lang.pick(&rule.page.title.en, &rule.page.title.ja))
}

/// Every code that has a page, in the catalogue's order.
#[must_use]
pub fn codes() -> Vec<&'static str> {
    findings::rules().into_iter().map(|rule| rule.code.0).collect()
}

fn written(rule: &'static Rule, lang: Lang) -> Page {
    let say = |text: &Text| lang.pick(&text.en, &text.ja).clone().into_owned();
    let page = &rule.page;
    Page {
        code: rule.code.0,
        title: say(&page.title),
        sections: vec![
            (lang.pick("What is wrong", "何が問題か"), say(&page.what)),
            (lang.pick("Why it stops the task", "タスクが起動しない理由"), say(&page.why)),
            (lang.pick("What to do", "対処方法"), say(&page.remedy)),
            (lang.pick("What looks alike", "似ているが別の問題"), say(&page.not_this)),
        ],
        documentation: page.documentation.to_vec(),
    }
}

impl Page {
    /// As plain text.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let mut out = format!("{}\n{}\n", self.code, self.title);
        for (heading, body) in &self.sections {
            out.push_str(&format!("\n{heading}\n{body}\n"));
        }
        if !self.documentation.is_empty() {
            out.push_str(&format!("\n{}\n", lang.pick("Documentation", "ドキュメント")));
            for link in &self.documentation {
                out.push_str(&format!("{link}\n"));
            }
        }
        out
    }
}
