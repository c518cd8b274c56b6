//! Anything may be pasted: no panic, linear time, bounded nesting.

#![expect(clippy::string_slice, reason = "a test stops where it fails")]

use evidence::{Body, Completeness, Evidence, Input, Pointer, ProblemKind, Reader, read, read_counted};
use proptest::prelude::*;

/// How many times over the document passes may look at a byte.
const FACTOR: usize = 4;

/// The same, put aside as often as it can be.
fn in_stretches(inputs: &[Input<'_>]) -> Evidence {
    let mut reader = Reader::default();
    for input in inputs {
        let mut opened = reader.open(input);
        while !opened.is_done() {
            let before = opened.done();
            opened = opened.on(1);
            assert!(opened.done() > before, "a stretch reads something");
        }
        reader.close(opened);
    }
    reader.finish()
}

/// Everything that can be asked, is.
fn exercise(bytes: &[u8]) -> Evidence {
    let inputs = [Input { name: "fuzz", bytes }];
    let (evidence, visited) = read_counted(&inputs);
    assert!(visited <= FACTOR * bytes.len() + 64, "{visited} for {}", bytes.len());
    assert_eq!(evidence.sources.len(), 1);
    assert!(in_stretches(&inputs) == evidence, "read in stretches it says something else");
    let mut end = 0;
    for (index, document) in evidence.documents.iter().enumerate() {
        assert_eq!(document.id.0 as usize, index);
        assert!(document.range.start <= document.range.end);
        assert!(document.range.start >= end, "documents overlap");
        end = document.range.start;
        let _ = evidence.text(document);
        if let Some(json) = evidence.json(document) {
            assert!(serde_json::from_str::<serde_json::Value>(json).is_ok(), "{json}");
        }
        if let Some(member) = document.operation.and_then(evidence::Operation::list_member) {
            for (pointer, raw) in evidence.items(document, member) {
                assert!(serde_json::from_str::<serde_json::Value>(raw).is_ok(), "{raw}");
                let citation = evidence::Citation {
                    document: document.id,
                    pointer,
                };
                assert!(evidence.locate(&citation).is_some(), "{citation:?}");
            }
        }
        let root = evidence::Citation {
            document: document.id,
            pointer: Pointer::root(),
        };
        assert!(evidence.locate(&root).is_some());
    }
    evidence
}

const SEEDS: [&str; 9] = [
    "$ aws ec2 describe-subnets --filters \"Name=vpc-id,Values=vpc-1\" \\\n --region us-east-1\n{\"Subnets\": [{\"SubnetId\": \"subnet-1\", \"VpcId\": \"vpc-1\", \"Tags\": [{\"Key\": \"a\", \"Value\": \"b\"}]}], \"NextToken\": \"x\"}\n",
    "> An error occurred (AccessDenied) when calling the GetRole operation: User is not\n> authorized\n",
    "{\"schema\": \"pulldoctor.bundle/1\", \"region\": \"r\"}\n{\"operation\": \"iam:GetRole\", \"parameters\": {\"role-name\": [\"a\", 1, true]}, \"exit\": 0, \"output\": {\"Role\": {}}}\n",
    "Subnets:\n- SubnetId: subnet-1\n  Tags:\n  - Key: 'a'\n    Value: |\n      b\n- SubnetId: \"x\\n\"\n",
    "{\"ARN\": \"a\", \"Name\": \"n\", \"SecretString\": \"{\\\"a\\\": \\\"b\\\"}\"}\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    "{“tasks”：[{\u{a0}“taskArn”: \"a”,}],}\n“aws ecs run-task ―overrides '{\"a\": 1}'」。",
    "------------\n| DescribeVpcs |\n+---+\nSUBNETS\ta\tb\nresource \"a\" \"b\" {\n x = {\n}\n",
    "\u{1b}[1m{\"Policy\": \"{\\\"Statement\\\": [{\\\"Effect\\\": \\\"Allow\\\", \\\"Effect\\\": 1}]}\", \"PolicyName\": \"default\"}\u{1b}[0m\r\n",
    "export AWS_REGION=x\nX=$(aws sts get-caller-identity)\naws iam get-role --role-name \"$X\" | jq .\n[\n \"a\"\n]\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        exercise(&bytes);
    }

    #[test]
    fn any_text_of_the_grammar(text in "[\\[\\]{}\":,\\\\'\n a-cA$>#|`\\-=/0-9“」あ\t\u{1b}\r]{0,300}") {
        exercise(text.as_bytes());
    }

    #[test]
    fn mutated_outputs(
        order in prop::collection::vec(0usize..9, 1..5),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..30, "[ -~\n\"{}\\[\\]\\\\]{0,3}"), 0..4),
    ) {
        let mut text: Vec<char> = order.iter().flat_map(|&seed| SEEDS[seed].chars()).collect();
        for (at, less, with) in cuts {
            let at = at.index(text.len().max(1)).min(text.len());
            let end = (at + less).min(text.len());
            text.splice(at..end, with.chars());
        }
        let text: String = text.into_iter().collect();
        exercise(text.as_bytes());
    }

    /// YAML of any kind.
    #[test]
    fn any_yaml(text in "Subnets:\n[-&*!|>'\" \n:#?,\\[\\]{}%@`a-c1~<]{0,120}") {
        exercise(text.as_bytes());
    }

    #[test]
    fn the_same_bytes_give_the_same_answer(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(exercise(&bytes), exercise(&bytes));
    }
}

/// Texts that would take quadratic time where a fault made reading start over.
#[test]
fn hostile_texts_are_linear() {
    let n = 50_000;
    let wrap = "{\"a\n".repeat(n / 4);
    let nested = "{\"a\":".repeat(n / 5);
    let texts = [
        "{".repeat(n),
        "[".repeat(n),
        "[{".repeat(n / 2),
        "{\"".repeat(n / 2),
        "{\"a\":[".repeat(n / 6),
        "[\"a\",".repeat(n / 5),
        "\"".repeat(n),
        "{\"a\": \"\\".repeat(n / 8),
        "{ \"a\": \"b\nc\", ".repeat(n / 16),
        wrap,
        nested,
        "}]".repeat(n / 2),
        "\\\n".repeat(n / 2),
        "aws ec2 describe-vpcs '\n".repeat(n / 24),
        "aws ec2 describe-vpcs \\\n".repeat(n / 24),
        "aws ecs run-task --overrides '{\"a\":\n".repeat(n / 36),
        "Subnets:\n".repeat(n / 9),
        "Name: x\n".repeat(n / 8),
        "- a\n".repeat(n / 4),
        "Subnets:\n- ".to_owned() + &"- ".repeat(n / 2),
        "Subnets: ".to_owned() + &"[".repeat(n),
        "Subnets: []\n".to_owned() + &"a:\n ".repeat(n / 4),
        "An error occurred (A) when calling the B operation: ".repeat(n / 50),
        "An error occurred (\n".repeat(n / 20),
        "SecretString: \n".repeat(n / 15),
        "password=".repeat(n / 9),
        "-----BEGIN PRIVATE KEY-----\n".repeat(n / 28),
        "://a:b@".repeat(n / 7),
        "AKIA".repeat(n / 4),
        "{“".repeat(n / 4),
        "\u{a0}{".repeat(n / 3),
        "> ".repeat(n / 2),
        "\u{1b}[".repeat(n / 2),
        "\u{1b}]".repeat(n / 2),
        "{\"SecretString\": \"{\"".repeat(n / 19),
        "----------\n|".repeat(n / 12),
        "A\tB\n".repeat(n / 4),
        "resource \"a\" \"b\" {\n".repeat(n / 19),
        "X=$X\n".repeat(n / 5),
        "aws ".repeat(n / 4),
        "aws ec2 a; ".repeat(n / 11),
        "PRIVATE KEY-----".repeat(n / 16),
        "aws ssm get-parameter\nx\n".repeat(n / 24),
        "{\"Vpcs\": []} ".repeat(n / 12),
        "{\"a\": ".repeat(100) + &"\n".repeat(n),
        "\"\\u00".repeat(n / 6),
        "{\"a\": \"".to_owned() + &"x\n".repeat(n / 2),
        "{\"a\": \"".to_owned() + &"\\\"".repeat(n / 2),
    ];
    for text in texts {
        exercise(text.as_bytes());
    }
}

#[test]
fn deep_nesting_is_named() {
    let text = format!("{{\"Subnets\": {}1{}}}", "[".repeat(5000), "]".repeat(5000));
    let evidence = exercise(text.as_bytes());
    assert!(
        evidence.sources[0]
            .problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::TooDeep)
    );
    assert!(evidence.sources[0].problems.len() <= 210);
}

/// Cut at every byte: the items before the cut are there, and no others.
#[test]
fn cut_anywhere() {
    let item = |n: usize| format!("{{\"SubnetId\": \"subnet-{n}\", \"CidrBlock\": \"10.0.{n}.0/24\", \"VpcId\": \"vpc-1\"}}");
    let text = format!("{{\"Subnets\": [{}, {}, {}]}}", item(1), item(2), item(3));
    let ends: Vec<usize> = (1..=3).map(|n| text.find(&item(n)).unwrap() + item(n).len()).collect();
    let start = text.find('[').unwrap();
    for end in start + 1..=text.len() {
        let evidence = exercise(&text.as_bytes()[..end]);
        let document = &evidence.documents[0];
        assert_eq!(document.body, Body::Output(evidence::Shape::Response), "{}", &text[..end]);
        let whole = end == text.len();
        assert_eq!(document.completeness == Completeness::Whole, whole);
        let expected = ends.iter().filter(|&&at| at <= end).count();
        assert_eq!(evidence.items(document, "Subnets").len(), expected, "{}", &text[..end]);
    }
}

#[test]
fn what_is_beyond_the_limit_is_left_out() {
    let mut bytes = vec![b' '; evidence::MAX_BYTES];
    bytes.extend_from_slice(b"{\"Vpcs\": []}");
    let evidence = read(&[
        Input {
            name: "big",
            bytes: &bytes,
        },
        Input {
            name: "more",
            bytes: b"{\"Vpcs\": []}",
        },
    ]);
    assert!(evidence.documents.is_empty());
    for source in &evidence.sources {
        assert_eq!(source.problems[0].kind, ProblemKind::TooLarge);
    }
}
