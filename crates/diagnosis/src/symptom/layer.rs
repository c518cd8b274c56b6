//! The kind of policy that an access-denied text blames (IAM User Guide, "Troubleshoot access denied error messages").

use super::clean::Clean;
use super::squeezed::Squeezed;
use super::tokens;

/// A kind of policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PolicyLayer {
    /// A policy of the role itself.
    Identity,
    /// The policy of the resource.
    Resource,
    /// The role's permissions boundary.
    Boundary,
    /// A policy given when the role was assumed.
    Session,
    /// A VPC endpoint's policy.
    VpcEndpoint,
    /// A service control policy of the organization.
    ServiceControl,
    /// A resource control policy of the organization.
    ResourceControl,
    /// The role's trust policy.
    Trust,
}

impl PolicyLayer {
    /// IAM's words for it, as they stand in error texts.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity-based policy",
            Self::Resource => "resource-based policy",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policy",
            Self::VpcEndpoint => "VPC endpoint policy",
            Self::ServiceControl => "service control policy",
            Self::ResourceControl => "resource control policy",
            Self::Trust => "role trust policy",
        }
    }
}

/// What a text states about the policy that decided. IAM names one kind even where several would deny.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyLayerStatement {
    /// The kind.
    pub layer: PolicyLayer,
    /// `with an explicit deny in …` where true, `because no … allows` where false.
    pub explicit: bool,
    /// The policy that denies, where the text names it.
    pub policy_arn: Option<String>,
}

const LAYERS: [(PolicyLayer, &str); 8] = [
    (PolicyLayer::Identity, "identity-basedpolic"),
    (PolicyLayer::Resource, "resource-basedpolic"),
    (PolicyLayer::Boundary, "permissionsboundar"),
    (PolicyLayer::Session, "sessionpolic"),
    (PolicyLayer::VpcEndpoint, "vpcendpointpolic"),
    (PolicyLayer::ServiceControl, "servicecontrolpolic"),
    (PolicyLayer::ResourceControl, "resourcecontrolpolic"),
    (PolicyLayer::Trust, "trustpolic"),
];

/// The statement in the text, where it is there as a whole.
pub(super) fn statement(clean: &Clean, squeezed: &Squeezed) -> Option<PolicyLayerStatement> {
    let (explicit, rest) = match squeezed.text().split_once("withanexplicitdenyin") {
        Some((_, rest)) => (true, rest),
        None => (false, squeezed.text().split_once("becauseno")?.1),
    };
    let (at, layer) = LAYERS
        .iter()
        .filter_map(|(layer, words)| {
            let at = rest.find(words)?;
            // `an identity-based`, `a permissions`, `role trust`: nothing longer stands between.
            (at <= 4).then_some((at + words.len(), *layer))
        })
        .min_by_key(|(at, _)| *at)?;
    let complete = rest.get(at..).is_some_and(|tail| tail.starts_with(['y', 'i']));
    let policy_arn = if explicit { policy_arn(clean, squeezed) } else { None };
    complete.then_some(PolicyLayerStatement {
        layer,
        explicit,
        policy_arn,
    })
}

fn policy_arn(clean: &Clean, squeezed: &Squeezed) -> Option<String> {
    let from = squeezed.end_of("withanexplicitdenyin")?;
    let at = squeezed.first_from(from, &["arn:"])?;
    let token = tokens::token(clean, at)?.text;
    // A policy's own ARN: IAM's, or the organization's.
    let service = token.split(':').nth(2)?;
    matches!(service, "iam" | "organizations" | "ec2").then_some(token)
}
