//! A text that ends early never says something else than the whole one: the same, or less.
use crate::texts::{corpus, variations};
use diagnosis::symptom::{Cause, Service, Stage, Symptom, parse};

/// Whether the stage of the beginning is the whole's, or a wider one.
fn stage_is_wider(part: Stage, whole: Stage) -> bool {
    let wider = match whole {
        Stage::RegistryAuth => &[Stage::Other, Stage::SecretsOrRegistryAuth, Stage::ImagePull][..],
        Stage::SecretFetch => &[Stage::Other, Stage::SecretsOrRegistryAuth][..],
        _ => &[Stage::Other][..],
    };
    // ImagePull for RegistryAuth: "The task can't pull the image. …" begins texts whose end names the registry's token.
    part == whole || wider.contains(&part)
}

/// Whether the service of the beginning is the whole's, or none.
fn service_is_wider(part: Option<Service>, whole: Option<Service>) -> bool {
    let passes_on = match whole {
        // Another service's answer that passes on what AWS KMS said names AWS KMS last.
        Some(Service::Kms) => &[Service::SecretsManager, Service::Ssm][..],
        // The image's name stands before the layer whose download failed.
        Some(Service::S3) => &[Service::EcrDkr][..],
        _ => &[],
    };
    part.is_none() || part == whole || part.is_some_and(|part| passes_on.contains(&part))
}

fn compare(text: &str, whole: &Symptom, part: &Symptom, at: usize) -> Option<String> {
    let cause = part.cause == whole.cause || part.cause == Cause::Unknown;
    let fine = cause && stage_is_wider(part.stage, whole.stage) && service_is_wider(part.service, whole.service);
    let quoted = part.quoted.port.is_none_or(|port| Some(port) == whole.quoted.port)
        && (part.quoted.host.is_none() || part.quoted.host == whole.quoted.host || whole.quoted.host.is_some())
        && part
            .quoted
            .ip
            .as_ref()
            .is_none_or(|ip| Some(ip) == whole.quoted.ip.as_ref() || whole.quoted.ip.is_some());
    let answered = !part.answered || whole.answered;
    (!(fine && quoted && answered)).then(|| {
        let beginning: String = text.chars().take(at).collect();
        format!(
            "{beginning}\n   {:?} {:?} {:?} {:?} {:?} answered {}\n   whole: {:?} {:?} {:?} answered {}",
            part.stage,
            part.service,
            part.cause,
            part.quoted.host,
            part.quoted.port,
            part.answered,
            whole.stage,
            whole.service,
            whole.cause,
            whole.answered
        )
    })
}

#[test]
fn the_beginning_of_a_text_never_contradicts_the_whole() {
    let mut wrong = Vec::new();
    // The corpus at every third character, the variations, which share their beginnings, at every fifth, each from another one on.
    let corpus = corpus().into_iter().map(|text| (text, 3));
    let made = variations().into_iter().map(|variation| (variation.text, 5));
    for (row, (text, step)) in corpus.chain(made).enumerate() {
        let whole = parse(&text);
        for (count, (at, _)) in text.char_indices().enumerate().filter(|(count, _)| (count + row) % step == 0) {
            let part = parse(text.get(..at).unwrap_or_default());
            if let Some(difference) = compare(&text, &whole, &part, count) {
                wrong.push(difference);
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{} texts\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_text_cut_at_its_limit_says_so() {
    let lead = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve \
                secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:";
    let mut long = format!("{lead}{}", "production-database-".repeat(20));
    long.truncate(252);
    long.push_str("...");
    let read = parse(&long);
    assert!(read.cut);
    assert_eq!(
        (read.stage, read.service, read.cause),
        (Stage::SecretFetch, Some(Service::SecretsManager), Cause::Unknown)
    );
}
