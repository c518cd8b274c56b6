//! Questions that no describe output answers.

use crate::existence::PULLABLE;
use snapshot::{Question, QuestionKind, Text};

/// The question and the answers to choose from; none: free text.
pub(super) fn of(question: &Question) -> (Text, Vec<String>) {
    let subject = &question.subject;
    let yes_no = || vec!["yes".to_owned(), "no".to_owned()];
    match question.kind {
        QuestionKind::ListingUnfiltered => (
            Text::new(
                format!("Was {subject} run without filters, in the task's Region and with its account's credentials?"),
                format!("{subject} は、タスクのリージョンとアカウントの認証情報で、フィルターなしで実行されましたか?"),
            ),
            yes_no(),
        ),
        QuestionKind::SecurityGroups => (
            Text::new(
                format!(
                    "Which security groups did run-task (or the service) name for task {subject}? Give their ids, separated by commas."
                ),
                format!(
                    "タスク {subject} の run-task (またはサービス) に指定されたセキュリティグループの ID を、カンマ区切りで入力してください。"
                ),
            ),
            Vec::new(),
        ),
        QuestionKind::Subnet => (
            Text::new(
                format!("Which subnet did task {subject} get? Give its id."),
                format!("タスク {subject} が配置されたサブネットの ID を入力してください。"),
            ),
            Vec::new(),
        ),
        QuestionKind::PublicIp => (
            Text::new(
                format!("Was assignPublicIp ENABLED when task {subject} was started?"),
                format!("タスク {subject} の起動時に、assignPublicIp は ENABLED でしたか?"),
            ),
            yes_no(),
        ),
        QuestionKind::DocumentRole => whose(subject, "role", "ロール"),
        QuestionKind::DocumentPolicy => whose(subject, "policy", "ポリシー"),
        QuestionKind::DocumentKey => whose(subject, "KMS key", "KMS キー"),
        QuestionKind::DocumentPrefixList => whose(subject, "prefix list", "プレフィックスリスト"),
        QuestionKind::DocumentBucket => whose(subject, "bucket", "バケット"),
        QuestionKind::SecretJsonKeys => (
            Text::new(
                format!("Which keys does the JSON of secret {subject} have? Give only the names, separated by commas, never the values."),
                format!(
                    "シークレット {subject} の JSON にあるキーの名前だけを、カンマ区切りで入力してください (値は入力しないでください)。"
                ),
            ),
            Vec::new(),
        ),
        QuestionKind::ImagePullable => (
            Text::new(
                format!("Does image {subject} exist in its registry, and can it be pulled as the task does (`docker manifest inspect`)?"),
                format!(
                    "イメージ {subject} はレジストリに存在し、タスクと同じ条件でプルできますか (`docker manifest inspect` で確認できます)?"
                ),
            ),
            PULLABLE.map(str::to_owned).to_vec(),
        ),
        QuestionKind::CustomDnsResolves => (
            Text::new(
                format!("Do the DNS servers of {subject} forward AWS names to the VPC's own resolver?"),
                format!("{subject} の DNS サーバーは、AWS の名前を VPC のリゾルバーに転送しますか?"),
            ),
            yes_no(),
        ),
        QuestionKind::NextHopForwards => (
            Text::new(
                format!("Does what lies behind {subject} let HTTPS (TCP 443) out to AWS's public addresses, and the answers back?"),
                format!("{subject} の先で、AWS のパブリックアドレスへの HTTPS (TCP 443) と、その応答は許可されていますか?"),
            ),
            yes_no(),
        ),
        QuestionKind::ErrorText => (
            Text::new(
                format!("What is the whole error text (stoppedReason) of task {subject}?"),
                format!("タスク {subject} のエラーメッセージ (stoppedReason) の全文を入力してください。"),
            ),
            Vec::new(),
        ),
        QuestionKind::ConditionKey => (condition_key(subject), Vec::new()),
    }
}

/// The subject is a key, or a key and the ARN of what is called.
fn condition_key(subject: &str) -> Text {
    let (key, resource) = match subject.find(" arn:") {
        Some(at) => subject.split_at(at),
        None => (subject, ""),
    };
    let (en, ja) = match resource.trim_start() {
        "" => (String::new(), String::new()),
        arn => (format!(" for {arn}"), format!(" {arn} への")),
    };
    Text::new(
        format!("Which value does the condition key {key} have on the calls of the task's role{en}? Answer none if it is not sent."),
        format!("タスクのロールによる{ja}呼び出しで、条件キー {key} の値は何ですか? 送信されない場合は none と入力してください。"),
    )
}

fn whose(subject: &str, en: &str, ja: &str) -> (Text, Vec<String>) {
    (
        Text::new(
            format!("Which {en} is {subject} about? Give its name or ARN."),
            format!("{subject} はどの{ja}のものですか? 名前または ARN を入力してください。"),
        ),
        Vec::new(),
    )
}

/// Why it is asked.
pub(super) fn why(kind: QuestionKind) -> Text {
    match kind {
        QuestionKind::ListingUnfiltered => Text::fixed(
            "The listing was pasted without its command: whether it is complete cannot be seen.",
            "一覧がコマンドなしで貼り付けられたため、完全な一覧かどうかを確認できません。",
        ),
        QuestionKind::SecurityGroups | QuestionKind::Subnet | QuestionKind::PublicIp => Text::fixed(
            "describe-tasks does not say it, and a stopped task's network interface is gone.",
            "describe-tasks には含まれず、停止したタスクの ENI はすでに削除されています。",
        ),
        QuestionKind::DocumentRole
        | QuestionKind::DocumentPolicy
        | QuestionKind::DocumentKey
        | QuestionKind::DocumentPrefixList
        | QuestionKind::DocumentBucket => Text::fixed(
            "The output does not say what it is about.",
            "この出力には、対象のリソースが示されていません。",
        ),
        QuestionKind::SecretJsonKeys => Text::fixed(
            "The task definition asks for a key of the secret's JSON; no output shows the keys without the values.",
            "タスク定義はシークレットの JSON キーを参照していますが、値を表示せずにキーだけを示す出力はありません。",
        ),
        QuestionKind::ImagePullable => Text::fixed(
            "No output of AWS's shows the images of another registry.",
            "AWS の出力には、他のレジストリのイメージは示されません。",
        ),
        QuestionKind::CustomDnsResolves => Text::fixed(
            "What other DNS servers answer cannot be seen in any output.",
            "カスタム DNS サーバーの応答は、どの出力からも確認できません。",
        ),
        QuestionKind::NextHopForwards => Text::fixed(
            "What lies behind this next hop cannot be seen in these outputs.",
            "このネクストホップの先は、これらの出力からは確認できません。",
        ),
        QuestionKind::ErrorText => Text::fixed(
            "The error says at which step the task failed, and whether the service answered.",
            "エラーメッセージから、どの段階で失敗したか、サービスが応答したかがわかります。",
        ),
        QuestionKind::ConditionKey => Text::fixed(
            "A policy's condition depends on this key, and no output shows its value.",
            "ポリシーの条件がこのキーの値に依存していますが、値はどの出力からも確認できません。",
        ),
    }
}
