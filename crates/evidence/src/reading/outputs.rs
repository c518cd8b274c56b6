//! Documents from recognised JSON.

use std::ops::Range;

use super::Reading;
use crate::advice;
use crate::document::{Body, Command, Completeness, Converted, Document, Segment, Shape};
use crate::duplicates::duplicates;
use crate::edits::{Edit, Edits};
use crate::operation::Operation;
use crate::problem::ProblemKind;
use crate::recognise::{Known, View, can_be_items, is_paging, is_partial};
use crate::scan::{MendKind, Scanner};
use crate::walk::{Kind, Walk};
use crate::yaml::Yaml;

impl Reading<'_> {
    /// One value: `range` is its place in the final text, the outline's places
    /// are those before secrets were masked.
    pub(super) fn json(&mut self, walk: &Walk, known: &Known, range: Range<usize>, yaml: Option<&Yaml>) {
        match known {
            Known::Header => self.header(walk),
            Known::Call => self.call(walk, range),
            Known::CloudFormation => self.claim(ProblemKind::CloudFormation, None, range),
            Known::Terraform => self.claim(ProblemKind::Terraform, None, range),
            Known::Output { operations, sure, shape } => self.output(walk, operations, *sure, *shape, range, yaml),
            Known::Unknown => self.unknown(walk, range),
        }
    }

    fn output(&mut self, walk: &Walk, operations: &[Operation], sure: bool, shape: Shape, range: Range<usize>, yaml: Option<&Yaml>) {
        let (call, other) = self.calls.take(operations);
        if let Some(call) = call.as_ref().filter(|call| projects(call)) {
            self.reshaped(walk, range, Some(call), ProblemKind::Reshaped, yaml);
            return;
        }
        let operation = call
            .as_ref()
            .map(|call| call.operation)
            .or_else(|| (operations.len() > 1).then(|| self.hint(operations))?)
            .or_else(|| operations.first().copied().filter(|_| sure));
        let mut document = self.document(range, Body::Output(shape));
        document.operation = operation;
        document.command = call;
        if let (Some(said), Some(&is)) = (other, operations.first())
            && said != is
        {
            let problem = advice::disagrees(said, is);
            document.problems.push(self.placed(problem, document.range.start));
        }
        if operation.is_none() {
            let problem = advice::ambiguous(operations);
            document.problems.push(self.placed(problem, document.range.start));
        }
        let text = yaml.map_or(self.before, |yaml| &yaml.json);
        document.completeness = completeness(View { text, walk }, shape);
        document.converted = self.converted(walk, &document.range, yaml);
        self.finish(document);
    }

    /// JSON that no operation is known to print by its members.
    fn unknown(&mut self, walk: &Walk, range: Range<usize>) {
        let view = View { text: self.before, walk };
        let bare = walk.members.iter().all(|node| {
            let key = view.key(node);
            is_paging(key) || matches!(key, "RequestCharged" | "ResponseMetadata" | "Prefix")
        });
        let above = self.calls.above().cloned();
        let query = above.as_ref().is_some_and(|call| call.option("query").is_some());
        let shape = match &above {
            Some(call) if projects(call) => None,
            Some(call) if can_be_items(view, call.operation) => Some(Shape::Items),
            Some(_) if walk.kind == Kind::Object && bare && !query => Some(Shape::Response),
            _ => None,
        };
        if let (Some(shape), Some(call)) = (shape, &above) {
            let operation = call.operation;
            self.output(walk, &[operation], true, shape, range, None);
            return;
        }
        let call = self.calls.nearest();
        let kind = if walk.fault.is_some() {
            ProblemKind::Cut
        } else if query || (call.is_none() && is_reshaped(view)) {
            ProblemKind::Reshaped
        } else {
            ProblemKind::NotRecognised
        };
        self.reshaped(walk, range, call.as_ref(), kind, None);
    }

    /// JSON of which nothing can be said, with what to run instead.
    fn reshaped(&mut self, walk: &Walk, range: Range<usize>, call: Option<&Command>, kind: ProblemKind, yaml: Option<&Yaml>) {
        let shape = if walk.kind == Kind::Array { Shape::Items } else { Shape::Response };
        let mut document = self.document(range, Body::Output(shape));
        if walk.fault.is_some() {
            document.completeness = Completeness::Cut;
        }
        let problem = advice::rerun(kind, call.map(|call| call.operation), call);
        document.problems.push(self.placed(problem, document.range.start));
        document.converted = self.converted(walk, &document.range, yaml);
        self.documents.push(document);
    }

    /// Adds what can only be seen once the document is there.
    pub(super) fn finish(&mut self, mut document: Document) {
        if document.completeness == Completeness::Cut {
            let problem = advice::rerun(ProblemKind::Cut, document.operation, document.command.as_ref());
            document.problems.push(self.placed(problem, document.range.end));
        }
        if document.operation.is_some_and(bears_policies) {
            let slice = self.slice(&document.range);
            let json = document.converted.as_ref().map_or(slice, |converted| &converted.json);
            for (pointer, at) in duplicates(json) {
                let place = match &document.converted {
                    Some(converted) => converted.source_offset(at),
                    None => document.range.start + at,
                };
                document.problems.push(self.placed(advice::duplicate(pointer), place));
            }
        }
        self.documents.push(document);
    }

    /// The document's JSON, where it does not stand in the source as such.
    fn converted(&self, walk: &Walk, range: &Range<usize>, yaml: Option<&Yaml>) -> Option<Box<Converted>> {
        match yaml {
            Some(yaml) => Some(Box::new(self.converted_yaml(yaml, walk))),
            None => self.unwrapped(walk, range).map(Box::new),
        }
    }

    fn converted_yaml(&self, yaml: &Yaml, walk: &Walk) -> Converted {
        let edits = walk.masks.iter().cloned().map(|mut mask| {
            mask.with.retain(|c| c != '\n');
            Edit::from(mask)
        });
        let edits = Edits::new(edits.collect());
        Converted {
            json: edits.apply(&yaml.json),
            exact: false,
            map: yaml
                .nodes
                .iter()
                .map(|(at, place)| Segment {
                    json: edits.start(*at),
                    source: self.edits.range(place),
                })
                .collect(),
        }
    }

    /// The document with the lines joined that were wrapped inside strings.
    pub(super) fn unwrapped(&self, walk: &Walk, range: &Range<usize>) -> Option<Converted> {
        let wraps: Vec<usize> = walk
            .mends
            .iter()
            .filter(|mend| mend.kind == MendKind::Wrap)
            .map(|mend| mend.start)
            .collect();
        if wraps.is_empty() {
            return None;
        }
        let joint = joint(self.before, walk.start..walk.end, &wraps);
        let slice = self.slice(range);
        let mut scanner = Scanner::again(slice.as_bytes(), 0);
        while let Ok(Some(_)) = scanner.next() {}
        let mut out = Converted {
            exact: true,
            ..Converted::default()
        };
        let mut at = 0;
        for mend in scanner.mends.iter().filter(|mend| mend.kind == MendKind::Wrap) {
            out.add(slice, at..mend.start, range.start);
            let before = slice.get(..mend.start).unwrap_or_default();
            let after = slice.get(mend.end..).unwrap_or_default();
            if !before.ends_with(' ') && !after.starts_with(' ') {
                out.json.push_str(joint);
            }
            at = mend.end;
        }
        out.add(slice, at..slice.len(), range.start);
        Some(out)
    }
}

impl Converted {
    fn add(&mut self, slice: &str, part: Range<usize>, base: usize) {
        self.map.push(Segment {
            json: self.json.len(),
            source: base + part.start..base + part.end,
        });
        self.json.push_str(slice.get(part).unwrap_or_default());
    }
}

/// What stood where lines were wrapped: nothing where a terminal did it (all
/// broken lines are as wide as the window, and no line is wider), a space where
/// a mail program did.
fn joint(text: &str, range: Range<usize>, wraps: &[usize]) -> &'static str {
    let width = |line: &str| -> usize { line.chars().map(columns).sum() };
    let mut widths = wraps.iter().map(|&at| {
        let before = text.get(..at).unwrap_or_default();
        width(before.rsplit('\n').next().unwrap_or_default())
    });
    let first = widths.next().unwrap_or(0);
    let even = widths.all(|width| width == first);
    let line_start = text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let widest = text
        .get(line_start..range.end)
        .unwrap_or_default()
        .lines()
        .map(width)
        .max()
        .unwrap_or(0);
    if even && widest <= first { "" } else { " " }
}

/// How many columns of a terminal a character takes.
fn columns(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 2,
        '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' => 2,
        '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}' => 2,
        c if c < ' ' => 0,
        _ => 1,
    }
}

pub(super) fn completeness(view: View<'_>, shape: Shape) -> Completeness {
    if view.walk.fault.is_some() {
        return Completeness::Cut;
    }
    let members = view.walk.members.iter();
    if shape == Shape::Response && is_partial(members.map(|node| (view.key(node), view.raw(node)))) {
        return Completeness::Partial;
    }
    Completeness::Whole
}

/// Whether a `--query` names members one by one: what it leaves out would look
/// absent.
fn projects(call: &Command) -> bool {
    call.option("query").is_some_and(|query| query.contains(['{', ',']))
}

/// Whether members look like a projection of AWS resources.
fn is_reshaped(view: View<'_>) -> bool {
    view.walk.members.iter().any(|node| {
        let value = view.raw(node).trim_start_matches('"');
        let known = ["subnet-", "vpc-", "sg-", "rtb-", "igw-", "nat-", "eni-", "acl-", "vpce-", "arn:aws"];
        known.iter().any(|start| value.starts_with(start))
    })
}

/// Operations whose documents hold policies.
const fn bears_policies(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::IamGetRole
            | Operation::IamGetRolePolicy
            | Operation::IamGetPolicyVersion
            | Operation::IamGetAccountAuthorizationDetails
            | Operation::SecretsmanagerGetResourcePolicy
            | Operation::KmsGetKeyPolicy
            | Operation::EcrGetRepositoryPolicy
            | Operation::EcrGetRegistryPolicy
            | Operation::S3apiGetBucketPolicy
            | Operation::Ec2DescribeVpcEndpoints
            | Operation::OrganizationsDescribePolicy
            | Operation::AwsPolicyDocument
    )
}
