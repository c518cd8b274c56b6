//! `iam.action-not-allowed`: nothing in the role's identity policies allows the call.

use super::draft::{self, cli, console, document, quoted};
use super::{elsewhere, misses};
use crate::authorization::denials::{self, Denial, Open};
use crate::authorization::{Judgement, Library, near};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::least;
use crate::model::{Change, Code, Finding, Fix, Status};
use policy::{Draft, LayerKind};
use snapshot::iam::role::{InlinePolicy, RoleRef, role_name};
use snapshot::ids::ArnText;
use snapshot::{Found, PolicyText, Snapshot, Text};

const CODE: Code = Code("iam.action-not-allowed");

pub(super) static RULE: Rule = Rule {
    code: CODE,
    page: Page {
        title: Text::fixed(
            "The role's policies do not allow a call that the start needs",
            "ロールのポリシーが、起動に必要な呼び出しを許可していません",
        ),
        what: Text::fixed(
            "No identity-based policy of the task execution role allows an action that Amazon ECS makes with it: fetching a secret or parameter, decrypting it with a customer managed key, signing in to Amazon ECR, pulling the image, creating a log stream, reading an environment file.",
            "タスク実行ロールのアイデンティティベースのポリシーに、Amazon ECS がこのロールで実行するアクション (シークレットやパラメータの取得、カスタマーマネージドキーによる復号、Amazon ECR へのサインイン、イメージのプル、ログストリームの作成、環境ファイルの読み取り) を許可するものがありません。",
        ),
        why: Text::fixed(
            "What no policy allows is denied (implicit deny). The service answers AccessDeniedException within seconds, often with the words \"because no identity-based policy allows\".",
            "どのポリシーも許可していない操作は拒否されます (暗黙的な拒否)。サービスは数秒以内に AccessDeniedException を返し、多くの場合 \"because no identity-based policy allows\" という文言が含まれます。",
        ),
        remedy: Text::fixed(
            "Add the missing statement to the task execution role, with the very resources that the task names.",
            "不足しているステートメントを、タスクが参照するリソースに限定してタスク実行ロールに追加します。",
        ),
        not_this: Text::fixed(
            "A statement that denies (iam.explicit-deny), a permissions boundary or a service control policy that does not allow, and the policy of the secret, repository, bucket or key are findings of their own. A timeout is never a matter of permissions.",
            "拒否するステートメント (iam.explicit-deny)、許可していないアクセス許可の境界やサービスコントロールポリシー (SCP)、シークレット、リポジトリ、バケット、KMS キーのポリシーは、それぞれ別の検出結果です。タイムアウトはアクセス許可の問題ではありません。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
        ],
        examples: &["iam/action_not_allowed/fault"],
    },
    judge,
};

fn layer(kind: LayerKind) -> bool {
    matches!(kind, LayerKind::Identity | LayerKind::Session)
}

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let library = Library::default();
    let lacks: Vec<_> = denials::denied(judged, layer)
        .into_iter()
        .filter(|denial| !denial.explicit)
        .collect();
    let open = denials::open(judged, layer);
    // Each lack of a role has a policy of its own name, or the remedy of one would replace that of another.
    let earlier = |index: usize, denial: &Denial<'_>| {
        let role = draft::principal(&denial.calls);
        lacks
            .iter()
            .take(index)
            .filter(|other| draft::principal(&other.calls) == role)
            .count()
    };
    lacks
        .iter()
        .enumerate()
        .map(|(index, denial)| proven(judged, &library, denial, earlier(index, denial)))
        .chain(open.iter().map(|open| unknown(judged, open)))
        .collect()
}

fn proven(judged: &Judged<'_>, library: &Library, denial: &Denial<'_>, earlier: usize) -> Finding {
    let mut finding = draft::of_denial(CODE, denial);
    let actions = draft::actions(&denial.calls);
    let resources = draft::resources(&denial.calls);
    let role = draft::role_text(&denial.calls);
    let purposes = draft::purposes(judged, &denial.calls);
    finding.title = Text::new(
        format!("No policy of {} allows {actions}", role.en),
        format!("{} のどのポリシーも {actions} を許可していません", role.ja),
    );
    let stops = if finding.status == Status::Fail {
        Text::fixed("so the task cannot start", "そのため、タスクを起動できません")
    } else {
        Text::fixed(
            "which does not stop the start, but fails later",
            "起動は止まりませんが、あとで失敗します",
        )
    };
    finding.summary = Text::new(
        format!("The permission for {} is missing from {}, {}.", purposes.en, role.en, stops.en),
        format!(
            "{}{}に必要な権限が{}{}にありません。{}。",
            purposes.ja,
            draft::gap(&purposes.ja),
            role.ja,
            draft::gap(&role.ja),
            stops.ja
        ),
    );
    let told = draft::told_text(denial);
    let read = Text::new(
        format!(
            "Amazon ECS calls {actions} on {resources} as {}. None of its identity-based policies allows that, so it is denied implicitly.",
            role.en
        ),
        format!(
            "Amazon ECS は {} として、{resources} に対して {actions} を呼び出します。アイデンティティベースのポリシーのいずれもこれを許可していないため、暗黙的に拒否されます。",
            role.ja
        ),
    );
    let nears = denial
        .calls
        .iter()
        .flat_map(|made| misses::sentences(made.judgement.call.action, &near::of(judged.case, library, made.judgement)));
    let nears = denials::dedup(nears.collect::<Vec<Text>>());
    let simulated = denial.calls.iter().find_map(|made| misses::simulated(judged.case, made.judgement));
    let mut parts = vec![&read, &told];
    // What comes nearest is said at once: it is what has to be mended.
    let (nearest, others) = nears.split_at_checked(1).unwrap_or((&nears, &[]));
    let summary = finding.summary.clone();
    finding.summary = draft::join(&std::iter::once(&summary).chain(nearest).collect::<Vec<_>>());
    parts.extend(others.iter().take(3));
    parts.extend(simulated.as_ref());
    finding.explanation = draft::join(&parts);
    finding.fixes = elsewhere::fixes(judged, library, denial);
    finding.fixes.extend(fixes(judged, denial, earlier));
    finding
}

fn unknown(judged: &Judged<'_>, open: &Open<'_>) -> Finding {
    let mut finding = draft::of_open(CODE, open);
    let actions = draft::actions(&open.calls);
    let role = draft::role_text(&open.calls);
    finding.title = Text::new(
        format!("Whether {} may call {actions} is not known yet", role.en),
        format!("{} が {actions} を呼び出せるかどうかは未確認です", role.ja),
    );
    finding.summary = Text::new(
        format!("The policies of {} were pasted only in part.", role.en),
        format!("{} のポリシーが一部しか貼り付けられていません。", role.ja),
    );
    let open_text = Text::new(
        format!(
            "What was pasted neither allows nor denies {actions} on {} for certain; a policy that is missing may do either.",
            draft::resources(&open.calls)
        ),
        format!(
            "貼り付けられた内容からは、{} に対する {actions} が許可されるかどうかを確定できません。不足しているポリシーによって結果が変わります。",
            draft::resources(&open.calls)
        ),
    );
    let simulated = open.calls.iter().find_map(|made| misses::simulated(judged.case, made.judgement));
    let parts: Vec<&Text> = std::iter::once(&open_text).chain(&simulated).collect();
    finding.explanation = draft::join(&parts);
    finding
}

fn fixes(judged: &Judged<'_>, denial: &Denial<'_>, earlier: usize) -> Vec<Fix> {
    let Some(role) = draft::principal(&denial.calls) else {
        return Vec::new();
    };
    let calls: Vec<&Judgement> = denial.calls.iter().map(|made| made.judgement).collect();
    let policy = Draft {
        statements: least::of_calls(&calls),
    };
    if policy.statements.is_empty() {
        return Vec::new();
    }
    let name = free_name(judged.case.snapshot, &role, earlier);
    let role_short = role_name(role.as_str()).to_owned();
    let impact = Text::new(
        format!(
            "Adds an inline policy to {role_short}; every task that uses the role gets these permissions. Nothing restarts; the next start of the task uses it."
        ),
        format!(
            "{role_short} にインラインポリシーを追加します。このロールを使用するすべてのタスクに権限が付与されます。再起動は発生せず、次回のタスク起動から有効です。"
        ),
    );
    let change = change(judged, denial, &role, &name, &policy);
    let command = format!(
        "aws iam put-role-policy --role-name {role_short} --policy-name {name} --policy-document {}",
        quoted(&policy.to_line())
    );
    vec![
        cli(command, impact.clone(), change.clone()),
        console(
            Text::new(
                format!(
                    "IAM console > Roles > {role_short} > Add permissions > Create inline policy > JSON: paste the policy below, name it {name}."
                ),
                format!(
                    "IAM コンソール > ロール > {role_short} > 許可を追加 > インラインポリシーを作成 > JSON に下のポリシーを貼り付け、{name} という名前を付けます。"
                ),
            ),
            impact.clone(),
            change.clone(),
        ),
        document(policy.to_json(), impact, change),
    ]
}

/// A name that no inline policy of the role has, past so many that other remedies take: `put-role-policy` replaces one of the same name.
fn free_name(snapshot: &Snapshot, role: &ArnText, past: usize) -> String {
    let taken: Vec<String> = snapshot
        .iam
        .role_policies(role)
        .inline
        .into_iter()
        .map(|entry| entry.name)
        .collect();
    let base = "ecs-task-start".to_owned();
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone())
        .chain(numbered.take(100))
        .filter(|name| !taken.contains(name))
        .nth(past)
        .unwrap_or(base)
}

fn change(judged: &Judged<'_>, denial: &Denial<'_>, role: &ArnText, name: &str, policy: &Draft) -> Option<Change> {
    let at = denial.evidence().into_iter().next()?;
    judged.case.snapshot.iam.roles.get(role)?;
    let (role, name, text) = (role.clone(), name.to_owned(), policy.to_json());
    Some(Change::new(move |snapshot| {
        for list in &mut snapshot.iam.inline_names {
            if list.role.known().is_some_and(|named| named.is(&role)) {
                list.names.push(Found {
                    value: name.clone(),
                    at: at.clone(),
                    collected: list.collected,
                });
            }
        }
        snapshot.iam.inline.push(InlinePolicy {
            role: RoleRef(role.0.clone()),
            name: name.clone(),
            document: PolicyText {
                text: text.clone(),
                at: at.clone(),
                embedded: true,
            },
            collected: None,
        });
    }))
}
