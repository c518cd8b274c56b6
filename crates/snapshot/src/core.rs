//! What every AWS service's state shares: ids, three-valued truth, times, listings and collections.

pub mod collection;
pub mod ids;
pub mod json;
pub mod lenient;
pub mod listing;
pub mod order;
pub mod owned;
pub(crate) mod shape;
pub mod time;
pub mod truth;
