//! The person's answers as a bundle holds them.

use diagnosis::model::Diagnosis;
use serde::Serialize;
use snapshot::Need;

#[derive(Serialize)]
struct Line<'a> {
    operation: &'static str,
    parameters: Parameters<'a>,
    exit: u8,
    output: &'a str,
}

#[derive(Serialize)]
struct Parameters<'a> {
    question: &'a str,
    subject: &'a str,
}

/// One line of a bundle for each answer.
///
/// A question is named by its id in the report (`q1`), by its lasting id (`security-groups:arn:…`), or by its kind alone.
pub(super) fn as_bundle(asked: &Diagnosis, answers: &[(String, String)]) -> String {
    let mut bundle = String::from("{\"schema\": \"pulldoctor.bundle/1\"}\n");
    for (id, value) in answers {
        let question = asked
            .requests
            .iter()
            .filter(|request| request.id == *id)
            .flat_map(|request| &request.settles)
            .find_map(|need| match need {
                Need::Question(question) => Some(question),
                Need::Call(_) => None,
            });
        let (question, subject) = match question {
            Some(question) => (question.kind.slug(), question.subject.as_str()),
            None => id.split_once(':').unwrap_or((id, "")),
        };
        let line = Line {
            operation: "pulldoctor:Answer",
            parameters: Parameters { question, subject },
            exit: 0,
            output: value,
        };
        bundle.push_str(&serde_json::to_string(&line).unwrap_or_default());
        bundle.push('\n');
    }
    bundle
}
