//! The common ways out, healthy.

use crate::world::{Way, World};
use network::Via;

#[test]
fn the_healthy_ways_are_reachable_without_an_assumption() {
    for (way, via) in [
        (Way::Nat, Via::NatGateway),
        (Way::Internet, Via::InternetGateway),
        (Way::Endpoints, Via::InterfaceEndpoint),
    ] {
        let trace = World::new(way).reachable();
        assert_eq!(trace.via, Some(via));
        assert_eq!(trace.assumes, [], "{trace:#?}");
        assert_eq!(trace.needs, [], "{trace:#?}");
    }
}

#[test]
fn layers_come_through_the_gateway_endpoint() {
    let trace = World::new(Way::Endpoints).to("s3").reachable();
    assert_eq!(trace.via, Some(Via::GatewayEndpoint));
    assert_eq!(trace.passage.endpoints, ["vpce-s3".into()]);
}
