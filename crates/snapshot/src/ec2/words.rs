//! Closed vocabularies of the EC2 API that stay open to what AWS adds, and addresses as types.

use crate::core::json::{Json, Read};
use ipnet::IpNet;
use std::fmt;

/// Declares an enum of the EC2 API: compared without regard to case (the models and the wire differ), open to later values.
macro_rules! words {
    ($($(#[$doc:meta])* enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A value that this version does not know, as printed.
            Other(String),
        }

        impl $name {
            /// The value as AWS prints it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl crate::core::json::Read for $name {
            fn read(json: crate::core::json::Json<'_>) -> Option<Self> {
                let text = json.text()?;
                $(if text.eq_ignore_ascii_case($text) { return Some(Self::$variant); })+
                Some(Self::Other(text))
            }
        }
    )+};
}

pub(crate) use words;

/// An address range. AWS prints it without host bits; they are cleared where they are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cidr(pub IpNet);

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Read for Cidr {
    fn read(json: Json<'_>) -> Option<Self> {
        let net: IpNet = json.text()?.trim().parse().ok()?;
        Some(Self(net.trunc()))
    }
}

/// The text of an optional id, as the list of values that a filter compares.
pub(crate) fn one<T: AsRef<str>>(value: Option<&T>) -> Vec<&str> {
    value.map(AsRef::as_ref).into_iter().collect()
}
