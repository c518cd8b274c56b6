//! The packet walk's trace as the contract writes it, with each step put into words.

use super::Writer;
use super::parts::citation;
use crate::model::{Direction, Hop, HopKind, HopVerdict, Network, Protocol, Reach, SubnetVerdict, Via, Witness};
use diagnosis::model::SubnetReport;
use network::{Check, Place, RuleRef, Step, Trace};
use snapshot::Truth;

impl Writer<'_> {
    pub(super) fn network(&self, trace: &Trace, subnets: &[SubnetReport]) -> Network {
        Network {
            verdict: reach(trace.verdict),
            assumes: self.assumptions(&trace.assumes),
            via: trace.via.map(via),
            hops: trace.hops.iter().map(|hop| self.hop(hop)).collect(),
            witness: trace
                .witness
                .as_ref()
                .filter(|_| trace.verdict == network::Reach::Blocked)
                .map(|witness| self.witness(witness)),
            evidence: trace.evidence.iter().map(citation).collect(),
            subnets: subnets
                .iter()
                .map(|subnet| SubnetVerdict {
                    id: subnet.id.0.clone(),
                    verdict: match subnet.reachable {
                        Truth::True => Reach::Reachable,
                        Truth::False => Reach::Blocked,
                        Truth::Unknown => Reach::Unknown,
                    },
                })
                .collect(),
        }
    }

    fn hop(&self, hop: &network::Hop) -> Hop {
        // The step that decides is the one with the hop's own verdict; a hop that passes is described by its last step.
        let telling = hop
            .steps
            .iter()
            .find(|step| step.verdict == hop.verdict && hop.verdict != Truth::True)
            .or(hop.steps.last());
        Hop {
            kind: kind(hop.kind),
            id: hop.id.clone(),
            verdict: match hop.verdict {
                Truth::True => HopVerdict::Pass,
                Truth::False => HopVerdict::Fail,
                Truth::Unknown => HopVerdict::Unknown,
            },
            note: telling.map(|step| self.note(step)).unwrap_or_default(),
        }
    }

    fn note(&self, step: &Step) -> String {
        let (en, ja) = check(step.check);
        let rule = self.rule(&step.rule);
        let said = match step.verdict {
            Truth::True => self.lang.pick("passes", "問題なし"),
            Truth::False => self.lang.pick("blocked", "遮断"),
            Truth::Unknown => self.lang.pick("not known yet", "未確認"),
        };
        let head = format!("{}: {said}", self.lang.pick(en, ja));
        if rule.is_empty() { head } else { format!("{head} ({rule})") }
    }

    fn witness(&self, witness: &network::Witness) -> Witness {
        Witness {
            source: self.place(&witness.source),
            destination: self.place(&witness.destination),
            protocol: match witness.protocol {
                network::Protocol::Tcp => Protocol::Tcp,
                network::Protocol::Udp => Protocol::Udp,
            },
            port: witness.port,
            direction: match witness.direction {
                network::Direction::Request => Direction::Request,
                network::Direction::Answer => Direction::Answer,
            },
            rule: self.rule(&witness.rule),
        }
    }

    fn place(&self, place: &Place) -> String {
        match place {
            Place::Address(address) => address.to_string(),
            Place::Ranges(ranges) => ranges.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            Place::Public => self.lang.pick("public addresses of AWS", "AWS のパブリックアドレス").to_owned(),
        }
    }

    /// The deciding rule by the ids and numbers that AWS shows.
    fn rule(&self, rule: &RuleRef) -> String {
        match rule {
            RuleRef::None => String::new(),
            RuleRef::NoGroupRule(groups) => {
                let list = groups.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                self.lang.pick(format!("no rule of {list}"), format!("{list} に該当するルールなし"))
            }
            RuleRef::GroupRule(group) => self.lang.pick(format!("rule of {group}"), format!("{group} のルール")),
            RuleRef::AclEntry { acl, number: Some(number) } => {
                self.lang.pick(format!("{acl} rule {number}"), format!("{acl} のルール {number}"))
            }
            RuleRef::AclEntry { acl, number: None } => self
                .lang
                .pick(format!("{acl} closing deny (*)"), format!("{acl} の最後の拒否ルール (*)")),
            RuleRef::Route {
                table,
                destination,
                target,
            } => format!("{table}: {destination} → {target}"),
            RuleRef::NoRoute(table) => self
                .lang
                .pick(format!("no route in {table}"), format!("{table} に該当するルートなし")),
            RuleRef::State(state) => state.clone(),
        }
    }
}

fn reach(reach: network::Reach) -> Reach {
    match reach {
        network::Reach::Reachable => Reach::Reachable,
        network::Reach::Blocked => Reach::Blocked,
        network::Reach::Unknown => Reach::Unknown,
    }
}

fn via(via: network::Via) -> Via {
    match via {
        network::Via::InternetGateway => Via::InternetGateway,
        network::Via::NatGateway => Via::NatGateway,
        network::Via::InterfaceEndpoint => Via::InterfaceEndpoint,
        network::Via::GatewayEndpoint => Via::GatewayEndpoint,
        network::Via::EgressOnlyGateway => Via::EgressOnlyGateway,
        network::Via::Other => Via::Other,
    }
}

fn kind(kind: network::HopKind) -> HopKind {
    match kind {
        network::HopKind::Interface => HopKind::Interface,
        network::HopKind::Subnet => HopKind::Subnet,
        network::HopKind::Dns => HopKind::Dns,
        network::HopKind::SecurityGroup => HopKind::SecurityGroup,
        network::HopKind::NetworkAcl => HopKind::NetworkAcl,
        network::HopKind::RouteTable => HopKind::RouteTable,
        network::HopKind::InternetGateway => HopKind::InternetGateway,
        network::HopKind::NatGateway => HopKind::NatGateway,
        network::HopKind::InterfaceEndpoint => HopKind::InterfaceEndpoint,
        network::HopKind::GatewayEndpoint => HopKind::GatewayEndpoint,
        network::HopKind::EgressOnlyGateway => HopKind::EgressOnlyGateway,
        network::HopKind::PeeringConnection => HopKind::PeeringConnection,
        network::HopKind::TransitGateway => HopKind::TransitGateway,
        network::HopKind::BlockPublicAccess => HopKind::BlockPublicAccess,
        network::HopKind::Service => HopKind::Service,
        network::HopKind::Other => HopKind::Other,
    }
}

/// What was judged, in a phrase.
fn check(check: Check) -> (&'static str, &'static str) {
    match check {
        Check::Resolver => ("DNS servers", "DNS サーバー"),
        Check::DnsSupport => ("enableDnsSupport", "enableDnsSupport"),
        Check::DnsHostnames => ("enableDnsHostnames", "enableDnsHostnames"),
        Check::Answer => ("name resolution", "名前解決"),
        Check::GroupEgress => ("outbound rules", "アウトバウンドルール"),
        Check::GroupIngress => ("inbound rules", "インバウンドルール"),
        Check::AclRequestOut => ("request leaves the subnet", "リクエストのサブネットからの送信"),
        Check::AclRequestIn => ("request enters the subnet", "リクエストのサブネットへの受信"),
        Check::AclAnswerOut => ("answer leaves the subnet", "応答のサブネットからの送信"),
        Check::AclAnswerIn => ("answer enters the subnet", "応答のサブネットへの受信"),
        Check::Route => ("route", "ルート"),
        Check::AnswerRoute => ("route of the answer", "応答のルート"),
        Check::State => ("state", "状態"),
        Check::Attachment => ("attachment", "アタッチメント"),
        Check::PublicAddress => ("public IPv4 address", "パブリック IPv4 アドレス"),
        Check::PublicAccess => ("VPC Block Public Access", "VPC ブロックパブリックアクセス"),
        Check::SourceDestCheck => ("source/destination check", "送信元/送信先チェック"),
        Check::Connectivity => ("connectivity type", "接続タイプ"),
        Check::Behind => ("what lies behind", "この先の経路"),
    }
}
