//! Encodings, and what terminals and mail programs do to a text.

use evidence::*;

use crate::*;

#[test]
fn encodings() {
    let text = format!("サブネット\n{SUBNETS}\n");
    let utf16 = |le: bool, mark: bool| -> Vec<u8> {
        let marked = if mark { format!("\u{feff}{text}") } else { text.clone() };
        marked
            .encode_utf16()
            .flat_map(|unit| if le { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    };
    let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode(&text);
    let cases: [(Vec<u8>, &[RepairKind]); 6] = [
        (utf16(true, true), &[RepairKind::ByteOrderMark, RepairKind::Utf16]),
        (utf16(false, true), &[RepairKind::ByteOrderMark, RepairKind::Utf16]),
        (utf16(true, false), &[RepairKind::Utf16]),
        (utf16(false, false), &[RepairKind::Utf16]),
        (sjis.into_owned(), &[RepairKind::ShiftJis]),
        (format!("\u{feff}{text}").into_bytes(), &[RepairKind::ByteOrderMark]),
    ];
    for (input, expected) in cases {
        let evidence = bytes(&input);
        assert_eq!(summary(&evidence), ["- Text サブネット", "ec2:DescribeSubnets Response"]);
        let kinds: Vec<_> = repairs(&evidence).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, expected);
    }
}

/// Every pair of bytes decodes as the established decoder has it.
#[test]
fn shift_jis_is_the_standards() {
    let mut checked = 0;
    for lead in 0x80..=0xffu8 {
        for trail in 0x40..=0xfcu8 {
            let input = [b'a', lead, trail, b'\n'];
            let (expected, _, bad) = encoding_rs::SHIFT_JIS.decode(&input);
            let private = expected.chars().any(|c| ('\u{e000}'..='\u{f8ff}').contains(&c));
            let evidence = read(&[Input { name: "x", bytes: &input }]);
            let ours = evidence.sources[0].repairs.iter().any(|r| r.kind == RepairKind::ShiftJis);
            // UTF-8 is tried first; 0x80 and 0xa0 alone are no characters here.
            if str::from_utf8(&input).is_ok()
                || matches!(lead, 0x80 | 0xa0)
                || (matches!(lead, 0xa1..=0xdf) && matches!(trail, 0x80 | 0xa0))
            {
                continue;
            }
            assert_eq!(ours, !bad && !private, "{lead:x} {trail:x}");
            if ours {
                let kept = expected.contains('\u{3000}') || expected.chars().any(|c| ('\u{ff01}'..='\u{ff5e}').contains(&c));
                if !kept {
                    assert_eq!(evidence.sources[0].text(), expected, "{lead:x} {trail:x}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 7000, "{checked}");
}

#[test]
fn colours_and_odd_spaces() {
    let coloured = SUBNETS
        .replace("\"subnet-0a1\"", "\u{1b}[32m\"subnet-0a1\"\u{1b}[0m")
        .replace("    ", "\u{a0}\u{a0}  ");
    let evidence = paste(&format!(
        "\u{1b}]0;title\u{7}$ \u{1b}[1maws\u{1b}[m ec2 describe-subnets\n{coloured}"
    ));
    assert_eq!(summary(&evidence), ["ec2:DescribeSubnets Response"]);
    assert_eq!(repairs(&evidence), [(RepairKind::Ansi, 1), (RepairKind::Spaces, 3)]);
    assert_eq!(ids(&evidence, 0, "Subnets").len(), 2);
    assert_eq!(
        line_of(&evidence, 0, "/Subnets/0/SubnetId"),
        (5, "\"SubnetId\": \"subnet-0a1\"".to_owned())
    );
}

#[test]
fn typographic_json() {
    let evidence = paste(
        "{ “Subnets”： [ { “SubnetId”: “subnet-1”, \"CidrBlock\": \"10.0.0.0/24”,\n \"VpcId\": \"vpc-1\", \"AvailabilityZone\": \"a\", } ], }",
    );
    assert_eq!(summary(&evidence), ["ec2:DescribeSubnets Response"]);
    let kinds: Vec<_> = repairs(&evidence).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [RepairKind::Quotes, RepairKind::FullWidth, RepairKind::TrailingComma]);
    assert_eq!(ids(&evidence, 0, "Subnets"), ["/Subnets/0 subnet-1"]);
}

#[test]
fn pager_marks() {
    let marked = SUBNETS.replacen(
        "        {\n            \"SubnetId\": \"subnet-0b2\"",
        "--More--\n        {\n            \"SubnetId\": \"subnet-0b2\"",
        1,
    );
    let evidence = paste(&format!("{marked}\n(END)\n"));
    assert_eq!(ids(&evidence, 0, "Subnets").len(), 2);
    assert_eq!(repairs(&evidence)[0], (RepairKind::PagerMark, 9));
}

/// A terminal breaks anywhere, and always at its width.
#[test]
fn lines_wrapped_by_a_terminal() {
    let long = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed";
    let json = format!("{{\n  \"tasks\": [\n    {{\n      \"taskArn\": \"arn:t\",\n      \"stoppedReason\": \"{long}\"\n    }}\n  ]\n}}");
    let wrapped: String = json
        .lines()
        .flat_map(|line| {
            let chars: Vec<char> = line.chars().collect();
            chars
                .chunks(80)
                .map(|part| part.iter().collect::<String>() + "\n")
                .collect::<Vec<_>>()
        })
        .collect();
    let evidence = paste(&wrapped);
    assert_eq!(summary(&evidence), ["ecs:DescribeTasks Response"]);
    assert_eq!(repairs(&evidence), [(RepairKind::WrappedLines, 5)]);
    let value: serde_json::Value = serde_json::from_str(evidence.json(&evidence.documents[0]).unwrap()).unwrap();
    assert_eq!(value["tasks"][0]["stoppedReason"], long);
    // The source keeps its lines.
    assert_eq!(evidence.sources[0].text(), wrapped);
    let (line, excerpt) = line_of(&evidence, 0, "/tasks/0/stoppedReason");
    assert_eq!(line, 5);
    assert!(
        excerpt.replace('\n', "").ends_with(&format!("\"stoppedReason\": \"{long}\"")),
        "{excerpt}"
    );
}

/// A mail program breaks at spaces, and the lines differ in length.
#[test]
fn lines_wrapped_by_a_mail_program() {
    let evidence = paste(
        "{\"tasks\": [{\"taskArn\": \"arn:t\", \"stoppedReason\":\n\"ResourceInitializationError: unable to pull secrets or registry\nauth: execution resource retrieval failed: unable to\nretrieve secret from asm\"}]}\n",
    );
    let value: serde_json::Value = serde_json::from_str(evidence.json(&evidence.documents[0]).unwrap()).unwrap();
    assert_eq!(
        value["tasks"][0]["stoppedReason"],
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm"
    );
}

#[test]
fn a_cut_document_keeps_its_whole_items() {
    let cut = SUBNETS.find("subnet-0b2").unwrap() + 5;
    let evidence = paste(&format!(
        "$ aws ec2 describe-subnets\n{}\n$ aws ec2 describe-vpcs\n{{\"Vpcs\": []}}\n",
        &SUBNETS[..cut]
    ));
    assert_eq!(
        summary(&evidence),
        ["ec2:DescribeSubnets Response Cut !Cut@11", "ec2:DescribeVpcs Response"]
    );
    assert!(evidence.json(&evidence.documents[0]).is_none());
    assert_eq!(ids(&evidence, 0, "Subnets"), ["/Subnets/0 subnet-0a1"]);
    assert_eq!(line_of(&evidence, 0, "/Subnets/0/SubnetId").0, 5);
}

/// A string that goes on over lines up to the next document was cut, not
/// wrapped.
#[test]
fn a_cut_string_swallows_nothing() {
    for between in ["", "\n", "\nsome words of the customer\n"] {
        let evidence = paste(&format!("{{\"Vpcs\": [{{\"VpcId\": \"vpc-1\", \"Cidr{between}\n{SUBNETS}\n"));
        let found = summary(&evidence);
        assert_eq!(found[0], "ec2:DescribeVpcs Response Cut !Cut@1", "{found:?}");
        assert_eq!(found.last().unwrap(), "ec2:DescribeSubnets Response", "{found:?}");
    }
}
