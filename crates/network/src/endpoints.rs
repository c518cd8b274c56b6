//! VPC endpoints: the interfaces that a name leads to, and the gaps where none carries the call.

use crate::ground::{Covered, Ground};
use crate::groups::{Flow, Judged, Peer};
use crate::line::{At, End, Line, Packet};
use crate::model::fault::FaultKind;
use crate::model::trace::{Check, HopKind, Place, Protocol, Via};
use crate::routes::Next;
use crate::set::AddressSet;
use snapshot::ec2::endpoint::{EndpointState, EndpointType, VpcEndpoint};
use snapshot::ec2::interface::group_ids;
use snapshot::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId, VpcId};
use snapshot::{Citation, Found, Need, Operation, Truth};

/// One interface of an endpoint, or where one may stand.
#[derive(Clone, Debug)]
pub(crate) struct Landing {
    pub(crate) interface: Option<NetworkInterfaceId>,
    pub(crate) subnet: Option<SubnetId>,
    pub(crate) set: AddressSet,
    pub(crate) cites: Vec<Citation>,
    pub(crate) needs: Vec<Need>,
}

/// What a landing is judged by besides the caller.
pub(crate) struct Doors<'a> {
    pub(crate) endpoint: Option<&'a Found<VpcEndpoint>>,
    /// Its groups; `None` where they are not known.
    pub(crate) groups: Option<Vec<SecurityGroupId>>,
}

/// Whether the endpoint surely carries nothing; one that is coming or going may.
pub(crate) fn is_gone(endpoint: &VpcEndpoint) -> bool {
    matches!(
        endpoint.state,
        Some(EndpointState::Failed | EndpointState::Rejected | EndpointState::Expired | EndpointState::Deleted)
    )
}

impl<'a> Ground<'a> {
    /// The interface endpoints of the VPC for the target's service.
    pub(crate) fn interface_endpoints(&self, vpc: &VpcId) -> Vec<&'a Found<VpcEndpoint>> {
        let Some(service) = &self.target.service else {
            return Vec::new();
        };
        let endpoints = self.snapshot.ec2.vpc_endpoints.iter().filter(|found| {
            self.count(1);
            let endpoint = &found.value;
            endpoint.vpc_id.as_ref() == Some(vpc)
                && endpoint.kind() == Some(&EndpointType::Interface)
                && endpoint.state != Some(EndpointState::Deleted)
                && endpoint.service_name.as_deref().is_some_and(|name| service.names(name))
        });
        endpoints.collect()
    }

    /// Whether endpoints for the target's service that were not pasted are proven not to be there.
    pub(crate) fn endpoint_coverage(&self, vpc: &VpcId, kind: &str) -> Option<Covered> {
        let name = self
            .target
            .service
            .as_ref()
            .map(|service| format!("com.amazonaws.{}.{}", service.region, service.suffix))
            .unwrap_or_default();
        let attributes = [
            ("vpc-id", vpc.as_str()),
            ("service-name", name.as_str()),
            ("vpc-endpoint-type", kind),
        ];
        self.coverage(&self.snapshot.ec2.vpc_endpoints, &attributes, |endpoint| {
            endpoint.vpc_id.as_ref() == Some(vpc)
        })
    }

    pub(crate) fn endpoints_need(&self) -> Need {
        self.call_for_vpc(Operation::Ec2DescribeVpcEndpoints, self.vpc_id.as_ref())
    }

    /// An endpoint that is not `available`.
    pub(crate) fn unavailable(&self, endpoint: &VpcEndpoint) -> Option<FaultKind> {
        let state = endpoint.state.as_ref().filter(|state| **state != EndpointState::Available)?;
        let error = endpoint.last_error.as_ref().and_then(|error| error.message.clone());
        Some(FaultKind::EndpointNotAvailable {
            endpoint: endpoint.vpc_endpoint_id.clone()?,
            state: state.as_str().to_owned(),
            message: endpoint.failure_reason.clone().or(error),
        })
    }

    /// Where the endpoint's interfaces stand, as far as pasted; else anywhere in its subnets.
    pub(crate) fn landings(&self, endpoint: &Found<VpcEndpoint>, v6: bool) -> Vec<Landing> {
        let family = AddressSet::family(v6);
        let mut landings = Vec::new();
        let mut open = endpoint.value.network_interface_ids.is_empty();
        for id in &endpoint.value.network_interface_ids {
            match self.snapshot.ec2.network_interfaces.get(id) {
                Some(found) => {
                    let set = AddressSet::addresses(found.value.addresses()).intersection(&family);
                    landings.push(Landing {
                        interface: Some(id.clone()),
                        subnet: found.value.subnet_id.clone(),
                        set,
                        cites: vec![found.at.clone()],
                        needs: Vec::new(),
                    });
                }
                None => open = true,
            }
        }
        if open {
            let placed: Vec<SubnetId> = landings.iter().filter_map(|landing| landing.subnet.clone()).collect();
            let vpc = match &endpoint.value.vpc_id {
                Some(hub) if self.vpc_id.as_ref() != Some(hub) => self.ranges_of(hub),
                _ => self.vpc_ranges(),
            };
            let anywhere = vpc.value.map_or_else(|| family.clone(), |set| set.intersection(&family));
            match &endpoint.value.subnet_ids {
                Some(subnets) => {
                    for subnet in subnets.iter().filter(|subnet| !placed.contains(subnet)) {
                        let ranges = self.subnet_ranges(subnet, v6);
                        landings.push(Landing {
                            interface: None,
                            subnet: Some(subnet.clone()),
                            set: ranges.value.unwrap_or_else(|| anywhere.clone()),
                            cites: ranges.cites,
                            needs: self.interface_needs(endpoint),
                        });
                    }
                }
                None => landings.push(Landing {
                    interface: None,
                    subnet: None,
                    set: anywhere,
                    cites: vpc.cites,
                    needs: self.interface_needs(endpoint),
                }),
            }
        }
        landings.retain(|landing| !landing.set.is_empty());
        landings
    }

    /// Its interfaces; where it names none, the endpoint itself, which always does.
    fn interface_needs(&self, endpoint: &Found<VpcEndpoint>) -> Vec<Need> {
        let ids = &endpoint.value.network_interface_ids;
        let call = match (&endpoint.value.vpc_endpoint_id, ids.is_empty()) {
            (Some(id), true) => self
                .call(Operation::Ec2DescribeVpcEndpoints)
                .option("vpc-endpoint-ids", id.as_str()),
            _ => ids.iter().fold(self.call(Operation::Ec2DescribeNetworkInterfaces), |call, id| {
                call.option("network-interface-ids", id.as_str())
            }),
        };
        vec![call.into()]
    }

    pub(crate) fn doors<'e>(&self, endpoint: &'e Found<VpcEndpoint>) -> Doors<'e> {
        // Every interface endpoint has a group: an empty list says nothing.
        let own = group_ids(endpoint.value.groups.as_ref()).filter(|groups| !groups.is_empty());
        let groups = own.or_else(|| {
            let interfaces = endpoint.value.network_interface_ids.iter();
            interfaces
                .filter_map(|id| self.snapshot.ec2.network_interfaces.get(id))
                .find_map(|found| found.value.group_ids())
        });
        Doors {
            endpoint: Some(endpoint),
            groups,
        }
    }

    /// The way from the caller to one interface inside the VPC and back.
    pub(crate) fn land(&self, line: &mut Line, landing: &Landing, doors: &Doors<'_>) {
        line.via = doors.endpoint.map(|_| Via::InterfaceEndpoint);
        match doors.endpoint {
            // It tells the subnets itself.
            Some(_) => line.shown_by(landing.cites.iter().cloned()),
            None => line.rest_on(landing.cites.iter().cloned(), []),
        }
        line.far.extend(landing.cites.iter().cloned());
        line.needs.extend(landing.needs.iter().cloned());
        let id = doors.endpoint.and_then(|found| found.value.vpc_endpoint_id.clone());
        let peer = Peer {
            set: &landing.set,
            groups: doors.groups.as_deref(),
            public: false,
            anywhere: false,
            forgotten: false,
        };
        let destination = Place::of(&landing.set);
        let endpoint = id.clone();
        self.own_groups(line, self.judge_own(&peer), |groups| FaultKind::SgEgressBlocked {
            groups,
            destination,
            prefix_list: false,
            endpoint,
        });
        self.local_route(line, &landing.set);
        match (&landing.subnet, &self.caller.subnet, &self.vpc_id) {
            (Some(theirs), Some(mine), _) if theirs == mine => {}
            (Some(theirs), Some(_), Some(vpc)) => {
                self.cross_own(line);
                self.cross_far(line, theirs, vpc);
            }
            _ => {
                let judged = Judged {
                    needs: landing.needs.clone(),
                    ..Judged::default()
                };
                line.judge_whole(&At::new(HopKind::Subnet, "", Check::Route), Truth::Unknown, judged, None);
            }
        }
        self.ingress(line, doors, false);
        if let (Some(subnet), Some(vpc)) = (&landing.subnet, &self.vpc_id) {
            let table = self.table_of(subnet, Some(vpc));
            match table.value {
                Some(found) => {
                    line.rest_on(table.cites.iter().cloned(), table.assumes.iter().cloned());
                    let back = line.s.clone();
                    self.answer_route(line, found, &back);
                }
                None => {
                    let judged = Judged {
                        needs: table.needs,
                        ..Judged::default()
                    };
                    line.judge_whole(&At::new(HopKind::RouteTable, "", Check::AnswerRoute), Truth::Unknown, judged, None);
                }
            }
        }
    }

    /// The groups at the other end, inwards. `forgotten`: the caller's groups may not be told there.
    pub(crate) fn ingress(&self, line: &mut Line, doors: &Doors<'_>, forgotten: bool) {
        let id = doors.endpoint.and_then(|found| found.value.vpc_endpoint_id.clone());
        let caller = self.caller.security_groups.as_deref();
        let groups = doors.groups.as_deref();
        let source = line.s.clone();
        let peer = Peer {
            set: &source,
            groups: caller,
            public: false,
            anywhere: false,
            forgotten,
        };
        let flow = Flow {
            egress: false,
            protocol: Protocol::Tcp,
            port: self.target.port,
        };
        let mut judged = match groups {
            Some(groups) => self.judge_groups(Some(groups), flow, &peer),
            None => Judged {
                needs: vec![self.endpoints_need()],
                ..Judged::default()
            },
        };
        // A rule that names a group admits the caller by it: that is where the caller's groups matter.
        if line.s.is_within(&judged.pass) {
            judged.cites.extend(self.caller.evidence.iter().cloned());
        }
        let at = At::new(
            HopKind::InterfaceEndpoint,
            id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
            Check::GroupIngress,
        );
        let place = Place::of(&source);
        let kind = FaultKind::EndpointSgIngressBlocked {
            endpoint: id.unwrap_or_default(),
            groups: groups.unwrap_or_default().to_vec(),
            source: place,
            caller_groups: caller.unwrap_or_default().to_vec(),
        };
        line.judge(&at, End::Source, Packet::request(self.target.port), judged, |_| kind);
    }

    /// The caller's table must leave addresses of its own VPC to the local route.
    fn local_route(&self, line: &mut Line, set: &AddressSet) {
        let (Some(subnet), Some(vpc)) = (&self.caller.subnet, &self.vpc_id) else {
            let needs = self
                .caller
                .subnet
                .iter()
                .map(|id| self.call(Operation::Ec2DescribeSubnets).option("subnet-ids", id.as_str()).into());
            let judged = Judged {
                needs: needs.collect(),
                ..Judged::default()
            };
            return line.judge_whole(&At::new(HopKind::RouteTable, "", Check::Route), Truth::Unknown, judged, None);
        };
        let table = self.table_of(subnet, Some(vpc));
        let Some(found) = table.value else {
            let judged = Judged {
                needs: table.needs,
                ..Judged::default()
            };
            return line.judge_whole(&At::new(HopKind::RouteTable, "", Check::Route), Truth::Unknown, judged, None);
        };
        let mut cites = table.cites.clone();
        let id = found.value.route_table_id.clone().unwrap_or_default();
        let at = At::new(HopKind::RouteTable, id.0, Check::Route);
        let parts = self.lookup(found, set, false);
        cites.extend(parts.iter().flat_map(|part| part.cites.iter().cloned()));
        let mut routes = parts.into_iter().flat_map(|part| part.routes).flatten();
        let diverted = routes.find(|route| Next::of(route) != Next::Local);
        match diverted {
            None => line.judge_whole(
                &at,
                Truth::True,
                Judged {
                    cites,
                    assumes: table.assumes,
                    ..Judged::default()
                },
                None,
            ),
            Some(route) => {
                line.rest_on(cites, table.assumes);
                self.opaque(
                    line,
                    HopKind::Other,
                    Next::of(route).id(),
                    crate::model::fault::OpaqueReason::Diverted,
                    Vec::new(),
                );
            }
        }
    }
}
