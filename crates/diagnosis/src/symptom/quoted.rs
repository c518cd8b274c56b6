//! What an error text names: addresses, resources, actions, counters.

/// An environment file as an error text names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvFileName {
    /// The bucket, where the text has it.
    pub bucket: Option<String>,
    /// The object's key, or the end of it after a slash.
    pub key: String,
}

impl EnvFileName {
    /// Whether it is that object's name.
    #[must_use]
    pub fn is(&self, bucket: &str, key: &str) -> bool {
        // A text that names the bucket gives the whole key.
        let end = || key.strip_suffix(self.key.as_str()).is_some_and(|head| head.ends_with('/'));
        (key == self.key || self.bucket.is_none() && end()) && self.bucket.as_deref().is_none_or(|own| own == bucket)
    }
}

/// The parts that an error text names, as it names them. A part whose end was cut off is left out where half of it would be
/// another one (a port, a host name); an ARN that the text itself abbreviates with `...` is kept as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quoted {
    /// The ARN of the resource that the error is about.
    pub arn: Option<String>,
    /// The host that was called or looked up.
    pub host: Option<String>,
    /// The address that was dialled.
    pub ip: Option<String>,
    /// The TCP port that was dialled.
    pub port: Option<u16>,
    /// How many times the call was tried, by the text's own count.
    pub retries: Option<u32>,
    /// The JSON key that the secret lacks.
    pub json_key: Option<String>,
    /// The staging label of the secret's version (Secrets Manager, `VersionStage`).
    pub staging_label: Option<String>,
    /// The kind of policy that decided, as IAM words it: `identity-based policy`, `VPC endpoint policy`, ….
    pub policy_layer: Option<String>,
    /// The log group, where the text names it outside an ARN.
    pub log_group: Option<String>,
    /// The image reference.
    pub image: Option<String>,
    /// The ids of the answered requests. More than one where a service passes on another's error.
    pub request_id: Vec<String>,
    /// The IAM action, `service:Operation`.
    pub action: Option<String>,
    /// The ARN of the caller.
    pub principal: Option<String>,
    /// The Parameter Store names that the service gave back as invalid.
    pub parameter: Vec<String>,
    /// The platform that the image lacks, `linux/amd64`.
    pub platform: Option<String>,
    /// The address of the DNS server that was asked.
    pub dns_server: Option<String>,
    /// The HTTP status of the answer.
    pub status_code: Option<u16>,
}

/// One value of [`Quoted::members`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuotedValue {
    /// A string.
    Text(String),
    /// Several strings.
    Texts(Vec<String>),
    /// A number.
    Number(u32),
}

impl Quoted {
    /// Whether nothing is quoted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members().is_empty()
    }

    /// The members that are there, under the names that the report uses; one string where a list holds one.
    #[must_use]
    pub fn members(&self) -> Vec<(&'static str, QuotedValue)> {
        let text = |value: &Option<String>| value.clone().map(QuotedValue::Text);
        let list = |values: &[String]| match values {
            [] => None,
            [only] => Some(QuotedValue::Text(only.clone())),
            many => Some(QuotedValue::Texts(many.to_vec())),
        };
        [
            ("arn", text(&self.arn)),
            ("host", text(&self.host)),
            ("ip", text(&self.ip)),
            ("port", self.port.map(|port| QuotedValue::Number(port.into()))),
            ("action", text(&self.action)),
            ("principal", text(&self.principal)),
            ("policy_layer", text(&self.policy_layer)),
            ("retries", self.retries.map(QuotedValue::Number)),
            ("image", text(&self.image)),
            ("platform", text(&self.platform)),
            ("json_key", text(&self.json_key)),
            ("staging_label", text(&self.staging_label)),
            ("parameter", list(&self.parameter)),
            ("log_group", text(&self.log_group)),
            ("dns_server", text(&self.dns_server)),
            ("status_code", self.status_code.map(|code| QuotedValue::Number(code.into()))),
            ("request_id", list(&self.request_id)),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| (name, value)))
        .collect()
    }
}
