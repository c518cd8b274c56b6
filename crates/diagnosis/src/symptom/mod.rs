//! The symptom: the error text of a task that did not start, read into what it states.
//!
//! The texts come from Amazon ECS (`stoppedReason`, a container's `reason`, service events), from the agent, the container runtime,
//! the AWS SDKs and the services themselves, nested in each other. The grammar reads them by fragments: envelope, class word, the
//! failing step, the innermost error. It knows no whole texts. What was cut off is unknown, and what contradicts itself too.
//!
//! Rests on the Amazon ECS Developer Guide ("Stopped task error messages", "CannotPullContainer task errors", "Service event
//! messages"), the open-source agent, the error forms of the AWS SDKs for Go (v1 and v2), and texts that people posted.

mod addresses;
mod cause;
mod class;
mod clean;
mod cut;
mod envelope;
mod extract;
mod find;
mod hosts;
mod kinds;
mod layer;
mod lines;
mod names;
pub(crate) mod naming;
mod other;
mod quoted;
mod service;
mod squeezed;
mod stage;
mod tokens;

pub use cut::cut_by_ecs;
pub use find::find;
pub use kinds::{Cause, Service, Stage};
pub use layer::{PolicyLayer, PolicyLayerStatement};
pub use other::OtherFailure;
pub use quoted::{EnvFileName, Quoted, QuotedValue};

use clean::Clean;
use snapshot::order::Order as _;
use squeezed::Squeezed;

/// No error text is longer: Amazon ECS cuts reasons at about a thousand characters. The rest of a longer paste is not read, so that
/// reading stays linear.
const LONGEST: usize = 16_384;

/// What an error text states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symptom {
    /// The error itself: on one line, without escapes, quoting, and the service event or stop code around it.
    pub text: String,
    /// The class word, as Amazon ECS spells it; `None` where the text has none.
    pub class: Option<String>,
    /// The stop code that was pasted in front of the reason.
    pub stop_code: Option<String>,
    /// The step that failed.
    pub stage: Stage,
    /// The service that the text names.
    pub service: Option<Service>,
    /// The kind of error. Proven by the text, or [`Cause::Unknown`].
    pub cause: Cause,
    /// The names and numbers in the text.
    pub quoted: Quoted,
    /// The environment file that the text names.
    pub env_file: Option<EnvFileName>,
    /// Every ARN of a resource in the text, in order; `quoted.arn` is the one that the error is about.
    pub arns: Vec<String>,
    /// The kind of policy that decided, where the text says so.
    pub layer: Option<PolicyLayerStatement>,
    /// The text ends before it states a cause.
    pub cut: bool,
    /// The text proves that the service answered, so that the path to it works: an exception's name, a request id, an API's error.
    /// A bare HTTP status does not: it may be a proxy's.
    pub answered: bool,
    /// The text is a page's template with holes like `{{secretARN}}`: what AWS writes about the error, not what a task said.
    pub template: bool,
    /// What happened, where it is none of the failures that can be diagnosed here.
    pub other: Option<OtherFailure>,
    /// The exit code of a container, where the text gives it.
    pub exit_code: Option<i32>,
}

impl Symptom {
    /// Whether the text says anything at all about why the task did not start.
    #[must_use]
    pub fn says_something(&self) -> bool {
        self.stage != Stage::Other || self.service.is_some() || self.cause != Cause::Unknown
    }
}

/// Reads an error text. Any text is taken; what it does not state is unknown.
#[must_use]
pub fn parse(text: &str) -> Symptom {
    let bounded = text.char_indices().nth(LONGEST).and_then(|(at, _)| text.get(..at)).unwrap_or(text);
    read(&Clean::read(bounded))
}

fn read(pasted: &Clean) -> Symptom {
    let around = Squeezed::read(pasted);
    let (from, to) = envelope::inner(pasted);
    let from = from + label(&pasted.part(from, to));
    let clean = pasted.part(from, to);
    let squeezed = Squeezed::read(&clean);
    let layer = layer::statement(&clean, &squeezed);
    let (quoted, arns) = extract::quoted(&clean, &squeezed, layer.as_ref());
    // Names are no words: a parameter may be called anything.
    let words = Squeezed::read(&clean.without(&names::named_in_words(&clean, &squeezed), &free_names(&quoted, &arns)));
    let class = class::class(&clean, &squeezed).map(|(class, _)| class);
    let stage = match stage::stage(&words, class) {
        Stage::Other => stage::stage(&squeezed, class),
        named => named,
    };
    let service = service::service(&squeezed, stage, &quoted);
    let stated = cause::cause(&words, stage, class);
    let template = squeezed.has("{{");
    let cause = if stated == Cause::Unknown && template {
        documented(&words)
    } else {
        stated
    };
    Symptom {
        text: clean.text(0, clean.chars.len()),
        class: class.map(str::to_owned),
        stop_code: class::stop_code(pasted, &around).map(str::to_owned),
        stage,
        service,
        cause,
        cut: cause == Cause::Unknown && cut::cut(pasted, &clean, &squeezed, stage),
        answered: cut::answered(&clean, &words, &quoted, stage, cause),
        template,
        other: other::failure(&words).filter(|_| matches!(stage, Stage::Other | Stage::Volume | Stage::NetworkSetup)),
        env_file: names::env_file(&clean, &squeezed).filter(|_| stage == Stage::EnvFile),
        exit_code: other::exit_code(&clean, &squeezed),
        quoted,
        arns,
        layer,
    }
}

/// How many characters before the class word are a label, a date, a log's prefix: nothing that names a step.
fn label(clean: &Clean) -> usize {
    let squeezed = Squeezed::read(clean);
    let Some((_, at)) = class::class(clean, &squeezed) else {
        return 0;
    };
    let before = Squeezed::part(clean, 0, at);
    let plain = at < 160 && stage::stage(&before, None) == Stage::Other && other::failure(&before).is_none();
    if plain { at } else { 0 }
}

/// What AWS's own page says of a text with holes. A real text with the same sentence proves nothing by it.
fn documented(words: &Squeezed) -> Cause {
    if words.has("checkwhetherthesecretexists") {
        Cause::NotFound
    } else {
        Cause::Unknown
    }
}

/// The names in the text that could hold any word.
fn free_names(quoted: &Quoted, arns: &[String]) -> Vec<String> {
    let single = [&quoted.principal, &quoted.arn, &quoted.image, &quoted.log_group]
        .into_iter()
        .flatten();
    // The host of an AWS service tells the step; another one may be called anything.
    let host = quoted.host.iter().filter(|host| hosts::service_of_host(host).is_none());
    let mut names: Vec<String> = single
        .chain(arns)
        .chain(&quoted.parameter)
        .filter(|name| name.len() > 4 && name.contains(['/', ':']))
        .chain(host)
        .cloned()
        .collect();
    names.in_order_by_key(|name| std::cmp::Reverse(name.len()));
    names
}
