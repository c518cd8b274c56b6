//! A remedy's other forms: exact where there is one, none where the command is not wholly understood.

use report::model::{Fix, FixKind};
use report::remedy::{Forms, forms, placeholders};

fn of(text: &str) -> Forms {
    forms(&Fix {
        kind: FixKind::AwsCli,
        text: text.to_owned(),
        impact: String::new(),
        verified: false,
    })
}

#[test]
fn words_in_capitals_are_for_a_person_to_replace() {
    let command = "aws ecs describe-tasks --cluster CLUSTER --tasks TASK TASK --include TAGS_ --output json --region us-east-1 --query A";
    assert_eq!(placeholders(command), ["CLUSTER", "TASK", "TAGS_"]);
    assert_eq!(
        placeholders("aws ecs describe-tasks --cluster prod --tasks 0f3a"),
        Vec::<String>::new()
    );
}

#[test]
fn a_rule_of_a_security_group() {
    let found = of(
        "aws ec2 authorize-security-group-egress --group-id sg-1 --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=0.0.0.0/0}]' --region us-east-1",
    );
    assert_eq!(
        found.undo.unwrap(),
        "aws ec2 revoke-security-group-egress --group-id sg-1 --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=0.0.0.0/0}]' --region us-east-1"
    );
    assert_eq!(
        found.cloudformation.unwrap(),
        "# us-east-1\nResources:\n  EcsTaskStart:\n    Type: AWS::EC2::SecurityGroupEgress\n    Properties:\n      GroupId: \"sg-1\"\n      \
         IpProtocol: \"tcp\"\n      FromPort: 443\n      ToPort: 443\n      CidrIp: \"0.0.0.0/0\"\n"
    );
    assert_eq!(
        found.terraform.unwrap(),
        "# us-east-1\nresource \"aws_vpc_security_group_egress_rule\" \"ecs_task_start\" {\n  security_group_id = \"sg-1\"\n  ip_protocol = \"tcp\"\n  \
         from_port = 443\n  to_port = 443\n  cidr_ipv4 = \"0.0.0.0/0\"\n}\n"
    );
}

#[test]
fn rules_and_routes_of_ipv6() {
    let found = of(
        "aws ec2 authorize-security-group-egress --group-id sg-1 --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,Ipv6Ranges=[{CidrIpv6=::/0}]'",
    );
    assert!(found.cloudformation.unwrap().contains("CidrIpv6: \"::/0\""));
    assert!(found.terraform.unwrap().contains("cidr_ipv6 = \"::/0\""));
    let found =
        of("aws ec2 create-route --route-table-id rtb-1 --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id eigw-1");
    assert_eq!(
        found.undo.unwrap(),
        "aws ec2 delete-route --route-table-id rtb-1 --destination-ipv6-cidr-block ::/0"
    );
    assert!(found.terraform.unwrap().contains("egress_only_gateway_id = \"eigw-1\""));
    // A rule in these languages has one peer.
    let both = of(
        "aws ec2 authorize-security-group-egress --group-id sg-1 --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=0.0.0.0/0}],Ipv6Ranges=[{CidrIpv6=::/0}]'",
    );
    assert_eq!((both.cloudformation, both.terraform), (None, None));
    assert!(both.undo.is_some());
}

#[test]
fn several_entries_of_an_acl_are_taken_back_in_turn() {
    let entry = |number| {
        format!(
            "aws ec2 create-network-acl-entry --network-acl-id acl-1 --ingress --rule-number {number} --protocol 6 --port-range From=1024,To=65535 --cidr-block 0.0.0.0/0 --rule-action allow"
        )
    };
    let found = of(&format!("{}\n{}", entry(50), entry(51)));
    let gone = |number| format!("aws ec2 delete-network-acl-entry --network-acl-id acl-1 --ingress --rule-number {number}");
    assert_eq!(found.undo.unwrap(), format!("{}\n{}", gone(51), gone(50)));
    let template = found.cloudformation.unwrap();
    assert!(
        template.contains("EcsTaskStart2:") && template.contains("PortRange: {\"From\":1024,\"To\":65535}") && !template.contains("Egress")
    );
    let terraform = found.terraform.unwrap();
    assert!(terraform.contains("from_port = 1024") && terraform.contains("\"ecs_task_start2\""));
}

#[test]
fn a_policy_only_under_a_name_that_is_new() {
    let put = |name: &str| {
        of(&format!(
            "aws iam put-role-policy --role-name app --policy-name {name} --policy-document '{{\"Resource\":\"arn:aws:s3:::b/${{aws:username}}\"}}'"
        ))
    };
    let found = put("ecs-task-start");
    assert_eq!(
        found.undo.unwrap(),
        "aws iam delete-role-policy --role-name app --policy-name ecs-task-start"
    );
    assert!(
        found
            .cloudformation
            .unwrap()
            .contains("PolicyDocument: {\"Resource\":\"arn:aws:s3:::b/${aws:username}\"}")
    );
    assert!(
        found
            .terraform
            .unwrap()
            .contains("jsonencode({\"Resource\":\"arn:aws:s3:::b/$${aws:username}\"})")
    );
    assert_eq!(put("theirs"), Forms::default());
}

#[test]
fn what_is_not_wholly_understood_has_no_other_form() {
    for text in [
        "aws ec2 replace-route --route-table-id rtb-1 --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-1",
        "aws ec2 create-route --route-table-id rtb-1 --destination-cidr-block 0.0.0.0/0 --vpc-peering-connection-id pcx-1",
        "aws ec2 create-vpc-endpoint --vpc-id vpc-1 --vpc-endpoint-type Interface --service-name s --subnet-ids subnet-1 --security-group-ids SECURITY_GROUP",
        "aws ec2 modify-vpc-endpoint --vpc-endpoint-id vpce-1 --policy-document '{}'",
        "open the console",
        "",
    ] {
        assert_eq!(of(text), Forms::default(), "{text}");
    }
}
