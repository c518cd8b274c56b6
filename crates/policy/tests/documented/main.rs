//! Cases that AWS documents, each naming the page. The numbers are those of our own list of things that trip people.

mod conditions;
mod identity;
mod limits;
mod open;
mod resource_side;

use policy::{
    Base, Context, Decision, Document, DocumentKind, Doubt, EndpointKind, Grant, Grants, KeyOwner, LayerKind, Layers, Principal, Request,
    Resource, ResourcePolicy, Source, Unmentioned, Value, Verdict, evaluate,
};

const OWN: &str = "111122223333";
const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app-AbC123";
const PARAMETER: &str = "arn:aws:ssm:eu-west-1:111122223333:parameter/app/db";
const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const REPOSITORY: &str = "arn:aws:ecr:eu-west-1:111122223333:repository/app";
const GET_SECRET: &str = "secretsmanager:GetSecretValue";

fn document(kind: DocumentKind, statements: &str) -> Document {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
    let (document, problems) = Document::parse(&text, kind);
    assert_eq!(problems, [], "{text}");
    document
}

fn identity(statements: &str) -> Document {
    document(DocumentKind::Identity, statements)
}

fn on_resource(statements: &str) -> Document {
    document(DocumentKind::Resource, statements)
}

fn allow(action: &str, resource: &str) -> String {
    format!(r#"{{"Effect": "Allow", "Action": "{action}", "Resource": "{resource}"}}"#)
}

#[expect(clippy::unwrap_used, reason = "a role's ARN")]
fn role() -> Principal {
    Principal::role("arn:aws:iam::111122223333:role/ecsTaskExecutionRole", Some("0123abcd")).unwrap()
}

fn complete() -> Context {
    Context::new(Unmentioned::Absent)
}

fn request(action: &str, arn: &str, context: Context) -> Request {
    let resource = if arn == "*" {
        Resource::NoType
    } else {
        Resource::Arn(arn.to_owned())
    };
    Request::new(role(), action, resource, None, context)
}

fn by_identity(statements: &str, action: &str, arn: &str, context: Context) -> Decision<&'static str> {
    let document = identity(statements);
    let request = request(action, arn, context);
    let layers = Layers {
        identity: vec![Source::Document("identity", &document)],
        ..Layers::default()
    };
    evaluate(&request, &layers)
}

#[track_caller]
fn check(decision: &Decision<&'static str>, verdict: Verdict, layer: LayerKind) {
    assert_eq!(decision.verdict, verdict, "{decision:?}");
    assert_eq!(decision.decided_by.as_ref().map(|d| d.layer), Some(layer), "{decision:?}");
    assert!(decision.residuals.is_empty(), "{decision:?}");
}
