//! What reading changed in a text, in words.

use evidence::RepairKind;
use report::Lang;

/// One repair in a few words.
pub(crate) fn phrase(kind: RepairKind, lang: Lang) -> &'static str {
    let (en, ja) = match kind {
        RepairKind::ByteOrderMark => ("byte order mark removed", "バイトオーダーマークを除去"),
        RepairKind::Utf16 => ("UTF-16 decoded", "UTF-16 をデコード"),
        RepairKind::ShiftJis => ("Shift_JIS decoded", "Shift_JIS をデコード"),
        RepairKind::LineEnds => ("Windows line ends unified", "Windows の改行を統一"),
        RepairKind::Ansi => ("terminal colours removed", "ターミナルの色指定を除去"),
        RepairKind::MailQuotes => ("mail quote marks removed", "メールの引用記号を除去"),
        RepairKind::LineNumbers => ("line numbers removed", "行番号を除去"),
        RepairKind::Spaces => ("special spaces replaced", "特殊な空白を置換"),
        RepairKind::Quotes => ("typographic quotes replaced", "装飾付きの引用符を置換"),
        RepairKind::Dashes => ("typographic dashes replaced", "装飾付きのダッシュを置換"),
        RepairKind::FullWidth => ("full-width characters replaced", "全角文字を置換"),
        RepairKind::WrappedLines => ("wrapped lines joined", "折り返された行を結合"),
        RepairKind::TrailingComma => ("trailing comma left out", "末尾のカンマを除去"),
        RepairKind::PagerMark => ("pager marks left out", "ページャーの表示を除去"),
        RepairKind::Yaml => ("YAML converted", "YAML を変換"),
    };
    lang.pick(en, ja)
}
