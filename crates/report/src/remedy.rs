//! A remedy's command in other forms: the command that takes it back, and the same as a template of CloudFormation or Terraform.
//!
//! All are read off the command itself. One that is not understood to its last option has no other form, and neither has one whose
//! effect depends on what was there before (`replace-route`, `update-service`).

mod template;

use diagnosis::plan::{Shell, quote, words};

use crate::model::{Fix, FixKind};

/// A remedy in other forms, each where it has one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forms {
    /// The commands that take it back, in the order in which to run them.
    pub undo: Option<String>,
    /// A CloudFormation template of its own, in YAML.
    pub cloudformation: Option<String>,
    /// Terraform resources of the AWS provider, version 5.
    pub terraform: Option<String>,
}

/// The other forms of a remedy; none unless it is a command of the AWS CLI.
#[must_use]
pub fn forms(fix: &Fix) -> Forms {
    let lines = fix.text.lines().map(Command::parse).collect::<Option<Vec<_>>>();
    let Some(commands) = lines.filter(|commands| fix.kind == FixKind::AwsCli && !commands.is_empty()) else {
        return Forms::default();
    };
    let undo = commands.iter().rev().map(undo).collect::<Option<Vec<_>>>();
    let (cloudformation, terraform) = template::of(&commands).unzip();
    Forms {
        undo: undo.map(|lines| lines.join("\n")),
        cloudformation,
        terraform,
    }
}

/// The words of a command that stand for what only a person can say (`CLUSTER`), each once.
#[must_use]
pub fn placeholders(command: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in words(command) {
        if is_placeholder(&word) && !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

fn is_placeholder(word: &str) -> bool {
    word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

/// A command, taken apart.
struct Command {
    /// Service and operation, as typed: `ec2 create-route`.
    name: String,
    /// Options without dashes, with what follows each.
    options: Vec<(String, Vec<String>)>,
}

impl Command {
    fn parse(line: &str) -> Option<Self> {
        let mut words = words(line).into_iter();
        (words.next()? == "aws").then_some(())?;
        let name = format!("{} {}", words.next()?, words.next()?);
        let mut options: Vec<(String, Vec<String>)> = Vec::new();
        for word in words {
            match word.strip_prefix("--") {
                Some(option) => options.push((option.to_owned(), Vec::new())),
                None => options.last_mut()?.1.push(word),
            }
        }
        // `put-role-policy` replaces a policy of the same name; only under this name it is known to be a new one.
        let replaces = name == "iam put-role-policy" && !one(&options, "policy-name")?.starts_with("ecs-task-start");
        let open = options.iter().flat_map(|(_, values)| values).any(|value| is_placeholder(value));
        (!open && !replaces).then_some(Self { name, options })
    }
}

/// The only value of an option.
fn one<'a>(options: &'a [(String, Vec<String>)], name: &str) -> Option<&'a str> {
    let (_, values) = options.iter().find(|(option, _)| option == name)?;
    match values.as_slice() {
        [value] => Some(value),
        _ => None,
    }
}

/// A command, the one that takes it back, and what becomes of each option; an empty name: it is left out.
type Inverse = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// AWS CLI Command Reference, the pages of both commands.
const INVERSES: &[Inverse] = &[
    (
        "ec2 authorize-security-group-egress",
        "ec2 revoke-security-group-egress",
        &[("group-id", "group-id"), ("ip-permissions", "ip-permissions")],
    ),
    (
        "ec2 authorize-security-group-ingress",
        "ec2 revoke-security-group-ingress",
        &[
            ("group-id", "group-id"),
            ("protocol", "protocol"),
            ("port", "port"),
            ("source-group", "source-group"),
        ],
    ),
    (
        "ec2 create-route",
        "ec2 delete-route",
        &[
            ("route-table-id", "route-table-id"),
            ("destination-cidr-block", "destination-cidr-block"),
            ("destination-ipv6-cidr-block", "destination-ipv6-cidr-block"),
            ("nat-gateway-id", ""),
            ("gateway-id", ""),
            ("egress-only-internet-gateway-id", ""),
        ],
    ),
    (
        "ec2 create-network-acl-entry",
        "ec2 delete-network-acl-entry",
        &[
            ("network-acl-id", "network-acl-id"),
            ("egress", "egress"),
            ("ingress", "ingress"),
            ("rule-number", "rule-number"),
            ("protocol", ""),
            ("port-range", ""),
            ("cidr-block", ""),
            ("ipv6-cidr-block", ""),
            ("rule-action", ""),
        ],
    ),
    (
        "ec2 attach-internet-gateway",
        "ec2 detach-internet-gateway",
        &[("internet-gateway-id", "internet-gateway-id"), ("vpc-id", "vpc-id")],
    ),
    (
        "ec2 modify-vpc-endpoint",
        "ec2 modify-vpc-endpoint",
        &[
            ("vpc-endpoint-id", "vpc-endpoint-id"),
            ("add-route-table-ids", "remove-route-table-ids"),
            ("add-security-group-ids", "remove-security-group-ids"),
            ("add-subnet-ids", "remove-subnet-ids"),
            ("private-dns-enabled", "no-private-dns-enabled"),
        ],
    ),
    (
        "ec2 modify-subnet-attribute",
        "ec2 modify-subnet-attribute",
        &[("subnet-id", "subnet-id"), ("enable-dns64", "no-enable-dns64")],
    ),
    (
        "ec2 modify-network-interface-attribute",
        "ec2 modify-network-interface-attribute",
        &[
            ("network-interface-id", "network-interface-id"),
            ("no-source-dest-check", "source-dest-check"),
        ],
    ),
    (
        "ec2 modify-instance-attribute",
        "ec2 modify-instance-attribute",
        &[("instance-id", "instance-id"), ("no-source-dest-check", "source-dest-check")],
    ),
    (
        "iam put-role-policy",
        "iam delete-role-policy",
        &[("role-name", "role-name"), ("policy-name", "policy-name"), ("policy-document", "")],
    ),
];

fn undo(command: &Command) -> Option<String> {
    let (_, inverse, options) = INVERSES.iter().find(|(name, _, _)| *name == command.name)?;
    let mut line = format!("aws {inverse}");
    for (option, values) in &command.options {
        let kept = options.iter().find(|(name, _)| name == option).map(|(_, kept)| *kept);
        // The Region is any command's.
        let kept = kept.or((option == "region").then_some("region"))?;
        if kept.is_empty() {
            continue;
        }
        line.push_str(&format!(" --{kept}"));
        for value in values {
            line.push(' ');
            line.push_str(&quote(value, Shell::Bash));
        }
    }
    Some(line)
}
