//! The `--query` texts that rebuild a document under its own member names, without the members in which values of secrets may stand:
//! what environment variables hold, commands and their arguments, labels, and the options of log drivers other than `awslogs`, some of
//! which take tokens (`splunk-token`). Members are those of the Amazon ECS API reference.

use super::step::Keep;

/// `ecs describe-tasks`.
pub(super) const TASKS: Keep = Keep::Without(
    "{failures: failures, tasks: tasks[].{taskArn: taskArn, clusterArn: clusterArn, taskDefinitionArn: taskDefinitionArn, \
     containerInstanceArn: containerInstanceArn, launchType: launchType, capacityProviderName: capacityProviderName, \
     platformVersion: platformVersion, platformFamily: platformFamily, lastStatus: lastStatus, desiredStatus: desiredStatus, \
     stopCode: stopCode, stoppedReason: stoppedReason, group: group, startedBy: startedBy, availabilityZone: availabilityZone, \
     connectivity: connectivity, connectivityAt: connectivityAt, attachments: attachments, attributes: attributes, containers: containers, \
     cpu: cpu, memory: memory, ephemeralStorage: ephemeralStorage, createdAt: createdAt, pullStartedAt: pullStartedAt, \
     pullStoppedAt: pullStoppedAt, startedAt: startedAt, stoppingAt: stoppingAt, executionStoppedAt: executionStoppedAt, \
     stoppedAt: stoppedAt, version: version, healthStatus: healthStatus, enableExecuteCommand: enableExecuteCommand, \
     overrides: overrides.{executionRoleArn: executionRoleArn, taskRoleArn: taskRoleArn, cpu: cpu, memory: memory, \
     ephemeralStorage: ephemeralStorage, containerOverrides: containerOverrides[].{name: name, cpu: cpu, memory: memory, \
     environmentFiles: environmentFiles, environment: environment[].{name: name}}}}}",
);

/// `ecs describe-task-definition`.
pub(super) const DEFINITION: Keep = Keep::Without(
    "{taskDefinition: taskDefinition.{taskDefinitionArn: taskDefinitionArn, family: family, revision: revision, status: status, \
     executionRoleArn: executionRoleArn, taskRoleArn: taskRoleArn, networkMode: networkMode, \
     requiresCompatibilities: requiresCompatibilities, compatibilities: compatibilities, runtimePlatform: runtimePlatform, volumes: volumes, \
     requiresAttributes: requiresAttributes, cpu: cpu, memory: memory, ephemeralStorage: ephemeralStorage, \
     placementConstraints: placementConstraints, pidMode: pidMode, ipcMode: ipcMode, enableFaultInjection: enableFaultInjection, \
     proxyConfiguration: proxyConfiguration.{type: type, containerName: containerName}, registeredAt: registeredAt, \
     registeredBy: registeredBy, deregisteredAt: deregisteredAt, \
     containerDefinitions: containerDefinitions[].{name: name, image: image, essential: essential, cpu: cpu, memory: memory, \
     memoryReservation: memoryReservation, portMappings: portMappings, secrets: secrets, repositoryCredentials: repositoryCredentials, \
     environmentFiles: environmentFiles, environment: environment[].{name: name}, credentialSpecs: credentialSpecs, \
     mountPoints: mountPoints, volumesFrom: volumesFrom, dependsOn: dependsOn, startTimeout: startTimeout, stopTimeout: stopTimeout, \
     versionConsistency: versionConsistency, user: user, disableNetworking: disableNetworking, privileged: privileged, \
     dnsServers: dnsServers, dnsSearchDomains: dnsSearchDomains, resourceRequirements: resourceRequirements, \
     logConfiguration: logConfiguration.{logDriver: logDriver, secretOptions: secretOptions, \
     options: (logDriver=='awslogs' && options) || options.{mode: mode}}, \
     firelensConfiguration: firelensConfiguration.{type: type, options: options.{\"config-file-type\": \"config-file-type\", \
     \"config-file-value\": \"config-file-value\", \"enable-ecs-log-metadata\": \"enable-ecs-log-metadata\"}}}}}",
);

/// `ecs describe-services`: the logging of Service Connect may take tokens as well.
pub(super) const SERVICES: Keep = Keep::Without(
    "{failures: failures, services: services[].{serviceArn: serviceArn, serviceName: serviceName, clusterArn: clusterArn, status: status, \
     launchType: launchType, capacityProviderStrategy: capacityProviderStrategy, platformVersion: platformVersion, \
     platformFamily: platformFamily, taskDefinition: taskDefinition, networkConfiguration: networkConfiguration, events: events, \
     schedulingStrategy: schedulingStrategy, deploymentController: deploymentController, deploymentConfiguration: deploymentConfiguration, \
     currentServiceDeployment: currentServiceDeployment, currentServiceRevisions: currentServiceRevisions, desiredCount: desiredCount, \
     runningCount: runningCount, pendingCount: pendingCount, createdAt: createdAt, roleArn: roleArn, loadBalancers: loadBalancers, \
     serviceRegistries: serviceRegistries, propagateTags: propagateTags, enableExecuteCommand: enableExecuteCommand, \
     availabilityZoneRebalancing: availabilityZoneRebalancing, taskSets: taskSets, \
     deployments: deployments[].{id: id, status: status, taskDefinition: taskDefinition, networkConfiguration: networkConfiguration, \
     launchType: launchType, capacityProviderStrategy: capacityProviderStrategy, platformVersion: platformVersion, \
     platformFamily: platformFamily, desiredCount: desiredCount, pendingCount: pendingCount, runningCount: runningCount, \
     failedTasks: failedTasks, rolloutState: rolloutState, rolloutStateReason: rolloutStateReason, createdAt: createdAt, \
     updatedAt: updatedAt}}}",
);

/// `s3api head-object`: without the metadata that its owner made up.
pub(super) const OBJECT: Keep = Keep::Without(
    "{ContentLength: ContentLength, LastModified: LastModified, ETag: ETag, ServerSideEncryption: ServerSideEncryption, \
     SSEKMSKeyId: SSEKMSKeyId, BucketKeyEnabled: BucketKeyEnabled, StorageClass: StorageClass, ArchiveStatus: ArchiveStatus}",
);
