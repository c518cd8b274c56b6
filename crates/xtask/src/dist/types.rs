//! TypeScript types of the report, written from its JSON Schema, so that there is nothing to keep in step by hand.
//!
//! The schema is ours: what it does not use is not understood here, and said so instead of being guessed.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::ui::{Context, Failure, Outcome};

/// An exported type for the schema itself and for each of its definitions.
pub(super) fn from_schema(name: &str, schema: &str) -> Outcome<String> {
    let schema: Value = serde_json::from_str(schema).context(|| "reading the report's schema".to_owned())?;
    let schema = schema.as_object().ok_or_else(|| Failure::new("the report's schema is no object"))?;
    let mut types = declaration(name, schema)?;
    for (name, definition) in schema.get("$defs").and_then(Value::as_object).into_iter().flatten() {
        let definition = definition.as_object().ok_or_else(|| not_understood(definition))?;
        types.push_str(&declaration(&pascal(name), definition)?);
    }
    Ok(types)
}

fn declaration(name: &str, schema: &Map<String, Value>) -> Outcome<String> {
    let comment = comment(schema, "");
    match schema.get("properties") {
        Some(_) => Ok(format!("\n{comment}export interface {name} {}\n", members(schema, "")?)),
        None => Ok(format!("\n{comment}export type {name} = {};\n", expression(schema, "")?)),
    }
}

/// The members of an object. Those that are not required may be left out.
fn members(schema: &Map<String, Value>, indent: &str) -> Outcome<String> {
    let required = |name: &str| {
        let names = schema.get("required").and_then(Value::as_array);
        names.is_some_and(|names| names.iter().any(|required| required == name))
    };
    let inner = format!("{indent}  ");
    let mut text = String::from("{\n");
    for (name, member) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let member = member.as_object().ok_or_else(|| not_understood(member))?;
        let optional = if required(name) { "" } else { "?" };
        let kind = expression(member, &inner)?;
        let comment = comment(member, &inner);
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{comment}{inner}{name}{optional}: {kind};");
    }
    text.push_str(indent);
    text.push('}');
    Ok(text)
}

fn expression(schema: &Map<String, Value>, indent: &str) -> Outcome<String> {
    let get = |key: &str| schema.get(key);
    if let Some(reference) = get("$ref").and_then(Value::as_str) {
        // A definition of this schema or of another (`urn:pulldoctor:report:1#/$defs/finding`), or the whole of another.
        let name = match reference.split_once("#/$defs/") {
            Some((_, name)) => name,
            None => reference.split(':').nth(2).unwrap_or(reference),
        };
        return Ok(pascal(name));
    }
    if let Some(value) = get("const") {
        return Ok(value.to_string());
    }
    if let Some(values) = get("enum").and_then(Value::as_array) {
        return Ok(union(values.iter().map(Value::to_string)));
    }
    if let Some(choices) = get("anyOf").or_else(|| get("oneOf")).and_then(Value::as_array) {
        let choices = choices.iter().map(|choice| match choice.as_object() {
            Some(choice) => expression(choice, indent),
            None => Err(not_understood(choice)),
        });
        return Ok(union(choices.collect::<Outcome<Vec<String>>>()?));
    }
    if get("properties").is_some() {
        return members(schema, indent);
    }
    match get("type") {
        Some(Value::String(kind)) => simple(kind, schema, indent),
        Some(Value::Array(kinds)) => {
            let kinds = kinds.iter().map(|kind| simple(kind.as_str().unwrap_or_default(), schema, indent));
            Ok(union(kinds.collect::<Outcome<Vec<String>>>()?))
        }
        _ => Err(not_understood(&Value::Object(schema.clone()))),
    }
}

/// The type for one word of `type`.
fn simple(kind: &str, schema: &Map<String, Value>, indent: &str) -> Outcome<String> {
    let whole = || not_understood(&Value::Object(schema.clone()));
    match kind {
        "array" => {
            let items = schema.get("items").and_then(Value::as_object).ok_or_else(whole)?;
            Ok(format!("Array<{}>", expression(items, indent)?))
        }
        "integer" | "number" => Ok("number".to_owned()),
        "string" | "boolean" | "null" => Ok(kind.to_owned()),
        _ => Err(whole()),
    }
}

fn union(choices: impl IntoIterator<Item = String>) -> String {
    let choices: Vec<String> = choices.into_iter().collect();
    choices.join(" | ")
}

fn comment(schema: &Map<String, Value>, indent: &str) -> String {
    match schema.get("description").and_then(Value::as_str) {
        Some(description) => format!("{indent}/** {} */\n", description.replace("*/", "* /")),
        None => String::new(),
    }
}

/// `hop_verdict` as `HopVerdict`.
fn pascal(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase())
            .into_iter()
            .chain(letters)
            .collect::<String>()
    });
    words.collect()
}

fn not_understood(schema: &Value) -> Failure {
    Failure::new(format!("this part of the report's schema has no TypeScript type here: {schema}"))
        .advise("teach crates/xtask/src/dist/types.rs the new keyword")
}

#[cfg(test)]
mod tests {
    use super::from_schema;

    #[test]
    fn objects_choices_and_lists_become_types() {
        let schema = r##"{
            "description": "A report.", "type": "object", "required": ["schema", "hops"],
            "properties": {
                "schema": {"const": "r/1"},
                "hops": {"type": "array", "items": {"$ref": "#/$defs/hop_kind"}},
                "line": {"description": "from 1", "type": ["integer", "null"]},
                "names": {"type": ["array", "null"], "items": {"type": "string"}}
            },
            "$defs": {"hop_kind": {"anyOf": [{"type": "string", "enum": ["dns", "acl"]}, {"type": "null"}]}}
        }"##;
        let expected = "\n/** A report. */\nexport interface Report {\n  hops: Array<HopKind>;\n  /** from 1 */\n  \
                        line?: number | null;\n  names?: Array<string> | null;\n  schema: \"r/1\";\n}\n\nexport type HopKind = \"dns\" | \"acl\" | null;\n";
        assert_eq!(from_schema("Report", schema).unwrap(), expected);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert!(from_schema("Report", r#"{"properties": {"a": {"not": {}}}}"#).is_err());
        assert!(from_schema("Report", r#"{"properties": {"a": {"type": "date"}}}"#).is_err());
    }
}
