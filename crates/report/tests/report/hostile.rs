//! Strings of the paste never act: whatever they hold, each format has the structure it has with harmless text.

use html5gum::{Token, Tokenizer};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};
use report::{Colour, Format, Lang, Report, render};
use serde_json::Value;

use crate::samples;

/// Members that hold data or prose; the closed vocabularies stay as they are.
const FREE: &[&str] = &[
    "text",
    "title",
    "summary",
    "explanation",
    "subject",
    "assumes",
    "excerpt",
    "pointer",
    "impact",
    "why",
    "question",
    "choices",
    "command",
    "operation",
    "decides",
    "id",
    "name",
    "problems",
    "note",
    "rule",
    "source",
    "destination",
    "host",
    "needed_for",
    "action",
    "resource",
    "principal",
    "arn",
    "account",
    "region",
    "subnet",
    "interface",
    "security_groups",
    "vpc",
    "code",
    "missing",
    "tasks",
    "facts",
    "version",
    "build",
];

/// The fullest sample with `text` in every place that can hold any text.
fn filled(text: &str) -> Report {
    fn fill(value: &mut Value, free: bool, text: &str) {
        match value {
            Value::String(place) if free => text.clone_into(place),
            Value::Array(items) => items.iter_mut().for_each(|item| fill(item, free, text)),
            Value::Object(members) => {
                for (name, member) in members {
                    fill(member, FREE.contains(&name.as_str()), text);
                }
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(samples::root_cause(Lang::En)).unwrap();
    fill(&mut value, false, text);
    serde_json::from_value(value).unwrap()
}

/// The same text without anything that could act: backticks and white space stay, since they are the prose's own markup.
fn harmless(text: &str) -> String {
    text.chars().map(|c| if c == '`' || c.is_whitespace() { c } else { 'x' }).collect()
}

/// Tags with the names of their attributes, and the classes (ours alone) with their values.
fn html_structure(html: &str) -> Vec<String> {
    Tokenizer::new(html)
        .flatten()
        .filter_map(|token| match token {
            Token::StartTag(tag) => {
                let mut attributes = String::new();
                for (name, value) in &tag.attributes {
                    let name = String::from_utf8_lossy(name);
                    let value = if name.starts_with("data-") {
                        "…".into()
                    } else {
                        String::from_utf8_lossy(value)
                    };
                    attributes.push_str(&format!(" {name}={value}"));
                }
                Some(format!("<{}{attributes}>", String::from_utf8_lossy(&tag.name)))
            }
            Token::EndTag(tag) => Some(format!("</{}>", String::from_utf8_lossy(&tag.name))),
            Token::Comment(_) => Some("comment".to_owned()),
            Token::Doctype(_) => Some("doctype".to_owned()),
            Token::Error(error) => Some(format!("error {error:?}")),
            Token::String(_) => None,
        })
        .collect()
}

/// The text of a page as a browser shows it.
fn html_text(html: &str) -> String {
    Tokenizer::new(html)
        .flatten()
        .filter_map(|token| {
            if let Token::String(text) = token {
                Some(String::from_utf8_lossy(&text).into_owned())
            } else {
                None
            }
        })
        .collect()
}

fn markdown_structure(markdown: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    Parser::new_ext(markdown, options)
        .filter(|event| !matches!(event, Event::Text(_)))
        .map(|event| {
            if let Event::Code(_) = event {
                "code".to_owned()
            } else {
                format!("{event:?}")
            }
        })
        .collect()
}

fn check(text: &str) {
    let (hostile, benign) = (filled(text), filled(&harmless(text)));
    let rendered = |report: &Report, format| render(report, format, Lang::En, Colour::Plain);

    let html = rendered(&hostile, Format::Html);
    assert_eq!(html_structure(&html), html_structure(&rendered(&benign, Format::Html)), "{text:?}");

    let markdown = rendered(&hostile, Format::Markdown);
    assert_eq!(
        markdown_structure(&markdown),
        markdown_structure(&rendered(&benign, Format::Markdown)),
        "{text:?}\n{markdown}"
    );

    let plain = rendered(&hostile, Format::Text);
    assert_eq!(plain.lines().count(), rendered(&benign, Format::Text).lines().count(), "{text:?}");

    let json = rendered(&hostile, Format::Json);
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), hostile);

    for out in [html, markdown, plain, json] {
        assert!(
            !out.chars()
                .any(|c| c != '\n' && c != '\t' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c))),
            "{text:?}"
        );
    }
}

#[test]
fn known_attacks_stay_text() {
    for text in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</code></pre></section><h1>Confirmed",
        "]]><!--",
        "<!-- -->&lt;&#60;&amp;",
        "</title></style><script>",
        "`` ` ``` ```` x",
        "```\n# Heading\n~~~",
        "~~~\n\n# Heading\n\n- item",
        "[a](javascript:alert(1)) ![b](https://example.com/p.png)",
        "[a]: https://example.com\n[^1]: note",
        "<https://example.com> https://example.com www.example.com a@example.com",
        "**b** __i__ ~~s~~ $x$ $$y$$ a^2^ {#id .class}",
        "a | b | c\n--- | --- | ---\n1 | 2 | 3",
        "a \\| b \\",
        "\\`a\\`",
        "1. one\n2) two\n- three\n+ four\n* five\n> six\n===\n---\n***",
        "- [ ] task",
        "    indented code",
        "\u{1b}[2J\u{1b}]8;;https://example.com\u{7}link\u{9b}31m",
        "\u{202e}gpj.exe\u{2066}\u{200b}\u{feff}\u{2028}x\u{2029}y\u{85}z",
        "\0\r\n\t\u{c}",
        "\u{fde5}\u{ffff}\u{10fffe}",
        "== Confirmed ==\n* title",
        "",
        " ",
        "`",
        "``",
        "` `",
        "全角`データ`。",
    ] {
        check(text);
    }
}

#[test]
fn html_shows_the_text_literally() {
    let text = "<b>&amp; \"q\" 'a' </code>";
    let shown = html_text(&render(&filled(text), Format::Html, Lang::En, Colour::Plain));
    assert!(shown.matches(text).count() > 20);
}

#[test]
fn text_keeps_quotations_indented() {
    let out = render(&filled("a\n== Confirmed ==\nb"), Format::Text, Lang::En, Colour::Plain);
    let headings = out.lines().filter(|line| line.starts_with("== Confirmed")).count();
    assert_eq!(headings, 0, "{out}");
}

/// Pieces that mean something somewhere, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "`", "``", "```", "~~~", "<", ">", "</", "<!--", "-->", "&", "&lt", ";", "\"", "'", "\\", "|", "*", "_", "[", "]", "(", ")",
            "!", "#", "##", "-", "+", "=", "1.", "1)", "\n", "\n\n", " ", "    ", "\t", "\r", "$", "^", "{", "}", ":", "://", "www.", "@",
            "x", "code", "pre", "script", "\u{1b}[", "\u{202e}", "\0", "日本", "\u{3000}", "%", "~", "---", "===", "***", "> ", "- ",
            "[^1]", "[x]", "|-", "\u{85}", "\u{2028}",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_string_breaks_out(text in pieces()) {
        check(&text);
    }
}
