//! From documents to typed state: one pass over the documents, each handed to the service that it belongs to.

use crate::activity::Activity;
use crate::core::collection::{Collection, Found, Resource};
use crate::core::json::{Json, Read};
use crate::core::listing::{Listing, Page, Scope};
use crate::core::time::Time;
use crate::ec2::Ec2;
use crate::ecr::Ecr;
use crate::ecs::Ecs;
use crate::iam::Iam;
use crate::kms::Kms;
use crate::logs::Logs;
use crate::needs::Call;
use crate::organizations::Organizations;
use crate::route53::Route53;
use crate::s3::S3;
use crate::secrets::Secrets;
use crate::ssm::Ssm;
use evidence::{Body, Citation, Completeness, Document, Evidence, Operation, Pointer, Shape};
use std::collections::BTreeMap;

/// A call that failed, as the AWS CLI words it or as the bundle records it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallFailure {
    /// The operation, where it is one we know.
    pub operation: Option<Operation>,
    /// The options of the command above it or of the bundle; empty where unknown.
    pub options: BTreeMap<String, Vec<String>>,
    /// `AccessDenied`, `ResourceNotFoundException`, `NoSuchEntity`, …
    pub code: String,
    /// The message after the colon.
    pub message: String,
    /// The Region and account asked, as far as known.
    pub scope: Scope,
    /// Where it stands.
    pub at: Citation,
}

/// A question that the person answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenAnswer {
    /// The question's id, as the report prints it.
    pub question: String,
    /// What it was asked of.
    pub subject: String,
    /// The answer.
    pub value: String,
    /// Where it stands.
    pub at: Citation,
}

/// Everything that was pasted, typed.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Amazon EC2 and VPC.
    pub ec2: Ec2,
    /// Amazon ECS.
    pub ecs: Ecs,
    /// AWS IAM.
    pub iam: Iam,
    /// AWS Secrets Manager.
    pub secrets: Secrets,
    /// AWS Systems Manager.
    pub ssm: Ssm,
    /// AWS KMS.
    pub kms: Kms,
    /// Amazon ECR.
    pub ecr: Ecr,
    /// Amazon CloudWatch Logs.
    pub logs: Logs,
    /// Amazon S3.
    pub s3: S3,
    /// AWS Organizations.
    pub organizations: Organizations,
    /// Callers and CloudTrail's records.
    pub activity: Activity,
    /// Amazon Route 53.
    pub route53: Route53,
    /// Calls whose whole answer was pasted: to ask the same again would tell nothing new.
    pub answered: Vec<Call>,
    /// Calls that failed.
    pub failures: Vec<CallFailure>,
    /// Questions answered.
    pub answers: Vec<GivenAnswer>,
}

impl Snapshot {
    /// Reads every document. Never fails: what cannot be read is left out, and the document's own problems say why.
    #[must_use]
    pub fn load(evidence: &Evidence) -> Self {
        Self::load_part(evidence, &|_| true)
    }

    /// The same of some of the documents only.
    #[must_use]
    pub fn load_part(evidence: &Evidence, keep: &dyn Fn(&Document) -> bool) -> Self {
        let mut snapshot = Self::default();
        for document in evidence.documents.iter().filter(|document| keep(document)) {
            snapshot.add(evidence, document);
        }
        snapshot.settled(evidence)
    }

    /// Reads one document, for a caller that has other things to do in between; documents come in their order, each once.
    pub fn add(&mut self, evidence: &Evidence, document: &Document) {
        let source = Reader { evidence, document };
        self.ecs.command(&source);
        match &document.body {
            Body::Output(_) => self.output(&source),
            Body::Error(error) => self.failures.push(CallFailure {
                operation: document.operation,
                options: document.command.as_ref().map(|command| command.options.clone()).unwrap_or_default(),
                code: error.code.clone(),
                message: error.message.clone(),
                scope: source.scope(),
                at: source.cite(Pointer::root()),
            }),
            Body::Answer(answer) => self.answers.push(GivenAnswer {
                question: answer.question.clone(),
                subject: answer.subject.clone(),
                value: answer.value.clone(),
                at: source.cite(Pointer::root()),
            }),
            Body::Command | Body::Text => {}
        }
    }

    /// The state when all documents are [added](Self::add): outputs without an owner get one where only one can be meant.
    #[must_use]
    pub fn settled(mut self, evidence: &Evidence) -> Self {
        self.settle(evidence);
        self
    }

    fn output(&mut self, source: &Reader<'_>) {
        let Some(operation) = source.document.operation else {
            return;
        };
        self.answered.extend(source.answered(operation));
        self.ec2.load(source, operation);
        self.ecs.load(source, operation);
        self.iam.load(source, operation);
        self.secrets.load(source, operation);
        self.ssm.load(source, operation);
        self.kms.load(source, operation);
        self.ecr.load(source, operation);
        self.logs.load(source, operation);
        self.s3.load(source, operation);
        self.organizations.load(source, operation);
        self.activity.load(source, operation);
        self.route53.load(source, operation);
    }
}

/// One document being read.
pub(crate) struct Reader<'a> {
    /// All the evidence.
    pub(crate) evidence: &'a Evidence,
    /// The document.
    pub(crate) document: &'a Document,
}

impl Reader<'_> {
    /// Cites a place in this document.
    pub(crate) fn cite(&self, pointer: Pointer) -> Citation {
        Citation {
            document: self.document.id,
            pointer,
        }
    }

    /// When it was collected, where the bundle says so.
    pub(crate) fn collected(&self) -> Option<Time> {
        self.document
            .collected
            .as_ref()
            .and_then(|collected| collected.at.as_deref())
            .and_then(Time::parse)
    }

    /// Where it was asked: the bundle's header, else the command's own `--region`.
    pub(crate) fn scope(&self) -> Scope {
        let command = self.document.command.as_ref();
        let header = self.document.collected.as_ref();
        Scope {
            account: header.and_then(|header| header.account.clone()),
            region: command
                .and_then(|command| command.region().map(str::to_owned))
                .or_else(|| header.and_then(|header| header.region.clone())),
        }
    }

    /// The value of an option of the command that printed it.
    pub(crate) fn option(&self, name: &str) -> Option<&str> {
        self.document.command.as_ref()?.options.get(name)?.first().map(String::as_str)
    }

    /// Where this document stands among the pages of its listing.
    pub(crate) fn page(&self) -> Page {
        let document = self.document;
        let command = document.command.as_ref();
        // The names that AWS's services and the CLI itself give to a continuation token.
        let next = ["NextToken", "nextToken", "NextMarker", "Marker"]
            .iter()
            .find_map(|name| Some(self.value::<String>(name)?.value))
            .filter(|_| document.completeness == Completeness::Partial);
        let from = ["starting-token", "next-token", "marker"]
            .iter()
            .find_map(|name| self.option(name))
            .map(str::to_owned);
        let reshaped = command.is_some_and(|command| command.piped || command.options.contains_key("query"));
        let intact = !reshaped
            && document.body == Body::Output(Shape::Response)
            && match document.completeness {
                Completeness::Whole => true,
                Completeness::Partial => next.is_some(),
                Completeness::Cut => false,
            };
        Page { from, next, intact }
    }

    /// The call whose whole answer this is.
    fn answered(&self, operation: Operation) -> Option<Call> {
        let page = self.page();
        let whole = page.intact && page.from.is_none() && page.next.is_none();
        let command = self.document.command.as_ref().filter(|_| whole)?;
        let scope = self.scope();
        let told = |name: &str| !matches!(name, "output" | "region" | "profile" | "no-cli-pager" | "no-paginate");
        let options = command.options.iter().filter(|(name, _)| told(name));
        Some(Call {
            operation,
            options: options.map(|(name, values)| (name.clone(), values.clone())).collect(),
            region: scope.region,
            account: scope.account,
        })
    }

    /// This document as a listing of `count` resources in `member`.
    pub(crate) fn listing(&self, operation: Operation, member: &str, count: usize) -> Listing {
        self.paged(operation, member, count).0
    }

    /// The same, with its place among the pages of that listing.
    pub(crate) fn paged(&self, operation: Operation, member: &str, count: usize) -> (Listing, Page) {
        let mut page = self.page();
        // An item that could not be read is lost.
        page.intact &= self.evidence.items(self.document, member).len() == count;
        let listing = Listing {
            at: self.cite(Pointer::root().child(member)),
            operation,
            scope: self.scope(),
            filters: self.document.command.as_ref().map(Listing::filters_of),
            whole: page.intact && page.from.is_none() && page.next.is_none(),
            count,
        };
        (listing, page)
    }

    /// A name for this document that its place among the others does not change: its operation and a digest of its content.
    pub(crate) fn name(&self) -> String {
        let operation = self.document.operation.map_or("text", Operation::name);
        // FNV-1a, 32 bits: enough to tell the few outputs of one operation in a case apart.
        let digest = self
            .evidence
            .text(self.document)
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        format!("{operation}#{digest:08x}")
    }

    /// All values of an option.
    pub(crate) fn option_words(&self, name: &str) -> Vec<String> {
        let command = self.document.command.as_ref();
        command.and_then(|command| command.options.get(name).cloned()).unwrap_or_default()
    }

    /// Reads one member of the output (or the whole, with an empty name) into a type.
    pub(crate) fn value<T: Read>(&self, member: &str) -> Option<Found<T>> {
        let json = self.json(member)?;
        Some(Found {
            value: T::read(json.value)?,
            at: json.at,
            collected: json.collected,
        })
    }

    fn json(&self, member: &str) -> Option<Found<Json<'_>>> {
        let (pointer, json) = if member.is_empty() {
            (Pointer::root(), self.evidence.json(self.document)?)
        } else {
            self.evidence.member(self.document, member)?
        };
        Some(Found {
            value: Json::of(json),
            at: self.cite(pointer),
            collected: self.collected(),
        })
    }

    /// Whether the output has a member of that name.
    pub(crate) fn has(&self, member: &str) -> bool {
        self.evidence.member(self.document, member).is_some()
    }

    fn elements(&self, member: &str) -> Vec<Found<Json<'_>>> {
        let collected = self.collected();
        let items = self.evidence.items(self.document, member).into_iter();
        items
            .map(|(pointer, json)| Found {
                value: Json::of(json),
                at: self.cite(pointer),
                collected,
            })
            .collect()
    }

    /// Reads the items of a list member, one by one: an odd one does not cost the others.
    pub(crate) fn items<T: Read>(&self, member: &str) -> Vec<Found<T>> {
        let mut items = Vec::new();
        for json in self.elements(member) {
            if let Some(value) = T::read(json.value) {
                items.push(json.with(value));
            }
        }
        items
    }

    /// Reads the items of a member into a collection, without a listing: they exist, others may as well.
    pub(crate) fn add<T: Resource>(&self, collection: &mut Collection<T>, member: &str, change: &dyn Fn(&mut T)) {
        self.insert(collection, member, change);
    }

    /// The same; tells how many there were.
    fn insert<T: Resource>(&self, collection: &mut Collection<T>, member: &str, change: &dyn Fn(&mut T)) -> usize {
        let mut count = 0;
        for json in self.elements(member) {
            if let Some(mut value) = T::read(json.value) {
                count += 1;
                change(&mut value);
                collection.insert(json.with(value));
            }
        }
        count
    }

    /// Reads the list of an operation into its collection, with the listing itself.
    pub(crate) fn list<T: Resource>(&self, collection: &mut Collection<T>) {
        self.list_with(collection, &|_| {});
    }

    /// The same, with something added to each resource that the output itself does not say.
    pub(crate) fn list_with<T: Resource>(&self, collection: &mut Collection<T>, change: &dyn Fn(&mut T)) {
        let count = self.insert(collection, T::MEMBER, change);
        // One resource copied out of an array, or a list cut out with --query, is no listing: it proves presence only.
        if self.document.body == Body::Output(Shape::Response) {
            let (listing, page) = self.paged(T::LISTED_BY, T::MEMBER, count);
            collection.add_page(listing, page);
        }
    }
}
