//! The fixed words around a report's own sentences, in both languages.
//!
//! AWS's own error texts are quoted as they are and never translated.

pub mod vocabulary;

use crate::lang::Lang;
use crate::model::Service;

/// One word or phrase for each place of the layout; a phrase forgotten in one language does not compile.
#[derive(Debug)]
pub struct Words {
    /// What failed, as a label.
    pub what_failed: &'static str,
    /// Whose side the fault is on, as a label.
    pub whose_side: &'static str,
    /// The pasted error text, as a label.
    pub error_text: &'static str,
    /// The facts about the task, as a heading.
    pub task: &'static str,
    /// The names of the task's members, in the contract's order.
    pub task_members: [&'static str; 14],
    /// A value that is known to be absent.
    pub absent: &'static str,
    /// The finding's code, as a label.
    pub code: &'static str,
    /// What a finding is about, as a label.
    pub subject: &'static str,
    /// The destinations a finding touches, as a label.
    pub affects: &'static str,
    /// What a verdict takes for granted, as a label.
    pub assumes: &'static str,
    /// The proof, as a label.
    pub evidence: &'static str,
    /// The remedies, as a label.
    pub what_to_do: &'static str,
    /// A remedy that was tried on the typed state.
    pub verified: &'static str,
    /// A remedy that was not tried.
    pub not_verified: &'static str,
    /// What a remedy changes besides, as a label.
    pub impact: &'static str,
    /// When a remedy's CloudFormation or Terraform form applies.
    pub template_hint: &'static str,
    /// The command that takes a remedy back, as a label.
    pub undo: &'static str,
    /// What that command does.
    pub undo_hint: &'static str,
    /// The ids of requests that settle an unknown, as a label.
    pub settled_by: &'static str,
    /// What to collect or answer, as a heading.
    pub to_settle: &'static str,
    /// What a request would decide, as a label.
    pub decides: &'static str,
    /// The answers to choose from, as a label.
    pub choices: &'static str,
    /// The destinations, as a heading.
    pub destinations: &'static str,
    /// The columns of the destinations' table.
    pub destination_columns: [&'static str; 6],
    /// A destination that nothing is sent to.
    pub no_network: &'static str,
    /// A destination whose way does not begin in a VPC.
    pub not_walked: &'static str,
    /// The way to a destination, as a label.
    pub path: &'static str,
    /// The packet that does not get through, as a label.
    pub witness: &'static str,
    /// The subnets of a service, as a label.
    pub subnets: &'static str,
    /// Who calls, as a label.
    pub principal: &'static str,
    /// The layers of policy evaluation, as a label.
    pub layers: &'static str,
    /// The calls, as a label.
    pub permissions: &'static str,
    /// A call whose denial does not stop the start.
    pub does_not_block: &'static str,
    /// The layer that decides, as a label.
    pub decided_by: &'static str,
    /// The documents read, as a heading.
    pub documents: &'static str,
    /// The columns of the documents' table.
    pub document_columns: [&'static str; 4],
    /// A document that was not recognised.
    pub not_recognised: &'static str,
    /// Other stopped tasks, as a heading.
    pub other_tasks: &'static str,
    /// Tasks that carry no error text.
    pub no_error_text: &'static str,
    /// The day to which the built-in facts are true, as a label.
    pub facts: &'static str,
    /// The commit that the tool was built from, as a label.
    pub build: &'static str,
    /// Between a label and its value.
    pub colon: &'static str,
    /// Between the items of an enumeration.
    pub comma: &'static str,
}

impl Words {
    /// The words of a language.
    pub const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &EN,
            Lang::Ja => &JA,
        }
    }

    /// Why a destination has no way: nothing is sent to AWS STS, and the rest is called from outside a VPC.
    #[must_use]
    pub fn no_way(&self, service: &Service) -> &'static str {
        if *service == Service::Sts {
            self.no_network
        } else {
            self.not_walked
        }
    }
}

const EN: Words = Words {
    what_failed: "What failed",
    whose_side: "Whose side",
    error_text: "Error text",
    task: "Task",
    task_members: [
        "ARN",
        "Account",
        "Region",
        "Partition",
        "Launch type",
        "Platform version",
        "Subnet",
        "Network interface",
        "Private IP",
        "Public IP",
        "Security groups",
        "VPC",
        "Task execution role",
        "Task definition",
    ],
    absent: "none",
    code: "Code",
    subject: "About",
    affects: "Affects",
    assumes: "Takes for granted",
    evidence: "Evidence",
    what_to_do: "What to do",
    verified: "verified: tried on the pasted state, it clears the finding and adds no failure",
    not_verified: "not verified",
    impact: "Impact",
    template_hint: "For what is made outside of a stack or a configuration. Where the resource itself is managed there, add the same to it instead: two places that manage one thing undo each other.",
    undo: "How to take it back",
    undo_hint: "Undoes exactly this command. This changes something, too.",
    settled_by: "Settled by",
    to_settle: "What would settle it",
    decides: "Decides",
    choices: "Answers",
    destinations: "Destinations",
    destination_columns: ["Service", "Host", "Needed for", "Network", "Permissions", "References"],
    no_network: "not called by the task",
    not_walked: "not judged: the way does not begin in a VPC",
    path: "Path",
    witness: "The packet that does not get through",
    subnets: "From the service's subnets",
    principal: "Called by",
    layers: "Policies",
    permissions: "Permissions",
    does_not_block: "a denial does not stop the start",
    decided_by: "Decided by",
    documents: "Documents read",
    document_columns: ["Document", "Recognised as", "Resources", "Problems"],
    not_recognised: "not recognised",
    other_tasks: "Other stopped tasks",
    no_error_text: "no error text",
    facts: "AWS facts as of",
    build: "build",
    colon: ": ",
    comma: ", ",
};

const JA: Words = Words {
    what_failed: "失敗した処理",
    whose_side: "原因の所在",
    error_text: "エラー文",
    task: "タスク",
    task_members: [
        "ARN",
        "アカウント",
        "リージョン",
        "パーティション",
        "起動タイプ",
        "プラットフォームバージョン",
        "サブネット",
        "ネットワークインターフェイス",
        "プライベート IP",
        "パブリック IP",
        "セキュリティグループ",
        "VPC",
        "タスク実行ロール",
        "タスク定義",
    ],
    absent: "なし",
    code: "コード",
    subject: "対象",
    affects: "影響する接続先",
    assumes: "前提",
    evidence: "根拠",
    what_to_do: "対処方法",
    verified: "検証済み: 貼り付けられた状態に適用すると、この問題は解消し、新たな失敗は生じません",
    not_verified: "未検証",
    impact: "影響",
    template_hint: "スタックや構成の外で作成されたリソース用です。リソース自体がそこで管理されている場合は、同じ内容をその定義に追加してください。1 つの設定を 2 か所で管理すると、互いに打ち消し合います。",
    undo: "元に戻す方法",
    undo_hint: "このコマンドだけを取り消します。これも設定の変更です。",
    settled_by: "確認方法",
    to_settle: "確認に必要なもの",
    decides: "判断できる項目",
    choices: "回答の選択肢",
    destinations: "接続先",
    destination_columns: ["サービス", "ホスト", "用途", "ネットワーク", "アクセス許可", "参照"],
    no_network: "タスクからの通信なし",
    not_walked: "判定の対象外 (経路が VPC から始まらないため)",
    path: "経路",
    witness: "届かないパケット",
    subnets: "サービスのサブネットごとの結果",
    principal: "呼び出し元",
    layers: "ポリシーごとの結果",
    permissions: "アクセス許可",
    does_not_block: "拒否されても起動は妨げられません",
    decided_by: "決め手",
    documents: "読み取った文書",
    document_columns: ["文書", "種類", "リソース数", "問題"],
    not_recognised: "判別できません",
    other_tasks: "停止したほかのタスク",
    no_error_text: "エラー文なし",
    facts: "AWS の仕様の時点",
    build: "ビルド",
    colon: ": ",
    comma: "、",
};
