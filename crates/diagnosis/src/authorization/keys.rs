//! Which key a secret, parameter or object is encrypted with, and so whose `kms:Decrypt` a read needs.
//!
//! AWS Secrets Manager User Guide, "Secret encryption and decryption"; AWS KMS Developer Guide, "How Parameter Store uses KMS".

use crate::case::Case;
use crate::requirements::Use;
use crate::symptom::{Cause, Service};
use policy::KeyOwner;
use references::ValueFrom;
use snapshot::ids::ArnText;
use snapshot::secrets::{Secret, SecretVersion};
use snapshot::{Call, Citation, Found, Need, Operation};

/// `alias/aws/secretsmanager`, in the words of `list-secret-version-ids`.
const DEFAULT: &str = "DefaultEncryptionKey";

/// A key as the case names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// Its ARN; `None` where the alias was not resolved.
    pub(super) arn: Option<ArnText>,
    /// As the output names it.
    pub(super) name: String,
    /// Whose key.
    pub(super) owner: KeyOwner,
}

/// What decrypting needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Decrypt {
    /// No permission of the role's: nothing is encrypted with a key of AWS KMS, or it is not known to be.
    Free,
    /// An AWS managed key of the own account. Its policy lets every caller of the account use it through the service, so that no
    /// policy of the role's must allow it; but the service makes the call with the role's permissions, and a denial counts (AWS KMS
    /// Developer Guide, "AWS managed keys"; Secrets Manager User Guide, "Permissions for the KMS key").
    Default {
        /// `alias/aws/secretsmanager`, as the case names it.
        name: String,
        /// The ARN of every key that it may be, up to where they differ.
        beginning: String,
        /// What would tell whether another key opens it as well; empty where that is known.
        needs: Vec<Need>,
        at: Citation,
    },
    /// One of these keys; `proven` where these are all that the version may be under.
    Keys {
        keys: Vec<Key>,
        proven: bool,
        needs: Vec<Need>,
        at: Citation,
    },
    /// The AWS managed key of another account, which no policy opens.
    Foreign { name: String, at: Citation },
    /// Nothing pasted tells.
    Unknown(Vec<Need>),
}

/// Whether the text itself says that decrypting was denied.
pub(super) fn named_by_error(case: &Case<'_>) -> bool {
    case.symptom.as_ref().is_some_and(|symptom| {
        let action = symptom
            .quoted
            .action
            .as_deref()
            .is_some_and(|action| action.eq_ignore_ascii_case("kms:Decrypt"));
        symptom.cause == Cause::AccessDenied && (action || symptom.service == Some(Service::Kms))
    })
}

/// What decrypting a secret's version needs.
pub(super) fn secret(case: &Case<'_>, arn: &ArnText, used: Option<&Use>) -> Decrypt {
    let secrets = &case.snapshot.secrets;
    let Some(found) = secrets.secrets.get(arn) else {
        let call = Call::new(Operation::SecretsmanagerDescribeSecret)
            .option("secret-id", arn.as_str())
            .in_region(arn.region());
        return if named_by_error(case) {
            Decrypt::Unknown(vec![call.into()])
        } else {
            Decrypt::Free
        };
    };
    let foreign = arn.account() != case.account.as_deref() && case.account.is_some();
    let versions = secrets.versions.iter().filter(|list| list.secret == *arn);
    let version = versions
        .flat_map(|list| &list.versions)
        .find(|version| is_asked(&version.value, used));
    if let Some(version) = version.filter(|version| !version.value.kms_key_ids.is_empty()) {
        let ids = &version.value.kms_key_ids;
        let default = ids.iter().any(|id| id == DEFAULT);
        if default && !foreign {
            let at = version.member("KmsKeyIds");
            return match of_region(arn).filter(|_| ids.len() > 1) {
                // One key that opens it suffices.
                Some(beginning) => Decrypt::Default {
                    name: "alias/aws/secretsmanager".to_owned(),
                    beginning,
                    needs: Vec::new(),
                    at,
                },
                None => own_default(arn, "secretsmanager", Vec::new(), at),
            };
        }
        let keys: Vec<Key> = ids.iter().filter(|id| *id != DEFAULT).map(|id| named(case, id, arn)).collect();
        let at = version.member("KmsKeyIds");
        if keys.is_empty() {
            return Decrypt::Foreign {
                name: "alias/aws/secretsmanager".to_owned(),
                at,
            };
        }
        return of_keys(keys, true, Vec::new(), at, foreign);
    }
    match &found.value.kms_key_id {
        None if foreign => Decrypt::Foreign {
            name: "alias/aws/secretsmanager".to_owned(),
            at: found.at.clone(),
        },
        None => own_default(arn, "secretsmanager", vec![ask_versions(case, arn)], found.at.clone()),
        Some(id) => {
            // Versions may still be under an older key; the error text's word that decrypting was denied settles that.
            of_keys(
                vec![named(case, id, arn)],
                named_by_error(case),
                vec![ask_versions(case, arn)],
                found.member("KmsKeyId"),
                foreign,
            )
        }
    }
}

/// Whether it is the version that the reference asks for.
fn is_asked(version: &SecretVersion, used: Option<&Use>) -> bool {
    let reference = used.and_then(|used| ValueFrom::parse(&used.text).ok()).map(|parsed| parsed.value);
    let (stage, id) = match reference {
        Some(ValueFrom::Secret(secret)) => (secret.version_stage, secret.version_id),
        _ => (None, None),
    };
    match (id, stage) {
        (Some(id), _) => version.version_id.as_deref() == Some(id.as_str()),
        (None, stage) => version
            .version_stages
            .iter()
            .any(|label| label == stage.as_deref().unwrap_or("AWSCURRENT")),
    }
}

/// What decrypting a parameter needs.
pub(super) fn parameter(case: &Case<'_>, arn: &ArnText) -> Decrypt {
    let Some(found) = case.snapshot.ssm.parameter(arn.as_str(), arn.region()) else {
        // The ARN of a parameter does not tell whether a name of one level starts with a slash.
        let name = arn
            .resource()
            .and_then(|resource| resource.strip_prefix("parameter/"))
            .unwrap_or_default();
        let names = if name.contains('/') {
            format!("/{name}")
        } else {
            format!("{name},/{name}")
        };
        let call = Call::new(Operation::SsmDescribeParameters)
            .option("filters", format!("Key=Name,Values={names}"))
            .in_region(arn.region());
        return if named_by_error(case) {
            Decrypt::Unknown(vec![call.into()])
        } else {
            Decrypt::Free
        };
    };
    if found.value.kind.as_deref() != Some("SecureString") {
        return Decrypt::Free;
    }
    match &found.value.key_id {
        None => own_default(arn, "ssm", Vec::new(), found.at.clone()),
        Some(id) if id == "alias/aws/ssm" => own_default(arn, "ssm", Vec::new(), found.member("KeyId")),
        Some(id) => of_keys(vec![named(case, id, arn)], true, Vec::new(), found.member("KeyId"), false),
    }
}

/// What decrypting an object needs, where `head-object` shows its key.
pub(super) fn object(case: &Case<'_>, bucket: &str, key: &str) -> Decrypt {
    let heads = &case.snapshot.s3.heads;
    let head = heads
        .iter()
        .find(|found| found.value.bucket.as_deref() == Some(bucket) && found.value.key.as_deref() == Some(key));
    let Some(head) = head else {
        return Decrypt::Free;
    };
    match (&head.value.encryption, &head.value.kms_key_id) {
        (Some(kind), Some(id)) if kind.starts_with("aws:kms") => {
            let place = ArnText(format!(
                "arn:{}:s3:{}:{}:{bucket}",
                case.partition,
                case.region.as_deref().unwrap_or_default(),
                case.account.as_deref().unwrap_or_default()
            ));
            of_keys(vec![named(case, id, &place)], true, Vec::new(), head.member("SSEKMSKeyId"), false)
        }
        _ => Decrypt::Free,
    }
}

/// The keys of each version of a secret, asked of the account that owns it.
fn ask_versions(case: &Case<'_>, arn: &ArnText) -> Need {
    let mut call = Call::new(Operation::SecretsmanagerListSecretVersionIds)
        .option("secret-id", arn.as_str())
        .in_region(arn.region());
    call.account = arn
        .account()
        .filter(|owner| case.account.as_deref().is_some_and(|own| own != *owner))
        .map(str::to_owned);
    call.into()
}

/// The ARNs of the Region's keys, in any account, up to where they differ.
pub(super) fn of_region(of: &ArnText) -> Option<String> {
    Some(format!("arn:{}:kms:{}:", of.partition()?, of.region()?))
}

/// The AWS managed key of the service, in the account of what it encrypts.
fn own_default(of: &ArnText, service: &str, needs: Vec<Need>, at: Citation) -> Decrypt {
    let (Some(region), Some(account)) = (of_region(of), of.account()) else {
        return Decrypt::Free;
    };
    Decrypt::Default {
        name: format!("alias/aws/{service}"),
        beginning: format!("{region}{account}:key/"),
        needs,
        at,
    }
}

fn of_keys(keys: Vec<Key>, proven: bool, needs: Vec<Need>, at: Citation, foreign: bool) -> Decrypt {
    // Its policy lets every caller of the account use it through the service, and none of another account.
    if let Some(managed) = keys.iter().find(|key| key.owner == KeyOwner::AwsManaged) {
        return if foreign {
            Decrypt::Foreign {
                name: managed.name.clone(),
                at,
            }
        } else {
            Decrypt::Free
        };
    }
    Decrypt::Keys { keys, proven, needs, at }
}

/// A key's id or alias is one of the account and Region of what it encrypts; another account's is named by its ARN.
fn named(case: &Case<'_>, id: &str, of: &ArnText) -> Key {
    let kms = &case.snapshot.kms;
    let is_id = !id.starts_with("arn:") && !id.starts_with("alias/");
    let made = || {
        let (partition, region, account) = (of.partition()?, of.region()?, of.account()?);
        Some(ArnText(format!("arn:{partition}:kms:{region}:{account}:key/{id}")))
    };
    let arn = kms.resolve(id).or_else(|| if is_id { made() } else { None });
    let described = arn.as_ref().and_then(|arn| kms.keys.get(arn));
    let managed = id.contains("alias/aws/") || described.is_some_and(|key| key.value.key_manager.as_deref() == Some("AWS"));
    Key {
        arn,
        name: id.to_owned(),
        owner: if managed { KeyOwner::AwsManaged } else { KeyOwner::Customer },
    }
}

/// What would resolve an alias.
pub(super) fn ask_alias(case: &Case<'_>, key: &Key, region: Option<&str>) -> Need {
    Call::new(Operation::KmsDescribeKey)
        .option("key-id", key.name.clone())
        .in_region(region.or(case.region.as_deref()))
        .into()
}

/// The secret that a reference means: its full ARN, and the description where one was pasted.
pub(super) fn resolve_secret<'a>(case: &Case<'a>, arn: &str) -> Option<&'a Found<Secret>> {
    let secrets = &case.snapshot.secrets;
    if let Some(found) = secrets.secret(arn) {
        return Some(found);
    }
    // A bare name, put together into an ARN that lacks the six characters.
    let arn = ArnText::from(arn);
    let name = arn.resource()?.strip_prefix("secret:")?;
    let here = |found: &&Found<Secret>| {
        let own = found.value.arn.as_ref();
        let same = |mine: Option<&str>, asked: Option<&str>| asked.is_none_or(|asked| asked == "*" || mine == Some(asked));
        found.value.name.as_deref() == Some(name)
            && same(own.and_then(ArnText::region), arn.region())
            && same(own.and_then(ArnText::account), arn.account())
    };
    let mut all = secrets.secrets.iter().filter(here);
    let first = all.next();
    if all.next().is_some() { None } else { first }
}
