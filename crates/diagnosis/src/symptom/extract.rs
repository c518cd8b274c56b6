//! Takes the quoted parts out of the text.

use super::addresses::{dialled, dns_server, host, status_code};
use super::clean::Clean;
use super::layer::PolicyLayerStatement;
use super::names::{image, log_group, parameters, platform};
use super::quoted::Quoted;
use super::squeezed::Squeezed;
use super::tokens::{between, number, token, word};

/// The calls of a task's start, as IAM spells them: a text's lower case, or its end inside a longer name, is mended by them.
const ACTIONS: [&str; 16] = [
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameters",
    "ssm:GetParameter",
    "kms:Decrypt",
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:GetBucketLocation",
    "iam:PassRole",
    "sts:AssumeRole",
];

/// All quoted parts, and every ARN of a resource in the order of the text.
pub(super) fn quoted(clean: &Clean, squeezed: &Squeezed, layer: Option<&PolicyLayerStatement>) -> (Quoted, Vec<String>) {
    let principal = principal(clean, squeezed);
    let arns = arns(
        clean,
        squeezed,
        principal.as_deref(),
        layer.and_then(|layer| layer.policy_arn.as_deref()),
    );
    let (ip, port) = dialled(clean, squeezed).map_or((None, None), |(ip, port)| (Some(ip), Some(port)));
    let quoted = Quoted {
        arn: arn(clean, squeezed, &arns),
        host: host(clean, squeezed),
        ip,
        port,
        retries: retries(clean, squeezed),
        json_key: squeezed
            .end_of("didnotcontainjsonkey")
            .and_then(|at| token(clean, at))
            .map(|token| token.text),
        staging_label: squeezed
            .end_of("staginglabel:")
            .and_then(|at| token(clean, at))
            .map(|token| token.text),
        policy_layer: layer.map(|layer| layer.layer.as_str().to_owned()),
        log_group: log_group(clean, squeezed),
        image: image(clean, squeezed),
        request_id: request_ids(clean, squeezed),
        action: action(clean, squeezed),
        principal,
        parameter: parameters(clean, squeezed).0,
        platform: platform(clean, squeezed),
        dns_server: dns_server(clean, squeezed),
        status_code: status_code(clean, squeezed),
    };
    (quoted, arns)
}

fn principal(clean: &Clean, squeezed: &Squeezed) -> Option<String> {
    let from = squeezed.end_of("user:")?;
    let name = match squeezed.first_from(from, &["isnotauthorized"]) {
        Some(to) => between(clean, from, to),
        None => token(clean, from)?.text,
    };
    (name.to_ascii_lowercase().starts_with("arn:") || name == "anonymous").then_some(name)
}

/// Every ARN but the caller's and the denying policy's.
fn arns(clean: &Clean, squeezed: &Squeezed, principal: Option<&str>, policy: Option<&str>) -> Vec<String> {
    let mut arns: Vec<String> = Vec::new();
    let mut seen_to = 0;
    for at in squeezed.starts_of("arn:") {
        let inside = at
            .checked_sub(1)
            .and_then(|at| clean.chars.get(at))
            .is_some_and(|char| char.is_alphanumeric() || *char == ':');
        if at < seen_to || inside || arns.len() >= 32 {
            continue;
        }
        let Some(token) = token(clean, at) else {
            continue;
        };
        seen_to = at + token.text.chars().count();
        let arn = token.text;
        // `Managed task [arn:…:task/…]`, `ContainerChange: arn:…`: whose log line it is, not what the error is about.
        let bracket = at.checked_sub(1).and_then(|at| clean.chars.get(at)) == Some(&'[')
            || Squeezed::part(clean, at.saturating_sub(18), at).ends_any(&["containerchange", "taskchange"]);
        let other = principal.is_some_and(|principal| principal.starts_with(&arn))
            || policy == Some(arn.as_str())
            || bracket && arn.split(':').nth(2) == Some("ecs");
        if !other && arn.split(':').count() >= 4 && !arns.contains(&arn) {
            arns.push(arn);
        }
    }
    arns
}

/// The resource that the error is about: what was denied, else what was fetched. A longer form of the same name wins over one
/// that the end of the text cut.
fn arn(clean: &Clean, squeezed: &Squeezed, arns: &[String]) -> Option<String> {
    let denied = squeezed.end_of("onresource:").and_then(|from| {
        let to = squeezed.first_from(from, &["because", "withanexplicit", "statuscode:"]);
        let text = to.map_or_else(|| token(clean, from).map(|token| token.text), |to| Some(between(clean, from, to)))?;
        // What stands between is one name, or the sentence went on in words that are not known here.
        let one = token(clean, from).is_some_and(|token| text.starts_with(&token.text) || token.text.starts_with(&text));
        (one && text.to_ascii_lowercase().starts_with("arn:")).then_some(text)
    });
    let fetched = squeezed.end_of("failedtofetchsecret").and_then(|from| {
        let to = squeezed.first_from(from, &["fromsecretsmanager"])?;
        let text = between(clean, from, to);
        text.to_ascii_lowercase().starts_with("arn:").then_some(text)
    });
    let first = denied.clone().or(fetched.clone()).or_else(|| {
        let own = arns.iter().find(|arn| arn.split(':').nth(2) != Some("ecs"));
        own.or(arns.first()).cloned()
    })?;
    let longer = fetched
        .iter()
        .chain(denied.iter())
        .chain(arns)
        .find(|arn| arn.len() > first.len() && arn.starts_with(&first));
    let joined = longer.is_some_and(|longer| longer.strip_prefix(&first).is_some_and(|rest| !rest.starts_with('.')));
    Some(if joined { longer.cloned().unwrap_or(first) } else { first })
}

fn retries(clean: &Clean, squeezed: &Squeezed) -> Option<u32> {
    let counted = squeezed.ends_of("beenretried").into_iter().find_map(|at| {
        let (count, _) = number(clean, at)?;
        let word = squeezed.first_from(at, &["time"])?;
        (word <= at + 12).then_some(count)
    });
    counted.or_else(|| {
        let at = squeezed.end_of("maximumnumberofattempts,")?;
        number(clean, at).filter(|(_, ended)| *ended).map(|(count, _)| count)
    })
}

fn request_ids(clean: &Clean, squeezed: &Squeezed) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for at in squeezed.ends_of("requestid:").into_iter().take(8) {
        // `RequestID: , canceled` names none: the next word must follow at once.
        let next = clean
            .chars
            .get(at..)
            .and_then(|rest| rest.iter().find(|char| !char.is_whitespace()));
        let Some(id) = next.filter(|char| char.is_ascii_alphanumeric()).and_then(|_| word(clean, at)) else {
            continue;
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

fn action(clean: &Clean, squeezed: &Squeezed) -> Option<String> {
    let at = squeezed
        .end_of("authorizedtoperform:")
        .or_else(|| squeezed.end_of("authorizedtoperform"))?;
    let found = token(clean, at)?;
    let known = ACTIONS.into_iter().find(|action| action.eq_ignore_ascii_case(&found.text));
    if let Some(known) = known {
        return Some(known.to_owned());
    }
    let form = found
        .text
        .split_once(':')
        .is_some_and(|(service, operation)| !service.is_empty() && !operation.is_empty());
    (form && found.ended).then_some(found.text)
}
