//! Why a command is asked for: what its output shows.

use snapshot::{Call, Operation, Text};

/// What the output of that call shows, and whose credentials it takes where not the task's account's.
pub(super) fn of(call: &Call) -> Text {
    let shows = of_operation(call.operation);
    match &call.account {
        None => shows,
        Some(account) => Text::new(
            format!(
                "To be run in account {account}, which owns it: the task's account does not see it. {}",
                shows.en
            ),
            format!(
                "所有者のアカウント {account} で実行してください (タスクのアカウントからは見えません)。{}",
                shows.ja
            ),
        ),
    }
}

fn of_operation(operation: Operation) -> Text {
    let (en, ja) = match operation {
        Operation::EcsDescribeTasks => (
            "Shows the error, the subnet and interface that the task got, its platform version and its task definition.",
            "エラー、タスクのサブネットと ENI、プラットフォームバージョン、タスク定義がわかります。",
        ),
        Operation::EcsDescribeTaskDefinition => (
            "Shows what the task must fetch before it starts: images, secrets, parameters, log groups, and with which role. It also prints \
             the values of environment variables: blot them out, or send what the collector script writes, which leaves them out.",
            "タスクが起動前に取得するイメージ、シークレット、パラメータ、ロググループと、使用するロールがわかります。環境変数の値も表示されるため、\
             値を伏せるか、値を含めない収集スクリプトの結果をお送りください。",
        ),
        Operation::EcsDescribeServices => (
            "Shows the subnets, security groups and public IP setting of the deployment that started the task.",
            "タスクを開始したデプロイのサブネット、セキュリティグループ、パブリック IP の設定がわかります。",
        ),
        Operation::EcsDescribeContainerInstances => (
            "Shows the instance that the task was placed on and whether its agent is connected.",
            "タスクが配置されたコンテナインスタンスと、エージェントの接続状態がわかります。",
        ),
        Operation::EcsDescribeCapacityProviders => (
            "Shows the subnets, security groups and instance profile of the managed instances.",
            "マネージドインスタンスのサブネット、セキュリティグループ、インスタンスプロファイルがわかります。",
        ),
        Operation::Ec2DescribeInstances => (
            "Shows the instance's subnet, security groups and profile: on EC2 the calls leave from the instance.",
            "インスタンスのサブネット、セキュリティグループ、プロファイルがわかります。EC2 では呼び出しはインスタンスから行われます。",
        ),
        Operation::Ec2DescribeSubnets => (
            "Shows the subnet's VPC, address range and zone.",
            "サブネットの VPC、アドレス範囲、アベイラビリティーゾーンがわかります。",
        ),
        Operation::Ec2DescribeVpcs => (
            "Shows the VPC's address ranges and its DHCP option set.",
            "VPC のアドレス範囲と DHCP オプションセットがわかります。",
        ),
        Operation::Ec2DescribeVpcAttribute => (
            "Shows whether the VPC resolves names and gives private DNS names.",
            "VPC の名前解決とプライベート DNS 名の設定がわかります。",
        ),
        Operation::Ec2DescribeRouteTables => ("Shows which routes the subnet uses.", "サブネットが使用するルートがわかります。"),
        Operation::Ec2DescribeSecurityGroups => (
            "Shows which traffic the security groups let through.",
            "セキュリティグループが許可する通信がわかります。",
        ),
        Operation::Ec2DescribeSecurityGroupRules => (
            "Shows which traffic the security groups let through.",
            "セキュリティグループが許可する通信がわかります。",
        ),
        Operation::Ec2DescribeNetworkAcls => (
            "Shows which traffic the subnet's network ACL lets through, both ways.",
            "サブネットのネットワーク ACL が許可する双方向の通信がわかります。",
        ),
        Operation::Ec2DescribeVpcEndpoints => (
            "Shows which AWS services the VPC reaches through endpoints, and their policies.",
            "VPC がエンドポイント経由で到達する AWS サービスと、エンドポイントポリシーがわかります。",
        ),
        Operation::Ec2DescribeNatGateways => (
            "Shows whether the NAT gateway works and in which subnet it stands.",
            "NAT ゲートウェイの状態と配置されたサブネットがわかります。",
        ),
        Operation::Ec2DescribeInternetGateways => (
            "Shows whether the internet gateway is attached to this VPC.",
            "インターネットゲートウェイがこの VPC にアタッチされているかどうかがわかります。",
        ),
        Operation::Ec2DescribeEgressOnlyInternetGateways => (
            "Shows whether the egress-only internet gateway is attached to this VPC.",
            "Egress-Only インターネットゲートウェイがこの VPC にアタッチされているかどうかがわかります。",
        ),
        Operation::Ec2DescribeNetworkInterfaces => (
            "Shows the interface's addresses, groups and public IP.",
            "ENI のアドレス、セキュリティグループ、パブリック IP がわかります。",
        ),
        Operation::Ec2DescribeDhcpOptions => (
            "Shows which DNS servers the VPC hands out.",
            "VPC が配布する DNS サーバーがわかります。",
        ),
        Operation::Ec2DescribeManagedPrefixLists => (
            "Shows which prefix list a rule or route means.",
            "ルールやルートが参照するプレフィックスリストがわかります。",
        ),
        Operation::Ec2GetManagedPrefixListEntries => (
            "Shows which addresses the prefix list holds.",
            "プレフィックスリストに含まれるアドレスがわかります。",
        ),
        Operation::Ec2DescribeTransitGatewayAttachments => (
            "Shows where the transit gateway leads from this VPC.",
            "この VPC からトランジットゲートウェイがどこへつながるかがわかります。",
        ),
        Operation::Ec2DescribeTransitGatewayVpcAttachments => (
            "Shows in which subnets and zones the transit gateway is attached.",
            "トランジットゲートウェイがアタッチされたサブネットとアベイラビリティーゾーンがわかります。",
        ),
        Operation::Ec2SearchTransitGatewayRoutes => (
            "Shows where the transit gateway sends the traffic.",
            "トランジットゲートウェイがトラフィックを送る先がわかります。",
        ),
        Operation::Ec2DescribeVpcPeeringConnections => (
            "Shows the state of the peering connection.",
            "VPC ピアリング接続の状態がわかります。",
        ),
        Operation::Ec2DescribeVpcBlockPublicAccessOptions => (
            "Shows whether VPC Block Public Access stops traffic through internet gateways.",
            "VPC ブロックパブリックアクセスがインターネットゲートウェイの通信を止めているかどうかがわかります。",
        ),
        Operation::Ec2DescribeVpcBlockPublicAccessExclusions => (
            "Shows which subnets are excluded from VPC Block Public Access.",
            "VPC ブロックパブリックアクセスから除外されたサブネットがわかります。",
        ),
        Operation::Route53ListHostedZonesByVpc => (
            "Shows whether a private hosted zone answers for an AWS name in this VPC.",
            "この VPC でプライベートホストゾーンが AWS の名前に応答するかどうかがわかります。",
        ),
        Operation::Route53ListResourceRecordSets => (
            "Shows what the private hosted zone answers.",
            "プライベートホストゾーンの応答がわかります。",
        ),
        Operation::IamGetInstanceProfile => (
            "Shows the role that the container instance calls with.",
            "コンテナインスタンスが呼び出しに使用するロールがわかります。",
        ),
        Operation::IamGetRole => (
            "Shows who may assume the role, and its permissions boundary.",
            "ロールの信頼ポリシーとアクセス許可の境界がわかります。",
        ),
        Operation::IamListAttachedRolePolicies => (
            "Shows which policies are attached to the role.",
            "ロールにアタッチされたポリシーがわかります。",
        ),
        Operation::IamListRolePolicies => (
            "Shows which inline policies the role has.",
            "ロールのインラインポリシーがわかります。",
        ),
        Operation::IamGetRolePolicy => ("Shows what the inline policy allows.", "インラインポリシーの内容がわかります。"),
        Operation::IamGetPolicy => (
            "Shows which version of the policy is in force.",
            "ポリシーの有効なバージョンがわかります。",
        ),
        Operation::IamGetPolicyVersion => ("Shows what the policy allows.", "ポリシーの内容がわかります。"),
        Operation::SecretsmanagerDescribeSecret => (
            "Shows whether the secret exists, its key and its versions; it prints no secret value.",
            "シークレットの有無、KMS キー、バージョンがわかります。シークレットの値は表示されません。",
        ),
        Operation::SecretsmanagerListSecrets => (
            "Shows the names of the secrets that exist; it prints no secret value.",
            "存在するシークレットの名前がわかります。シークレットの値は表示されません。",
        ),
        Operation::SecretsmanagerListSecretVersionIds => (
            "Shows the secret's versions, their staging labels and keys; it prints no secret value.",
            "シークレットのバージョン、ステージングラベル、KMS キーがわかります。シークレットの値は表示されません。",
        ),
        Operation::SecretsmanagerGetResourcePolicy => (
            "Shows whether the secret's own policy admits the role.",
            "シークレットのリソースベースのポリシーがわかります。",
        ),
        Operation::SsmDescribeParameters => (
            "Shows whether the parameter exists and which key encrypts it; it prints no value.",
            "パラメータの有無と KMS キーがわかります。値は表示されません。",
        ),
        Operation::KmsDescribeKey => (
            "Shows the key's state, account and kind.",
            "KMS キーの状態、アカウント、種類がわかります。",
        ),
        Operation::KmsGetKeyPolicy => ("Shows whom the key's policy admits.", "キーポリシーが許可する対象がわかります。"),
        Operation::KmsListGrants => (
            "Shows whether a grant admits the role.",
            "グラントがロールを許可しているかどうかがわかります。",
        ),
        Operation::KmsListAliases => ("Shows which key an alias stands for.", "エイリアスが指す KMS キーがわかります。"),
        Operation::EcrDescribeRepositories => ("Shows whether the repository exists.", "リポジトリの有無がわかります。"),
        Operation::EcrDescribeImages => (
            "Shows which tags and digests the repository holds.",
            "リポジトリにあるタグとダイジェストがわかります。",
        ),
        Operation::EcrBatchGetImage => (
            "Shows for which platforms the image was built.",
            "イメージがビルドされたプラットフォームがわかります。",
        ),
        Operation::EcrGetRepositoryPolicy => (
            "Shows whether the repository's policy admits the role.",
            "リポジトリのポリシーがわかります。",
        ),
        Operation::EcrGetRegistryPolicy => (
            "Shows whether the registry's policy admits the role.",
            "レジストリのポリシーがわかります。",
        ),
        Operation::EcrGetAccountSetting => (
            "Shows whether the registry's policy counts for pulls.",
            "レジストリのポリシーがプルにも適用されるかどうかがわかります。",
        ),
        Operation::EcrDescribePullThroughCacheRules => (
            "Shows whether the image comes through a pull-through cache.",
            "イメージがプルスルーキャッシュを経由するかどうかがわかります。",
        ),
        Operation::CloudtrailLookupEvents => (
            "Shows what each service answered to the task, the whole error included.",
            "各サービスがタスクに返した応答が、エラーの全文とともにわかります。",
        ),
        Operation::LogsDescribeLogGroups => ("Shows whether the log group exists.", "ロググループの有無がわかります。"),
        Operation::S3apiListObjectsV2 => (
            "Shows whether the environment file is in the bucket.",
            "環境ファイルがバケットにあるかどうかがわかります。",
        ),
        Operation::S3apiHeadObject => (
            "Shows whether the environment file is in the bucket; it prints no content.",
            "環境ファイルがバケットにあるかどうかがわかります。内容は表示されません。",
        ),
        Operation::S3apiGetBucketPolicy => (
            "Shows whether the bucket's policy admits the role.",
            "バケットポリシーがわかります。",
        ),
        Operation::S3apiGetBucketLocation => ("Shows in which Region the bucket is.", "バケットのリージョンがわかります。"),
        Operation::OrganizationsDescribePolicy => (
            "Shows what the service or resource control policy allows.",
            "SCP または RCP の内容がわかります。",
        ),
        Operation::OrganizationsListPoliciesForTarget => (
            "Shows which service and resource control policies apply.",
            "適用される SCP と RCP がわかります。",
        ),
        Operation::OrganizationsListParents => (
            "Shows the organizational units above the account.",
            "アカウントの上位の組織単位 (OU) がわかります。",
        ),
        Operation::OrganizationsDescribeOrganization => (
            "Shows which organization the account is in, which a policy's condition asks for.",
            "ポリシーの条件が参照している、アカウントの所属組織がわかります。",
        ),
        Operation::StsGetCallerIdentity => (
            "Shows whose credentials took the listings.",
            "一覧を取得した認証情報のアカウントがわかります。",
        ),
        _ => ("Shows the state of this resource.", "このリソースの状態がわかります。"),
    };
    Text::fixed(en, ja)
}
