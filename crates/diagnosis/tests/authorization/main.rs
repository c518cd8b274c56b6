//! Authorization on small accounts: which calls are allowed, which layer decides, and what is asked where something is missing.
#![expect(clippy::expect_used, clippy::panic, reason = "a broken test should say what broke")]

mod calls;
mod least;
mod others;
mod support;
