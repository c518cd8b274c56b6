//! AWS services that refuse for their own reasons.

use super::secret::{failed, scenario};
use crate::scenario::Said::{Cause, Silent};
use crate::scenario::Scenario;
use crate::world::{Egress, World};

/// All scenarios of this area.
#[must_use]
pub(super) fn all() -> Vec<Scenario> {
    vec![
        scenario(
            "service/throttled/fault",
            "root_cause",
            &[("service.throttled", Cause)],
            &[],
            || {
                World::new(
                    Egress::Nat,
                    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 5 time(s): ThrottlingException: Rate exceeded status code: 400, request id: 2f6b8a34-1111-4222-8333-444455556666",
                )
            },
        ),
        scenario(
            "service/throttled/near_miss",
            "root_cause",
            &[("service.throttled", Silent), ("image.rate-limited", Cause)],
            &[],
            || {
                World::new(
                    Egress::Nat,
                    "CannotPullContainerError: inspect image has been retried 5 time(s): toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
                )
            },
        ),
        scenario(
            "service/throttled/missing",
            "suspects",
            &[("service.throttled", Silent)],
            &[],
            || World::new(Egress::Nat, &failed("...")),
        ),
    ]
}
