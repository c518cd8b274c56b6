//! From typed state to findings: the symptom, the case, what the task needs, what is proven of it, and what to ask next.

pub mod symptom;
