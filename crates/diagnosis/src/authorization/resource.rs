//! The policy on the resource's side: a secret's, repository's, bucket's, or key's, with the key's grants.

use super::Handle;
use super::library::{Held, Library, OnResource};
use crate::case::Case;
use crate::symptom::{Cause, PolicyLayer, Service, Stage};
use policy::{DocumentKind, Grant, Grants, KeyOwner};
use snapshot::ids::ArnText;
use snapshot::{Assumption, Call, Need, Operation};

/// A resource's side: its policy, its account, and what its absence takes for granted.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    pub(super) policy: OnResource,
    /// The other policies that may count instead: a verdict needs both to agree.
    pub(super) otherwise: Option<OnResource>,
    /// What would tell which of the two counts.
    pub(super) needs: Vec<Need>,
    pub(super) grants: Grants<Handle>,
    pub(super) account: Option<String>,
    pub(super) assumes: Vec<Assumption>,
}

/// The side of the resource that an action is asked of.
pub(super) fn of(case: &Case<'_>, library: &Library, action: &str, arn: &str) -> Side {
    let arn = ArnText::from(arn);
    let account = arn.account().filter(|account| *account != "*").map(str::to_owned);
    let side = Side {
        account,
        ..Side::default()
    };
    match action.split(':').next().unwrap_or_default() {
        "secretsmanager" => secret(case, library, &arn, side),
        "ecr" => with_registry(case, library, action, &arn, repository(case, library, &arn, side)),
        "s3" => bucket(case, library, &arn, side),
        // Parameter Store: Amazon ECS does not support parameters of other accounts. CloudWatch Logs: its resource policies are enforced
        // for AWS services only, not for roles (CloudWatch Logs API reference, `PutResourcePolicy`).
        _ => side,
    }
}

/// The side of a repository that is not there yet: only its registry has a policy.
pub(super) fn of_new_repository(case: &Case<'_>, library: &Library, action: &str, arn: &str) -> Side {
    let arn = ArnText::from(arn);
    let side = Side {
        account: arn.account().map(str::to_owned),
        ..Side::default()
    };
    with_registry(case, library, action, &arn, side)
}

/// A call to the account that owns the resource, where that is not the case's own.
fn ask(case: &Case<'_>, call: Call, arn: &ArnText) -> Need {
    let mut call = call.in_region(arn.region().or(case.region.as_deref()));
    call.account = arn
        .account()
        .filter(|owner| Some(*owner) != case.account.as_deref())
        .map(str::to_owned);
    call.into()
}

fn secret(case: &Case<'_>, library: &Library, arn: &ArnText, mut side: Side) -> Side {
    side.policy = match case.snapshot.secrets.policy(arn) {
        Some(found) => match &found.policy {
            Some(text) => OnResource::Generic(library.pasted(arn.as_str(), text, DocumentKind::Resource)),
            None => OnResource::None,
        },
        None => {
            let call = Call::new(Operation::SecretsmanagerGetResourcePolicy).option("secret-id", arn.as_str());
            OnResource::Generic(Held::unproven(arn.as_str(), vec![ask(case, call, arn)]))
        }
    };
    side
}

fn repository(case: &Case<'_>, library: &Library, arn: &ArnText, mut side: Side) -> Side {
    let parts = (
        arn.account(),
        arn.region(),
        arn.resource().and_then(|resource| resource.strip_prefix("repository/")),
    );
    let (Some(account), Some(region), Some(name)) = parts else {
        return side;
    };
    if let Some(found) = case.snapshot.ecr.repository_policy(account, region, name) {
        side.policy = OnResource::Generic(library.pasted(arn.as_str(), &found.policy, DocumentKind::Resource));
        return side;
    }
    // What is not there has no policy either, and to ask again would tell no more.
    let none = case.snapshot.failure_for(
        Operation::EcrGetRepositoryPolicy,
        &["RepositoryPolicyNotFoundException", "RepositoryNotFoundException"],
        arn.as_str(),
    );
    if let Some(failure) = none {
        side.assumes.extend(failure.assumption(Some(account), Some(region)));
        return side;
    }
    let mut call = Call::new(Operation::EcrGetRepositoryPolicy).option("repository-name", name);
    if Some(account) != case.account.as_deref() {
        call = call.option("registry-id", account);
    }
    side.policy = OnResource::Generic(Held::unproven(arn.as_str(), vec![ask(case, call, arn)]));
    side
}

/// The registry's policy, where it was pasted: of scope V2 it counts for every call to Amazon ECR, of V1 not for pulls, but for what fills
/// a pull-through cache (Amazon ECR User Guide, "Private registry permissions"). V2 is the default, but an older registry may be set to V1.
fn with_registry(case: &Case<'_>, library: &Library, action: &str, arn: &ArnText, mut side: Side) -> Side {
    let fills = matches!(action, "ecr:BatchImportUpstreamImage" | "ecr:CreateRepository");
    let (Some(account), Some(region)) = (arn.account(), arn.region()) else {
        return side;
    };
    let ecr = &case.snapshot.ecr;
    let own = match &side.policy {
        OnResource::Generic(held) => Some(held.clone()),
        _ => None,
    };
    let name = format!("registry {account} {region}");
    let both = |registry| OnResource::Together(own.into_iter().chain([registry]).collect());
    let Some(found) = ecr.registry_policy(account, region) else {
        // Few registries have one: it is asked for where it may grant what fills a cache, and where a pull was refused and the error does
        // not say by what.
        if !fills && !refused_pull(case) {
            return side;
        }
        // The answer names the registry by its account.
        let none = case
            .snapshot
            .failure_for(Operation::EcrGetRegistryPolicy, &["RegistryPolicyNotFoundException"], account)
            .filter(|failure| failure.scope.region.as_deref().is_none_or(|asked| asked == region));
        match none {
            Some(failure) => side.assumes.extend(failure.assumption(Some(account), Some(region))),
            None => {
                let call = Call::new(Operation::EcrGetRegistryPolicy);
                side.policy = both(Held::unproven(&name, vec![ask(case, call, arn)]));
            }
        }
        return side;
    };
    let both = both(library.pasted(&name, &found.policy, DocumentKind::Resource));
    let scope = ecr
        .registry_scope(account, region)
        .filter(|_| Some(account) == case.account.as_deref());
    match scope {
        Some("V1") if !fills => {}
        Some("V1" | "V2") => side.policy = both,
        _ if fills => side.policy = both,
        _ => {
            side.otherwise = Some(both);
            let call = Call::new(Operation::EcrGetAccountSetting).option("name", "REGISTRY_POLICY_SCOPE");
            side.needs = vec![ask(case, call, arn)];
        }
    }
    side
}

/// Whether the error refuses a call to Amazon ECR, and the policy that did may be the registry's.
fn refused_pull(case: &Case<'_>) -> bool {
    case.symptom.as_ref().is_some_and(|symptom| {
        let of_ecr = match symptom.quoted.action.as_deref() {
            Some(action) => action.to_ascii_lowercase().starts_with("ecr:"),
            None => symptom.stage == Stage::ImagePull && symptom.service == Some(Service::EcrDkr),
        };
        let by_resource = symptom.layer.as_ref().is_none_or(|told| told.layer == PolicyLayer::Resource);
        symptom.cause == Cause::AccessDenied && by_resource && of_ecr
    })
}

/// A bucket's ARN names no account. Only the owner's own callers get an answer of `GetBucketPolicy` (Amazon S3 API reference), so an
/// answer tells that the bucket is in the account that asked.
fn bucket(case: &Case<'_>, library: &Library, arn: &ArnText, mut side: Side) -> Side {
    let name = arn.resource().unwrap_or_default();
    let name = name.split('/').next().unwrap_or(name);
    if let Some(found) = case.snapshot.s3.policy(name) {
        side.policy = OnResource::Generic(library.pasted(name, &found.policy, DocumentKind::Resource));
        side.account = asker(case);
        side.assumes.push(Assumption::unfiltered(Operation::S3apiGetBucketPolicy, ""));
        return side;
    }
    let bucket_arn = format!("arn:{}:s3:::{name}", case.partition);
    if let Some(failure) = case
        .snapshot
        .failure_for(Operation::S3apiGetBucketPolicy, &["NoSuchBucketPolicy"], &bucket_arn)
    {
        side.account = failure.scope.account.clone().or_else(|| asker(case));
        if failure.scope.account.is_none() {
            side.assumes.push(Assumption::unfiltered(Operation::S3apiGetBucketPolicy, ""));
        }
        return side;
    }
    let mut needs = vec![Need::from(Call::new(Operation::S3apiGetBucketPolicy).option("bucket", name))];
    needs.extend(case.snapshot.s3.questions().cloned().map(Need::Question));
    side.policy = OnResource::Generic(Held::unproven(name, needs));
    side
}

/// Whose credentials took the outputs: the only caller that was pasted, else the case's own account.
fn asker(case: &Case<'_>) -> Option<String> {
    case.account.clone()
}

/// A key's policy and grants.
pub(super) fn key(case: &Case<'_>, library: &Library, key: &ArnText, owner: KeyOwner) -> Side {
    let kms = &case.snapshot.kms;
    let question = || kms.questions().cloned().map(Need::Question);
    let policy = match kms.policy(key.as_str()) {
        Some(found) => library.pasted(key.as_str(), &found.policy, DocumentKind::Resource),
        None => {
            let call = Call::new(Operation::KmsGetKeyPolicy)
                .option("key-id", key.as_str())
                .option("policy-name", "default");
            Held::missing(key.as_str(), std::iter::once(ask(case, call, key)).chain(question()).collect())
        }
    };
    let (listed, all) = kms.grants(key.as_str());
    let known = listed.into_iter().map(|found| {
        let constraints = found.value.constraints.clone().unwrap_or_default();
        let pairs = |map: std::collections::BTreeMap<String, String>| map.into_iter().collect::<Vec<_>>();
        Grant {
            handle: Handle {
                name: found.value.grant_id.clone().unwrap_or_default(),
                at: Some(found.at.clone()),
                embedded: false,
                needs: Vec::new(),
            },
            grantee: found.value.grantee_principal.clone().unwrap_or_default(),
            operations: found.value.operations.clone(),
            context_subset: constraints.encryption_context_subset.map(pairs).unwrap_or_default(),
            context_equals: constraints.encryption_context_equals.map(pairs),
        }
    });
    let unproven = (!all).then(|| {
        let call = Call::new(Operation::KmsListGrants).option("key-id", key.as_str());
        Handle {
            name: key.0.clone(),
            at: None,
            embedded: false,
            needs: vec![ask(case, call, key)],
        }
    });
    Side {
        grants: Grants {
            known: known.collect(),
            unproven,
        },
        policy: OnResource::Key(policy, owner),
        account: key.account().map(str::to_owned),
        ..Side::default()
    }
}
