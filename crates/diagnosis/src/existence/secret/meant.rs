//! Which secret was likely meant by a name that there is none of.

use super::Wanted;
use crate::case::Case;
use references::{Difference, Near, Oddity, OddityKind, SecretReference, nearest};
use snapshot::secrets::without_suffix;

/// The reference with its JSON key in a field of its own, where the key is joined to the name of a secret: after its six characters, or
/// after a name that exists.
pub(super) fn keyed(case: &Case<'_>, secret: &SecretReference, oddities: &[Oddity]) -> Option<String> {
    if let Some(odd) = oddities.iter().find(|oddity| oddity.kind == OddityKind::JsonKeyInName) {
        return odd.corrected.clone();
    }
    if secret.has_parameters() {
        return None;
    }
    let secrets = case.snapshot.secrets.secrets.iter();
    let mut kept = secrets.filter(|found| found.value.deleted_date.is_none());
    kept.find_map(|found| {
        let arn = found.value.arn.as_ref()?;
        let own = without_suffix(arn.as_str())?;
        let key = secret.arn().strip_prefix(own)?.strip_prefix(['.', '/'])?.to_owned();
        let plain = !key.is_empty() && !key.contains(['.', '/']);
        plain.then(|| format!("{arn}:{key}::"))
    })
}

/// The reference that was likely meant: an existing secret of a like name, else one of its keys.
pub(super) fn near(case: &Case<'_>, wanted: &Wanted<'_>) -> Option<Near> {
    let found = existing(case, wanted);
    if found.as_ref().is_some_and(|near| near.difference < Difference::Prefix) {
        return found;
    }
    wanted.meant.clone().or(found)
}

/// The existing secret of the likest name.
fn existing(case: &Case<'_>, wanted: &Wanted<'_>) -> Option<Near> {
    let secrets = || {
        case.snapshot
            .secrets
            .secrets
            .iter()
            .filter(|found| found.value.deleted_date.is_none())
    };
    if wanted.arn.starts_with("arn:") {
        let arns: Vec<&str> = secrets()
            .filter_map(|found| found.value.arn.as_ref())
            .map(snapshot::ids::ArnText::as_str)
            .collect();
        // A partial ARN is one more hyphen and six characters away.
        if let Some(near) = nearest(&wanted.arn, arns) {
            return Some(near);
        }
    }
    let near = nearest(wanted.name, secrets().filter_map(|found| found.value.name.as_deref()))?;
    let arn = case
        .snapshot
        .secrets
        .secrets
        .iter()
        .find(|found| found.value.name.as_deref() == Some(near.text.as_str()))?
        .value
        .arn
        .clone()?;
    let text = if wanted.arn.starts_with("arn:") { arn.0 } else { near.text };
    Some(Near {
        text,
        difference: near.difference,
    })
}
