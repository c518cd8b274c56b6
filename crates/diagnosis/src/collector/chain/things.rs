//! Roles with their policies, and what a task definition names: secrets, parameters, log groups, files, images, keys.

use crate::collector::members::{KEY, OBJECT, PARAMETERS, POLICY, ROLE, SECRET};
use crate::collector::step::{Step, call, each};
use evidence::Operation as Op;

pub(super) fn roles() -> Vec<Step> {
    let role = vec![
        call(Op::IamGetRole)
            .opt("role-name", "{role}")
            .keep(ROLE)
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
            .keep(POLICY)
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
pub(super) fn references() -> Vec<Step> {
    let secret = vec![
        call(Op::SecretsmanagerDescribeSecret)
            .opt("secret-id", "{secret}")
            .at("{place}")
            .keep(SECRET)
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
        .keep(PARAMETERS)
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

pub(super) fn images() -> Vec<Step> {
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
                call(Op::EcrGetAccountSetting)
                    .opt("name", "REGISTRY_POLICY_SCOPE")
                    .at("{place}")
                    .into(),
            ],
        ),
    ]
}

/// Keys last: secrets, parameters, repositories, log groups and files have named them by now.
pub(super) fn keys() -> Vec<Step> {
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
                    .keep(KEY)
                    .learn("[KeyMetadata.['arn', Arn]]")
                    .into(),
                each("arn", &["arn"], details),
            ],
        ),
    ]
}
