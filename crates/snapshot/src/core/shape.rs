//! The macro that lays out a resource as AWS prints it, so that no odd member costs the resource.

/// Declares a struct whose every member is read leniently: absent, null or of another type gives the member's default.
///
/// AWS adds members and enum values at any time, SDK dumps print `null` for what is absent, and people edit what they paste.
macro_rules! shape {
    ($case:literal; $($(#[$doc:meta])* struct $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
        #[serde(default, rename_all = $case)]
        pub struct $name {
            $($(#[$field_doc])* #[serde(deserialize_with = "crate::core::lenient::any")] pub $field: $kind,)*
        }

        impl crate::core::lenient::Lenient for $name {
            fn read(json: &str) -> Self {
                serde_json::from_str(json).unwrap_or_default()
            }
        }
    )+};
}

pub(crate) use shape;
