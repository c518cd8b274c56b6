//! Command lines that start tasks: what `run-task`, `start-task`, `create-service` and `update-service` were told about the network.
//!
//! The security groups and the public address of a task that already stopped stand in no output: only here, or in its service.

use crate::core::ids::{SecurityGroupId, SubnetId};
use crate::core::json::{Json, Read};
use crate::core::shape::shape;
use crate::ecs::service::{NetworkConfiguration, NetworkSettings};
use evidence::{Citation, Command, Operation};

/// A pasted command that starts tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaunchCommand {
    /// `run-task`, `start-task`, `create-service` or `update-service`.
    pub operation: Operation,
    /// Name or ARN of the cluster.
    pub cluster: Option<String>,
    /// The service, with `create-service` and `update-service`.
    pub service: Option<String>,
    /// `family`, `family:revision` or ARN.
    pub task_definition: Option<String>,
    /// `FARGATE`, `EC2`, …
    pub launch_type: Option<String>,
    /// A number, or `LATEST`.
    pub platform_version: Option<String>,
    /// `--started-by`.
    pub started_by: Option<String>,
    /// Its network configuration, where it has one that can be read.
    pub network: Option<NetworkSettings>,
    /// ARNs of the tasks that the command's own output names.
    pub tasks: Vec<String>,
    /// The command.
    pub at: Citation,
}

shape! { Camel;
    /// What `--cli-input-json` holds of interest.
    struct Input {
        /// Name or ARN of the cluster.
        cluster: Option<String>,
        /// The service, with `update-service`.
        service: Option<String>,
        /// The service, with `create-service`.
        service_name: Option<String>,
        /// `family`, `family:revision` or ARN.
        task_definition: Option<String>,
        /// `FARGATE`, `EC2`, …
        launch_type: Option<String>,
        /// A number, or `LATEST`.
        platform_version: Option<String>,
        /// Who starts it.
        started_by: Option<String>,
        /// Its network configuration.
        network_configuration: Option<NetworkConfiguration>,
    }
}

impl LaunchCommand {
    /// Reads a command; `None` where it starts no tasks.
    pub(crate) fn read(command: &Command, tasks: Vec<String>, at: Citation) -> Option<Self> {
        if !matches!(
            command.operation,
            Operation::EcsRunTask | Operation::EcsStartTask | Operation::EcsCreateService | Operation::EcsUpdateService
        ) {
            return None;
        }
        // Options take precedence over the input document, as in the AWS CLI.
        let input = joined(command, "cli-input-json").and_then(|json| Input::read(Json::of(&json)));
        let input: Input = input.unwrap_or_default();
        let option = |name: &str| command.option(name).map(str::to_owned);
        let network = joined(command, "network-configuration")
            .and_then(|text| read_network(&text, &at))
            .or_else(|| input.network_configuration.as_ref()?.settings(at.clone()));
        Some(Self {
            operation: command.operation,
            cluster: option("cluster").or(input.cluster),
            service: option("service")
                .or_else(|| option("service-name"))
                .or(input.service)
                .or(input.service_name),
            task_definition: option("task-definition").or(input.task_definition),
            launch_type: option("launch-type").or(input.launch_type),
            platform_version: option("platform-version").or(input.platform_version),
            started_by: option("started-by").or(input.started_by),
            network,
            tasks,
            at,
        })
    }
}

/// An option's words put together again: a shell takes an unquoted value with spaces apart.
fn joined(command: &Command, name: &str) -> Option<String> {
    let values = command.options.get(name)?;
    if values.is_empty() { None } else { Some(values.join(" ")) }
}

/// Reads `--network-configuration` in JSON or in the AWS CLI's shorthand.
fn read_network(text: &str, at: &Citation) -> Option<NetworkSettings> {
    let text = text.trim().trim_matches(['\'', '"']);
    if text.starts_with('{') {
        return NetworkConfiguration::read(Json::of(text))?.settings(at.clone());
    }
    let inner = text.strip_prefix("awsvpcConfiguration=")?.trim();
    let inner = inner.strip_prefix('{')?.strip_suffix('}')?;
    let mut settings = NetworkSettings {
        subnets: Vec::new(),
        security_groups: Vec::new(),
        assign_public_ip: None,
        at: at.clone(),
    };
    for (key, values) in members(inner)? {
        match key.as_str() {
            "subnets" => settings.subnets = values.into_iter().map(SubnetId).collect(),
            "securityGroups" => settings.security_groups = values.into_iter().map(SecurityGroupId).collect(),
            "assignPublicIp" => {
                settings.assign_public_ip = match values.first().map(String::as_str) {
                    Some("ENABLED") => Some(true),
                    Some("DISABLED") => Some(false),
                    _ => None,
                }
            }
            _ => {}
        }
    }
    // A configuration without subnets is refused by ECS: then something was lost on the way here.
    if settings.subnets.is_empty() { None } else { Some(settings) }
}

/// `a=[1,2],b=3` and `a=1,2,b=3`: members of the shorthand, whose values may stand without brackets.
fn members(text: &str) -> Option<Vec<(String, Vec<String>)>> {
    let mut out = Vec::<(String, Vec<String>)>::new();
    let clean = |value: &str| value.trim().trim_matches(['"', '\'', '[', ']']).trim().to_owned();
    for part in text.split(',') {
        let value = match part.split_once('=') {
            Some((key, value)) => {
                out.push((key.trim().to_owned(), Vec::new()));
                value
            }
            None => part,
        };
        // A value before any key is not the shorthand.
        let (_, values) = out.last_mut()?;
        let value = clean(value);
        if !value.is_empty() {
            values.push(value);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::read_network;
    use evidence::{Citation, DocumentId, Pointer};

    #[test]
    fn every_form_of_a_network_configuration_reads_the_same() {
        let at = Citation {
            document: DocumentId(0),
            pointer: Pointer::root(),
        };
        let forms = [
            "awsvpcConfiguration={subnets=[subnet-1,subnet-2],securityGroups=[sg-1],assignPublicIp=ENABLED}",
            "awsvpcConfiguration={subnets=[subnet-1, subnet-2], securityGroups=[sg-1], assignPublicIp=ENABLED}",
            "awsvpcConfiguration={assignPublicIp=ENABLED,subnets=subnet-1,subnet-2,securityGroups=sg-1}",
            r#"awsvpcConfiguration={subnets=["subnet-1","subnet-2"],securityGroups=["sg-1"],assignPublicIp="ENABLED"}"#,
            r#"{"awsvpcConfiguration":{"subnets":["subnet-1","subnet-2"],"securityGroups":["sg-1"],"assignPublicIp":"ENABLED"}}"#,
        ];
        for form in forms {
            let read = read_network(form, &at).unwrap();
            assert_eq!(read.subnets, ["subnet-1".into(), "subnet-2".into()], "{form}");
            assert_eq!(read.security_groups, ["sg-1".into()], "{form}");
            assert_eq!(read.assign_public_ip, Some(true), "{form}");
        }
        let silent = read_network("awsvpcConfiguration={subnets=[subnet-1]}", &at).unwrap();
        assert_eq!(silent.assign_public_ip, None);
        assert!(silent.security_groups.is_empty());
        for broken in [
            "file://network.json",
            "awsvpcConfiguration={subnets=[",
            "awsvpcConfiguration={}",
            "{",
        ] {
            assert_eq!(read_network(broken, &at), None, "{broken}");
        }
    }
}
