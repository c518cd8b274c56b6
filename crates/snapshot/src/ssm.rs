//! AWS Systems Manager: parameters (never their values) and runs of automation runbooks.

use crate::core::collection::{Collection, Found, Resource};
use crate::core::ids::ArnText;
use crate::core::listing::{Asked, Coverage, Scope};
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::load::Reader;
use evidence::Operation;
use std::collections::BTreeMap;

/// Everything pasted about Systems Manager.
#[derive(Clone, Debug, Default)]
pub struct Ssm {
    /// Parameters, as `describe-parameters` prints them.
    pub parameters: Collection<Parameter>,
    /// Parameters that `get-parameter` and its kin returned: they exist, and that caller could read them.
    pub fetched: Vec<Found<FetchedParameter>>,
    /// Names that `get-parameters` did not find.
    pub invalid: Vec<Found<InvalidParameter>>,
    /// Runs of automation runbooks.
    pub automations: Vec<Found<AutomationExecution>>,
}

shape! { Pascal;
    /// A parameter.
    struct Parameter {
        /// Its name, with its path.
        name: Option<String>,
        /// Its ARN; older outputs have none.
        arn: Option<ArnText> = "ARN",
        /// `String`, `StringList`, `SecureString`.
        kind: Option<String> = "Type",
        /// The key of a `SecureString`: alias, id or ARN.
        key_id: Option<String>,
        /// Its version.
        version: Option<i64>,
        /// `Standard`, `Advanced`, `Intelligent-Tiering`.
        tier: Option<String>,
        /// Expiration and notifications.
        policies: Vec<ParameterPolicy>,
        /// When it last changed.
        last_modified_date: Option<Time>,
    }
    /// A parameter's policy.
    struct ParameterPolicy {
        /// Its JSON.
        policy_text: Option<String>,
        /// `Expiration`, …
        policy_type: Option<String>,
        /// `Pending`, `Finished`, …
        policy_status: Option<String>,
    }
    /// A parameter that was read.
    struct FetchedParameter {
        /// Its name.
        name: Option<String>,
        /// Its ARN.
        arn: Option<ArnText> = "ARN",
        /// `String`, `StringList`, `SecureString`.
        kind: Option<String> = "Type",
        /// Its version.
        version: Option<i64>,
        /// The version or label that was asked for, such as `:3`.
        selector: Option<String>,
        /// When it last changed.
        last_modified_date: Option<Time>,
    }
    /// A run of an automation runbook.
    struct AutomationExecution {
        /// Its id.
        automation_execution_id: Option<String>,
        /// The runbook, such as `AWSSupport-TroubleshootECSTaskFailedToStart`.
        document_name: Option<String>,
        /// `Success`, `Failed`, `InProgress`, …
        automation_execution_status: Option<String>,
        /// What it was given.
        parameters: BTreeMap<String, Vec<String>>,
        /// What it said.
        outputs: BTreeMap<String, Vec<String>>,
        /// Its steps.
        step_executions: Vec<StepExecution>,
        /// Why it failed.
        failure_message: Option<String>,
        /// When it began.
        execution_start_time: Option<Time>,
    }
    /// A step of a run.
    struct StepExecution {
        /// Its name.
        step_name: Option<String>,
        /// `Success`, `Failed`, …
        step_status: Option<String>,
        /// What it said.
        outputs: BTreeMap<String, Vec<String>>,
        /// Why it failed.
        failure_message: Option<String>,
    }
}

/// A name that `get-parameters` did not find.
#[derive(Clone, Debug, PartialEq)]
pub struct InvalidParameter {
    /// The name or ARN as asked, with its version or label where given.
    pub name: String,
    /// Where it was asked.
    pub scope: Scope,
}

impl Resource for Parameter {
    /// The ARN, else the name.
    type Id = String;
    const LISTED_BY: Operation = Operation::SsmDescribeParameters;
    const MEMBER: &'static str = "Parameters";

    fn id(&self) -> Option<String> {
        self.arn.as_ref().map(|arn| arn.0.clone()).or_else(|| self.name.clone())
    }

    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "Name" => self.name.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn owner(&self) -> Option<&str> {
        self.arn.as_ref()?.account()
    }
}

/// The name of the parameter that a name or an ARN means: `arn:…:parameter/a/b` is `/a/b`, `arn:…:parameter/a` is `a` or `/a`.
#[must_use]
pub fn parameter_name(reference: &str) -> &str {
    match reference.split_once(":parameter/") {
        Some((start, _)) if start.starts_with("arn:") => reference.get(start.len() + ":parameter".len()..).unwrap_or(reference),
        _ => reference,
    }
}

/// Whether two references may name the same parameter: the ARN does not tell a leading slash of a name without path.
fn same_name(one: &str, other: &str) -> bool {
    let (one, other) = (parameter_name(one), parameter_name(other));
    one == other || one.trim_start_matches('/') == other.trim_start_matches('/')
}

impl Ssm {
    pub(crate) fn load(&mut self, source: &Reader<'_>, operation: Operation) {
        match operation {
            Operation::SsmDescribeParameters => source.list(&mut self.parameters),
            Operation::SsmGetParameters => {
                self.fetched.extend(source.items("Parameters"));
                let invalid = source.items::<String>("InvalidParameters").into_iter();
                self.invalid.extend(invalid.map(|found| {
                    found.map(|name| InvalidParameter {
                        name,
                        scope: source.scope(),
                    })
                }));
            }
            Operation::SsmGetParametersByPath | Operation::SsmGetParameterHistory => {
                self.fetched.extend(source.items("Parameters"));
            }
            Operation::SsmGetParameter => self.fetched.extend(source.items("Parameter")),
            Operation::SsmGetAutomationExecution => self.automations.extend(source.items("AutomationExecution")),
            _ => {}
        }
    }

    /// The parameter that a name or ARN means; a name in that Region, where the parameter's own ARN says one.
    #[must_use]
    pub fn parameter(&self, reference: &str, region: Option<&str>) -> Option<&Found<Parameter>> {
        let arn = ArnText::from(reference);
        let region = if reference.starts_with("arn:") { arn.region() } else { region };
        let elsewhere = |parameter: &Parameter| {
            let own = parameter.arn.as_ref().and_then(ArnText::region);
            matches!((own, region), (Some(own), Some(asked)) if own != asked)
        };
        let mut found = self
            .parameters
            .iter()
            .filter(|found| found.value.name.as_deref().is_some_and(|name| same_name(name, reference)) && !elsewhere(&found.value));
        let first = found.next();
        if found.next().is_some() { None } else { first }
    }

    /// What `get-parameter` and its kin returned for that name or ARN.
    #[must_use]
    pub fn fetched(&self, reference: &str) -> Option<&Found<FetchedParameter>> {
        self.fetched
            .iter()
            .find(|found| found.value.name.as_deref().is_some_and(|name| same_name(name, reference)))
    }

    /// AWS's word that there is no parameter of that name, as asked in that Region.
    #[must_use]
    pub fn invalid(&self, reference: &str, region: Option<&str>) -> Option<&Found<InvalidParameter>> {
        self.invalid.iter().find(|found| {
            let asked = found.value.scope.region.as_deref();
            same_name(&found.value.name, reference) && !matches!((asked, region), (Some(asked), Some(region)) if asked != region)
        })
    }

    /// Whether a `describe-parameters` proves that no parameter of that name exists there.
    #[must_use]
    pub fn coverage(&self, reference: &str, account: Option<&str>, region: Option<&str>) -> Coverage {
        let of_the_case = |parameter: &Parameter| {
            let own = parameter.arn.as_ref();
            own.is_some_and(|arn| region.is_none_or(|region| arn.region() == Some(region)))
        };
        let name = parameter_name(reference);
        let attributes = [("Name", name), ("Path", name)];
        self.parameters.coverage(
            &Asked {
                account,
                region,
                attributes: &attributes,
            },
            of_the_case,
        )
    }
}
