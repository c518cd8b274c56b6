//! Cases to try: made-up pastes with made-up ids, as customers send them.

use report::Lang;

use crate::state::Given;

/// One case.
#[derive(Debug)]
pub(crate) struct Example {
    /// Its name, in the markup.
    pub(crate) name: &'static str,
    en: &'static str,
    ja: &'static str,
    text: &'static str,
}

impl Example {
    /// What the button says.
    pub(crate) fn title(&self, lang: Lang) -> &'static str {
        lang.pick(self.en, self.ja)
    }

    /// As if it were pasted.
    pub(crate) fn given(&self) -> Vec<Given> {
        vec![(Some(format!("{}.txt", self.name).into()), self.text.as_bytes().into())]
    }
}

/// All of them.
pub(crate) const EXAMPLES: [Example; 4] = [
    Example {
        name: "no-public-ip",
        en: "Timeout: a public subnet without a public IP",
        ja: "タイムアウト: パブリック IP のないパブリックサブネット",
        text: include_str!("../examples/no-public-ip.txt"),
    },
    Example {
        name: "secret-not-found",
        en: "A secret that is not there",
        ja: "存在しないシークレット",
        text: include_str!("../examples/secret-not-found.txt"),
    },
    Example {
        name: "denied",
        en: "Access denied by the role's policies",
        ja: "ロールのポリシーによるアクセス拒否",
        text: include_str!("../examples/denied.txt"),
    },
    Example {
        name: "error-only",
        en: "A mail with nothing but the error",
        ja: "エラーメッセージだけのメール",
        text: include_str!("../examples/error-only.txt"),
    },
];
