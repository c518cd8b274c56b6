//! Which name servers the VPC hands out, and whether they can be asked.

use crate::acl::Crossing;
use crate::ground::Ground;
use crate::groups::{Flow, Peer};
use crate::model::trace::Protocol;
use crate::routes::Next;
use crate::set::AddressSet;
use snapshot::ec2::route::{Route, RouteState};
use snapshot::ids::DhcpOptionsId;
use snapshot::{Assumption, Citation, Found, Need, Operation, Question, QuestionKind, Truth};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The Amazon-provided resolver's addresses in every VPC (Amazon VPC User Guide, "DNS attributes").
pub(crate) const LINK_LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::new(169, 254, 169, 253));
pub(crate) const LINK_LOCAL_V6: IpAddr = IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x253));

/// The servers of the VPC's DHCP options.
#[derive(Clone, Debug)]
pub(crate) struct Servers {
    /// Amazon's own is among them.
    pub(crate) amazon: bool,
    /// The others.
    pub(crate) custom: Vec<String>,
    pub(crate) options: DhcpOptionsId,
}

impl Servers {
    /// Whether the others resolve AWS's names, which no output shows.
    pub(crate) fn question(&self) -> Question {
        Question {
            kind: QuestionKind::CustomDnsResolves,
            subject: self.options.0.clone(),
        }
    }
}

/// What is known of them.
#[derive(Clone, Debug)]
pub(crate) enum Resolver {
    Known(Servers, Vec<Citation>),
    /// Not pasted: Amazon's, by default.
    Default(Vec<Need>),
    /// No option set, or one without servers: what a task then asks is not documented.
    Undocumented(DhcpOptionsId, Vec<Citation>),
}

/// Whether custom servers can be asked.
pub(crate) struct Asking {
    pub(crate) udp: Truth,
    pub(crate) tcp: Truth,
    pub(crate) blockers: Vec<String>,
    pub(crate) cites: Vec<Citation>,
    /// Listings taken as complete by what refuses.
    pub(crate) assumes: Vec<Assumption>,
    pub(crate) needs: Vec<Need>,
}

impl Ground<'_> {
    pub(crate) fn resolver(&self) -> Resolver {
        let mut vpcs = self.call(Operation::Ec2DescribeVpcs);
        if let Some(id) = &self.vpc_id {
            vpcs = vpcs.option("vpc-ids", id.as_str());
        }
        let dhcp = Need::Call(self.call(Operation::Ec2DescribeDhcpOptions));
        let Some(vpc) = self.vpc else {
            return Resolver::Default(vec![vpcs.into(), dhcp]);
        };
        let Some(id) = &vpc.value.dhcp_options_id else {
            return Resolver::Default(vec![vpcs.into(), dhcp]);
        };
        if id.as_str() == "default" {
            return Resolver::Undocumented(id.clone(), vec![vpc.at.clone()]);
        }
        let Some(found) = self.snapshot.ec2.dhcp_options.get(id) else {
            let call = self.call(Operation::Ec2DescribeDhcpOptions).option("dhcp-options-ids", id.as_str());
            return Resolver::Default(vec![call.into()]);
        };
        let cites = vec![vpc.at.clone(), found.at.clone()];
        let Some(servers) = found.value.name_servers().filter(|servers| !servers.is_empty()) else {
            return Resolver::Undocumented(id.clone(), cites);
        };
        let plus_two = vpc.value.cidr_block.and_then(|cidr| match cidr.0 {
            ipnet::IpNet::V4(net) => u32::from(net.network())
                .checked_add(2)
                .map(|number| IpAddr::V4(Ipv4Addr::from(number))),
            ipnet::IpNet::V6(_) => None,
        });
        let is_amazon = |server: &&str| {
            let text = server.trim();
            text.eq_ignore_ascii_case("AmazonProvidedDNS")
                || text
                    .parse::<IpAddr>()
                    .is_ok_and(|ip| ip == LINK_LOCAL || ip == LINK_LOCAL_V6 || Some(ip) == plus_two)
        };
        let (amazon, custom): (Vec<&str>, Vec<&str>) = servers.into_iter().partition(is_amazon);
        let custom = custom.into_iter().map(str::to_owned).collect();
        Resolver::Known(
            Servers {
                amazon: !amazon.is_empty(),
                custom,
                options: id.clone(),
            },
            cites,
        )
    }

    /// Whether at least one of the servers can be asked: route, groups and the subnet's ACL.
    pub(crate) fn asking(&self, servers: &[String]) -> Asking {
        let mut asking = Asking {
            udp: Truth::False,
            tcp: Truth::False,
            blockers: Vec::new(),
            cites: Vec::new(),
            assumes: Vec::new(),
            needs: Vec::new(),
        };
        for server in servers {
            let Ok(address) = server.trim().parse::<IpAddr>() else {
                (asking.udp, asking.tcp) = (asking.udp.or(Truth::Unknown), asking.tcp.or(Truth::Unknown));
                continue;
            };
            let udp = self.ask(address, Protocol::Udp, &mut asking);
            let tcp = self.ask(address, Protocol::Tcp, &mut asking);
            (asking.udp, asking.tcp) = (asking.udp.or(udp), asking.tcp.or(tcp));
        }
        asking
    }

    fn ask(&self, server: IpAddr, protocol: Protocol, asking: &mut Asking) -> Truth {
        let set = AddressSet::addresses([server]);
        let mut verdict = Truth::True;
        let groups = self.caller.security_groups.as_deref();
        let theirs = self.groups_at(server);
        let peer = Peer {
            set: &set,
            groups: theirs.as_deref(),
            public: false,
            anywhere: false,
            forgotten: false,
        };
        let judged = self.judge_groups(
            groups,
            Flow {
                egress: true,
                protocol,
                port: 53,
            },
            &peer,
        );
        let passes = of(&set, &judged.pass, &judged.fail);
        verdict = verdict.and(passes);
        asking.needs.extend(judged.needs);
        // Only what refuses is cited.
        if passes.is_false() {
            asking.cites.extend(judged.cites);
            asking.assumes.extend(judged.assumes);
            asking.blockers.extend(groups.unwrap_or_default().iter().map(|id| id.0.clone()));
        }
        let (Some(subnet), Some(vpc)) = (&self.caller.subnet, &self.vpc_id) else {
            return verdict.and(Truth::Unknown);
        };
        let beside = self
            .subnet
            .is_some_and(|found| found.value.cidrs().any(|cidr| cidr.0.contains(&server)));
        if !beside {
            let acl = self.acl_of(subnet, Some(vpc));
            match acl.value {
                Some(found) => {
                    for (egress, ports) in [(true, (53, 53)), (false, self.task_ports())] {
                        let judged = self.judge_acl(found, Crossing { egress, protocol, ports }, &set);
                        let passes = of(&set, &judged.pass, &judged.fail);
                        verdict = verdict.and(passes);
                        if passes.is_false() {
                            asking.cites.extend(judged.cites.into_iter().chain(acl.cites.iter().cloned()));
                            asking.assumes.extend(acl.assumes.iter().cloned());
                            asking.blockers.extend(found.value.network_acl_id.iter().map(|id| id.0.clone()));
                        }
                    }
                }
                None => {
                    verdict = verdict.and(Truth::Unknown);
                    asking.needs.extend(acl.needs);
                }
            }
        }
        let table = self.table_of(subnet, Some(vpc));
        let Some(found) = table.value else {
            asking.needs.extend(table.needs);
            return verdict.and(Truth::Unknown);
        };
        let carries = |route: &Option<&Route>| {
            Truth::from(route.is_some_and(|route| {
                route.state != Some(RouteState::Blackhole) && !(matches!(Next::of(route), Next::Internet(_)) && is_private(server))
            }))
        };
        let mut routed = Truth::True;
        for part in self.lookup(found, &set, false) {
            routed = routed.and(Truth::agreed(part.routes.iter().map(carries)));
            asking.needs.extend(part.needs);
        }
        if routed.is_false() {
            asking.cites.extend(table.cites);
            asking.assumes.extend(table.assumes);
            asking.blockers.extend(found.value.route_table_id.iter().map(|id| id.0.clone()));
        }
        verdict.and(routed)
    }

    /// The groups of whatever interface has that address.
    pub(crate) fn groups_at(&self, address: IpAddr) -> Option<Vec<snapshot::ids::SecurityGroupId>> {
        let found: &Found<snapshot::ec2::interface::NetworkInterface> = self
            .snapshot
            .ec2
            .network_interfaces
            .iter()
            .find(|found| found.value.addresses().contains(&address) && found.value.vpc_id == self.vpc_id)?;
        found.value.group_ids()
    }
}

fn of(set: &AddressSet, pass: &AddressSet, fail: &AddressSet) -> Truth {
    if set.is_within(pass) {
        Truth::True
    } else if set.is_within(fail) {
        Truth::False
    } else {
        Truth::Unknown
    }
}

/// Whether an internet gateway would drop it.
pub(crate) fn is_private(address: IpAddr) -> bool {
    let public = if address.is_ipv6() {
        AddressSet::public_v6()
    } else {
        AddressSet::public_v4()
    };
    !public.holds(address)
}
