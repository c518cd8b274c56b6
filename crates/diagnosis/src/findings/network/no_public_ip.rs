//! `network.no-public-ip`: an internet gateway without a public address.

use crate::findings::network::{gather, remedy, words};
use crate::findings::{Page, Rule};
use crate::judged::Judged;
use crate::model::{Code, Finding};
use network::FaultKind;
use snapshot::Text;

/// The rule of `network.no-public-ip`.
pub(super) static RULE: Rule = Rule {
    code: Code("network.no-public-ip"),
    page: Page {
        title: Text::fixed(
            "Route to an internet gateway, but no public IP",
            "インターネットゲートウェイへのルートがあるが、パブリック IP がない",
        ),
        what: Text::fixed(
            "The subnet's route leads to an internet gateway and the task's interface has no public IPv4 address. An internet gateway carries only traffic of public addresses.",
            "サブネットのルートはインターネットゲートウェイを指していますが、タスクの ENI にパブリック IPv4 アドレスがありません。インターネットゲートウェイは、パブリックアドレスを持つ通信だけを中継します。",
        ),
        why: Text::fixed(
            "The packets are dropped without an answer, so calls time out. The subnet's own auto-assign setting (MapPublicIpOnLaunch) is not used by Fargate.",
            "パケットは応答なしに破棄され、呼び出しはタイムアウトします。サブネットの自動割り当て設定 (MapPublicIpOnLaunch) は Fargate では使用されません。",
        ),
        remedy: Text::fixed(
            "Set assignPublicIp to ENABLED in the service's network configuration, or run the tasks in private subnets behind a NAT gateway or endpoints.",
            "サービスのネットワーク設定で assignPublicIp を ENABLED にします。または、NAT ゲートウェイか VPC エンドポイントのあるプライベートサブネットでタスクを実行します。",
        ),
        not_this: Text::fixed(
            "A public subnet without a public IP is fine where endpoints carry every call.",
            "すべての呼び出しが VPC エンドポイントを経由する場合、パブリック IP なしのパブリックサブネットでも問題ありません。",
        ),
        documentation: &[
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
            "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
        ],
        examples: &["network/no_public_ip/fault"],
    },
    judge,
};

fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    let task = judged
        .case
        .task
        .and_then(|task| task.value.task_arn.as_ref())
        .map(|arn| arn.0.clone());
    let subject = |kind: &FaultKind, hit: &gather::Hit<'_>| match kind {
        FaultKind::NoPublicIp {
            interface: Some(interface),
            ..
        } => vec![interface.0.clone()],
        _ => task
            .clone()
            .or_else(|| hit.walk.subnet.as_ref().map(|subnet| subnet.0.clone()))
            .into_iter()
            .collect(),
    };
    gather::of(judged, RULE.code, subject).iter().filter_map(told).collect()
}

fn told(group: &gather::Group<'_>) -> Option<Finding> {
    let FaultKind::NoPublicIp { gateway, .. } = group.kind()? else {
        return None;
    };
    let subnets = words::list(&group.subnets());
    let on_fargate = group.case.launch == Some(snapshot::ecs::task::LaunchType::Fargate);
    let mut fixes = Vec::new();
    if on_fargate {
        let restart = Text::fixed(
            "Starts a new deployment: tasks are replaced. Each task gets a public IPv4 address, which is charged by the hour; inbound traffic stays subject to its security groups.",
            "新しいデプロイが開始され、タスクが置き換えられます。タスクごとにパブリック IPv4 アドレスの時間料金がかかります。インバウンド通信は引き続きセキュリティグループで制御されます。",
        );
        if let Some(command) = remedy::update_service(group.case, "ENABLED") {
            let fix = remedy::cli(group.case, &command, restart.clone());
            fixes.push(fix.doing(|snapshot| remedy::assign_public_ip(snapshot, "ENABLED")));
        } else {
            fixes.push(remedy::cli(
                group.case,
                &format!("ecs run-task --cluster CLUSTER --task-definition TASK_DEFINITION --launch-type FARGATE --network-configuration 'awsvpcConfiguration={{subnets=[{subnets}],securityGroups=[SECURITY_GROUP],assignPublicIp=ENABLED}}'"),
                Text::fixed("Starts another task with a public IPv4 address, which is charged by the hour.", "パブリック IPv4 アドレスを持つ別のタスクを開始します (時間料金がかかります)。"),
            ));
        }
        fixes.push(remedy::console(
            Text::fixed(
                "ECS console > the service > Update > Networking > Public IP: turned on > Update.",
                "ECS コンソール > 対象のサービス > サービスを更新 > ネットワーキング > パブリック IP: オン > 更新。",
            ),
            restart,
        ));
    } else {
        fixes.push(remedy::cli(
            group.case,
            "ec2 create-nat-gateway --subnet-id PUBLIC_SUBNET --allocation-id ALLOCATION",
            Text::fixed(
                "A NAT gateway is charged by the hour and by the gigabyte; then route 0.0.0.0/0 of the subnet to it.",
                "NAT ゲートウェイには時間料金とデータ処理料金がかかります。作成後、サブネットの 0.0.0.0/0 のルートを NAT ゲートウェイに向けます。",
            ),
        ));
        fixes.push(remedy::console(
            Text::fixed(
                "Move the container instances to private subnets behind a NAT gateway, or give the instance an Elastic IP address (EC2 console > Elastic IPs > Associate).",
                "コンテナインスタンスを NAT ゲートウェイのあるプライベートサブネットに移すか、インスタンスに Elastic IP アドレスを関連付けます (EC2 コンソール > Elastic IP > 関連付け)。",
            ),
            Text::fixed("Replaces the instances, or adds a charged public address.", "インスタンスの置き換え、または有料のパブリックアドレスの追加になります。"),
        ));
    }
    Some(group.told(
        Text::new(
            format!("The route leads to {gateway}, but the task has no public IP"),
            format!("ルートは {gateway} を指していますが、タスクにパブリック IP がありません"),
        ),
        Text::new(
            format!("The default route of {subnets} leads to the internet gateway {gateway}, which carries only traffic of public IPv4 addresses; the interface has none. Fargate gives one only where assignPublicIp is ENABLED, whatever the subnet's own setting says."),
            format!("{subnets} のデフォルトルートはインターネットゲートウェイ {gateway} を指しています。インターネットゲートウェイはパブリック IPv4 アドレスを持つ通信だけを中継しますが、ENI にはありません。Fargate は、サブネットの設定にかかわらず、assignPublicIp が ENABLED の場合にのみパブリック IP を割り当てます。"),
        ),
        &Text::fixed("whether the task had a public IP", "タスクにパブリック IP があったかどうか"),
        fixes,
    ))
}
