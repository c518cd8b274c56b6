//! Cases in JSON: the form that the differential test, the table of documented cases and the bench share.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a malformed case must fail its test")]

use policy::{
    Context, Decision, Document, DocumentKind, EndpointKind, KeyOwner, Layers, Principal, PrincipalKind, ProblemKind, Request, Resource,
    ResourcePolicy, Source, Unmentioned, Value, Verdict, evaluate,
};
use serde_json::Value as Json;

/// A case with its documents parsed.
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) request: Request,
    identity: Vec<Document>,
    boundary: Option<Document>,
    session: Vec<Document>,
    scps: Vec<Vec<Document>>,
    rcps: Vec<Vec<Document>>,
    resource: Option<(Side, Document)>,
    endpoint: Option<(EndpointKind, Document)>,
}

/// What the policy on the resource's side is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Generic,
    Key,
    Trust,
}

fn list(json: &Json) -> Vec<Json> {
    match json {
        Json::Array(items) => items.clone(),
        Json::Null => Vec::new(),
        one => vec![one.clone()],
    }
}

impl Case {
    pub(crate) fn read(line: &str) -> Case {
        Case::from_json(&serde_json::from_str(line).unwrap())
    }

    pub(crate) fn from_json(json: &Json) -> Case {
        let mut problems = 0;
        let mut document = |json: &Json, kind: DocumentKind| {
            let (document, found) = Document::parse(&json.to_string(), kind);
            // A value that does not fit its operator is part of the language: the entry is then open.
            problems += found.iter().filter(|p| !matches!(p.kind, ProblemKind::MalformedValue(_))).count();
            document
        };
        let levels = |json: &Json| -> Vec<Vec<Json>> {
            let items = list(json);
            if items.iter().any(Json::is_array) {
                items.iter().map(list).collect()
            } else if items.is_empty() {
                vec![]
            } else {
                vec![items]
            }
        };
        let identity = list(&json["identityPolicies"])
            .iter()
            .map(|d| document(d, DocumentKind::Identity))
            .collect();
        let boundary = list(&json["boundary"]).first().map(|d| document(d, DocumentKind::Boundary));
        let session = list(&json["sessionPolicy"])
            .iter()
            .map(|d| document(d, DocumentKind::Session))
            .collect();
        let scps = levels(&json["scps"])
            .iter()
            .map(|level| level.iter().map(|d| document(d, DocumentKind::ServiceControl)).collect())
            .collect();
        let rcps = levels(&json["rcps"])
            .iter()
            .map(|level| level.iter().map(|d| document(d, DocumentKind::ResourceControl)).collect())
            .collect();
        let action = json["action"].as_str().unwrap();
        let side = match action.split(':').next() {
            Some("kms") => Side::Key,
            Some("sts") => Side::Trust,
            _ => Side::Generic,
        };
        let kind = if side == Side::Trust {
            DocumentKind::Trust
        } else {
            DocumentKind::Resource
        };
        let resource = list(&json["resourcePolicy"]).first().map(|d| (side, document(d, kind)));
        let endpoint = list(&json["vpcEndpointPolicies"]).first().map(|d| {
            let gateway = json["vpcEndpointType"] == "Gateway";
            let kind = if gateway { EndpointKind::Gateway } else { EndpointKind::Interface };
            (kind, document(d, DocumentKind::Endpoint))
        });
        let caller = json["principal"].as_str().unwrap();
        let mut principal = Principal::from_arn(caller).unwrap_or_else(|| Principal::service(caller));
        // A session's ARN drops its role's path; the request's own `aws:PrincipalArn` holds it.
        let role = json["contextVariables"]["aws:PrincipalArn"]
            .as_str()
            .and_then(|arn| Principal::role(arn, None));
        if let PrincipalKind::Role { path, .. } = &mut principal.kind {
            *path = match role.map(|role| role.kind) {
                Some(PrincipalKind::Role { path: Some(known), .. }) => Some(known),
                _ => Some("/".to_owned()),
            };
        }
        let arn = json["resource"]["arn"].as_str().unwrap();
        let target = if arn == "*" {
            Resource::NoType
        } else {
            Resource::Arn(arn.to_owned())
        };
        let mut context = Context::new(Unmentioned::Absent);
        if let Json::Object(values) = &json["contextVariables"] {
            for (name, value) in values {
                let text = |v: &Json| v.as_str().unwrap().to_owned();
                let value = match value {
                    Json::Array(items) => Value::Many(items.iter().map(text).collect()),
                    one => Value::One(text(one)),
                };
                context.set(name, value);
            }
        }
        let id = json["id"].as_str().unwrap_or("").to_owned();
        assert_eq!(problems, 0, "{id}: a document is malformed");
        Case {
            id,
            request: Request::new(principal, action, target, json["resource"]["accountId"].as_str(), context),
            identity,
            boundary,
            session,
            scps,
            rcps,
            resource,
            endpoint,
        }
    }

    pub(crate) fn layers(&self) -> Layers<'_, u32> {
        Layers {
            identity: sources(&self.identity),
            boundary: self.boundary.as_ref().map(|d| Source::Document(100, d)),
            session: sources(&self.session),
            service_control: self.scps.iter().map(|l| sources(l)).collect(),
            resource_control: self.rcps.iter().map(|l| sources(l)).collect(),
            resource: match &self.resource {
                None => ResourcePolicy::None,
                Some((Side::Key, d)) => ResourcePolicy::Key {
                    policy: Source::Document(200, d),
                    owner: KeyOwner::Customer,
                },
                Some((Side::Trust, d)) => ResourcePolicy::Trust(Source::Document(200, d)),
                Some((Side::Generic, d)) => ResourcePolicy::Generic(Source::Document(200, d)),
            },
            endpoint: self.endpoint.as_ref().map(|(kind, d)| (*kind, Source::Document(300, d))),
            ..Layers::default()
        }
    }

    pub(crate) fn decide(&self) -> Decision<u32> {
        let layers = self.layers();
        evaluate(&self.request, &layers)
    }
}

fn sources(documents: &[Document]) -> Vec<Source<'_, u32>> {
    documents.iter().enumerate().map(|(i, d)| Source::Document(i as u32, d)).collect()
}

/// The oracle's name for a verdict.
pub(crate) fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "Allowed",
        Verdict::ImplicitlyDenied => "ImplicitlyDenied",
        Verdict::ExplicitlyDenied => "ExplicitlyDenied",
        Verdict::Denied => "Denied",
        Verdict::Unknown => "Unknown",
    }
}
