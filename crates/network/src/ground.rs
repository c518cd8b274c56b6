//! What the walk stands on: lookups in the snapshot that say what they rest on, what they assume and what they lack.

use crate::model::caller::{Caller, Context, Target};
use snapshot::ec2::filter::NetworkAcl;
use snapshot::ec2::route::RouteTable;
use snapshot::ec2::vpc::{Subnet, Vpc};
use snapshot::ids::{SubnetId, VpcId};
use snapshot::{
    Asked, Assumption, Call, Citation, Collection, Found, Listing, Need, Operation, Question, QuestionKind, Resource, Snapshot,
};
use std::cell::Cell;

/// A fact with its proof, or what would give it.
#[derive(Clone, Debug)]
pub(crate) struct Known<T> {
    pub(crate) value: Option<T>,
    pub(crate) cites: Vec<Citation>,
    pub(crate) assumes: Vec<Assumption>,
    pub(crate) needs: Vec<Need>,
}

impl<T> Known<T> {
    pub(crate) fn proven(value: T, cites: Vec<Citation>) -> Self {
        Self {
            value: Some(value),
            cites,
            assumes: Vec::new(),
            needs: Vec::new(),
        }
    }

    pub(crate) fn missing(needs: Vec<Need>) -> Self {
        Self {
            value: None,
            cites: Vec::new(),
            assumes: Vec::new(),
            needs,
        }
    }
}

/// A listing whose silence proves that something is not there.
#[derive(Clone, Debug)]
pub(crate) struct Covered {
    /// All its pages.
    pub(crate) pages: Vec<Citation>,
    /// What is taken for granted of it.
    pub(crate) assumption: Option<Assumption>,
}

/// The documents of one listing: pages share the call and are whole together.
fn pages_of(listings: &[Listing], one: &Listing) -> Vec<Citation> {
    let same = |other: &&Listing| {
        other.at == one.at || (other.whole && one.filters.is_some() && other.filters == one.filters && other.scope == one.scope)
    };
    listings.iter().filter(same).map(|listing| listing.at.clone()).collect()
}

/// What a listing holds.
fn rows_of<'c, T: Resource>(collection: &'c Collection<T>, listing: &Listing) -> impl Iterator<Item = &'c Found<T>> {
    let document = listing.at.document;
    collection.iter().filter(move |found| found.at.document == document)
}

/// The case, as one walk sees it.
pub(crate) struct Ground<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) caller: &'a Caller,
    pub(crate) target: &'a Target,
    pub(crate) context: &'a Context,
    /// The caller's subnet.
    pub(crate) subnet: Option<&'a Found<Subnet>>,
    /// Its VPC's id.
    pub(crate) vpc_id: Option<VpcId>,
    /// Its VPC.
    pub(crate) vpc: Option<&'a Found<Vpc>>,
    /// What tells the VPC.
    pub(crate) home: Option<Citation>,
    table_owner: Option<&'a str>,
    examined: Cell<usize>,
}

impl<'a> Ground<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, caller: &'a Caller, target: &'a Target, context: &'a Context) -> Self {
        let ec2 = &snapshot.ec2;
        let subnet = caller.subnet.as_ref().and_then(|id| ec2.subnets.get(id));
        let interface = caller.interface.as_ref().and_then(|id| ec2.network_interfaces.get(id));
        // A table that is associated with the subnet tells its VPC too, and is cited for the routes anyway.
        let table = caller.subnet.as_ref().filter(|_| caller.vpc.is_none()).and_then(|id| {
            ec2.route_tables
                .iter()
                .find(|found| found.value.associations.iter().any(|part| part.subnet_id.as_ref() == Some(id)))
        });
        let told_by_table = table.filter(|table| subnet.is_none_or(|subnet| subnet.value.vpc_id == table.value.vpc_id));
        let home = told_by_table
            .map(|found| (found.value.vpc_id.clone(), found.at.clone()))
            .or_else(|| {
                let known = |found: &&Found<Subnet>| caller.vpc.is_some() && found.value.vpc_id == caller.vpc;
                let found = subnet.filter(|found| !known(found))?;
                Some((found.value.vpc_id.clone(), found.at.clone()))
            })
            .or_else(|| {
                caller
                    .vpc
                    .is_none()
                    .then(|| interface.map(|found| (found.value.vpc_id.clone(), found.at.clone())))?
            });
        let vpc_id = match &home {
            Some((Some(id), _)) => Some(id.clone()),
            _ => caller.vpc.clone(),
        };
        let home = home.map(|(_, at)| at);
        let vpc = vpc_id.as_ref().and_then(|id| ec2.vpcs.get(id));
        Self {
            snapshot,
            caller,
            target,
            context,
            subnet,
            vpc_id,
            vpc,
            home,
            table_owner: table.and_then(|found| found.value.owner()),
            examined: Cell::new(0),
        }
    }

    /// Counts rules looked at.
    pub(crate) fn count(&self, rules: usize) {
        self.examined.set(self.examined.get().saturating_add(rules));
    }

    pub(crate) fn examined(&self) -> usize {
        self.examined.get()
    }

    pub(crate) fn region(&self) -> Option<&'a str> {
        self.caller.region.as_deref()
    }

    /// The account that owns the subnet, and with it tables, ACLs and endpoints.
    pub(crate) fn owner(&self) -> Option<&'a str> {
        let subnet = self.subnet.and_then(|found| found.value.owner());
        let vpc = self.vpc.and_then(|found| found.value.owner());
        subnet.or(vpc).or(self.table_owner)
    }

    /// Whether the subnet belongs to another account than the caller.
    pub(crate) fn is_shared(&self) -> bool {
        matches!((self.owner(), self.caller.account.as_deref()), (Some(owner), Some(mine)) if owner != mine)
    }

    /// A call that lists what the subnet's owner has.
    pub(crate) fn call(&self, operation: Operation) -> Call {
        let mut call = Call::new(operation).in_region(self.region());
        if self.is_shared() {
            call.account = self.owner().map(str::to_owned);
        }
        call
    }

    /// A listing of the VPC's resources.
    pub(crate) fn call_for_vpc(&self, operation: Operation, vpc: Option<&VpcId>) -> Need {
        match vpc {
            Some(vpc) => self.call(operation).filter("vpc-id", vpc.as_str()).into(),
            None => self.call(operation).into(),
        }
    }

    /// Whether what a collection does not hold is proven not to be there, for the account that owns the subnet.
    ///
    /// In a shared VPC a listing by the task's account proves nothing: it counts only if the owner took it, which the bundle's account
    /// or a row of that owner tells.
    pub(crate) fn coverage<T: Resource>(
        &self,
        collection: &Collection<T>,
        attributes: &[(&str, &str)],
        of_the_case: impl Fn(&T) -> bool,
    ) -> Option<Covered> {
        let owner = self.owner().or(self.caller.account.as_deref());
        let counts = |listing: &Listing| {
            !self.is_shared()
                || listing.scope.account.as_deref() == owner
                || rows_of(collection, listing).any(|row| row.value.owner() == owner)
        };
        self.covered(collection, owner, attributes, counts, of_the_case)
    }

    /// [`Self::coverage`] for what belongs to a VPC: of another VPC than the caller's only listings count that hold something of it.
    pub(crate) fn coverage_of<T: Resource>(
        &self,
        vpc: &VpcId,
        collection: &Collection<T>,
        attributes: &[(&str, &str)],
        of_vpc: impl Fn(&T) -> bool,
    ) -> Option<Covered> {
        if self.vpc_id.as_ref() == Some(vpc) {
            return self.coverage(collection, attributes, of_vpc);
        }
        let counts = |listing: &Listing| rows_of(collection, listing).any(|row| of_vpc(&row.value));
        self.covered(collection, None, attributes, counts, &of_vpc)
    }

    fn covered<T: Resource>(
        &self,
        collection: &Collection<T>,
        account: Option<&str>,
        attributes: &[(&str, &str)],
        counts: impl Fn(&Listing) -> bool,
        of_the_case: impl Fn(&T) -> bool,
    ) -> Option<Covered> {
        let asked = Asked {
            account,
            region: self.region(),
            attributes,
        };
        let mut assumed = None;
        for listing in collection.listings() {
            self.count(1);
            if !counts(listing) {
                continue;
            }
            let covered = |assumption| Covered {
                pages: pages_of(collection.listings(), listing),
                assumption,
            };
            match listing.covers(&asked, rows_of(collection, listing).any(|row| of_the_case(&row.value))) {
                Some(None) => return Some(covered(None)),
                Some(Some(assumption)) => match self.unfiltered_answer(listing.operation) {
                    Some(true) => return Some(covered(None)),
                    Some(false) => {}
                    None => {
                        assumed.get_or_insert(covered(Some(assumption)));
                    }
                },
                None => {}
            }
        }
        assumed
    }

    /// What the person said about how a listing was run.
    fn unfiltered_answer(&self, operation: Operation) -> Option<bool> {
        let question = Question {
            kind: QuestionKind::ListingUnfiltered,
            subject: operation.name().to_owned(),
        };
        self.answered(&question)
    }

    /// A yes or no that the person gave.
    pub(crate) fn answered(&self, question: &Question) -> Option<bool> {
        let given = self.snapshot.answer(question)?.value.trim().to_ascii_lowercase();
        match given.as_str() {
            "yes" | "true" | "y" => Some(true),
            "no" | "false" | "n" => Some(false),
            _ => None,
        }
    }

    /// The route table in force for a subnet: the explicitly associated one, else the main one where no explicit one can be.
    pub(crate) fn table_of(&self, subnet: &SubnetId, vpc: Option<&VpcId>) -> Known<&'a Found<RouteTable>> {
        let tables = &self.snapshot.ec2.route_tables;
        let need = || vec![self.call_for_vpc(Operation::Ec2DescribeRouteTables, vpc)];
        let mut explicit = tables.iter().filter(|found| {
            self.count(1);
            found
                .value
                .associations
                .iter()
                .any(|part| part.subnet_id.as_ref() == Some(subnet) && part.in_force())
        });
        match (explicit.next(), explicit.next()) {
            (Some(only), None) => return Known::proven(only, vec![only.at.clone()]),
            (Some(_), Some(_)) => return Known::missing(need()),
            (None, _) => {}
        }
        let Some(vpc) = vpc else {
            return Known::missing(need());
        };
        let of_vpc = |table: &RouteTable| table.vpc_id.as_ref() == Some(vpc);
        let mut main = tables.iter().filter(|found| {
            of_vpc(&found.value)
                && found
                    .value
                    .associations
                    .iter()
                    .any(|part| part.main == Some(true) && part.in_force())
        });
        let attributes = [("vpc-id", vpc.as_str()), ("association.subnet-id", subnet.as_str())];
        let coverage = self.coverage_of(vpc, tables, &attributes, of_vpc);
        match (main.next(), main.next(), coverage) {
            (Some(only), None, Some(covered)) => Known {
                value: Some(only),
                cites: std::iter::once(only.at.clone()).chain(covered.pages).collect(),
                assumes: covered.assumption.into_iter().collect(),
                needs: Vec::new(),
            },
            _ => Known::missing(need()),
        }
    }

    /// The network ACL in force for a subnet: the associated one, else the VPC's default where no other can be.
    pub(crate) fn acl_of(&self, subnet: &SubnetId, vpc: Option<&VpcId>) -> Known<&'a Found<NetworkAcl>> {
        let acls = &self.snapshot.ec2.network_acls;
        let need = || vec![self.call_for_vpc(Operation::Ec2DescribeNetworkAcls, vpc)];
        let mut explicit = acls.iter().filter(|found| {
            self.count(1);
            found.value.associations.iter().any(|part| part.subnet_id.as_ref() == Some(subnet))
        });
        match (explicit.next(), explicit.next()) {
            (Some(only), None) => return Known::proven(only, vec![only.at.clone()]),
            (Some(_), Some(_)) => return Known::missing(need()),
            (None, _) => {}
        }
        let Some(vpc) = vpc else {
            return Known::missing(need());
        };
        let of_vpc = |acl: &NetworkAcl| acl.vpc_id.as_ref() == Some(vpc);
        let mut default = acls
            .iter()
            .filter(|found| of_vpc(&found.value) && found.value.is_default == Some(true));
        let attributes = [("vpc-id", vpc.as_str()), ("association.subnet-id", subnet.as_str())];
        let coverage = self.coverage_of(vpc, acls, &attributes, of_vpc);
        match (default.next(), default.next(), coverage) {
            (Some(only), None, Some(covered)) => Known {
                value: Some(only),
                cites: std::iter::once(only.at.clone()).chain(covered.pages).collect(),
                assumes: covered.assumption.into_iter().collect(),
                needs: Vec::new(),
            },
            _ => Known::missing(need()),
        }
    }
}
