//! The parts of the report that are plain translations of types.

use super::Writer;
use crate::model::{
    Access, Authorization, Citation, Destination, ErrorCause, Evidence, Field, Finding, Fix, FixKind, Layer, LayerKind, OneOrMany, Outcome,
    Quoted, Reference, ReferenceVerdict, Request, RequestBody, Role, Service, Stage, Status, Symptom, Task,
};
use diagnosis::model as from;
use snapshot::Need;
use snapshot::order::Order as _;
use std::collections::BTreeMap;

/// An excerpt is a reminder, not the document: longer values are cut.
const EXCERPT_CHARS: usize = 400;

pub(super) fn outcome(outcome: from::Outcome) -> Outcome {
    match outcome {
        from::Outcome::OutOfScope => Outcome::OutOfScope,
        from::Outcome::RootCause => Outcome::RootCause,
        from::Outcome::Suspects => Outcome::Suspects,
        from::Outcome::InsufficientEvidence => Outcome::InsufficientEvidence,
        from::Outcome::NoFaultFound => Outcome::NoFaultFound,
    }
}

fn field<T: Clone>(held: &from::Held<T>) -> Field<T> {
    match held {
        from::Held::Unknown => Field::Unknown,
        from::Held::Absent => Field::Absent,
        from::Held::Known(value) => Field::Known(value.clone()),
    }
}

pub(super) fn task(case: &from::CaseSummary) -> Task {
    Task {
        arn: field(&case.arn),
        account: field(&case.account),
        region: field(&case.region),
        partition: field(&case.partition),
        launch_type: field(&case.launch_type),
        platform_version: field(&case.platform_version),
        subnet: field(&case.subnet),
        interface: field(&case.interface),
        private_ip: field(&case.private_ip),
        public_ip: field(&case.public_ip),
        security_groups: field(&case.security_groups),
        vpc: field(&case.vpc),
        execution_role: field(&case.execution_role),
        task_definition: field(&case.task_definition),
    }
}

/// Words that both sides take from the contract; the fallback is never reached, which a test holds.
pub(super) fn symptom(symptom: &diagnosis::symptom::Symptom) -> Symptom {
    let quoted = &symptom.quoted;
    Symptom {
        text: symptom.text.clone(),
        class: symptom.class.clone(),
        stage: Stage::from_word(symptom.stage.as_str()).unwrap_or(Stage::Other),
        service: symptom.service.and_then(|service| Service::from_word(service.as_str())),
        cause: ErrorCause::from_word(symptom.cause.as_str()).unwrap_or(ErrorCause::Unknown),
        quoted: Quoted {
            arn: quoted.arn.clone(),
            host: quoted.host.clone(),
            ip: quoted.ip.clone(),
            action: quoted.action.clone(),
            principal: quoted.principal.clone(),
            port: quoted.port,
            retries: quoted.retries,
            json_key: quoted.json_key.clone(),
            staging_label: quoted.staging_label.clone(),
            policy_layer: quoted.policy_layer.clone(),
            log_group: quoted.log_group.clone(),
            image: quoted.image.clone(),
            request_id: OneOrMany::of(&quoted.request_id),
            status_code: quoted.status_code,
            dns_server: quoted.dns_server.clone(),
            parameter: OneOrMany::of(&quoted.parameter),
            platform: quoted.platform.clone(),
        },
    }
}

fn access(verdict: from::AuthorizationVerdict) -> Access {
    match verdict {
        from::AuthorizationVerdict::Allowed => Access::Allowed,
        from::AuthorizationVerdict::ImplicitlyDenied => Access::ImplicitlyDenied,
        from::AuthorizationVerdict::ExplicitlyDenied => Access::ExplicitlyDenied,
        from::AuthorizationVerdict::Unknown => Access::Unknown,
    }
}

/// The destination's word, which both sides take from the catalogue.
pub(super) fn service(key: &from::DestinationKey) -> Service {
    Service::from_word(&key.to_string()).unwrap_or(Service::Registry(None))
}

pub(super) fn citation(at: &snapshot::Citation) -> Citation {
    Citation {
        document: at.document.0 as usize,
        pointer: at.pointer.to_string(),
    }
}

impl Writer<'_> {
    pub(crate) fn evidence(&self, at: &snapshot::Citation) -> Evidence {
        let Citation { document, pointer } = citation(at);
        let place = self.evidence.locate(at);
        let excerpt = place.as_ref().map(|place| shortened(place.excerpt)).unwrap_or_default();
        Evidence {
            document,
            pointer,
            line: place.map(|place| place.line),
            excerpt,
        }
    }

    pub(super) fn finding(&self, finding: &from::Finding, settled_by: &BTreeMap<&Need, String>) -> Finding {
        let mut missing: Vec<String> = finding.missing.iter().filter_map(|need| settled_by.get(need).cloned()).collect();
        missing.in_order();
        missing.dedup();
        Finding {
            code: finding.code.0.to_owned(),
            status: match finding.status {
                from::Status::Fail => Status::Fail,
                from::Status::Warn => Status::Warn,
                from::Status::Unknown => Status::Unknown,
                from::Status::Pass => Status::Pass,
            },
            role: finding.role.map(|role| match role {
                from::Role::Cause => Role::Cause,
                from::Role::Next => Role::Next,
            }),
            subject: finding.subject.clone(),
            affects: finding.affects.iter().map(service).collect(),
            title: self.text(&finding.title),
            summary: self.text(&finding.summary),
            explanation: self.text(&finding.explanation),
            assumes: self.assumptions(&finding.assumes),
            evidence: finding.evidence.iter().map(|at| self.evidence(at)).collect(),
            missing,
            fixes: finding.fixes.iter().map(|fix| self.fix(fix)).collect(),
        }
    }

    fn fix(&self, fix: &from::Fix) -> Fix {
        Fix {
            kind: match fix.kind {
                from::FixKind::AwsCli => FixKind::AwsCli,
                from::FixKind::Console => FixKind::Console,
                from::FixKind::CloudFormation => FixKind::CloudFormation,
                from::FixKind::Terraform => FixKind::Terraform,
                from::FixKind::Policy => FixKind::Policy,
            },
            text: self.text(&fix.text),
            impact: self.text(&fix.impact),
            verified: fix.verified,
        }
    }

    pub(super) fn destination(&self, destination: &from::DestinationReport) -> Destination {
        Destination {
            service: service(&destination.key),
            host: (!destination.host.is_empty()).then(|| destination.host.clone()),
            port: (!destination.host.is_empty()).then_some(destination.port),
            needed_for: destination.needed_for.iter().map(|text| self.text(text)).collect(),
            network: destination.trace.as_ref().map(|trace| self.network(trace, &destination.subnets)),
            authorization: destination.authorization.iter().map(|call| self.authorization(call)).collect(),
            references: destination
                .references
                .iter()
                .map(|reference| Reference {
                    text: reference.text.clone(),
                    verdict: match reference.verdict {
                        from::ReferenceVerdict::Found => ReferenceVerdict::Found,
                        from::ReferenceVerdict::NotFound => ReferenceVerdict::NotFound,
                        from::ReferenceVerdict::Malformed => ReferenceVerdict::Malformed,
                        from::ReferenceVerdict::Unknown => ReferenceVerdict::Unknown,
                    },
                })
                .collect(),
        }
    }

    fn authorization(&self, call: &from::Authorization) -> Authorization {
        Authorization {
            action: call.action.clone(),
            resource: call.resource.clone(),
            principal: call.principal.clone(),
            verdict: access(call.verdict),
            blocks_start: call.blocks_start,
            assumes: self.assumptions(&call.assumes),
            decided_by: call.decided_by.and_then(LayerKind::from_word),
            layers: call
                .layers
                .iter()
                .filter_map(|layer| {
                    Some(Layer {
                        kind: LayerKind::from_word(layer.kind)?,
                        verdict: access(layer.verdict),
                        statement: layer.statement.as_ref().map(citation),
                    })
                })
                .collect(),
        }
    }

    pub(crate) fn request(&self, request: &from::Request) -> Request {
        Request {
            id: request.id.clone(),
            body: match &request.body {
                from::RequestBody::Command { operation, command } => RequestBody::Command {
                    operation: (*operation).to_owned(),
                    command: command.clone(),
                },
                from::RequestBody::Question { question, choices } => RequestBody::Question {
                    question: self.text(question),
                    choices: choices.clone(),
                },
            },
            why: self.text(&request.why),
            decides: request.decides.iter().map(|code| code.0.to_owned()).collect(),
        }
    }
}

pub(crate) fn shortened(text: &str) -> String {
    let mut chars = text.chars();
    let kept: String = chars.by_ref().take(EXCERPT_CHARS).collect();
    if chars.next().is_some() { format!("{kept}…") } else { kept }
}
