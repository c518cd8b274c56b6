//! A whole small AWS account as the AWS CLI prints it: the healthy start of every scenario, changed by a few lines into a fault.
//!
//! The values are made up; the members and their forms are those of real outputs (AWS CLI v2).

use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Account of every world.
pub const ACCOUNT: &str = "111122223333";
/// Region of every world.
pub const REGION: &str = "us-east-1";
/// The failed task's id.
pub const TASK_ID: &str = "0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5";
/// The secret's ARN.
pub const SECRET: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf";
/// The execution role's ARN.
pub const ROLE: &str = "arn:aws:iam::111122223333:role/ecsTaskExecutionRole";

/// How the task's subnet reaches AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Egress {
    /// A private subnet behind a public NAT gateway.
    Nat,
    /// A public subnet and `assignPublicIp=ENABLED`.
    PublicIp,
    /// A private subnet with interface endpoints and an S3 gateway endpoint, and no way out.
    Endpoints,
}

/// Named outputs: file name to the command line above it and the JSON below.
#[derive(Clone, Debug)]
pub struct World {
    /// File stem → (command, output). Change any of them before printing.
    pub outputs: BTreeMap<String, (String, Value)>,
}

impl World {
    /// A healthy world with that way out, and a task that failed with that error.
    #[must_use]
    pub fn new(egress: Egress, stopped_reason: &str) -> Self {
        let mut world = Self { outputs: BTreeMap::new() };
        world.ecs(egress, stopped_reason);
        world.vpc(egress);
        world.filters();
        world.roles();
        world.references();
        if egress == Egress::Endpoints {
            world.endpoints();
        } else {
            world.put(
                "describe-vpc-endpoints",
                "ec2 describe-vpc-endpoints --filters Name=vpc-id,Values=vpc-0a1b2c3d4e5f60718",
                json!({"VpcEndpoints": []}),
            );
        }
        world
    }

    /// Adds or replaces an output.
    pub fn put(&mut self, stem: &str, command: &str, output: Value) {
        self.outputs
            .insert(stem.to_owned(), (format!("aws {command} --region {REGION} --output json"), output));
    }

    /// Takes an output away: what the customer did not send.
    pub fn drop_output(&mut self, stem: &str) {
        assert!(self.outputs.remove(stem).is_some(), "no output {stem} in this world");
    }

    /// The output with that stem.
    pub fn output(&mut self, stem: &str) -> &mut Value {
        &mut self
            .outputs
            .get_mut(stem)
            .unwrap_or_else(|| panic!("no output {stem} in this world"))
            .1
    }

    /// Changes one place (JSON pointer) of an output.
    pub fn set(&mut self, stem: &str, pointer: &str, value: Value) {
        let place = self.output(stem);
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer starts with a slash");
        let parent = place.pointer_mut(parent).unwrap_or_else(|| panic!("{stem} has no {parent}"));
        match parent {
            Value::Array(items) if name == "-" => items.push(value),
            Value::Array(items) => items[name.parse::<usize>().expect("an index")] = value,
            Value::Object(members) => {
                members.insert(name.to_owned(), value);
            }
            other => panic!("{stem}{pointer}: {other} has no members"),
        }
    }

    /// Removes one member (JSON pointer).
    pub fn unset(&mut self, stem: &str, pointer: &str) {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer starts with a slash");
        match self.output(stem).pointer_mut(parent) {
            Some(Value::Object(members)) => {
                members.remove(name);
            }
            Some(Value::Array(items)) => {
                items.remove(name.parse::<usize>().expect("an index"));
            }
            _ => panic!("{stem} has no {parent}"),
        }
    }

    /// One text a file: the command as typed, and its output.
    #[must_use]
    pub fn files(&self) -> Vec<(String, String)> {
        self.outputs
            .iter()
            .map(|(stem, (command, output))| {
                let body = match output {
                    Value::String(text) => text.clone(),
                    json => serde_json::to_string_pretty(json).unwrap_or_default(),
                };
                (format!("{stem}.txt"), format!("$ {command}\n{body}\n"))
            })
            .collect()
    }

    /// Everything as one paste.
    #[must_use]
    pub fn paste(&self) -> String {
        self.files().into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n")
    }

    fn ecs(&mut self, egress: Egress, stopped_reason: &str) {
        let public = egress == Egress::PublicIp;
        let subnet = if public {
            "subnet-0b0000000000000b1"
        } else {
            "subnet-0a0000000000000a1"
        };
        let address = if public { "10.0.0.25" } else { "10.0.10.25" };
        self.put(
            "describe-tasks",
            &format!("ecs describe-tasks --cluster prod --tasks {TASK_ID}"),
            json!({"tasks": [{
                "attachments": [{"id": "9d1f", "type": "ElasticNetworkInterface", "status": "DELETED", "details": [
                    {"name": "subnetId", "value": subnet},
                    {"name": "networkInterfaceId", "value": "eni-0e0000000000000e1"},
                    {"name": "macAddress", "value": "0a:58:a9:fe:ac:02"},
                    {"name": "privateDnsName", "value": format!("ip-{}.ec2.internal", address.replace('.', "-"))},
                    {"name": "privateIPv4Address", "value": address}]}],
                "availabilityZone": "us-east-1a",
                "clusterArn": format!("arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/prod"),
                "containers": [{"containerArn": format!("arn:aws:ecs:{REGION}:{ACCOUNT}:container/prod/{TASK_ID}/1"),
                    "taskArn": format!("arn:aws:ecs:{REGION}:{ACCOUNT}:task/prod/{TASK_ID}"),
                    "name": "app", "image": format!("{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/app:v1"), "lastStatus": "STOPPED"}],
                "cpu": "256", "memory": "512",
                "createdAt": "2026-11-24T08:00:00.000000+00:00", "stoppingAt": "2026-11-24T08:04:40.000000+00:00",
                "stoppedAt": "2026-11-24T08:05:00.000000+00:00", "executionStoppedAt": "2026-11-24T08:04:50.000000+00:00",
                "desiredStatus": "STOPPED", "lastStatus": "STOPPED",
                "group": "service:app", "startedBy": "ecs-svc/1234567890123456789", "launchType": "FARGATE",
                "platformVersion": "1.4.0", "platformFamily": "Linux",
                "overrides": {"containerOverrides": [{"name": "app"}], "inferenceAcceleratorOverrides": []},
                "stopCode": "TaskFailedToStart", "stoppedReason": stopped_reason,
                "taskArn": format!("arn:aws:ecs:{REGION}:{ACCOUNT}:task/prod/{TASK_ID}"),
                "taskDefinitionArn": format!("arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/app:7"),
                "version": 4}], "failures": []}),
        );
        self.put(
            "describe-task-definition",
            "ecs describe-task-definition --task-definition app:7",
            json!({"taskDefinition": {
                "taskDefinitionArn": format!("arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/app:7"),
                "family": "app", "revision": 7, "status": "ACTIVE", "networkMode": "awsvpc",
                "executionRoleArn": ROLE,
                "requiresCompatibilities": ["FARGATE"], "compatibilities": ["EC2", "FARGATE"], "cpu": "256", "memory": "512",
                "runtimePlatform": {"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"},
                "volumes": [], "placementConstraints": [],
                "containerDefinitions": [{
                    "name": "app", "image": format!("{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/app:v1"), "cpu": 0, "essential": true,
                    "portMappings": [], "environment": [], "mountPoints": [], "volumesFrom": [],
                    "secrets": [{"name": "DB_PASSWORD", "valueFrom": format!("{SECRET}:password::")},
                                {"name": "API_URL", "valueFrom": "/prod/api-url"}],
                    "logConfiguration": {"logDriver": "awslogs", "options": {
                        "awslogs-group": "/ecs/app", "awslogs-region": REGION, "awslogs-stream-prefix": "ecs"}}}],
                "registeredAt": "2026-11-01T00:00:00.000000+00:00"}, "tags": []}),
        );
        let network = json!({"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": ["sg-0a0000000000000a1"],
            "assignPublicIp": if public { "ENABLED" } else { "DISABLED" }}});
        self.put(
            "describe-services",
            "ecs describe-services --cluster prod --services app",
            json!({"services": [{
                "serviceArn": format!("arn:aws:ecs:{REGION}:{ACCOUNT}:service/prod/app"), "serviceName": "app", "status": "ACTIVE",
                "clusterArn": format!("arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/prod"),
                "desiredCount": 1, "runningCount": 0, "pendingCount": 0, "launchType": "FARGATE", "platformVersion": "LATEST", "platformFamily": "Linux",
                "taskDefinition": format!("arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/app:7"),
                "deployments": [{"id": "ecs-svc/1234567890123456789", "status": "PRIMARY", "failedTasks": 3, "rolloutState": "IN_PROGRESS",
                    "taskDefinition": format!("arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/app:7"),
                    "createdAt": "2026-11-24T07:50:00.000000+00:00", "launchType": "FARGATE", "platformVersion": "1.4.0",
                    "networkConfiguration": network}],
                "events": [], "createdAt": "2026-10-01T00:00:00.000000+00:00", "schedulingStrategy": "REPLICA",
                "networkConfiguration": network}], "failures": []}),
        );
    }

    fn vpc(&mut self, egress: Egress) {
        let vpc = "vpc-0a1b2c3d4e5f60718";
        self.put(
            "describe-vpcs",
            &format!("ec2 describe-vpcs --vpc-ids {vpc}"),
            json!({"Vpcs": [{"CidrBlock": "10.0.0.0/16", "DhcpOptionsId": "dopt-0d0000000000000d1", "State": "available", "VpcId": vpc,
                "OwnerId": ACCOUNT, "InstanceTenancy": "default", "IsDefault": false,
                "CidrBlockAssociationSet": [{"AssociationId": "vpc-cidr-assoc-01", "CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "associated"}}]}]}),
        );
        for (stem, attribute) in [("dns-support", "EnableDnsSupport"), ("dns-hostnames", "EnableDnsHostnames")] {
            let option = if stem == "dns-support" {
                "enableDnsSupport"
            } else {
                "enableDnsHostnames"
            };
            self.put(
                &format!("describe-vpc-attribute-{stem}"),
                &format!("ec2 describe-vpc-attribute --vpc-id {vpc} --attribute {option}"),
                json!({"VpcId": vpc, attribute: {"Value": true}}),
            );
        }
        self.put(
            "describe-dhcp-options",
            "ec2 describe-dhcp-options --dhcp-options-ids dopt-0d0000000000000d1",
            json!({"DhcpOptions": [{"DhcpOptionsId": "dopt-0d0000000000000d1", "OwnerId": ACCOUNT, "DhcpConfigurations": [
                {"Key": "domain-name", "Values": [{"Value": "ec2.internal"}]},
                {"Key": "domain-name-servers", "Values": [{"Value": "AmazonProvidedDNS"}]}]}]}),
        );
        let subnet = |id: &str, cidr: &str, zone: &str, public: bool| {
            json!({"SubnetId": id, "VpcId": vpc, "CidrBlock": cidr, "AvailabilityZone": zone, "State": "available", "OwnerId": ACCOUNT,
                "MapPublicIpOnLaunch": public, "AvailableIpAddressCount": 200, "DefaultForAz": false, "AssignIpv6AddressOnCreation": false,
                "Ipv6CidrBlockAssociationSet": [], "EnableDns64": false, "Ipv6Native": false})
        };
        self.put(
            "describe-subnets",
            &format!("ec2 describe-subnets --filters Name=vpc-id,Values={vpc}"),
            json!({"Subnets": [
                subnet("subnet-0a0000000000000a1", "10.0.10.0/24", "us-east-1a", false),
                subnet("subnet-0b0000000000000b1", "10.0.0.0/24", "us-east-1a", true),
                subnet("subnet-0c0000000000000c1", "10.0.20.0/24", "us-east-1b", false)]}),
        );
        let local = json!({"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "Origin": "CreateRouteTable", "State": "active"});
        let mut private = vec![local.clone()];
        match egress {
            Egress::Nat | Egress::PublicIp => private.push(json!({"DestinationCidrBlock": "0.0.0.0/0",
                "NatGatewayId": "nat-0a0000000000000a1", "Origin": "CreateRoute", "State": "active"})),
            Egress::Endpoints => private.push(json!({"DestinationPrefixListId": "pl-63a5400a",
                "GatewayId": "vpce-0f0000000000000f5", "Origin": "CreateRoute", "State": "active"})),
        }
        let table = |id: &str, association: Value, routes: Value| json!({"RouteTableId": id, "VpcId": vpc, "OwnerId": ACCOUNT, "Associations": [association], "Routes": routes, "PropagatingVgws": [], "Tags": []});
        let associated = |table: &str, subnet: &str| {
            json!({"Main": false, "RouteTableAssociationId": format!("rtbassoc-{subnet}"), "RouteTableId": table, "SubnetId": subnet,
                "AssociationState": {"State": "associated"}})
        };
        self.put(
            "describe-route-tables",
            &format!("ec2 describe-route-tables --filters Name=vpc-id,Values={vpc}"),
            json!({"RouteTables": [
                table("rtb-0a0000000000000a1", associated("rtb-0a0000000000000a1", "subnet-0a0000000000000a1"), json!(private)),
                table("rtb-0b0000000000000b1", associated("rtb-0b0000000000000b1", "subnet-0b0000000000000b1"), json!([local,
                    {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-0a0000000000000a1", "Origin": "CreateRoute", "State": "active"}])),
                table("rtb-0c0000000000000c1", json!({"Main": true, "RouteTableAssociationId": "rtbassoc-main", "RouteTableId": "rtb-0c0000000000000c1",
                    "AssociationState": {"State": "associated"}}), json!([local]))]}),
        );
        self.put(
            "describe-internet-gateways",
            &format!("ec2 describe-internet-gateways --filters Name=attachment.vpc-id,Values={vpc}"),
            json!({"InternetGateways": [{"InternetGatewayId": "igw-0a0000000000000a1", "OwnerId": ACCOUNT,
                "Attachments": [{"State": "available", "VpcId": vpc}], "Tags": []}]}),
        );
        if egress == Egress::Nat {
            self.put(
                "describe-nat-gateways",
                &format!("ec2 describe-nat-gateways --filter Name=vpc-id,Values={vpc}"),
                json!({"NatGateways": [{"NatGatewayId": "nat-0a0000000000000a1", "SubnetId": "subnet-0b0000000000000b1", "VpcId": vpc,
                    "State": "available", "ConnectivityType": "public", "CreateTime": "2026-01-01T00:00:00+00:00",
                    "NatGatewayAddresses": [{"AllocationId": "eipalloc-01", "NetworkInterfaceId": "eni-0f0000000000000a1",
                        "PrivateIp": "10.0.0.9", "PublicIp": "198.51.100.9", "IsPrimary": true, "Status": "succeeded"}]}]}),
            );
        }
        self.put(
            "describe-vpc-block-public-access-options",
            "ec2 describe-vpc-block-public-access-options",
            json!({"VpcBlockPublicAccessOptions": {"AwsAccountId": ACCOUNT, "AwsRegion": REGION, "State": "default-state",
                "InternetGatewayBlockMode": "off", "ManagedBy": "account", "ExclusionsAllowed": "allowed"}}),
        );
    }

    fn filters(&mut self) {
        let vpc = "vpc-0a1b2c3d4e5f60718";
        let any = json!([{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []}]);
        self.put(
            "describe-security-groups",
            &format!("ec2 describe-security-groups --filters Name=vpc-id,Values={vpc}"),
            json!({"SecurityGroups": [
                {"GroupId": "sg-0a0000000000000a1", "GroupName": "app", "Description": "task", "VpcId": vpc, "OwnerId": ACCOUNT,
                    "IpPermissions": [], "IpPermissionsEgress": any},
                {"GroupId": "sg-0e0000000000000e1", "GroupName": "endpoints", "Description": "endpoints", "VpcId": vpc, "OwnerId": ACCOUNT,
                    "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [], "Ipv6Ranges": [], "PrefixListIds": [],
                        "UserIdGroupPairs": [{"GroupId": "sg-0a0000000000000a1", "UserId": ACCOUNT}]}],
                    "IpPermissionsEgress": any}]}),
        );
        let entry = |number: u32, egress: bool, action: &str| json!({"CidrBlock": "0.0.0.0/0", "Egress": egress, "Protocol": "-1", "RuleAction": action, "RuleNumber": number});
        let association = |subnet: &str| json!({"NetworkAclAssociationId": format!("aclassoc-{subnet}"), "NetworkAclId": "acl-0a0000000000000a1", "SubnetId": subnet});
        self.put(
            "describe-network-acls",
            &format!("ec2 describe-network-acls --filters Name=vpc-id,Values={vpc}"),
            json!({"NetworkAcls": [{"NetworkAclId": "acl-0a0000000000000a1", "VpcId": vpc, "OwnerId": ACCOUNT, "IsDefault": true,
                "Associations": [association("subnet-0a0000000000000a1"), association("subnet-0b0000000000000b1"), association("subnet-0c0000000000000c1")],
                "Entries": [entry(100, true, "allow"), entry(32767, true, "deny"), entry(100, false, "allow"), entry(32767, false, "deny")], "Tags": []}]}),
        );
    }

    fn endpoints(&mut self) {
        let vpc = "vpc-0a1b2c3d4e5f60718";
        let open = r#"{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}"#;
        let interface = |number: u8, service: &str| {
            json!({"VpcEndpointId": format!("vpce-0f0000000000000f{number}"), "VpcEndpointType": "Interface", "VpcId": vpc,
                "ServiceName": format!("com.amazonaws.{REGION}.{service}"), "State": "available", "PolicyDocument": open, "RouteTableIds": [],
                "SubnetIds": ["subnet-0a0000000000000a1"], "Groups": [{"GroupId": "sg-0e0000000000000e1", "GroupName": "endpoints"}],
                "IpAddressType": "ipv4", "DnsOptions": {"DnsRecordIpType": "ipv4"}, "PrivateDnsEnabled": true, "RequesterManaged": false,
                "NetworkInterfaceIds": [format!("eni-0f0000000000000f{number}")], "OwnerId": ACCOUNT, "CreationTimestamp": "2026-01-01T00:00:00+00:00",
                "DnsEntries": [{"DnsName": format!("vpce-0f0000000000000f{number}-x.{service}.{REGION}.vpce.amazonaws.com"), "HostedZoneId": "Z7HUB22UULQXV"}], "Tags": []})
        };
        self.put(
            "describe-vpc-endpoints",
            &format!("ec2 describe-vpc-endpoints --filters Name=vpc-id,Values={vpc}"),
            json!({"VpcEndpoints": [
                interface(1, "ecr.api"), interface(2, "ecr.dkr"), interface(3, "secretsmanager"), interface(4, "ssm"), interface(6, "logs"),
                {"VpcEndpointId": "vpce-0f0000000000000f5", "VpcEndpointType": "Gateway", "VpcId": vpc, "ServiceName": format!("com.amazonaws.{REGION}.s3"),
                    "State": "available", "PolicyDocument": open, "RouteTableIds": ["rtb-0a0000000000000a1"], "SubnetIds": [], "Groups": [],
                    "PrivateDnsEnabled": false, "RequesterManaged": false, "NetworkInterfaceIds": [], "DnsEntries": [],
                    "CreationTimestamp": "2026-01-01T00:00:00+00:00", "OwnerId": ACCOUNT, "Tags": []}]}),
        );
        let eni = |number: u8| {
            json!({"NetworkInterfaceId": format!("eni-0f0000000000000f{number}"), "SubnetId": "subnet-0a0000000000000a1", "VpcId": vpc,
                "PrivateIpAddress": format!("10.0.10.10{number}"), "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": format!("10.0.10.10{number}")}],
                "InterfaceType": "vpc_endpoint", "Status": "in-use", "SourceDestCheck": true, "RequesterManaged": true, "OwnerId": ACCOUNT,
                "Groups": [{"GroupId": "sg-0e0000000000000e1", "GroupName": "endpoints"}], "Ipv6Addresses": [], "TagSet": [],
                "AvailabilityZone": "us-east-1a", "Description": format!("VPC Endpoint Interface vpce-0f0000000000000f{number}")})
        };
        self.put(
            "describe-network-interfaces",
            &format!("ec2 describe-network-interfaces --filters Name=vpc-id,Values={vpc} Name=interface-type,Values=vpc_endpoint"),
            json!({"NetworkInterfaces": [eni(1), eni(2), eni(3), eni(4), eni(6)]}),
        );
    }

    fn roles(&mut self) {
        self.put(
            "get-role",
            "iam get-role --role-name ecsTaskExecutionRole",
            json!({"Role": {"Path": "/", "RoleName": "ecsTaskExecutionRole", "RoleId": "AROAEXAMPLEEXAMPLE123", "Arn": ROLE,
                "CreateDate": "2026-01-01T00:00:00+00:00", "MaxSessionDuration": 3600,
                "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Sid": "", "Effect": "Allow",
                    "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}}}),
        );
        self.put(
            "list-attached-role-policies",
            "iam list-attached-role-policies --role-name ecsTaskExecutionRole",
            json!({"AttachedPolicies": [{"PolicyName": "AmazonECSTaskExecutionRolePolicy",
                "PolicyArn": "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"}]}),
        );
        self.put(
            "list-role-policies",
            "iam list-role-policies --role-name ecsTaskExecutionRole",
            json!({"PolicyNames": ["app-secrets"]}),
        );
        self.put(
            "get-role-policy",
            "iam get-role-policy --role-name ecsTaskExecutionRole --policy-name app-secrets",
            json!({"RoleName": "ecsTaskExecutionRole", "PolicyName": "app-secrets", "PolicyDocument": {"Version": "2012-10-17", "Statement": [
                {"Sid": "Secret", "Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": SECRET},
                {"Sid": "Parameter", "Effect": "Allow", "Action": "ssm:GetParameters",
                    "Resource": format!("arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/prod/api-url")}]}}),
        );
    }

    fn references(&mut self) {
        self.put(
            "describe-secret",
            "secretsmanager describe-secret --secret-id prod/db",
            json!({"ARN": SECRET, "Name": "prod/db", "LastChangedDate": "2026-10-01T00:00:00+00:00", "CreatedDate": "2026-09-01T00:00:00+00:00",
                "VersionIdsToStages": {"a1b2c3d4-5678-90ab-cdef-EXAMPLE11111": ["AWSCURRENT"]}, "Tags": []}),
        );
        self.put(
            "get-resource-policy",
            "secretsmanager get-resource-policy --secret-id prod/db",
            json!({"ARN": SECRET, "Name": "prod/db"}),
        );
        self.put(
            "describe-parameters",
            "ssm describe-parameters",
            json!({"Parameters": [{"Name": "/prod/api-url", "ARN": format!("arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/prod/api-url"), "Type": "String",
                "LastModifiedDate": "2026-09-01T00:00:00+00:00", "Version": 1, "Tier": "Standard", "Policies": [], "DataType": "text"}]}),
        );
        self.put(
            "describe-repositories",
            "ecr describe-repositories --repository-names app",
            json!({"repositories": [{"repositoryArn": format!("arn:aws:ecr:{REGION}:{ACCOUNT}:repository/app"), "registryId": ACCOUNT,
                "repositoryName": "app", "repositoryUri": format!("{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/app"),
                "createdAt": "2026-01-01T00:00:00+00:00", "imageTagMutability": "MUTABLE", "encryptionConfiguration": {"encryptionType": "AES256"}}]}),
        );
        self.put(
            "describe-images",
            "ecr describe-images --repository-name app",
            json!({"imageDetails": [{"registryId": ACCOUNT, "repositoryName": "app",
                "imageDigest": "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "imageTags": ["v1"],
                "imageSizeInBytes": 52_428_800, "imagePushedAt": "2026-10-01T00:00:00+00:00", "imageStatus": "ACTIVE"}]}),
        );
        self.put(
            "get-repository-policy",
            "ecr get-repository-policy --repository-name app",
            Value::String(format!("\nAn error occurred (RepositoryPolicyNotFoundException) when calling the GetRepositoryPolicy operation: Repository policy does not exist for the repository with name 'app' in the registry with id '{ACCOUNT}'")),
        );
        self.put(
            "describe-log-groups",
            "logs describe-log-groups --log-group-name-prefix /ecs/app",
            json!({"logGroups": [{"logGroupName": "/ecs/app", "creationTime": 1_767_225_600_000_u64, "metricFilterCount": 0,
                "arn": format!("arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/ecs/app:*"), "logGroupArn": format!("arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/ecs/app"),
                "storedBytes": 0, "logGroupClass": "STANDARD"}]}),
        );
    }
}
