//! Random cases from a seed: requests of the kind that a container start makes, under policies that nearly fit.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test's own data")]

mod calls;
mod conditions;
mod contexts;
mod keys;
mod statements;

use serde_json::{Value as Json, json};

use calls::Call;
use contexts::context;
use statements::{For, document, full_access};

/// SplitMix64: small, and the same everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// True in `percent` of a hundred draws.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }
}

/// Two cases of the same request under different policies and contexts.
pub(crate) fn twins(random: &mut Random, id: usize) -> [Json; 2] {
    let call = Call::draw(random);
    [id, id + 1].map(|id| case_of(random, &call, id))
}

fn case_of(random: &mut Random, call: &Call, id: usize) -> Json {
    let mut out = json!({
        "id": id.to_string(),
        "principal": call.caller.arn(),
        "action": call.action,
        "resource": { "arn": call.arn, "accountId": call.account },
        "contextVariables": context(random, call),
    });
    let documents = |random: &mut Random, count: usize, kind: For| -> Json { (0..count).map(|_| document(random, call, kind)).collect() };
    if call.caller.has_policies() {
        let identity = if random.chance(85) { 1 + random.below(2) } else { 0 };
        out["identityPolicies"] = documents(random, identity, For::Plain);
        if random.chance(25) {
            out["boundary"] = document(random, call, For::Plain);
        }
        if call.caller == calls::Caller::Session && random.chance(10) {
            out["sessionPolicy"] = document(random, call, For::Plain);
        }
    } else {
        out["identityPolicies"] = json!([]);
    }
    if call.caller != calls::Caller::Service && random.chance(30) {
        let levels = 1 + random.below(3);
        out["scps"] = (0..levels)
            .map(|_| {
                let mut level = vec![document(random, call, For::Scp)];
                if random.chance(70) {
                    level.push(full_access());
                }
                Json::Array(level)
            })
            .collect();
    }
    if random.chance(20) && call.arn != "*" && !matches!(call.service(), "ssm" | "iam") {
        let levels = 1 + random.below(2);
        out["rcps"] = (0..levels).map(|_| json!([document(random, call, For::Rcp)])).collect();
    }
    if call.service() == "sts" {
        out["resourcePolicy"] = document(random, call, For::Trust);
    } else if call.has_resource_policy() && (call.service() == "kms" || random.chance(55)) {
        out["resourcePolicy"] = document(random, call, For::Resource);
    }
    if call.caller != calls::Caller::Service && random.chance(20) {
        out["vpcEndpointPolicies"] = json!([document(random, call, For::Endpoint)]);
        out["vpcEndpointType"] = json!(if call.service() == "s3" { "Gateway" } else { "Interface" });
    }
    out
}
