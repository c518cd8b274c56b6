//! What a parser says about a text that is wrong, or odd.

use std::fmt;
use std::ops::Range;

/// A value read from text, with what is suspicious about the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed<T> {
    /// What the text means.
    pub value: T,
    /// What is suspicious but not ruled out; in the order of the text.
    pub oddities: Vec<Oddity>,
}

impl<T> Parsed<T> {
    /// A value with its oddities in any order.
    pub(crate) fn of(value: T, mut oddities: Vec<Oddity>) -> Self {
        in_text_order(&mut oddities);
        Self { value, oddities }
    }
}

fn in_text_order(oddities: &mut [Oddity]) {
    oddities.sort_by_key(|oddity| oddity.position.start);
}

/// A text that the documented grammar rules out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The bytes of the text that are wrong; empty where something is missing at that place.
    pub position: Range<usize>,
    /// What is wrong there.
    pub kind: MalformedKind,
    /// The whole text put right, where there is one likeliest reading; it always parses.
    pub corrected: Option<String>,
}

/// Why a text is malformed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MalformedKind {
    /// There is no text.
    Empty,
    /// White space where none is allowed.
    Whitespace,
    /// Quotation marks around the text.
    Quoted,
    /// A character that is not allowed there.
    Character(char),
    /// A template's placeholder such as `${AWS::Region}` was never filled in.
    Placeholder,
    /// A wildcard as policies use it (`name-??????`, `name-*`); references take none.
    Wildcard,
    /// Looks like an ARN but does not begin with `arn:`.
    NotAnArn,
    /// An ARN has six fields; this one has fewer.
    ArnFields {
        /// How many it has.
        found: usize,
    },
    /// The ARN is of a service that cannot be referenced there.
    Service {
        /// The service field as written.
        found: String,
    },
    /// The Region field is missing, or is no Region's name.
    Region,
    /// The partition is not the one that the Region belongs to.
    Partition,
    /// The account field is missing, or is a number of other than twelve digits.
    Account,
    /// The ARN is of another account than the task's, where only the task's own can be referenced.
    OtherAccount,
    /// The ARN's resource is of another kind, or is separated otherwise, than `expected`.
    ResourceType {
        /// How the resource must begin, such as `secret:`.
        expected: &'static str,
    },
    /// The name is missing.
    EmptyName,
    /// Longer or shorter than the documented limits.
    Length {
        /// The least number of characters.
        min: usize,
        /// The greatest number of characters.
        max: usize,
    },
    /// A Secrets Manager reference has, after `secret:`, the name alone or the name and three more fields.
    SecretFields {
        /// How many fields there are from `secret` on (2 or 5 are right).
        found: usize,
    },
    /// A version stage and a version id exclude each other (ECS Developer Guide). The open-source agent asks for both,
    /// and Secrets Manager answers where both are of one version.
    StageAndVersion,
    /// A version id has 32 to 64 characters.
    VersionIdLength,
    /// `parameter//name`: the name's leading slash merges with the ARN's.
    DoubledSlash,
    /// A parameter's name that contains a slash must begin with one.
    NotFullyQualified,
    /// A parameter's name has at most fifteen levels.
    Levels {
        /// How many it has.
        found: usize,
    },
    /// More than one colon in a parameter's name: at most one selector may follow the name.
    Selectors,
    /// An ARN where `/aws/reference/secretsmanager/` takes the secret's name.
    ArnInSecretPath,
    /// `repositoryCredentials` takes a whole secret, no JSON key or version.
    JsonKeyNotAllowed,
    /// An `s3://` or `https://` address in the place of an ARN.
    S3Address,
    /// An S3 object's ARN has neither Region nor account.
    S3RegionOrAccount,
    /// The ARN names a bucket but no object.
    NoObject,
    /// No bucket may have this name.
    BucketName,
    /// A credential spec begins with `credentialspec:` or `credentialspecdomainless:`.
    CredentialSpecPrefix,
    /// `https://` before an image reference.
    Scheme,
    /// An ARN, such as a repository's, in the place of an image reference.
    ArnForImage,
    /// Upper case in an image's repository.
    UpperCase,
    /// The registry's host is no host name.
    Host,
    /// The port is no number.
    Port,
    /// A component of the repository is empty or breaks the naming rules.
    PathComponent,
    /// A registry is named but no repository in it.
    NoRepository,
    /// A colon but no tag after it.
    EmptyTag,
    /// The tag breaks the naming rules.
    Tag,
    /// The digest is not `sha256:` and 64 hexadecimal digits.
    Digest,
}

/// Something suspicious in a text that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// The bytes that it is about.
    pub position: Range<usize>,
    /// What is suspicious.
    pub kind: OddityKind,
    /// The whole text as it was likely meant, where there is one likeliest reading.
    pub corrected: Option<String>,
}

/// Why a text is odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OddityKind {
    /// Hidden by whoever pasted it: nothing can be concluded from these bytes.
    Redacted,
    /// White space around the text.
    Whitespace,
    /// A template's placeholder such as `${Name}` where any character is allowed.
    Placeholder,
    /// Formed like a Region but none that this program knows.
    UnknownRegion,
    /// A partition that this program does not know.
    UnknownPartition,
    /// The partition is not the one that the Region belongs to.
    PartitionMismatch,
    /// A Secrets Manager ARN without the six characters that Secrets Manager appended: resolved while unambiguous, but
    /// a policy that names the full ARN does not match it, and a name ending in hyphen and six characters is misread.
    PartialArn,
    /// Read as the six appended characters, but they look like a word or a number: the secret's name may end so and
    /// the ARN be partial, in which case Secrets Manager does not find it.
    SuffixLooksLikeWord,
    /// A secret's name goes on after the six appended characters as if a JSON key were joined to it: `name-AbCdEf.key`.
    JsonKeyInName,
    /// The version stage is formed like a version id.
    StageLooksLikeVersionId,
    /// The JSON key has white space around it.
    JsonKeyWhitespace,
    /// The JSON key has dots or brackets; only top-level keys are found, so `a.b` is a key with a dot.
    JsonKeyLooksNested,
    /// A bare text in `valueFrom` is a parameter's name, but this one ends as Secrets Manager ARNs do.
    LooksLikeSecretName,
    /// The resource part of an ARN (`parameter/…`, `secret:…`) without the ARN.
    LooksLikeArnResource,
    /// A secret's name with the six characters of its ARN, where the name alone is meant.
    SecretSuffixInName,
    /// A parameter version or label (`name:3`) is accepted by Parameter Store; what ECS does with it is not documented.
    Selector,
    /// Two slashes in a row, or a slash at the end.
    EmptyLevel,
    /// No parameter of one's own begins with `aws` or `ssm`.
    ReservedPrefix,
    /// ECS reads an environment file only where its name ends in `.env`.
    NotDotEnv,
    /// The first component has upper case, so it is read as a host, not as a Docker Hub organisation.
    UpperCaseHost,
    /// The host is almost a registry's.
    NearRegistryHost,
}

impl<T> Parsed<T> {
    /// A value about whose text nothing is odd.
    pub(crate) fn plain(value: T) -> Self {
        Self {
            value,
            oddities: Vec::new(),
        }
    }

    /// The same oddities with another value.
    pub(crate) fn map<U>(self, with: impl FnOnce(T) -> U) -> Parsed<U> {
        Parsed {
            value: with(self.value),
            oddities: self.oddities,
        }
    }

    /// Whether part of the text was hidden, so that comparing it with anything proves nothing.
    #[must_use]
    pub fn is_redacted(&self) -> bool {
        self.oddities.iter().any(|oddity| oddity.kind == OddityKind::Redacted)
    }
}

impl Malformed {
    pub(crate) fn new(position: Range<usize>, kind: MalformedKind, corrected: Option<String>) -> Self {
        Self { position, kind, corrected }
    }

    /// The wrong bytes themselves; empty where something is missing.
    #[must_use]
    pub fn excerpt<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.position.clone()).unwrap_or_default()
    }

    /// An oddity of a text that rules it out where it stands.
    #[must_use]
    pub fn of(oddity: &Oddity, kind: MalformedKind) -> Self {
        Self::new(oddity.position.clone(), kind, oddity.corrected.clone())
    }

    /// Carries the correction on until the grammar accepts it, so that several mistakes are put right at once; no
    /// correction at all where that does not succeed.
    pub(crate) fn settle<T>(mut self, parse: impl Fn(&str) -> Result<T, Self>) -> Self {
        for _ in 0..8 {
            let Some(text) = &self.corrected else {
                return self;
            };
            match parse(text) {
                Ok(_) => return self,
                Err(next) => self.corrected = next.corrected,
            }
        }
        self.corrected = None;
        self
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "malformed at bytes {}..{}: {:?}",
            self.position.start, self.position.end, self.kind
        )
    }
}

impl std::error::Error for Malformed {}
