//! Name resolution: which ways the host's name may lead, before any packet is sent to the service.

use crate::ground::Ground;
use crate::model::fault::{Fault, FaultKind, RuleRef, Severity};
use crate::model::trace::{Check, Direction, Hop, HopKind, Place, Protocol, Step, Witness};
use crate::resolver::{Resolver, Servers};
use crate::set::AddressSet;
use snapshot::ec2::endpoint::VpcEndpoint;
use snapshot::ids::VpcId;
use snapshot::{Assumption, Citation, Found, Need, Operation, Question, QuestionKind, Truth};
use std::net::IpAddr;

/// Where the name leads.
#[derive(Clone, Debug)]
pub(crate) enum Way<'a> {
    /// To an interface endpoint; with an address where an error text quotes it.
    Endpoint(&'a Found<VpcEndpoint>, Option<AddressSet>),
    /// To an interface endpoint that was not pasted.
    Unseen,
    /// To the service's public addresses.
    Public,
    /// To these addresses.
    At(AddressSet),
    /// Nowhere: no answer, or an endpoint that does not work.
    Broken(Box<Fault>),
    /// Not known.
    Open,
}

/// The ways, and what decides between them.
pub(crate) struct Names<'a> {
    /// The way by what was pasted and AWS's defaults.
    pub(crate) primary: Way<'a>,
    /// Ways that are as likely: a verdict holds only where all agree.
    pub(crate) hard: Vec<Way<'a>>,
    /// Ways that an assumed default excludes: they count against `blocked` only.
    pub(crate) soft: Vec<Way<'a>>,
    /// The defaults that `reachable` takes for granted.
    pub(crate) defaults: Vec<Assumption>,
    /// Listings taken as complete.
    pub(crate) assumes: Vec<Assumption>,
    /// What the ways rest on.
    pub(crate) cites: Vec<Citation>,
    /// What shows that AWS's defaults are in force, which decide between private and public names.
    pub(crate) confirmed: Vec<Citation>,
    /// What shows that Amazon's resolver answers: without it the call fails as well.
    pub(crate) answers: Option<Citation>,
    /// What would decide between them.
    pub(crate) needs: Vec<Need>,
    /// What would replace the defaults.
    pub(crate) default_needs: Vec<Need>,
    pub(crate) hops: Vec<Hop>,
    pub(crate) faults: Vec<Fault>,
    /// The endpoint whose name stays public because `enableDnsHostnames` is off, with the proof.
    pub(crate) left_public: Option<Fault>,
    /// Custom servers answer: the fault that says so, unknown or a trap as the ways turn out.
    pub(crate) custom: Option<Fault>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(primary: Way<'a>) -> Self {
        Self {
            primary,
            hard: Vec::new(),
            soft: Vec::new(),
            defaults: Vec::new(),
            assumes: Vec::new(),
            cites: Vec::new(),
            confirmed: Vec::new(),
            answers: None,
            needs: Vec::new(),
            default_needs: Vec::new(),
            hops: Vec::new(),
            faults: Vec::new(),
            left_public: None,
            custom: None,
        }
    }

    pub(crate) fn hop(&mut self, check: Check, id: Option<String>, verdict: Truth, citations: Vec<Citation>) {
        let step = Step {
            check,
            verdict,
            rule: RuleRef::None,
            citations,
        };
        match self.hops.last_mut() {
            Some(hop) => {
                hop.verdict = hop.verdict.and(verdict);
                hop.id = hop.id.take().or(id);
                hop.steps.push(step);
            }
            None => self.hops.push(Hop {
                kind: HopKind::Dns,
                id,
                verdict,
                steps: vec![step],
            }),
        }
    }
}

pub(crate) fn fault(kind: FaultKind, severity: Severity, evidence: Vec<Citation>, needs: Vec<Need>) -> Fault {
    Fault {
        kind,
        severity,
        intermittent: false,
        part: Vec::new(),
        evidence,
        needs,
        assumes: Vec::new(),
        witness: None,
    }
}

impl<'a> Ground<'a> {
    pub(crate) fn attribute_need(&self, attribute: &str) -> Need {
        let mut call = self.call(Operation::Ec2DescribeVpcAttribute);
        if let Some(vpc) = &self.vpc_id {
            call = call.option("vpc-id", vpc.as_str());
        }
        call.option("attribute", attribute).into()
    }

    pub(crate) fn names(&self, vpc: &VpcId, v6: bool) -> Names<'a> {
        if let Some(address) = self.target.quoted_address {
            return self.quoted(vpc, address, v6);
        }
        let mut names = self.amazon(vpc, v6);
        let support = self
            .snapshot
            .ec2
            .vpc_attributes
            .get(vpc)
            .and_then(|attributes| attributes.dns_support.as_ref());
        match self.resolver() {
            Resolver::Default(needs) => {
                names.defaults.push(Assumption::AmazonProvidedDns { vpc: vpc.0.clone() });
                names.default_needs.extend(needs);
                names.hop(Check::Resolver, None, Truth::Unknown, Vec::new());
                self.dns_support(&mut names, vpc, support, None);
                let others = self.custom_ways(&names);
                names.soft.extend(others);
            }
            Resolver::Undocumented(id, cites) => {
                names.cites.extend(cites.iter().cloned());
                names.hop(Check::Resolver, Some(id.0.clone()), Truth::Unknown, cites);
                names.needs.push(Need::Question(Question {
                    kind: QuestionKind::CustomDnsResolves,
                    subject: id.0,
                }));
                let others = self.custom_ways(&names);
                names.hard.extend(others);
                names.hard.push(Way::Open);
            }
            Resolver::Known(servers, cites) => {
                let custom = !servers.custom.is_empty();
                let shown = if custom { &mut names.cites } else { &mut names.confirmed };
                shown.extend(cites.iter().cloned());
                let verdict = if custom { Truth::Unknown } else { Truth::True };
                names.hop(Check::Resolver, Some(servers.options.0.clone()), verdict, cites.clone());
                if servers.amazon {
                    self.dns_support(&mut names, vpc, support, Some(cites.clone()));
                }
                if custom {
                    self.custom(&mut names, &servers, &cites);
                }
            }
        }
        names
    }

    /// What Amazon's resolver needs, for the ways that it is asked.
    fn dns_support(&self, names: &mut Names<'a>, vpc: &VpcId, support: Option<&Found<bool>>, amazon: Option<Vec<Citation>>) {
        match support {
            Some(found) if !found.value => {
                let mut evidence = vec![found.at.clone()];
                let severity = if amazon.is_some() { Severity::Fail } else { Severity::Unknown };
                evidence.extend(amazon.iter().flatten().cloned());
                let needs = if amazon.is_some() {
                    Vec::new()
                } else {
                    names.default_needs.clone()
                };
                let broken = fault(
                    FaultKind::DnsSupportDisabled { vpc: vpc.clone() },
                    severity,
                    evidence.clone(),
                    needs,
                );
                names.hop(Check::DnsSupport, None, Truth::False, vec![found.at.clone()]);
                // Its answer would be the way: no other default matters for it.
                if amazon.is_none() {
                    let primary = names.primary.clone();
                    names.soft.push(primary);
                }
                names.primary = Way::Broken(Box::new(broken));
                names.hard.clear();
            }
            Some(found) => {
                names.answers = Some(found.at.clone());
                names.hop(Check::DnsSupport, None, Truth::True, vec![found.at.clone()]);
            }
            None => {
                names.defaults.push(Assumption::DnsSupportOn { vpc: vpc.0.clone() });
                names.default_needs.push(self.attribute_need("enableDnsSupport"));
            }
        }
    }

    /// What other servers may answer: the public addresses, or what Amazon's would.
    fn custom_ways(&self, names: &Names<'a>) -> Vec<Way<'a>> {
        let mut ways = names.hard.clone();
        ways.extend(names.soft.iter().cloned());
        if !matches!(names.primary, Way::Public) {
            ways.push(Way::Public);
        }
        ways
    }

    /// The question that does not reach a name server.
    fn unasked(&self, servers: &[String], tcp: bool) -> Option<Witness> {
        let server: IpAddr = servers.first()?.trim().parse().ok()?;
        Some(Witness {
            source: Place::of(&self.source(server.is_ipv6()).value?),
            destination: Place::Address(server),
            protocol: if tcp { Protocol::Tcp } else { Protocol::Udp },
            port: 53,
            last_port: 53,
            direction: Direction::Request,
            rule: RuleRef::None,
        })
    }

    /// What other servers answer cannot be seen; the person may know.
    pub(crate) fn custom_answers(&self, servers: &Servers, cites: &[Citation]) -> Fault {
        let kind = FaultKind::DnsCustomServer {
            options: servers.options.clone(),
            servers: servers.custom.clone(),
        };
        fault(kind, Severity::Unknown, cites.to_vec(), vec![Need::Question(servers.question())])
    }

    /// Other servers: whether they can be asked, and that their answers cannot be seen.
    fn custom(&self, names: &mut Names<'a>, servers: &Servers, cites: &[Citation]) {
        let question = servers.question();
        let asking = self.asking(&servers.custom);
        let port_fault = |severity, tcp_only| {
            let mut evidence = cites.to_vec();
            evidence.extend(asking.cites.iter().cloned());
            evidence.extend(self.caller.evidence.iter().cloned());
            let mut blockers = asking.blockers.clone();
            blockers.sort_unstable();
            blockers.dedup();
            let kind = FaultKind::DnsPortBlocked {
                servers: servers.custom.clone(),
                tcp_only,
                blockers,
            };
            let mut fault = fault(kind, severity, evidence, asking.needs.clone());
            fault.assumes.clone_from(&asking.assumes);
            fault.witness = self.unasked(&servers.custom, tcp_only);
            fault
        };
        let amazon_works = servers.amazon && !matches!(&names.primary, Way::Broken(_));
        match (asking.udp, servers.amazon) {
            (Truth::False, false) => {
                names.primary = Way::Broken(Box::new(port_fault(Severity::Fail, false)));
                names.hard.clear();
                names.soft.clear();
                names.defaults.clear();
                return;
            }
            (Truth::Unknown, false) => names.faults.push(port_fault(Severity::Unknown, false)),
            _ if asking.tcp.is_false() => names.faults.push(port_fault(Severity::Warn, true)),
            _ => {}
        }
        match self.answered(&question) {
            Some(true) => {
                names.cites.extend(self.snapshot.answer(&question).map(|given| given.at.clone()));
                if asking.udp != Truth::True && !servers.amazon {
                    names.hard.push(Way::Open);
                }
                return;
            }
            // They do not ask Amazon's: the name is public, if they resolve it at all.
            Some(false) if !servers.amazon => {
                names.primary = Way::Public;
                names.hard = vec![Way::Open];
            }
            _ => {
                let ways = self.custom_ways(names);
                // With Amazon's own among them a broken one is asked as well.
                if !amazon_works && servers.amazon {
                    names.hard.push(Way::Open);
                }
                names.hard.extend(ways);
                names.soft.clear();
                names
                    .defaults
                    .retain(|assumption| matches!(assumption, Assumption::DnsSupportOn { .. }));
                if asking.udp != Truth::True && !servers.amazon {
                    names.hard.push(Way::Open);
                }
            }
        }
        names.custom = Some(self.custom_answers(servers, cites));
        names.needs.push(Need::Question(question));
        names.needs.extend(asking.needs.iter().cloned());
    }

    /// What Amazon's resolver answers.
    fn amazon(&self, vpc: &VpcId, v6: bool) -> Names<'a> {
        let mut names = self.private_dns(vpc);
        self.shadowed(&mut names, vpc, v6);
        let host = self.target.host.trim_end_matches('.').to_ascii_lowercase();
        let route53 = &self.snapshot.route53;
        let forwarded = route53.resolver_rule_associations.iter().find(|found| {
            let rule = found.value.resolver_rule_id.as_ref().and_then(|id| route53.resolver_rules.get(id));
            let domain = rule
                .and_then(|rule| rule.value.domain_name.as_deref())
                .map(|name| name.trim_end_matches('.').to_ascii_lowercase());
            let kind = rule.and_then(|rule| rule.value.rule_type.as_deref());
            found.value.vpc_id.as_ref() == Some(vpc)
                && kind.is_none_or(|kind| kind.eq_ignore_ascii_case("FORWARD"))
                && domain.is_none_or(|domain| domain.is_empty() || host == domain || host.ends_with(&format!(".{domain}")))
        });
        let filtered = route53
            .firewall_associations
            .iter()
            .find(|found| found.value.vpc_id.as_ref() == Some(vpc));
        let subjects = forwarded
            .map(|found| (found.value.resolver_rule_id.as_ref().map(|id| id.0.clone()), found.at.clone()))
            .into_iter()
            .chain(filtered.map(|found| (found.value.firewall_rule_group_id.clone(), found.at.clone())));
        for (subject, at) in subjects {
            let question = Question {
                kind: QuestionKind::CustomDnsResolves,
                subject: subject.unwrap_or_default(),
            };
            names.cites.push(at);
            if self.answered(&question) != Some(true) {
                names.hard.push(Way::Open);
                names.needs.push(Need::Question(question));
            }
        }
        names
    }
}
