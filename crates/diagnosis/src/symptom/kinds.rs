//! The closed vocabularies of a symptom: where the start stopped, which service is named, what kind of error it was.

use std::fmt;

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// The word that stands for it in the report.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// The step of a task's start that failed, in the order in which Amazon ECS takes them.
    Stage {
        /// Amazon ECS could not assume a role of the task.
        RoleAssumption = "role_assumption",
        /// The task's network interface could not be made or attached.
        NetworkSetup = "network_setup",
        /// "unable to pull secrets or registry auth": the text does not say which of the two.
        SecretsOrRegistryAuth = "secrets_or_registry_auth",
        /// The token or the credentials for the image's registry could not be had.
        RegistryAuth = "registry_auth",
        /// A secret or a parameter of a container could not be had.
        SecretFetch = "secret_fetch",
        /// An environment file could not be downloaded.
        EnvFile = "env_file",
        /// An image could not be pulled.
        ImagePull = "image_pull",
        /// A container's log driver could not be set up.
        LogDriver = "log_driver",
        /// A volume could not be mounted, or the task's storage not be provisioned.
        Volume = "volume",
        /// None of these, or the text does not say.
        Other = "other",
    }
}

words! {
    /// The service that an error text names.
    Service {
        /// Amazon ECR's API (`api.ecr`): registry tokens.
        EcrApi = "ecr.api",
        /// An Amazon ECR private registry (`dkr.ecr`).
        EcrDkr = "ecr.dkr",
        /// Amazon S3: image layers of Amazon ECR, environment files.
        S3 = "s3",
        /// AWS Secrets Manager.
        SecretsManager = "secretsmanager",
        /// Systems Manager Parameter Store.
        Ssm = "ssm",
        /// AWS KMS, mostly behind one of the two above.
        Kms = "kms",
        /// Amazon CloudWatch Logs.
        Logs = "logs",
        /// AWS STS: the assumption of a role.
        Sts = "sts",
        /// Amazon EFS.
        Efs = "efs",
        /// Amazon ECS itself: its control plane, as an agent calls it.
        Ecs = "ecs",
        /// Any registry other than Amazon ECR private.
        Registry = "registry",
    }
}

words! {
    /// The kind of error that the innermost part of a text states.
    Cause {
        /// A packet or an answer did not come in time.
        Timeout = "timeout",
        /// A name was not resolved, or the resolver did not answer.
        Dns = "dns",
        /// The connection was refused.
        Refused = "refused",
        /// The certificate or the handshake was not acceptable.
        Tls = "tls",
        /// The caller was known, or unknown, and not permitted.
        AccessDenied = "access_denied",
        /// What was asked for is not there.
        NotFound = "not_found",
        /// A secret's JSON lacks the key.
        JsonKey = "json_key",
        /// A secret is not the JSON that was expected.
        NotJson = "not_json",
        /// The helping process was killed before it was done.
        Killed = "killed",
        /// The service, or a registry, refused because of the rate of requests.
        Throttled = "throttled",
        /// A reference is not one that could be asked for.
        BadReference = "bad_reference",
        /// The image has nothing for this operating system or processor.
        PlatformMismatch = "platform_mismatch",
        /// A registry refused because of its pull limit. The grammar itself says [`Cause::Throttled`] for both, since the
        /// texts do not keep them apart ("toomanyrequests"); kept for those who read reports.
        RateLimited = "rate_limited",
        /// The disk is full.
        DiskFull = "disk_full",
        /// The text does not say, contradicts itself, or was cut before it said so.
        Unknown = "unknown",
    }
}
