//! Authorization on small accounts: which calls are allowed, which layer decides, and what is asked where something is missing.

mod calls;
mod support;
