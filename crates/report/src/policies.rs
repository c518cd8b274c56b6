//! The least policies that a task needs, as `pulldoctor policy` prints them.

use crate::assemble::chosen;
use crate::{Lang, Options};
use evidence::Input;

/// One policy document with what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What it is for, in the asked language.
    pub heading: String,
    /// The document, as JSON.
    pub document: String,
}

/// The policies of the task of these inputs; `None` where its task definition was not pasted.
#[must_use]
pub fn policies(inputs: &[Input<'_>], options: &Options) -> Option<Vec<Policy>> {
    let snapshot = snapshot::Snapshot::load(&evidence::read(inputs));
    Some(write_policies(
        &diagnosis::least_policies(&snapshot, &chosen(options))?,
        options.lang,
    ))
}

/// The same for policies that were worked out already.
#[must_use]
pub fn write_policies(least: &diagnosis::least::Least, lang: Lang) -> Vec<Policy> {
    let mut written = vec![
        Policy {
            heading: lang
                .pick("Permissions of the task execution role", "タスク実行ロールのアクセス許可")
                .to_owned(),
            document: least.execution_role.to_json(),
        },
        Policy {
            heading: lang
                .pick("Trust policy of the task execution role", "タスク実行ロールの信頼ポリシー")
                .to_owned(),
            document: least.trust.to_json(),
        },
    ];
    if !least.instance_role.statements.is_empty() {
        written.push(Policy {
            heading: lang
                .pick(
                    "Permissions of the container instance role, with which the log driver signs unless the agent sets ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE (then they belong to the task execution role)",
                    "コンテナインスタンスロールのアクセス許可。エージェントで ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE を設定していない場合、ログドライバーはこのロールで署名します (設定している場合はタスク実行ロールに付与します)",
                )
                .to_owned(),
            document: least.instance_role.to_json(),
        });
    }
    written.extend(least.endpoints.iter().map(|(endpoint, draft)| Policy {
        heading: lang.pick(
            format!("Policy of VPC endpoint {endpoint}"),
            format!("VPC エンドポイント {endpoint} のエンドポイントポリシー"),
        ),
        document: draft.to_json(),
    }));
    written
}
