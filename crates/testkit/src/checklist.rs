//! The checks that a person makes by hand when a task cannot fetch its secrets or image, and what of ours answers each.
//!
//! They are those of AWS's knowledge-centre article on "unable to pull secrets or registry auth", of the runbook that it recommends,
//! and what both leave unsaid. `docs/checklist.md` is written from here.

/// One check.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its number.
    pub number: u8,
    /// What is checked, in our words.
    pub check: &'static str,
    /// The findings that decide it.
    pub codes: &'static [&'static str],
    /// What answers it besides findings: verdicts, members of the report, notices.
    pub answers: &'static str,
    /// Operations that are asked for while it is open.
    pub asks: &'static [&'static str],
    /// Scenarios that show it.
    pub scenarios: &'static [&'static str],
    /// Tests that show it, as file and function.
    pub tests: &'static [(&'static str, &'static str)],
}

const CORPUS: (&str, &str) = (
    "crates/diagnosis/tests/symptom/corpus.rs",
    "every_line_of_the_corpus_reads_as_labelled",
);
const RUNBOOK: &str = "crates/report/tests/notes.rs";

const fn row(number: u8, check: &'static str, codes: &'static [&'static str], scenarios: &'static [&'static str]) -> Row {
    Row {
        number,
        check,
        codes,
        answers: "",
        asks: &[],
        scenarios,
        tests: &[],
    }
}

impl Row {
    const fn answers(mut self, answers: &'static str) -> Self {
        self.answers = answers;
        self
    }

    const fn asks(mut self, asks: &'static [&'static str]) -> Self {
        self.asks = asks;
        self
    }

    const fn tests(mut self, tests: &'static [(&'static str, &'static str)]) -> Self {
        self.tests = tests;
        self
    }
}

/// Every check.
pub const ROWS: [Row; 48] = [
    row(
        1,
        "The old error `pull command failed: : signal: killed`, and its kin that only ran out of time, mean a network that swallows packets",
        &["network.no-route", "network.sg-egress-blocked"],
        &["network/no_route/fault", "network/sg_egress_blocked/fault"],
    )
    .answers("`symptom.cause` `killed` or `timeout`: only faults of the way can be the cause")
    .tests(&[CORPUS]),
    row(
        2,
        "The error says which fetch failed (secret from asm, secrets from ssm, ecr registry auth); its tail says why, and a tail that is cut says nothing",
        &[],
        &["general/error_line_only"],
    )
    .answers("`symptom.stage`, `symptom.service`, `symptom.cause` (`unknown` where the tail is missing)")
    .asks(&["ecs:DescribeTasks"])
    .tests(&[
        CORPUS,
        ("crates/diagnosis/tests/symptom/statements.rs", "lead_sentences_prove_nothing"),
        ("crates/diagnosis/tests/symptom/cut.rs", "the_beginning_of_a_text_never_contradicts_the_whole"),
    ]),
    row(
        3,
        "The task never ran: STOPPED, TaskFailedToStart, no startedAt",
        &["task.not-stopped", "task.other-failure"],
        &["task/not_stopped/fault", "task/other_failure/fault"],
    )
    .answers("the task that is chosen is the latest that failed to start"),
    row(
        4,
        "The message comes before the image pull; CannotPullContainerError is a later stage with other causes",
        &["image.tag-not-found", "image.repository-not-found"],
        &["image/tag_not_found/fault", "image/repository_not_found/fault"],
    )
    .answers("`symptom.stage` `image_pull`: findings of earlier stages are no cause")
    .tests(&[CORPUS]),
    row(
        5,
        "From Fargate platform 1.4.0 on (Windows: 1.0.0) image and secrets are fetched through the task's own interface; before, secrets and login were not",
        &["task.platform-too-old", "network.no-route"],
        &["task/platform_too_old/fault", "task/platform_too_old/near_miss", "network/callers/old_platform"],
    )
    .answers("each destination's walk starts at the interface that calls"),
    row(
        6,
        "VPC flow logs show the traffic of that interface",
        &[],
        &[],
    )
    .answers("records of the task's interface are shown with their document; that a packet has no record proves nothing")
    .tests(&[(RUNBOOK, "flow_records_of_the_task_s_interface_are_counted_and_others_are_not")]),
    row(
        7,
        "The person's own network settings apply: subnet, security groups, public address",
        &["network.no-public-ip", "network.sg-egress-blocked"],
        &["network/no_public_ip/missing", "network/sg_egress_blocked/missing"],
    )
    .answers("`task.subnet`, `task.interface`, `task.security_groups`, `task.public_ip`")
    .asks(&["ecs:DescribeServices", "ec2:DescribeSecurityGroups"]),
    row(
        8,
        "Secrets and parameters are read with the task execution role, not the task role",
        &["iam.action-not-allowed"],
        &["iam/action_not_allowed/on_task_role"],
    )
    .answers("`authorization[].principal`; an override of the execution role counts"),
    row(
        9,
        "With a key of the customer's the role needs kms:Decrypt next to the service's own action",
        &["kms.key-policy-denied", "kms.key-unusable", "iam.action-not-allowed"],
        &["kms/key_policy_denied/fault", "kms/key_policy_denied/handed_over", "kms/key_unusable/fault"],
    )
    .answers("`authorization[]` of kms:Decrypt; ssm:GetParameters, in the plural"),
    row(
        10,
        "A task that pulls from Amazon ECR, logs with awslogs, uses a private registry, secrets or environment files needs an execution role",
        &["iam.execution-role-absent", "iam.execution-role-not-found"],
        &["iam/execution_role_absent/fault", "iam/execution_role_not_found/fault"],
    ),
    row(
        11,
        "The role has each permission that the task's features need",
        &["iam.action-not-allowed", "iam.explicit-deny"],
        &["iam/action_not_allowed/fault", "iam/action_not_allowed/missing", "iam/explicit_deny/fault"],
    )
    .answers("`authorization[]` of every destination; `pulldoctor policy` prints the least policies")
    .asks(&["iam:GetRolePolicy"]),
    row(
        12,
        "The role's trust policy lets ecs-tasks.amazonaws.com assume it",
        &["iam.trust-denied"],
        &["iam/trust_denied/fault", "iam/trust_denied/missing"],
    )
    .asks(&["iam:GetRole"]),
    row(13, "The runbook runs in the cluster's own Region", &[], &["parameter/not_found/another_region"])
        .answers("`task.region`; every request names its Region, and outputs of another Region prove nothing of the task's")
        .tests(&[(RUNBOOK, "a_run_of_the_runbook_is_shown_and_compared")]),
    row(14, "Use the task that failed last", &[], &["general/cause_and_next"])
        .answers("the latest stopped with TaskFailedToStart is diagnosed, `--task` chooses another, `other_tasks` lists the rest")
        .tests(&[(RUNBOOK, "a_run_for_another_task_or_with_failed_steps_says_so")]),
    row(
        15,
        "A stopped task stays visible for about an hour; MISSING means gone, not healthy",
        &["task.expired"],
        &["task/expired/fault", "task/expired/near_miss"],
    )
    .asks(&["ecs:DescribeTasks"]),
    row(16, "The runbook's caller, or its role, has the permissions that it needs", &[], &[])
        .answers("a step that failed for want of one is shown with its message; nothing here needs credentials")
        .tests(&[(RUNBOOK, "a_run_for_another_task_or_with_failed_steps_says_so")]),
    row(17, "Wait for the runbook's Success, and read its outputs for exceptions", &[], &[])
        .answers("its outputs are shown and compared with what is proven, and its failed steps are named")
        .tests(&[
            (RUNBOOK, "a_run_of_the_runbook_is_shown_and_compared"),
            (RUNBOOK, "a_run_changes_no_verdict"),
        ]),
    row(18, "The runbook wants the cluster's name and the failed task's id", &[], &[])
        .answers("a run for another task says so; `pulldoctor collect --cluster C --task T` collects what it would have read")
        .tests(&[
            (RUNBOOK, "a_run_for_another_task_or_with_failed_steps_says_so"),
            ("crates/diagnosis/tests/collector/script.rs", "same_diagnosis"),
        ]),
    row(
        19,
        "A Fargate task in a public subnet needs a public address",
        &["network.no-public-ip"],
        &["network/no_public_ip/fault", "network/no_public_ip/subnet_would_give_one", "network/peers/public_subnet_with_endpoints"],
    )
    .answers("assignPublicIp decides, never the subnet's MapPublicIpOnLaunch; endpoints do without"),
    row(
        20,
        "The public subnet's table leads to an attached internet gateway",
        &["network.no-route", "network.blackhole-route", "network.igw-detached"],
        &["network/no_route/fault", "network/blackhole_route/fault", "network/igw_detached/fault", "network/no_route/missing"],
    )
    .asks(&["ec2:DescribeRouteTables"]),
    row(21, "A public address is turned on when a task or service is started", &["network.no-public-ip"], &["network/no_public_ip/fault"])
        .answers("remedy of the finding, with the case's subnets and groups"),
    row(
        22,
        "A task that exists never gets a public address: a new task is needed",
        &["network.no-public-ip"],
        &["network/no_public_ip/fault"],
    )
    .answers("`impact` of the remedy: the service's tasks are replaced"),
    row(
        23,
        "An existing service is changed by update-service and a new deployment",
        &["network.no-public-ip"],
        &["network/no_public_ip/fault"],
    )
    .answers("remedy of the finding as aws-cli and console"),
    row(
        24,
        "An interface endpoint with private DNS takes the service's name for the whole VPC, whatever the subnet's way out",
        &["network.endpoint-sg-ingress-blocked"],
        &["network/endpoint_sg_ingress_blocked/beside_nat", "network/peers/public_subnet_with_endpoints"],
    )
    .answers("`network.via` `interface_endpoint`"),
    row(
        25,
        "A private subnet needs NAT, endpoints or another way; with every endpoint it needs no default route",
        &["network.no-route", "endpoint.missing", "network.opaque-next-hop"],
        &["network/no_route/fault", "endpoint/missing/fault", "general/before_launch_endpoints", "network/opaque_next_hop/unknown"],
    ),
    row(
        26,
        "The NAT gateway is available, public, and its own subnet leads to an internet gateway",
        &["network.nat-unavailable", "network.nat-no-internet-route", "network.nat-private"],
        &["network/nat_unavailable/fault", "network/nat_no_internet_route/fault", "network/nat_private/fault"],
    ),
    row(
        27,
        "The task may use the endpoint's security group: TCP 443 in",
        &["network.endpoint-sg-ingress-blocked"],
        &["network/endpoint_sg_ingress_blocked/fault", "network/endpoint_sg_ingress_blocked/missing"],
    )
    .asks(&["ec2:DescribeSecurityGroups"]),
    row(
        28,
        "Other name servers than Amazon's need UDP and TCP 53 out, and must know AWS's private names",
        &["dns.custom-server-port-blocked", "dns.custom-server"],
        &[
            "dns/custom_server_port_blocked/fault",
            "dns/custom_server_port_blocked/tcp_only",
            "dns/custom_server/unknown",
            "dns/custom_server_port_blocked/missing",
        ],
    )
    .asks(&["ec2:DescribeDhcpOptions"]),
    row(
        29,
        "Network ACLs let 443 out and the answers to the ephemeral ports in, in every subnet on the way",
        &["network.acl-outbound-blocked", "network.acl-inbound-blocked"],
        &[
            "network/acl_outbound_blocked/fault",
            "network/acl_inbound_blocked/fault",
            "network/acl_inbound_blocked/nat_subnet",
            "network/acl_inbound_blocked/missing",
        ],
    )
    .asks(&["ec2:DescribeNetworkAcls"]),
    row(
        30,
        "The task's security groups together let TCP 443 out",
        &["network.sg-egress-blocked"],
        &["network/sg_egress_blocked/fault", "network/sg_egress_blocked/near_miss"],
    ),
    row(
        31,
        "443 must be open to every service that the task calls; a Fargate task needs no endpoint of ECS itself",
        &["endpoint.missing"],
        &["endpoint/missing/two", "general/before_launch_endpoints"],
    )
    .answers("`destinations[]` holds what this task needs, and nothing else"),
    row(
        32,
        "Without a way to the internet: endpoints for ecr.api, ecr.dkr, S3 (associated with the task subnet's table) and, with awslogs, logs",
        &["endpoint.missing", "endpoint.not-available", "endpoint.private-dns-disabled", "endpoint.gateway-not-routed"],
        &[
            "endpoint/missing/s3",
            "endpoint/not_available/fault",
            "endpoint/private_dns_disabled/fault",
            "endpoint/gateway_not_routed/fault",
            "endpoint/missing/missing",
        ],
    )
    .asks(&["ec2:DescribeVpcEndpoints"]),
    row(
        33,
        "Endpoints for Secrets Manager, Systems Manager and logs where the task definition uses them; none for KMS",
        &["endpoint.missing"],
        &["endpoint/missing/fault", "general/before_launch_endpoints"],
    ),
    row(
        34,
        "The endpoint's groups admit the task's address, which may be of a secondary CIDR",
        &["network.endpoint-sg-ingress-blocked"],
        &["network/endpoint_sg_ingress_blocked/fault", "network/peers/port_range_ends_before", "network/peers/icmp_is_no_port"],
    ),
    row(
        35,
        "The endpoints' policies allow the calls, and that of S3 the layer bucket",
        &["endpoint.policy-denied"],
        &["endpoint/policy_denied/fault"],
    )
    .answers("layer `endpoint` of `authorization[]`"),
    row(
        36,
        "The names of secrets and parameters are those that exist",
        &["secret.not-found", "parameter.not-found"],
        &["secret/not_found/fault", "secret/not_found/another_suffix", "parameter/not_found/fault", "secret/not_found/missing"],
    )
    .answers("`references[].verdict`; the nearest existing name")
    .asks(&["secretsmanager:DescribeSecret"]),
    row(
        37,
        "What is looked at is the revision that ran",
        &["evidence.other-revision"],
        &["evidence/other_revision/fault"],
    )
    .asks(&["ecs:DescribeTaskDefinition"]),
    row(
        38,
        "A parameter of another Region is named by its ARN; one of another account cannot be named",
        &["parameter.cross-region-unreachable", "parameter.reference-malformed"],
        &["parameter/cross_region_unreachable/fault", "parameter/reference_malformed/another_account"],
    ),
    row(
        39,
        "A bare name means the task's own Region and account",
        &["parameter.not-found"],
        &["parameter/not_found/fault", "parameter/not_found/secret_name", "parameter/not_found/another_region"],
    )
    .asks(&["ssm:DescribeParameters"]),
    row(
        40,
        "Find a parameter's ARN without printing its value",
        &[],
        &["parameter/not_found/missing"],
    )
    .answers("describe-parameters is asked for, never get-parameter; values in a paste are dropped and the person is told")
    .asks(&["ssm:DescribeParameters"])
    .tests(&[("crates/evidence/tests/secrets.rs", "in_every_output")]),
    row(
        41,
        "A secret through Parameter Store has no Parameter Store versions and is in no listing of parameters",
        &["parameter.secret-reference-versioned"],
        &["parameter/secret_reference_versioned/fault", "parameter/secret_reference_versioned/near_miss"],
    ),
    row(
        42,
        "An old AWS CLI leaves members out: what is not printed is not false",
        &[],
        &["network/nat_private/missing"],
    )
    .answers("an absent member is unknown unless AWS documents a default")
    .asks(&["ec2:DescribeNatGateways"])
    .tests(&[("crates/snapshot/tests/ec2.rs", "a_nat_gateway_of_an_old_cli_has_no_kind")]),
    row(
        43,
        "What changed after the task stopped is not what failed",
        &["evidence.changed-since-failure", "evidence.contradicts-error"],
        &["evidence/changed_since_failure/fault", "evidence/contradicts_error/fault"],
    ),
    row(
        44,
        "A service's other subnets may be broken too",
        &["network.no-route"],
        &["network/no_route/other_subnet", "general/before_launch_one_subnet_broken"],
    )
    .answers("`network.subnets[]` of every destination"),
    row(
        45,
        "Where no security group is named, the VPC's default group counts",
        &["network.sg-egress-blocked"],
        &["network/sg_egress_blocked/default_group"],
    ),
    row(
        46,
        "A secret that is scheduled for deletion, has no current version, or lacks the JSON key is no matter of the network",
        &["secret.deleted", "secret.no-current-version", "secret.json-key-not-found"],
        &["secret/deleted/fault", "secret/no_current_version/fault", "secret/json_key_not_found/fault"],
    ),
    row(
        47,
        "The first failure hides the rest: everything is fetched or nothing starts",
        &["secret.json-key-not-found", "logs.group-not-found"],
        &["task/next/another_fault", "general/cause_and_next"],
    )
    .answers("every fault is found at once: `role` `cause` is what the error is about, `next` what comes after"),
    row(
        48,
        "An image of another registry needs no login at Amazon ECR",
        &["image.credentials-missing", "image.rate-limited"],
        &["image/credentials_missing/fault", "image/rate_limited/fault"],
    )
    .answers("`destinations[]` names `registry:HOST` and no `ecr.api`"),
];
