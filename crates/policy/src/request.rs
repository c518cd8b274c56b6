//! Who asks for what: the request that policies are held against.

use crate::arn::{Arn, is_account};
use crate::context::{Context, Value};

/// The caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Who it is.
    pub kind: PrincipalKind,
    /// `aws`, `aws-cn`, `aws-us-gov`; empty for services and anonymous callers.
    pub partition: String,
    /// Twelve digits; empty for services, anonymous callers and AWS's own signers.
    pub account: String,
}

/// Kinds of callers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrincipalKind {
    /// A session of a role, as services see it: `arn:…:sts::ACCOUNT:assumed-role/NAME/SESSION`, which drops the path.
    Role {
        /// The role's name without path.
        name: String,
        /// The path, `/` or `/a/b/`; `None` where only a session ARN is known.
        path: Option<String>,
        /// The session's name (for an ECS task, the task's id); `None` where it is not known.
        session: Option<String>,
        /// `AROA…`, where known.
        unique_id: Option<String>,
    },
    /// An IAM user.
    User {
        /// Everything after `user/`, path included.
        name: String,
    },
    /// An account's root user.
    Root,
    /// An AWS service under its own name, e.g. `ecs-tasks.amazonaws.com` when it assumes a role.
    Service(String),
    /// Nobody signed.
    Anonymous,
    /// An AWS service's internal signer, e.g. that of a pre-signed ECR layer URL: no principal of any customer's account.
    AwsSigner,
}

impl Principal {
    /// A role by its ARN, with the session's name where it is known. `None` if the text is no role ARN.
    #[must_use]
    pub fn role(arn: &str, session: Option<&str>) -> Option<Principal> {
        let parts = Arn::parse(arn)?;
        let rest = parts.resource.strip_prefix("role/")?;
        let (path, name) = match rest.rsplit_once('/') {
            Some((path, name)) => (format!("/{path}/"), name),
            None => ("/".to_owned(), rest),
        };
        (parts.service == "iam" && !name.is_empty()).then(|| Principal {
            kind: PrincipalKind::Role {
                name: name.to_owned(),
                path: Some(path),
                session: session.map(str::to_owned),
                unique_id: None,
            },
            partition: parts.partition.to_owned(),
            account: parts.account.to_owned(),
        })
    }

    /// Any principal ARN: role, session (its role's path is then not known), user or root. `None` for other text.
    #[must_use]
    pub fn from_arn(arn: &str) -> Option<Principal> {
        let parts = Arn::parse(arn)?;
        if !is_account(parts.account) {
            return None;
        }
        let kind = match (parts.service, parts.resource) {
            ("iam", "root") => PrincipalKind::Root,
            ("iam", resource) => match resource.strip_prefix("user/") {
                Some(name) => PrincipalKind::User { name: name.to_owned() },
                None => return Principal::role(arn, None),
            },
            ("sts", resource) => {
                let (name, session) = resource.strip_prefix("assumed-role/")?.split_once('/')?;
                PrincipalKind::Role {
                    name: name.to_owned(),
                    path: None,
                    session: Some(session.to_owned()),
                    unique_id: None,
                }
            }
            _ => return None,
        };
        Some(Principal {
            kind,
            partition: parts.partition.to_owned(),
            account: parts.account.to_owned(),
        })
    }

    /// The same role with its unique id (`get-role`, `RoleId`); other kinds stay as they are.
    #[must_use]
    pub fn with_unique_id(mut self, id: &str) -> Principal {
        if let PrincipalKind::Role { unique_id, .. } = &mut self.kind {
            *unique_id = Some(id.to_owned());
        }
        self
    }

    /// An AWS service that calls in its own name.
    #[must_use]
    pub fn service(name: &str) -> Principal {
        Principal {
            kind: PrincipalKind::Service(name.to_owned()),
            partition: String::new(),
            account: String::new(),
        }
    }

    /// AWS's own signer of pre-signed requests.
    #[must_use]
    pub fn aws_signer() -> Principal {
        Principal {
            kind: PrincipalKind::AwsSigner,
            partition: String::new(),
            account: String::new(),
        }
    }

    /// An unsigned request.
    #[must_use]
    pub fn anonymous() -> Principal {
        Principal {
            kind: PrincipalKind::Anonymous,
            partition: String::new(),
            account: String::new(),
        }
    }

    /// `aws:PrincipalArn`: the role's ARN with its path, the user's or root's ARN; `None` where it is not known or none.
    #[must_use]
    pub fn arn(&self) -> Option<String> {
        let head = format!("arn:{}:iam::{}:", self.partition, self.account);
        match &self.kind {
            PrincipalKind::Role {
                name, path: Some(path), ..
            } => Some(format!("{head}role{path}{name}")),
            PrincipalKind::User { name } => Some(format!("{head}user/{name}")),
            PrincipalKind::Root => Some(format!("{head}root")),
            _ => None,
        }
    }

    /// The session's ARN, where the session's name is known.
    #[must_use]
    pub fn session_arn(&self) -> Option<String> {
        match &self.kind {
            PrincipalKind::Role {
                name,
                session: Some(session),
                ..
            } => Some(format!(
                "arn:{}:sts::{}:assumed-role/{name}/{session}",
                self.partition, self.account
            )),
            _ => None,
        }
    }

    /// A service-linked role: service and resource control policies do not reach it (Organizations User Guide).
    #[must_use]
    pub fn is_service_linked(&self) -> bool {
        matches!(&self.kind, PrincipalKind::Role { path: Some(path), .. } if path.starts_with("/aws-service-role/"))
    }

    /// Whether it belongs to an account, and so has identity policies.
    #[must_use]
    pub fn has_account(&self) -> bool {
        matches!(
            self.kind,
            PrincipalKind::Role { .. } | PrincipalKind::User { .. } | PrincipalKind::Root
        )
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    /// The action has no resource type (`ecr:GetAuthorizationToken`): only a literal `*` grants it.
    NoType,
    /// A resource by its full ARN.
    Arn(String),
    /// A resource of which only the beginning of the ARN is known (`…:log-stream:` while the stream's name is not).
    Beginning(String),
    /// A resource of which all but the last characters are known: a secret's ARN without the six that Secrets Manager adds.
    Unfinished {
        /// Up to the characters that are not known.
        beginning: String,
        /// How many follow; none of them is a colon.
        characters: usize,
    },
}

/// One call, with everything policies can look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    principal: Principal,
    action: String,
    action_lower: String,
    resource: Resource,
    resource_account: Option<String>,
    context: Context,
}

impl Request {
    /// Puts a request together. `resource_account` is the account that holds the resource; where it is `None` the ARN's
    /// own account counts, and where the ARN has none (a bucket) it is not known.
    ///
    /// Keys that the principal and the account prove are added to the context unless the caller mentioned them:
    /// `aws:PrincipalArn`, `aws:PrincipalAccount`, `aws:PrincipalType`, `aws:PrincipalIsAWSService`, `aws:userid`,
    /// `aws:username` (absent for roles) and `aws:ResourceAccount`; none where the context is said to be complete.
    #[must_use]
    pub fn new(principal: Principal, action: &str, resource: Resource, resource_account: Option<&str>, context: Context) -> Request {
        let own = match &resource {
            Resource::NoType => None,
            Resource::Arn(arn) | Resource::Beginning(arn) | Resource::Unfinished { beginning: arn, .. } => {
                Arn::parse(arn).map(|a| a.account.to_owned()).filter(|a| is_account(a))
            }
        };
        let mut request = Request {
            principal,
            action: action.to_owned(),
            action_lower: action.to_ascii_lowercase(),
            resource,
            resource_account: resource_account.map(str::to_owned).or(own),
            context,
        };
        request.derive();
        request
    }

    fn derive(&mut self) {
        let context = &mut self.context;
        let principal = &self.principal;
        let known = |text: Option<String>| text.map_or(Value::Unknown, Value::One);
        if let Some(account) = &self.resource_account {
            context.set_default("aws:ResourceAccount", Value::one(account.clone()));
        }
        if principal.has_account() {
            context.set_default("aws:PrincipalArn", known(principal.arn()));
            context.set_default("aws:PrincipalAccount", Value::one(principal.account.clone()));
            context.set_default("aws:PrincipalIsAWSService", Value::one("false"));
        }
        match &principal.kind {
            PrincipalKind::Role { unique_id, session, .. } => {
                context.set_default("aws:PrincipalType", Value::one("AssumedRole"));
                context.set_default("aws:username", Value::Absent);
                let id = unique_id
                    .as_ref()
                    .zip(session.as_ref())
                    .map(|(id, session)| format!("{id}:{session}"));
                context.set_default("aws:userid", known(id));
            }
            PrincipalKind::User { name } => {
                context.set_default("aws:PrincipalType", Value::one("User"));
                let name = name.rsplit('/').next().unwrap_or(name);
                context.set_default("aws:username", Value::one(name));
            }
            PrincipalKind::Root => context.set_default("aws:PrincipalType", Value::one("Account")),
            PrincipalKind::Service(name) => {
                context.set_default("aws:PrincipalIsAWSService", Value::one("true"));
                context.set_default("aws:PrincipalServiceName", Value::one(name.clone()));
            }
            PrincipalKind::Anonymous => {
                context.set_default("aws:PrincipalType", Value::one("Anonymous"));
                context.set_default("aws:PrincipalArn", Value::Absent);
                context.set_default("aws:PrincipalAccount", Value::Absent);
            }
            PrincipalKind::AwsSigner => {}
        }
    }

    /// The same call under another context.
    #[must_use]
    pub fn with_context(&self, context: Context) -> Request {
        let mut out = Request { context, ..self.clone() };
        out.derive();
        out
    }

    /// The caller.
    #[must_use]
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// The action as given, `service:Action`.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The action in lower case, as patterns are matched.
    pub(crate) fn action_lower(&self) -> &str {
        &self.action_lower
    }

    /// The service's prefix, in lower case.
    #[must_use]
    pub fn service(&self) -> &str {
        self.action_lower.split(':').next().unwrap_or("")
    }

    /// What is asked for.
    #[must_use]
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// The account that holds the resource, where known.
    #[must_use]
    pub fn resource_account(&self) -> Option<&str> {
        self.resource_account.as_deref()
    }

    /// The context, derived keys included.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }
}
