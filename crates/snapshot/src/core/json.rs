//! Reading JSON into types, one level at a time: a value is taken apart only where its type is looked at.
//!
//! One piece of code reads the members of every type; the types themselves say only which members they have. That keeps the compiled
//! core small, which a derived deserialiser for each of some two hundred types would not.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A JSON value in its text, without white space around it.
#[derive(Clone, Copy, Debug)]
pub struct Json<'a>(&'a str);

/// A type that JSON is read into.
pub trait Read: Sized {
    /// Reads a value; `None` where it is of another type.
    fn read(json: Json<'_>) -> Option<Self>;
}

/// A member of a resource: absent, null or of another type, it keeps its default.
pub trait Member {
    /// Reads the next of the members.
    fn fill(&mut self, members: &mut Members<'_>);
}

/// How a type's member names are written on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `VpcId`
    Pascal,
    /// `vpcId`
    Camel,
    /// `vpc_id`
    Snake,
}

/// An object's members, from which the fields of a type take theirs one after the other.
#[derive(Debug)]
pub struct Members<'a> {
    entries: Vec<(Cow<'a, str>, Json<'a>)>,
    style: Style,
    names: &'static str,
    twice: bool,
}

impl<'a> Json<'a> {
    /// A text that holds one JSON value. Whether it does shows when it is read.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        Self(text.trim_matches([' ', '\t', '\n', '\r']))
    }

    /// The value as it is written.
    #[must_use]
    pub fn raw(self) -> &'a str {
        self.0
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// The content of a string.
    #[must_use]
    pub fn text(self) -> Option<String> {
        if self.0.starts_with('"') {
            serde_json::from_str(self.0).ok()
        } else {
            None
        }
    }

    /// The elements of a list.
    #[must_use]
    pub fn elements(self) -> Option<Vec<Json<'a>>> {
        let elements = serde_json::from_str::<Vec<&'a RawValue>>(self.0).ok()?;
        Some(elements.iter().map(|raw| Json(raw.get())).collect())
    }

    /// The members of an object in the order in which they are written, repeated ones as well.
    #[must_use]
    pub fn members(self) -> Option<Vec<(Cow<'a, str>, Json<'a>)>> {
        serde_json::from_str::<Entries<'a>>(self.0).ok().map(|entries| entries.0)
    }
}

impl<'a> Members<'a> {
    /// The members of an object for a type whose fields have these names, each followed by a space.
    ///
    /// A name is that of the field in Rust, or stands as it is on the wire after `=`, with others that mean the same after `|`.
    #[must_use]
    pub fn of(json: Json<'a>, style: Style, names: &'static str) -> Option<Self> {
        Some(Self {
            entries: json.members()?,
            style,
            names,
            twice: false,
        })
    }

    /// The value of the next field; `None` where it is absent or null.
    pub fn take(&mut self) -> Option<Json<'a>> {
        let (name, rest) = self.names.split_once(' ')?;
        self.names = rest;
        let mut found = None;
        for (key, value) in &self.entries {
            if self.style.writes(name, key) {
                self.twice |= found.is_some();
                found = Some(*value);
            }
        }
        found.filter(|value| !value.is_null())
    }

    /// Whether no member was there twice so far: of two with one name neither is to be trusted.
    #[must_use]
    pub fn unique(&self) -> bool {
        !self.twice
    }
}

impl Style {
    /// Whether a field's name is written like this key.
    fn writes(self, name: &str, key: &str) -> bool {
        if let Some(names) = name.strip_prefix('=') {
            return names.split('|').any(|name| name == key && !name.is_empty());
        }
        let mut upper = self == Self::Pascal;
        let mut key = key.bytes();
        for byte in name.bytes() {
            if byte == b'_' && self != Self::Snake {
                upper = true;
                continue;
            }
            let wanted = if upper { byte.to_ascii_uppercase() } else { byte };
            if key.next() != Some(wanted) {
                return false;
            }
            upper = false;
        }
        key.next().is_none()
    }
}

/// Deepest nesting that two texts are compared in; `serde_json` stops there as well.
const DEEPEST: usize = 127;

/// One text for all that hold the same JSON, whatever the order of their members and the white space; `None` where it is no JSON.
#[must_use]
pub fn canonical(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let whole = serde_json::from_str::<&RawValue>(text).ok()?;
    write(Json(whole.get()), DEEPEST, &mut out)?;
    Some(out)
}

fn write(json: Json<'_>, depth: usize, out: &mut String) -> Option<()> {
    let deeper = depth.checked_sub(1)?;
    if let Some(text) = json.text() {
        out.push_str(&serde_json::to_string(&text).ok()?);
    } else if let Some(elements) = json.elements() {
        out.push('[');
        for element in elements {
            write(element, deeper, out)?;
            out.push(',');
        }
        out.push(']');
    } else if let Some(members) = json.members() {
        out.push('{');
        for (name, value) in members.into_iter().collect::<BTreeMap<_, _>>() {
            out.push_str(&serde_json::to_string(name.as_ref()).ok()?);
            out.push(':');
            write(value, deeper, out)?;
            out.push(',');
        }
        out.push('}');
    } else {
        out.push_str(json.raw());
    }
    Some(())
}

struct Entries<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

/// A key, borrowed from the text where it has no escapes.
struct Key<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;
        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Entries<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some((key, value)) = map.next_entry::<Key<'de>, &'de RawValue>()? {
                    entries.push((key.0, Json(value.get())));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor)
    }
}

impl Read for String {
    fn read(json: Json<'_>) -> Option<Self> {
        json.text()
    }
}

impl Read for bool {
    fn read(json: Json<'_>) -> Option<Self> {
        match json.raw() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }
}

impl Read for i64 {
    fn read(json: Json<'_>) -> Option<Self> {
        json.raw().parse().ok()
    }
}

impl Read for Ipv4Addr {
    fn read(json: Json<'_>) -> Option<Self> {
        json.text()?.parse().ok()
    }
}

impl Read for Ipv6Addr {
    fn read(json: Json<'_>) -> Option<Self> {
        json.text()?.parse().ok()
    }
}

impl Read for IpAddr {
    fn read(json: Json<'_>) -> Option<Self> {
        json.text()?.parse().ok()
    }
}

/// `null` is read as `None`.
impl<T: Read> Read for Option<T> {
    fn read(json: Json<'_>) -> Option<Self> {
        if json.is_null() { Some(None) } else { T::read(json).map(Some) }
    }
}

/// All elements must be readable.
impl<T: Read> Read for Vec<T> {
    fn read(json: Json<'_>) -> Option<Self> {
        let mut all = Self::new();
        for element in json.elements()? {
            all.push(T::read(element)?);
        }
        Some(all)
    }
}

/// All values must be readable; of two with one name the last counts.
impl<T: Read> Read for BTreeMap<String, T> {
    fn read(json: Json<'_>) -> Option<Self> {
        let mut all = Self::new();
        for (name, value) in json.members()? {
            all.insert(name.into_owned(), T::read(value)?);
        }
        Some(all)
    }
}

impl<T: Read> Member for Option<T> {
    fn fill(&mut self, members: &mut Members<'_>) {
        *self = members.take().and_then(T::read);
    }
}

/// Odd elements are left out.
impl<T: Read> Member for Vec<T> {
    fn fill(&mut self, members: &mut Members<'_>) {
        let elements = members.take().and_then(Json::elements);
        for element in elements.unwrap_or_default() {
            self.extend(T::read(element));
        }
    }
}

/// Odd values are left out.
impl<T: Read> Member for BTreeMap<String, T> {
    fn fill(&mut self, members: &mut Members<'_>) {
        let entries = members.take().and_then(Json::members);
        for (name, value) in entries.unwrap_or_default() {
            match T::read(value) {
                Some(value) => self.insert(name.into_owned(), value),
                None => self.remove(name.as_ref()),
            };
        }
    }
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "the macro makes what all the crate's users see")]
mod tests {
    use super::{Json, Read, canonical};
    use crate::core::shape::shape;
    use std::collections::BTreeMap;

    shape! { Camel;
        struct Inner { a_b: Option<i64> }
        struct Outer {
            vpc_id: Option<String>,
            ipv4_on: Option<bool>,
            kind: Option<String> = "type|Kind",
            ours: Option<bool> = "",
            inner: Inner,
            lenient: Vec<Inner>,
            strict: Option<Vec<Inner>>,
            map: BTreeMap<String, Vec<String>>,
        }
    }

    fn outer(text: &str) -> Option<Outer> {
        Outer::read(Json::of(text))
    }

    #[test]
    fn members_are_read_by_their_names_on_the_wire() {
        let read = outer(
            r#" { "other": [{}], "vpcId": "v\n", "ipv4On": true, "Kind": "k", "": true, "inner": {"aB": -3},
                "lenient": [{"aB": 1}, 5, null, {"aB": "x"}], "strict": [{}], "map": {"a": ["1"], "b": [2]} } "#,
        )
        .unwrap();
        assert_eq!(read.vpc_id.as_deref(), Some("v\n"));
        assert_eq!(read.ipv4_on, Some(true));
        assert_eq!(read.kind.as_deref(), Some("k"));
        assert_eq!(read.ours, None);
        assert_eq!(read.inner.a_b, Some(-3));
        let inner = |a_b| Inner { a_b };
        assert_eq!(read.lenient, [inner(Some(1)), inner(None)]);
        assert_eq!(read.strict, Some(vec![inner(None)]));
        assert_eq!(read.map, BTreeMap::from([("a".to_owned(), vec!["1".to_owned()])]));
    }

    #[test]
    fn odd_members_cost_themselves_only() {
        let odd = outer(r#"{"vpcId": 1, "ipv4On": "true", "inner": [], "lenient": {}, "strict": [{}, 1], "map": 1}"#);
        assert_eq!(odd, Some(Outer::default()));
        let null = outer(r#"{"vpcId": null, "ipv4On": null, "inner": null, "lenient": null, "strict": null, "map": null}"#);
        assert_eq!(null, Some(Outer::default()));
        assert_eq!(outer("{}"), Some(Outer::default()));
    }

    #[test]
    fn no_object_and_members_written_twice_are_nothing() {
        for text in [
            "",
            "null",
            "[]",
            "\"{}\"",
            "{",
            "{} x",
            r#"{"vpcId": "a", "vpcId": "a"}"#,
            r#"{"type": "a", "Kind": "a"}"#,
        ] {
            assert_eq!(outer(text), None, "{text}");
        }
        assert!(outer(r#"{"unknown": 1, "unknown": 2}"#).is_some());
    }

    #[test]
    fn numbers_are_whole() {
        let read = |text| i64::read(Json::of(text));
        assert_eq!(read("12"), Some(12));
        for odd in ["1.0", "1e3", "9223372036854775808", "\"1\"", "true"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    #[test]
    fn one_text_for_the_same_json() {
        let one = canonical(r#" {"b": [1, "\u0041"], "a": {"x": null}} "#);
        assert!(one.is_some());
        assert_eq!(one, canonical(r#"{"a":{"x":null},"b":[1,"A"]}"#));
        assert_ne!(one, canonical(r#"{"a":{"x":null},"b":["A",1]}"#));
        assert_eq!(canonical("nothing"), None);
        assert_eq!(canonical(&format!("{}{}", "[".repeat(200), "]".repeat(200))), None);
    }
}
