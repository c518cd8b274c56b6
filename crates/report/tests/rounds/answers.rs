//! What the customer would send back for a command: the scenario's output that is about the same things, narrowed to those asked for.

use evidence::{Body, Input, Operation};
use serde_json::Value;
use std::collections::BTreeMap;

/// The options of a command, without dashes.
type Words = BTreeMap<String, Vec<String>>;

/// An output of a scenario.
pub(crate) struct Output {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) operation: &'static str,
    /// The options of its own command; none where it has no command.
    asked: Option<Words>,
    /// Its JSON, where it is no error.
    json: Option<Value>,
}

/// A command that the plan asks for.
pub(crate) struct Asked<'a> {
    pub(crate) operation: &'a str,
    pub(crate) command: &'a str,
}

impl Output {
    /// Reads a file of a scenario; none where it holds no output.
    pub(crate) fn of(name: &str, text: &str) -> Option<Self> {
        let read = evidence::read(&[Input {
            name,
            bytes: text.as_bytes(),
        }]);
        let document = read.documents.iter().find(|document| document.operation.is_some())?;
        let json = matches!(document.body, Body::Output(_))
            .then(|| serde_json::from_str(text.get(text.find('{')?..)?).ok())
            .flatten();
        Some(Self {
            name: name.to_owned(),
            text: text.to_owned(),
            operation: document.operation?.name(),
            asked: document.command.as_ref().map(|command| command.options.clone()),
            json,
        })
    }

    /// What is printed for the command; none where the output is not about what it asks.
    pub(crate) fn answer(&self, asked: &Asked<'_>) -> Option<String> {
        // The customer may send the shorter list of the same images.
        let images = self.operation == Operation::EcrListImages.name() && asked.operation == Operation::EcrDescribeImages.name();
        if self.operation != asked.operation && !images {
            return None;
        }
        let wanted = options(asked.command);
        let about = |(name, values): (&String, &Vec<String>)| values.iter().any(|value| self.is_about(name, value));
        if !wanted.iter().all(about) {
            return None;
        }
        match self.narrowed(&wanted) {
            _ if images => Some(self.text.clone()),
            Some(json) => Some(format!("$ {}\n{json:#}\n", asked.command)),
            None => Some(self.text.clone()),
        }
    }

    /// Whether the collector's chain may make the call that printed it: one of the same operation, all of whose variables stand for names
    /// that are known by then. `call` has `<name>` for each variable.
    pub(crate) fn follows(&self, call: &str, known: &str) -> bool {
        let printed = Operation::from_name(self.operation).is_some_and(|operation| call.split(" --").next() == Some(operation.cli()));
        // A registry's account and an image's tag are parts of an image's name; all services are listed where the task is gone.
        let cut = |value: &String| ["<which>", "<registry>", "<listed>"].contains(&value.as_str());
        let told =
            |(option, value): (&String, &String)| !value.contains('<') || cut(value) || self.named(option).any(|name| known.contains(name));
        printed
            && options(call)
                .iter()
                .all(|(option, values)| values.iter().all(|value| told((option, value))))
    }

    /// The names that its own command has for an option; else those that it has for any, and the ids that it holds.
    fn named(&self, option: &str) -> impl Iterator<Item = &str> {
        let asked = self.asked.iter().flat_map(|asked| match asked.get(option) {
            Some(values) => values.iter().collect::<Vec<_>>(),
            None => asked
                .iter()
                .filter(|(name, _)| !matches!(name.as_str(), "region" | "output"))
                .flat_map(|(_, values)| values)
                .collect(),
        });
        let by_option = self.asked.as_ref().is_some_and(|asked| asked.contains_key(option));
        let held = self.json.iter().filter(move |_| !by_option).flat_map(strings);
        asked.flat_map(|value| names(value)).chain(held.filter(|text| is_id(text)))
    }

    /// Whether the output, or the command that printed it, names what an option's value names.
    fn is_about(&self, option: &str, value: &str) -> bool {
        let Some(asked) = &self.asked else {
            // Nothing says what a listing without its command was asked; what it holds says what it is about.
            return true;
        };
        // A listing that was not narrowed holds what was asked for, or shows that it is not there.
        let open = ["filters", "filter", "ids", "names", "arns", "max-items"];
        let narrow = asked
            .keys()
            .any(|name| open.iter().any(|word| name.ends_with(word)) || name.ends_with("prefix"));
        if !narrow && option.contains("filter") && !asked.contains_key("vpc-id") {
            return true;
        }
        names(value).into_iter().any(|name| {
            let same = |word: &String| names(word).iter().any(|given| equal(given, name));
            asked.values().flatten().any(same) || self.json.as_ref().is_some_and(|json| holds(json, name))
        })
    }

    /// Its JSON with only those items of a list that were asked for by their ids.
    fn narrowed(&self, wanted: &Words) -> Option<Value> {
        let mut json = self.json.clone()?;
        let by_id = wanted
            .iter()
            .filter(|(option, _)| option.ends_with("-ids") || option.ends_with("-names"));
        let ids: Vec<&str> = by_id
            .flat_map(|(_, values)| values)
            .chain(
                wanted
                    .get("filters")
                    .into_iter()
                    .flatten()
                    .filter(|filter| filter.starts_with("Name=network-interface-id,")),
            )
            .flat_map(|value| names(value))
            .collect();
        if !ids.is_empty() && !wanted.contains_key("image-ids") {
            for (member, list) in json.as_object_mut()? {
                let Some(list) = list.as_array_mut() else { continue };
                list.retain(|item| {
                    // Instances stand in their reservations.
                    let deep = member == "Reservations" && ids.iter().any(|id| holds(item, id));
                    let members = item.as_object().into_iter().flat_map(|item| item.values());
                    deep || members.filter_map(Value::as_str).any(|text| ids.iter().any(|id| equal(text, id)))
                });
            }
        }
        Some(json)
    }
}

/// The options of a command, but for where it is asked and how it prints.
pub(crate) fn options(command: &str) -> Words {
    let mut found = Words::new();
    let mut name = None;
    for word in diagnosis::plan::words(command) {
        match word.strip_prefix("--") {
            Some(option) => {
                found.entry(option.to_owned()).or_default();
                name = Some(option.to_owned());
            }
            None => {
                if let Some(name) = &name {
                    found.entry(name.clone()).or_default().push(word);
                }
            }
        }
    }
    // What has no value names nothing; the Region of a VPC is the case's.
    found.retain(|name, values| !values.is_empty() && !matches!(name.as_str(), "region" | "output" | "query" | "vpc-region"));
    found
}

/// The names in a value: of a filter or a shorthand its values.
fn names(value: &str) -> Vec<&str> {
    let values = value.split_once("Values=").map_or(value, |(_, values)| values);
    let values = ["imageTag=", "imageDigest="]
        .iter()
        .find_map(|key| values.strip_prefix(key))
        .unwrap_or(values);
    values.split(',').collect()
}

/// Whether two texts name the same: by the name, or by an ARN that ends with it.
fn equal(a: &str, b: &str) -> bool {
    let ends = |long: &str, short: &str| {
        long.strip_suffix(short)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with([':', '/']))
    };
    // A secret's ARN ends with six characters that its name lacks.
    let secret = |arn: &str, name: &str| {
        arn.contains(":secretsmanager:")
            && arn
                .split(':')
                .nth(6)
                .is_some_and(|own| own.rsplit_once('-').is_some_and(|(own, _)| own == name))
    };
    ends(a, b) || ends(b, a) || secret(a, b) || secret(b, a)
}

fn holds(json: &Value, name: &str) -> bool {
    match json {
        Value::String(text) => equal(text, name),
        Value::Array(items) => items.iter().any(|item| holds(item, name)),
        Value::Object(members) => members.values().any(|member| holds(member, name)),
        _ => false,
    }
}

/// Whether a text is an id of AWS's (`vpc-…` and 17 digits) or an ARN: what no two accounts share.
fn is_id(text: &str) -> bool {
    text.len() >= 20 && text.contains('-') && !text.contains(' ')
}

/// Every string of a document.
fn strings(json: &Value) -> Vec<&str> {
    match json {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(members) => members.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}
