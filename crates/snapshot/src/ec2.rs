//! Amazon EC2 and VPC, as `aws ec2 describe-*` prints them.

use crate::load::Reader;
use evidence::Operation;

/// Everything pasted about Amazon EC2 and VPC.
#[derive(Clone, Debug, Default)]
pub struct Ec2 {}

impl Ec2 {
    pub(crate) fn load(&mut self, _source: &Reader<'_>, _operation: Operation) {}
}
