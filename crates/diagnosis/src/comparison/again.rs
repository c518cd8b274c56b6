//! What to run again: the calls that printed what a cause rests on, where the second set does not speak of it.

use super::{Cause, Gone};
use crate::collector::cluster_of;
use crate::model::{Code, Request, RequestBody};
use crate::plan;
use evidence::{Body, Document, DocumentId, Evidence, Operation};
use snapshot::{Call, Need, Text};
use std::collections::BTreeSet;

/// What the calls are read off.
pub(super) struct Asked<'a> {
    /// Both sets.
    pub(super) evidence: &'a Evidence,
    /// The case's Region.
    pub(super) region: Option<&'a str>,
    /// The ARN of the task that failed.
    pub(super) task: Option<&'a str>,
    /// Whether a document holds the task that failed.
    pub(super) of_task: &'a dyn Fn(&Document) -> bool,
    /// What would be asked for without a document.
    pub(super) without: &'a dyn Fn(DocumentId) -> Vec<Request>,
}

impl Asked<'_> {
    /// The calls, once each. A stopped task does not change any more: its own output is not asked for again, but that of a task that was
    /// started since, where no other output would tell.
    pub(super) fn of(&self, causes: &[Cause]) -> Vec<Request> {
        let open: Vec<&Cause> = causes.iter().filter(|cause| cause.gone == Gone::Unknown).collect();
        if open.is_empty() {
            return Vec::new();
        }
        let cited = open.iter().flat_map(|cause| &cause.finding.evidence).map(|at| at.document);
        let cited: BTreeSet<DocumentId> = cited.collect();
        let mut calls: Vec<(Need, Operation, String)> = Vec::new();
        for document in cited.iter().filter_map(|id| self.evidence.document(*id)) {
            let printed = matches!(document.body, Body::Output(_) | Body::Error(_));
            let operation = document
                .operation
                .filter(|operation| printed && operation.cli().starts_with("aws "));
            let Some(operation) = operation.filter(|_| !(self.of_task)(document)) else {
                continue;
            };
            let found = match self.call(document, operation) {
                Some(call) => vec![call],
                None => self.planned(document, operation),
            };
            for call in found {
                let need = Need::Call(call.clone());
                if !calls.iter().any(|(known, ..)| *known == need) {
                    calls.push((need, operation, plan::line(&call, plan::Shell::Bash)));
                }
            }
        }
        let mut requests: Vec<Request> = Vec::new();
        for (need, operation, command) in calls {
            requests.push(request(
                requests.len(),
                need,
                operation,
                command,
                decided(self.evidence, &open, Some(operation)),
            ));
        }
        if requests.is_empty() {
            let cluster = self.task.and_then(cluster_of);
            let call = Call::new(Operation::EcsDescribeTasks)
                .option("cluster", cluster.unwrap_or_else(|| "CLUSTER".to_owned()))
                .option("tasks", "TASK")
                .in_region(self.region);
            let command = plan::line(&call, plan::Shell::Bash);
            let codes = decided(self.evidence, &open, None);
            requests.push(Request {
                why: Text::fixed(
                    "The cause was proven by the task's own error: a task that was started since shows whether it is gone.",
                    "原因の根拠はタスク自身のエラーでした。その後に開始されたタスクの出力で、解消したかどうかを確認できます。",
                ),
                ..request(0, Need::Call(call), Operation::EcsDescribeTasks, command, codes)
            });
        }
        requests
    }

    /// Of an output that was pasted without its command: what the plan would ask for, if it were not there.
    fn planned(&self, document: &Document, operation: Operation) -> Vec<Call> {
        let requests = (self.without)(document.id);
        let needs = requests.into_iter().flat_map(|request| request.settles);
        needs
            .filter_map(|need| match need {
                Need::Call(call) if call.operation == operation => Some(call),
                _ => None,
            })
            .collect()
    }

    /// The call that printed a document, as it was typed.
    fn call(&self, document: &Document, operation: Operation) -> Option<Call> {
        let command = document.command.as_ref()?;
        let mut call = Call::new(operation).in_region(command.region().or(self.region));
        let asked = command.options.iter();
        call.options = asked
            .filter(|(name, _)| !matches!(name.as_str(), "output" | "region" | "profile" | "query"))
            .map(|(name, values)| (name.clone(), values.clone()))
            .collect();
        Some(call)
    }
}

/// The causes that rest on outputs of an operation; all, where none is said.
fn decided(evidence: &Evidence, open: &[&Cause], operation: Option<Operation>) -> Vec<Code> {
    let rests = |cause: &&&Cause| {
        let cited = cause.finding.evidence.iter().filter_map(|at| evidence.document(at.document));
        operation.is_none_or(|operation| cited.into_iter().any(|document| document.operation == Some(operation)))
    };
    let mut codes: Vec<Code> = open.iter().filter(rests).map(|cause| cause.finding.code).collect();
    codes.dedup();
    codes
}

fn request(before: usize, need: Need, operation: Operation, command: String, decides: Vec<Code>) -> Request {
    Request {
        id: format!("r{}", before.saturating_add(1)),
        body: RequestBody::Command {
            operation: operation.name(),
            command,
        },
        why: Text::fixed(
            "The cause was proven by its output, which is not in the second set.",
            "この出力が原因の根拠でしたが、2 回目の出力には含まれていません。",
        ),
        decides,
        settles: vec![need],
    }
}
