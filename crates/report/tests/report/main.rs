//! Tests of the contract and its renderers, over reports made by hand.

#[cfg(test)]
mod contract;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod snapshots;
