//! Tests of the contract and its renderers, over reports made by hand.

#[cfg(test)]
mod contract;
#[cfg(test)]
mod samples;
