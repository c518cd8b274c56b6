//! Where strings stand in a text, and what kind of string each is: a name, AWS's own word, a document in a string, or prose.

use crate::scan::{Event, Scanner, Token};
use std::ops::Range;

/// What a string of JSON is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// A name that somebody chose: every token is replaced but AWS's words.
    Name,
    /// A tag's key or value, which nothing but a policy reads: where none does, AWS's words are replaced as well.
    Tag,
    /// A word of AWS: only ids, ARNs and addresses in it are replaced.
    Word,
    /// Anything else: names that are known from elsewhere, ids, ARNs, addresses.
    Text,
}

/// A string in JSON: the place between its quotes, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) range: Range<usize>,
    pub(super) escaped: bool,
    pub(super) mode: Mode,
    /// An object's key.
    pub(super) key: bool,
    /// The CIDR of a VPC or subnet.
    pub(super) block: bool,
}

/// A part of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// JSON with its strings, in order.
    Json(Range<usize>, Vec<Place>),
    /// What stands between.
    Prose(Range<usize>),
}

/// Cuts a text into JSON and prose.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(next) = memchr::memchr2(b'{', b'[', bytes.get(at..).unwrap_or_default()) {
        let start = at + next;
        match json(text, start) {
            Some((end, places)) if end > start => {
                if start > from {
                    parts.push(Part::Prose(from..start));
                }
                parts.push(Part::Json(start..end, places));
                from = end;
                at = end;
            }
            _ => at = start + 1,
        }
    }
    if from < text.len() {
        parts.push(Part::Prose(from..text.len()));
    }
    parts
}

/// JSON that begins here: where it ends (or breaks), and its strings. `None` where it has none and so is no document.
fn json(text: &str, start: usize) -> Option<(usize, Vec<Place>)> {
    let mut scanner = Scanner::lenient(text.as_bytes(), start);
    let mut places = Vec::new();
    // The keys that lead to where the scanner is; `None` for an array.
    let mut path: Vec<Option<&str>> = Vec::new();
    let mut keys = 0;
    let mut whole = true;
    loop {
        match scanner.next() {
            Ok(Some(event)) => match event.token {
                Token::ObjectStart => path.push(Some("")),
                Token::ArrayStart => path.push(None),
                Token::ObjectEnd | Token::ArrayEnd => {
                    path.pop();
                }
                Token::Key => {
                    keys += 1;
                    let key = text.get(event.start..event.end).unwrap_or_default();
                    if let Some(last) = path.last_mut() {
                        *last = Some(key);
                    }
                    places.push(place(&event, Mode::Text, true, false));
                }
                Token::String => {
                    let (key, parent) = keys_of(&path);
                    let value = text.get(event.start..event.end).unwrap_or_default();
                    let block =
                        matches!(key, "CidrBlock" | "cidrBlock") && matches!(parent, "Vpcs" | "Subnets" | "CidrBlockAssociationSet");
                    places.push(place(&event, mode(key, parent, value), false, block));
                }
                Token::Scalar => {}
            },
            Ok(None) => break,
            Err(_) => {
                whole = false;
                break;
            }
        }
    }
    let end = places.last().map_or(0, |place| place.range.end + 1);
    let end = if whole { scanner.pos() } else { end.min(text.len()) };
    (keys > 0 || whole && !places.is_empty()).then_some((end, places))
}

fn place(event: &Event, mode: Mode, key: bool, block: bool) -> Place {
    Place {
        range: event.start..event.end,
        escaped: event.escaped,
        mode,
        key,
        block,
    }
}

/// The member that holds the string, and the one that holds that.
fn keys_of<'a>(path: &[Option<&'a str>]) -> (&'a str, &'a str) {
    let mut keys = path.iter().rev().filter_map(|key| *key);
    (keys.next().unwrap_or_default(), keys.next().unwrap_or_default())
}

/// What a member's string is (member names of the AWS API references and of the AWS CLI's options).
fn mode(key: &str, parent: &str, value: &str) -> Mode {
    match key {
        "name"
            if matches!(
                parent,
                "details" | "attributes" | "requiresAttributes" | "settings" | "secretOptions" | "statistics"
            ) =>
        {
            Mode::Word
        }
        // The settings of an Amazon ECR registry (Amazon ECR API reference, `GetAccountSetting`).
        "name" if matches!(value, "BASIC_SCAN_TYPE_VERSION" | "REGISTRY_POLICY_SCOPE") => Mode::Word,
        "value" if matches!(value, "V1" | "V2") => Mode::Word,
        "value" if matches!(parent, "attributes" | "requiresAttributes" | "settings") => Mode::Word,
        "Key" if parent == "DhcpConfigurations" => Mode::Word,
        "Name" if parent == "Filters" => Mode::Word,
        "Service" | "Action" | "NotAction" | "Effect" | "Version" | "ServiceName" | "operation" | "schema" | "collected_at" | "region" => {
            Mode::Word
        }
        "status"
        | "Status"
        | "lastStatus"
        | "desiredStatus"
        | "healthStatus"
        | "State"
        | "state"
        | "launchType"
        | "platformVersion"
        | "platformFamily"
        | "stopCode"
        | "type"
        | "Type"
        | "connectivity"
        | "networkMode"
        | "compatibilities"
        | "requiresCompatibilities"
        | "operatingSystemFamily"
        | "cpuArchitecture"
        | "logDriver"
        | "awslogs-region"
        | "awslogs-create-group"
        | "mode"
        | "protocol"
        | "Protocol"
        | "IpProtocol"
        | "RuleAction"
        | "Origin"
        | "InterfaceType"
        | "ConnectivityType"
        | "VpcEndpointType"
        | "Domain"
        | "AvailabilityZone"
        | "AvailabilityZoneId"
        | "availabilityZone"
        | "ServiceRegion"
        | "AwsRegion"
        | "Region"
        | "Tier"
        | "DataType"
        | "KeyState"
        | "KeyManager"
        | "KeyUsage"
        | "KeySpec"
        | "encryptionType"
        | "imageTagMutability"
        | "imageStatus"
        | "logGroupClass"
        | "InternetGatewayBlockMode"
        | "InternetGatewayExclusionMode"
        | "ManagedBy"
        | "ExclusionsAllowed"
        | "IpAddressType"
        | "DnsRecordIpType"
        | "rolloutState"
        | "schedulingStrategy"
        | "agentUpdateStatus"
        | "assignPublicIp"
        | "Operations"
        | "rootDeviceType"
        | "cpu"
        | "memory"
        | "PolicyId" => Mode::Word,
        // AWS's own words for an interface or group that a service made are needed to know it.
        "Description" | "description" if value.starts_with("arn:") || value.contains("Interface") || value.contains("ELB ") => Mode::Text,
        "Description" | "description" | "Sid" | "Id" | "id" => Mode::Name,
        // Tags of AWS's own (AWS General Reference, "Tag naming limits and requirements": the prefix `aws:`) and of Amazon ECS.
        "Key" | "Value" | "key" | "value"
            if matches!(parent, "Tags" | "TagSet" | "tags" | "TagList") && !value.starts_with("aws:") && !value.starts_with("Amazon") =>
        {
            Mode::Tag
        }
        "Key" | "Value" | "key" | "value" if matches!(parent, "Tags" | "TagSet" | "tags" | "TagList") => Mode::Name,
        "value" if matches!(parent, "environmentFiles" | "environment") => Mode::Name,
        "name"
        | "Name"
        | "family"
        | "group"
        | "startedBy"
        | "clusterName"
        | "serviceName"
        | "containerName"
        | "sourceVolume"
        | "repositoryName"
        | "repositoryUri"
        | "imageTags"
        | "imageTag"
        | "image"
        | "valueFrom"
        | "credentialsParameter"
        | "awslogs-group"
        | "awslogs-stream-prefix"
        | "awslogs-stream"
        | "config-file-value"
        | "logGroupName"
        | "logStreamName"
        | "capacityProvider"
        | "capacityProviderName"
        | "ecrRepositoryPrefix"
        | "upstreamRepositoryPrefix"
        | "registeredBy"
        | "GroupName"
        | "RoleName"
        | "PolicyName"
        | "PolicyNames"
        | "UserName"
        | "InstanceProfileName"
        | "InstanceProfileId"
        | "DomainName"
        | "AliasName"
        | "KeyId"
        | "keyId"
        | "Path"
        | "Key"
        | "taskDefinition"
        | "rootDirectory"
        | "containerPath"
        | "hostname" => Mode::Name,
        "PrefixListName" if !value.starts_with("com.amazonaws.") => Mode::Name,
        "cluster"
        | "clusters"
        | "task"
        | "tasks"
        | "services"
        | "service"
        | "service-name"
        | "role-name"
        | "policy-name"
        | "secret-id"
        | "repository-name"
        | "repository-names"
        | "log-group-name-prefix"
        | "log-group-name"
        | "bucket"
        | "key"
        | "key-id"
        | "task-definition"
        | "names"
        | "container-instances"
        | "capacity-providers" => Mode::Name,
        _ => Mode::Text,
    }
}
