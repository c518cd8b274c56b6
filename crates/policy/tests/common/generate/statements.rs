//! Random statements: elements that match, nearly match, or do not.

use serde_json::{Map, Value as Json, json};

use super::Random;
use super::calls::{Call, Caller, OTHER, OWN, ROLE, SESSION};
use super::conditions::condition;

/// What a drawn document is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    Plain,
    Scp,
    Resource,
    Endpoint,
    Rcp,
    Trust,
}

/// An action pattern that matches, nearly matches, or does not.
fn action(random: &mut Random, call: &Call) -> String {
    let (service, name) = call.action.split_once(':').unwrap();
    let at = random.below(name.len());
    match random.below(13) {
        0..=2 => call.action.to_owned(),
        3 => "*".to_owned(),
        4 => format!("{service}:*"),
        5 => format!("{service}:{}*", &name[..=at]),
        6 => format!("{service}:*{}", &name[at..]),
        7 => call.action.to_ascii_uppercase(),
        8 => format!("{service}:{}", &name[..name.len() - 1]),
        9 => format!("{service}:{}?{}", &name[..at], &name[at + 1..]),
        10 => format!("{service}:{}*{}", &name[..at / 2], name[at..].to_ascii_lowercase()),
        11 => format!("{service}:{name}?"),
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
            "arn:aws:*:*:*:*",
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
    match random.below(24) {
        0..=2 => arn.clone(),
        3 | 4 => "*".to_owned(),
        5 => join(5, &format!("{}*", &tail[..cut])),
        6 => join(5, &format!("*{}", &tail[cut - 1..])),
        7 => join(5, &format!("{}?{}", &tail[..cut - 1], &tail[cut..])),
        8 => join(5, &format!("{}*{}", &tail[..cut / 2], &tail[cut..])),
        9 => join(3, "*"),
        10 => join(4, "*"),
        11 => join(3, random.pick(&["us-east-1", "eu-west-?", "eu-*", ""])),
        12 => join(4, random.pick(&[OTHER, "1111*", "????????????", ""])),
        13 => join(1, random.pick(&["aws-cn", "*", "aws*", "aw?"])),
        14 => join(5, &tail.to_ascii_uppercase()),
        15 => format!("{}:*", parts[..random.below(3) + 3].join(":")),
        16..=19 => join(5, &with_variable(random, tail)),
        20 => join(5, &tail.replacen('/', random.pick(&["/${*}", "/${?}", "${$}/", "/**", "/*/*"]), 1)),
        21 => join(
            4,
            random.pick(&["${aws:PrincipalAccount}", "${aws:ResourceAccount}", "${aws:SourceAccount}"]),
        ),
        22 => join(3, "${aws:RequestedRegion}"),
        _ => join(2, random.pick(&["s3", "kms", "*"])),
    }
}

/// The resource part with a variable in place of a word.
fn with_variable(random: &mut Random, tail: &str) -> String {
    let variables = [
        "${aws:PrincipalTag/stage}",
        "${aws:principaltag/team}",
        "${aws:PrincipalTag/team, 'team'}",
        "${aws:PrincipalTag/stage, 'prod'}",
        "${aws:PrincipalTag/none, 'app*'}",
        "${aws:PrincipalTag/none}",
        "${aws:PrincipalTag/wild}",
        "${aws:username}",
        "${aws:PrincipalOrgPaths}",
    ];
    let word = random.pick(&["prod", "team", "app", "db", "env"]);
    tail.replacen(word, random.pick(&variables), 1)
}

fn principal(random: &mut Random, call: &Call, kind: For) -> Json {
    let role = format!("arn:aws:iam::{OWN}:role/{ROLE}");
    let session = format!("arn:aws:sts::{OWN}:assumed-role/{ROLE}/{SESSION}");
    let root = format!("arn:aws:iam::{OWN}:root");
    let caller = call.caller.arn();
    if call.caller == Caller::Service && random.chance(60) {
        return random_service(random);
    }
    if call.caller == Caller::User && random.chance(30) {
        return json!({ "AWS": caller });
    }
    match random.below(15) {
        14 => json!({ "AWS": role.replace("role/", "role/team/") }),
        0 | 1 => json!("*"),
        2 => json!({ "AWS": "*" }),
        3 | 4 => json!({ "AWS": role }),
        5 => json!({ "AWS": session }),
        6 => json!({ "AWS": root }),
        7 => json!({ "AWS": OWN }),
        8 => json!({ "AWS": [format!("arn:aws:iam::{OWN}:role/other"), role] }),
        9 => json!({ "AWS": [format!("arn:aws:iam::{OTHER}:root"), OTHER] }),
        10 => json!({ "AWS": [root, session, format!("arn:aws:iam::{OWN}:user/dev/mary")] }),
        11 => json!({ "AWS": format!("arn:aws:iam::{OTHER}:role/{ROLE}") }),
        12 if kind != For::Endpoint => json!({ "Federated": format!("arn:aws:iam::{OWN}:saml-provider/idp") }),
        12 => json!({ "AWS": format!("arn:aws:iam::{OWN}:user/mary") }),
        _ => json!({ "Service": "ecs-tasks.amazonaws.com", "AWS": format!("arn:aws:sts::{OWN}:assumed-role/{ROLE}/other") }),
    }
}

fn random_service(random: &mut Random) -> Json {
    match random.below(4) {
        0 => json!({ "Service": ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"] }),
        1 => json!({ "Service": random.pick(&["ec2.amazonaws.com", "ecs.amazonaws.com", "ecs-tasks.amazonaws.com.cn"]) }),
        _ => json!({ "Service": "ecs-tasks.amazonaws.com" }),
    }
}

fn not_principal(random: &mut Random, call: &Call) -> Json {
    let own = [
        format!("arn:aws:sts::{OWN}:assumed-role/{ROLE}/{SESSION}"),
        format!("arn:aws:iam::{OWN}:role/{ROLE}"),
        format!("arn:aws:iam::{OWN}:root"),
    ];
    match random.below(10) {
        0..=3 => json!({ "AWS": own }),
        4 => json!({ "AWS": [call.caller.arn().replace("ecs-tasks.amazonaws.com", OWN), own[2]] }),
        5 => json!({ "AWS": own[random.below(3)] }),
        _ => json!({ "AWS": format!("arn:aws:iam::{OTHER}:root") }),
    }
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
    let named = matches!(kind, For::Rcp | For::Trust);
    let actions = if named { json!(call.action) } else { many(random, action) };
    let name = if random.chance(8) && !named { "NotAction" } else { "Action" };
    out.insert(name.into(), actions);
    let resources = many(random, resource);
    let name = if random.chance(8) { "NotResource" } else { "Resource" };
    // A trust policy names no resource.
    if kind != For::Trust {
        out.insert(name.into(), resources);
    }
    match kind {
        For::Plain | For::Scp => {}
        For::Resource | For::Trust => {
            let not = deny && random.chance(12);
            let who = if not {
                not_principal(random, call)
            } else {
                principal(random, call, kind)
            };
            out.insert(if not { "NotPrincipal" } else { "Principal" }.into(), who);
        }
        For::Endpoint if random.chance(40) => {
            out.insert("Principal".into(), principal(random, call, kind));
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

pub(super) fn document(random: &mut Random, call: &Call, kind: For) -> Json {
    let count = 1 + random.below(3);
    let statements: Vec<Json> = (0..count).map(|_| statement(random, call, kind)).collect();
    if kind != For::Rcp && random.chance(4) {
        return json!({ "Statement": statements });
    }
    let old = kind != For::Rcp && random.chance(6);
    json!({ "Version": if old { "2008-10-17" } else { "2012-10-17" }, "Statement": statements })
}

pub(super) fn full_access() -> Json {
    json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] })
}
