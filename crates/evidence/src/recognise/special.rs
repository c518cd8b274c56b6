//! Outputs that need more than one member to be told apart.

use super::{Known, View, output};
use crate::document::Shape;
use crate::operation::Operation as Op;
use crate::walk::Kind;

fn response(operations: &[Op]) -> Option<Known> {
    Some(output(operations.to_vec(), Shape::Response))
}

/// The first is right unless a command or name says otherwise: the evidence is
/// the same.
fn likely(operations: &[Op]) -> Option<Known> {
    Some(Known::Output {
        operations: operations.to_vec(),
        sure: true,
        shape: Shape::Response,
    })
}

/// What is no plain response: events, bundles, templates.
pub(super) fn frame(view: View<'_>) -> Option<Known> {
    if view.has("detail-type") && view.has("detail") {
        let operation = match view.string("detail-type")? {
            "ECS Task State Change" => Op::EventsEcsTaskStateChange,
            "ECS Deployment State Change" => Op::EventsEcsDeploymentStateChange,
            "ECS Service Action" => Op::EventsEcsServiceAction,
            "AWS API Call via CloudTrail" => Op::CloudtrailLookupEvents,
            _ => return Some(Known::Unknown),
        };
        return Some(output(vec![operation], Shape::Event));
    }
    if view.has("eventVersion") && view.has("eventName") && view.has("eventSource") {
        return Some(output(vec![Op::CloudtrailLookupEvents], Shape::Event));
    }
    if view.inside_has("Records", "eventName") {
        return response(&[Op::CloudtrailLookupEvents]);
    }
    if view.string("schema").is_some_and(|schema| schema.starts_with("pulldoctor.bundle/")) {
        return Some(Known::Header);
    }
    if view.has_kind("operation", Kind::String) && (view.has("output") || view.has("error") || view.has("exit")) {
        return Some(Known::Call);
    }
    if view.has("syncToken") && view.has("prefixes") {
        return response(&[Op::AwsIpRanges]);
    }
    if view.has("terraform_version") || (view.has("resource") && view.has("provider")) {
        return Some(Known::Terraform);
    }
    if view.has("AWSTemplateFormatVersion") || (view.has_kind("Resources", Kind::Object) && view.inside_type()) {
        return Some(Known::CloudFormation);
    }
    None
}

/// Responses whose members several operations share.
pub(super) fn response_of(view: View<'_>) -> Option<Known> {
    let has = |name| view.has(name);
    if has("PrefixLists") {
        return if view.inside_has("PrefixLists", "PrefixListArn")
            || view.inside_has("PrefixLists", "AddressFamily")
            || view.inside_has("PrefixLists", "OwnerId")
        {
            response(&[Op::Ec2DescribeManagedPrefixLists])
        } else if view.inside_has("PrefixLists", "Cidrs") {
            response(&[Op::Ec2DescribePrefixLists])
        } else {
            response(&[Op::Ec2DescribeManagedPrefixLists, Op::Ec2DescribePrefixLists])
        };
    }
    if has("Policy") {
        return policy(view);
    }
    if has("PolicyNames") {
        let raw = view.member("PolicyNames").map(|node| view.raw(node))?;
        let names: String = raw.split_whitespace().collect();
        return match names.as_str() {
            "[\"default\"]" => response(&[Op::KmsListKeyPolicies]),
            "[]" => response(&[Op::IamListRolePolicies, Op::KmsListKeyPolicies]),
            _ => response(&[Op::IamListRolePolicies]),
        };
    }
    if view.has_kind("Parameters", Kind::Array) {
        return parameters(view);
    }
    if has("RoleDetailList") || has("UserDetailList") || has("GroupDetailList") {
        return response(&[Op::IamGetAccountAuthorizationDetails]);
    }
    if view.has_kind("Policies", Kind::Array) {
        return if view.inside_has("Policies", "AwsManaged") {
            response(&[Op::OrganizationsListPoliciesForTarget, Op::OrganizationsListPolicies])
        } else if view.inside_has("Policies", "PolicyName") {
            response(&[Op::IamListPolicies])
        } else if view.is_empty_list("Policies") {
            response(&[
                Op::OrganizationsListPoliciesForTarget,
                Op::OrganizationsListPolicies,
                Op::IamListPolicies,
            ])
        } else {
            None
        };
    }
    if has("ARN") && has("Name") {
        return secret(view);
    }
    if view.has_kind("Versions", Kind::Array) {
        return if view.inside_has("Versions", "IsDefaultVersion") {
            response(&[Op::IamListPolicyVersions])
        } else if view.is_empty_list("Versions") {
            response(&[Op::IamListPolicyVersions, Op::SecretsmanagerListSecretVersionIds])
        } else {
            None
        };
    }
    if has("EvaluationResults") {
        return if view.walk_contains("PolicyInputList") {
            response(&[Op::IamSimulateCustomPolicy])
        } else {
            response(&[Op::IamSimulatePrincipalPolicy, Op::IamSimulateCustomPolicy])
        };
    }
    flat(view)
}

/// `Policy` is IAM's object, Organizations' object, or a string.
fn policy(view: View<'_>) -> Option<Known> {
    if view.has_kind("Policy", Kind::Object) {
        return if view.inside_has("Policy", "PolicySummary") {
            response(&[Op::OrganizationsDescribePolicy])
        } else if view.inside_has("Policy", "PolicyId") || view.inside_has("Policy", "DefaultVersionId") {
            response(&[Op::IamGetPolicy])
        } else {
            None
        };
    }
    let content = view.string("Policy")?;
    // Lambda's, and others', come with a revision.
    if !content.trim_start().starts_with('{') || view.has("RevisionId") {
        return None;
    }
    if view.has("PolicyName") || (content.contains("kms:") && !content.contains(":s3:::")) {
        response(&[Op::KmsGetKeyPolicy])
    } else if content.contains(":s3:::") {
        response(&[Op::S3apiGetBucketPolicy])
    } else {
        response(&[Op::S3apiGetBucketPolicy, Op::KmsGetKeyPolicy])
    }
}

fn parameters(view: View<'_>) -> Option<Known> {
    let inside = |name| view.inside_has("Parameters", name);
    if view.has("InvalidParameters") {
        response(&[Op::SsmGetParameters])
    } else if inside("Value") && inside("LastModifiedUser") {
        response(&[Op::SsmGetParameterHistory])
    } else if inside("Value") {
        likely(&[Op::SsmGetParametersByPath, Op::SsmGetParameters, Op::SsmGetParameterHistory])
    } else if inside("Name") && inside("Type") {
        response(&[Op::SsmDescribeParameters])
    } else if view.is_empty_list("Parameters") {
        response(&[
            Op::SsmDescribeParameters,
            Op::SsmGetParametersByPath,
            Op::SsmGetParameters,
            Op::SsmGetParameterHistory,
        ])
    } else {
        None
    }
}

/// Secrets Manager's answers about one secret are flat.
fn secret(view: View<'_>) -> Option<Known> {
    let has = |name| view.has(name);
    if has("SecretString") || has("SecretBinary") {
        response(&[Op::SecretsmanagerGetSecretValue])
    } else if view.has_kind("Versions", Kind::Array) {
        response(&[Op::SecretsmanagerListSecretVersionIds])
    } else if has("ResourcePolicy") {
        response(&[Op::SecretsmanagerGetResourcePolicy])
    } else if has("VersionIdsToStages")
        || ["RotationEnabled", "CreatedDate", "LastChangedDate", "DeletedDate", "KmsKeyId"]
            .iter()
            .any(|name| has(name) && !has("VersionId"))
    {
        response(&[Op::SecretsmanagerDescribeSecret])
    } else if view.walk.members.len() == 2 && view.walk.fault.is_none() {
        response(&[Op::SecretsmanagerGetResourcePolicy])
    } else {
        None
    }
}

/// Answers without a list.
fn flat(view: View<'_>) -> Option<Known> {
    let has = |name| view.has(name);
    let object = |name| view.has_kind(name, Kind::Object);
    if has("VpcId")
        && ["EnableDnsSupport", "EnableDnsHostnames", "EnableNetworkAddressUsageMetrics"]
            .iter()
            .any(|name| has(name))
    {
        return response(&[Op::Ec2DescribeVpcAttribute]);
    }
    if has("RoleName") && has("PolicyName") && has("PolicyDocument") {
        return response(&[Op::IamGetRolePolicy]);
    }
    if has("registryId") && has("policyText") {
        return if has("repositoryName") {
            response(&[Op::EcrGetRepositoryPolicy])
        } else {
            response(&[Op::EcrGetRegistryPolicy])
        };
    }
    if view.string("name") == Some("REGISTRY_POLICY_SCOPE") && has("value") {
        return response(&[Op::EcrGetAccountSetting]);
    }
    if has("UserId") && has("Account") && has("Arn") {
        return response(&[Op::StsGetCallerIdentity]);
    }
    if has("LocationConstraint") && view.walk.members.len() <= 2 {
        return response(&[Op::S3apiGetBucketLocation]);
    }
    if has("AcceptRanges") && has("ContentLength") {
        return response(&[Op::S3apiHeadObject]);
    }
    if view.has_kind("tasks", Kind::Array) && (view.inside_has("tasks", "taskArn") || view.is_empty_list("tasks")) {
        return likely(&[Op::EcsDescribeTasks, Op::EcsRunTask, Op::EcsStartTask]);
    }
    if object("task") && view.inside_has("task", "taskArn") {
        return response(&[Op::EcsStopTask]);
    }
    if object("service") && view.inside_has("service", "serviceArn") {
        return likely(&[Op::EcsUpdateService, Op::EcsCreateService]);
    }
    if object("taskDefinition") && view.inside_has("taskDefinition", "containerDefinitions") {
        return likely(&[Op::EcsDescribeTaskDefinition, Op::EcsRegisterTaskDefinition]);
    }
    if view.has_kind("events", Kind::Array) && !has("serviceArn") {
        return if has("nextForwardToken") || has("nextBackwardToken") {
            response(&[Op::LogsGetLogEvents])
        } else if has("searchedLogStreams") || view.inside_has("events", "eventId") {
            response(&[Op::LogsFilterLogEvents])
        } else if view.inside_has("events", "message") || view.is_empty_list("events") {
            likely(&[Op::LogsFilterLogEvents, Op::LogsGetLogEvents])
        } else {
            None
        };
    }
    if has("Statement") && (has("Version") || has("Id")) && !has("Arn") {
        return response(&[Op::AwsPolicyDocument]);
    }
    None
}
