//! The calls that a service makes with the role's permissions: decrypting, and reading a secret through Parameter Store.

use super::caller::Who;
use super::calls::{Asked, Desk};
use super::keys::{self, Decrypt, Key};
use super::{Judgement, context, resource};
use crate::existence::{FirstPull, first_pull};
use crate::requirements::ApiCall;
use policy::{Context, KeyOwner, Resource, Verdict};
use snapshot::Need;
use snapshot::ids::ArnText;

impl Desk<'_, '_> {
    /// The calls that a service makes with the role's permissions to answer this one.
    pub(super) fn follow(&self, call: &ApiCall, who: &Who<'_>, out: &mut Vec<Judgement>) {
        let arn = ArnText::from(call.resource.as_str());
        let used = call.by.as_ref();
        match call.action {
            "secretsmanager:GetSecretValue" => {
                let context = [("SecretARN", Some(arn.as_str())), ("SecretVersionId", None)];
                self.decrypt(call, who, keys::secret(self.case, &arn, used), "secretsmanager", &context, out);
            }
            "ssm:GetParameters" => {
                if let Some(name) = arn
                    .resource()
                    .and_then(|resource| resource.strip_prefix("parameter/aws/reference/secretsmanager/"))
                {
                    self.referenced(call, who, name, out);
                    return;
                }
                self.decrypt(
                    call,
                    who,
                    keys::parameter(self.case, &arn),
                    "ssm",
                    &[("PARAMETER_ARN", Some(arn.as_str()))],
                    out,
                );
            }
            "ecr:BatchGetImage" => self.imported(call, who, out),
            "s3:GetObject" => {
                let (bucket, key) = arn.resource().and_then(|resource| resource.split_once('/')).unwrap_or_default();
                self.decrypt(call, who, keys::object(self.case, bucket, key), "s3", &[], out);
            }
            _ => {}
        }
    }

    /// The first pull of what a pull-through cache rule covers: Amazon ECR makes the repository and imports the image with the caller's
    /// permissions (Amazon ECR User Guide, "IAM permissions required to sync an upstream registry"). Of an image that is cached, or may
    /// be, nothing tells that it is imported again.
    fn imported(&self, call: &ApiCall, who: &Who<'_>, out: &mut Vec<Judgement>) {
        let Some(first) = call.by.as_ref().and_then(|used| first_pull(self.case, used)) else {
            return;
        };
        let made_new = first == FirstPull::OfRepository;
        let side = |action: &str| {
            if made_new {
                resource::of_new_repository(self.case, self.library, action, &call.resource)
            } else {
                resource::of(self.case, self.library, action, &call.resource)
            }
        };
        let created = made_new.then_some("ecr:CreateRepository");
        for action in created.into_iter().chain(["ecr:BatchImportUpstreamImage"]) {
            let made = ApiCall { action, ..call.clone() };
            let asked = Asked {
                resource: Resource::Arn(call.resource.clone()),
                side: side(action),
                forwarded: false,
            };
            out.push(self.decide(&made, who, &asked, &|_| {}));
        }
    }

    /// A secret read through Parameter Store needs the secret's own permission as well (AWS Systems Manager User Guide, "Referencing
    /// AWS Secrets Manager secrets from Parameter Store parameters").
    fn referenced(&self, call: &ApiCall, who: &Who<'_>, name: &str, out: &mut Vec<Judgement>) {
        let case = self.case;
        let place = (self.requirement.region.as_deref(), case.account.as_deref());
        let arn = format!(
            "arn:{}:secretsmanager:{}:{}:secret:{name}",
            case.partition,
            place.0.unwrap_or("*"),
            place.1.unwrap_or("*")
        );
        let mut made = ApiCall {
            action: "secretsmanager:GetSecretValue",
            resource: arn,
            ..call.clone()
        };
        let resource = self.resource(&mut made);
        let named = made.resource.clone();
        let side = resource::of(case, self.library, made.action, &named);
        let asked = Asked {
            resource,
            side,
            forwarded: true,
        };
        let fill = |context: &mut Context| {
            context.set("aws:ViaAWSService", policy::Value::one("true"));
            context::secret(case, context, &named, None);
        };
        out.push(self.decide(&made, who, &asked, &fill));
        let arn = ArnText::from(named.as_str());
        let encryption = [("SecretARN", Some(arn.as_str())), ("SecretVersionId", None)];
        self.decrypt(&made, who, keys::secret(case, &arn, None), "secretsmanager", &encryption, out);
    }

    fn decrypt(
        &self,
        call: &ApiCall,
        who: &Who<'_>,
        needed: Decrypt,
        service: &str,
        encryption: &[(&str, Option<&str>)],
        out: &mut Vec<Judgement>,
    ) {
        let made = |resource: &str| ApiCall {
            action: "kms:Decrypt",
            resource: resource.to_owned(),
            ..call.clone()
        };
        let (keys, proven, needs, at) = match needed {
            Decrypt::Free => return,
            Decrypt::Default {
                name,
                beginning,
                needs,
                at,
            } => {
                let judge = |beginning: String| self.decrypt_default(&made(&name), who, beginning, service, encryption);
                let Some(mut judgement) = judge(beginning) else { return };
                let any_key = keys::of_region(&ArnText::from(call.resource.as_str())).and_then(judge);
                if !needs.is_empty() && any_key.is_none() {
                    leave_open(&mut judgement, needs);
                }
                judgement.evidence.push(("key", at));
                judgement.decrypts = Some((call.action, call.resource.clone()));
                once(judgement, out);
                return;
            }
            Decrypt::Foreign { name, at } => {
                out.push(Judgement {
                    call: made(&name),
                    principal: Some(who.arn.0.clone()),
                    foreign: Some(at),
                    ..Judgement::default()
                });
                return;
            }
            Decrypt::Unknown(needs) => {
                out.push(Judgement {
                    call: made("*"),
                    principal: Some(who.arn.0.clone()),
                    needs,
                    decrypts: Some((call.action, call.resource.clone())),
                    ..Judgement::default()
                });
                return;
            }
            Decrypt::Keys { keys, proven, needs, at } => (keys, proven, needs, at),
        };
        let judged = keys.iter().map(|key| self.decrypt_with(&made, who, key, service, encryption));
        // One key that decrypts suffices.
        let mut best: Option<Judgement> = None;
        for judgement in judged {
            let rank = |judgement: &Judgement| match judgement.decision.as_ref().map(|decision| decision.verdict) {
                Some(Verdict::Allowed) => 2,
                Some(Verdict::Unknown) | None => 1,
                Some(_) => 0,
            };
            if best.as_ref().is_none_or(|best| rank(&judgement) > rank(best)) {
                best = Some(judgement);
            }
        }
        let Some(mut judgement) = best else { return };
        judgement.keys = keys.iter().filter_map(|key| key.arn.clone()).collect();
        judgement.evidence.push(("key", at));
        judgement.keys_proven = proven;
        judgement.decrypts = Some((call.action, call.resource.clone()));
        if !proven && !judgement.told {
            leave_open(&mut judgement, needs);
        }
        once(judgement, out);
    }

    fn decrypt_with(
        &self,
        made: &dyn Fn(&str) -> ApiCall,
        who: &Who<'_>,
        key: &Key,
        service: &str,
        encryption: &[(&str, Option<&str>)],
    ) -> Judgement {
        let region = self.requirement.region.as_deref();
        let Some(arn) = &key.arn else {
            let needs = vec![keys::ask_alias(self.case, key, region)];
            return Judgement {
                call: made(&key.name),
                principal: Some(who.arn.0.clone()),
                needs,
                ..Judgement::default()
            };
        };
        let asked = Asked {
            resource: Resource::Arn(arn.0.clone()),
            side: resource::key(self.case, self.library, arn, KeyOwner::Customer),
            forwarded: true,
        };
        self.forwarded(&made(arn.as_str()), who, &asked, service, encryption)
    }

    /// A denial of using the AWS managed key, of which only the beginning of its ARN is known.
    fn decrypt_default(
        &self,
        made: &ApiCall,
        who: &Who<'_>,
        beginning: String,
        service: &str,
        encryption: &[(&str, Option<&str>)],
    ) -> Option<Judgement> {
        let key = ArnText(format!("{beginning}*"));
        let mut side = resource::key(self.case, self.library, &key, KeyOwner::AwsManaged);
        side.account = side.account.filter(|account| account != "*");
        let asked = Asked {
            resource: Resource::Beginning(beginning),
            side,
            forwarded: true,
        };
        let judgement = self.forwarded(made, who, &asked, service, encryption);
        let verdict = judgement.decision.as_ref()?.verdict;
        (verdict == Verdict::ExplicitlyDenied).then_some(judgement)
    }

    /// Decides a call that the service makes with the role's permissions.
    fn forwarded(&self, made: &ApiCall, who: &Who<'_>, asked: &Asked, service: &str, encryption: &[(&str, Option<&str>)]) -> Judgement {
        let region = self.requirement.region.as_deref();
        let account = who.arn.account().unwrap_or_default();
        let fill = |context: &mut Context| context::forwarded(context, service, region, account, encryption);
        self.decide(made, who, asked, &fill)
    }
}

/// A denial of one key where another may open it.
fn leave_open(judgement: &mut Judgement, needs: Vec<Need>) {
    if let Some(decision) = judgement.decision.as_mut().filter(|decision| decision.verdict.is_denied()) {
        decision.verdict = Verdict::Unknown;
        decision.decided_by = None;
        judgement.needs = needs;
    }
}

/// Two secrets under one key are one entry.
fn once(judgement: Judgement, out: &mut Vec<Judgement>) {
    let same = |known: &Judgement| known.call.action == "kms:Decrypt" && known.call.resource == judgement.call.resource;
    if !out.iter().any(same) {
        out.push(judgement);
    }
}
