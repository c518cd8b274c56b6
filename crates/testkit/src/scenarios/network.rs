//! The path through the network: one fault each, what looks alike, and what was not pasted.

mod acls;
pub(crate) mod callers;
mod families;
mod filters;
mod gateways;
mod hub;
mod nat;
mod peers;

use super::secret::{about, scenario};
use crate::scenario::{Said, Scenario};
use crate::world::World;
use serde_json::{Value, json};

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
    let mut all = gateways::all();
    all.extend(callers::all());
    all.extend(nat::all());
    all.extend(families::all());
    all.extend(filters::all());
    all.extend(acls::all());
    all.extend(hub::all());
    all.extend(peers::all());
    all
}

pub(super) const VPC: &str = "vpc-0a1b2c3d4e5f60718";
/// The task's subnet of worlds with private subnets.
pub(super) const PRIVATE: &str = "subnet-0a0000000000000a1";
/// The public subnet.
pub(super) const PUBLIC: &str = "subnet-0b0000000000000b1";
/// A private subnet of another zone; it uses the main table, which leads nowhere.
pub(super) const OTHER: &str = "subnet-0c0000000000000c1";
pub(super) const NAT: &str = "nat-0a0000000000000a1";
pub(super) const NAT_STATE: &str = "/NatGateways/0/State";
/// The second route of the private subnet's table.
pub(super) const WAY_OUT: &str = "/RouteTables/0/Routes/1";

pub(super) const fn case(
    name: &'static str,
    outcome: &'static str,
    says: &'static [(&'static str, Said)],
    asks: &'static [&'static str],
    build: fn() -> World,
) -> Scenario {
    scenario(name, outcome, says, asks, build)
}

/// ECR's login, timed out at an address.
pub(super) fn login_timeout(address: &str) -> String {
    format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post \"https://api.ecr.us-east-1.amazonaws.com/\": dial tcp {address}:443: i/o timeout"
    )
}

/// The secret's fetch, timed out without an address.
pub(super) fn secret_timeout() -> String {
    about("RequestCanceled: request context canceled caused by: context deadline exceeded")
}

/// Image layers, timed out.
pub(super) fn layers_timeout() -> String {
    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get \"https://prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com/layer\": dial tcp 52.216.0.10:443: i/o timeout".to_owned()
}

/// The route of the private subnet's table.
pub(super) fn route(target: &str, id: &str, state: &str) -> Value {
    json!({"DestinationCidrBlock": "0.0.0.0/0", target: id, "Origin": "CreateRoute", "State": state})
}

/// Lets the service use another subnet too.
pub(super) fn also_in(world: &mut World, subnet: &str) {
    for at in ["/services/0/networkConfiguration", "/services/0/deployments/0/networkConfiguration"] {
        world.set("describe-services", &format!("{at}/awsvpcConfiguration/subnets/-"), json!(subnet));
    }
}
