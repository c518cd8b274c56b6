//! AWS IAM: roles, what hangs on them, and the documents of managed policies.

pub mod builtin;
mod owners;
pub mod policy;
pub mod role;
pub mod view;

use crate::core::collection::{Collection, Found};
use crate::core::ids::ArnText;
use crate::core::listing::Page;
use crate::core::owned::{Owner, PolicyDocument, PolicyText};
use crate::core::shape::shape;
use crate::iam::policy::{
    BareDocument, EvaluationResult, ManagedPolicy, PolicyDetail, PolicyRoles, PolicyVersion, Simulation, VersionDetail, VersionList,
};
use crate::iam::role::{AttachedPolicies, AttachedPolicy, InlineNames, InlinePolicy, Role, RoleDetail, RoleRef};
use crate::load::Reader;
use crate::needs::QuestionKind;
use evidence::{Citation, Operation, Pointer};

/// Everything pasted about IAM.
#[derive(Clone, Debug, Default)]
pub struct Iam {
    /// Roles.
    pub roles: Collection<Role>,
    /// Profiles through which instances get their role.
    pub profiles: Vec<Found<InstanceProfile>>,
    /// Lists of managed policies on roles.
    pub attached: Vec<AttachedPolicies>,
    /// Lists of names of inline policies.
    pub inline_names: Vec<InlineNames>,
    /// Inline policies with their documents.
    pub inline: Vec<InlinePolicy>,
    /// Managed policies.
    pub policies: Collection<ManagedPolicy>,
    /// Versions of managed policies with their documents.
    pub versions: Vec<PolicyVersion>,
    /// Lists of versions.
    pub version_lists: Vec<VersionList>,
    /// Roles that a policy is attached to.
    pub policy_roles: Vec<PolicyRoles>,
    /// Results of the policy simulator.
    pub simulations: Vec<Simulation>,
    /// Policy documents pasted alone.
    pub bare: Vec<BareDocument>,
}

shape! { Pascal;
    /// The profile through which an instance gets its role (IAM User Guide, "Use instance profiles").
    struct InstanceProfile {
        /// Its ARN, as `describe-instances` names it.
        arn: Option<ArnText>,
        /// Its name.
        instance_profile_name: Option<String>,
        /// The role in it: there is at most one.
        roles: Vec<ProfileRole>,
    }
    /// A role as a profile names it.
    struct ProfileRole {
        /// Its ARN.
        arn: Option<ArnText>,
        /// Its name.
        role_name: Option<String>,
    }
    /// The output of `get-role-policy`.
    struct RolePolicyOutput {
        /// The role.
        role_name: Option<String>,
        /// The policy's name.
        policy_name: Option<String>,
        /// The document.
        policy_document: Option<PolicyDocument>,
    }
    /// A role in `list-entities-for-policy`.
    struct PolicyRole {
        /// Its name.
        role_name: Option<String>,
    }
}

impl Iam {
    pub(crate) fn load(&mut self, source: &Reader<'_>, operation: Operation) {
        match operation {
            Operation::IamGetRole => source.add(&mut self.roles, "Role", &|_| {}),
            Operation::IamGetInstanceProfile => self.profile(source),
            Operation::IamListAttachedRolePolicies => self.attached(source),
            Operation::IamListRolePolicies => self.names(source),
            Operation::IamGetRolePolicy => self.role_policy(source),
            Operation::IamGetPolicy => source.add(&mut self.policies, "Policy", &|_| {}),
            Operation::IamGetPolicyVersion => self.version(source),
            Operation::IamListPolicyVersions => self.version_lists.push(VersionList {
                policy: source.option("policy-arn").map(ArnText::from),
                versions: source.items("Versions"),
            }),
            Operation::IamListEntitiesForPolicy => self.policy_roles.push(PolicyRoles {
                policy: source.option("policy-arn").map(ArnText::from),
                roles: source
                    .items::<PolicyRole>("PolicyRoles")
                    .into_iter()
                    .map(|found| found.map(|role| role.role_name.unwrap_or_default()))
                    .collect(),
            }),
            Operation::IamGetAccountAuthorizationDetails => self.account(source),
            Operation::IamSimulatePrincipalPolicy | Operation::IamSimulateCustomPolicy => self.simulations.push(Simulation {
                principal: source.option("policy-source-arn").map(ArnText::from),
                custom: operation == Operation::IamSimulateCustomPolicy || source.option("policy-input-list").is_some(),
                context: source.option_words("context-entries"),
                results: source.items::<EvaluationResult>("EvaluationResults"),
            }),
            Operation::AwsPolicyDocument => self.bare(source),
            _ => {}
        }
    }

    /// A profile holds one role, described as `get-role` describes it but for its boundary.
    fn profile(&mut self, source: &Reader<'_>) {
        self.profiles.extend(source.items::<InstanceProfile>("InstanceProfile"));
    }

    fn attached(&mut self, source: &Reader<'_>) {
        let policies = source.items::<AttachedPolicy>("AttachedPolicies");
        let (mut listing, mut page) = source.paged(Operation::IamListAttachedRolePolicies, "AttachedPolicies", policies.len());
        // `--path-prefix` leaves out what has another path.
        if source.option("path-prefix").is_some_and(|prefix| prefix != "/") {
            page.intact = false;
            listing.whole = false;
        }
        self.attached.push(AttachedPolicies {
            role: owner_role(source),
            policies,
            at: listing.at.clone(),
            listing,
            page,
            collected: source.collected(),
        });
    }

    fn names(&mut self, source: &Reader<'_>) {
        let names = source.items::<String>("PolicyNames");
        let (listing, page) = source.paged(Operation::IamListRolePolicies, "PolicyNames", names.len());
        self.inline_names.push(InlineNames {
            role: owner_role(source),
            names,
            at: listing.at.clone(),
            listing,
            page,
            collected: source.collected(),
        });
    }

    fn role_policy(&mut self, source: &Reader<'_>) {
        let Some(found) = source.value::<RolePolicyOutput>("") else {
            return;
        };
        let at = found.member("PolicyDocument");
        let role = found.value.role_name.or_else(|| source.option("role-name").map(str::to_owned));
        if let (Some(role), Some(name), Some(document)) = (role, found.value.policy_name, found.value.policy_document) {
            self.inline.push(InlinePolicy {
                role: RoleRef(role),
                name,
                document: document.cited(at),
                collected: found.collected,
            });
        }
    }

    fn version(&mut self, source: &Reader<'_>) {
        for found in source.items::<VersionDetail>("PolicyVersion") {
            let Some(document) = &found.value.document else {
                continue;
            };
            self.versions.push(PolicyVersion {
                policy: Owner::new(
                    source.option("policy-arn").map(ArnText::from),
                    QuestionKind::DocumentPolicy,
                    &source.name(),
                ),
                document: document.cited(found.member("Document")),
                version: found.value.version_id,
                is_default: found.value.is_default_version,
                collected: found.collected,
            });
        }
    }

    fn account(&mut self, source: &Reader<'_>) {
        source.list(&mut self.roles);
        source.add(&mut self.policies, "Policies", &|_| {});
        for found in source.items::<PolicyDetail>("Policies") {
            let Some(policy) = found.value.arn.clone() else {
                continue;
            };
            for (index, version) in found.value.policy_version_list.iter().enumerate() {
                let Some(document) = &version.document else {
                    continue;
                };
                let at = found.element("PolicyVersionList", index);
                self.versions.push(PolicyVersion {
                    policy: Owner::Stated(policy.clone()),
                    version: version.version_id.clone(),
                    is_default: version.is_default_version,
                    document: document.cited(child(&at, "Document")),
                    collected: found.collected,
                });
            }
        }
        for found in source.items::<RoleDetail>("RoleDetailList") {
            self.detail(source, &found);
        }
    }

    /// The lists of one role in `get-account-authorization-details`: the API never splits them over pages.
    fn detail(&mut self, source: &Reader<'_>, found: &Found<RoleDetail>) {
        let Some(role) = found.value.arn.clone().map(|arn| RoleRef(arn.0)) else {
            return;
        };
        let listing = |member: &str, count: usize| {
            let (mut listing, _) = source.paged(Operation::IamGetAccountAuthorizationDetails, "RoleDetailList", count);
            listing.at = found.member(member);
            listing.whole = true;
            listing
        };
        if let Some(policies) = &found.value.attached_managed_policies {
            let listing = listing("AttachedManagedPolicies", policies.len());
            let at = |index| found.element("AttachedManagedPolicies", index);
            self.attached.push(AttachedPolicies {
                role: Owner::Stated(role.clone()),
                policies: placed(policies, at, found),
                at: listing.at.clone(),
                listing,
                page: Page::default(),
                collected: found.collected,
            });
        }
        if let Some(inline) = &found.value.role_policy_list {
            let listing = listing("RolePolicyList", inline.len());
            let at = |index| found.element("RolePolicyList", index);
            let names: Vec<String> = inline.iter().filter_map(|policy| policy.policy_name.clone()).collect();
            for (index, policy) in inline.iter().enumerate() {
                let (Some(name), Some(document)) = (&policy.policy_name, &policy.policy_document) else {
                    continue;
                };
                self.inline.push(InlinePolicy {
                    role: role.clone(),
                    name: name.clone(),
                    document: document.cited(child(&at(index), "PolicyDocument")),
                    collected: found.collected,
                });
            }
            self.inline_names.push(InlineNames {
                role: Owner::Stated(role),
                names: placed(&names, at, found),
                at: listing.at.clone(),
                listing,
                page: Page::default(),
                collected: found.collected,
            });
        }
    }

    fn bare(&mut self, source: &Reader<'_>) {
        let Some(found) = source.value::<PolicyDocument>("") else {
            return;
        };
        self.bare.push(BareDocument {
            owner: Owner::new(None, QuestionKind::DocumentPolicy, &source.name()),
            document: PolicyText {
                text: found.value.text,
                at: source.cite(Pointer::root()),
                embedded: false,
            },
            collected: found.collected,
        });
    }
}

fn owner_role(source: &Reader<'_>) -> Owner<RoleRef> {
    let stated = source.option("role-name").map(|name| RoleRef(name.to_owned()));
    Owner::new(stated, QuestionKind::DocumentRole, &source.name())
}

fn child(at: &Citation, name: &str) -> Citation {
    Citation {
        document: at.document,
        pointer: at.pointer.child(name),
    }
}

fn placed<T: Clone, U>(items: &[T], at: impl Fn(usize) -> Citation, of: &Found<U>) -> Vec<Found<T>> {
    let place = |(index, item): (usize, &T)| Found {
        value: item.clone(),
        at: at(index),
        collected: of.collected,
    };
    items.iter().enumerate().map(place).collect()
}
