//! The `--query` texts that rebuild a document under its own member names, without the members in which values of secrets may stand:
//! what environment variables hold, commands and their arguments, labels, tags, descriptions, options of volume drivers (`driverOpts` takes a mount's
//! user and password), and the options of log drivers other than `awslogs`, some of which take tokens (`splunk-token`). What is kept is
//! named member by member, so that a member that AWS adds stays out. Members are those of the API references of the services.

use super::step::Keep;

/// `ecs describe-tasks`.
pub(super) const TASKS: Keep = Keep::Without(
    "{failures: failures[].{arn: arn, reason: reason, detail: detail}, tasks: tasks[].{taskArn: taskArn, clusterArn: clusterArn, \
     taskDefinitionArn: taskDefinitionArn, containerInstanceArn: containerInstanceArn, launchType: launchType, \
     capacityProviderName: capacityProviderName, platformVersion: platformVersion, platformFamily: platformFamily, \
     lastStatus: lastStatus, desiredStatus: desiredStatus, stopCode: stopCode, stoppedReason: stoppedReason, group: group, \
     startedBy: startedBy, availabilityZone: availabilityZone, connectivity: connectivity, connectivityAt: connectivityAt, \
     attachments: attachments[].{id: id, type: type, status: status, details: details[].{name: name, value: value}}, \
     attributes: attributes[].{name: name, value: value}, containers: containers[].{containerArn: containerArn, taskArn: taskArn, \
     name: name, image: image, imageDigest: imageDigest, runtimeId: runtimeId, lastStatus: lastStatus, exitCode: exitCode, \
     reason: reason, healthStatus: healthStatus, cpu: cpu, memory: memory, \
     networkInterfaces: networkInterfaces[].{attachmentId: attachmentId, privateIpv4Address: privateIpv4Address, \
     ipv6Address: ipv6Address}}, cpu: cpu, memory: memory, ephemeralStorage: ephemeralStorage.{sizeInGiB: sizeInGiB}, \
     createdAt: createdAt, pullStartedAt: pullStartedAt, pullStoppedAt: pullStoppedAt, startedAt: startedAt, stoppingAt: stoppingAt, \
     executionStoppedAt: executionStoppedAt, stoppedAt: stoppedAt, version: version, healthStatus: healthStatus, \
     enableExecuteCommand: enableExecuteCommand, overrides: overrides.{executionRoleArn: executionRoleArn, taskRoleArn: taskRoleArn, \
     cpu: cpu, memory: memory, ephemeralStorage: ephemeralStorage.{sizeInGiB: sizeInGiB}, \
     containerOverrides: containerOverrides[].{name: name, cpu: cpu, memory: memory, \
     environmentFiles: environmentFiles[].{value: value, type: type}, environment: environment[].{name: name}}}}}",
);

/// `ecs describe-task-definition`. Options of `awslogs` are kept whole: none is a secret, and a misspelt one is a cause.
pub(super) const DEFINITION: Keep = Keep::Without(
    "{taskDefinition: taskDefinition.{taskDefinitionArn: taskDefinitionArn, family: family, revision: revision, status: status, \
     executionRoleArn: executionRoleArn, taskRoleArn: taskRoleArn, networkMode: networkMode, \
     requiresCompatibilities: requiresCompatibilities, compatibilities: compatibilities, \
     runtimePlatform: runtimePlatform.{cpuArchitecture: cpuArchitecture, operatingSystemFamily: operatingSystemFamily}, \
     volumes: volumes[].{name: name, configuredAtLaunch: configuredAtLaunch, host: host.{sourcePath: sourcePath}, \
     dockerVolumeConfiguration: dockerVolumeConfiguration.{scope: scope, autoprovision: autoprovision, driver: driver}, \
     efsVolumeConfiguration: efsVolumeConfiguration.{fileSystemId: fileSystemId, rootDirectory: rootDirectory, \
     transitEncryption: transitEncryption, transitEncryptionPort: transitEncryptionPort, \
     authorizationConfig: authorizationConfig.{accessPointId: accessPointId, iam: iam}}, \
     fsxWindowsFileServerVolumeConfiguration: fsxWindowsFileServerVolumeConfiguration.{fileSystemId: fileSystemId, \
     rootDirectory: rootDirectory, authorizationConfig: authorizationConfig.{credentialsParameter: credentialsParameter, \
     domain: domain}}}, requiresAttributes: requiresAttributes[].{name: name, value: value}, cpu: cpu, memory: memory, \
     ephemeralStorage: ephemeralStorage.{sizeInGiB: sizeInGiB}, placementConstraints: placementConstraints[].{type: type}, \
     pidMode: pidMode, ipcMode: ipcMode, enableFaultInjection: enableFaultInjection, \
     proxyConfiguration: proxyConfiguration.{type: type, containerName: containerName}, registeredAt: registeredAt, \
     registeredBy: registeredBy, deregisteredAt: deregisteredAt, containerDefinitions: containerDefinitions[].{name: name, \
     image: image, essential: essential, cpu: cpu, memory: memory, memoryReservation: memoryReservation, \
     portMappings: portMappings[].{containerPort: containerPort, hostPort: hostPort, protocol: protocol, name: name, \
     appProtocol: appProtocol, containerPortRange: containerPortRange}, secrets: secrets[].{name: name, valueFrom: valueFrom}, \
     repositoryCredentials: repositoryCredentials.{credentialsParameter: credentialsParameter}, \
     environmentFiles: environmentFiles[].{value: value, type: type}, environment: environment[].{name: name}, \
     credentialSpecs: credentialSpecs, mountPoints: mountPoints[].{sourceVolume: sourceVolume, containerPath: containerPath, \
     readOnly: readOnly}, volumesFrom: volumesFrom[].{sourceContainer: sourceContainer, readOnly: readOnly}, \
     dependsOn: dependsOn[].{containerName: containerName, condition: condition}, startTimeout: startTimeout, \
     stopTimeout: stopTimeout, versionConsistency: versionConsistency, user: user, disableNetworking: disableNetworking, \
     privileged: privileged, dnsServers: dnsServers, dnsSearchDomains: dnsSearchDomains, \
     resourceRequirements: resourceRequirements[].{value: value, type: type}, \
     logConfiguration: logConfiguration.{logDriver: logDriver, secretOptions: secretOptions[].{name: name, valueFrom: valueFrom}, \
     options: (logDriver=='awslogs' && options) || options.{mode: mode}}, firelensConfiguration: firelensConfiguration.{type: type, \
     options: options.{\"config-file-type\": \"config-file-type\", \"config-file-value\": \"config-file-value\", \
     \"enable-ecs-log-metadata\": \"enable-ecs-log-metadata\"}}}}}",
);

/// `ecs describe-services`: the logging of Service Connect may take tokens as well, and hooks of a deployment take any document.
pub(super) const SERVICES: Keep = Keep::Without(
    "{failures: failures[].{arn: arn, reason: reason, detail: detail}, services: services[].{serviceArn: serviceArn, \
     serviceName: serviceName, clusterArn: clusterArn, status: status, launchType: launchType, \
     capacityProviderStrategy: capacityProviderStrategy[].{capacityProvider: capacityProvider, weight: weight, base: base}, \
     platformVersion: platformVersion, platformFamily: platformFamily, taskDefinition: taskDefinition, \
     networkConfiguration: networkConfiguration.{awsvpcConfiguration: awsvpcConfiguration.{subnets: subnets, \
     securityGroups: securityGroups, assignPublicIp: assignPublicIp}}, events: events[].{id: id, createdAt: createdAt, \
     message: message}, schedulingStrategy: schedulingStrategy, deploymentController: deploymentController.{type: type}, \
     deploymentConfiguration: deploymentConfiguration.{strategy: strategy, maximumPercent: maximumPercent, \
     minimumHealthyPercent: minimumHealthyPercent}, currentServiceDeployment: currentServiceDeployment, \
     currentServiceRevisions: currentServiceRevisions[].{arn: arn, requestedTaskCount: requestedTaskCount, \
     runningTaskCount: runningTaskCount, pendingTaskCount: pendingTaskCount}, desiredCount: desiredCount, runningCount: runningCount, \
     pendingCount: pendingCount, createdAt: createdAt, roleArn: roleArn, \
     loadBalancers: loadBalancers[].{targetGroupArn: targetGroupArn, loadBalancerName: loadBalancerName, \
     containerName: containerName, containerPort: containerPort}, serviceRegistries: serviceRegistries[].{registryArn: registryArn, \
     port: port, containerName: containerName, containerPort: containerPort}, propagateTags: propagateTags, \
     enableExecuteCommand: enableExecuteCommand, availabilityZoneRebalancing: availabilityZoneRebalancing, \
     taskSets: taskSets[].{id: id, taskSetArn: taskSetArn, serviceArn: serviceArn, clusterArn: clusterArn, startedBy: startedBy, \
     status: status, taskDefinition: taskDefinition, launchType: launchType, \
     capacityProviderStrategy: capacityProviderStrategy[].{capacityProvider: capacityProvider, weight: weight, base: base}, \
     platformVersion: platformVersion, platformFamily: platformFamily, \
     networkConfiguration: networkConfiguration.{awsvpcConfiguration: awsvpcConfiguration.{subnets: subnets, \
     securityGroups: securityGroups, assignPublicIp: assignPublicIp}}, computedDesiredCount: computedDesiredCount, \
     pendingCount: pendingCount, runningCount: runningCount, createdAt: createdAt, updatedAt: updatedAt}, \
     deployments: deployments[].{id: id, status: status, taskDefinition: taskDefinition, \
     networkConfiguration: networkConfiguration.{awsvpcConfiguration: awsvpcConfiguration.{subnets: subnets, \
     securityGroups: securityGroups, assignPublicIp: assignPublicIp}}, launchType: launchType, \
     capacityProviderStrategy: capacityProviderStrategy[].{capacityProvider: capacityProvider, weight: weight, base: base}, \
     platformVersion: platformVersion, platformFamily: platformFamily, desiredCount: desiredCount, pendingCount: pendingCount, \
     runningCount: runningCount, failedTasks: failedTasks, rolloutState: rolloutState, rolloutStateReason: rolloutStateReason, \
     createdAt: createdAt, updatedAt: updatedAt}}}",
);

/// `s3api head-object`: without the metadata that its owner made up.
pub(super) const OBJECT: Keep = Keep::Without(
    "{ContentLength: ContentLength, LastModified: LastModified, ETag: ETag, ServerSideEncryption: ServerSideEncryption, \
     SSEKMSKeyId: SSEKMSKeyId, BucketKeyEnabled: BucketKeyEnabled, StorageClass: StorageClass, ArchiveStatus: ArchiveStatus}",
);

/// `ec2 describe-instances`: without tags. What an instance runs at its start (user data) is not part of it.
pub(super) const INSTANCES: Keep = Keep::Without(
    "{Reservations: Reservations[].{ReservationId: ReservationId, OwnerId: OwnerId, Instances: Instances[].{InstanceId: InstanceId, \
     ImageId: ImageId, InstanceType: InstanceType, SubnetId: SubnetId, VpcId: VpcId, PrivateIpAddress: PrivateIpAddress, \
     PublicIpAddress: PublicIpAddress, Ipv6Address: Ipv6Address, SourceDestCheck: SourceDestCheck, Platform: Platform, \
     LaunchTime: LaunchTime, SecurityGroups: SecurityGroups[].{GroupId: GroupId, GroupName: GroupName}, \
     NetworkInterfaces: NetworkInterfaces[].{NetworkInterfaceId: NetworkInterfaceId, SubnetId: SubnetId, VpcId: VpcId, \
     PrivateIpAddress: PrivateIpAddress, SourceDestCheck: SourceDestCheck, Status: Status, Groups: Groups[].{GroupId: GroupId, \
     GroupName: GroupName}, Attachment: Attachment.{DeviceIndex: DeviceIndex, Status: Status}, \
     Ipv6Addresses: Ipv6Addresses[].{Ipv6Address: Ipv6Address}, Association: Association.{PublicIp: PublicIp}}, \
     State: State.{Code: Code, Name: Name}, IamInstanceProfile: IamInstanceProfile.{Arn: Arn, Id: Id}, \
     MetadataOptions: MetadataOptions.{State: State, HttpTokens: HttpTokens, HttpPutResponseHopLimit: HttpPutResponseHopLimit, \
     HttpEndpoint: HttpEndpoint}}}}",
);

/// `secretsmanager describe-secret`: without the description. Its tags are what policies ask for.
pub(super) const SECRET: Keep = Keep::Without(
    "{ARN: ARN, Name: Name, Type: Type, KmsKeyId: KmsKeyId, RotationEnabled: RotationEnabled, LastChangedDate: LastChangedDate, \
     DeletedDate: DeletedDate, CreatedDate: CreatedDate, OwningService: OwningService, PrimaryRegion: PrimaryRegion, \
     VersionIdsToStages: VersionIdsToStages, Tags: Tags[].{Key: Key, Value: Value}, \
     ReplicationStatus: ReplicationStatus[].{Region: Region, KmsKeyId: KmsKeyId, Status: Status, StatusMessage: StatusMessage}}",
);

/// `ssm describe-parameters`: without the description and the pattern of allowed values.
pub(super) const PARAMETERS: Keep = Keep::Without(
    "{Parameters: Parameters[].{Name: Name, ARN: ARN, Type: Type, KeyId: KeyId, LastModifiedDate: LastModifiedDate, \
     LastModifiedUser: LastModifiedUser, Version: Version, Tier: Tier, DataType: DataType, \
     Policies: Policies[].{PolicyText: PolicyText, PolicyType: PolicyType, PolicyStatus: PolicyStatus}}}",
);

/// `route53 list-resource-record-sets`: of a TXT record only that it is there (then no wildcard answers for its name).
pub(super) const RECORDS: Keep = Keep::Without(
    "{ResourceRecordSets: ResourceRecordSets[].{Name: Name, Type: Type, SetIdentifier: SetIdentifier, TTL: TTL, \
     ResourceRecords: (Type!='TXT' && ResourceRecords) || ResourceRecords[:0], AliasTarget: AliasTarget.{HostedZoneId: HostedZoneId, \
     DNSName: DNSName, EvaluateTargetHealth: EvaluateTargetHealth}}}",
);

/// `ec2 describe-security-groups`: without descriptions, of the group and of its rules, and without tags.
pub(super) const GROUPS: Keep = Keep::Without(
    "{SecurityGroups: SecurityGroups[].{GroupId: GroupId, GroupName: GroupName, OwnerId: OwnerId, VpcId: VpcId, \
     IpPermissions: IpPermissions[].{IpProtocol: IpProtocol, FromPort: FromPort, ToPort: ToPort, IpRanges: IpRanges[].{CidrIp: CidrIp}, \
     Ipv6Ranges: Ipv6Ranges[].{CidrIpv6: CidrIpv6}, PrefixListIds: PrefixListIds[].{PrefixListId: PrefixListId}, \
     UserIdGroupPairs: UserIdGroupPairs[].{UserId: UserId, GroupId: GroupId, GroupName: GroupName, VpcId: VpcId, \
     VpcPeeringConnectionId: VpcPeeringConnectionId, PeeringStatus: PeeringStatus}}, \
     IpPermissionsEgress: IpPermissionsEgress[].{IpProtocol: IpProtocol, FromPort: FromPort, ToPort: ToPort, IpRanges: IpRanges[].{CidrIp: CidrIp}, \
     Ipv6Ranges: Ipv6Ranges[].{CidrIpv6: CidrIpv6}, PrefixListIds: PrefixListIds[].{PrefixListId: PrefixListId}, \
     UserIdGroupPairs: UserIdGroupPairs[].{UserId: UserId, GroupId: GroupId, GroupName: GroupName, VpcId: VpcId, \
     VpcPeeringConnectionId: VpcPeeringConnectionId, PeeringStatus: PeeringStatus}}}}",
);

/// `ec2 describe-vpcs`: without tags.
pub(super) const VPCS: Keep = Keep::Without(
    "{Vpcs: Vpcs[].{VpcId: VpcId, OwnerId: OwnerId, State: State, CidrBlock: CidrBlock, DhcpOptionsId: DhcpOptionsId, \
     InstanceTenancy: InstanceTenancy, IsDefault: IsDefault, \
     CidrBlockAssociationSet: CidrBlockAssociationSet[].{AssociationId: AssociationId, CidrBlock: CidrBlock, \
     CidrBlockState: CidrBlockState.{State: State}}, Ipv6CidrBlockAssociationSet: Ipv6CidrBlockAssociationSet[].{AssociationId: AssociationId, Ipv6CidrBlock: Ipv6CidrBlock, \
     Ipv6CidrBlockState: Ipv6CidrBlockState.{State: State}}, \
     BlockPublicAccessStates: BlockPublicAccessStates.{InternetGatewayBlockMode: InternetGatewayBlockMode}}}",
);

/// `ec2 describe-subnets`: without tags.
pub(super) const SUBNETS: Keep = Keep::Without(
    "{Subnets: Subnets[].{SubnetId: SubnetId, VpcId: VpcId, OwnerId: OwnerId, State: State, CidrBlock: CidrBlock, \
     AvailabilityZone: AvailabilityZone, AvailabilityZoneId: AvailabilityZoneId, MapPublicIpOnLaunch: MapPublicIpOnLaunch, \
     AssignIpv6AddressOnCreation: AssignIpv6AddressOnCreation, EnableDns64: EnableDns64, Ipv6Native: Ipv6Native, \
     AvailableIpAddressCount: AvailableIpAddressCount, Ipv6CidrBlockAssociationSet: Ipv6CidrBlockAssociationSet[].{AssociationId: AssociationId, Ipv6CidrBlock: Ipv6CidrBlock, \
     Ipv6CidrBlockState: Ipv6CidrBlockState.{State: State}}, \
     BlockPublicAccessStates: BlockPublicAccessStates.{InternetGatewayBlockMode: InternetGatewayBlockMode}}}",
);

/// `iam get-role`: without the description. Its tags are what policies ask for.
pub(super) const ROLE: Keep = Keep::Without(
    "{Role: Role.{Path: Path, RoleName: RoleName, RoleId: RoleId, Arn: Arn, CreateDate: CreateDate, \
     AssumeRolePolicyDocument: AssumeRolePolicyDocument, MaxSessionDuration: MaxSessionDuration, \
     PermissionsBoundary: PermissionsBoundary.{PermissionsBoundaryType: PermissionsBoundaryType, \
     PermissionsBoundaryArn: PermissionsBoundaryArn}, Tags: Tags[].{Key: Key, Value: Value}}}",
);

/// `iam get-policy`: without the description and tags.
pub(super) const POLICY: Keep = Keep::Without(
    "{Policy: Policy.{PolicyName: PolicyName, PolicyId: PolicyId, Arn: Arn, Path: Path, DefaultVersionId: DefaultVersionId, \
     AttachmentCount: AttachmentCount, IsAttachable: IsAttachable, CreateDate: CreateDate, UpdateDate: UpdateDate}}",
);

/// `kms describe-key`: without the description.
pub(super) const KEY: Keep = Keep::Without(
    "{KeyMetadata: KeyMetadata.{AWSAccountId: AWSAccountId, KeyId: KeyId, Arn: Arn, CreationDate: CreationDate, Enabled: Enabled, \
     KeyUsage: KeyUsage, KeyState: KeyState, DeletionDate: DeletionDate, Origin: Origin, KeyManager: KeyManager, KeySpec: KeySpec, \
     MultiRegion: MultiRegion}}",
);
