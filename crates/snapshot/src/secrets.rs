//! AWS Secrets Manager: secrets, their versions and resource policies. Never their values.

use crate::core::collection::{Collection, Found, Resource};
use crate::core::ids::ArnText;
use crate::core::listing::{Asked, Coverage, Listing};
use crate::core::owned::{PolicyDocument, PolicyText};
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::iam::role::Tag;
use crate::load::Reader;
use evidence::Operation;
use std::collections::BTreeMap;

/// Everything pasted about Secrets Manager.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    /// Secrets.
    pub secrets: Collection<Secret>,
    /// Their versions, as `list-secret-version-ids` prints them.
    pub versions: Vec<SecretVersions>,
    /// Their resource policies.
    pub policies: Vec<SecretPolicy>,
}

shape! { Pascal;
    /// A secret, as `describe-secret` and `list-secrets` print it.
    struct Secret {
        /// Its ARN, with the six random characters.
        arn: Option<ArnText> = "ARN",
        /// Its name.
        name: Option<String>,
        /// The key of its newest version; absent: `alias/aws/secretsmanager`.
        kms_key_id: Option<String>,
        /// When it will be deleted: until then it cannot be read.
        deleted_date: Option<Time>,
        /// The service that manages it, such as `rds`.
        owning_service: Option<String>,
        /// The Region of the primary, where it is replicated.
        primary_region: Option<String>,
        /// Its replicas; `list-secrets` leaves them out.
        replication_status: Vec<Replica>,
        /// The partner that manages it.
        kind: Option<String> = "Type",
        /// Version ids and their staging labels; a version without label is left out.
        version_ids_to_stages: Option<BTreeMap<String, Vec<String>>> = "VersionIdsToStages|SecretVersionsToStages",
        /// When it was created.
        created_date: Option<Time>,
        /// When it last changed.
        last_changed_date: Option<Time>,
        /// Its tags; absent: the output does not say.
        tags: Option<Vec<Tag>>,
        /// Whether `list-secrets` printed it, which says less.
        listed: Option<bool> = "",
    }
    /// A replica of a secret.
    struct Replica {
        /// Its Region.
        region: Option<String>,
        /// Its key.
        kms_key_id: Option<String>,
        /// `InSync`, `Failed`, `InProgress`.
        status: Option<String>,
        /// Why.
        status_message: Option<String>,
    }
    /// A version of a secret.
    struct SecretVersion {
        /// Its id.
        version_id: Option<String>,
        /// Its staging labels.
        version_stages: Vec<String>,
        /// The keys that it is encrypted with; `DefaultEncryptionKey` is `alias/aws/secretsmanager`.
        kms_key_ids: Vec<String>,
        /// When it was created.
        created_date: Option<Time>,
    }
    /// What names the secret in an output.
    struct Named {
        /// Its ARN.
        arn: Option<ArnText> = "ARN",
        /// Its policy.
        resource_policy: Option<PolicyDocument>,
    }
}

/// One `list-secret-version-ids`.
#[derive(Clone, Debug, PartialEq)]
pub struct SecretVersions {
    /// The secret.
    pub secret: ArnText,
    /// Its versions.
    pub versions: Vec<Found<SecretVersion>>,
    /// How complete the list is; versions without label are in it only with `--include-deprecated`.
    pub listing: Listing,
}

/// One `get-resource-policy`.
#[derive(Clone, Debug, PartialEq)]
pub struct SecretPolicy {
    /// The secret; the output says it.
    pub secret: Found<ArnText>,
    /// Its policy; `None` is AWS's own word that there is none.
    pub policy: Option<PolicyText>,
}

impl Resource for Secret {
    type Id = ArnText;
    const LISTED_BY: Operation = Operation::SecretsmanagerListSecrets;
    const MEMBER: &'static str = "SecretList";

    fn id(&self) -> Option<ArnText> {
        self.arn.clone()
    }

    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "name" => self.name.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn owner(&self) -> Option<&str> {
        self.arn.as_ref()?.account()
    }

    fn created(&self) -> Option<Time> {
        self.created_date
    }

    fn rank(&self) -> Option<i64> {
        Some(i64::from(self.listed != Some(true)))
    }
}

impl Secrets {
    pub(crate) fn load(&mut self, source: &Reader<'_>, operation: Operation) {
        match operation {
            Operation::SecretsmanagerDescribeSecret => {
                if let Some(found) = source.value::<Secret>("") {
                    self.secrets.insert(found);
                }
            }
            Operation::SecretsmanagerListSecrets => {
                source.list_with(&mut self.secrets, &|secret| secret.listed = Some(true));
            }
            Operation::SecretsmanagerListSecretVersionIds => {
                let Some(secret) = named(source).and_then(|named| named.value.arn) else {
                    return;
                };
                let versions = source.items("Versions");
                let listing = source.listing(operation, "Versions", versions.len());
                self.versions.push(SecretVersions { secret, versions, listing });
            }
            Operation::SecretsmanagerGetResourcePolicy => {
                let Some(named) = named(source) else { return };
                let at = named.member("ResourcePolicy");
                let policy = named.value.resource_policy.as_ref().map(|policy| policy.cited(at));
                if let Some(secret) = named.value.arn.clone() {
                    self.policies.push(SecretPolicy {
                        secret: named.map(|_| secret),
                        policy,
                    });
                }
            }
            _ => {}
        }
    }

    /// The secret that a full ARN, an ARN without its six random characters, or a name means.
    #[must_use]
    pub fn secret(&self, reference: &str) -> Option<&Found<Secret>> {
        if let Some(exact) = self.secrets.get(&ArnText::from(reference)) {
            return Some(exact);
        }
        let is = |secret: &Secret| {
            secret
                .arn
                .as_ref()
                .is_some_and(|arn| without_suffix(arn.as_str()) == Some(reference))
                || secret.name.as_deref() == Some(reference)
        };
        let mut found = self.secrets.iter().filter(|found| is(&found.value));
        let first = found.next();
        // A name may exist in several Regions.
        if found.next().is_some() { None } else { first }
    }

    /// The newest resource policy of a secret; `Some(None)` is AWS's word that there is none.
    #[must_use]
    pub fn policy(&self, secret: &ArnText) -> Option<&SecretPolicy> {
        let mine = self.policies.iter().filter(|policy| policy.secret.value == *secret);
        mine.max_by_key(|policy| (policy.secret.collected, policy.secret.at.document))
    }

    /// Whether a `list-secrets` proves that no secret of that name (or partial ARN) exists there, apart from those that are scheduled
    /// for deletion, which cannot be read either.
    #[must_use]
    pub fn coverage(&self, name: &str, account: Option<&str>, region: Option<&str>) -> Coverage {
        let of_the_case = |secret: &Secret| {
            secret.arn.as_ref().is_some_and(|arn| {
                region.is_none_or(|region| arn.region() == Some(region)) && account.is_none_or(|account| arn.account() == Some(account))
            })
        };
        let attributes = [("name", name)];
        self.secrets.coverage(
            &Asked {
                account,
                region,
                attributes: &attributes,
            },
            of_the_case,
        )
    }
}

fn named(source: &Reader<'_>) -> Option<Found<Named>> {
    source.value::<Named>("")
}

/// The ARN without `-` and the six characters that Secrets Manager adds.
#[must_use]
pub fn without_suffix(arn: &str) -> Option<&str> {
    let (start, suffix) = arn.rsplit_once('-')?;
    (suffix.len() == 6 && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(start)
}
