//! What is asked, and what is answered.

pub(crate) mod caller;
pub(crate) mod fault;
pub(crate) mod trace;
