//! The walk through small VPCs, as the AWS CLI prints them.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod basics;
mod endpoint_codes;
mod families;
mod filter_codes;
mod hub;
mod more;
mod name_codes;
mod network_codes;
mod peers;
mod rules;
mod world;
