//! Statements that nearly grant a request: what a person meant to write, and what differs.
//!
//! Only allow statements are looked at, and only those that do not grant. Nothing here decides anything; it is material
//! for wording a finding.

use crate::arn::Arn;
use crate::document::{Actions, Document, Effect, Resources, Statement};
use crate::evaluate::{action_matches, condition_holds, covers_caller, resource_matches};
use crate::request::{Request, Resource};
use crate::tri::Tri;

/// A statement that nearly grants the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// JSON pointer of the statement inside its document.
    pub statement: String,
    /// Its `Sid`.
    pub sid: Option<String>,
    /// What differs.
    pub kind: NearMissKind,
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NearMissKind {
    /// The action is spelled nearly like the one that is asked for (`ssm:GetParameter` for `ssm:GetParameters`), and the
    /// resource fits.
    ActionSpelling {
        /// The action as written.
        written: String,
    },
    /// The resource fits, the actions are others of the same service.
    OtherAction {
        /// The statement's actions of that service, as written.
        written: Vec<String>,
    },
    /// The action fits, the resource does not.
    Resource {
        /// The pattern as written that comes nearest.
        written: String,
        /// How it differs.
        difference: ResourceDifference,
    },
    /// Action and resource fit, a condition does not.
    Condition {
        /// JSON pointer of the condition entry.
        pointer: String,
        /// The operator as written.
        operator: String,
        /// The context key as written.
        key: String,
    },
    /// Action, resource and conditions fit, the principal is another.
    Principal,
}

/// How a resource pattern differs from the resource that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResourceDifference {
    /// The action has no resource type and needs a literal `*`, the pattern names a resource.
    NeedsStar,
    /// A secret's ARN without the six characters that Secrets Manager adds.
    MissingSuffix,
    /// Same but for a slash too many or too few at the beginning of the name.
    Slash,
    /// Same but for upper and lower case.
    LetterCase,
    /// Same but for the partition.
    Partition,
    /// Same but for the Region.
    Region,
    /// Same but for the account.
    Account,
    /// Same but for Region and account.
    RegionAndAccount,
    /// A name one edit away.
    Spelling,
    /// A resource of the same service, by another name.
    OtherName,
}

/// The statements of a document that nearly grant the request, in the order written, one entry each.
#[must_use]
pub fn near_misses(request: &Request, document: &Document) -> Vec<NearMiss> {
    document
        .statements
        .iter()
        .filter(|statement| statement.effect == Some(Effect::Allow))
        .filter_map(|statement| {
            let kind = near_miss(request, document, statement)?;
            Some(NearMiss {
                statement: statement.pointer.clone(),
                sid: statement.sid.clone(),
                kind,
            })
        })
        .collect()
}

fn near_miss(request: &Request, document: &Document, statement: &Statement) -> Option<NearMissKind> {
    let actions = statement.actions.as_ref()?;
    let action_fits = action_matches(actions, request.action_lower(), &mut Vec::new());
    let resource_fits = statement.resources.as_ref().map_or(Tri::True, |resources| {
        resource_matches(resources, request.resource(), request.context(), &mut Vec::new())
    });
    match (action_fits, resource_fits) {
        (Tri::False, Tri::False) => None,
        (Tri::False, _) => other_action(request, actions, statement.resources.as_ref()),
        (_, Tri::False) => other_resource(request.resource(), statement.resources.as_ref()?),
        _ => {
            let unmet = statement
                .conditions
                .iter()
                .find(|c| condition_holds(c, request.context(), &mut Vec::new()).is_false());
            match unmet {
                Some(condition) => Some(NearMissKind::Condition {
                    pointer: condition.pointer.clone(),
                    operator: condition.operator_name.clone(),
                    key: condition.key.clone(),
                }),
                None => covers_caller(statement, document.kind, request)
                    .is_false()
                    .then_some(NearMissKind::Principal),
            }
        }
    }
}

fn other_action(request: &Request, actions: &Actions, resources: Option<&Resources>) -> Option<NearMissKind> {
    if actions.negated {
        return None;
    }
    let wanted = request.action_lower();
    let near = |written: &str| strsim::osa_distance(&written.to_ascii_lowercase(), wanted) == 1;
    if let Some(pattern) = actions.patterns.iter().find(|p| near(&p.text)) {
        return Some(NearMissKind::ActionSpelling {
            written: pattern.text.clone(),
        });
    }
    let same_service = |text: &&String| text.split(':').next().is_some_and(|s| s.eq_ignore_ascii_case(request.service()));
    let written: Vec<String> = actions.patterns.iter().map(|p| &p.text).filter(same_service).cloned().collect();
    // A statement over every resource says nothing about this one.
    let names_it = resources.is_some_and(|r| !r.negated && !r.patterns.iter().all(crate::Template::is_star));
    (!written.is_empty() && names_it).then_some(NearMissKind::OtherAction { written })
}

fn other_resource(wanted: &Resource, resources: &Resources) -> Option<NearMissKind> {
    if resources.negated {
        return None;
    }
    let nearest = resources
        .patterns
        .iter()
        .filter_map(|pattern| Some((difference(wanted, pattern.text())?, pattern.text())))
        .min_by_key(|(difference, _)| *difference)?;
    Some(NearMissKind::Resource {
        written: nearest.1.to_owned(),
        difference: nearest.0,
    })
}

fn difference(wanted: &Resource, pattern: &str) -> Option<ResourceDifference> {
    let example;
    let wanted = match wanted {
        Resource::NoType => return Some(ResourceDifference::NeedsStar),
        Resource::Arn(arn) | Resource::Beginning(arn) => Arn::parse(arn)?,
        Resource::Unfinished { beginning, characters } => {
            example = format!("{beginning}{}", "?".repeat(*characters));
            Arn::parse(&example)?
        }
    };
    let written = Arn::parse(pattern)?;
    if written.service != wanted.service {
        return None;
    }
    let fits = |pattern: &str, text: &str| crate::matches(&crate::compile(pattern), text, crate::Reading::Loose);
    let partition = fits(written.partition, wanted.partition);
    let region = fits(written.region, wanted.region);
    let account = fits(written.account, wanted.account);
    let name = fits(written.resource, wanted.resource);
    let place = partition && region && account;
    let without_slash = |name: &str| name.replacen("parameter//", "parameter/", 1);
    Some(match (partition, region, account, name) {
        (false, true, true, true) => ResourceDifference::Partition,
        (true, false, true, true) => ResourceDifference::Region,
        (true, true, false, true) => ResourceDifference::Account,
        (true, false, false, true) => ResourceDifference::RegionAndAccount,
        _ if !place => ResourceDifference::OtherName,
        _ if secret_suffix_missing(&written, &wanted) => ResourceDifference::MissingSuffix,
        _ if without_slash(written.resource) == without_slash(wanted.resource) => ResourceDifference::Slash,
        _ if fits(&written.resource.to_lowercase(), &wanted.resource.to_lowercase()) => ResourceDifference::LetterCase,
        _ if strsim::osa_distance(written.resource, wanted.resource) == 1 => ResourceDifference::Spelling,
        _ => ResourceDifference::OtherName,
    })
}

/// `secret:name` for `secret:name-AbCdEf` (Secrets Manager User Guide: the ARN ends in a hyphen and six characters).
fn secret_suffix_missing(written: &Arn<'_>, wanted: &Arn<'_>) -> bool {
    if wanted.service != "secretsmanager" {
        return false;
    }
    let tokens = crate::compile(&format!("{}-??????", written.resource));
    crate::matches(&tokens, wanted.resource, crate::Reading::Loose)
}
