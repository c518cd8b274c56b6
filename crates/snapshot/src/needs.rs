//! What would settle an unknown: a call to run, or a question that no output answers.

use evidence::Operation;
use std::collections::BTreeMap;

/// A read-only AWS call, by its operation and the options that fill it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// The operation.
    pub operation: Operation,
    /// Its options without the leading dashes, such as `vpc-id` → `vpc-1`; filters stand as `filters` in the CLI's shorthand.
    pub options: BTreeMap<String, Vec<String>>,
    /// The Region to ask, where it is known.
    pub region: Option<String>,
    /// The account to ask with, where it is not the case's own.
    pub account: Option<String>,
}

impl Call {
    /// A call without options.
    #[must_use]
    pub fn new(operation: Operation) -> Self {
        Self {
            operation,
            options: BTreeMap::new(),
            region: None,
            account: None,
        }
    }

    /// With an option.
    #[must_use]
    pub fn option(mut self, name: &str, value: impl Into<String>) -> Self {
        self.options.entry(name.to_owned()).or_default().push(value.into());
        self
    }

    /// With `--filters Name=…,Values=…`.
    #[must_use]
    pub fn filter(self, name: &str, value: &str) -> Self {
        self.option("filters", format!("Name={name},Values={value}"))
    }

    /// In that Region.
    #[must_use]
    pub fn in_region(mut self, region: Option<&str>) -> Self {
        self.region = region.map(str::to_owned);
        self
    }
}

/// What a question asks; the subject is a resource's id or a document's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuestionKind {
    /// Was the listing `subject` (an operation's name) run without filters, in the case's Region and account?
    ListingUnfiltered,
    /// Which security groups did `run-task` name for task `subject`?
    SecurityGroups,
    /// Which subnet did the task get?
    Subnet,
    /// Was `assignPublicIp` enabled for task `subject`?
    PublicIp,
    /// Which role is the document `subject` about?
    DocumentRole,
    /// Which policy is the document `subject` about?
    DocumentPolicy,
    /// Which key is the document `subject` about?
    DocumentKey,
    /// Which prefix list is the document `subject` about?
    DocumentPrefixList,
    /// Which bucket is the document `subject` about?
    DocumentBucket,
    /// Which keys does the JSON of secret `subject` have (names only)?
    SecretJsonKeys,
    /// Does image `subject`, of a registry whose outputs AWS does not print, exist, and can the task pull it as it is?
    ImagePullable,
    /// Do the custom DNS servers of DHCP options `subject` resolve AWS's public names, and forward to the VPC's own resolver?
    CustomDnsResolves,
    /// Does what lies behind `subject` (a transit gateway, a firewall) let HTTPS out to the internet?
    NextHopForwards,
    /// What is the whole error text of task `subject`?
    ErrorText,
    /// Which value has the condition key `subject` on the calls of the task's role (`none`: it is not sent)? Where the value may differ
    /// from resource to resource, the resource's ARN follows the key after a space.
    ConditionKey,
}

impl QuestionKind {
    /// Its name in the report and in answers.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::ListingUnfiltered => "listing-unfiltered",
            Self::SecurityGroups => "security-groups",
            Self::Subnet => "subnet",
            Self::PublicIp => "public-ip",
            Self::DocumentRole => "document-role",
            Self::DocumentPolicy => "document-policy",
            Self::DocumentKey => "document-key",
            Self::DocumentPrefixList => "document-prefix-list",
            Self::DocumentBucket => "document-bucket",
            Self::SecretJsonKeys => "secret-json-keys",
            Self::ImagePullable => "image-pullable",
            Self::CustomDnsResolves => "custom-dns-resolves",
            Self::NextHopForwards => "next-hop-forwards",
            Self::ErrorText => "error-text",
            Self::ConditionKey => "condition-key",
        }
    }
}

/// A question that no output answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// What is asked.
    pub kind: QuestionKind,
    /// What it is asked of.
    pub subject: String,
}

impl Question {
    /// An id that neither the order of the documents nor other questions change: `document-role:…`.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}:{}", self.kind.slug(), self.subject)
    }
}

/// What would settle an unknown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// An output to paste.
    Call(Call),
    /// A question to answer.
    Question(Question),
}

impl From<Call> for Need {
    fn from(call: Call) -> Self {
        Self::Call(call)
    }
}
