//! What a pasted listing was asked, and so what its silence proves.
//!
//! AWS outputs do not say which Region, account or filter they were asked for. A listing whose command is known is complete for what
//! that command asked; one without it is at best taken as complete, under an assumption that is named with every verdict that rests on it.

use crate::core::json::{Json, Members, Read, Style};
use evidence::{Citation, Command, Operation};
use std::collections::BTreeMap;

/// The account and Region that a listing speaks of, as far as known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The account whose credentials took it.
    pub account: Option<String>,
    /// The Region it was asked of.
    pub region: Option<String>,
}

/// One pasted output of an operation that lists resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The list member of the document.
    pub at: Citation,
    /// The operation.
    pub operation: Operation,
    /// Where it was asked.
    pub scope: Scope,
    /// What was asked: AWS's filter names (`vpc-id`) with their values; `None` where the command is not known.
    pub filters: Option<BTreeMap<String, Vec<String>>>,
    /// All pages of it are pasted, and none of them is cut or went through another program.
    pub whole: bool,
    /// How many resources it holds.
    pub count: usize,
}

/// Where a document stands among the pages of one listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The token that it was asked to go on from, as the command says.
    pub from: Option<String>,
    /// The token by which it goes on.
    pub next: Option<String>,
    /// Nothing of the page itself is lost: not cut, not through another program.
    pub intact: bool,
}

/// What is looked for, in terms of AWS's filters.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The account whose resources are meant, where known.
    pub account: Option<&'a str>,
    /// The Region, where known.
    pub region: Option<&'a str>,
    /// Attributes that the thing looked for is known to have, as filter name and value.
    pub attributes: &'a [(&'a str, &'a str)],
}

/// What a verdict takes for granted (AWS's default, or how a listing was run).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assumption {
    /// The listing was run unfiltered, in that Region, with the case's account.
    Unfiltered {
        /// The operation.
        operation: Operation,
        /// The Region; empty where the case names none.
        region: String,
    },
    /// VPC Block Public Access is off.
    BlockPublicAccessOff,
    /// The VPC's `enableDnsSupport` is on.
    DnsSupportOn {
        /// The VPC.
        vpc: String,
    },
    /// The VPC's `enableDnsHostnames` is on.
    DnsHostnamesOn {
        /// The VPC.
        vpc: String,
    },
    /// The VPC hands out AmazonProvidedDNS.
    AmazonProvidedDns {
        /// The VPC.
        vpc: String,
    },
    /// A small part of an unknown set of public addresses is neglected.
    PartNeglected {
        /// The CIDRs that decide otherwise.
        cidrs: Vec<String>,
    },
    /// No service or resource control policy interferes.
    NoOrganizationsPolicy,
    /// Something else, in words of the contract.
    Other(String),
}

impl Assumption {
    /// A listing without its command, taken as run unfiltered.
    #[must_use]
    pub fn unfiltered(operation: Operation, region: &str) -> Self {
        Self::Unfiltered {
            operation,
            region: region.to_owned(),
        }
    }

    /// Whether an output or an answer would replace it: one of AWS's defaults, or how a listing was run.
    #[must_use]
    pub fn can_be_settled(&self) -> bool {
        self.is_default() || matches!(self, Self::Unfiltered { .. })
    }

    /// Whether it is one of AWS's defaults, on which no `fail` may rest.
    #[must_use]
    pub fn is_default(&self) -> bool {
        matches!(
            self,
            Self::BlockPublicAccessOff | Self::DnsSupportOn { .. } | Self::DnsHostnamesOn { .. } | Self::AmazonProvidedDns { .. }
        )
    }
}

/// Whether a listing's silence proves that something does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// It does.
    Proven {
        /// The listing.
        at: Citation,
    },
    /// It does if the assumption holds.
    Assumed {
        /// The listing.
        at: Citation,
        /// What is taken for granted.
        assumption: Assumption,
    },
    /// Nothing pasted speaks of it.
    Missing,
}

impl Coverage {
    /// The listing and what is assumed of it, where there is one.
    #[must_use]
    pub fn proof(&self) -> Option<(&Citation, Option<&Assumption>)> {
        match self {
            Self::Proven { at } => Some((at, None)),
            Self::Assumed { at, assumption } => Some((at, Some(assumption))),
            Self::Missing => None,
        }
    }
}

/// Options of listing commands that say nothing about which resources are listed.
const NOT_FILTERS: [&str; 20] = [
    "include-planned-deletion",
    "starting-token",
    "next-token",
    "marker",
    "cli-binary-format",
    "no-sign-request",
    "region",
    "profile",
    "output",
    "no-cli-pager",
    "page-size",
    "no-paginate",
    "max-items",
    "max-results",
    "debug",
    "color",
    "endpoint-url",
    "no-verify-ssl",
    "cli-read-timeout",
    "cli-connect-timeout",
];

/// Which of these documents are part of a listing that is there from its first page to its last, in whatever order they came.
pub(crate) fn complete(pages: &[(&Listing, &Page)]) -> Vec<bool> {
    let mut complete: Vec<bool> = pages.iter().map(|(listing, _)| listing.whole).collect();
    for (start, first) in pages.iter().enumerate() {
        if first.1.from.is_some() || first.1.next.is_none() {
            continue;
        }
        let (mut chain, mut last) = (vec![start], *first);
        while let Some(token) = &last.1.next {
            let following = pages
                .iter()
                .enumerate()
                .find(|(index, page)| page.1.from.as_ref() == Some(token) && last.0.same_call(page.0) && !chain.contains(index));
            let Some((index, page)) = following else {
                break;
            };
            chain.push(index);
            last = *page;
        }
        let intact = chain.iter().filter_map(|&index| pages.get(index)).all(|page| page.1.intact);
        if last.1.next.is_none() && intact {
            for index in chain {
                if let Some(page) = complete.get_mut(index) {
                    *page = true;
                }
            }
        }
    }
    complete
}

impl Listing {
    fn same_call(&self, other: &Self) -> bool {
        self.operation == other.operation && self.filters == other.filters && self.scope == other.scope
    }

    /// Reads what a command asked into AWS's filter names.
    ///
    /// `--filters Name=vpc-id,Values=a,b` gives `vpc-id`; `--subnet-ids s` gives `subnet-id`. What cannot be read, or reshapes the
    /// output (`--query`), stands under its own text: as no resource has such an attribute, the listing then proves no absence.
    #[must_use]
    pub fn filters_of(command: &Command) -> BTreeMap<String, Vec<String>> {
        let mut filters = BTreeMap::<String, Vec<String>>::new();
        for (option, values) in &command.options {
            if NOT_FILTERS.contains(&option.as_str()) {
                continue;
            }
            if matches!(option.as_str(), "filters" | "filter" | "parameter-filters") {
                for value in values {
                    let read = filter_expressions(value).filter(|read| read.iter().all(|(name, _)| !filters.contains_key(name)));
                    match read {
                        Some(read) => read.into_iter().for_each(|(name, list)| {
                            let prefix = command.operation == Operation::SecretsmanagerListSecrets && name == "name";
                            let list = list.into_iter().map(|value| if prefix { format!("{value}*") } else { value });
                            filters.entry(name).or_default().extend(list);
                        }),
                        // Not read, or one more condition on the same attribute: both must hold.
                        None => filters.entry(value.clone()).or_default().push(String::new()),
                    }
                }
            } else {
                let name = option
                    .strip_suffix('s')
                    .filter(|stem| stem.ends_with("-id") || stem.ends_with("-name"));
                filters
                    .entry(name.unwrap_or(option).to_owned())
                    .or_default()
                    .extend(values.iter().cloned());
            }
        }
        filters
    }

    /// `None`: says nothing about what is asked. `Some(None)`: complete for it. `Some(Some(a))`: complete if `a` holds.
    #[must_use]
    pub fn covers(&self, asked: &Asked<'_>, holds_of_the_case: bool) -> Option<Option<Assumption>> {
        let other = |mine: &Option<String>, theirs: Option<&str>| matches!((mine, theirs), (Some(a), Some(b)) if a != b);
        if !self.whole || other(&self.scope.region, asked.region) || other(&self.scope.account, asked.account) {
            return None;
        }
        let assumption = || Some(Assumption::unfiltered(self.operation, asked.region.unwrap_or_default()));
        let Some(filters) = &self.filters else {
            return if holds_of_the_case { Some(assumption()) } else { None };
        };
        let admitted = filters.iter().all(|(name, values)| {
            asked
                .attributes
                .iter()
                .any(|(asked_name, asked_value)| asked_name == name && values.iter().any(|value| wildcard(value, asked_value)))
        });
        if !admitted {
            return None;
        }
        // The Region of a command without `--region` is the customer's default: known only from what the listing holds.
        let region_known = self.scope.region.is_some() || asked.region.is_none() || holds_of_the_case;
        Some(if region_known { None } else { assumption() })
    }
}

/// `Name=vpc-id,Values=a,b` (the AWS CLI's shorthand) or its JSON form, where several may stand in one list.
fn filter_expressions(text: &str) -> Option<Vec<(String, Vec<String>)>> {
    let text = text.trim();
    if text.starts_with('[') {
        return Json::of(text).elements()?.into_iter().map(filter_object).collect();
    }
    if text.starts_with('{') {
        return Some(vec![filter_object(Json::of(text))?]);
    }
    let (mut name, mut option, mut values) = (None, None, Vec::new());
    let mut in_values = false;
    for part in text.split(',') {
        let (member, value) = match part.split_once('=') {
            Some((member @ ("Name" | "Key" | "Option" | "Value" | "Values"), value)) => (member, value),
            // Amazon ECR's `tagStatus=TAGGED`.
            Some((member, value)) if name.is_none() => {
                return (!text.contains(',')).then(|| vec![(member.to_owned(), vec![value.to_owned()])]);
            }
            _ if in_values => ("Values", part),
            _ => return None,
        };
        let value = value.trim_matches(['[', ']', '"', '\'']).to_owned();
        in_values = member.starts_with("Value");
        match member {
            "Name" | "Key" => name = Some(value),
            "Option" => option = Some(value),
            _ => values.push(value),
        }
    }
    (!values.is_empty()).then_some(vec![filter(name?, option, values)])
}

fn filter_object(json: Json<'_>) -> Option<(String, Vec<String>)> {
    let mut members = Members::of(json, Style::Pascal, "=Name|Key option values ")?;
    let (name, option, values) = (members.take()?, members.take(), members.take()?);
    if !members.unique() {
        return None;
    }
    Some(filter(name.text()?, option.and_then(Json::text), Vec::read(values)?))
}

/// A filter with the patterns that its values stand for: `Option` says how Parameter Store compares them (Systems Manager API
/// reference, `ParameterStringFilter`).
fn filter(name: String, option: Option<String>, values: Vec<String>) -> (String, Vec<String>) {
    let pattern = |value: String| match option.as_deref() {
        None | Some("Equals") if name != "Path" => value,
        Some("BeginsWith") => format!("{value}*"),
        Some("Contains") => format!("*{value}*"),
        Some("Recursive") => format!("{}/*", value.trim_end_matches('/')),
        // How it compares cannot be written as a pattern: it admits nothing.
        _ => String::new(),
    };
    let patterns = values.into_iter().map(pattern).collect();
    (name, patterns)
}

/// AWS's filter values may hold `*`; only a leading or trailing one is read, any other makes no match.
fn wildcard(pattern: &str, text: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (None, None) => pattern == text,
        (Some(rest), None) => !rest.contains('*') && text.ends_with(rest),
        (None, Some(rest)) => !rest.contains('*') && text.starts_with(rest),
        (Some(_), Some(_)) => {
            let middle = pattern.trim_matches('*');
            !middle.contains('*') && text.contains(middle)
        }
    }
}
