//! Registries other than Amazon ECR that refuse a pull: for want of credentials, in spite of them, or for its rate.

use super::elsewhere::{GITHUB, credentials};
use super::{foreign, resolve};
use crate::scenario::Said::{Cause, Silent, Unknown};
use crate::scenario::Scenario;
use crate::scenarios::secret::{answer, scenario};

const FORBIDDEN: &str = "failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aexample%2Fapp%3Apull&service=ghcr.io: 403 Forbidden";
const NOT_FOR_YOU: &str = "failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aexample%2Fapp%3Apull&service=ghcr.io: 403 Forbidden";

pub(super) fn all() -> Vec<Scenario> {
    vec![
        // GitHub answers so for a private image and for none.
        scenario(
            "image/credentials_missing/forbidden",
            "suspects",
            &[("image.credentials-missing", Unknown)],
            &["exist in its registry"],
            || foreign(GITHUB, &resolve(GITHUB, FORBIDDEN)),
        ),
        scenario(
            "image/credentials_missing/forbidden_answered",
            "root_cause",
            &[("image.credentials-missing", Cause), ("image.tag-not-found", Silent)],
            &[],
            || {
                let mut world = foreign(GITHUB, &resolve(GITHUB, FORBIDDEN));
                answer(&mut world, "image-pullable", GITHUB, "it needs credentials");
                world
            },
        ),
        scenario(
            "image/credentials_missing/forbidden_without",
            "root_cause",
            &[("image.credentials-missing", Silent), ("image.tag-not-found", Cause)],
            &[],
            || {
                let mut world = foreign(GITHUB, &resolve(GITHUB, FORBIDDEN));
                answer(&mut world, "image-pullable", GITHUB, "no such image");
                world
            },
        ),
        scenario(
            "image/credentials_invalid/forbidden",
            "suspects",
            &[("image.credentials-invalid", Unknown), ("image.credentials-missing", Silent)],
            &["exist in its registry"],
            || credentials(&resolve(GITHUB, NOT_FOR_YOU)),
        ),
        scenario(
            "image/credentials_invalid/forbidden_answered",
            "root_cause",
            &[("image.credentials-invalid", Cause)],
            &[],
            || {
                let mut world = credentials(&resolve(GITHUB, NOT_FOR_YOU));
                answer(&mut world, "image-pullable", GITHUB, "it needs credentials");
                world
            },
        ),
        // Without the definition nobody sees whether the container has credentials.
        scenario(
            "image/credentials_invalid/forbidden_undefined",
            "suspects",
            &[("image.credentials-missing", Silent), ("image.credentials-invalid", Silent)],
            &["ecs:DescribeTaskDefinition"],
            || {
                let mut world = credentials(&resolve(GITHUB, NOT_FOR_YOU));
                answer(&mut world, "image-pullable", GITHUB, "it needs credentials");
                world.drop_output("describe-task-definition");
                world
            },
        ),
        // Amazon ECR has a cache for some registries, with credentials or without; of others a copy is pulled.
        scenario(
            "image/rate_limited/without_credentials",
            "root_cause",
            &[("image.rate-limited", Cause)],
            &[],
            || limited("public.ecr.aws/docker/library/nginx:latest", "toomanyrequests: Rate exceeded"),
        ),
        scenario(
            "image/rate_limited/without_cache",
            "root_cause",
            &[("image.rate-limited", Cause)],
            &[],
            || limited("mcr.microsoft.com/dotnet/aspnet:8.0", "toomanyrequests"),
        ),
    ]
}

fn limited(image: &str, answer: &str) -> crate::world::World {
    let host = image.split('/').next().unwrap_or_default();
    foreign(
        image,
        &resolve(
            image,
            &format!("unexpected status from HEAD request to https://{host}/v2/: 429 Too Many Requests: {answer}"),
        ),
    )
}
