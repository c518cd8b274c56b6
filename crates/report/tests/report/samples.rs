//! Reports made by hand, one for each kind of outcome, in both languages.

use report::model::*;
use report::{Lang, Report};

/// The sentence in the asked language.
fn say(lang: Lang, en: &str, ja: &str) -> String {
    match lang {
        Lang::En => en.to_owned(),
        Lang::Ja => ja.to_owned(),
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn known(text: &str) -> Field<String> {
    Field::Known(text.to_owned())
}

fn tool() -> Tool {
    Tool {
        name: "pulldoctor".to_owned(),
        version: "0.1.0".to_owned(),
        facts: some("2026-08-01"),
        build: some("0a1b2c3"),
    }
}

fn empty(outcome: Outcome) -> Report {
    Report {
        schema: SchemaId::V1,
        tool: tool(),
        outcome,
        task: Task::default(),
        symptom: None,
        findings: Vec::new(),
        destinations: Vec::new(),
        requests: Vec::new(),
        documents: Vec::new(),
        other_tasks: Vec::new(),
    }
}

fn finding(code: &str, status: Status, title: String) -> Finding {
    Finding {
        code: code.to_owned(),
        status,
        role: None,
        subject: Vec::new(),
        affects: Vec::new(),
        title,
        summary: String::new(),
        explanation: String::new(),
        assumes: Vec::new(),
        evidence: Vec::new(),
        missing: Vec::new(),
        fixes: Vec::new(),
    }
}

fn document(name: &str, operation: Option<&str>, resources: usize) -> Document {
    Document {
        name: name.to_owned(),
        operation: operation.map(str::to_owned),
        resources,
        problems: Vec::new(),
    }
}

const TIMEOUT: &str = "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded";

/// An endpoint's security group keeps the task out; every member of the contract is filled.
pub(crate) fn root_cause(lang: Lang) -> Report {
    let mut report = empty(Outcome::RootCause);
    report.task = Task {
        arn: known("arn:aws:ecs:us-east-1:111122223333:task/prod/0123456789abcdef0123456789abcdef"),
        account: known("111122223333"),
        region: known("us-east-1"),
        partition: known("aws"),
        launch_type: known("FARGATE"),
        platform_version: known("1.4.0"),
        subnet: known("subnet-0aa11"),
        interface: known("eni-0aa11"),
        private_ip: known("10.0.1.5"),
        public_ip: Field::Absent,
        security_groups: Field::Known(vec!["sg-0task".to_owned()]),
        vpc: known("vpc-0aa11"),
        execution_role: known("arn:aws:iam::111122223333:role/app-execution"),
        task_definition: Field::Unknown,
    };
    report.symptom = Some(Symptom {
        text: TIMEOUT.to_owned(),
        class: some("ResourceInitializationError"),
        stage: Stage::SecretFetch,
        service: Some(Service::SecretsManager),
        cause: ErrorCause::Timeout,
        quoted: Quoted {
            arn: some("arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf"),
            ..Quoted::default()
        },
    });
    report.findings = vec![
        Finding {
            role: Some(Role::Cause),
            subject: vec!["sg-0endpoint".to_owned()],
            affects: vec![Service::EcrApi, Service::SecretsManager],
            summary: say(
                lang,
                "The firewall rules of the private connection to Secrets Manager do not let this task in.",
                "Secrets Manager へのプライベート接続のファイアウォールルールが、このタスクからの通信を許可していません。",
            ),
            explanation: say(
                lang,
                "`vpce-0sm` takes over the name of Secrets Manager in `vpc-0aa11`.\n\nIts security group `sg-0endpoint` admits TCP 443 from `10.9.0.0/16` only; the task sends from `10.0.1.5`.",
                "`vpc-0aa11` では `vpce-0sm` が Secrets Manager の名前を引き受けます。\n\nそのセキュリティグループ `sg-0endpoint` は `10.9.0.0/16` からの TCP 443 のみを許可しますが、タスクの送信元は `10.0.1.5` です。",
            ),
            evidence: vec![
                Evidence { document: 2, pointer: "/SecurityGroups/0/IpPermissions".to_owned(), line: Some(41), excerpt: "\"CidrIp\": \"10.9.0.0/16\"".to_owned() },
                Evidence { document: 1, pointer: "/VpcEndpoints/0/Groups/0".to_owned(), line: None, excerpt: "{\"GroupId\": \"sg-0endpoint\"}".to_owned() },
            ],
            fixes: vec![
                Fix {
                    kind: FixKind::AwsCli,
                    text: "aws ec2 authorize-security-group-ingress --region us-east-1 --group-id sg-0endpoint --protocol tcp --port 443 --source-group sg-0task".to_owned(),
                    impact: say(
                        lang,
                        "Every interface in `sg-0task` may open HTTPS to this endpoint; nothing restarts.",
                        "`sg-0task` のすべてのインターフェイスがこのエンドポイントへ HTTPS で接続できるようになります。再起動は発生しません。",
                    ),
                    verified: true,
                },
                Fix {
                    kind: FixKind::Console,
                    text: say(
                        lang,
                        "VPC > Security groups > sg-0endpoint > Edit inbound rules > Add rule: HTTPS, source sg-0task",
                        "VPC > セキュリティグループ > sg-0endpoint > インバウンドルールを編集 > ルールを追加: HTTPS、ソース sg-0task",
                    ),
                    impact: say(lang, "The same.", "同上です。"),
                    verified: false,
                },
            ],
            ..finding(
                "network.endpoint-sg-ingress-blocked",
                Status::Fail,
                say(
                    lang,
                    "Security group `sg-0endpoint` of the endpoint does not let TCP 443 in from the task",
                    "エンドポイントのセキュリティグループ `sg-0endpoint` がタスクからの TCP 443 を許可していません",
                ),
            )
        },
        Finding {
            role: Some(Role::Next),
            subject: vec!["secretsmanager:GetSecretValue".to_owned(), "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf".to_owned()],
            affects: vec![Service::SecretsManager],
            summary: say(lang, "The role may not read the secret.", "このロールにはシークレットを読み取る権限がありません。"),
            assumes: vec![say(lang, "no service or resource control policy interferes", "サービスコントロールポリシーとリソースコントロールポリシーは影響しない")],
            evidence: vec![Evidence { document: 3, pointer: "/PolicyDocument/Statement/0".to_owned(), line: Some(7), excerpt: "\"Action\": \"ssm:GetParameters\"".to_owned() }],
            fixes: vec![Fix {
                kind: FixKind::Policy,
                text: "{\n  \"Effect\": \"Allow\",\n  \"Action\": \"secretsmanager:GetSecretValue\"\n}".to_owned(),
                impact: say(lang, "The role can read this secret.", "ロールがこのシークレットを読み取れるようになります。"),
                verified: true,
            }],
            ..finding(
                "iam.action-not-allowed",
                Status::Fail,
                say(
                    lang,
                    "Role `app-execution` is not allowed `secretsmanager:GetSecretValue`",
                    "ロール `app-execution` に `secretsmanager:GetSecretValue` が許可されていません",
                ),
            )
        },
        Finding {
            subject: vec!["acl-0aa11".to_owned()],
            affects: vec![Service::S3],
            summary: say(lang, "Admits part of the port range only.", "ポート範囲の一部のみを許可しています。"),
            ..finding(
                "network.acl-inbound-blocked",
                Status::Warn,
                say(lang, "Network ACL `acl-0aa11` admits only 32768-60999", "ネットワーク ACL `acl-0aa11` は 32768-60999 のみを許可しています"),
            )
        },
        Finding {
            affects: vec![Service::Logs],
            subject: vec!["rtb-0aa11".to_owned()],
            missing: vec!["r1".to_owned()],
            ..finding("network.no-route", Status::Unknown, say(lang, "Whether `rtb-0aa11` leads to CloudWatch Logs", "`rtb-0aa11` が CloudWatch Logs へ通じているかどうか"))
        },
        Finding {
            affects: vec![Service::SecretsManager],
            ..finding("secret.not-found", Status::Pass, say(lang, "The secret `db` exists", "シークレット `db` は存在します"))
        },
    ];
    report.destinations = vec![
        Destination {
            service: Service::SecretsManager,
            host: some("secretsmanager.us-east-1.amazonaws.com"),
            port: Some(443),
            needed_for: vec![say(lang, "variable DB of container app", "コンテナ app の変数 DB")],
            network: Some(Network {
                verdict: Reach::Blocked,
                assumes: Vec::new(),
                via: Some(Via::InterfaceEndpoint),
                hops: vec![
                    Hop {
                        kind: HopKind::Interface,
                        id: some("eni-0aa11"),
                        verdict: HopVerdict::Pass,
                        note: say(lang, "the task's interface", "タスクのインターフェイス"),
                    },
                    Hop {
                        kind: HopKind::SecurityGroup,
                        id: some("sg-0endpoint"),
                        verdict: HopVerdict::Fail,
                        note: say(
                            lang,
                            "no rule admits TCP 443 from 10.0.1.5",
                            "10.0.1.5 からの TCP 443 を許可するルールがない",
                        ),
                    },
                ],
                witness: Some(Witness {
                    source: "10.0.1.5".to_owned(),
                    destination: "10.0.2.9".to_owned(),
                    protocol: Protocol::Tcp,
                    port: 443,
                    direction: Direction::Request,
                    rule: say(lang, "sg-0endpoint: only 10.9.0.0/16", "sg-0endpoint: 10.9.0.0/16 のみ"),
                }),
                evidence: vec![Citation {
                    document: 2,
                    pointer: "/SecurityGroups/0".to_owned(),
                }],
                subnets: vec![
                    SubnetVerdict {
                        id: "subnet-0aa11".to_owned(),
                        verdict: Reach::Blocked,
                    },
                    SubnetVerdict {
                        id: "subnet-0bb22".to_owned(),
                        verdict: Reach::Unknown,
                    },
                ],
            }),
            authorization: vec![Authorization {
                action: "secretsmanager:GetSecretValue".to_owned(),
                resource: "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf".to_owned(),
                principal: some("arn:aws:iam::111122223333:role/app-execution"),
                verdict: Access::ImplicitlyDenied,
                blocks_start: true,
                assumes: vec![say(
                    lang,
                    "no service or resource control policy interferes",
                    "サービスコントロールポリシーとリソースコントロールポリシーは影響しない",
                )],
                decided_by: Some(LayerKind::Identity),
                layers: vec![
                    Layer {
                        kind: LayerKind::Identity,
                        verdict: Access::ImplicitlyDenied,
                        statement: None,
                    },
                    Layer {
                        kind: LayerKind::Endpoint,
                        verdict: Access::Allowed,
                        statement: Some(Citation {
                            document: 1,
                            pointer: "/VpcEndpoints/0/PolicyDocument".to_owned(),
                        }),
                    },
                ],
            }],
            references: vec![Reference {
                text: "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf".to_owned(),
                verdict: ReferenceVerdict::Found,
            }],
        },
        Destination {
            service: Service::Sts,
            host: None,
            port: None,
            needed_for: vec![say(lang, "the role", "ロール")],
            network: None,
            authorization: Vec::new(),
            references: Vec::new(),
        },
    ];
    report.requests = vec![
        Request {
            id: "r1".to_owned(),
            body: RequestBody::Command {
                operation: "ec2:DescribeRouteTables".to_owned(),
                command: "aws ec2 describe-route-tables --region us-east-1 --route-table-ids rtb-0aa11".to_owned(),
            },
            why: say(
                lang,
                "Shows where the subnet's traffic goes.",
                "サブネットの通信がどこへ向かうかがわかります。",
            ),
            decides: vec!["network.no-route".to_owned()],
        },
        Request {
            id: "q1".to_owned(),
            body: RequestBody::Question {
                question: say(
                    lang,
                    "Was `describe-vpc-endpoints` run without filters?",
                    "`describe-vpc-endpoints` はフィルターなしで実行しましたか。",
                ),
                choices: vec!["yes".to_owned(), "no".to_owned()],
            },
            why: say(
                lang,
                "A filtered listing proves no absence.",
                "フィルターした一覧では、存在しないことを証明できません。",
            ),
            decides: vec!["endpoint.missing".to_owned()],
        },
    ];
    report.documents = vec![
        document("mail.txt #1", Some("ecs:DescribeTasks"), 1),
        document("mail.txt #2", Some("ec2:DescribeVpcEndpoints"), 2),
        Document {
            problems: vec![say(
                lang,
                "The document is cut off after line 80.",
                "文書が 80 行目で途切れています。",
            )],
            ..document("groups.json", Some("ec2:DescribeSecurityGroups"), 2)
        },
        document("mail.txt #3", None, 0),
    ];
    report.other_tasks = vec![TaskGroup {
        text: some("Essential container in task exited"),
        tasks: vec!["arn:aws:ecs:us-east-1:111122223333:task/prod/1123456789abcdef0123456789abcdef".to_owned()],
    }];
    report
}

/// An error text alone.
pub(crate) fn suspects(lang: Lang) -> Report {
    let mut report = empty(Outcome::Suspects);
    report.symptom = Some(Symptom {
        text: "CannotPullContainerError: pull command failed: : signal: killed".to_owned(),
        class: some("CannotPullContainerError"),
        stage: Stage::ImagePull,
        service: None,
        cause: ErrorCause::Killed,
        quoted: Quoted::default(),
    });
    report.findings = vec![Finding {
        affects: vec![Service::EcrDkr, Service::Registry(some("ghcr.io"))],
        missing: vec!["r1".to_owned(), "gone".to_owned()],
        ..finding(
            "network.no-route",
            Status::Unknown,
            say(lang, "Whether the subnet has a way out", "サブネットから外へ出られるかどうか"),
        )
    }];
    report.requests = vec![Request {
        id: "r1".to_owned(),
        body: RequestBody::Command {
            operation: "ecs:DescribeTasks".to_owned(),
            command: "aws ecs describe-tasks --cluster CLUSTER --tasks TASK".to_owned(),
        },
        why: say(
            lang,
            "Names the subnet and the interface.",
            "サブネットとインターフェイスがわかります。",
        ),
        decides: vec!["network.no-route".to_owned()],
    }];
    report.documents = vec![document("stdin", None, 0)];
    report
}

/// Nothing to judge.
pub(crate) fn insufficient(lang: Lang) -> Report {
    let mut report = empty(Outcome::InsufficientEvidence);
    report.requests = suspects(lang).requests;
    report
}

/// The task runs.
pub(crate) fn out_of_scope(lang: Lang) -> Report {
    let mut report = empty(Outcome::OutOfScope);
    report.task.arn = known("arn:aws:ecs:us-east-1:111122223333:task/prod/0123456789abcdef0123456789abcdef");
    report.findings = vec![Finding {
        summary: say(lang, "There is nothing to diagnose.", "診断の対象はありません。"),
        evidence: vec![Evidence {
            document: 0,
            pointer: "/tasks/0/lastStatus".to_owned(),
            line: Some(12),
            excerpt: "\"lastStatus\": \"RUNNING\"".to_owned(),
        }],
        ..finding(
            "task.not-stopped",
            Status::Pass,
            say(lang, "The task is running", "タスクは実行中です"),
        )
    }];
    report.documents = vec![document("tasks.json", Some("ecs:DescribeTasks"), 1)];
    report
}

/// Every task's needs are met.
pub(crate) fn no_fault(lang: Lang) -> Report {
    let mut report = empty(Outcome::NoFaultFound);
    report.findings = vec![finding(
        "network.no-route",
        Status::Pass,
        say(lang, "The route leads out", "ルートは外へ通じています"),
    )];
    report
}

/// All samples, by name.
pub(crate) fn all(lang: Lang) -> Vec<(&'static str, Report)> {
    vec![
        ("root_cause", root_cause(lang)),
        ("suspects", suspects(lang)),
        ("insufficient", insufficient(lang)),
        ("out_of_scope", out_of_scope(lang)),
        ("no_fault", no_fault(lang)),
    ]
}
