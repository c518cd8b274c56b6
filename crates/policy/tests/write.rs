//! Documents that are made: canonical text that reads back without a problem.

use policy::{Document, DocumentKind, Draft, DraftPrincipal, DraftStatement};

#[test]
fn prints_canonical_json_that_reads_back() {
    let statement = DraftStatement::allow()
        .sid("Pull")
        .action("ecr:GetDownloadUrlForLayer")
        .action("ecr:BatchGetImage")
        .action("ecr:BatchGetImage")
        .resource("arn:aws:ecr:eu-west-1:111122223333:repository/app")
        .condition("StringEquals", "aws:SourceVpce", "vpce-1");
    let trust = DraftStatement::allow()
        .principal(DraftPrincipal::Service("ecs-tasks.amazonaws.com".into()))
        .action("sts:AssumeRole");
    let draft = Draft {
        statements: vec![statement],
    };
    let expected = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Pull",
      "Effect": "Allow",
      "Action": [
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer"
      ],
      "Resource": "arn:aws:ecr:eu-west-1:111122223333:repository/app",
      "Condition": {
        "StringEquals": {
          "aws:SourceVpce": "vpce-1"
        }
      }
    }
  ]
}"#;
    assert_eq!(draft.to_json(), expected);
    assert_eq!(Document::parse(&draft.to_json(), DocumentKind::Identity).1, []);
    let trust = Draft { statements: vec![trust] };
    assert_eq!(
        trust.to_line(),
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#
    );
    assert_eq!(Document::parse(&trust.to_line(), DocumentKind::Trust).1, []);
}
