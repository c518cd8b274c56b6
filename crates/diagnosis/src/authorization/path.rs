//! What a call passes and what the service sees of it: the endpoint with its policy, and the context keys of the network
//! (IAM User Guide, "AWS global condition context keys"; VPC PrivateLink Guide, "Endpoint policies").

use super::library::{Held, Library};
use crate::case::Case;
use crate::judged::{Walk, Whose};
use crate::model::DestinationKey;
use crate::requirements::{Origin, Requirement};
use network::{Passage, Reach, Trace};
use policy::{Context, DocumentKind, EndpointKind, Value};
use snapshot::ec2::endpoint::EndpointType;
use snapshot::ids::VpcEndpointId;
use snapshot::{Assumption, Call, Need, Operation, Truth};

/// The keys that only an endpoint sets.
const ENDPOINT_KEYS: [&str; 7] = [
    "aws:SourceVpce",
    "aws:SourceVpc",
    "aws:VpcSourceIp",
    "aws:SourceVpcArn",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
];

/// One way that the call may take; where several are open, a verdict needs all of them to agree.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// The endpoint that it passes.
    pub(super) endpoint: Option<(EndpointKind, Held)>,
    /// The endpoint's id.
    pub(super) id: Option<VpcEndpointId>,
    keys: Vec<(&'static str, Value)>,
}

/// Every way that is open, and what would tell them apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Ways {
    pub(super) ways: Vec<Way>,
    pub(super) needs: Vec<Need>,
    pub(super) assumes: Vec<Assumption>,
}

impl Way {
    fn direct(public: Value) -> Self {
        let mut keys: Vec<_> = ENDPOINT_KEYS.iter().map(|key| (*key, Value::Absent)).collect();
        keys.push(("aws:SourceIp", public));
        Self {
            endpoint: None,
            id: None,
            keys,
        }
    }

    fn unknown(needs: Vec<Need>) -> Self {
        let mut keys: Vec<_> = ENDPOINT_KEYS.iter().map(|key| (*key, Value::Unknown)).collect();
        keys.push(("aws:SourceIp", Value::Unknown));
        Self {
            endpoint: Some((EndpointKind::Interface, Held::unproven("endpoint", needs))),
            id: None,
            keys,
        }
    }

    /// The packet gets nowhere: no endpoint is passed, and what a call would carry once the path is mended depends on how it is mended.
    fn nowhere() -> Self {
        let unknown = |key: &'static str| (key, Value::Unknown);
        Self {
            endpoint: None,
            id: None,
            keys: ENDPOINT_KEYS.into_iter().chain(["aws:SourceIp"]).map(unknown).collect(),
        }
    }

    /// Sets the keys that the call itself carries.
    pub(super) fn set(&self, context: &mut Context) {
        for (key, value) in &self.keys {
            context.set(key, value.clone());
        }
    }

    /// The keys of a call that a service makes with the caller's permissions: it passes no endpoint of the customer's; the address
    /// stays where the first call had one.
    pub(super) fn set_forwarded(&self, context: &mut Context) {
        for (key, value) in &self.keys {
            let kept = *key == "aws:SourceIp";
            context.set(key, if kept { value.clone() } else { Value::Absent });
        }
    }

    /// Whether the address of the first call matters: through an endpoint there is none.
    pub(super) fn through(&self) -> bool {
        self.endpoint.is_some()
    }
}

/// The ways of a requirement's calls.
pub(super) fn of(case: &Case<'_>, library: &Library, requirement: &Requirement, walks: &[Walk]) -> Ways {
    let only = |way: Way| Ways {
        ways: vec![way],
        ..Ways::default()
    };
    if requirement.key == DestinationKey::Sts {
        return only(Way::direct(Value::Unknown));
    }
    if matches!(requirement.origin, Origin::FargateOwned | Origin::OnPremises) {
        // An interface of Fargate's, whose address is AWS's, or a machine elsewhere: outside the VPC, and no endpoint is seen on the way.
        return only(Way::direct(Value::Unknown));
    }
    // Where it is not known from which place the call leaves, all that are possible must agree.
    let mut joined = Ways::default();
    for walk in walks.iter().filter(|walk| walk.whose != Whose::Sibling) {
        let one = of_walk(case, library, requirement, &walk.trace);
        joined.ways.extend(one.ways);
        joined.needs.extend(one.needs);
        joined.assumes.extend(one.assumes);
    }
    if joined.ways.is_empty() {
        return only(Way::unknown(Vec::new()));
    }
    joined.needs = super::denials::dedup(joined.needs);
    joined.assumes = super::denials::dedup(joined.assumes);
    joined
}

fn of_walk(case: &Case<'_>, library: &Library, requirement: &Requirement, trace: &Trace) -> Ways {
    let passage = &trace.passage;
    let needs = || {
        if trace.needs.is_empty() {
            vec![ask_endpoints(case, passage)]
        } else {
            trace.needs.clone()
        }
    };
    let listed = |assumption: &&Assumption| {
        matches!(
            assumption,
            Assumption::Unfiltered {
                operation: Operation::Ec2DescribeVpcEndpoints,
                ..
            }
        )
    };
    let assumes = trace.assumes.iter().filter(listed).cloned().collect();
    let direct = || Way::direct(public(passage));
    let through = || {
        passage
            .endpoints
            .iter()
            .flat_map(|id| by_endpoint(case, library, requirement, passage, id))
    };
    let (ways, needs) = match passage.through_endpoint {
        Truth::True | Truth::Unknown if trace.verdict == Reach::Blocked && passage.endpoints.is_empty() => {
            (vec![Way::nowhere()], Vec::new())
        }
        Truth::False => (vec![direct()], Vec::new()),
        Truth::True | Truth::Unknown if passage.endpoints.is_empty() => (vec![Way::unknown(needs())], needs()),
        Truth::True => (through().collect(), Vec::new()),
        // What stands in the way is seen: there is nothing more to ask.
        Truth::Unknown if trace.verdict == Reach::Blocked => (std::iter::once(direct()).chain(through()).collect(), Vec::new()),
        Truth::Unknown => (std::iter::once(direct()).chain(through()).collect(), needs()),
    };
    Ways { ways, needs, assumes }
}

fn public(passage: &Passage) -> Value {
    match passage.public_ips.as_deref() {
        Some([one]) => Value::one(one.to_string()),
        _ => Value::Unknown,
    }
}

fn ask_endpoints(case: &Case<'_>, passage: &Passage) -> Need {
    let call = Call::new(Operation::Ec2DescribeVpcEndpoints).in_region(case.region.as_deref());
    match &passage.vpc {
        Some(vpc) => call.filter("vpc-id", vpc.as_str()).into(),
        None => call.into(),
    }
}

/// The way through one endpoint. A pull is authorized by Amazon ECR on a request at the registry's endpoint; whether it sees that
/// endpoint's id or the API endpoint's is not documented, so both are tried.
fn by_endpoint(case: &Case<'_>, library: &Library, requirement: &Requirement, passage: &Passage, id: &VpcEndpointId) -> Vec<Way> {
    let found = case.snapshot.ec2.vpc_endpoints.get(id);
    let gateway = found.is_some_and(|found| found.value.kind() == Some(&EndpointType::Gateway));
    let kind = if gateway { EndpointKind::Gateway } else { EndpointKind::Interface };
    let document = found.and_then(|found| {
        found
            .value
            .policy_document
            .as_ref()
            .map(|policy| policy.cited(found.member("PolicyDocument")))
    });
    let held = match document {
        Some(text) => library.pasted(id.as_str(), &text, DocumentKind::Endpoint),
        None => {
            let call = Call::new(Operation::Ec2DescribeVpcEndpoints)
                .option("vpc-endpoint-ids", id.as_str())
                .in_region(case.region.as_deref());
            Held::missing(id.as_str(), vec![call.into()])
        }
    };
    let vpc = passage.vpc.as_ref().or_else(|| found.and_then(|found| found.value.vpc_id.as_ref()));
    let known = |text: Option<String>| text.map_or(Value::Unknown, Value::One);
    let private = match passage.private_ips.as_deref() {
        Some([one]) => Value::one(one.to_string()),
        _ => Value::Unknown,
    };
    // Secrets Manager, Systems Manager and CloudWatch Logs are not among the services that send these keys.
    let sends = matches!(
        requirement.key,
        DestinationKey::EcrApi | DestinationKey::EcrDkr | DestinationKey::S3 | DestinationKey::Kms
    );
    let of_endpoint = if sends { Value::Unknown } else { Value::Absent };
    let mut seen = vec![id.clone()];
    if requirement.key == DestinationKey::EcrDkr {
        let others = case.snapshot.ec2.vpc_endpoints.iter().filter(|other| {
            other.value.vpc_id.as_ref() == vpc && other.value.service_name.as_deref().is_some_and(|name| name.ends_with(".ecr.api"))
        });
        seen.extend(others.filter_map(|other| other.value.vpc_endpoint_id.clone()));
    }
    let way = |seen: VpcEndpointId| Way {
        endpoint: Some((kind, held.clone())),
        id: Some(id.clone()),
        keys: vec![
            ("aws:SourceVpce", Value::one(seen.0)),
            ("aws:SourceVpc", known(vpc.map(|vpc| vpc.0.clone()))),
            ("aws:VpcSourceIp", private.clone()),
            ("aws:SourceVpcArn", of_endpoint.clone()),
            ("aws:VpceAccount", of_endpoint.clone()),
            ("aws:VpceOrgID", of_endpoint.clone()),
            ("aws:VpceOrgPaths", of_endpoint.clone()),
            ("aws:SourceIp", Value::Absent),
        ],
    };
    seen.into_iter().map(way).collect()
}
