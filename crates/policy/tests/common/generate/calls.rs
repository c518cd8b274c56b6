//! Who calls, for what: the requests that policies are drawn for.

use super::Random;

pub(crate) const OWN: &str = "111122223333";
pub(crate) const OTHER: &str = "444455556666";
pub(super) const ROLE: &str = "ecsTaskExecutionRole";
pub(super) const SESSION: &str = "0123456789abcdef";

/// One request without its context.
pub(super) struct Call {
    pub(super) caller: Caller,
    pub(super) action: &'static str,
    /// The resource's ARN, `*` where the action has no resource type.
    pub(super) arn: String,
    /// The account that holds the resource.
    pub(super) account: &'static str,
}

/// Who calls.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Caller {
    Session,
    User,
    Root,
    Service,
}

impl Caller {
    /// The caller as the case names it.
    pub(super) fn arn(self) -> String {
        match self {
            Caller::Session => format!("arn:aws:sts::{OWN}:assumed-role/{ROLE}/{SESSION}"),
            Caller::User => format!("arn:aws:iam::{OWN}:user/dev/mary"),
            Caller::Root => format!("arn:aws:iam::{OWN}:root"),
            Caller::Service => "ecs-tasks.amazonaws.com".to_owned(),
        }
    }

    /// Whether identity policies, boundaries and the organisation's policies exist for it.
    pub(super) fn has_policies(self) -> bool {
        matches!(self, Caller::Session | Caller::User)
    }
}

impl Call {
    pub(super) fn service(&self) -> &str {
        self.action.split(':').next().unwrap_or("")
    }

    /// Whether a policy can stand on the resource itself.
    pub(super) fn has_resource_policy(&self) -> bool {
        self.arn != "*" && !matches!(self.service(), "ssm" | "iam")
    }

    pub(super) fn draw(random: &mut Random) -> Call {
        let account = if random.chance(75) { OWN } else { OTHER };
        let region = "eu-west-1";
        let caller = match random.below(20) {
            0 | 1 => Caller::User,
            2 => Caller::Root,
            _ => Caller::Session,
        };
        let at = |service: &str, resource: &str| format!("arn:aws:{service}:{region}:{account}:{resource}");
        let without_type = |action| Call {
            caller,
            action,
            arn: "*".into(),
            account: OWN,
        };
        let key = "key/1234abcd-12ab-34cd-56ef-1234567890ab";
        let (action, arn) = match random.below(20) {
            0..=2 => ("secretsmanager:GetSecretValue", at("secretsmanager", "secret:prod/db-AbCdEf")),
            3 | 4 => ("ssm:GetParameters", at("ssm", "parameter/prod/db")),
            5 => ("ecr:BatchGetImage", at("ecr", "repository/team/app")),
            6 => ("ecr:BatchImportUpstreamImage", at("ecr", "repository/prod/team/app")),
            7 => return without_type("ecr:GetAuthorizationToken"),
            8 => return without_type("ssmmessages:OpenDataChannel"),
            9 => ("kms:Decrypt", at("kms", key)),
            10 => ("kms:GenerateDataKey", at("kms", key)),
            11 | 12 => ("s3:GetObject", "arn:aws:s3:::config-bucket/env/app.env".to_owned()),
            13 => ("s3:ListBucket", "arn:aws:s3:::config-bucket".to_owned()),
            14 => ("logs:CreateLogGroup", at("logs", "log-group:/ecs/app")),
            15 => ("sqs:SendMessage", at("sqs", "team-queue")),
            16 => ("iam:PassRole", format!("arn:aws:iam::{account}:role/team/target")),
            17 | 18 => {
                let caller = if random.chance(60) { Caller::Service } else { caller };
                let arn = format!("arn:aws:iam::{account}:role/team/target");
                return Call {
                    caller,
                    action: "sts:AssumeRole",
                    arn,
                    account,
                };
            }
            _ => ("logs:PutLogEvents", at("logs", "log-group:/ecs/app:log-stream:ecs/app/0123")),
        };
        Call {
            caller,
            action,
            arn,
            account,
        }
    }
}
