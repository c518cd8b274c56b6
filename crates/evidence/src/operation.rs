//! The AWS operations whose outputs are recognised: one table.
//!
//! Names are those of the AWS service models; the CLI words are those of the
//! AWS CLI command reference, the same in versions 1 and 2.

/// `Variant: "cli service" "Operation" "cli-operation", list member, identity
/// member, [members by which one item alone is known]`; an empty string stands
/// for "has none".
macro_rules! operations {
    ($($variant:ident: $service:literal $name:literal $cli:literal, $list:literal, $id:literal, [$($key:literal)*];)*) => {
        /// An operation that a pasted output, command or error belongs to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Operation {
            $(#[doc = concat!("`aws ", $service, " ", $cli, "`")] $variant,)*
        }

        impl Operation {
            /// Every operation, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            const fn row(self) -> &'static Row {
                match self {
                    $(Self::$variant => &Row {
                        service: $service,
                        action: $name,
                        name: concat!($service, ":", $name),
                        cli: concat!("aws ", $service, " ", $cli),
                        word: $cli,
                        list: $list,
                        id: $id,
                        item: &[$($key,)*],
                    },)*
                }
            }
        }
    };
}

struct Row {
    service: &'static str,
    action: &'static str,
    name: &'static str,
    cli: &'static str,
    word: &'static str,
    list: &'static str,
    id: &'static str,
    item: &'static [&'static str],
}

operations! {
    EcsDescribeTasks: "ecs" "DescribeTasks" "describe-tasks", "tasks", "taskArn", ["taskArn" "taskDefinitionArn"];
    EcsDescribeTaskDefinition: "ecs" "DescribeTaskDefinition" "describe-task-definition", "taskDefinition", "taskDefinitionArn", ["family" "containerDefinitions"];
    EcsDescribeServices: "ecs" "DescribeServices" "describe-services", "services", "serviceArn", ["serviceArn" "serviceName" "taskDefinition"];
    EcsDescribeClusters: "ecs" "DescribeClusters" "describe-clusters", "clusters", "clusterArn", ["clusterArn" "clusterName" "status"];
    EcsDescribeContainerInstances: "ecs" "DescribeContainerInstances" "describe-container-instances", "containerInstances", "containerInstanceArn", ["containerInstanceArn" "versionInfo"];
    EcsDescribeCapacityProviders: "ecs" "DescribeCapacityProviders" "describe-capacity-providers", "capacityProviders", "name", ["capacityProviderArn" "name"];
    EcsDescribeServiceRevisions: "ecs" "DescribeServiceRevisions" "describe-service-revisions", "serviceRevisions", "serviceRevisionArn", ["serviceRevisionArn" "serviceArn"];
    EcsDescribeServiceDeployments: "ecs" "DescribeServiceDeployments" "describe-service-deployments", "serviceDeployments", "serviceDeploymentArn", ["serviceDeploymentArn" "serviceArn"];
    EcsDescribeTaskSets: "ecs" "DescribeTaskSets" "describe-task-sets", "taskSets", "taskSetArn", ["taskSetArn" "serviceArn"];
    EcsListTasks: "ecs" "ListTasks" "list-tasks", "taskArns", "", [];
    EcsListClusters: "ecs" "ListClusters" "list-clusters", "clusterArns", "", [];
    EcsListServices: "ecs" "ListServices" "list-services", "serviceArns", "", [];
    EcsListTaskDefinitions: "ecs" "ListTaskDefinitions" "list-task-definitions", "taskDefinitionArns", "", [];
    EcsListAccountSettings: "ecs" "ListAccountSettings" "list-account-settings", "settings", "name", [];
    EcsRunTask: "ecs" "RunTask" "run-task", "tasks", "taskArn", [];
    EcsStartTask: "ecs" "StartTask" "start-task", "tasks", "taskArn", [];
    EcsStopTask: "ecs" "StopTask" "stop-task", "task", "taskArn", [];
    EcsRegisterTaskDefinition: "ecs" "RegisterTaskDefinition" "register-task-definition", "taskDefinition", "taskDefinitionArn", [];
    EcsCreateService: "ecs" "CreateService" "create-service", "service", "serviceArn", [];
    EcsUpdateService: "ecs" "UpdateService" "update-service", "service", "serviceArn", [];
    Ec2DescribeSubnets: "ec2" "DescribeSubnets" "describe-subnets", "Subnets", "SubnetId", ["SubnetId" "CidrBlock" "VpcId" "AvailabilityZone"];
    Ec2DescribeVpcs: "ec2" "DescribeVpcs" "describe-vpcs", "Vpcs", "VpcId", ["VpcId" "CidrBlock" "DhcpOptionsId"];
    Ec2DescribeVpcAttribute: "ec2" "DescribeVpcAttribute" "describe-vpc-attribute", "", "VpcId", [];
    Ec2DescribeRouteTables: "ec2" "DescribeRouteTables" "describe-route-tables", "RouteTables", "RouteTableId", ["RouteTableId" "Routes"];
    Ec2DescribeSecurityGroups: "ec2" "DescribeSecurityGroups" "describe-security-groups", "SecurityGroups", "GroupId", ["GroupId" "IpPermissions"];
    Ec2DescribeSecurityGroupRules: "ec2" "DescribeSecurityGroupRules" "describe-security-group-rules", "SecurityGroupRules", "SecurityGroupRuleId", ["SecurityGroupRuleId" "GroupId" "IsEgress"];
    Ec2DescribeSecurityGroupVpcAssociations: "ec2" "DescribeSecurityGroupVpcAssociations" "describe-security-group-vpc-associations", "SecurityGroupVpcAssociations", "GroupId", [];
    Ec2DescribeNetworkAcls: "ec2" "DescribeNetworkAcls" "describe-network-acls", "NetworkAcls", "NetworkAclId", ["NetworkAclId" "Entries"];
    Ec2DescribeVpcEndpoints: "ec2" "DescribeVpcEndpoints" "describe-vpc-endpoints", "VpcEndpoints", "VpcEndpointId", ["VpcEndpointId" "ServiceName" "VpcId"];
    Ec2DescribeVpcEndpointServices: "ec2" "DescribeVpcEndpointServices" "describe-vpc-endpoint-services", "ServiceDetails", "ServiceName", ["ServiceName" "ServiceId" "VpcEndpointPolicySupported"];
    Ec2DescribeNatGateways: "ec2" "DescribeNatGateways" "describe-nat-gateways", "NatGateways", "NatGatewayId", ["NatGatewayId" "NatGatewayAddresses"];
    Ec2DescribeInternetGateways: "ec2" "DescribeInternetGateways" "describe-internet-gateways", "InternetGateways", "InternetGatewayId", ["InternetGatewayId" "Attachments"];
    Ec2DescribeEgressOnlyInternetGateways: "ec2" "DescribeEgressOnlyInternetGateways" "describe-egress-only-internet-gateways", "EgressOnlyInternetGateways", "EgressOnlyInternetGatewayId", ["EgressOnlyInternetGatewayId" "Attachments"];
    Ec2DescribeNetworkInterfaces: "ec2" "DescribeNetworkInterfaces" "describe-network-interfaces", "NetworkInterfaces", "NetworkInterfaceId", ["NetworkInterfaceId" "InterfaceType" "SubnetId" "Groups"];
    Ec2DescribeDhcpOptions: "ec2" "DescribeDhcpOptions" "describe-dhcp-options", "DhcpOptions", "DhcpOptionsId", ["DhcpOptionsId" "DhcpConfigurations"];
    Ec2DescribeManagedPrefixLists: "ec2" "DescribeManagedPrefixLists" "describe-managed-prefix-lists", "PrefixLists", "PrefixListId", ["PrefixListId" "PrefixListName" "PrefixListArn"];
    Ec2DescribePrefixLists: "ec2" "DescribePrefixLists" "describe-prefix-lists", "PrefixLists", "PrefixListId", ["PrefixListId" "PrefixListName" "Cidrs"];
    Ec2GetManagedPrefixListEntries: "ec2" "GetManagedPrefixListEntries" "get-managed-prefix-list-entries", "Entries", "Cidr", [];
    Ec2DescribeTransitGateways: "ec2" "DescribeTransitGateways" "describe-transit-gateways", "TransitGateways", "TransitGatewayId", ["TransitGatewayId" "TransitGatewayArn"];
    Ec2DescribeTransitGatewayAttachments: "ec2" "DescribeTransitGatewayAttachments" "describe-transit-gateway-attachments", "TransitGatewayAttachments", "TransitGatewayAttachmentId", ["TransitGatewayAttachmentId" "TransitGatewayId" "ResourceId" "ResourceType"];
    Ec2DescribeTransitGatewayVpcAttachments: "ec2" "DescribeTransitGatewayVpcAttachments" "describe-transit-gateway-vpc-attachments", "TransitGatewayVpcAttachments", "TransitGatewayAttachmentId", ["TransitGatewayAttachmentId" "TransitGatewayId" "VpcId" "SubnetIds"];
    Ec2DescribeTransitGatewayRouteTables: "ec2" "DescribeTransitGatewayRouteTables" "describe-transit-gateway-route-tables", "TransitGatewayRouteTables", "TransitGatewayRouteTableId", ["TransitGatewayRouteTableId" "DefaultAssociationRouteTable"];
    Ec2SearchTransitGatewayRoutes: "ec2" "SearchTransitGatewayRoutes" "search-transit-gateway-routes", "Routes", "DestinationCidrBlock", [];
    Ec2GetTransitGatewayRouteTableAssociations: "ec2" "GetTransitGatewayRouteTableAssociations" "get-transit-gateway-route-table-associations", "Associations", "TransitGatewayAttachmentId", [];
    Ec2DescribeVpcPeeringConnections: "ec2" "DescribeVpcPeeringConnections" "describe-vpc-peering-connections", "VpcPeeringConnections", "VpcPeeringConnectionId", ["VpcPeeringConnectionId" "AccepterVpcInfo"];
    Ec2DescribeVpcBlockPublicAccessOptions: "ec2" "DescribeVpcBlockPublicAccessOptions" "describe-vpc-block-public-access-options", "VpcBlockPublicAccessOptions", "", ["InternetGatewayBlockMode" "State"];
    Ec2DescribeVpcBlockPublicAccessExclusions: "ec2" "DescribeVpcBlockPublicAccessExclusions" "describe-vpc-block-public-access-exclusions", "VpcBlockPublicAccessExclusions", "ExclusionId", ["ExclusionId" "InternetGatewayExclusionMode"];
    Ec2DescribeNetworkInsightsAnalyses: "ec2" "DescribeNetworkInsightsAnalyses" "describe-network-insights-analyses", "NetworkInsightsAnalyses", "NetworkInsightsAnalysisId", ["NetworkInsightsAnalysisId" "NetworkPathFound"];
    Ec2DescribeNetworkInsightsPaths: "ec2" "DescribeNetworkInsightsPaths" "describe-network-insights-paths", "NetworkInsightsPaths", "NetworkInsightsPathId", ["NetworkInsightsPathId" "Source"];
    Ec2DescribeFlowLogs: "ec2" "DescribeFlowLogs" "describe-flow-logs", "FlowLogs", "FlowLogId", ["FlowLogId" "ResourceId"];
    Ec2DescribeInstances: "ec2" "DescribeInstances" "describe-instances", "Reservations", "ReservationId", ["ReservationId" "Instances"];
    Ec2DescribeAddresses: "ec2" "DescribeAddresses" "describe-addresses", "Addresses", "AllocationId", ["AllocationId" "PublicIp" "Domain"];
    Ec2DescribeAvailabilityZones: "ec2" "DescribeAvailabilityZones" "describe-availability-zones", "AvailabilityZones", "ZoneName", ["ZoneName" "ZoneId"];
    Ec2DescribeRegions: "ec2" "DescribeRegions" "describe-regions", "Regions", "RegionName", [];
    Ec2DescribeCustomerGateways: "ec2" "DescribeCustomerGateways" "describe-customer-gateways", "CustomerGateways", "CustomerGatewayId", ["CustomerGatewayId" "BgpAsn"];
    Ec2DescribeVpnGateways: "ec2" "DescribeVpnGateways" "describe-vpn-gateways", "VpnGateways", "VpnGatewayId", ["VpnGatewayId" "VpcAttachments"];
    IamGetRole: "iam" "GetRole" "get-role", "Role", "Arn", ["RoleName" "AssumeRolePolicyDocument"];
    IamGetInstanceProfile: "iam" "GetInstanceProfile" "get-instance-profile", "InstanceProfile", "Arn", ["InstanceProfileName" "InstanceProfileId" "Roles"];
    IamListAttachedRolePolicies: "iam" "ListAttachedRolePolicies" "list-attached-role-policies", "AttachedPolicies", "PolicyArn", [];
    IamListRolePolicies: "iam" "ListRolePolicies" "list-role-policies", "PolicyNames", "", [];
    IamGetRolePolicy: "iam" "GetRolePolicy" "get-role-policy", "", "PolicyName", [];
    IamGetPolicy: "iam" "GetPolicy" "get-policy", "Policy", "Arn", ["PolicyId" "DefaultVersionId" "Arn"];
    IamGetPolicyVersion: "iam" "GetPolicyVersion" "get-policy-version", "PolicyVersion", "VersionId", ["Document" "VersionId" "IsDefaultVersion"];
    IamListPolicyVersions: "iam" "ListPolicyVersions" "list-policy-versions", "Versions", "VersionId", [];
    IamListPolicies: "iam" "ListPolicies" "list-policies", "Policies", "Arn", [];
    IamListEntitiesForPolicy: "iam" "ListEntitiesForPolicy" "list-entities-for-policy", "PolicyRoles", "RoleName", [];
    IamGetAccountAuthorizationDetails: "iam" "GetAccountAuthorizationDetails" "get-account-authorization-details", "RoleDetailList", "Arn", [];
    IamSimulatePrincipalPolicy: "iam" "SimulatePrincipalPolicy" "simulate-principal-policy", "EvaluationResults", "EvalActionName", ["EvalActionName" "EvalDecision"];
    IamSimulateCustomPolicy: "iam" "SimulateCustomPolicy" "simulate-custom-policy", "EvaluationResults", "EvalActionName", [];
    SecretsmanagerDescribeSecret: "secretsmanager" "DescribeSecret" "describe-secret", "", "ARN", [];
    SecretsmanagerGetResourcePolicy: "secretsmanager" "GetResourcePolicy" "get-resource-policy", "", "ARN", [];
    SecretsmanagerListSecrets: "secretsmanager" "ListSecrets" "list-secrets", "SecretList", "ARN", ["ARN" "Name" "SecretVersionsToStages"];
    SecretsmanagerListSecretVersionIds: "secretsmanager" "ListSecretVersionIds" "list-secret-version-ids", "Versions", "VersionId", [];
    SecretsmanagerGetSecretValue: "secretsmanager" "GetSecretValue" "get-secret-value", "", "ARN", [];
    SsmDescribeParameters: "ssm" "DescribeParameters" "describe-parameters", "Parameters", "Name", ["Name" "Type" "Tier"];
    SsmGetParameters: "ssm" "GetParameters" "get-parameters", "Parameters", "Name", ["Name" "Type" "Value" "Version"];
    SsmGetParameter: "ssm" "GetParameter" "get-parameter", "Parameter", "Name", [];
    SsmGetParametersByPath: "ssm" "GetParametersByPath" "get-parameters-by-path", "Parameters", "Name", [];
    SsmGetParameterHistory: "ssm" "GetParameterHistory" "get-parameter-history", "Parameters", "Name", [];
    SsmGetAutomationExecution: "ssm" "GetAutomationExecution" "get-automation-execution", "AutomationExecution", "AutomationExecutionId", ["AutomationExecutionId" "StepExecutions"];
    KmsDescribeKey: "kms" "DescribeKey" "describe-key", "KeyMetadata", "KeyId", ["KeyId" "KeyState"];
    KmsGetKeyPolicy: "kms" "GetKeyPolicy" "get-key-policy", "Policy", "", [];
    KmsListKeyPolicies: "kms" "ListKeyPolicies" "list-key-policies", "PolicyNames", "", [];
    KmsListGrants: "kms" "ListGrants" "list-grants", "Grants", "GrantId", ["GrantId" "GranteePrincipal"];
    KmsListAliases: "kms" "ListAliases" "list-aliases", "Aliases", "AliasName", ["AliasName" "AliasArn"];
    KmsListKeys: "kms" "ListKeys" "list-keys", "Keys", "KeyId", [];
    EcrDescribeRepositories: "ecr" "DescribeRepositories" "describe-repositories", "repositories", "repositoryArn", ["repositoryArn" "repositoryName" "repositoryUri"];
    EcrDescribeImages: "ecr" "DescribeImages" "describe-images", "imageDetails", "imageDigest", ["imageDigest" "repositoryName" "imagePushedAt"];
    EcrListImages: "ecr" "ListImages" "list-images", "imageIds", "imageDigest", [];
    EcrBatchGetImage: "ecr" "BatchGetImage" "batch-get-image", "images", "imageId", ["imageId" "imageManifest"];
    EcrGetRepositoryPolicy: "ecr" "GetRepositoryPolicy" "get-repository-policy", "", "repositoryName", [];
    EcrGetRegistryPolicy: "ecr" "GetRegistryPolicy" "get-registry-policy", "", "registryId", [];
    EcrGetAccountSetting: "ecr" "GetAccountSetting" "get-account-setting", "", "name", [];
    EcrDescribePullThroughCacheRules: "ecr" "DescribePullThroughCacheRules" "describe-pull-through-cache-rules", "pullThroughCacheRules", "ecrRepositoryPrefix", ["ecrRepositoryPrefix" "upstreamRegistryUrl"];
    EcrGetAuthorizationToken: "ecr" "GetAuthorizationToken" "get-authorization-token", "authorizationData", "", [];
    LogsDescribeLogGroups: "logs" "DescribeLogGroups" "describe-log-groups", "logGroups", "logGroupName", ["logGroupName" "arn"];
    LogsDescribeLogStreams: "logs" "DescribeLogStreams" "describe-log-streams", "logStreams", "logStreamName", ["logStreamName" "arn"];
    LogsFilterLogEvents: "logs" "FilterLogEvents" "filter-log-events", "events", "eventId", [];
    LogsGetLogEvents: "logs" "GetLogEvents" "get-log-events", "events", "", [];
    S3apiGetBucketPolicy: "s3api" "GetBucketPolicy" "get-bucket-policy", "Policy", "", [];
    S3apiGetBucketLocation: "s3api" "GetBucketLocation" "get-bucket-location", "", "", [];
    S3apiListObjectsV2: "s3api" "ListObjectsV2" "list-objects-v2", "Contents", "Key", ["Key" "ETag" "Size"];
    S3apiHeadObject: "s3api" "HeadObject" "head-object", "", "", [];
    S3apiHeadBucket: "s3api" "HeadBucket" "head-bucket", "", "", [];
    StsGetCallerIdentity: "sts" "GetCallerIdentity" "get-caller-identity", "", "Arn", [];
    OrganizationsDescribePolicy: "organizations" "DescribePolicy" "describe-policy", "Policy", "", ["PolicySummary" "Content"];
    OrganizationsListPolicies: "organizations" "ListPolicies" "list-policies", "Policies", "Id", [];
    OrganizationsListPoliciesForTarget: "organizations" "ListPoliciesForTarget" "list-policies-for-target", "Policies", "Id", [];
    OrganizationsListParents: "organizations" "ListParents" "list-parents", "Parents", "Id", [];
    OrganizationsDescribeOrganization: "organizations" "DescribeOrganization" "describe-organization", "Organization", "Id", ["MasterAccountId" "FeatureSet"];
    CloudtrailLookupEvents: "cloudtrail" "LookupEvents" "lookup-events", "Events", "EventId", ["EventId" "CloudTrailEvent"];
    Route53ListHostedZones: "route53" "ListHostedZones" "list-hosted-zones", "HostedZones", "Id", [];
    Route53ListHostedZonesByVpc: "route53" "ListHostedZonesByVPC" "list-hosted-zones-by-vpc", "HostedZoneSummaries", "HostedZoneId", ["HostedZoneId" "Owner"];
    Route53ListResourceRecordSets: "route53" "ListResourceRecordSets" "list-resource-record-sets", "ResourceRecordSets", "Name", [];
    Route53resolverListResolverRules: "route53resolver" "ListResolverRules" "list-resolver-rules", "ResolverRules", "Id", ["RuleType" "DomainName"];
    Route53resolverListResolverRuleAssociations: "route53resolver" "ListResolverRuleAssociations" "list-resolver-rule-associations", "ResolverRuleAssociations", "Id", ["ResolverRuleId" "VPCId"];
    Route53resolverListFirewallRuleGroupAssociations: "route53resolver" "ListFirewallRuleGroupAssociations" "list-firewall-rule-group-associations", "FirewallRuleGroupAssociations", "Id", ["FirewallRuleGroupId" "VpcId"];
    Route53resolverListFirewallRuleGroups: "route53resolver" "ListFirewallRuleGroups" "list-firewall-rule-groups", "FirewallRuleGroups", "Id", [];
    Route53resolverListFirewallRules: "route53resolver" "ListFirewallRules" "list-firewall-rules", "FirewallRules", "", ["FirewallRuleGroupId" "FirewallDomainListId"];
    EventsEcsTaskStateChange: "events" "EcsTaskStateChange" "ecs-task-state-change", "detail", "taskArn", [];
    EventsEcsDeploymentStateChange: "events" "EcsDeploymentStateChange" "ecs-deployment-state-change", "detail", "deploymentId", [];
    EventsEcsServiceAction: "events" "EcsServiceAction" "ecs-service-action", "detail", "", [];
    AwsPolicyDocument: "aws" "PolicyDocument" "policy-document", "", "", [];
    AwsIpRanges: "aws" "IpRanges" "ip-ranges", "prefixes", "", [];
    PulldoctorAnswer: "pulldoctor" "Answer" "answer", "", "", [];
}

impl Operation {
    /// The operation as the report and the bundle write it:
    /// `"ec2:DescribeSubnets"`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The command without options: `"aws ec2 describe-subnets"`. For what is
    /// not a call (events, policies alone, answers) no such command exists.
    #[must_use]
    pub const fn cli(self) -> &'static str {
        self.row().cli
    }

    /// The AWS CLI's word for the service: `"ec2"`, `"s3api"`.
    #[must_use]
    pub const fn service(self) -> &'static str {
        self.row().service
    }

    /// The operation without its service: `"DescribeSubnets"`, as error
    /// messages name it.
    #[must_use]
    pub const fn action(self) -> &'static str {
        self.row().action
    }

    /// The top-level member that holds the resources (`"Subnets"`), a list or,
    /// for operations that describe one thing, an object. `None` where the
    /// output's own top level is the resource.
    #[must_use]
    pub const fn list_member(self) -> Option<&'static str> {
        present(self.row().list)
    }

    /// The member of one item that identifies it (`"SubnetId"`).
    #[must_use]
    pub const fn identity_member(self) -> Option<&'static str> {
        present(self.row().id)
    }

    /// The members that one item copied out of the listing must all have to be
    /// known as such; empty where an item alone cannot be told.
    pub const fn item_members(self) -> &'static [&'static str] {
        self.row().item
    }

    /// Reads `"ec2:DescribeSubnets"`; `s3:` is taken for `s3api:`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let (service, action) = name.split_once(':')?;
        let service = if service == "s3" { "s3api" } else { service };
        Self::ALL
            .iter()
            .copied()
            .find(|op| op.action() == action && op.service() == service)
    }

    /// Reads `"ec2"` and `"describe-subnets"`, the two words of a command.
    #[must_use]
    pub fn from_words(service: &str, operation: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|op| op.row().word == operation && op.service() == service && !matches!(service, "events" | "aws" | "pulldoctor"))
    }

    /// Reads `"aws ec2 describe-subnets"`, with or without `aws` and whatever
    /// follows.
    #[must_use]
    pub fn from_cli(line: &str) -> Option<Self> {
        let mut words = line.split_ascii_whitespace();
        let first = words.next()?;
        let service = if first == "aws" { words.next()? } else { first };
        Self::from_words(service, words.next()?)
    }

    /// The operations that an error message may mean by its bare name
    /// (`"GetPolicy"`); most names belong to one service only.
    pub fn from_action(action: &str) -> impl Iterator<Item = Self> + '_ {
        Self::ALL.iter().copied().filter(move |op| op.action() == action)
    }
}

const fn present(word: &'static str) -> Option<&'static str> {
    if word.is_empty() { None } else { Some(word) }
}
