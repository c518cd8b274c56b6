//! Whatever stands around AWS's own sample outputs, they are read as they stand alone.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fs;
use std::path::{Path, PathBuf};

use evidence::{Body, Evidence, Input, Operation, RepairKind, read};

/// Name, operation and text of every sample.
fn samples() -> Vec<(String, Operation, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/awscli-examples");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let made = paths.into_iter().filter_map(|path| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut words = name.split('.');
        let operation = Operation::from_words(words.next()?, words.next()?)?;
        let text = fs::read_to_string(&path).unwrap();
        Some((name, operation, text))
    });
    made.collect()
}

fn paste(bytes: &[u8]) -> Evidence {
    read(&[Input { name: "paste", bytes }])
}

fn command(operation: Operation) -> String {
    operation.cli().to_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect()
}

fn each_line(text: &str, change: impl Fn(usize, &str) -> String) -> String {
    text.lines().enumerate().map(|(index, line)| change(index, line) + "\n").collect()
}

type Wrapping = (&'static str, fn(Operation, &str) -> Vec<u8>, Option<RepairKind>);

const WRAPPINGS: [Wrapping; 16] = [
    ("alone", |_, text| text.as_bytes().to_vec(), None),
    ("command", |op, text| format!("$ {}\n{text}", command(op)).into_bytes(), None),
    (
        "cloudshell",
        |op, text| {
            format!(
                "[cloudshell-user@ip-10-130-63-212 ~]$ {} --output json\n{text}[cloudshell-user@ip-10-130-63-212 ~]$ \n",
                command(op)
            )
            .into_bytes()
        },
        None,
    ),
    (
        "zsh",
        |op, text| format!("user@mac project % {}\n{text}\nuser@mac project % ", command(op)).into_bytes(),
        None,
    ),
    (
        "powershell",
        |op, text| format!("PS C:\\> {}\r\n{}", command(op), text.replace('\n', "\r\n")).into_bytes(),
        Some(RepairKind::LineEnds),
    ),
    (
        "utf-16",
        |op, text| utf16(&format!("{}\r\n{}", command(op), text.replace('\n', "\r\n"))),
        Some(RepairKind::Utf16),
    ),
    (
        "byte order mark",
        |_, text| format!("\u{feff}{text}").into_bytes(),
        Some(RepairKind::ByteOrderMark),
    ),
    (
        "fence",
        |op, text| format!("Here it is:\n\n```json\n$ {}\n{text}\n```\n\nThanks", command(op)).into_bytes(),
        None,
    ),
    (
        "list",
        |op, text| {
            format!(
                "1. I ran\n\n       {}\n\n{}",
                command(op),
                each_line(text, |_, line| format!("       {line}"))
            )
            .into_bytes()
        },
        None,
    ),
    (
        "mail",
        |op, text| each_line(&format!("{}\n{text}", command(op)), |_, line| format!("> {line}")).into_bytes(),
        Some(RepairKind::MailQuotes),
    ),
    (
        "mail in mail",
        |op, text| each_line(&format!("{}\n{text}", command(op)), |_, line| format!("> > {line}")).into_bytes(),
        Some(RepairKind::MailQuotes),
    ),
    (
        "no-break spaces",
        |op, text| {
            format!(
                "{}\n{}",
                command(op),
                each_line(text, |_, line| {
                    let indent = line.len() - line.trim_start().len();
                    "\u{a0}".repeat(indent) + line.trim_start()
                })
            )
            .into_bytes()
        },
        None,
    ),
    (
        "line numbers",
        |op, text| {
            format!(
                "{}\n{}",
                command(op),
                each_line(text, |index, line| format!("{:>6}\t{line}", index + 1))
            )
            .into_bytes()
        },
        Some(RepairKind::LineNumbers),
    ),
    (
        "line numbers of an editor",
        |_, text| each_line(text, |index, line| format!("{:>3} | {line}", index + 1)).into_bytes(),
        Some(RepairKind::LineNumbers),
    ),
    (
        "line numbers of grep",
        |_, text| each_line(text, |index, line| format!("{}:{line}", index + 1)).into_bytes(),
        Some(RepairKind::LineNumbers),
    ),
    (
        "colours",
        |op, text| format!("\u{1b}[32m$\u{1b}[0m {}\n{}", command(op), text.replace(": ", ":\u{1b}[0m ")).into_bytes(),
        Some(RepairKind::Ansi),
    ),
];

#[test]
fn what_stands_around_changes_nothing() {
    let mut wrong = Vec::new();
    for (name, operation, text) in samples() {
        let text = format!("{}\n", text.trim_end());
        // Secret values come out masked, so the measure is the sample alone, not its text.
        let alone = paste(text.as_bytes());
        let value: serde_json::Value = serde_json::from_str(alone.json(&alone.documents[0]).unwrap()).unwrap();
        for (what, wrap, repair) in &WRAPPINGS {
            let evidence = paste(&wrap(operation, &text));
            let outputs: Vec<_> = evidence
                .documents
                .iter()
                .filter(|document| matches!(document.body, Body::Output(_)))
                .collect();
            let [document] = outputs.as_slice() else {
                wrong.push(format!("{what}: {name}: {} documents", outputs.len()));
                continue;
            };
            let json = evidence.json(document).unwrap_or("null");
            let read: serde_json::Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{what} {name}: {error}"));
            let named = *what == "alone" || what.starts_with("line numbers of") || *what == "byte order mark";
            if read != value || document.operation != Some(operation) && !named {
                wrong.push(format!("{what}: {name}: {:?}\n{read}\n{value}", document.operation));
            }
            if let Some(repair) = repair
                && !evidence.sources[0].repairs.iter().any(|made| made.kind == *repair)
            {
                wrong.push(format!("{what}: {name}: {repair:?} is not listed"));
            }
        }
    }
    let count = wrong.len();
    wrong.truncate(12);
    assert!(wrong.is_empty(), "{count}\n{}", wrong.join("\n"));
}

/// Numbers that are no line numbers stay: values, log lines, a list.
#[test]
fn other_numbers_stay() {
    for text in [
        "[\n  1,\n  2,\n  3\n]\n",
        "1 {\"Vpcs\": []}\n3 {\"Vpcs\": []}\n",
        "1. {\"Vpcs\": []}\n2. {\"Subnets\": []}\n",
        "2026 [INFO] start\n2026 [INFO] end\n",
    ] {
        let evidence = paste(text.as_bytes());
        assert_eq!(evidence.sources[0].text(), text);
        assert!(evidence.sources[0].repairs.is_empty(), "{text}");
    }
}

/// A number on a blank line, a line that a terminal wrapped, and two documents with their own counts.
#[test]
fn line_numbers_with_gaps() {
    let text = "  1\t{\n  2\t\n  3\t  \"Vpcs\": []\n  4\t}\nand\n  1\t{\n  2\t  \"Subnets\": []\n  3\t}\n";
    let evidence = paste(text.as_bytes());
    let operations: Vec<_> = evidence.documents.iter().filter_map(|document| document.operation).collect();
    assert_eq!(operations, [Operation::Ec2DescribeVpcs, Operation::Ec2DescribeSubnets]);
    assert_eq!(evidence.sources[0].text().lines().count(), text.lines().count());
    let repair = &evidence.sources[0].repairs[0];
    assert_eq!((repair.kind, repair.line, repair.count), (RepairKind::LineNumbers, 1, 7));
}
