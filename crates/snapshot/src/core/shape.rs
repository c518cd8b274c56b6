//! The macro that lays out a resource as AWS prints it, so that no odd member costs the resource.

/// Declares a struct whose every member is read leniently: absent, null or of another type gives the member's default.
///
/// AWS adds members and enum values at any time, SDK dumps print `null` for what is absent, and people edit what they paste.
/// `field: Type = "name"` says how AWS writes the name where the style does not give it; `"a|b"` takes either, `""` reads nothing.
macro_rules! shape {
    ($style:ident; $($(#[$doc:meta])* struct $name:ident {
        $($(#[$field_doc:meta])* $field:ident: $kind:ty $(= $written:literal)?),* $(,)?
    })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $kind,)*
        }

        impl crate::core::json::Read for $name {
            fn read(json: crate::core::json::Json<'_>) -> Option<Self> {
                let mut members = crate::core::json::Members::of(
                    json,
                    crate::core::json::Style::$style,
                    concat!($(crate::core::shape::name!($field $($written)?), " ",)*),
                )?;
                let mut read = Self::default();
                $(crate::core::json::Member::fill(&mut read.$field, &mut members);)*
                members.unique().then_some(read)
            }
        }

        impl crate::core::json::Member for $name {
            fn fill(&mut self, members: &mut crate::core::json::Members<'_>) {
                *self = members
                    .take()
                    .and_then(crate::core::json::Read::read)
                    .unwrap_or_default();
            }
        }
    )+};
}

/// A field's name for [`Members`](crate::core::json::Members).
macro_rules! name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $written:literal) => {
        concat!("=", $written)
    };
}

pub(crate) use {name, shape};
