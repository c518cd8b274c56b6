//! Points in time as the AWS CLI prints them.

use crate::core::json::{Json, Read};
use chrono::{DateTime, NaiveDateTime, SecondsFormat};

/// Milliseconds since 1970-01-01T00:00:00Z.
///
/// AWS CLI v1 prints epoch seconds (integer or float) for JSON-protocol services, v2 prints ISO 8601 with an offset,
/// CloudWatch Logs prints epoch milliseconds; EventBridge prints ISO 8601 with `Z`. All are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

/// Epoch numbers above this are milliseconds: as seconds they would lie after the year 5000.
const LARGEST_SECONDS: f64 = 1.0e11;

impl Time {
    /// Reads ISO 8601 (with offset, `Z`, or none: then UTC) or an epoch number in digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(time) = DateTime::parse_from_rfc3339(text) {
            return Some(Self(time.timestamp_millis()));
        }
        for format in ["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f%:z"] {
            if let Ok(time) = DateTime::parse_from_str(text, format) {
                return Some(Self(time.timestamp_millis()));
            }
        }
        for format in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"] {
            if let Ok(time) = NaiveDateTime::parse_from_str(text, format) {
                return Some(Self(time.and_utc().timestamp_millis()));
            }
        }
        text.parse::<f64>().ok().and_then(Self::from_epoch)
    }

    /// Reads epoch seconds, or milliseconds where the number is too large for seconds.
    #[must_use]
    pub fn from_epoch(number: f64) -> Option<Self> {
        if !number.is_finite() || number.abs() > 1.0e15 {
            return None;
        }
        let millis = if number.abs() > LARGEST_SECONDS { number } else { number * 1000.0 };
        #[expect(clippy::cast_possible_truncation, reason = "bounded to 1e18 above")]
        Some(Self(millis.round() as i64))
    }

    /// `2026-11-25T01:02:03Z`.
    #[must_use]
    pub fn iso(self) -> String {
        DateTime::from_timestamp_millis(self.0).map_or_else(|| self.0.to_string(), |time| time.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl Read for Time {
    fn read(json: Json<'_>) -> Option<Self> {
        match json.text() {
            Some(text) => Self::parse(&text),
            None => json.raw().parse().ok().and_then(Self::from_epoch),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Time;

    #[test]
    fn all_forms_of_one_moment_are_one_time() {
        let forms = [
            "2021-08-11T16:21:26.681Z",
            "2021-08-11T12:21:26.681000-04:00",
            "2021-08-11T16:21:26.681+0000",
            "1628698886.681",
            "1628698886681",
        ];
        for form in forms {
            assert_eq!(Time::parse(form), Some(Time(1_628_698_886_681)), "{form}");
        }
        assert_eq!(Time::parse("yesterday"), None);
        assert_eq!(Time(1_628_698_886_681).iso(), "2021-08-11T16:21:26Z");
    }
}
