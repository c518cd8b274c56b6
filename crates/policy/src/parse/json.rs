//! JSON as the parser wants it: objects that keep duplicate names, and values that know where they stand.

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A value still in its text, with its JSON pointer.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) raw: &'a str,
    pub(crate) pointer: String,
}

/// What a value is.
pub(crate) enum Shape<'a> {
    Object(Vec<(String, Node<'a>)>),
    Array(Vec<Node<'a>>),
    Text(String),
    /// A number or boolean, as written.
    Scalar(String),
    Null,
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut out = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    out.push(entry);
                }
                Ok(out)
            }
        }
        deserializer.deserialize_map(Collect).map(Members)
    }
}

impl<'a> Node<'a> {
    /// The whole of a text, checked to be JSON.
    pub(crate) fn root(text: &'a str) -> Result<Node<'a>, serde_json::Error> {
        serde_json::from_str::<&RawValue>(text).map(|raw| Node {
            raw: raw.get(),
            pointer: String::new(),
        })
    }

    /// Byte offset inside `text`, which must be the text this node was read from.
    pub(crate) fn offset(&self, text: &str) -> usize {
        (self.raw.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
    }

    /// Takes one level apart. The text was checked when the root was read, so failures do not happen; they read as null.
    pub(crate) fn shape(&self) -> Shape<'a> {
        match self.raw.bytes().next() {
            Some(b'{') => serde_json::from_str::<Members<'a>>(self.raw).map_or(Shape::Null, |members| {
                Shape::Object(
                    members
                        .0
                        .into_iter()
                        .map(|(key, value)| {
                            let node = self.child(&key, value.get());
                            (key, node)
                        })
                        .collect(),
                )
            }),
            Some(b'[') => serde_json::from_str::<Vec<&'a RawValue>>(self.raw).map_or(Shape::Null, |items| {
                Shape::Array(
                    items
                        .into_iter()
                        .enumerate()
                        .map(|(i, v)| self.child(&i.to_string(), v.get()))
                        .collect(),
                )
            }),
            Some(b'"') => serde_json::from_str(self.raw).map_or(Shape::Null, Shape::Text),
            Some(b'n') | None => Shape::Null,
            Some(_) => Shape::Scalar(self.raw.to_owned()),
        }
    }

    fn child(&self, key: &str, raw: &'a str) -> Node<'a> {
        Node {
            raw,
            pointer: format!("{}/{}", self.pointer, key.replace('~', "~0").replace('/', "~1")),
        }
    }
}
