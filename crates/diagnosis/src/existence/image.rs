//! Images: repositories and tags of Amazon ECR private registries (Amazon ECR API reference); of other registries what the error says.

mod absence;

use self::absence::{Cached, about, cached, elsewhere, failed, no_repository, no_tag};
use super::{FaultKind, Judgement, error, platform};
use crate::case::Case;
use crate::model::ReferenceVerdict;
use crate::requirements::Use;
use crate::symptom::{Cause, Stage};
use references::{EcrHost, ImageReference, Malformed, MalformedKind, Oddity, OddityKind, Registry, nearest};
use snapshot::ecr::image::Image;
use snapshot::{Call, Citation, Found, Need, Operation, Question, QuestionKind};

/// An image of an Amazon ECR private registry.
pub(super) struct Wanted<'a> {
    pub(super) image: &'a ImageReference,
    pub(super) account: &'a str,
    pub(super) region: &'a str,
    pub(super) repository: &'a str,
    /// The repository's ARN.
    pub(super) arn: String,
    /// Whether the registry's Region is the case's own, of which outputs are that do not name theirs.
    pub(super) home: bool,
}

impl<'a> Wanted<'a> {
    /// The image of a private registry; `None` of any other.
    pub(super) fn of(case: &Case<'_>, image: &'a ImageReference) -> Option<Self> {
        let host = image.registry.ecr()?;
        Some(Self {
            image,
            account: host.account.as_str(),
            region: host.region.as_str(),
            repository: &image.repository,
            arn: image.repository_arn()?,
            home: case.region.as_deref() == Some(host.region.as_str()),
        })
    }

    /// Whether a listed image is known to be of the registry's Region: `describe-images` prints none.
    pub(super) fn shown(&self, image: &Image) -> bool {
        image.region.is_some() || self.home
    }

    /// The tag or digest that is pulled.
    fn asked(&self) -> String {
        asked(self.image)
    }

    /// `imageTag=v1` or `imageDigest=sha256:…`.
    fn id(&self) -> String {
        let member = if self.image.digest.is_some() { "imageDigest" } else { "imageTag" };
        format!("{member}={}", self.asked())
    }
}

/// What the first pull of an image through a cache brings into being.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FirstPull {
    /// The repository and the image in it.
    OfRepository,
    /// The image, in a repository that is there.
    OfImage,
}

/// Whether a pull-through cache rule covers the image, and it is proven not to be cached yet.
pub(crate) fn first_pull(case: &Case<'_>, used: &Use) -> Option<FirstPull> {
    let parsed = ImageReference::parse(&used.text).ok()?;
    let wanted = Wanted::of(case, &parsed.value)?;
    if !matches!(cached(case, &parsed.value, &wanted), Cached::Yes) {
        return None;
    }
    let held = |found: &&Found<Image>| is(&found.value, &parsed.value) && wanted.shown(&found.value);
    let images = &case.snapshot.ecr;
    if images
        .images(wanted.account, wanted.region, wanted.repository)
        .any(|found| held(&found))
        || manifest(case, &wanted).is_some()
    {
        return None;
    }
    if no_repository(case, used, &wanted).is_some() {
        return Some(FirstPull::OfRepository);
    }
    no_tag(case, used, &wanted).map(|_| FirstPull::OfImage)
}

/// An image.
pub(super) fn judge(case: &Case<'_>, used: &Use) -> Judgement {
    let parsed = match ImageReference::parse(&used.text) {
        Ok(parsed) => parsed,
        Err(malformed) => return Judgement::malformed(used, malformed),
    };
    if parsed.is_redacted() {
        return Judgement::unknown(used, used.text.clone());
    }
    if let Some(judged) = no_such_host(case, used, &parsed.value, &parsed.oddities) {
        return judged;
    }
    let mut judged = match &parsed.value.registry {
        Registry::EcrPrivate(host) => private(case, used, &parsed.value, host),
        _ => other(case, used, &parsed.value),
    };
    platform::judge(case, used, &parsed.value, &mut judged);
    judged
}

fn private(case: &Case<'_>, used: &Use, image: &ImageReference, host: &EcrHost) -> Judgement {
    let judged = Judgement::unknown(used, used.text.clone());
    let Some(wanted) = Wanted::of(case, image) else {
        return judged;
    };
    let pulled = case
        .snapshot
        .ecr
        .images(wanted.account, wanted.region, wanted.repository)
        .find(|found| is(&found.value, image) && wanted.shown(&found.value));
    if let Some(found) = pulled {
        return match found.value.image_status.as_deref() {
            None | Some("ACTIVE") => judged.found(&found.at),
            Some("ARCHIVED") => {
                let kind = FaultKind::Archived {
                    asked: wanted.asked(),
                    digest: found.value.image_digest.clone(),
                };
                judged.absent(kind, vec![found.member("imageStatus")], Vec::new())
            }
            // On its way back, or a state that is not known here.
            Some(_) => {
                let mut judged = judged.found(&found.at);
                judged.verdict = ReferenceVerdict::Unknown;
                judged
            }
        };
    }
    if let Some(found) = manifest(case, &wanted) {
        return judged.found(&found);
    }
    if let Some(kind_and_proof) = no_tag(case, used, &wanted) {
        let (proof, kind) = kind_and_proof;
        // A pull-through cache rule fetches what the repository does not hold yet.
        return match cached(case, image, &wanted) {
            Cached::No => judged.absent(kind, proof.evidence, proof.assumes),
            _ if failed(case, used) => judged.absent(kind, proof.evidence, proof.assumes),
            Cached::Unknown(need) => judged.open("image.tag-not-found", vec![need]),
            Cached::Yes => judged,
        };
    }
    if let Some(proof) = no_repository(case, used, &wanted) {
        let names = case
            .snapshot
            .ecr
            .repositories
            .iter()
            .filter_map(|found| found.value.repository_uri.as_deref());
        let own = format!("{host}/{}", wanted.repository);
        let kind = FaultKind::RepositoryNotFound {
            near: nearest(&own, names).or_else(|| elsewhere(case, &wanted)),
        };
        return match cached(case, image, &wanted) {
            Cached::No => judged.absent(kind, proof.evidence, proof.assumes),
            _ if failed(case, used) => judged.absent(kind, proof.evidence, proof.assumes),
            Cached::Unknown(need) => judged.open("image.repository-not-found", vec![need]),
            Cached::Yes => judged,
        };
    }
    let images = Call::new(Operation::EcrDescribeImages).option("repository-name", wanted.repository);
    judged.open("image.tag-not-found", vec![at(images, &wanted, case).into()])
}

/// The call that shows the image's manifest, and with it the platforms that it is for.
pub(super) fn manifest_call(case: &Case<'_>, wanted: &Wanted<'_>) -> Call {
    let call = Call::new(Operation::EcrBatchGetImage)
        .option("repository-name", wanted.repository)
        .option("image-ids", wanted.id());
    at(call, wanted, case)
}

/// In that registry and Region.
fn at(call: Call, wanted: &Wanted<'_>, case: &Case<'_>) -> Call {
    let call = if case.account.as_deref() == Some(wanted.account) {
        call
    } else {
        call.option("registry-id", wanted.account)
    };
    call.in_region(Some(wanted.region))
}

fn is(image: &Image, wanted: &ImageReference) -> bool {
    match (&wanted.digest, wanted.tag_or_latest()) {
        (Some(digest), _) => image.image_digest.as_deref() == Some(digest.to_string().as_str()),
        (None, Some(tag)) => image.image_tags.iter().any(|own| own == tag),
        (None, None) => false,
    }
}

/// Where `batch-get-image` returned it.
fn manifest(case: &Case<'_>, wanted: &Wanted<'_>) -> Option<Citation> {
    manifests(case, wanted).next().map(|found| found.member("imageId"))
}

/// The manifests of the image that `batch-get-image` returned.
pub(super) fn manifests<'a>(case: &'a Case<'_>, wanted: &'a Wanted<'_>) -> impl Iterator<Item = &'a Found<snapshot::ecr::image::Manifest>> {
    let asked = wanted.asked();
    case.snapshot.ecr.manifests.iter().filter(move |found| {
        let manifest = &found.value;
        let named = if wanted.image.digest.is_some() {
            manifest.digest.as_deref()
        } else {
            manifest.tag.as_deref()
        };
        named == Some(asked.as_str())
            && manifest.repository.as_deref() == Some(wanted.repository)
            && manifest.registry.as_deref().is_none_or(|registry| registry == wanted.account)
            && manifest
                .scope
                .region
                .as_deref()
                .map_or(wanted.home, |region| region == wanted.region)
    })
}

/// Images of other registries: AWS's outputs say nothing of them, the error may.
fn other(case: &Case<'_>, used: &Use, image: &ImageReference) -> Judgement {
    let judged = Judgement::unknown(used, used.text.clone());
    let said = error::stated(case).filter(|(symptom, _)| symptom.cause == Cause::NotFound && symptom.stage == Stage::ImagePull);
    let Some((symptom, at)) = said.filter(|_| about(case, used)) else {
        return answered(case, image, judged);
    };
    if error::says(symptom, "name unknown") {
        return judged.absent(FaultKind::RepositoryNotFound { near: None }, vec![at.clone()], Vec::new());
    }
    judged.absent(
        FaultKind::TagNotFound {
            asked: asked(image),
            near: None,
            existing: Vec::new(),
        },
        vec![at.clone()],
        Vec::new(),
    )
}

/// The answers to the question whether an image can be pulled.
pub const PULLABLE: [&str; 3] = ["yes", "no such image", "it needs credentials"];

fn pullable(image: &str) -> Question {
    Question {
        kind: QuestionKind::ImagePullable,
        subject: image.to_owned(),
    }
}

/// The question whether an image can be pulled, where nobody answered it yet.
#[must_use]
pub fn unasked(case: &Case<'_>, image: &str) -> Option<Need> {
    let question = pullable(image);
    super::answer(case, &question).is_none().then_some(Need::Question(question))
}

/// What someone who can see the registry says of the image.
fn answered(case: &Case<'_>, image: &ImageReference, judged: Judgement) -> Judgement {
    let question = pullable(&judged.used.text);
    let Some(answer) = super::answer(case, &question) else {
        return judged.open("image.tag-not-found", vec![Need::Question(question)]);
    };
    let [yes, none, _] = PULLABLE;
    if answer.value.eq_ignore_ascii_case(yes) {
        return judged.found(&answer.at);
    }
    if !answer.value.eq_ignore_ascii_case(none) {
        return judged;
    }
    let kind = FaultKind::TagNotFound {
        asked: asked(image),
        near: None,
        existing: Vec::new(),
    };
    judged.absent(kind, vec![answer.at.clone()], Vec::new())
}

/// Where someone said that the image cannot be pulled without credentials.
#[must_use]
pub fn needs_credentials<'a>(case: &'a Case<'_>, image: &str) -> Option<&'a Citation> {
    let answer = super::answer(case, &pullable(image))?;
    let [.., wants] = PULLABLE;
    answer.value.eq_ignore_ascii_case(wants).then_some(&answer.at)
}

/// The tag or digest that is pulled.
fn asked(image: &ImageReference) -> String {
    match &image.digest {
        Some(digest) => digest.to_string(),
        None => image.tag_or_latest().unwrap_or("latest").to_owned(),
    }
}

/// A host that is almost a registry's, and that the error proves not to exist.
fn no_such_host(case: &Case<'_>, used: &Use, image: &ImageReference, oddities: &[Oddity]) -> Option<Judgement> {
    let odd = oddities
        .iter()
        .find(|oddity| matches!(oddity.kind, OddityKind::NearRegistryHost | OddityKind::UnknownRegion))?;
    let (symptom, at) = error::stated(case)?;
    if symptom.cause != Cause::Dns || !error::says(symptom, "no such host") {
        return None;
    }
    let asked = symptom.quoted.host.as_deref()?;
    let host = image.registry.host();
    let region = image.registry.ecr().map(|ecr| ecr.region.as_str());
    let own = asked == host
        || asked.split(':').next() == Some(host.as_str())
        || region.is_some_and(|region| asked.split('.').any(|label| label == region) && asked.contains("ecr"));
    own.then(|| {
        let kind = if odd.kind == OddityKind::UnknownRegion {
            MalformedKind::Region
        } else {
            MalformedKind::Host
        };
        let malformed = Malformed {
            position: odd.position.clone(),
            kind,
            corrected: odd.corrected.clone(),
        };
        let mut judged = Judgement::unknown(used, used.text.clone());
        judged.verdict = ReferenceVerdict::Malformed;
        judged.fault(FaultKind::Malformed(malformed), vec![at.clone()], Vec::new());
        judged
    })
}

/// Whether the error text is about this image.
pub(super) fn is_named(case: &Case<'_>, used: &Use) -> bool {
    about(case, used)
}
