//! Commands that make something new, as CloudFormation and Terraform.

use super::{Command, one};

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Number,
    List,
    /// The option alone says it.
    True,
    /// A JSON document.
    Json,
}

/// A command, the resource types of both languages, and for each option the member there and its form; an empty name: it has none.
type Kind = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str, Form)],
);

/// AWS CloudFormation template reference and the Terraform AWS provider's documentation, the pages of these resource types.
const KINDS: &[Kind] = &[
    (
        "ec2 authorize-security-group-egress",
        "AWS::EC2::SecurityGroupEgress",
        "aws_vpc_security_group_egress_rule",
        &[
            ("group-id", "GroupId", "security_group_id", Form::Text),
            ("IpProtocol", "IpProtocol", "ip_protocol", Form::Text),
            ("FromPort", "FromPort", "from_port", Form::Number),
            ("ToPort", "ToPort", "to_port", Form::Number),
            ("CidrIp", "CidrIp", "cidr_ipv4", Form::Text),
            ("CidrIpv6", "CidrIpv6", "cidr_ipv6", Form::Text),
            ("PrefixListId", "DestinationPrefixListId", "prefix_list_id", Form::Text),
        ],
    ),
    (
        "ec2 authorize-security-group-ingress",
        "AWS::EC2::SecurityGroupIngress",
        "aws_vpc_security_group_ingress_rule",
        &[
            ("group-id", "GroupId", "security_group_id", Form::Text),
            ("protocol", "IpProtocol", "ip_protocol", Form::Text),
            ("FromPort", "FromPort", "from_port", Form::Number),
            ("ToPort", "ToPort", "to_port", Form::Number),
            ("source-group", "SourceSecurityGroupId", "referenced_security_group_id", Form::Text),
        ],
    ),
    (
        "ec2 create-route",
        "AWS::EC2::Route",
        "aws_route",
        &[
            ("route-table-id", "RouteTableId", "route_table_id", Form::Text),
            (
                "destination-cidr-block",
                "DestinationCidrBlock",
                "destination_cidr_block",
                Form::Text,
            ),
            (
                "destination-ipv6-cidr-block",
                "DestinationIpv6CidrBlock",
                "destination_ipv6_cidr_block",
                Form::Text,
            ),
            ("nat-gateway-id", "NatGatewayId", "nat_gateway_id", Form::Text),
            (
                "egress-only-internet-gateway-id",
                "EgressOnlyInternetGatewayId",
                "egress_only_gateway_id",
                Form::Text,
            ),
            ("gateway-id", "GatewayId", "gateway_id", Form::Text),
        ],
    ),
    (
        "ec2 create-network-acl-entry",
        "AWS::EC2::NetworkAclEntry",
        "aws_network_acl_rule",
        &[
            ("network-acl-id", "NetworkAclId", "network_acl_id", Form::Text),
            ("rule-number", "RuleNumber", "rule_number", Form::Number),
            ("egress", "Egress", "egress", Form::True),
            // Both take a rule without it for an inbound one.
            ("ingress", "", "", Form::True),
            ("protocol", "Protocol", "protocol", Form::Number),
            ("rule-action", "RuleAction", "rule_action", Form::Text),
            ("cidr-block", "CidrBlock", "cidr_block", Form::Text),
            ("ipv6-cidr-block", "Ipv6CidrBlock", "ipv6_cidr_block", Form::Text),
            ("ports", "PortRange", "", Form::Json),
            ("From", "", "from_port", Form::Number),
            ("To", "", "to_port", Form::Number),
        ],
    ),
    (
        "ec2 attach-internet-gateway",
        "AWS::EC2::VPCGatewayAttachment",
        "aws_internet_gateway_attachment",
        &[
            ("internet-gateway-id", "InternetGatewayId", "internet_gateway_id", Form::Text),
            ("vpc-id", "VpcId", "vpc_id", Form::Text),
        ],
    ),
    (
        "ec2 create-vpc-endpoint",
        "AWS::EC2::VPCEndpoint",
        "aws_vpc_endpoint",
        &[
            ("vpc-id", "VpcId", "vpc_id", Form::Text),
            ("vpc-endpoint-type", "VpcEndpointType", "vpc_endpoint_type", Form::Text),
            ("service-name", "ServiceName", "service_name", Form::Text),
            ("route-table-ids", "RouteTableIds", "route_table_ids", Form::List),
            ("subnet-ids", "SubnetIds", "subnet_ids", Form::List),
            ("security-group-ids", "SecurityGroupIds", "security_group_ids", Form::List),
            ("private-dns-enabled", "PrivateDnsEnabled", "private_dns_enabled", Form::True),
        ],
    ),
    (
        "iam put-role-policy",
        "AWS::IAM::RolePolicy",
        "aws_iam_role_policy",
        &[
            ("role-name", "RoleName", "role", Form::Text),
            ("policy-name", "PolicyName", "name", Form::Text),
            ("policy-document", "PolicyDocument", "policy", Form::Json),
        ],
    ),
    (
        "logs create-log-group",
        "AWS::Logs::LogGroup",
        "aws_cloudwatch_log_group",
        &[("log-group-name", "LogGroupName", "name", Form::Text)],
    ),
];

/// The template and the resources that do what the commands do; `None` where one of them has no such form.
pub(super) fn of(commands: &[Command]) -> Option<(String, String)> {
    let region = one(&commands.first()?.options, "region").map(|region| format!("# {region}\n"));
    let mut cloudformation = region.clone().unwrap_or_default() + "Resources:\n";
    let mut terraform = region.unwrap_or_default();
    for (at, command) in commands.iter().enumerate() {
        let (_, kind, resource, members) = KINDS.iter().find(|(name, _, _, _)| *name == command.name)?;
        let number = if at == 0 { String::new() } else { (at + 1).to_string() };
        cloudformation.push_str(&format!("  EcsTaskStart{number}:\n    Type: {kind}\n    Properties:\n"));
        terraform.push_str(&format!("resource \"{resource}\" \"ecs_task_start{number}\" {{\n"));
        for (option, values) in parts(command)? {
            let (_, property, argument, form) = members.iter().find(|(name, _, _, _)| *name == option)?;
            if !property.is_empty() {
                cloudformation.push_str(&format!("      {property}: {}\n", in_yaml(*form, &values)?));
            }
            if !argument.is_empty() {
                terraform.push_str(&format!("  {argument} = {}\n", in_terraform(*form, &values)?));
            }
        }
        terraform.push_str("}\n");
    }
    Some((cloudformation, terraform))
}

/// The options, those that hold several things taken apart. The Region is the stack's or the provider's.
fn parts(command: &Command) -> Option<Vec<(String, Vec<String>)>> {
    let mut parts = Vec::new();
    for (option, values) in &command.options {
        let value = values.first().map(String::as_str).unwrap_or_default();
        match option.as_str() {
            "region" => {}
            // One rule with one peer: `IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=0.0.0.0/0}]`.
            "ip-permissions" if values.len() == 1 && value.matches("=[{").count() == 1 => {
                for part in value.split(',') {
                    let (name, value) = match part.split_once("=[{") {
                        Some((_, peer)) => peer.strip_suffix("}]")?.split_once('=')?,
                        None => part.split_once('=')?,
                    };
                    put(&mut parts, name, value);
                }
            }
            "port" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                put(&mut parts, "FromPort", value);
                put(&mut parts, "ToPort", value);
            }
            // `From=1024,To=65535`.
            "port-range" => {
                let (from, to) = value.strip_prefix("From=")?.split_once(",To=")?;
                put(&mut parts, "ports", &format!("{{\"From\":{from},\"To\":{to}}}"));
                put(&mut parts, "From", from);
                put(&mut parts, "To", to);
            }
            _ => parts.push((option.clone(), values.clone())),
        }
    }
    Some(parts)
}

fn put(parts: &mut Vec<(String, Vec<String>)>, name: &str, value: &str) {
    parts.push((name.to_owned(), vec![value.to_owned()]));
}

/// A JSON string is one of YAML's as well.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn in_yaml(form: Form, values: &[String]) -> Option<String> {
    let value = values.first().map(String::as_str).unwrap_or_default();
    Some(match form {
        Form::Text => quoted(value),
        Form::Number => value.parse::<i64>().ok()?.to_string(),
        Form::True => "true".to_owned(),
        Form::List => list(values),
        // JSON is YAML as it stands.
        Form::Json => serde_json::from_str::<serde_json::Value>(value).ok()?.to_string(),
    })
}

fn in_terraform(form: Form, values: &[String]) -> Option<String> {
    let written = in_yaml(form, values)?;
    // What would begin an expression inside of a string.
    let plain = written.replace("${", "$${").replace("%{", "%%{");
    Some(if form == Form::Json {
        format!("jsonencode({plain})")
    } else {
        plain
    })
}

fn list(values: &[String]) -> String {
    let items: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("[{}]", items.join(", "))
}
