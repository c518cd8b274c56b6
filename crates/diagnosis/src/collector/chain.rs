//! The chain that the collector follows, from the task to everything that its start depends on.

use super::members::{DEFINITION, OBJECT, SERVICES, TASKS};
use super::step::{Call, Keep, Step, call, each, without};
use evidence::Operation as Op;

/// All steps.
pub(super) fn steps() -> Vec<Step> {
    let mut all = vec![Step::from(call(Op::StsGetCallerIdentity))];
    all.extend(start());
    all.extend(placement());
    all.extend(network());
    all.extend(names());
    all.extend(roles());
    all.extend(references());
    all.extend(images());
    all.extend(keys());
    all
}

/// Facts of described tasks. The details of an attachment are named as AWS names them (`subnetId`, `networkInterfaceId`).
const OF_TASKS: &str = "[tasks[].['found', taskArn], tasks[].['definition', taskDefinitionArn], tasks[].['group', group], \
     tasks[].['instance', containerInstanceArn], tasks[].['provider', capacityProviderName], \
     tasks[].attachments[].details[].[name, value], tasks[].overrides.['role', executionRoleArn], tasks[].overrides.['role', taskRoleArn], \
     tasks[].overrides.containerOverrides[].environmentFiles[].['file', value]][]";

/// Facts of described services.
const OF_SERVICES: &str = "[services[].['later', taskDefinition], \
     services[].networkConfiguration.awsvpcConfiguration.subnets[].['subnetId', @], \
     services[].deployments[].networkConfiguration.awsvpcConfiguration.subnets[].['subnetId', @], \
     services[].taskSets[].networkConfiguration.awsvpcConfiguration.subnets[].['subnetId', @], \
     services[].capacityProviderStrategy[].['provider', capacityProvider]][]";

/// Facts of a task definition.
const OF_DEFINITION: &str = "[[taskDefinition.['role', executionRoleArn]], [taskDefinition.['role', taskRoleArn]], \
     taskDefinition.containerDefinitions[].['image', image], taskDefinition.containerDefinitions[].secrets[].['value', valueFrom], \
     taskDefinition.containerDefinitions[].logConfiguration.secretOptions[].['value', valueFrom], \
     taskDefinition.containerDefinitions[].repositoryCredentials.['credentials', credentialsParameter], \
     taskDefinition.containerDefinitions[].environmentFiles[].['file', value], \
     taskDefinition.containerDefinitions[].firelensConfiguration.options.['file', \"config-file-value\"], \
     taskDefinition.containerDefinitions[].credentialSpecs[].['file', @], \
     taskDefinition.volumes[].fsxWindowsFileServerVolumeConfiguration.authorizationConfig.['value', credentialsParameter], \
     taskDefinition.containerDefinitions[].logConfiguration.options.['log', \"awslogs-group\", \"awslogs-region\"]][]";

fn describe_tasks(task: &'static str) -> Step {
    call(Op::EcsDescribeTasks)
        .opt("cluster", "{cluster}")
        .opt("tasks", task)
        .keep(TASKS)
        .learn(OF_TASKS)
        .into()
}

/// Task, service and definition. A task that is gone is looked for in the events of the cluster's services.
fn start() -> Vec<Step> {
    let gone = vec![
        Step::Say("The task is not there any more: looking for it in the events of the services"),
        call(Op::EcsListServices)
            .opt("cluster", "{cluster}")
            .keep(Keep::Nothing)
            .learn("serviceArns[].['listed', @]")
            .into(),
        each(
            "listed",
            &["listed"],
            vec![
                call(Op::EcsDescribeServices)
                    .opt("cluster", "{cluster}")
                    .opt("services", "{listed}")
                    .keep(Keep::Nothing)
                    .learn("services[?events[?contains(message, '{task_id}')]].['service', serviceName]")
                    .into(),
            ],
        ),
    ];
    let stopped = vec![
        call(Op::EcsListTasks)
            .opt("cluster", "{cluster}")
            .opt("service-name", "{service}")
            .opt("desired-status", "STOPPED")
            .learn("taskArns[:10].['stopped', @]")
            .into(),
        each("stopped", &["stopped"], vec![describe_tasks("{stopped}")]),
    ];
    let services = call(Op::EcsDescribeServices)
        .opt("cluster", "{cluster}")
        .opt("services", "{service}")
        .keep(SERVICES)
        .learn(OF_SERVICES);
    let in_cluster = vec![
        call(Op::EcsDescribeClusters).opt("clusters", "{cluster}").into(),
        each("task", &["task"], vec![describe_tasks("{task}")]),
        Step::Derive("services"),
        each("task", &["task"], vec![without("found", vec![without("service", gone)])]),
        each("service", &["service"], vec![services.into(), without("found", stopped)]),
    ];
    vec![
        Step::Say("Task, service and task definition"),
        each("cluster", &["cluster"], in_cluster),
        without(
            "definition",
            vec![each(
                "later",
                &["later"],
                vec![Step::Note {
                    tag: "definition",
                    value: "{later}",
                }],
            )],
        ),
        each(
            "definition",
            &["definition"],
            vec![
                call(Op::EcsDescribeTaskDefinition)
                    .opt("task-definition", "{definition}")
                    .keep(DEFINITION)
                    .learn(OF_DEFINITION)
                    .into(),
            ],
        ),
        call(Op::EcsListAccountSettings).flag("effective-settings").into(),
    ]
}

/// The machine that the task was placed on, and the task's own interface.
fn placement() -> Vec<Step> {
    let providers = call(Op::EcsDescribeCapacityProviders)
        .opt("capacity-providers", "{provider}")
        .learn("capacityProviders[].managedInstancesProvider.instanceLaunchTemplate.networkConfiguration.subnets[].['subnetId', @]");
    let instances = vec![
        call(Op::EcsDescribeContainerInstances)
            .opt("cluster", "{cluster}")
            .opt("container-instances", "{instance}")
            .learn("containerInstances[].['ec2', ec2InstanceId]")
            .into(),
    ];
    vec![
        each("instance", &["instance"], instances),
        each(
            "ec2",
            &["ec2"],
            vec![
                call(Op::Ec2DescribeInstances)
                    .opt("instance-ids", "{ec2}")
                    .learn("Reservations[].Instances[].['subnetId', SubnetId]")
                    .into(),
            ],
        ),
        each("provider", &["provider"], vec![providers.into()]),
        each(
            "networkInterfaceId",
            &["interface"],
            vec![
                call(Op::Ec2DescribeNetworkInterfaces)
                    .filter("Name=network-interface-id,Values={interface}")
                    .into(),
            ],
        ),
    ]
}

fn in_vpc(operation: Op) -> Call {
    call(operation).filter("Name=vpc-id,Values={vpc}")
}

fn network() -> Vec<Step> {
    let attribute = |name: &'static str| Step::from(call(Op::Ec2DescribeVpcAttribute).opt("vpc-id", "{vpc}").opt("attribute", name));
    let vpc = vec![
        call(Op::Ec2DescribeVpcs)
            .opt("vpc-ids", "{vpc}")
            .learn("Vpcs[].['dhcp', DhcpOptionsId]")
            .into(),
        attribute("enableDnsSupport"),
        attribute("enableDnsHostnames"),
        in_vpc(Op::Ec2DescribeSubnets).into(),
        in_vpc(Op::Ec2DescribeRouteTables)
            .learn(
                "[RouteTables[].Routes[].['prefix', DestinationPrefixListId], RouteTables[].Routes[].['transit', TransitGatewayId], \
                 RouteTables[].Routes[].['peering', VpcPeeringConnectionId]][]",
            )
            .into(),
        in_vpc(Op::Ec2DescribeNetworkAcls).into(),
        in_vpc(Op::Ec2DescribeSecurityGroups)
            .learn("SecurityGroups[].[IpPermissions, IpPermissionsEgress][][].PrefixListIds[].['prefix', PrefixListId]")
            .into(),
        in_vpc(Op::Ec2DescribeSecurityGroupVpcAssociations).into(),
        in_vpc(Op::Ec2DescribeVpcEndpoints).into(),
        in_vpc(Op::Ec2DescribeNetworkInterfaces)
            .value("Name=interface-type,Values=vpc_endpoint")
            .into(),
        call(Op::Ec2DescribeNatGateways).opt("filter", "Name=vpc-id,Values={vpc}").into(),
        call(Op::Ec2DescribeInternetGateways)
            .filter("Name=attachment.vpc-id,Values={vpc}")
            .into(),
    ];
    let transit = vec![
        call(Op::Ec2DescribeTransitGatewayVpcAttachments)
            .filter("Name=transit-gateway-id,Values={transit}")
            .into(),
        call(Op::Ec2DescribeTransitGatewayAttachments)
            .filter("Name=transit-gateway-id,Values={transit}")
            .learn("TransitGatewayAttachments[].['table', Association.TransitGatewayRouteTableId]")
            .into(),
    ];
    vec![
        Step::Say("Network"),
        each(
            "subnetId",
            &["subnet"],
            vec![
                call(Op::Ec2DescribeSubnets)
                    .opt("subnet-ids", "{subnet}")
                    .learn("Subnets[].['vpc', VpcId]")
                    .into(),
            ],
        ),
        each("vpc", &["vpc"], vpc),
        call(Op::Ec2DescribeEgressOnlyInternetGateways).into(),
        each(
            "peering",
            &["peering"],
            vec![
                call(Op::Ec2DescribeVpcPeeringConnections)
                    .opt("vpc-peering-connection-ids", "{peering}")
                    .into(),
            ],
        ),
        each("transit", &["transit"], transit),
        each(
            "table",
            &["table"],
            vec![
                call(Op::Ec2SearchTransitGatewayRoutes)
                    .opt("transit-gateway-route-table-id", "{table}")
                    .filter("Name=state,Values=active,blackhole")
                    .into(),
            ],
        ),
        call(Op::Ec2DescribePrefixLists).into(),
        each(
            "prefix",
            &["prefix"],
            vec![
                call(Op::Ec2DescribeManagedPrefixLists).opt("prefix-list-ids", "{prefix}").into(),
                call(Op::Ec2GetManagedPrefixListEntries).opt("prefix-list-id", "{prefix}").into(),
            ],
        ),
        call(Op::Ec2DescribeVpcBlockPublicAccessOptions).into(),
        call(Op::Ec2DescribeVpcBlockPublicAccessExclusions).into(),
    ]
}

/// How names are resolved in the VPC. Only zones that may hold names of AWS or of Docker Hub are listed: others can be long.
fn names() -> Vec<Step> {
    let zones = call(Op::Route53ListHostedZonesByVpc)
        .opt("vpc-id", "{vpc}")
        .opt("vpc-region", "{region}")
        .learn("HostedZoneSummaries[?Owner.OwningAccount && (contains(Name, 'aws') || contains(Name, 'docker'))].['zone', HostedZoneId]");
    vec![
        Step::Say("Names"),
        each(
            "dhcp",
            &["dhcp"],
            vec![call(Op::Ec2DescribeDhcpOptions).opt("dhcp-options-ids", "{dhcp}").into()],
        ),
        each(
            "vpc",
            &["vpc"],
            vec![
                zones.into(),
                call(Op::Route53resolverListResolverRuleAssociations)
                    .filter("Name=VPCId,Values={vpc}")
                    .into(),
                call(Op::Route53resolverListFirewallRuleGroupAssociations)
                    .opt("vpc-id", "{vpc}")
                    .into(),
            ],
        ),
        call(Op::Route53resolverListResolverRules).into(),
        each(
            "zone",
            &["zone"],
            vec![call(Op::Route53ListResourceRecordSets).opt("hosted-zone-id", "{zone}").into()],
        ),
    ]
}

fn roles() -> Vec<Step> {
    let role = vec![
        call(Op::IamGetRole)
            .opt("role-name", "{role}")
            .learn("[Role.PermissionsBoundary.['policy', PermissionsBoundaryArn]]")
            .into(),
        call(Op::IamListAttachedRolePolicies)
            .opt("role-name", "{role}")
            .learn("AttachedPolicies[].['policy', PolicyArn]")
            .into(),
        Step::Forget("inline"),
        call(Op::IamListRolePolicies)
            .opt("role-name", "{role}")
            .learn("PolicyNames[].['inline', @]")
            .into(),
        each(
            "inline",
            &["inline"],
            vec![
                call(Op::IamGetRolePolicy)
                    .opt("role-name", "{role}")
                    .opt("policy-name", "{inline}")
                    .into(),
            ],
        ),
    ];
    let policy = vec![
        Step::Forget("version"),
        call(Op::IamGetPolicy)
            .opt("policy-arn", "{policy}")
            .learn("[Policy.['version', DefaultVersionId]]")
            .into(),
        each(
            "version",
            &["version"],
            vec![
                call(Op::IamGetPolicyVersion)
                    .opt("policy-arn", "{policy}")
                    .opt("version-id", "{version}")
                    .into(),
            ],
        ),
    ];
    vec![
        Step::Say("Roles and policies"),
        Step::Derive("role_names"),
        each("role_name", &["role"], role),
        each("policy", &["policy"], policy),
    ]
}

/// Secrets, parameters, log groups and files. Their values are never asked for.
fn references() -> Vec<Step> {
    let secret = vec![
        call(Op::SecretsmanagerDescribeSecret)
            .opt("secret-id", "{secret}")
            .at("{place}")
            .learn("[['key', KmsKeyId, '{place}']]")
            .into(),
        call(Op::SecretsmanagerGetResourcePolicy)
            .opt("secret-id", "{secret}")
            .at("{place}")
            .into(),
        call(Op::SecretsmanagerListSecretVersionIds)
            .opt("secret-id", "{secret}")
            .flag("include-deprecated")
            .at("{place}")
            .into(),
    ];
    let parameter = call(Op::SsmDescribeParameters)
        .filter("Key=Name,Values={parameter}")
        .at("{place}")
        .learn("Parameters[].['key', KeyId, '{place}']");
    let group = call(Op::LogsDescribeLogGroups)
        .opt("log-group-name-prefix", "{group}")
        .at("{place}")
        .learn("logGroups[?logGroupName=='{group}'].['key', kmsKeyId, '{place}']");
    let file = vec![
        call(Op::S3apiHeadObject)
            .opt("bucket", "{bucket}")
            .opt("key", "{file}")
            .keep(OBJECT)
            .learn("[['key', SSEKMSKeyId, '{region}']]")
            .into(),
        call(Op::S3apiGetBucketLocation).opt("bucket", "{bucket}").into(),
        call(Op::S3apiGetBucketPolicy).opt("bucket", "{bucket}").into(),
    ];
    vec![
        Step::Say("Secrets, parameters, log groups and files (never their values)"),
        Step::Derive("references"),
        each("secret", &["secret", "place"], secret),
        each("parameter", &["parameter", "place"], vec![parameter.into()]),
        each("log", &["group", "place"], vec![group.into()]),
        each("object", &["bucket", "file"], file),
    ]
}

fn images() -> Vec<Step> {
    let registry = |registry: bool| {
        let owned = move |operation: Op| {
            let call = call(operation).at("{place}");
            if registry { call.opt("registry-id", "{registry}") } else { call }
        };
        vec![
            owned(Op::EcrDescribeRepositories)
                .opt("repository-names", "{repository}")
                .learn("repositories[].encryptionConfiguration.['key', kmsKey, '{place}']")
                .into(),
            owned(Op::EcrGetRepositoryPolicy).opt("repository-name", "{repository}").into(),
            owned(Op::EcrDescribeImages)
                .opt("repository-name", "{repository}")
                .opt("image-ids", "{which}")
                .into(),
            owned(Op::EcrBatchGetImage)
                .opt("repository-name", "{repository}")
                .opt("image-ids", "{which}")
                .into(),
        ]
    };
    vec![
        Step::Say("Images"),
        Step::Derive("repositories"),
        each("repository", &["repository", "place", "which"], registry(false)),
        each("foreign", &["repository", "place", "which", "registry"], registry(true)),
        each(
            "registry",
            &["place"],
            vec![
                call(Op::EcrDescribePullThroughCacheRules).at("{place}").into(),
                call(Op::EcrGetRegistryPolicy).at("{place}").into(),
            ],
        ),
    ]
}

/// Keys last: secrets, parameters, repositories, log groups and files have named them by now.
fn keys() -> Vec<Step> {
    let details = vec![
        call(Op::KmsGetKeyPolicy)
            .opt("key-id", "{arn}")
            .opt("policy-name", "default")
            .at("{place}")
            .into(),
        call(Op::KmsListGrants).opt("key-id", "{arn}").at("{place}").into(),
        call(Op::KmsListAliases).opt("key-id", "{arn}").at("{place}").into(),
    ];
    vec![
        Step::Say("Keys"),
        each(
            "key",
            &["key", "place"],
            vec![
                Step::Forget("arn"),
                call(Op::KmsDescribeKey)
                    .opt("key-id", "{key}")
                    .at("{place}")
                    .learn("[KeyMetadata.['arn', Arn]]")
                    .into(),
                each("arn", &["arn"], details),
            ],
        ),
    ]
}
