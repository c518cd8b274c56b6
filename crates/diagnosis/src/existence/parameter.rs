//! Parameters of Parameter Store, by name or ARN (Systems Manager API reference, `DescribeParameters`, `GetParameters`).

use super::error;
use super::{FaultKind, Judgement, Proof};
use crate::case::Case;
use crate::model::ReferenceVerdict;
use crate::requirements::{Use, UseKind};
use crate::symptom::{Cause, Service, Stage};
use references::{Account, Arn, ArnField, Malformed, MalformedKind, NameMatch, Near, Oddity, ParameterReference, ValueFrom, nearest};
use snapshot::ids::ArnText;
use snapshot::ssm::Parameter;
use snapshot::{Assumption, Call, Citation, Operation};

/// A parameter by name or ARN.
pub(super) fn judge(case: &Case<'_>, used: &Use, parameter: &ParameterReference, hidden: bool, oddities: &[Oddity]) -> Judgement {
    let region = parameter
        .owner
        .as_ref()
        .map(|owner| owner.region.as_str())
        .or(case.region.as_deref());
    let account = parameter.account().map(references::Account::as_str).or(case.account.as_deref());
    let judged = Judgement::unknown(used, resource(case, parameter, region, account));
    let call = Call::new(Operation::SsmDescribeParameters)
        .option("filters", format!("Key=Name,Values={}", parameter.name))
        .in_region(region);
    if hidden {
        return judged.open("parameter.not-found", vec![call.into()]);
    }
    if let Some(judged) = super::secret::unknown_region(case, used, oddities, "ssm") {
        return judged;
    }
    if let Some(malformed) = foreign(case, used, parameter) {
        return Judgement::malformed(used, malformed);
    }
    let home = region == case.region.as_deref();
    // Older outputs print no ARN: they are of the case's own Region.
    let there = |arn: Option<&ArnText>| match arn {
        Some(arn) => {
            region.is_none_or(|region| arn.region() == Some(region)) && account.is_none_or(|account| arn.account() == Some(account))
        }
        None => home,
    };
    let same = |name: Option<&String>| name.is_some_and(|name| parameter.matches(name) != NameMatch::Different);
    let ssm = &case.snapshot.ssm;
    let listed = ssm
        .parameters
        .iter()
        .find(|found| same(found.value.name.as_ref()) && there(found.value.arn.as_ref()));
    if let Some(found) = listed {
        let mut judged = judged.found(&found.member("Name"));
        if found.value.arn.is_none() {
            judged
                .assumes
                .push(Assumption::unfiltered(Operation::SsmDescribeParameters, region.unwrap_or_default()));
        }
        selected(case, used, parameter, found.value.version, &mut judged);
        return judged;
    }
    // Without an ARN the output does not say which Region it is of.
    let fetched = ssm
        .fetched
        .iter()
        .find(|found| found.value.arn.is_some() && same(found.value.name.as_ref()) && there(found.value.arn.as_ref()));
    if let Some(found) = fetched {
        let mut judged = judged.found(&found.member("Name"));
        selected(case, used, parameter, found.value.version, &mut judged);
        return judged;
    }
    let near = near(case, parameter, region, account);
    let kind = FaultKind::NotFound { near, or_deleted: false };
    if let Some((_, at)) = refused(case, used, parameter) {
        return judged.absent(kind, vec![at], Vec::new());
    }
    if let Some(proof) = answered(case, parameter, region, account) {
        return judged.absent(kind, proof.evidence, proof.assumes);
    }
    // Public parameters of AWS's are not in the listing of an account.
    if parameter.name.starts_with("/aws/") {
        let call = Call::new(Operation::SsmGetParameters)
            .option("names", parameter.name.clone())
            .in_region(region);
        return judged.open("parameter.not-found", vec![call.into()]);
    }
    let coverage = ssm.coverage(&parameter.name, account, region);
    let row = |row: &Parameter| {
        row.arn
            .as_ref()
            .is_some_and(|arn| arn.region() == region && arn.account() == account)
    };
    if let Some(proof) = Proof::listed(case, &ssm.parameters, &coverage, (account, region), row) {
        return judged.absent(kind, proof.evidence, proof.assumes);
    }
    judged.open("parameter.not-found", vec![call.into()])
}

/// An ARN of another account than the task's: Amazon ECS does not read it, shared or not (Amazon ECS Developer Guide, "Pass Systems
/// Manager parameters through Amazon ECS environment variables").
fn foreign(case: &Case<'_>, used: &Use, parameter: &ParameterReference) -> Option<Malformed> {
    let own = Account::parse(case.account.as_deref()?)?;
    if parameter.is_cross_account(&own) != Some(true) {
        return None;
    }
    let arn = Arn::parse(&used.text).ok()?;
    let here = arn.with(ArnField::Account, own.as_str());
    let known = case.snapshot.ssm.parameters.iter();
    let exists = known
        .filter_map(|found| found.value.arn.as_ref())
        .any(|found| found.as_str() == here);
    Some(Malformed {
        position: arn.position(ArnField::Account),
        kind: MalformedKind::OtherAccount,
        corrected: exists.then_some(here),
    })
}

/// A name with levels that does not begin with a slash: no parameter can be called so (Systems Manager User Guide, "Creating Parameter
/// Store parameters": a name in a hierarchy has a leading slash when it is created and when it is referenced).
pub(super) fn unqualified(case: &Case<'_>, used: &Use) -> Judgement {
    let parameter = ParameterReference {
        name: used.text.clone(),
        selector: None,
        owner: None,
    };
    let near = near(case, &parameter, case.region.as_deref(), case.account.as_deref());
    let proof = error::stated(case)
        .filter(|(symptom, _)| symptom.quoted.parameter.contains(&used.text))
        .map(|(_, at)| at.clone());
    Judgement::unknown(used, used.text.clone()).absent(
        FaultKind::NotFound { near, or_deleted: false },
        proof.into_iter().collect(),
        Vec::new(),
    )
}

/// The parameter's ARN, as far as Region and account are known.
fn resource(case: &Case<'_>, parameter: &ParameterReference, region: Option<&str>, account: Option<&str>) -> String {
    match (region, account) {
        (Some(region), Some(account)) => format!("arn:{}:ssm:{region}:{account}:{}", case.partition, parameter.arn_resource()),
        _ => parameter.name.clone(),
    }
}

/// A version that is newer than the newest is not there, nor a label that the error text gives back although the parameter is; what ECS
/// makes of any other is not documented.
fn selected(case: &Case<'_>, used: &Use, parameter: &ParameterReference, newest: Option<i64>, judged: &mut Judgement) {
    let Some(selector) = &parameter.selector else {
        return;
    };
    judged.verdict = ReferenceVerdict::Unknown;
    let refusal = match selector.parse::<i64>() {
        Ok(asked) if newest.is_some_and(|newest| asked > newest) => None,
        Ok(_) => return,
        Err(_) => match refused(case, used, parameter) {
            Some((name, at)) if name.ends_with(&format!(":{selector}")) => Some(at),
            _ => return,
        },
    };
    let mut proof = std::mem::take(&mut judged.evidence);
    proof.extend(refusal);
    judged.verdict = ReferenceVerdict::NotFound;
    let near = Some(Near {
        text: parameter.name.clone(),
        difference: references::Difference::Edit(selector.len() + 1),
    });
    judged.fault(FaultKind::NotFound { near, or_deleted: false }, proof, Vec::new());
}

/// Whether the error text gives that name back as invalid (`GetParameters` names those it did not find).
pub(super) fn refused(case: &Case<'_>, used: &Use, parameter: &ParameterReference) -> Option<(String, Citation)> {
    let (symptom, at) = error::stated(case)?;
    if symptom.cause != Cause::NotFound || !matches!(symptom.service, Some(Service::Ssm) | None) {
        return None;
    }
    let quoted = &symptom.quoted.parameter;
    let is = |name: &String| *name == used.text || *name == parameter.name || *name == parameter.to_string();
    if let Some(name) = quoted.iter().find(|name| is(name)) {
        return Some((name.clone(), at.clone()));
    }
    let only = quoted.is_empty()
        && matches!(symptom.stage, Stage::SecretFetch | Stage::SecretsOrRegistryAuth)
        && symptom.service == Some(Service::Ssm)
        && symptom.answered
        && error::about(case, None, &used.text, |used| {
            let parameter = matches!(used.kind, UseKind::Secret | UseKind::SecretOption)
                && ValueFrom::parse(&used.text).is_ok_and(|parsed| parsed.value.service() == references::Service::Ssm);
            parameter.then(|| used.text.clone())
        });
    only.then(|| (used.text.clone(), at.clone()))
}

/// Systems Manager's own word to the person that there is none.
fn answered(case: &Case<'_>, parameter: &ParameterReference, region: Option<&str>, account: Option<&str>) -> Option<Proof> {
    let snapshot = case.snapshot;
    let elsewhere = |asked: Option<&str>, own: Option<&str>| matches!((asked, own), (Some(asked), Some(own)) if asked != own);
    let is = |name: &str| {
        let arn = name.starts_with("arn:").then(|| ArnText::from(name));
        match &arn {
            Some(arn) => {
                arn.region() == region
                    && account.is_none_or(|account| arn.account() == Some(account))
                    && arn.resource() == Some(parameter.arn_resource().as_str())
            }
            // A one-level ARN does not say which of two names it is.
            None => parameter.matches(name) == NameMatch::Same && (parameter.owner.is_none() || parameter.name.contains('/')),
        }
    };
    let own_account = |name: &str| name.starts_with("arn:") || account == case.account.as_deref();
    let invalid = snapshot.ssm.invalid.iter().find(|found| {
        let asked = &found.value;
        is(&asked.name)
            && own_account(&asked.name)
            && !elsewhere(asked.scope.region.as_deref(), region)
            && !elsewhere(asked.scope.account.as_deref(), account)
    });
    if let Some(found) = invalid {
        let known = found.value.scope.region.is_some() || found.value.name.starts_with("arn:");
        let assumption = (!known).then(|| Assumption::unfiltered(Operation::SsmGetParameters, region.unwrap_or_default()));
        return Some(Proof::at(&found.at, assumption));
    }
    let failure = snapshot.failures.iter().find(|failure| {
        let name = failure.options.get("name").and_then(|values| values.first());
        matches!(
            failure.operation,
            Some(Operation::SsmGetParameter | Operation::SsmGetParameterHistory)
        ) && failure.code == "ParameterNotFound"
            && name.is_some_and(|name| is(name) && own_account(name))
            && !elsewhere(failure.scope.region.as_deref(), region)
            && !elsewhere(failure.scope.account.as_deref(), account)
    })?;
    Some(Proof::at(&failure.at, failure.assumption(None, region)))
}

/// The existing parameter that was likely meant, also where it is in another Region or account.
fn near(case: &Case<'_>, parameter: &ParameterReference, region: Option<&str>, account: Option<&str>) -> Option<Near> {
    let parameters = &case.snapshot.ssm.parameters;
    let arns = parameters.iter().filter_map(|found| found.value.arn.as_ref()).map(ArnText::as_str);
    let elsewhere =
        nearest(&resource(case, parameter, region, account), arns).filter(|near| near.difference != references::Difference::None);
    let names = parameters.iter().filter_map(|found| found.value.name.as_deref());
    let by_name = nearest(&parameter.name, names).filter(|near| near.difference != references::Difference::None);
    match (elsewhere, by_name) {
        (Some(arn), _)
            if parameter.owner.is_some() || matches!(arn.difference, references::Difference::Region | references::Difference::Account) =>
        {
            Some(arn)
        }
        (_, Some(name)) => Some(name),
        (arn, None) => arn,
    }
    .or_else(|| {
        // A bare name is a parameter's, also where a secret is called so.
        let secrets = case.snapshot.secrets.secrets.iter();
        let meant = secrets
            .filter(|found| {
                let arn = found.value.arn.as_ref().map(ArnText::as_str).unwrap_or_default();
                found.value.name.as_deref() == Some(parameter.name.as_str()) || arn.ends_with(&format!(":secret:{}", parameter.name))
            })
            .find_map(|found| found.value.arn.as_ref());
        meant.map(|arn| Near {
            text: arn.0.clone(),
            difference: references::Difference::None,
        })
    })
}
