//! Amazon CloudWatch Logs: log groups, and events such as the lines of VPC flow logs.

use crate::core::collection::{Collection, Found, Resource};
use crate::core::ids::ArnText;
use crate::core::listing::{Asked, Coverage};
use crate::core::shape::shape;
use crate::core::time::Time;
use crate::load::Reader;
use evidence::Operation;
use std::net::IpAddr;

/// Everything pasted about CloudWatch Logs.
#[derive(Clone, Debug, Default)]
pub struct Logs {
    /// Log groups.
    pub groups: Collection<LogGroup>,
    /// Log events, from every group.
    pub events: Vec<Found<LogEvent>>,
}

shape! { Camel;
    /// A log group.
    struct LogGroup {
        /// Its name.
        log_group_name: Option<String>,
        /// Its ARN, which ends in `:*`.
        arn: Option<ArnText>,
        /// Its ARN without `:*`; older outputs have none.
        log_group_arn: Option<ArnText>,
        /// When it was created.
        creation_time: Option<Time>,
        /// Its key.
        kms_key_id: Option<String>,
        /// `STANDARD`, `INFREQUENT_ACCESS`, `DELIVERY`.
        log_group_class: Option<String>,
    }
    /// An event, as the output holds it.
    struct EventOutput {
        /// When.
        timestamp: Option<Time>,
        /// The text.
        message: Option<String>,
        /// Its stream, with `filter-log-events`.
        log_stream_name: Option<String>,
    }
}

/// A log event.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEvent {
    /// The log group, where the command says it.
    pub group: Option<String>,
    /// Its stream.
    pub stream: Option<String>,
    /// When.
    pub timestamp: Option<Time>,
    /// The text.
    pub message: String,
}

/// A line of a VPC flow log in the default format (VPC user guide, "Flow log records", version 2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowRecord {
    /// The interface.
    pub interface: String,
    /// Where the packets came from.
    pub source: IpAddr,
    /// Where they went.
    pub destination: IpAddr,
    /// Port they came from.
    pub source_port: u16,
    /// Port they went to.
    pub destination_port: u16,
    /// IANA number: 6 is TCP.
    pub protocol: u8,
    /// Seconds since 1970 at which the window began.
    pub start: i64,
    /// Seconds since 1970 at which it ended.
    pub end: i64,
    /// Whether security groups and network ACLs let it pass.
    pub accepted: bool,
}

impl LogEvent {
    /// The flow record, where the line is one in the default format with data.
    #[must_use]
    pub fn flow(&self) -> Option<FlowRecord> {
        let fields: Vec<&str> = self.message.split_ascii_whitespace().collect();
        let [
            "2",
            _account,
            interface,
            source,
            destination,
            source_port,
            destination_port,
            protocol,
            _packets,
            _bytes,
            start,
            end,
            action,
            "OK",
        ] = fields.as_slice()
        else {
            return None;
        };
        Some(FlowRecord {
            interface: (*interface).to_owned(),
            source: source.parse().ok()?,
            destination: destination.parse().ok()?,
            source_port: source_port.parse().ok()?,
            destination_port: destination_port.parse().ok()?,
            protocol: protocol.parse().ok()?,
            start: start.parse().ok()?,
            end: end.parse().ok()?,
            accepted: match *action {
                "ACCEPT" => true,
                "REJECT" => false,
                _ => return None,
            },
        })
    }
}

impl Resource for LogGroup {
    /// The ARN without `:*`, else the name.
    type Id = String;
    const LISTED_BY: Operation = Operation::LogsDescribeLogGroups;
    const MEMBER: &'static str = "logGroups";

    fn id(&self) -> Option<String> {
        let whole = self.log_group_arn.as_ref().map(|arn| arn.0.clone());
        let starred = || Some(self.arn.as_ref()?.as_str().trim_end_matches(":*").to_owned());
        whole.or_else(starred).or_else(|| self.log_group_name.clone())
    }

    fn attribute(&self, name: &str) -> Vec<&str> {
        match name {
            "log-group-name" => self.log_group_name.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn owner(&self) -> Option<&str> {
        self.arn.as_ref()?.account()
    }

    fn created(&self) -> Option<Time> {
        self.creation_time
    }
}

impl Logs {
    pub(crate) fn load(&mut self, source: &Reader<'_>, operation: Operation) {
        match operation {
            Operation::LogsDescribeLogGroups => source.list(&mut self.groups),
            Operation::LogsFilterLogEvents | Operation::LogsGetLogEvents => {
                let option = |name: &str| source.option(name).map(str::to_owned);
                let group = option("log-group-name").or_else(|| option("log-group-identifier"));
                let stream = option("log-stream-name");
                let events = source.items::<EventOutput>("events").into_iter();
                self.events
                    .extend(events.filter(|found| found.value.message.is_some()).map(|found| {
                        found.map(|event| LogEvent {
                            group: group.clone(),
                            stream: event.log_stream_name.or_else(|| stream.clone()),
                            timestamp: event.timestamp,
                            message: event.message.unwrap_or_default(),
                        })
                    }));
            }
            _ => {}
        }
    }

    /// The log group of that name in that Region.
    #[must_use]
    pub fn group(&self, name: &str, region: Option<&str>) -> Option<&Found<LogGroup>> {
        let mut found = self.groups.iter().filter(|found| {
            let own = found.value.arn.as_ref().and_then(ArnText::region);
            found.value.log_group_name.as_deref() == Some(name) && !matches!((own, region), (Some(own), Some(asked)) if own != asked)
        });
        let first = found.next();
        if found.next().is_some() { None } else { first }
    }

    /// Whether a `describe-log-groups` proves that no group of that name exists there.
    #[must_use]
    pub fn coverage(&self, name: &str, account: Option<&str>, region: Option<&str>) -> Coverage {
        // The prefixes and patterns that the listings were asked for and that the name meets.
        let filters = self.groups.listings().iter().filter_map(|listing| listing.filters.as_ref());
        let asked: Vec<(&str, &str)> = filters
            .flatten()
            .flat_map(|(filter, values)| values.iter().map(move |value| (filter.as_str(), value.as_str())))
            .filter(|(filter, value)| match *filter {
                "log-group-name-prefix" => name.starts_with(value),
                "log-group-name-pattern" => name.contains(value),
                _ => false,
            })
            .collect();
        self.groups.coverage(
            &Asked {
                account,
                region,
                attributes: &asked,
            },
            |group| {
                group
                    .arn
                    .as_ref()
                    .is_some_and(|arn| region.is_none_or(|region| arn.region() == Some(region)))
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::LogEvent;

    #[test]
    fn a_default_flow_log_line_is_read() {
        let event = |message: &str| LogEvent {
            group: None,
            stream: None,
            timestamp: None,
            message: message.to_owned(),
        };
        let line = "2 123456789012 eni-1 10.0.1.5 10.0.2.9 49152 443 6 3 180 1418530010 1418530070 REJECT OK";
        let flow = event(line).flow().unwrap();
        assert!(!flow.accepted);
        assert_eq!((flow.destination_port, flow.protocol), (443, 6));
        assert_eq!(
            event("2 123456789012 eni-1 - - - - - - - 1431280876 1431280934 - NODATA").flow(),
            None
        );
        assert_eq!(event("Example Event 1").flow(), None);
    }
}
