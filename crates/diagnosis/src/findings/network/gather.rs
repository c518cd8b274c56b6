//! Faults of every walk, gathered: one fault over five destinations and three subnets is one finding.

use super::family::Family;
use super::words;
use crate::case::Case;
use crate::judged::{Judged, Walk, Whose};
use crate::model::{Code, DestinationKey, Finding, Fix, Status};
use crate::requirements::Requirement;
use network::{Fault, FaultKind, Place, Reach, Severity};
use snapshot::Text;
use snapshot::ids::SubnetId;
use snapshot::order::Order as _;
use std::collections::BTreeMap;

/// One fault on one walk.
#[derive(Clone, Copy)]
pub(in crate::findings) struct Hit<'a> {
    pub(in crate::findings) requirement: &'a Requirement,
    pub(in crate::findings) walk: &'a Walk,
    pub(in crate::findings) fault: &'a Fault,
    /// Every walk of that requirement.
    walks: &'a [Walk],
    /// It is proven to stop the call of this task.
    stops: bool,
}

/// Where a gathered fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::findings) enum Scope {
    /// Where the task calls from.
    Here,
    /// In some of the places that the task may call from.
    Partly,
    /// Only in other subnets of its service.
    Elsewhere,
}

/// A fault with everything that it strikes.
pub(in crate::findings) struct Group<'a> {
    pub(in crate::findings) case: &'a Case<'a>,
    pub(in crate::findings) code: Code,
    pub(in crate::findings) status: Status,
    pub(in crate::findings) scope: Scope,
    pub(in crate::findings) subject: Vec<String>,
    pub(in crate::findings) hits: Vec<Hit<'a>>,
}

/// Gathers the faults of a code by what `subject` makes of them.
pub(in crate::findings) fn of<'a>(
    judged: &'a Judged<'a>,
    code: Code,
    subject: impl Fn(&FaultKind, &Hit<'a>) -> Vec<String>,
) -> Vec<Group<'a>> {
    let mut found: BTreeMap<Vec<String>, Vec<Hit<'a>>> = BTreeMap::new();
    for destination in &judged.destinations {
        let possible = || destination.walks.iter().filter(|walk| walk.whose == Whose::Possible);
        let all_blocked = possible().all(|walk| walk.trace.verdict == Reach::Blocked);
        for walk in &destination.walks {
            for fault in walk.trace.faults.iter().filter(|fault| fault.kind.code() == code.0) {
                let stops = fault.severity == Severity::Fail
                    && match walk.whose {
                        Whose::Own => true,
                        Whose::Possible => all_blocked,
                        Whose::Sibling => false,
                    };
                let hit = Hit {
                    requirement: &destination.requirement,
                    walk,
                    fault,
                    walks: &destination.walks,
                    stops,
                };
                found.entry(subject(&fault.kind, &hit)).or_default().push(hit);
            }
        }
    }
    found
        .into_iter()
        .filter_map(|(subject, hits)| group(judged.case, code, subject, hits))
        .collect()
}

fn group<'a>(case: &'a Case<'a>, code: Code, subject: Vec<String>, hits: Vec<Hit<'a>>) -> Option<Group<'a>> {
    let chosen = |keep: &dyn Fn(&Hit<'a>) -> bool| -> Vec<Hit<'a>> { hits.iter().copied().filter(|hit| keep(hit)).collect() };
    let here = |hit: &Hit<'a>| hit.walk.whose != Whose::Sibling;
    let candidates = [
        (Status::Fail, Scope::Here, chosen(&|hit| hit.stops)),
        (
            Status::Warn,
            Scope::Partly,
            chosen(&|hit| here(hit) && hit.fault.severity == Severity::Fail),
        ),
        (
            Status::Unknown,
            Scope::Here,
            chosen(&|hit| here(hit) && hit.fault.severity == Severity::Unknown),
        ),
        (
            Status::Warn,
            Scope::Here,
            chosen(&|hit| here(hit) && hit.fault.severity == Severity::Warn),
        ),
        (
            Status::Warn,
            Scope::Elsewhere,
            chosen(&|hit| hit.fault.severity != Severity::Unknown),
        ),
    ];
    let (status, scope, hits) = candidates.into_iter().find(|(_, _, hits)| !hits.is_empty())?;
    let group = Group {
        case,
        code,
        status,
        scope,
        subject,
        hits,
    };
    // An unknown that nothing would settle is said by the destination's own verdict.
    (status != Status::Unknown || !group.needs().is_empty()).then_some(group)
}

impl<'a> Group<'a> {
    /// The fault of the first hit.
    pub(in crate::findings) fn kind(&self) -> Option<&'a FaultKind> {
        self.hits.first().map(|hit| &hit.fault.kind)
    }

    /// Whether the name does not lead to a working address: then no packet is sent that could be dropped.
    fn by_name(&self) -> bool {
        use FaultKind::{DnsSupportDisabled, EndpointNotAvailable, PrivateZoneShadows};
        let kind = self.kind();
        kind.is_some_and(|kind| {
            matches!(
                kind,
                DnsSupportDisabled { .. } | PrivateZoneShadows { .. } | EndpointNotAvailable { .. }
            )
        })
    }

    /// The subnets that it strikes.
    pub(in crate::findings) fn subnets(&self) -> Vec<SubnetId> {
        let mut subnets: Vec<SubnetId> = self.hits.iter().filter_map(|hit| hit.walk.subnet.clone()).collect();
        subnets.in_order();
        subnets.dedup();
        subnets
    }

    /// The families of the packets that it drops; IPv4 where no packet tells.
    pub(in crate::findings) fn families(&self) -> Vec<Family> {
        let mut families = Vec::new();
        for witness in self.hits.iter().filter_map(|hit| hit.fault.witness.as_ref()) {
            for end in [&witness.source, &witness.destination] {
                match end {
                    Place::Address(address) => families.push(Family::of(*address)),
                    Place::Ranges(ranges) => families.extend(ranges.iter().map(|range| Family::of(range.addr()))),
                    Place::Public => {}
                }
            }
        }
        if families.is_empty() {
            families.push(Family::V4);
        }
        families.in_order();
        families.dedup();
        families
    }

    /// The destinations that it breaks, in the catalogue's order.
    pub(in crate::findings) fn affects(&self) -> Vec<DestinationKey> {
        let mut keys: Vec<DestinationKey> = self.hits.iter().map(|hit| hit.requirement.key.clone()).collect();
        keys.in_order();
        keys.dedup();
        keys
    }

    fn needs(&self) -> Vec<snapshot::Need> {
        let mut needs: Vec<_> = self.hits.iter().flat_map(|hit| hit.fault.needs.iter().cloned()).collect();
        if needs.is_empty() {
            needs.extend(self.hits.iter().flat_map(|hit| hit.walk.trace.needs.iter().cloned()));
        }
        needs.in_order();
        needs.dedup();
        needs
    }

    /// The finding: `title` and `explanation` for what is proven, `question` (a clause) for what is not, and the remedies.
    pub(in crate::findings) fn told(&self, title: Text, explanation: Text, question: &Text, fixes: Vec<Fix>) -> Finding {
        let mut finding = Finding::new(self.code, self.status);
        finding.subject.clone_from(&self.subject);
        finding.affects = self.affects();
        for hit in &self.hits {
            add(&mut finding.evidence, &hit.fault.evidence);
            add(&mut finding.assumes, &hit.fault.assumes);
            // It stops the call because the other places that the call may leave from are blocked as well.
            let possible = |walk: &Walk| hit.stops && hit.walk.whose == Whose::Possible && walk.whose == Whose::Possible;
            for other in hit.walks.iter().filter(|walk| possible(walk) && !std::ptr::eq(*walk, hit.walk)) {
                add(&mut finding.evidence, &other.trace.evidence);
                add(&mut finding.assumes, &other.trace.assumes);
            }
        }
        // What decides stands first; then what led there.
        let deciding: Vec<_> = self
            .hits
            .iter()
            .flat_map(|hit| &hit.walk.trace.hops)
            .flat_map(|hop| &hop.steps)
            .filter(|step| step.verdict.is_false())
            .flat_map(|step| &step.citations)
            .collect();
        finding.evidence.in_order_by_key(|at| !deciding.contains(&at));
        let services = words::services(&finding.affects);
        if self.status == Status::Unknown {
            finding.missing = self.needs();
            finding.assumes.clear();
            finding.title = Text::new(format!("Not known yet: {}", question.en), format!("未確認: {}", question.ja));
            finding.summary = Text::new(
                format!(
                    "Whether the task reaches {} depends on it; what would show it was not pasted.",
                    services.en
                ),
                format!(
                    "タスクが {} に到達できるかどうかはこれによりますが、確認に必要な出力が貼り付けられていません。",
                    services.ja
                ),
            );
            finding.explanation = Text::fixed(
                "Run the commands below (or answer the question) and add the outputs: the path is judged again with them.",
                "以下のコマンドを実行して (または質問に答えて) 出力を追加すると、経路が再度判定されます。",
            );
            return finding;
        }
        finding.fixes = fixes;
        let (place, own) = (
            words::list(&self.subnets()),
            self.case.interface.as_ref().and_then(|interface| interface.subnet.clone()),
        );
        let (place, place_ja) = if place.is_empty() {
            ("the task's network".to_owned(), "タスクのネットワーク".to_owned())
        } else {
            (place.clone(), place)
        };
        finding.title = title;
        finding.summary = match (self.status, self.scope) {
            (Status::Fail, _) => Text::new(
                format!(
                    "From {place} the task cannot reach {}; it does not start until this is fixed.",
                    services.en
                ),
                format!(
                    "タスクは {place_ja} から {} に到達できません。修正するまで起動しません。",
                    services.ja
                ),
            ),
            (_, Scope::Elsewhere) => {
                let own = own.map_or_else(String::new, |own| own.0);
                finding.title = Text::new(
                    format!("{} (tasks in {place})", finding.title.en),
                    format!("{} ({place_ja} のタスク)", finding.title.ja),
                );
                Text::new(
                    format!(
                        "This task ran in {own} and is not stopped by it; a task that is placed in {place} cannot reach {}.",
                        services.en
                    ),
                    format!(
                        "このタスクは {own} で実行されたため影響を受けませんが、{place_ja} に配置されたタスクは {} に到達できません。",
                        services.ja
                    ),
                )
            }
            (_, Scope::Partly) => {
                finding.title = Text::new(
                    format!("{} (in {place})", finding.title.en),
                    format!("{} ({place_ja})", finding.title.ja),
                );
                Text::new(
                    format!(
                        "A call that leaves from {place} cannot reach {}; from the other subnets or interfaces that the task may use, this is not so.",
                        services.en
                    ),
                    format!(
                        "{place_ja} からの呼び出しは {} に到達できません。タスクが使用しうる他のサブネットや ENI では、この限りではありません。",
                        services.ja
                    ),
                )
            }
            _ => Text::new(
                format!("It does not by itself stop calls to {}, but it is a trap.", services.en),
                format!(
                    "これだけで {} への呼び出しが止まることはありませんが、注意が必要です。",
                    services.ja
                ),
            ),
        };
        let intermittent = self.hits.iter().any(|hit| hit.fault.intermittent);
        let packet = self
            .hits
            .iter()
            .find_map(|hit| hit.fault.witness.as_ref())
            .filter(|witness| !(intermittent || self.by_name() && matches!(witness.rule, network::RuleRef::State(_))))
            .map(words::packet);
        let mut explanation = explanation;
        if intermittent {
            finding.summary = Text::new(
                format!(
                    "Calls to {} fail intermittently: any of the endpoint's interfaces may be chosen, and only some of them let the call through.",
                    services.en
                ),
                format!(
                    "{} への呼び出しは断続的に失敗します。エンドポイントの ENI のいずれかが選ばれますが、通信できるのはその一部だけです。",
                    services.ja
                ),
            );
        }
        if let Some(packet) = packet {
            explanation = Text::new(
                format!("{} {}", explanation.en, packet.en),
                format!("{}{}", explanation.ja, packet.ja),
            );
        }
        finding.explanation = explanation;
        finding
    }
}

fn add<T: Clone + PartialEq>(all: &mut Vec<T>, more: &[T]) {
    for item in more {
        if !all.contains(item) {
            all.push(item.clone());
        }
    }
}
