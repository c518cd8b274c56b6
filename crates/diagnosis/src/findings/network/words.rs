//! Services, places and packets in words.

use crate::model::DestinationKey;
use network::{Direction, Place, Protocol, RuleRef, Witness};
use snapshot::Text;
use std::fmt::Display;

/// Names joined by commas.
pub(in crate::findings) fn list<T: Display>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// What destinations are called.
pub(in crate::findings) fn services(keys: &[DestinationKey]) -> Text {
    let names: Vec<Text> = keys.iter().map(service).collect();
    let en: Vec<&str> = names.iter().map(|name| &*name.en).collect();
    let ja: Vec<&str> = names.iter().map(|name| &*name.ja).collect();
    Text::new(en.join(", "), ja.join("、"))
}

fn service(key: &DestinationKey) -> Text {
    match key {
        DestinationKey::EcrApi => Text::fixed("Amazon ECR (login)", "Amazon ECR (認証)"),
        DestinationKey::EcrDkr => Text::fixed("Amazon ECR (registry)", "Amazon ECR (レジストリ)"),
        DestinationKey::S3 => Text::fixed(
            "Amazon S3 (image layers, environment files)",
            "Amazon S3 (イメージレイヤー、環境ファイル)",
        ),
        DestinationKey::SecretsManager => Text::fixed("AWS Secrets Manager", "AWS Secrets Manager"),
        DestinationKey::Ssm => Text::fixed("Parameter Store", "パラメータストア"),
        DestinationKey::Kms => Text::fixed("AWS KMS", "AWS KMS"),
        DestinationKey::Logs => Text::fixed("CloudWatch Logs", "CloudWatch Logs"),
        DestinationKey::Sts => Text::fixed("AWS STS", "AWS STS"),
        DestinationKey::Ecs => Text::fixed("Amazon ECS (agent)", "Amazon ECS (エージェント)"),
        DestinationKey::Registry(host) => Text::new(host.clone(), host.clone()),
    }
}

/// One end of a packet.
pub(in crate::findings) fn place(place: &Place) -> Text {
    match place {
        Place::Address(address) => Text::new(address.to_string(), address.to_string()),
        Place::Ranges(ranges) if ranges.len() <= 4 => Text::new(list(ranges), list(ranges)),
        Place::Ranges(ranges) => {
            let some = list(ranges.get(..3).unwrap_or_default());
            Text::new(format!("{some}, …"), format!("{some}, …"))
        }
        Place::Public => Text::fixed("the service's public addresses", "サービスのパブリックアドレス"),
    }
}

/// The packet that is dropped, and the rule that decides.
pub(in crate::findings) fn packet(witness: &Witness) -> Text {
    let (from, to) = (place(&witness.source), place(&witness.destination));
    let protocol = if witness.protocol == Protocol::Udp { "UDP" } else { "TCP" };
    let ports = if witness.port == witness.last_port {
        witness.port.to_string()
    } else {
        format!("{}-{}", witness.port, witness.last_port)
    };
    let (half, half_ja) = match witness.direction {
        Direction::Request => ("The request", "リクエスト"),
        Direction::Answer => ("The answer", "応答"),
    };
    let rule = rule(&witness.rule);
    let (by, by_ja) = if rule.en.is_empty() {
        (String::new(), String::new())
    } else {
        (format!(": {}", rule.en), format!(" ({})", rule.ja))
    };
    Text::new(
        format!("{half} {protocol} from {} to {} port {ports} is dropped{by}.", from.en, to.en),
        format!(
            "{half_ja} ({protocol}、{}から{}のポート {ports}) は破棄されます{by_ja}。",
            spaced(&from.ja),
            spaced(&to.ja)
        ),
    )
}

/// Half-width spaces between Latin letters or digits and Japanese ones.
fn spaced(text: &str) -> String {
    let before = if text.starts_with(|letter: char| letter.is_ascii()) {
        " "
    } else {
        ""
    };
    let after = if text.ends_with(|letter: char| letter.is_ascii()) {
        " "
    } else {
        ""
    };
    format!("{before}{text}{after}")
}

fn rule(rule: &RuleRef) -> Text {
    match rule {
        RuleRef::None => Text::fixed("", ""),
        RuleRef::NoGroupRule(groups) => {
            let groups = list(groups);
            Text::new(
                format!("no rule of {groups} admits it"),
                format!("{groups} に許可するルールがありません"),
            )
        }
        RuleRef::GroupRule(group) => Text::new(format!("a rule of {group}"), format!("{group} のルール")),
        RuleRef::AclEntry { acl, number: Some(number) } => Text::new(
            format!("rule {number} of {acl} denies it"),
            format!("{acl} のルール {number} が拒否しています"),
        ),
        RuleRef::AclEntry { acl, number: None } => Text::new(
            format!("no rule of {acl} admits it before the closing deny (*)"),
            format!("{acl} に許可するルールがなく、最後の拒否ルール (*) に該当します"),
        ),
        RuleRef::Route {
            table,
            destination,
            target,
        } => Text::new(
            format!("{table} sends {destination} to {target}"),
            format!("{table} は {destination} を {target} に送ります"),
        ),
        RuleRef::NoRoute(table) => Text::new(
            format!("{table} has no route for it"),
            format!("{table} に該当するルートがありません"),
        ),
        RuleRef::State(state) => Text::new(format!("state {state}"), format!("状態 {state}")),
    }
}
