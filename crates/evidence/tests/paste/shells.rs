//! Commands, errors and what people write around outputs.

use evidence::*;

use crate::*;

#[test]
fn a_terminal_session() {
    let evidence = paste(&format!(
        "[ec2-user@ip-10-0-0-1 ~]$ export AWS_REGION=ap-northeast-1\n\
         [ec2-user@ip-10-0-0-1 ~]$ aws ec2 describe-subnets --subnet-ids subnet-0a1 subnet-0b2 \\\n\
         >     --output json | cat\n\
         {SUBNETS}\n\
         [ec2-user@ip-10-0-0-1 ~]$ aws iam get-role --role-name ecsTask\n\n\
         An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name ecsTask cannot be found.\n\
         [ec2-user@ip-10-0-0-1 ~]$ aws --profile prod iam list-attached-role-policies --role-name=exec\n\
         {{\"AttachedPolicies\": [], \"IsTruncated\": false}}\n\
         [ec2-user@ip-10-0-0-1 ~]$ \n"
    ));
    assert_eq!(
        summary(&evidence),
        [
            "ec2:DescribeSubnets Response --output json --subnet-ids subnet-0a1 subnet-0b2 @ap-northeast-1",
            "iam:GetRole NoSuchEntity: The role with name ecsTask cannot be found. --role-name ecsTask @ap-northeast-1",
            "iam:ListAttachedRolePolicies Response --profile prod --role-name exec @ap-northeast-1",
        ]
    );
    assert_eq!(evidence.documents[2].command.as_ref().unwrap().profile(), Some("prod"));
    assert_eq!(ids(&evidence, 0, "Subnets"), ["/Subnets/0 subnet-0a1", "/Subnets/1 subnet-0b2"]);
    assert_eq!(line_of(&evidence, 0, "/Subnets/1/VpcId"), (14, "\"VpcId\": \"vpc-1\"".to_owned()));
}

#[test]
fn windows_shells() {
    let evidence = paste(&format!(
        "PS C:\\Users\\a> $env:AWS_DEFAULT_REGION = \"eu-west-1\"\r\n\
         PS C:\\Users\\a> aws ec2 describe-subnets `\r\n  --filters \"Name=vpc-id,Values=vpc-1\"\r\n{}\r\n\
         C:\\Users\\a>aws kms get-key-policy --key-id k1 --policy-name default ^\r\n --region us-east-1\r\n\
         {{\"Policy\": \"{{\\\"Statement\\\":[]}}\", \"PolicyName\": \"default\"}}\r\n",
        SUBNETS.replace('\n', "\r\n")
    ));
    assert_eq!(
        summary(&evidence),
        [
            "ec2:DescribeSubnets Response --filters Name=vpc-id,Values=vpc-1 @eu-west-1",
            "kms:GetKeyPolicy Response --key-id k1 --policy-name default --region us-east-1 @us-east-1",
        ]
    );
    assert_eq!(repairs(&evidence), [(RepairKind::LineEnds, 1)]);
    assert_eq!(line_of(&evidence, 0, "/Subnets/0/SubnetId").0, 7);
}

#[test]
fn a_mail() {
    let quoted = |text: &str| text.lines().map(|line| format!("> {line}\n")).collect::<String>();
    let evidence = paste(&format!(
        "田中様\nお世話になっております。「aws ecs describe-tasks ―cluster prod –tasks t1」の結果です。\n\n{}よろしくお願いいたします。\n",
        quoted(
            "{\"tasks\": [{\"taskArn\": \"arn:t1\", \"taskDefinitionArn\": \"arn:d\"}], \"failures\": []}\n\n停止理由：ＥＲＲ１２３ タスク"
        )
    ));
    assert_eq!(
        summary(&evidence),
        [
            "- Text 田中様|お世話になっております。「",
            "- Text 」の結果です。",
            "ecs:DescribeTasks Response --cluster prod --tasks t1",
            "- Text 停止理由:ERR123 タスク|よろしくお願いいたします。",
        ]
    );
    let kinds: Vec<RepairKind> = repairs(&evidence).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [RepairKind::MailQuotes, RepairKind::Dashes, RepairKind::FullWidth]);
}

#[test]
fn markdown_and_a_bare_reason() {
    let evidence = paste(&format!(
        "The task stops with:\n\nResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed\n\n```json\n{SUBNETS}\n```\n"
    ));
    assert_eq!(
        summary(&evidence),
        [
            "- Text The task stops with:||ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed",
            "ec2:DescribeSubnets Response",
        ]
    );
    assert_eq!(repairs(&evidence), []);
    assert_eq!(problems(&evidence), []);
}

#[test]
fn a_pasted_run_task_is_a_document() {
    let evidence = paste(
        "$ aws ecs run-task --cluster c --task-definition web:3 --launch-type FARGATE \\\n  --network-configuration \"awsvpcConfiguration={subnets=[subnet-1,subnet-2],securityGroups=[sg-1],assignPublicIp=DISABLED}\"\n",
    );
    assert_eq!(
        summary(&evidence),
        [
            "ecs:RunTask Command --cluster c --launch-type FARGATE --network-configuration awsvpcConfiguration={subnets=[subnet-1,subnet-2],securityGroups=[sg-1],assignPublicIp=DISABLED} --task-definition web:3"
        ]
    );
}

#[test]
fn commands_that_say_nothing_certain() {
    // A loop's variable is no name, and what is set above is.
    let evidence = paste(concat!(
        "ROLE=exec\naws iam get-role-policy --role-name $ROLE --policy-name $P\n{\"RoleName\": \"exec\", \"PolicyName\": \"p\", \"PolicyDocument\": {}}\n",
        "aws iam list-role-policies --role-name a\naws iam list-role-policies --role-name b\n{\"PolicyNames\": [\"x\"]}\n{\"PolicyNames\": [\"y\"]}\n{\"PolicyNames\": [\"z\"]}\n",
        "aws ec2 describe-vpcs\n{\"RouteTables\": []}\n",
    ));
    assert_eq!(
        summary(&evidence),
        [
            "iam:GetRolePolicy Response --role-name exec",
            // Directly below its command; then the only one left; then none.
            "iam:ListRolePolicies Response --role-name b",
            "iam:ListRolePolicies Response --role-name a",
            "iam:ListRolePolicies Response",
            "ec2:DescribeRouteTables Response !CommandDisagrees@10",
        ]
    );
}

#[test]
fn ambiguous_outputs_ask_for_their_command() {
    let evidence = paste("{\"Policies\": []}\n{\"PrefixLists\": []}\n");
    assert_eq!(summary(&evidence), ["- Response !NotRecognised@1", "- Response !NotRecognised@2"]);
    let named = read(&[Input {
        name: "organizations-list-policies-for-target-123.json",
        bytes: b"{\"Policies\": []}",
    }]);
    assert_eq!(named.documents[0].operation, Some(Operation::OrganizationsListPoliciesForTarget));
}

#[test]
fn errors_in_every_spelling() {
    let evidence = paste(concat!(
        "$ aws s3api head-object --bucket b --key k\n\nAn error occurred (404) when calling the HeadObject operation: Not Found\n",
        "\naws: [ERROR]: An error occurred (RepositoryPolicyNotFoundException) when calling the GetRepositoryPolicy operation (reached max retries: 2): Repository policy does not exist for the repository with name 'web' in the\nregistry with id '111122223333'\n",
        "An error occurred (AccessDenied) when calling the GetPolicy operation: no\n",
    ));
    assert_eq!(
        summary(&evidence),
        [
            "s3api:HeadObject 404: Not Found --bucket b --key k",
            "ecr:GetRepositoryPolicy RepositoryPolicyNotFoundException: Repository policy does not exist for the repository with name 'web' in the registry with id '111122223333'",
            "iam:GetPolicy AccessDenied: no",
        ]
    );
}

#[test]
fn several_inputs_keep_their_order() {
    let evidence = read(&[
        Input {
            name: "a",
            bytes: SUBNETS.as_bytes(),
        },
        Input { name: "b", bytes: b"" },
        Input {
            name: "c",
            bytes: b"{\"Vpcs\": []}",
        },
    ]);
    assert_eq!(evidence.sources.len(), 3);
    assert_eq!(summary(&evidence), ["ec2:DescribeSubnets Response", "ec2:DescribeVpcs Response"]);
    assert_eq!(evidence.documents[1].source.0, 2);
    assert_eq!(evidence.documents[1].id.0, 1);
}
