//! One call judged: who makes it, of what, under which policies, on which way.

use super::caller::{self, Who};
use super::instance;
use super::keys;
use super::library::{Held, Library, OnResource, Stack};
use super::organization::{self, Control};
use super::path::{self, Way, Ways};
use super::resource::{self, Side};
use super::{Handle, Judgement, context, identity, told};
use crate::case::Case;
use crate::judged::Walk;
use crate::requirements::{ApiCall, Requirement};
use policy::{Context, Decision, Request, Resource, Verdict, evaluate};
use snapshot::{Assumption, Citation, Need, Question, QuestionKind};

/// What all calls of a requirement share.
pub(super) struct Desk<'a, 'c> {
    pub(super) case: &'c Case<'a>,
    pub(super) library: &'c Library,
    pub(super) requirement: &'c Requirement,
    pub(super) ways: Ways,
}

/// What is asked for, ready to be decided.
pub(super) struct Asked {
    pub(super) resource: Resource,
    pub(super) side: Side,
    /// Sets the keys of this kind of call.
    pub(super) forwarded: bool,
}

impl<'a, 'c> Desk<'a, 'c> {
    pub(super) fn new(case: &'c Case<'a>, library: &'c Library, requirement: &'c Requirement, walks: &[Walk]) -> Self {
        let ways = path::of(case, library, requirement, walks);
        Self {
            case,
            library,
            requirement,
            ways,
        }
    }

    /// The call itself, and the calls that follow from it.
    pub(super) fn judge(&self, call: &ApiCall, out: &mut Vec<Judgement>) {
        if call.action == "sts:AssumeRole" {
            out.push(super::trust::judge(self, call));
            return;
        }
        let mut call = call.clone();
        let resource = self.resource(&mut call);
        if out
            .iter()
            .any(|known| known.call.action == call.action && known.call.resource == call.resource)
        {
            return;
        }
        let Some(who) = caller::of(self.case, &call) else {
            out.push(self.callerless(call));
            return;
        };
        let named = call.resource.clone();
        let side = resource::of(self.case, self.library, call.action, &named);
        let used = call.by.clone();
        let asked = Asked {
            resource,
            side,
            forwarded: false,
        };
        let fill = |context: &mut Context| {
            if call.action == "secretsmanager:GetSecretValue" {
                context::secret(self.case, context, &named, used.as_ref());
            }
        };
        let judgement = self.decide(&call, &who, &asked, &fill);
        out.push(judgement);
        self.follow(&call, &who, out);
    }

    /// Nobody to judge: the role is not known, or does not exist.
    fn callerless(&self, call: ApiCall) -> Judgement {
        Judgement {
            needs: instance::needs(self.case, &call),
            call,
            ..Judgement::default()
        }
    }

    /// The resource as policies see it; what the report shows of it is put into the call.
    pub(super) fn resource(&self, call: &mut ApiCall) -> Resource {
        if policy::has_no_resource_type(call.action) {
            "*".clone_into(&mut call.resource);
            return Resource::NoType;
        }
        if call.action.starts_with("secretsmanager:")
            && let Some(arn) = keys::resolve_secret(self.case, &call.resource).and_then(|found| found.value.arn.clone())
        {
            call.resource = arn.0;
        }
        let text = call.resource.as_str();
        if call.action.starts_with("logs:") && text.contains(":log-stream:") {
            return self.stream(call);
        }
        if let Some((known, _)) = text.split_once('*') {
            return Resource::Beginning(known.to_owned());
        }
        if let Some(known) = before_hidden_account(text) {
            return Resource::Beginning(known.to_owned());
        }
        let partial = call.action.starts_with("secretsmanager:") && snapshot::secrets::without_suffix(text).is_none();
        if partial {
            Resource::Unfinished {
                beginning: format!("{text}-"),
                characters: 6,
            }
        } else {
            Resource::Arn(text.to_owned())
        }
    }

    /// The stream's name is known as far as the log options and the task tell it: `prefix/container/task`.
    fn stream(&self, call: &ApiCall) -> Resource {
        let Some((known, _)) = call.resource.split_once('*') else {
            return Resource::Arn(call.resource.clone());
        };
        let prefix = call.by.as_ref().and_then(|used| {
            let containers = &self.case.definition?.value.container_definitions;
            let container = containers
                .iter()
                .find(|container| container.name.as_deref() == Some(used.container.as_str()))?;
            let prefix = container.log_configuration.as_ref()?.options.get("awslogs-stream-prefix")?;
            Some(format!("{prefix}/{}/", used.container))
        });
        let whole = known.ends_with(":log-stream:");
        match prefix {
            Some(prefix) if whole => {
                let task = self
                    .case
                    .task
                    .and_then(|task| task.value.task_arn.as_ref()?.as_str().rsplit('/').next());
                match task {
                    Some(task) => Resource::Arn(format!("{known}{prefix}{task}")),
                    None => Resource::Beginning(format!("{known}{prefix}")),
                }
            }
            _ => Resource::Beginning(known.to_owned()),
        }
    }

    /// Decides a call of a role on every way that is open.
    pub(super) fn decide(&self, call: &ApiCall, who: &Who<'_>, asked: &Asked, fill: &dyn Fn(&mut Context)) -> Judgement {
        let case = self.case;
        let mut stack = Stack {
            identity: identity::policies(case, self.library, &who.arn),
            boundary: identity::boundary(case, self.library, who),
            service_control: organization::levels(case, self.library, Control::Service, who.arn.account()),
            resource_control: organization::levels(case, self.library, Control::Resource, asked.side.account.as_deref()),
            resource: asked.side.policy.clone(),
            grants: asked.side.grants.clone(),
            ..Stack::default()
        };
        let region = self.requirement.region.as_deref();
        let mut request = None;
        let mut decisions = Vec::new();
        let mut said = Vec::new();
        for way in &self.ways.ways {
            let mut context = context::base(case, who, region);
            if asked.forwarded {
                way.set_forwarded(&mut context)
            } else {
                way.set(&mut context)
            }
            if asked.side.account.as_deref() == who.arn.account() {
                // Of the caller's account, and so of its organization.
                context.set("aws:ResourceOrgID", context.get("aws:PrincipalOrgID").clone());
            }
            fill(&mut context);
            stack.endpoint = if asked.forwarded { None } else { way.endpoint.clone() };
            let mut made = Request::new(
                who.principal.clone(),
                call.action,
                asked.resource.clone(),
                asked.side.account.as_deref(),
                context,
            );
            for policy in asked.side.otherwise.iter().chain([&asked.side.policy]) {
                stack.resource = policy.clone();
                decisions.push(self.evaluate(&mut made, &stack, &call.resource, &mut said));
            }
            request.get_or_insert(made);
        }
        if let Some(policy) = &asked.side.otherwise {
            stack.resource = policy.clone();
        }
        let mut decision = agree(decisions);
        let told = match &mut decision {
            Some(decision) => told::apply(case, call.action, &call.resource, &who.principal, decision),
            None => false,
        };
        let mut judgement = Judgement {
            call: call.clone(),
            principal: Some(who.arn.0.clone()),
            needs: decision
                .as_ref()
                .map(|decision| self.needs(decision, who, &asked.side, &call.resource))
                .unwrap_or_default(),
            request,
            told,
            ..Judgement::default()
        };
        judgement.evidence = evidence(case, who, &stack);
        judgement.evidence.extend(said.into_iter().map(|at| (super::ANSWERED, at)));
        judgement.assumes = self.assumptions(decision.as_ref(), &asked.side);
        judgement.decision = decision;
        judgement
    }

    /// Decides with what the person told of the keys that keep it open; where that stands is put to what was `said`.
    fn evaluate(&self, made: &mut Request, stack: &Stack, resource: &str, said: &mut Vec<Citation>) -> Decision<Handle> {
        loop {
            let decision = evaluate(made, &stack.layers());
            let mut context = made.context().clone();
            let told = context::answered(self.case, &mut context, &decision.residuals.keys, resource);
            if told.is_empty() {
                return decision;
            }
            *made = made.with_context(context);
            said.extend(told);
        }
    }

    /// What would settle it: the policies that are missing, the role's own keys, the way.
    fn needs(&self, decision: &Decision<Handle>, who: &Who<'_>, side: &Side, resource: &str) -> Vec<Need> {
        if !matches!(decision.verdict, Verdict::Unknown) {
            return Vec::new();
        }
        let residuals = &decision.residuals;
        let mut needs: Vec<Need> = residuals.missing.iter().flat_map(|handle| handle.needs.clone()).collect();
        needs.extend(side.needs.clone());
        let key = |begins: &str| residuals.keys.iter().any(|key| key.to_ascii_lowercase().starts_with(begins));
        if who.role.is_none() && key("aws:principaltag/") {
            needs.push(identity::ask_role(&who.arn));
        }
        // Any account of an organization may ask which one it is (AWS Organizations API reference, `DescribeOrganization`).
        let organization = &self.case.snapshot.organizations.organization;
        if organization.is_empty() && (key("aws:principalorgid") || key("aws:resourceorgid")) {
            needs.push(snapshot::Call::new(snapshot::Operation::OrganizationsDescribeOrganization).into());
        }
        // Settled on each way, and differently.
        let disagree = residuals.is_empty() && self.ways.ways.len() > 1;
        if disagree || ["aws:sourcevp", "aws:vpc", "aws:sourceip"].iter().any(|begins| key(begins)) {
            needs.extend(self.ways.needs.clone());
        }
        if let Some(secret) = self.partial(decision) {
            let call = snapshot::Call::new(snapshot::Operation::SecretsmanagerDescribeSecret)
                .option("secret-id", secret)
                .in_region(self.requirement.region.as_deref());
            needs.push(call.into());
        }
        if needs.is_empty() {
            let question = |key: &String| Question {
                kind: QuestionKind::ConditionKey,
                subject: context::subject(key, resource),
            };
            needs.extend(residuals.keys.iter().map(|key| Need::Question(question(key))));
        }
        let mut seen: Vec<Need> = Vec::new();
        needs.retain(|need| {
            let new = !seen.contains(need);
            if new {
                seen.push(need.clone());
            }
            new
        });
        needs
    }

    /// The secret whose ARN lacks its six characters, where they keep a statement open.
    fn partial(&self, decision: &Decision<Handle>) -> Option<&str> {
        let open = decision
            .residuals
            .statements
            .iter()
            .any(|open| open.doubts.iter().any(|doubt| matches!(doubt, policy::Doubt::PartialResource(_))));
        let secret = self.requirement.calls.iter().find(|call| {
            call.action.starts_with("secretsmanager:")
                && snapshot::secrets::without_suffix(&call.resource).is_none()
                && keys::resolve_secret(self.case, &call.resource).is_none()
        });
        secret.filter(|_| open).map(|call| call.resource.as_str())
    }

    fn assumptions(&self, decision: Option<&Decision<Handle>>, side: &Side) -> Vec<Assumption> {
        let mut assumes = Vec::new();
        let Some(decision) = decision else {
            return assumes;
        };
        if decision.verdict == Verdict::Allowed {
            if !organization::pasted(self.case, Control::Service) || !organization::pasted(self.case, Control::Resource) {
                assumes.push(Assumption::NoOrganizationsPolicy);
            }
            assumes.extend(self.ways.assumes.clone());
        }
        if matches!(decision.verdict, Verdict::Allowed | Verdict::ImplicitlyDenied | Verdict::Denied) {
            assumes.extend(side.assumes.clone());
        }
        assumes
    }

    /// The ways that lead through an endpoint.
    pub(super) fn through(&self) -> impl Iterator<Item = &Way> {
        self.ways.ways.iter().filter(|way| way.through())
    }
}

/// What holds on every way.
pub(super) fn agree(decisions: Vec<Decision<Handle>>) -> Option<Decision<Handle>> {
    let mut decisions = decisions.into_iter();
    let first = decisions.next()?;
    let mut joined = first;
    for other in decisions {
        if other.verdict == joined.verdict {
            continue;
        }
        let denied = other.verdict.is_denied() && joined.verdict.is_denied();
        if joined.verdict != Verdict::Unknown {
            let keep = other.verdict == Verdict::Unknown;
            if keep {
                joined = other;
            }
            joined.verdict = if denied { Verdict::Denied } else { Verdict::Unknown };
            if !denied {
                joined.decided_by = None;
            }
        }
    }
    Some(joined)
}

/// Where each layer stands.
fn evidence(case: &Case<'_>, who: &Who<'_>, stack: &Stack) -> Vec<(&'static str, Citation)> {
    let mut found = Vec::new();
    let mut add = |kind: &'static str, held: &Held| found.extend(held.handle.at.clone().map(|at| (kind, at)));
    stack.identity.iter().for_each(|held| add("identity", held));
    stack.boundary.iter().for_each(|held| add("boundary", held));
    stack.service_control.iter().flatten().for_each(|held| add("scp", held));
    stack.resource_control.iter().flatten().for_each(|held| add("rcp", held));
    match &stack.resource {
        OnResource::None => {}
        OnResource::Generic(held) => add("resource", held),
        OnResource::Together(held) => held.iter().for_each(|held| add("resource", held)),
        OnResource::Key(held, _) => add("key", held),
        OnResource::Trust(held) => add("trust", held),
    }
    if let Some((_, held)) = &stack.endpoint {
        add("endpoint", held);
    }
    found.extend(identity::lists(case, &who.arn).into_iter().map(|at| ("identity", at)));
    if let Some(role) = who.role {
        found.push(("boundary", role.at.clone()));
    }
    found
}

/// An ARN up to its account, where someone hid that before sending: comparing the rest with real policies would prove nothing.
fn before_hidden_account(arn: &str) -> Option<&str> {
    let account = arn.split(':').nth(4)?;
    let hidden = !account.is_empty() && account != "aws" && (account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()));
    let start = arn.find(&format!(":{account}:"))?;
    if hidden { arn.get(..=start) } else { None }
}

#[cfg(test)]
mod tests {
    use super::before_hidden_account;

    #[test]
    fn an_arn_is_known_up_to_a_hidden_account() {
        let hidden = "arn:aws:secretsmanager:us-east-1:<account>:secret:prod/db-AbCdEf";
        assert_eq!(before_hidden_account(hidden), Some("arn:aws:secretsmanager:us-east-1:"));
        assert_eq!(
            before_hidden_account("arn:aws:secretsmanager:us-east-1:111122223333:secret:x"),
            None
        );
        assert_eq!(before_hidden_account("arn:aws:s3:::bucket/key"), None);
    }
}
