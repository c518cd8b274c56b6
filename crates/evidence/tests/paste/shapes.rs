//! Whole responses, parts of them, bundles, and formats that are no evidence.

use evidence::*;

use crate::*;

#[test]
fn one_resource_and_bare_arrays() {
    let item = &SUBNETS[SUBNETS.find("        {").unwrap()..SUBNETS.find(",\n        {").unwrap()];
    let array = &SUBNETS[SUBNETS.find('[').unwrap()..=SUBNETS.rfind(']').unwrap()];
    let evidence = paste(&format!(
        "{item},\n\n{array}\n\n$ aws iam list-role-policies --role-name r --query PolicyNames\n[\n    \"inline\"\n]\n$ aws ec2 describe-vpc-endpoints --query VpcEndpoints\n[]\n"
    ));
    assert_eq!(
        summary(&evidence),
        [
            "ec2:DescribeSubnets Item",
            "ec2:DescribeSubnets Items",
            "iam:ListRolePolicies Items --query PolicyNames --role-name r",
            "ec2:DescribeVpcEndpoints Items --query VpcEndpoints",
        ]
    );
    assert_eq!(ids(&evidence, 0, "Subnets"), [" subnet-0a1"]);
    assert_eq!(ids(&evidence, 1, "Subnets"), ["/0 subnet-0a1", "/1 subnet-0b2"]);
    assert_eq!(evidence.items(&evidence.documents[2], "PolicyNames").len(), 1);
}

#[test]
fn a_projection_is_answered() {
    let evidence =
        paste("$ aws ec2 describe-subnets --query 'Subnets[].{id:SubnetId,vpc:VpcId}'\n[{\"id\": \"subnet-1\", \"vpc\": \"vpc-1\"}]\n");
    assert_eq!(summary(&evidence), ["- Items !Reshaped@2"]);
    let text = &evidence.documents[0].problems[0].text;
    assert!(text.en.ends_with("Run: aws ec2 describe-subnets --output json"), "{}", text.en);
    assert!(text.ja.contains("aws ec2 describe-subnets"));
}

/// A projection may keep every name that items are known by: what it leaves
/// out must not look absent.
#[test]
fn a_projection_with_the_right_names_is_answered_too() {
    let evidence = paste(
        "$ aws ec2 describe-subnets --query 'Subnets[].{SubnetId:SubnetId,CidrBlock:CidrBlock,VpcId:VpcId,AvailabilityZone:AvailabilityZone}'\n[{\"SubnetId\": \"subnet-1\", \"VpcId\": \"vpc-1\", \"CidrBlock\": \"10.0.0.0/24\", \"AvailabilityZone\": \"a\"}]\n",
    );
    assert_eq!(summary(&evidence), ["- Items !Reshaped@2"]);
    let yaml = paste("$ aws ec2 describe-vpcs --output yaml --query '{Vpcs:Vpcs[].{VpcId:VpcId}}'\nVpcs:\n- VpcId: vpc-1\n");
    assert_eq!(summary(&yaml), ["- Response !Reshaped@2"]);
}

#[test]
fn the_consoles_task_definition_and_events() {
    let evidence = paste(concat!(
        "{\"family\": \"web\", \"containerDefinitions\": [], \"taskDefinitionArn\": \"arn:d:3\"}\n",
        "{\"version\": \"0\", \"id\": \"1\", \"detail-type\": \"ECS Task State Change\", \"source\": \"aws.ecs\", \"detail\": {\"taskArn\": \"arn:t\", \"stoppedReason\": \"x\"}}\n",
        "{\"eventVersion\": \"1.08\", \"eventSource\": \"ecs.amazonaws.com\", \"eventName\": \"RunTask\", \"requestParameters\": {}}\n",
        "{\"Records\": [{\"eventVersion\": \"1.08\", \"eventName\": \"RunTask\"}]}\n",
        "{\"task\": {\"taskArn\": \"arn:t\"}}\n{\"service\": {\"serviceArn\": \"arn:s\"}}\n"
    ));
    assert_eq!(
        summary(&evidence),
        [
            "ecs:DescribeTaskDefinition Item",
            "events:EcsTaskStateChange Event",
            "cloudtrail:LookupEvents Event",
            "cloudtrail:LookupEvents Response",
            "ecs:StopTask Response",
            "ecs:UpdateService Response",
        ]
    );
    let items = |index: usize, member: &str| -> Vec<String> {
        evidence
            .items(&evidence.documents[index], member)
            .iter()
            .map(|(pointer, _)| pointer.to_string())
            .collect()
    };
    assert_eq!(items(0, "taskDefinition"), [""]);
    assert_eq!(items(1, "tasks"), ["/detail"]);
    assert_eq!(items(1, "detail"), ["/detail"]);
    assert_eq!(items(2, "Events"), [""]);
    assert_eq!(items(3, "Events"), ["/Records/0"]);
    assert_eq!(items(4, "tasks"), ["/task"]);
    assert_eq!(items(5, "services"), ["/service"]);
}

#[test]
fn pages_are_partial() {
    let evidence = paste(
        "{\"Subnets\": [], \"NextToken\": \"abc\"}\n{\"Grants\": [], \"Truncated\": false}\n{\"Grants\": [], \"Truncated\": true, \"NextMarker\": \"x\"}\n{\"Routes\": [], \"AdditionalRoutesAvailable\": true}\n{\"Subnets\": [], \"NextToken\": null}",
    );
    let found: Vec<_> = evidence.documents.iter().map(|document| document.completeness).collect();
    assert_eq!(
        found,
        [
            Completeness::Partial,
            Completeness::Whole,
            Completeness::Partial,
            Completeness::Partial,
            Completeness::Whole
        ]
    );
}

#[test]
fn a_bundle() {
    let evidence = paste(concat!(
        "{\"schema\": \"pulldoctor.bundle/1\", \"collected_at\": \"2026-11-01T00:00:00Z\", \"account\": \"111122223333\", \"region\": \"us-west-2\", \"cluster\": \"c\", \"task\": \"t\"}\n",
        "{\"operation\": \"iam:GetPolicyVersion\", \"parameters\": {\"policy-arn\": \"arn:p\", \"version-id\": \"v3\"}, \"exit\": 0, \"output\": {\"PolicyVersion\": {\"VersionId\": \"v3\"}}}\n",
        "{\"operation\": \"ec2:DescribeSubnets\", \"parameters\": {\"subnet-ids\": [\"subnet-1\", \"subnet-2\"], \"no-paginate\": true}, \"exit\": 0, \"output\": {\"Subnets\": [], \"NextToken\": \"n\"}}\n",
        "{\"operation\": \"iam:GetRole\", \"parameters\": {\"role-name\": \"r\"}, \"exit\": 254, \"error\": \"\\nAn error occurred (AccessDenied) when calling the GetRole operation: User is not authorized\\n\"}\n",
        "{\"operation\": \"ecs:DescribeTasks\", \"parameters\": {}, \"exit\": 255, \"error\": \"Unable to locate credentials\"}\n",
        "{\"operation\": \"pulldoctor:Answer\", \"parameters\": {\"question\": \"filtered\", \"subject\": \"ec2:DescribeSubnets\"}, \"output\": \"no\"}\n",
        "{\"operation\": \"secretsmanager:GetResourcePolicy\", \"parameters\": {\"secret-id\": \"s\"}, \"exit\": 0}\n",
    ));
    assert_eq!(
        summary(&evidence),
        [
            "iam:GetPolicyVersion Response --policy-arn arn:p --version-id v3 @us-west-2",
            "ec2:DescribeSubnets Response Partial --no-paginate  --subnet-ids subnet-1 subnet-2 @us-west-2",
            "iam:GetRole AccessDenied: User is not authorized --role-name r @us-west-2",
            "pulldoctor:Answer filtered(ec2:DescribeSubnets)=no",
            "secretsmanager:GetResourcePolicy Text {\"operation\": \"secretsmanager:GetResourcePolicy\", \"parameters\": {\"secret-id\": \"s\"}, \"exit\": 0} --secret-id s @us-west-2 !EmptyOutput@7",
        ]
    );
    assert_eq!(problems(&evidence), [(ProblemKind::NotRun, 5)]);
    let collected = evidence.documents[0].collected.as_ref().unwrap();
    assert_eq!(collected.account.as_deref(), Some("111122223333"));
    assert_eq!(collected.at.as_deref(), Some("2026-11-01T00:00:00Z"));
    assert_eq!(
        evidence.json(&evidence.documents[0]).unwrap(),
        "{\"PolicyVersion\": {\"VersionId\": \"v3\"}}"
    );
    assert_eq!(
        line_of(&evidence, 0, "/PolicyVersion/VersionId"),
        (2, "\"VersionId\": \"v3\"".to_owned())
    );
}

#[test]
fn yaml() {
    let evidence = paste(
        "$ aws ec2 describe-subnets --output yaml\n\
         Subnets:\n- AvailabilityZone: us-east-1a\n  CidrBlock: 10.0.0.0/24\n  MapPublicIpOnLaunch: false\n  OwnerId: '123456789012'\n  SubnetId: subnet-1\n  Tags: []\n  VpcId: vpc-1\n- SubnetId: subnet-2\n  AvailableIpAddressCount: 251\n\
         $ aws kms get-key-policy --key-id k --output yaml\nPolicy: \"{\\n  \\\"Statement\\\" : []\\n}\"\nPolicyName: default\n",
    );
    assert_eq!(
        summary(&evidence),
        [
            "ec2:DescribeSubnets Response --output yaml",
            "kms:GetKeyPolicy Response --key-id k --output yaml"
        ]
    );
    assert_eq!(
        evidence.json(&evidence.documents[0]).unwrap(),
        "{\"Subnets\":[{\"AvailabilityZone\":\"us-east-1a\",\"CidrBlock\":\"10.0.0.0/24\",\"MapPublicIpOnLaunch\":false,\"OwnerId\":\"123456789012\",\"SubnetId\":\"subnet-1\",\"Tags\":[],\"VpcId\":\"vpc-1\"},{\"SubnetId\":\"subnet-2\",\"AvailableIpAddressCount\":251}]}"
    );
    assert_eq!(ids(&evidence, 0, "Subnets"), ["/Subnets/0 subnet-1", "/Subnets/1 subnet-2"]);
    assert_eq!(
        line_of(&evidence, 0, "/Subnets/0/OwnerId"),
        (6, "OwnerId: '123456789012'".to_owned())
    );
    assert_eq!(line_of(&evidence, 0, "/Subnets/1/SubnetId"), (10, "SubnetId: subnet-2".to_owned()));
    let (line, excerpt) = line_of(&evidence, 0, "/Subnets/1");
    assert_eq!((line, excerpt.as_str()), (10, "SubnetId: subnet-2\n  AvailableIpAddressCount: 251"));
    assert_eq!(repairs(&evidence), [(RepairKind::Yaml, 2)]);
}

#[test]
fn other_formats_are_answered_with_the_command() {
    let evidence = paste(concat!(
        "$ aws ec2 describe-subnets --subnet-ids subnet-1 --output text\nSUBNETS\t251\tus-east-1a\nTAGS\tName\tx\n",
        "$ aws ec2 describe-vpcs --output table\n-----------------\n| DescribeVpcs  |\n+---------------+\n|  VpcId | x    |\n-----------------\n",
        "resource \"aws_ecs_service\" \"web\" {\n  name = \"web\"\n  network_configuration {\n    subnets = [\"a\"]\n  }\n}\n",
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Web:\n    Type: AWS::ECS::Service\n    Properties:\n      TaskDefinition: !Ref T\n\n",
        "{\"Resources\": {\"Web\": {\"Type\": \"AWS::ECS::Service\"}}}\n",
        "$ aws ecs describe-tasks --cluster c --tasks t\nUnable to locate credentials. You can configure credentials by running \"aws configure\".\n",
    ));
    let found = summary(&evidence);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].ends_with("!TextOutput@2") && found[1].ends_with("!TableOutput@5"),
        "{found:?}"
    );
    assert_eq!(
        problems(&evidence),
        [
            (ProblemKind::Terraform, 10),
            (ProblemKind::CloudFormation, 16),
            (ProblemKind::CloudFormation, 23),
            (ProblemKind::NotRun, 25),
        ]
    );
    let run = |document: usize| evidence.documents[document].problems[0].text.en.clone();
    assert!(run(0).ends_with("aws ec2 describe-subnets --subnet-ids subnet-1 --output json"));
    assert!(run(1).ends_with("aws ec2 describe-vpcs --output json"));
    let last = &evidence.sources[0].problems[3].text.en;
    assert!(
        last.ends_with("aws ecs describe-tasks --cluster c --tasks t --output json"),
        "{last}"
    );
}

#[test]
fn duplicate_keys_in_policies() {
    let evidence = paste(
        "{\"Version\": \"2012-10-17\", \"Statement\": [\n{\"Effect\": \"Allow\", \"Action\": \"*\",\n \"Effect\": \"Deny\"}]}\n{\"Policy\": \"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Effect\\\":\\\"Deny\\\"}]}\", \"PolicyName\": \"default\"}",
    );
    let found: Vec<_> = evidence
        .documents
        .iter()
        .flat_map(|document| &document.problems)
        .map(|problem| (problem.kind, problem.line, problem.pointer.as_ref().unwrap().to_string()))
        .collect();
    assert_eq!(
        found,
        [
            (ProblemKind::DuplicateKey, 3, "/Statement/0/Effect".to_owned()),
            (ProblemKind::DuplicateKey, 4, "/Policy/Statement/0/Effect".to_owned()),
        ]
    );
}
