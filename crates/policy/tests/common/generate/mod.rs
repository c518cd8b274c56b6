//! Random cases from a seed: requests of the kind that a container start makes, under policies that nearly fit.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test's own data")]

mod conditions;

use conditions::{condition, context};
use serde_json::{Map, Value as Json, json};

pub(crate) const OWN: &str = "111122223333";
pub(crate) const OTHER: &str = "444455556666";
const ROLE: &str = "ecsTaskExecutionRole";
const SESSION: &str = "0123456789abcdef";

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

struct Call {
    action: &'static str,
    arn: String,
    account: &'static str,
}

fn call(random: &mut Random) -> Call {
    let account = if random.chance(75) { OWN } else { OTHER };
    let region = "eu-west-1";
    let (action, arn) = match random.below(9) {
        0 | 1 => (
            "secretsmanager:GetSecretValue",
            format!("arn:aws:secretsmanager:{region}:{account}:secret:prod/db-AbCdEf"),
        ),
        2 => ("ssm:GetParameters", format!("arn:aws:ssm:{region}:{account}:parameter/prod/db")),
        3 => ("ecr:BatchGetImage", format!("arn:aws:ecr:{region}:{account}:repository/team/app")),
        4 => {
            return Call {
                action: "ecr:GetAuthorizationToken",
                arn: "*".into(),
                account: OWN,
            };
        }
        5 => (
            "kms:Decrypt",
            format!("arn:aws:kms:{region}:{account}:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
        ),
        7 => ("sts:AssumeRole", format!("arn:aws:iam::{account}:role/team/target")),
        6 => ("s3:GetObject", "arn:aws:s3:::config-bucket/env/app.env".to_owned()),
        _ => (
            "logs:PutLogEvents",
            format!("arn:aws:logs:{region}:{account}:log-group:/ecs/app:log-stream:ecs/app/0123"),
        ),
    };
    Call { action, arn, account }
}

/// An action pattern that matches, nearly matches, or does not.
fn action(random: &mut Random, call: &Call) -> String {
    let (service, name) = call.action.split_once(':').unwrap();
    match random.below(10) {
        0..=2 => call.action.to_owned(),
        3 => "*".to_owned(),
        4 => format!("{service}:*"),
        5 => format!("{service}:{}*", &name[..random.below(name.len()) + 1]),
        6 => format!("{service}:*{}", &name[random.below(name.len())..]),
        7 => call.action.to_ascii_uppercase().replacen(&service.to_ascii_uppercase(), service, 1),
        8 => format!("{service}:{}", &name[..name.len() - 1]),
        _ => random
            .pick(&["s3:*", "ecr:*", "ssm:GetParameter", "kms:*", "iam:*", "logs:Put*Events"])
            .to_owned(),
    }
}

fn resource(random: &mut Random, call: &Call) -> String {
    if call.arn == "*" {
        let fixed = [
            "*",
            "*",
            "*",
            "arn:aws:ecr:eu-west-1:111122223333:repository/team/app",
            "arn:aws:ecr:*:*:repository/*",
        ];
        return random.pick(&fixed).to_owned();
    }
    let arn = call.arn.clone();
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let join = |at: usize, with: &str| {
        let mut parts = parts.clone();
        parts[at] = with;
        parts.join(":")
    };
    let tail = parts[5];
    let cut = random.below(tail.len()) + 1;
    match random.below(16) {
        0..=2 => arn.clone(),
        3 | 4 => "*".to_owned(),
        5 => join(5, &format!("{}*", &tail[..cut])),
        6 => join(5, &format!("*{}", &tail[cut - 1..])),
        7 => join(5, &format!("{}?{}", &tail[..cut - 1], &tail[cut..])),
        8 => join(5, &format!("{}*{}", &tail[..cut / 2], &tail[cut..])),
        9 => join(3, "*"),
        10 => join(4, "*"),
        11 => join(3, random.pick(&["us-east-1", "eu-west-?", "eu-*", ""])),
        12 => join(4, random.pick(&[OTHER, "1111*", "????????????"])),
        13 => join(
            5,
            &tail
                .replacen("prod", "${aws:PrincipalTag/stage}", 1)
                .replacen("team", "${aws:PrincipalTag/team, 'team'}", 1),
        ),
        14 => join(5, &tail.to_ascii_uppercase()),
        _ => format!("{}:*", parts[..random.below(3) + 3].join(":")),
    }
}

fn principal(random: &mut Random) -> Json {
    let role = format!("arn:aws:iam::{OWN}:role/{ROLE}");
    let session = format!("arn:aws:sts::{OWN}:assumed-role/{ROLE}/{SESSION}");
    let root = format!("arn:aws:iam::{OWN}:root");
    match random.below(11) {
        0 | 1 => json!("*"),
        2 => json!({ "AWS": "*" }),
        3 | 4 => json!({ "AWS": role }),
        5 => json!({ "AWS": session }),
        6 => json!({ "AWS": root }),
        7 => json!({ "AWS": OWN }),
        8 => json!({ "AWS": [format!("arn:aws:iam::{OWN}:role/other"), role] }),
        9 => json!({ "AWS": [format!("arn:aws:iam::{OTHER}:root"), OTHER] }),
        _ => {
            json!({ "Service": "ecs-tasks.amazonaws.com", "AWS": format!("arn:aws:sts::{OWN}:assumed-role/{ROLE}/other") })
        }
    }
}

/// What a drawn document is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Plain,
    Resource,
    Endpoint,
    Rcp,
    Trust,
}

fn statement(random: &mut Random, call: &Call, kind: For) -> Json {
    let mut out = Map::new();
    let deny = kind == For::Rcp || random.chance(20);
    out.insert("Effect".into(), json!(if deny { "Deny" } else { "Allow" }));
    let many = |random: &mut Random, draw: fn(&mut Random, &Call) -> String| {
        if random.chance(70) {
            json!(draw(random, call))
        } else {
            json!([draw(random, call), draw(random, call)])
        }
    };
    // AWS takes no lone `*` as the action of a resource control policy.
    let actions = if matches!(kind, For::Rcp | For::Trust) {
        json!(call.action)
    } else {
        many(random, action)
    };
    out.insert(
        if random.chance(8) && !matches!(kind, For::Rcp | For::Trust) {
            "NotAction"
        } else {
            "Action"
        }
        .into(),
        actions,
    );
    let resources = many(random, resource);
    let name = if random.chance(8) { "NotResource" } else { "Resource" };
    // A trust policy names no resource.
    if kind != For::Trust {
        out.insert(name.into(), resources);
    }
    match kind {
        For::Plain => {}
        For::Resource | For::Trust => {
            let not = deny && random.chance(8);
            let who = if not { not_principal(random) } else { principal(random) };
            out.insert(if not { "NotPrincipal" } else { "Principal" }.into(), who);
        }
        For::Endpoint | For::Rcp => {
            out.insert("Principal".into(), json!("*"));
        }
    }
    if random.chance(45) {
        out.insert("Condition".into(), condition(random));
    }
    Json::Object(out)
}

fn not_principal(random: &mut Random) -> Json {
    let own = [
        format!("arn:aws:sts::{OWN}:assumed-role/{ROLE}/{SESSION}"),
        format!("arn:aws:iam::{OWN}:role/{ROLE}"),
        format!("arn:aws:iam::{OWN}:root"),
    ];
    if random.chance(50) {
        json!({ "AWS": own })
    } else {
        json!({ "AWS": format!("arn:aws:iam::{OTHER}:root") })
    }
}

fn document(random: &mut Random, call: &Call, kind: For) -> Json {
    let count = 1 + random.below(3);
    let statements: Vec<Json> = (0..count).map(|_| statement(random, call, kind)).collect();
    let version = if kind == For::Rcp || random.chance(92) {
        "2012-10-17"
    } else {
        "2008-10-17"
    };
    json!({ "Version": version, "Statement": statements })
}

fn full_access() -> Json {
    json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] })
}

/// Two cases of the same request under different policies and contexts.
pub(crate) fn twins(random: &mut Random, id: usize) -> [Json; 2] {
    let call = call(random);
    [id, id + 1].map(|id| case_of(random, &call, id))
}

fn case_of(random: &mut Random, call: &Call, id: usize) -> Json {
    let mut out = json!({
        "id": id.to_string(),
        "principal": format!("arn:aws:sts::{OWN}:assumed-role/{ROLE}/{SESSION}"),
        "action": call.action,
        "resource": { "arn": call.arn, "accountId": call.account },
        "contextVariables": context(random),
    });
    let identity = if random.chance(85) { 1 + random.below(2) } else { 0 };
    out["identityPolicies"] = (0..identity).map(|_| document(random, call, For::Plain)).collect();
    if random.chance(25) {
        out["boundary"] = document(random, call, For::Plain);
    }
    if random.chance(10) {
        out["sessionPolicy"] = document(random, call, For::Plain);
    }
    if random.chance(30) {
        let levels = 1 + random.below(3);
        out["scps"] = (0..levels)
            .map(|_| {
                let mut level = vec![document(random, call, For::Plain)];
                if random.chance(70) {
                    level.push(full_access());
                }
                Json::Array(level)
            })
            .collect();
    }
    let service = call.action.split(':').next().unwrap();
    if random.chance(20) && call.arn != "*" && service != "ssm" {
        out["rcps"] = json!([[document(random, call, For::Rcp)]]);
    }
    let has_policy = call.arn != "*" && service != "ssm";
    if service == "sts" {
        out["resourcePolicy"] = document(random, call, For::Trust);
    } else if has_policy && (service == "kms" || random.chance(55)) {
        out["resourcePolicy"] = document(random, call, For::Resource);
    }
    if random.chance(20) {
        out["vpcEndpointPolicies"] = json!([document(random, call, For::Endpoint)]);
    }
    out
}
