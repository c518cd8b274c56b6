//! The key policies of AWS managed keys, which AWS writes and nobody can change.

use crate::document::{Document, DocumentKind};
use crate::write::{Draft, DraftPrincipal, DraftStatement};

/// The part of an AWS managed key's policy that lets the account's principals use it through its service, for
/// `alias/aws/secretsmanager` and `alias/aws/ssm` (Secrets Manager User Guide, "Secret encryption and decryption";
/// Systems Manager User Guide, "SecureString parameter encryption").
///
/// `None` for other services, and in China, where the value of `kms:ViaService` is documented inconsistently: the key's
/// policy is then missing, not absent.
#[must_use]
pub fn aws_managed_key_policy(service: &str, region: &str, account: &str) -> Option<Document> {
    if !matches!(service, "secretsmanager" | "ssm") || region.starts_with("cn-") {
        return None;
    }
    let everyone = std::iter::once("*".to_owned()).collect();
    let statement = [
        "kms:CreateGrant",
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey*",
    ]
    .into_iter()
    .chain(["kms:ReEncrypt*"])
    .fold(DraftStatement::allow(), DraftStatement::action)
    .principal(DraftPrincipal::Aws(everyone))
    .resource("*")
    .condition("StringEquals", "kms:ViaService", format!("{service}.{region}.amazonaws.com"))
    .condition("StringEquals", "kms:CallerAccount", account);
    let draft = Draft {
        statements: vec![statement],
    };
    Some(Document::parse(&draft.to_json(), DocumentKind::Resource).0)
}
