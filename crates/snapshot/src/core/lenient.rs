//! Deserialising what real outputs hold: members that are null, numbers as strings, documents in strings.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// A list that may be `null` (SDK dumps) or absent (with `#[serde(default)]`), whose odd elements are left out
/// rather than failing the whole resource.
///
/// # Errors
/// Where the member is neither a list nor null.
pub fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let raw = Option::<Vec<Box<RawValue>>>::deserialize(deserializer)?;
    Ok(raw
        .unwrap_or_default()
        .iter()
        .filter_map(|item| serde_json::from_str(item.get()).ok())
        .collect())
}

/// A member that may be `null`: then its default.
///
/// # Errors
/// Where the member has another type.
pub fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// A policy document in any of the forms that AWS's faces print: an object, or a string that holds JSON
/// (percent-encoded or not). The text is kept; the policy crate parses it.
///
/// # Errors
/// Never for valid JSON.
pub fn document<'de, D>(deserializer: D) -> Result<Option<String>, D::Error>
where
    D: Deserializer<'de>,
{
    let raw = Option::<Box<RawValue>>::deserialize(deserializer)?;
    Ok(raw.map(|raw| {
        serde_json::from_str::<String>(raw.get()).unwrap_or_else(|_| raw.get().to_owned())
    }))
}

/// How a member's type is read when the member may hold anything.
pub trait Lenient: Default {
    /// Reads JSON text; what does not fit becomes the default.
    fn read(json: &str) -> Self;
}

impl<T: DeserializeOwned> Lenient for Option<T> {
    fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }
}

impl<T: DeserializeOwned> Lenient for Vec<T> {
    fn read(json: &str) -> Self {
        let items = serde_json::from_str::<Vec<Box<RawValue>>>(json).unwrap_or_default();
        items
            .iter()
            .filter_map(|item| serde_json::from_str(item.get()).ok())
            .collect()
    }
}

impl<T: DeserializeOwned> Lenient for BTreeMap<String, T> {
    fn read(json: &str) -> Self {
        let members =
            serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(json).unwrap_or_default();
        members
            .into_iter()
            .filter_map(|(name, value)| Some((name, serde_json::from_str(value.get()).ok()?)))
            .collect()
    }
}

/// Reads a member by its type's [`Lenient`].
///
/// # Errors
/// Never for valid JSON.
pub fn any<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Lenient,
{
    let raw = Option::<Box<RawValue>>::deserialize(deserializer)?;
    Ok(raw.map(|raw| T::read(raw.get())).unwrap_or_default())
}

/// A text that some faces of AWS print as a number or a boolean: `"256"` or `256`, `"true"` or `true`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scalar(pub String);

impl Scalar {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let json = raw.get();
        if json.starts_with(['{', '[', 'n']) {
            return Err(D::Error::custom("not a scalar"));
        }
        Ok(Self(
            serde_json::from_str::<String>(json).unwrap_or_else(|_| json.to_owned()),
        ))
    }
}
