//! What must hold for any bytes: reading and deciding never fail, places are places in the text, a settled decision has
//! nothing left open, and the matcher stays within its bound. Run by cargo-fuzz, and on seeded input by `tests/fuzz.rs`.

use policy::{
    Context, Document, DocumentKind, EndpointKind, KeyOwner, Layers, Principal, Reading, Request, Resource, ResourcePolicy, Source,
    Unmentioned, Value, Verdict, compile, evaluate, matches, matches_counting, near_misses,
};

const KINDS: [DocumentKind; 8] = [
    DocumentKind::Identity,
    DocumentKind::Boundary,
    DocumentKind::Session,
    DocumentKind::ServiceControl,
    DocumentKind::ResourceControl,
    DocumentKind::Resource,
    DocumentKind::Trust,
    DocumentKind::Endpoint,
];

/// The bytes as a policy document of every kind.
pub(crate) fn parse(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for kind in KINDS {
        read_as(kind, &text);
    }
}

/// One reading, with every decision that the document can take part in.
pub(crate) fn read_as(kind: DocumentKind, text: &str) {
    let (document, problems) = Document::parse(text, kind);
    let source = document.source();
    for at in problems
        .iter()
        .map(|problem| problem.offset)
        .chain(document.statements.iter().map(|s| s.offset))
    {
        assert!(source.is_char_boundary(at), "{at} is no place in the text");
    }
    assert!(document.unreadable().is_none() || !problems.is_empty(), "unreadable without a word");
    for request in requests() {
        let _ = near_misses(&request, &document);
        decide(&request, &document);
    }
}

/// The bytes as a pattern and, after a zero byte, a subject.
pub(crate) fn matcher(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (pattern, subject) = text.split_once('\0').unwrap_or((&text, &text));
    let tokens = compile(pattern);
    let loose = matches(&tokens, subject, Reading::Loose);
    let segmented = matches(&tokens, subject, Reading::Segmented);
    assert!(loose || !segmented, "the segmented reading is the stricter one");
    if !pattern.contains(['*', '?']) {
        assert_eq!(loose, pattern == subject);
    }
    let bound = (subject.chars().count() as u64 + 1) * (tokens.len() as u64 / 64 + 2) + 2 * tokens.len() as u64 + 2;
    for reading in [Reading::Loose, Reading::Segmented] {
        assert!(matches_counting(&tokens, subject, reading).1 <= bound, "more steps than the bound");
    }
}

fn requests() -> [Request; 4] {
    let role =
        || Principal::from_arn("arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/0123").unwrap_or_else(Principal::anonymous);
    let secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf";
    let context = Context::new(Unmentioned::Absent).with("aws:SourceIp", Value::one("203.0.113.7"));
    [
        Request::new(
            role(),
            "secretsmanager:GetSecretValue",
            Resource::Arn(secret.into()),
            None,
            context.clone(),
        ),
        Request::new(
            role(),
            "logs:PutLogEvents",
            Resource::Beginning("arn:aws:logs:eu-west-1:111122223333:log-group:/a:".into()),
            None,
            context.clone(),
        ),
        Request::new(
            role(),
            "secretsmanager:GetSecretValue",
            Resource::Unfinished {
                beginning: secret.trim_end_matches("AbCdEf").into(),
                characters: 6,
            },
            None,
            context,
        ),
        Request::new(role(), "ecr:GetAuthorizationToken", Resource::NoType, None, Context::default()),
    ]
}

/// The document in every layer that takes it.
fn decide(request: &Request, document: &Document) {
    let source = || Source::Document(0, document);
    let layers = [
        Layers {
            identity: vec![source()],
            ..Layers::default()
        },
        Layers {
            identity: vec![source()],
            boundary: Some(source()),
            session: vec![source()],
            ..Layers::default()
        },
        Layers {
            service_control: vec![vec![source()]],
            resource_control: vec![vec![source()]],
            endpoint: Some((EndpointKind::Gateway, source())),
            resource: ResourcePolicy::Generic(source()),
            ..Layers::default()
        },
        Layers {
            resource: ResourcePolicy::Key {
                policy: source(),
                owner: KeyOwner::Customer,
            },
            endpoint: Some((EndpointKind::Interface, source())),
            ..Layers::default()
        },
        Layers {
            resource: ResourcePolicy::Trust(source()),
            ..Layers::default()
        },
    ];
    for layers in &layers {
        let decision = evaluate(request, layers);
        let open = matches!(decision.verdict, Verdict::Unknown | Verdict::Denied);
        assert_eq!(decision.residuals.is_empty(), !open, "{decision:?}");
        assert_eq!(decision.decided_by.is_none(), decision.verdict == Verdict::Unknown, "{decision:?}");
    }
}
