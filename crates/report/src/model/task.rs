//! The task that a report is about.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A fact that may be unknown (`null`), known to be absent (`"none"`) or known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Field<T> {
    /// Nothing that was pasted says it.
    #[default]
    Unknown,
    /// What was pasted proves that there is none.
    Absent,
    /// What was pasted says it.
    Known(T),
}

impl<T> Field<T> {
    /// The value, where it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown | Self::Absent => None,
        }
    }
}

impl<T> From<Option<T>> for Field<T> {
    /// What is not there is not known: absence has to be proven, so it is never made from `None`.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Self::Known)
    }
}

#[derive(Serialize, Deserialize)]
enum Absence {
    #[serde(rename = "none")]
    None,
}

impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unknown => serializer.serialize_none(),
            Self::Absent => Absence::None.serialize(serializer),
            Self::Known(value) => value.serialize(serializer),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Wire<T> {
    Absent(Absence),
    Known(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::<Wire<T>>::deserialize(deserializer)? {
            None => Self::Unknown,
            Some(Wire::Absent(Absence::None)) => Self::Absent,
            Some(Wire::Known(value)) => Self::Known(value),
        })
    }
}

/// The task, as far as the evidence tells (ECS `DescribeTasks`, `DescribeTaskDefinition`, EC2 `DescribeNetworkInterfaces`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Task {
    /// The task's ARN.
    pub arn: Field<String>,
    /// The twelve digits of the account that runs the task.
    pub account: Field<String>,
    /// The Region (`us-east-1`).
    pub region: Field<String>,
    /// The partition (`aws`, `aws-cn`, `aws-us-gov`).
    pub partition: Field<String>,
    /// ECS's launch type (`FARGATE`, `EC2`, `EXTERNAL`).
    pub launch_type: Field<String>,
    /// The Fargate platform version (`1.4.0`).
    pub platform_version: Field<String>,
    /// The subnet of the task's interface.
    pub subnet: Field<String>,
    /// The task's elastic network interface.
    pub interface: Field<String>,
    /// The interface's private IPv4 address.
    pub private_ip: Field<String>,
    /// The interface's public IPv4 address.
    pub public_ip: Field<String>,
    /// The security groups of the task's interface.
    pub security_groups: Field<Vec<String>>,
    /// The VPC of the subnet.
    pub vpc: Field<String>,
    /// The ARN of the task execution role.
    pub execution_role: Field<String>,
    /// The ARN of the task definition's revision.
    pub task_definition: Field<String>,
}
