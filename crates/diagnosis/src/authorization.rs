//! Whether the calls of a start are allowed: each call held against every policy layer that was pasted.

mod caller;
mod calls;
pub(crate) mod compare;
mod context;
pub(crate) mod denials;
mod follow;
mod identity;
mod instance;
mod keys;
mod layers;
mod library;
pub(crate) mod near;
pub(crate) mod organization;
mod path;
mod resource;
mod told;
mod trust;

pub use library::Library;
pub use near::{Elsewhere, Near, Version};

pub(crate) use caller::{by_log_driver, full_arn as full_role, missing as missing_role};
pub(crate) use identity::ask_role;

use crate::case::Case;
use crate::judged::Walk;
use crate::model::{Authorization, AuthorizationVerdict, LayerVerdict};
use crate::requirements::{ApiCall, Caller, Requirement};
use calls::Desk;
use snapshot::ids::ArnText;
use snapshot::{Assumption, Citation, Need, Operation};

/// Where a policy comes from: what a decision's handle points back to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handle {
    /// The policy's name or ARN, or the resource whose policy it is.
    pub name: String,
    /// Its document; `None` where it is built in or was not pasted.
    pub at: Option<Citation>,
    /// Whether the document is JSON inside a string: then statements are cited as the whole string.
    pub embedded: bool,
    /// What would show it, where it was not pasted.
    pub needs: Vec<Need>,
}

/// The word for what the person said of condition keys, which counts for every layer.
const ANSWERED: &str = "answer";

/// What was decided of one call.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The call; `resource` is the resource's full ARN where it could be resolved.
    pub call: ApiCall,
    /// The role's ARN; `None` where it is not known.
    pub principal: Option<String>,
    /// The decision over all layers; `None` where the caller is not known.
    pub decision: Option<policy::Decision<Handle>>,
    /// What it takes for granted.
    pub assumes: Vec<Assumption>,
    /// What would settle it.
    pub needs: Vec<Need>,
    /// The request that was decided, on the first way that is open.
    pub request: Option<policy::Request>,
    /// Where the documents of each layer stand, by the contract's word for the layer; what the person said by [`ANSWERED`].
    pub evidence: Vec<(&'static str, Citation)>,
    /// Whether the error text itself settles it.
    pub told: bool,
    /// `kms:Decrypt`: every key that the version may be under, one of which suffices.
    pub keys: Vec<ArnText>,
    /// Whether these are all the keys that it may be under.
    pub keys_proven: bool,
    /// `kms:Decrypt`: the call that it serves, as action and resource.
    pub decrypts: Option<(&'static str, String)>,
    /// Encrypted with the AWS managed key of another account, which no policy opens: where that stands.
    pub foreign: Option<Citation>,
}

impl Default for Judgement {
    fn default() -> Self {
        Self {
            call: ApiCall {
                action: "",
                resource: String::new(),
                caller: Caller::ExecutionRole,
                blocks_start: false,
                by: None,
            },
            principal: None,
            decision: None,
            assumes: Vec::new(),
            needs: Vec::new(),
            request: None,
            evidence: Vec::new(),
            told: false,
            keys: Vec::new(),
            keys_proven: true,
            decrypts: None,
            foreign: None,
        }
    }
}

/// Judges every call of a requirement. The walks say which endpoint or address the call passes.
#[must_use]
pub fn judge(case: &Case<'_>, requirement: &Requirement, walks: &[Walk]) -> Vec<Judgement> {
    judge_with(&Library::default(), case, requirement, walks)
}

/// The same with documents parsed before: one library serves every requirement of a case.
#[must_use]
pub fn judge_with(library: &Library, case: &Case<'_>, requirement: &Requirement, walks: &[Walk]) -> Vec<Judgement> {
    let desk = Desk::new(case, library, requirement, walks);
    let mut out = Vec::new();
    for call in requirement.calls.iter().chain(&told::call(case, requirement)) {
        desk.judge(call, &mut out);
    }
    out.extend(layers::judge(&desk));
    out
}

impl Judgement {
    /// As the report shows it.
    ///
    /// A denial whose kind is open (nothing allows it, and a policy that was not pasted may deny it as well) is `unknown` here, since the
    /// kind is part of the answer; the finding about the missing permission is proven all the same.
    pub(crate) fn report(&self) -> Authorization {
        let decision = self.decision.as_ref();
        Authorization {
            action: self.call.action.to_owned(),
            resource: self.call.resource.clone(),
            principal: self.principal.clone(),
            verdict: decision.map_or(AuthorizationVerdict::Unknown, |decision| verdict(decision.verdict)),
            blocks_start: self.call.blocks_start,
            assumes: self.assumes.clone(),
            decided_by: decision
                .and_then(|decision| decision.decided_by.as_ref())
                .map(|decided| kind(decided.layer)),
            layers: decision
                .map(|decision| decision.layers.iter().map(layer).collect())
                .unwrap_or_default(),
            needs: self.needs.clone(),
        }
    }
}

fn layer(layer: &policy::LayerDecision<Handle>) -> LayerVerdict {
    LayerVerdict {
        kind: kind(layer.kind),
        verdict: verdict(layer.verdict),
        statement: layer.statement.as_ref().and_then(cite),
    }
}

/// Where a statement stands: in its document, or, where the document is a string inside an output, that string.
#[must_use]
pub fn cite(statement: &policy::StatementRef<Handle>) -> Option<Citation> {
    let at = statement.handle.at.as_ref()?;
    if statement.handle.embedded {
        return Some(at.clone());
    }
    let inside = statement.pointer.split('/').skip(1);
    let pointer = inside.fold(at.pointer.clone(), |pointer, part| pointer.child(part));
    Some(Citation {
        document: at.document,
        pointer,
    })
}

fn verdict(verdict: policy::Verdict) -> AuthorizationVerdict {
    match verdict {
        policy::Verdict::Allowed => AuthorizationVerdict::Allowed,
        policy::Verdict::ImplicitlyDenied => AuthorizationVerdict::ImplicitlyDenied,
        policy::Verdict::ExplicitlyDenied => AuthorizationVerdict::ExplicitlyDenied,
        policy::Verdict::Denied | policy::Verdict::Unknown => AuthorizationVerdict::Unknown,
    }
}

/// The layer whose policies an operation prints, in the contract's word.
pub(crate) fn layer_of(operation: Operation) -> Option<&'static str> {
    Some(match operation {
        Operation::IamListAttachedRolePolicies
        | Operation::IamListRolePolicies
        | Operation::IamGetRolePolicy
        | Operation::IamGetPolicy
        | Operation::IamGetPolicyVersion => "identity",
        Operation::IamGetRole => "boundary",
        Operation::OrganizationsDescribePolicy | Operation::OrganizationsListPoliciesForTarget | Operation::OrganizationsListParents => {
            "scp"
        }
        Operation::SecretsmanagerGetResourcePolicy
        | Operation::EcrGetRepositoryPolicy
        | Operation::EcrGetRegistryPolicy
        | Operation::EcrGetAccountSetting
        | Operation::S3apiGetBucketPolicy => "resource",
        Operation::KmsGetKeyPolicy | Operation::KmsListGrants => "key",
        Operation::Ec2DescribeVpcEndpoints => "endpoint",
        _ => return None,
    })
}

/// The contract's word for a layer.
#[must_use]
pub fn kind(kind: policy::LayerKind) -> &'static str {
    match kind {
        policy::LayerKind::ResourceControl(_) => "rcp",
        policy::LayerKind::ServiceControl(_) => "scp",
        policy::LayerKind::Endpoint => "endpoint",
        policy::LayerKind::Resource => "resource",
        policy::LayerKind::Key => "key",
        policy::LayerKind::Trust => "trust",
        policy::LayerKind::Grant => "grant",
        policy::LayerKind::Identity => "identity",
        policy::LayerKind::Boundary => "boundary",
        policy::LayerKind::Session => "session",
    }
}
