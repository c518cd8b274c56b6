//! Every text of the page's chrome, in both languages.
//!
//! One struct and one constant per language: a forgotten translation is a compile error.
//! What a finding says is not here; it lives with the finding.

use crate::state::Language;

/// The texts of the page itself.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UiText {
    pub(crate) title: &'static str,
    pub(crate) tagline: &'static str,
    pub(crate) privacy: &'static str,
    pub(crate) skip_to_paste: &'static str,
    /// The switch names the language that it leads to, in that language.
    pub(crate) switch_language: &'static str,
    pub(crate) paste_label: &'static str,
    pub(crate) paste_hint: &'static str,
    pub(crate) files_label: &'static str,
    pub(crate) inputs_heading: &'static str,
    pub(crate) outcome_heading: &'static str,
    pub(crate) outcome_empty: &'static str,
    pub(crate) forget: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) pasted_name: &'static str,
    pub(crate) received_one: &'static str,
    pub(crate) received_many: &'static str,
}

/// English.
pub(crate) const EN: UiText = UiText {
    title: "Pulldoctor",
    tagline: "Why did this Amazon ECS task not start?",
    privacy: "Nothing you paste leaves this page: it forbids itself every connection.",
    skip_to_paste: "Skip to the paste area",
    switch_language: "日本語",
    paste_label: "Paste evidence",
    paste_hint: "Paste AWS CLI output, an error text or a whole mail anywhere on this page, or drop files here.",
    files_label: "Choose files",
    inputs_heading: "What you gave",
    outcome_heading: "Outcome",
    outcome_empty: "Nothing pasted yet.",
    forget: "Forget everything",
    remove: "Remove",
    pasted_name: "Paste",
    received_one: "1 input received.",
    received_many: "{n} inputs received.",
};

/// Japanese.
pub(crate) const JA: UiText = UiText {
    title: "Pulldoctor",
    tagline: "この Amazon ECS タスクはなぜ起動しなかったのか",
    privacy: "貼り付けた内容はこのページの外に出ません。ページ自身がすべての通信を禁止しています。",
    skip_to_paste: "貼り付け欄へ移動",
    switch_language: "English",
    paste_label: "根拠の貼り付け",
    paste_hint: "AWS CLI の出力、エラーメッセージ、メール全文をこのページのどこにでも貼り付けられます。ファイルをドロップすることもできます。",
    files_label: "ファイルを選択",
    inputs_heading: "受け取った内容",
    outcome_heading: "結果",
    outcome_empty: "まだ何も貼り付けられていません。",
    forget: "すべて消去",
    remove: "削除",
    pasted_name: "貼り付け",
    received_one: "1 件の入力を受け取りました。",
    received_many: "{n} 件の入力を受け取りました。",
};

impl UiText {
    /// The texts of a language.
    pub(crate) const fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &EN,
            Language::Japanese => &JA,
        }
    }

    /// How many inputs are held.
    pub(crate) fn received(&self, count: usize) -> String {
        match count {
            0 => self.outcome_empty.to_owned(),
            1 => self.received_one.to_owned(),
            n => self.received_many.replace("{n}", &n.to_string()),
        }
    }
}
