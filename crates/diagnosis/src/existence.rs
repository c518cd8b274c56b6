//! Whether what the task definition names exists, and is what the task can use.
//!
//! A name is proven absent by a complete listing, by an error of AWS's for that very name, or by the task's own error text; never by
//! silence. A listing without its command is believed under an assumption that is carried along. What someone hid proves nothing.

pub mod cross_region;
mod env_file;
mod error;
mod fault;
pub(crate) mod feature;
mod image;
mod log_group;
pub mod made;
mod mistake;
mod parameter;
mod platform;
pub mod redefine;
pub mod registry;
mod secret;
pub mod tell;

pub(crate) use env_file::is_gone;
pub use error::{about, key_state, says, secret_arn, stated};
pub use fault::{Fault, FaultKind};
pub(crate) use image::{FirstPull, first_pull};
pub use image::{PULLABLE, needs_credentials, unasked};
pub use mistake::words as mistake;

use crate::case::Case;
use crate::model::{Code, ReferenceVerdict};
use crate::requirements::{Requirement, Use, UseKind};
use references::{
    CredentialSpec, CredentialSpecSource, CredentialsParameter, Malformed, MalformedKind, ObjectArn, Oddity, OddityKind, ValueFrom,
};
use snapshot::{Assumption, Citation, Collection, Coverage, GivenAnswer, Need, Question, Resource};

/// What was found of one reference.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The reference.
    pub used: Use,
    /// Whether it exists.
    pub verdict: ReferenceVerdict,
    /// What it names: an ARN, else the name as written. The subject of findings about it.
    pub resource: String,
    /// What is wrong with it; each is one finding.
    pub faults: Vec<Fault>,
    /// The finding that a missing output could still prove, where the verdict is unknown.
    pub open: Option<Code>,
    /// What proves the verdict.
    pub evidence: Vec<Citation>,
    /// What it takes for granted.
    pub assumes: Vec<Assumption>,
    /// What would settle it.
    pub needs: Vec<Need>,
}

impl Judgement {
    /// Nothing known yet.
    fn unknown(used: &Use, resource: impl Into<String>) -> Self {
        Self {
            used: used.clone(),
            verdict: ReferenceVerdict::Unknown,
            resource: resource.into(),
            faults: Vec::new(),
            open: None,
            evidence: Vec::new(),
            assumes: Vec::new(),
            needs: Vec::new(),
        }
    }

    /// It exists, as that place shows.
    fn found(mut self, at: &Citation) -> Self {
        self.verdict = ReferenceVerdict::Found;
        self.evidence.push(at.clone());
        self
    }

    /// It does not exist; `evidence` proves it next to the reference itself.
    fn absent(mut self, kind: FaultKind, evidence: Vec<Citation>, assumes: Vec<Assumption>) -> Self {
        self.verdict = ReferenceVerdict::NotFound;
        self.fault(kind, evidence, assumes);
        self
    }

    /// Undecided until one of these is pasted.
    fn open(mut self, code: &'static str, needs: Vec<Need>) -> Self {
        self.verdict = ReferenceVerdict::Unknown;
        self.open = Some(Code(code));
        self.needs = needs;
        self
    }

    fn malformed(used: &Use, malformed: Malformed) -> Self {
        let mut judged = Self::unknown(used, used.text.clone());
        judged.verdict = ReferenceVerdict::Malformed;
        judged.fault(FaultKind::Malformed(malformed), Vec::new(), Vec::new());
        judged
    }

    fn fault(&mut self, kind: FaultKind, proof: Vec<Citation>, assumes: Vec<Assumption>) {
        let mut evidence = vec![self.used.at.clone()];
        evidence.extend(proof.into_iter().filter(|at| *at != self.used.at));
        let code = fault::code(&self.used, &kind);
        self.evidence.clone_from(&evidence);
        self.assumes.clone_from(&assumes);
        self.faults.push(Fault {
            code,
            kind,
            evidence,
            assumes,
        });
    }
}

/// What a person answered to that question, the latest word first.
fn answer<'a>(case: &'a Case<'_>, question: &Question) -> Option<&'a GivenAnswer> {
    case.snapshot
        .answers
        .iter()
        .rev()
        .find(|answer| answer.question == question.id() || (answer.question == question.kind.slug() && answer.subject == question.subject))
}

/// How absence is proven: the places, and what is taken for granted.
#[derive(Clone, Debug, Default)]
struct Proof {
    evidence: Vec<Citation>,
    assumes: Vec<Assumption>,
}

impl Proof {
    fn of(coverage: &Coverage) -> Option<Self> {
        let (at, assumption) = coverage.proof()?;
        Some(Self::at(at, assumption.cloned()))
    }

    /// What the silence of a listing proves of an account and Region.
    ///
    /// A command that names no Region, and credentials that nobody names, are the case's own: of another Region or account such a
    /// listing speaks only where its own rows (`there`) say so.
    fn listed<T: Resource>(
        case: &Case<'_>,
        collection: &Collection<T>,
        coverage: &Coverage,
        (account, region): (Option<&str>, Option<&str>),
        there: impl Fn(&T) -> bool,
    ) -> Option<Self> {
        let proof = Self::of(coverage)?;
        let at = proof.evidence.first()?;
        let scope = &collection.listings().iter().find(|listing| listing.at == *at)?.scope;
        let known = |asked: Option<&str>, said: Option<&str>, own: Option<&str>| asked == said || asked == own || asked.is_none();
        let placed = known(account, scope.account.as_deref(), case.account.as_deref())
            && known(region, scope.region.as_deref(), case.region.as_deref());
        let shown = || {
            collection
                .iter()
                .any(|found| found.at.document == at.document && there(&found.value))
        };
        (placed || shown()).then_some(proof)
    }

    fn at(at: &Citation, assumption: Option<Assumption>) -> Self {
        Self {
            evidence: vec![at.clone()],
            assumes: assumption.into_iter().collect(),
        }
    }
}

/// Judges every reference of a requirement.
#[must_use]
pub fn judge(case: &Case<'_>, requirement: &Requirement) -> Vec<Judgement> {
    requirement.uses.iter().map(|used| judge_use(case, used)).collect()
}

fn judge_use(case: &Case<'_>, used: &Use) -> Judgement {
    match used.kind {
        UseKind::Image => image::judge(case, used),
        UseKind::LogGroup => log_group::judge(case, used),
        UseKind::EnvironmentFile => env_file::judge(case, used),
        UseKind::FirelensConfig => match ObjectArn::parse(&used.text) {
            Ok(parsed) => env_file::object(case, used, &parsed.value, parsed.is_redacted()),
            Err(malformed) => Judgement::malformed(used, env_file::at_home(case, malformed)),
        },
        UseKind::CredentialSpec => match CredentialSpec::parse(&used.text) {
            Ok(parsed) => {
                let hidden = parsed.is_redacted();
                match parsed.value.source {
                    CredentialSpecSource::Object(object) => env_file::object(case, used, &object, hidden),
                    CredentialSpecSource::Parameter(parameter) => parameter::judge(case, used, &parameter, hidden, &parsed.oddities),
                    CredentialSpecSource::File(_) => Judgement::unknown(used, used.text.clone()),
                }
            }
            Err(malformed) => Judgement::malformed(used, malformed),
        },
        UseKind::Credentials => match CredentialsParameter::parse(&used.text) {
            Ok(parsed) if parsed.is_redacted() => Judgement::unknown(used, used.text.clone()),
            Ok(parsed) if other_partition(&parsed.oddities).is_some() => misplaced(used, &parsed.oddities),
            Ok(parsed) => secret::judge_credentials(case, used, &parsed.value, &parsed.oddities),
            Err(malformed) => Judgement::malformed(used, malformed),
        },
        UseKind::Secret | UseKind::SecretOption => match ValueFrom::parse(&used.text) {
            Ok(parsed) if !parsed.is_redacted() && other_partition(&parsed.oddities).is_some() => misplaced(used, &parsed.oddities),
            Ok(parsed) => {
                let hidden = parsed.is_redacted();
                match parsed.value {
                    ValueFrom::Secret(secret) => secret::judge(case, used, &secret, hidden, &parsed.oddities),
                    ValueFrom::Parameter(parameter) => parameter::judge(case, used, &parameter, hidden, &parsed.oddities),
                    ValueFrom::SecretThroughParameterStore(through) => secret::judge_through(case, used, &through),
                }
            }
            Err(malformed) if malformed.kind == MalformedKind::NotFullyQualified => parameter::unqualified(case, used),
            Err(malformed) => Judgement::malformed(used, malformed),
        },
    }
}

/// Where an ARN has another partition than its Region: no service there has such a resource (AWS General Reference, "Amazon Resource
/// Names").
fn other_partition(oddities: &[Oddity]) -> Option<&Oddity> {
    oddities.iter().find(|oddity| oddity.kind == OddityKind::PartitionMismatch)
}

fn misplaced(used: &Use, oddities: &[Oddity]) -> Judgement {
    match other_partition(oddities) {
        Some(odd) => Judgement::malformed(used, Malformed::of(odd, MalformedKind::Partition)),
        None => Judgement::unknown(used, used.text.clone()),
    }
}

/// The finding that says that a reference names nothing.
#[must_use]
pub fn absence_code(used: &Use) -> Code {
    Code(match used.kind {
        UseKind::Image => "image.tag-not-found",
        UseKind::Secret | UseKind::SecretOption if used.text.contains(":secretsmanager:") => "secret.not-found",
        UseKind::Secret | UseKind::SecretOption => "parameter.not-found",
        UseKind::Credentials => "secret.not-found",
        UseKind::CredentialSpec if used.text.contains(":ssm:") => "parameter.not-found",
        UseKind::EnvironmentFile | UseKind::FirelensConfig | UseKind::CredentialSpec => "envfile.not-found",
        UseKind::LogGroup => "logs.group-not-found",
    })
}
