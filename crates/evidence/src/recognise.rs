//! Which operation printed a value: by its members, never by its values' text
//! unless two operations print the same members.

mod special;

use crate::document::Shape;
use crate::operation::Operation;
use crate::walk::{Kind, Node, Walk};

/// What a value can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Known {
    /// Output of one of these operations, the likeliest first. `sure` where the
    /// first may be taken without further hints.
    Output {
        operations: Vec<Operation>,
        sure: bool,
        shape: Shape,
    },
    /// The first line of a bundle.
    Header,
    /// A call in a bundle.
    Call,
    /// A CloudFormation template.
    CloudFormation,
    /// Terraform's JSON.
    Terraform,
    Unknown,
}

/// An outline with the text it is of.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) text: &'a str,
    pub(crate) walk: &'a Walk,
}

impl<'a> View<'a> {
    pub(crate) fn key(self, node: &Node) -> &'a str {
        self.text.get(node.key.clone()).unwrap_or_default()
    }

    pub(crate) fn member(self, name: &str) -> Option<&'a Node> {
        self.walk.members.iter().find(|node| self.is(node, name))
    }

    /// Whether a member has this name. Asked for every operation's members:
    /// most names differ in length already.
    fn is(self, node: &Node, name: &str) -> bool {
        node.key.len() == name.len() && self.key(node) == name
    }

    pub(crate) fn has(self, name: &str) -> bool {
        self.member(name).is_some()
    }

    fn has_kind(self, name: &str, kind: Kind) -> bool {
        self.member(name).is_some_and(|node| node.kind == kind)
    }

    /// Whether a member (or its first element) has a member of this name.
    fn inside_has(self, name: &str, inner: &str) -> bool {
        let members = &self.walk.members;
        let Some(index) = members.iter().position(|node| self.is(node, name)) else {
            return false;
        };
        self.walk.inner.iter().any(|node| node.parent == index && self.is(node, inner))
    }

    /// Whether the first member's own first value has a CloudFormation type.
    fn inside_type(self) -> bool {
        self.walk_contains("\"AWS::")
    }

    /// Whether the text of the value contains a word.
    fn walk_contains(self, word: &str) -> bool {
        self.text
            .get(self.walk.start..self.walk.end)
            .is_some_and(|text| text.contains(word))
    }

    fn is_empty_list(self, name: &str) -> bool {
        self.member(name)
            .is_some_and(|node| node.kind == Kind::Array && node.first.is_none())
    }

    /// The raw text of a complete value.
    pub(crate) fn raw(self, node: &Node) -> &'a str {
        self.text.get(node.value.clone()).unwrap_or_default()
    }

    /// The content of a string member without escapes.
    pub(crate) fn string(self, name: &str) -> Option<&'a str> {
        let node = self.member(name)?;
        if node.kind != Kind::String {
            return None;
        }
        self.raw(node).strip_prefix('"')?.strip_suffix('"')
    }
}

/// Recognises a value by its outline.
pub(crate) fn recognise(view: View<'_>) -> Known {
    if view.walk.kind == Kind::Array {
        return match item_of(view) {
            Some(operation) if view.walk.first == Some(Kind::Object) => output(vec![operation], Shape::Items),
            _ => Known::Unknown,
        };
    }
    if let Some(known) = special::frame(view) {
        return known;
    }
    if let Some(operation) = item_of(view) {
        return output(vec![operation], Shape::Item);
    }
    if let Some(known) = special::response_of(view) {
        return known;
    }
    let listing = Operation::ALL
        .iter()
        .copied()
        .find(|operation| operation.list_member().is_some_and(|member| lists(view, *operation, member)));
    match listing {
        Some(operation) => output(vec![operation], Shape::Response),
        None => Known::Unknown,
    }
}

pub(crate) fn output(operations: Vec<Operation>, shape: Shape) -> Known {
    Known::Output {
        sure: operations.len() == 1,
        operations,
        shape,
    }
}

/// Whether the top-level member is this operation's.
fn lists(view: View<'_>, operation: Operation, member: &str) -> bool {
    let Some(node) = view.member(member) else {
        return false;
    };
    let holds_object = matches!(
        operation,
        Operation::EcsDescribeTaskDefinition
            | Operation::Ec2DescribeVpcBlockPublicAccessOptions
            | Operation::IamGetRole
            | Operation::IamGetInstanceProfile
            | Operation::IamGetPolicyVersion
            | Operation::SsmGetAutomationExecution
            | Operation::KmsDescribeKey
            | Operation::OrganizationsDescribeOrganization
            | Operation::SsmGetParameter
    );
    if holds_object {
        return node.kind == Kind::Object;
    }
    let strings = matches!(
        operation,
        Operation::EcsListTasks | Operation::EcsListClusters | Operation::EcsListServices | Operation::EcsListTaskDefinitions
    );
    node.kind == Kind::Array
        && node
            .first
            .is_none_or(|first| first == if strings { Kind::String } else { Kind::Object })
        && weak_enough(view, operation)
}

/// Members whose name says little must not stand among strangers.
fn weak_enough(view: View<'_>, operation: Operation) -> bool {
    let companions: &[&str] = match operation {
        Operation::Ec2SearchTransitGatewayRoutes => &["AdditionalRoutesAvailable"],
        Operation::EcsListAccountSettings
        | Operation::Ec2GetManagedPrefixListEntries
        | Operation::Ec2GetTransitGatewayRouteTableAssociations
        | Operation::KmsListKeys
        | Operation::KmsListAliases
        | Operation::KmsListGrants
        | Operation::CloudtrailLookupEvents
        | Operation::Ec2DescribeRegions
        | Operation::OrganizationsListParents
        | Operation::EcrBatchGetImage => &["failures", "KeyCount"],
        _ => return true,
    };
    view.walk.members.iter().all(|node| {
        let key = view.key(node);
        operation.list_member() == Some(key) || companions.contains(&key) || is_paging(key) || key == "ResponseMetadata"
    })
}

/// Members that only say whether there is more.
pub(crate) fn is_paging(key: &str) -> bool {
    matches!(
        key,
        "NextToken"
            | "nextToken"
            | "NextMarker"
            | "Marker"
            | "IsTruncated"
            | "Truncated"
            | "MaxItems"
            | "MaxResults"
            | "NextContinuationToken"
            | "NextRecordName"
    )
}

/// The operation one of whose items has all these members: the one that asks
/// for most.
fn item_of(view: View<'_>) -> Option<Operation> {
    let mut best: Option<Operation> = None;
    for &operation in Operation::ALL {
        let members = operation.item_members();
        if members.is_empty() || !members.iter().all(|member| view.has(member)) {
            continue;
        }
        if best.is_none_or(|best| best.item_members().len() < members.len()) {
            best = Some(operation);
        }
    }
    best
}

/// Whether a bare array can be the items of this operation: for what a command
/// above it says.
pub(crate) fn can_be_items(view: View<'_>, operation: Operation) -> bool {
    if view.walk.kind != Kind::Array {
        return false;
    }
    match (view.walk.first, operation.identity_member()) {
        (None, _) => operation.list_member().is_some(),
        (Some(Kind::Object), Some(identity)) => view.has(identity),
        (Some(Kind::String), None) => operation.list_member().is_some(),
        _ => false,
    }
}

/// Whether a member of the answer says that there is more of the listing.
pub(crate) fn is_partial<'a>(members: impl Iterator<Item = (&'a str, &'a str)>) -> bool {
    let mut marker = false;
    let mut truncated = false;
    for (key, raw) in members {
        let given = !matches!(raw, "" | "null" | "\"\"" | "false");
        match key {
            "NextToken" | "nextToken" | "NextMarker" | "NextContinuationToken" if given => {
                return true;
            }
            "Truncated" | "IsTruncated" | "AdditionalRoutesAvailable" if raw == "true" => {
                return true;
            }
            "IsTruncated" | "Truncated" => truncated = true,
            "Marker" if given => marker = true,
            _ => {}
        }
    }
    marker && !truncated
}
