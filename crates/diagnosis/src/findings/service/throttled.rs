//! `service.throttled`: aWS service throttled the call.

use crate::existence::{redefine, stated, tell};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use crate::model::{DestinationKey, Fix, FixKind, Status};
use crate::ranking::destination_of;
use crate::symptom::{Cause, Service};
use snapshot::Text;

/// The rule of `service.throttled`.
pub(crate) static RULE: Rule = Rule {
    code: Code("service.throttled"),
    page: Page {
        title: Text::fixed("AWS service throttled the call", "AWS のサービスが呼び出しをスロットリングした"),
        what: Text::fixed(
            "An AWS service refused a call of the task's start since too many were made in the account and Region at that time.",
            "その時点でアカウントとリージョンの呼び出しが多すぎたため、AWS のサービスがタスクの起動に必要な呼び出しを拒否しました。",
        ),
        why: Text::fixed(
            "Error: `ThrottlingException: Rate exceeded` after several tries. Many tasks started at once, each with many secrets or parameters, are the usual reason.",
            "数回の再試行の後、`ThrottlingException: Rate exceeded` になります。多くのタスクを一度に起動し、それぞれが多くのシークレットやパラメータを参照する場合によく起こります。",
        ),
        remedy: Text::fixed(
            "Start fewer tasks at once, reference fewer parameters, or raise the service's quota; ECS starts a service's tasks again by itself.",
            "一度に起動するタスクを減らすか、参照するパラメータを減らすか、サービスのクォータを引き上げます。サービスのタスクは ECS が自動的に再起動します。",
        ),
        not_this: Text::fixed(
            "A registry's own pull limit is image.rate-limited.",
            "レジストリ独自のプル制限は image.rate-limited です。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-throughput.html",
            "https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html",
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html",
        ],
        examples: &["service/throttled/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let Some((symptom, at)) = stated(judged.case) else {
        return Vec::new();
    };
    let Some(service) = symptom.service.filter(|service| !matches!(service, Service::Registry)) else {
        return Vec::new();
    };
    if !matches!(symptom.cause, Cause::Throttled | Cause::RateLimited) {
        return Vec::new();
    }
    let mut finding = Finding::new(RULE.code, Status::Fail);
    finding.subject = vec![service.as_str().to_owned()];
    finding.affects = destination_of(service).into_iter().collect();
    if service == Service::Kms {
        finding.denied = vec![("kms:Decrypt".to_owned(), "*".to_owned())];
        finding.affects = vec![DestinationKey::SecretsManager, DestinationKey::Ssm];
    }
    finding.evidence = vec![at.clone()];
    let region = redefine::region(judged.case);
    let command = match service {
        Service::Ssm => {
            format!("aws ssm update-service-setting --setting-id /ssm/parameter-store/high-throughput-enabled --setting-value true{region}")
        }
        _ => format!(
            "aws service-quotas list-service-quotas --service-code {}{region}",
            quota_code(service)
        ),
    };
    let impact = if service == Service::Ssm {
        Text::fixed(
            "Calls to Parameter Store beyond the standard rate are billed.",
            "標準のレートを超えるパラメータストアの呼び出しは課金されます。",
        )
    } else {
        Text::fixed(
            "Shows the quota; a raised quota costs nothing by itself.",
            "クォータを表示します。クォータの引き上げ自体に料金はかかりません。",
        )
    };
    finding.fixes = vec![
        Fix {
            kind: FixKind::AwsCli,
            text: Text::new(command.clone(), command),
            impact: impact.clone(),
            verified: false,
            change: None,
        },
        Fix {
            kind: FixKind::Console,
            text: Text::new(
                format!(
                    "Service Quotas > AWS services > {}: see the request rates, and ask for more where they can be raised.",
                    quota_code(service)
                ),
                format!(
                    "Service Quotas >「AWS のサービス」> {} でリクエストレートを確認し、引き上げ可能なものは引き上げをリクエストします。",
                    quota_code(service)
                ),
            ),
            impact,
            verified: false,
            change: None,
        },
    ];
    vec![tell::worded(
        finding,
        Text::new(
            format!("{service} refused the call: too many requests"),
            format!("{service} がリクエスト過多を理由に呼び出しを拒否しました"),
        ),
        Text::fixed(
            "An AWS service was asked too often at that time and refused; the task may start at another time.",
            "その時点で AWS のサービスへの呼び出しが多すぎたため拒否されました。時間を置くと起動できる可能性があります。",
        ),
        Text::new(
            format!(
                "{service} answered with throttling: the account's rate of requests in this Region was over its limit when the task was started."
            ),
            format!(
                "{service} はスロットリングを返しました。タスクの起動時に、このリージョンでのアカウントのリクエストレートが上限を超えていました。"
            ),
        ),
    )]
}

/// The service's code in Service Quotas.
fn quota_code(service: Service) -> &'static str {
    match service {
        Service::EcrApi | Service::EcrDkr => "ecr",
        Service::S3 => "s3",
        Service::SecretsManager => "secretsmanager",
        Service::Ssm => "ssm",
        Service::Kms => "kms",
        Service::Logs => "logs",
        Service::Sts => "sts",
        Service::Efs => "elasticfilesystem",
        Service::Ecs | Service::Registry => "ecs",
    }
}
