//! How the closed vocabularies read in a sentence.

use crate::lang::Lang;
use crate::model::{
    Access, Direction, ErrorCause, Finding, FixKind, HopKind, HopVerdict, LayerKind, Reach, ReferenceVerdict, Role, Stage, Status, Via,
};

/// The five verdict words under which findings stand, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A proven cause.
    Confirmed,
    /// A proven failure that surfaces once the cause is fixed.
    Next,
    /// A trap.
    WatchOut,
    /// Not settled by what was pasted.
    NotKnownYet,
    /// Proven to be in order.
    InOrder,
}

impl Verdict {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 5] = [Self::Confirmed, Self::Next, Self::WatchOut, Self::NotKnownYet, Self::InOrder];

    /// Where a finding stands. A failure without a role breaks the contract; it is shown as a cause, since it is proven.
    pub const fn of(finding: &Finding) -> Self {
        match (finding.status, finding.role) {
            (Status::Fail, Some(Role::Next)) => Self::Next,
            (Status::Fail, Some(Role::Cause) | None) => Self::Confirmed,
            (Status::Warn, _) => Self::WatchOut,
            (Status::Unknown, _) => Self::NotKnownYet,
            (Status::Pass, _) => Self::InOrder,
        }
    }

    /// The verdict word.
    pub fn phrase(self, lang: Lang) -> &'static str {
        match self {
            Self::Confirmed => lang.pick("Confirmed", "原因"),
            Self::Next => lang.pick("Next", "次に失敗する箇所"),
            Self::WatchOut => lang.pick("Watch out", "注意"),
            Self::NotKnownYet => lang.pick("Not known yet", "未確認"),
            Self::InOrder => lang.pick("In order", "問題なし"),
        }
    }

    /// How it is marked beside its word.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Confirmed => Tone::Bad,
            Self::Next => Tone::Next,
            Self::WatchOut => Tone::Careful,
            Self::NotKnownYet => Tone::Unknown,
            Self::InOrder => Tone::Good,
        }
    }
}

/// How a verdict is marked: by a sign and a colour, always beside its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Proven wrong.
    Bad,
    /// Proven wrong, later.
    Next,
    /// A trap.
    Careful,
    /// Not known.
    Unknown,
    /// Proven right.
    Good,
}

impl Tone {
    /// The sign.
    pub const fn sign(self) -> char {
        match self {
            Self::Bad => '✗',
            Self::Next => '→',
            Self::Careful => '!',
            Self::Unknown => '?',
            Self::Good => '✓',
        }
    }

    /// The tone's name, for style sheets.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Next => "next",
            Self::Careful => "careful",
            Self::Unknown => "unknown",
            Self::Good => "good",
        }
    }
}

impl Reach {
    /// The verdict in words.
    pub fn phrase(self, lang: Lang) -> &'static str {
        match self {
            Self::Reachable => lang.pick("reachable", "到達可能"),
            Self::Blocked => lang.pick("blocked", "到達不可"),
            Self::Unknown => lang.pick("not known yet", "未確認"),
        }
    }

    /// How it is marked.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Reachable => Tone::Good,
            Self::Blocked => Tone::Bad,
            Self::Unknown => Tone::Unknown,
        }
    }
}

impl Access {
    /// The verdict in words.
    pub fn phrase(self, lang: Lang) -> &'static str {
        match self {
            Self::Allowed => lang.pick("allowed", "許可"),
            Self::ImplicitlyDenied => lang.pick("implicitly denied", "暗黙的な拒否"),
            Self::ExplicitlyDenied => lang.pick("explicitly denied", "明示的な拒否"),
            Self::Unknown => lang.pick("not known yet", "未確認"),
        }
    }

    /// How it is marked.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Allowed => Tone::Good,
            Self::ImplicitlyDenied | Self::ExplicitlyDenied => Tone::Bad,
            Self::Unknown => Tone::Unknown,
        }
    }
}

impl ReferenceVerdict {
    /// The verdict in words.
    pub fn phrase(self, lang: Lang) -> &'static str {
        match self {
            Self::Found => lang.pick("found", "存在します"),
            Self::NotFound => lang.pick("not found", "存在しません"),
            Self::Malformed => lang.pick("not a valid reference", "参照の形式が不正です"),
            Self::Unknown => lang.pick("not known yet", "未確認"),
        }
    }

    /// How it is marked.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Found => Tone::Good,
            Self::NotFound | Self::Malformed => Tone::Bad,
            Self::Unknown => Tone::Unknown,
        }
    }
}

impl HopVerdict {
    /// The verdict in words.
    pub fn phrase(self, lang: Lang) -> &'static str {
        match self {
            Self::Pass => lang.pick("passes", "通過"),
            Self::Fail => lang.pick("blocks", "遮断"),
            Self::Unknown => lang.pick("not known yet", "未確認"),
        }
    }

    /// How it is marked.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Pass => Tone::Good,
            Self::Fail => Tone::Bad,
            Self::Unknown => Tone::Unknown,
        }
    }
}

impl Stage {
    /// What was being done, as a noun phrase that can begin a sentence.
    pub fn phrase(self, lang: Lang) -> &'static str {
        match self {
            Self::RoleAssumption => lang.pick("Assuming the role", "ロールの引き受け"),
            Self::NetworkSetup => lang.pick("Setting up the network interface", "ネットワークインターフェイスの設定"),
            Self::SecretsOrRegistryAuth => lang.pick(
                "Fetching secrets or the registry's authorization",
                "シークレットまたはレジストリの認証情報の取得",
            ),
            Self::RegistryAuth => lang.pick("Fetching the registry's authorization", "レジストリの認証情報の取得"),
            Self::SecretFetch => lang.pick("Fetching a secret or parameter", "シークレットまたはパラメータの取得"),
            Self::EnvFile => lang.pick("Downloading an environment file", "環境ファイルのダウンロード"),
            Self::ImagePull => lang.pick("Pulling an image", "イメージのプル"),
            Self::LogDriver => lang.pick("Starting the log driver", "ログドライバーの起動"),
            Self::Volume => lang.pick("Setting up a volume", "ボリュームの設定"),
            Self::Other => lang.pick("The start of the task", "タスクの起動"),
        }
    }
}

impl ErrorCause {
    /// What the innermost error states; `None` where it does not say.
    pub fn phrase(self, lang: Lang) -> Option<&'static str> {
        Some(match self {
            Self::Timeout => lang.pick("no answer in time", "時間内に応答なし"),
            Self::Dns => lang.pick("the name did not resolve", "名前解決に失敗"),
            Self::Refused => lang.pick("the connection was refused", "接続が拒否された"),
            Self::Tls => lang.pick("the TLS handshake failed", "TLS ハンドシェイクに失敗"),
            Self::AccessDenied => lang.pick("access was denied", "アクセスが拒否された"),
            Self::NotFound => lang.pick("not found", "見つからない"),
            Self::JsonKey => lang.pick("the secret's JSON has no such key", "シークレットの JSON に指定のキーがない"),
            Self::NotJson => lang.pick("the secret is not JSON", "シークレットが JSON ではない"),
            Self::Killed => lang.pick("the fetch was killed", "取得処理が強制終了された"),
            Self::Throttled => lang.pick("too many requests to the service", "サービスへのリクエストが多すぎる"),
            Self::BadReference => lang.pick("the reference is not valid", "参照の形式が不正"),
            Self::PlatformMismatch => lang.pick("the image has no manifest for the platform", "プラットフォームに合うイメージがない"),
            Self::RateLimited => lang.pick("the registry's pull rate limit", "レジストリのプルレート制限"),
            Self::DiskFull => lang.pick("the disk is full", "ディスクの空き容量不足"),
            Self::Unknown => return None,
        })
    }
}

impl Via {
    /// What carries the traffic.
    pub fn phrase(self, lang: Lang) -> &'static str {
        match self {
            Self::InternetGateway => HopKind::InternetGateway.phrase(lang),
            Self::NatGateway => HopKind::NatGateway.phrase(lang),
            Self::InterfaceEndpoint => HopKind::InterfaceEndpoint.phrase(lang),
            Self::GatewayEndpoint => HopKind::GatewayEndpoint.phrase(lang),
            Self::EgressOnlyGateway => HopKind::EgressOnlyGateway.phrase(lang),
            Self::Other => HopKind::Other.phrase(lang),
        }
    }
}

impl HopKind {
    /// What stands on the way.
    pub fn phrase(self, lang: Lang) -> &'static str {
        match self {
            Self::Interface => lang.pick("network interface", "ネットワークインターフェイス"),
            Self::Subnet => lang.pick("subnet", "サブネット"),
            Self::Dns => lang.pick("name resolution", "名前解決"),
            Self::SecurityGroup => lang.pick("security group", "セキュリティグループ"),
            Self::NetworkAcl => lang.pick("network ACL", "ネットワーク ACL"),
            Self::RouteTable => lang.pick("route table", "ルートテーブル"),
            Self::InternetGateway => lang.pick("internet gateway", "インターネットゲートウェイ"),
            Self::NatGateway => lang.pick("NAT gateway", "NAT ゲートウェイ"),
            Self::InterfaceEndpoint => lang.pick("interface endpoint", "インターフェイスエンドポイント"),
            Self::GatewayEndpoint => lang.pick("gateway endpoint", "ゲートウェイエンドポイント"),
            Self::EgressOnlyGateway => lang.pick("egress-only internet gateway", "Egress-Only インターネットゲートウェイ"),
            Self::PeeringConnection => lang.pick("VPC peering connection", "VPC ピアリング接続"),
            Self::TransitGateway => lang.pick("transit gateway", "トランジットゲートウェイ"),
            Self::BlockPublicAccess => lang.pick("VPC Block Public Access", "VPC ブロックパブリックアクセス"),
            Self::Service => lang.pick("service", "サービス"),
            Self::Other => lang.pick("other", "その他"),
        }
    }
}

impl LayerKind {
    /// The layer's name.
    pub fn phrase(self, lang: Lang) -> &'static str {
        match self {
            Self::Identity => lang.pick("identity-based policies", "アイデンティティベースのポリシー"),
            Self::Boundary => lang.pick("permissions boundary", "アクセス許可の境界"),
            Self::Scp => lang.pick("service control policies", "サービスコントロールポリシー (SCP)"),
            Self::Rcp => lang.pick("resource control policies", "リソースコントロールポリシー (RCP)"),
            Self::Resource => lang.pick("resource-based policy", "リソースベースのポリシー"),
            Self::Key => lang.pick("key policy", "キーポリシー"),
            Self::Grant => lang.pick("key grants", "KMS キーのグラント"),
            Self::Endpoint => lang.pick("endpoint policy", "エンドポイントポリシー"),
            Self::Trust => lang.pick("trust policy", "信頼ポリシー"),
        }
    }
}

impl Direction {
    /// Which half of a conversation.
    pub fn phrase(self, lang: Lang) -> &'static str {
        match self {
            Self::Request => lang.pick("request", "リクエスト"),
            Self::Answer => lang.pick("answer", "応答"),
        }
    }
}

impl FixKind {
    /// The form's name.
    pub fn phrase(self, lang: Lang) -> &'static str {
        match self {
            Self::AwsCli => "AWS CLI",
            Self::Console => lang.pick("Console", "コンソール"),
            Self::CloudFormation => "CloudFormation",
            Self::Terraform => "Terraform",
            Self::Policy => lang.pick("Policy", "ポリシー"),
        }
    }
}

/// Whose side a fault is on, from its code; `None` for an area that does not tell.
pub fn side(code: &str, lang: Lang) -> Option<&'static str> {
    let (area, fault) = code.split_once('.')?;
    Some(match (area, fault) {
        ("image", "rate-limited") => lang.pick("the registry (its pull rate limit)", "レジストリ側 (プルレート制限)"),
        ("service", "throttled") => lang.pick("the AWS service (its request rate limit)", "AWS サービス側 (リクエストレート制限)"),
        ("network" | "dns" | "endpoint", _) => lang.pick("the customer's network configuration", "お客様のネットワーク設定"),
        ("iam" | "kms", _) => lang.pick("the customer's permissions", "お客様のアクセス許可の設定"),
        ("secret" | "parameter" | "image" | "logs" | "envfile", _) => {
            lang.pick("what the customer's task definition names", "お客様のタスク定義が参照するもの")
        }
        ("instance", _) => lang.pick("the customer's container instance", "お客様のコンテナインスタンス"),
        ("task", _) => lang.pick("the task itself", "タスク自体"),
        _ => return None,
    })
}
