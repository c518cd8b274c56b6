//! Who asked, and what CloudTrail recorded.

use crate::core::collection::Found;
use crate::core::ids::ArnText;
use crate::core::json::{Json, Read};
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::load::Reader;
use evidence::{Body, Operation, Shape};

shape! { Pascal;
    /// The caller of the pasted outputs, as `sts get-caller-identity` prints it.
    struct Caller {
        /// The account.
        account: Option<String>,
        /// Its ARN, which also gives the partition.
        arn: Option<ArnText>,
        /// Its id.
        user_id: Option<String>,
    }
    /// An event, as `lookup-events` holds it.
    struct LookupEvent {
        /// The record, as a JSON string.
        cloud_trail_event: Option<String>,
    }
}

shape! { Camel;
    /// A record (CloudTrail user guide, "CloudTrail record contents").
    struct TrailRecord {
        /// When.
        event_time: Option<Time>,
        /// `ecr.amazonaws.com`, …
        event_source: Option<String>,
        /// `GetSecretValue`, …
        event_name: Option<String>,
        /// The Region.
        aws_region: Option<String>,
        /// Whence.
        source_ip_address: Option<String> = "sourceIPAddress",
        /// The endpoint that it passed; absent: none.
        vpc_endpoint_id: Option<String>,
        /// `AccessDenied`, …; absent: it succeeded.
        error_code: Option<String>,
        /// Why it failed.
        error_message: Option<String>,
        /// Who.
        user_identity: Option<UserIdentity>,
        /// What was asked, as JSON text; its members differ by service.
        request_parameters: Option<JsonText>,
        /// The account in whose trail it stands.
        recipient_account_id: Option<String>,
        /// The record's id.
        event_id: Option<String> = "eventID",
    }
    /// Who.
    struct UserIdentity {
        /// `AssumedRole`, `AWSService`, …
        kind: Option<String> = "type",
        /// The session's ARN.
        arn: Option<ArnText>,
        /// The account.
        account_id: Option<String>,
        /// The service that called.
        invoked_by: Option<String>,
        /// The session.
        session_context: Option<SessionContext>,
    }
    /// A session.
    struct SessionContext {
        /// The role that it is of.
        session_issuer: Option<SessionIssuer>,
    }
    /// The role of a session.
    struct SessionIssuer {
        /// Its ARN.
        arn: Option<ArnText>,
        /// Its name.
        user_name: Option<String>,
    }
}

/// JSON kept as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonText(pub String);

impl Read for JsonText {
    fn read(json: Json<'_>) -> Option<Self> {
        Some(Self(json.raw().to_owned()))
    }
}

impl TrailRecord {
    /// The role whose session called, where it was one.
    #[must_use]
    pub fn role(&self) -> Option<&ArnText> {
        self.user_identity
            .as_ref()?
            .session_context
            .as_ref()?
            .session_issuer
            .as_ref()?
            .arn
            .as_ref()
    }
}

/// Who asked, and what CloudTrail recorded.
#[derive(Clone, Debug, Default)]
pub struct Activity {
    /// Callers of the pasted outputs.
    pub callers: Vec<Found<Caller>>,
    /// CloudTrail's records.
    pub records: Vec<Found<TrailRecord>>,
    /// Whether records were looked for, be it that none was found.
    pub searched: bool,
}

impl Activity {
    pub(crate) fn load(&mut self, source: &Reader<'_>, operation: Operation) {
        match operation {
            Operation::StsGetCallerIdentity => self.callers.extend(source.value::<Caller>("")),
            Operation::CloudtrailLookupEvents => {
                self.searched = true;
                if source.document.body == Body::Output(Shape::Event) {
                    self.records.extend(source.value::<TrailRecord>(""));
                    return;
                }
                // A log file of a trail holds the records as such.
                self.records.extend(source.items("Records"));
                for found in source.items::<LookupEvent>("Events") {
                    let mut inside = found.clone();
                    inside.at = found.member("CloudTrailEvent");
                    let record = found
                        .value
                        .cloud_trail_event
                        .as_deref()
                        .and_then(|text| TrailRecord::read(Json::of(text)));
                    self.records.extend(record.map(|record| inside.map(|_| record)));
                }
            }
            _ => {}
        }
    }
}
