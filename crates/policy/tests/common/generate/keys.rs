//! The context keys that cases give and conditions ask for.

use super::calls::{OTHER, OWN};

/// What a key's values are compared as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    /// Several values.
    Texts,
    Arn,
    Bool,
    Number,
    Date,
    Ip,
    Binary,
}

pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) holds: Type,
    /// How often the request has it, in a hundred.
    pub(super) present: usize,
    /// What the request's value is drawn from.
    pub(super) values: &'static [&'static str],
    /// What a condition asks for beside those.
    pub(super) asked: &'static [&'static str],
    /// The services whose calls have it; all where empty.
    pub(super) services: &'static [&'static str],
}

const fn key(name: &'static str, holds: Type, present: usize, values: &'static [&'static str], asked: &'static [&'static str]) -> Key {
    Key {
        name,
        holds,
        present,
        values,
        asked,
        services: &[],
    }
}

/// A key that only calls of some services have.
const fn of(services: &'static [&'static str], key: Key) -> Key {
    Key { services, ..key }
}

pub(super) const ROLE_ARN: &str = "arn:aws:iam::111122223333:role/ecsTaskExecutionRole";
const CLUSTER: &str = "arn:aws:ecs:eu-west-1:111122223333:cluster/main";
const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf";

pub(super) const KEYS: [Key; 40] = [
    key(
        "aws:SourceVpce",
        Type::Text,
        60,
        &["vpce-1111", "vpce-2222"],
        &["vpce-*", "vpce-1??1", "*", "x*", "*2"],
    ),
    key("aws:SourceVpc", Type::Text, 50, &["vpc-1"], &["vpc-2", "vpc-*"]),
    key(
        "aws:VpcSourceIp",
        Type::Ip,
        50,
        &["10.0.1.7", "fd00::7"],
        &["10.0.0.0/16", "fd00::/8", "10.0.1.7/32"],
    ),
    key(
        "aws:SourceIp",
        Type::Ip,
        60,
        &["203.0.113.7", "203.0.113.8", "10.1.2.3", "2001:db8::7", "198.51.100.1"],
        &[
            "203.0.113.0/24",
            "203.0.113.7",
            "10.0.0.0/8",
            "2001:db8::/32",
            "2001:DB8:0::7/128",
            "2001:db8::7",
            "::/0",
            "0.0.0.0/0",
            "198.51.100.0/31",
        ],
    ),
    key(
        "aws:PrincipalTag/stage",
        Type::Text,
        60,
        &["prod", "dev"],
        &["Prod", "pro?", "${aws:PrincipalTag/team}"],
    ),
    key(
        "aws:PrincipalTag/team",
        Type::Text,
        60,
        &["team", "other"],
        &["${aws:PrincipalTag/stage}", "${aws:PrincipalTag/none, 'team'}", "t*m"],
    ),
    key(
        "aws:PrincipalTag/wild",
        Type::Text,
        40,
        &["p*d", "?", "te$m"],
        &["p${*}d", "${?}", "te${$}m", "p*", "${aws:PrincipalTag/wild}"],
    ),
    key("aws:PrincipalTag/blob", Type::Binary, 40, &["QmluYXJ5", "AAEC"], &["QmluYXI="]),
    key("aws:PrincipalOrgID", Type::Text, 60, &["o-aaaa", "o-bbbb"], &["o-*"]),
    key(
        "aws:PrincipalAccount",
        Type::Text,
        100,
        &[OWN],
        &[OTHER, "1111*", "${aws:ResourceAccount}", "${aws:SourceAccount}"],
    ),
    key(
        "aws:PrincipalArn",
        Type::Arn,
        100,
        &[ROLE_ARN],
        &[
            "arn:aws:iam::*:role/ecs*",
            "arn:aws:iam::444455556666:role/*",
            "arn:aws:iam::11112222????:role/*Role",
            "arn:*:iam::*:*",
            "arn:aws:iam::111122223333:user/dev/mary",
            "arn:aws:iam::${aws:PrincipalAccount}:role/${aws:PrincipalTag/team}*",
            "arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/*",
        ],
    ),
    key(
        "aws:PrincipalType",
        Type::Text,
        70,
        &["AssumedRole", "User"],
        &["assumedrole", "Account"],
    ),
    key(
        "aws:userid",
        Type::Text,
        60,
        &["AROAEXAMPLEID:0123456789abcdef"],
        &["AROAEXAMPLEID:*", "*:0123456789abcdef", "AROAOTHER:*"],
    ),
    key("aws:username", Type::Text, 25, &["mary"], &["m*", "bob"]),
    key(
        "aws:RequestedRegion",
        Type::Text,
        70,
        &["eu-west-1", "us-east-1"],
        &["eu-*", "??-west-1"],
    ),
    key("aws:ResourceAccount", Type::Text, 70, &[OWN, OTHER], &["${aws:PrincipalAccount}"]),
    key(
        "aws:ResourceOrgID",
        Type::Text,
        40,
        &["o-aaaa"],
        &["o-bbbb", "${aws:PrincipalOrgID}"],
    ),
    key("aws:SecureTransport", Type::Bool, 80, &["true"], &["false", "TRUE", "False"]),
    key("aws:ViaAWSService", Type::Bool, 50, &["false", "true"], &[]),
    key("aws:PrincipalIsAWSService", Type::Bool, 50, &["false"], &["true"]),
    key("aws:MultiFactorAuthPresent", Type::Bool, 30, &["true", "false"], &[]),
    key(
        "aws:MultiFactorAuthAge",
        Type::Number,
        40,
        &["300", "3600", "299", "3601"],
        &["3600.5", "0300", "-1", "300.0", "+300"],
    ),
    key(
        "aws:CurrentTime",
        Type::Date,
        60,
        &["2026-06-15T12:00:00Z"],
        &[
            "2026-01-01T00:00:00Z",
            "2027-01-01T00:00:00Z",
            "2026-06-15",
            "2026-06-15T14:00:00+02:00",
            "2026-06-15T12:00:00.000Z",
            "2026-06-15T12:00Z",
        ],
    ),
    key(
        "aws:TokenIssueTime",
        Type::Date,
        40,
        &["2026-06-15T11:59:59Z"],
        &["2026-06-15T12:00:00Z", "2026-06-15T11:59:59+00:00"],
    ),
    key("aws:EpochTime", Type::Number, 40, &["1781524800"], &["1781524801", "1781524799"]),
    key(
        "aws:UserAgent",
        Type::Text,
        40,
        &["aws-sdk-go/1.5 (linux; amd64)", ""],
        &["aws-sdk-*", "*(linux*", "", "a?s*"],
    ),
    key(
        "aws:Referer",
        Type::Text,
        20,
        &["https://example.com/a?b=c"],
        &["https://example.com/*", "https://example.com/a${?}b=c"],
    ),
    key(
        "aws:PrincipalOrgPaths",
        Type::Texts,
        50,
        &["o-aaaa/r-1/ou-1/", "o-bbbb/r-2/", "o-cccc/r-3/"],
        &["o-aaaa/*", "o-bbbb/*", "${aws:PrincipalOrgID}/*"],
    ),
    key("aws:ResourceOrgPaths", Type::Texts, 30, &["o-aaaa/r-1/ou-1/"], &["o-aaaa/*"]),
    key(
        "aws:CalledVia",
        Type::Texts,
        30,
        &["ssm.amazonaws.com", "athena.amazonaws.com"],
        &["secretsmanager.amazonaws.com", "*.amazonaws.com"],
    ),
    key(
        "aws:CalledViaFirst",
        Type::Text,
        30,
        &["ssm.amazonaws.com"],
        &["athena.amazonaws.com"],
    ),
    key(
        "aws:TagKeys",
        Type::Texts,
        40,
        &["stage", "team", "Owner"],
        &["owner", "st*", "STAGE"],
    ),
    key(
        "aws:SourceArn",
        Type::Arn,
        40,
        &[CLUSTER, "arn:aws:s3:::config-bucket"],
        &[
            "arn:aws:ecs:eu-west-1:111122223333:*",
            "arn:aws:ecs:*:*:cluster/*",
            "arn:aws:s3:::*",
        ],
    ),
    key("aws:SourceAccount", Type::Text, 40, &[OWN], &[OTHER]),
    of(
        &["kms"],
        key(
            "kms:ViaService",
            Type::Text,
            60,
            &["secretsmanager.eu-west-1.amazonaws.com"],
            &[
                "ssm.eu-west-1.amazonaws.com",
                "*.eu-west-1.amazonaws.com",
                "secretsmanager.*.amazonaws.com",
            ],
        ),
    ),
    of(&["kms"], key("kms:CallerAccount", Type::Text, 60, &[OWN], &[OTHER])),
    of(
        &["kms"],
        key(
            "kms:EncryptionContext:SecretARN",
            Type::Text,
            60,
            &[SECRET],
            &[
                "arn:aws:secretsmanager:eu-west-1:*:secret:prod/*",
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:PROD/db-AbCdEf",
            ],
        ),
    ),
    of(
        &["kms"],
        key(
            "kms:EncryptionContextKeys",
            Type::Texts,
            60,
            &["SecretARN", "SecretVersionId"],
            &["secretarn", "PARAMETER_ARN"],
        ),
    ),
    of(
        &["secretsmanager"],
        key(
            "secretsmanager:VersionStage",
            Type::Text,
            60,
            &["AWSCURRENT"],
            &["AWSPREVIOUS", "AWS*"],
        ),
    ),
    of(
        &["secretsmanager"],
        key(
            "secretsmanager:SecretId",
            Type::Arn,
            60,
            &[SECRET],
            &[
                "arn:aws:secretsmanager:*:*:secret:prod/*",
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db",
            ],
        ),
    ),
];
