// The built npm package, imported by its name as a customer would.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

import * as pulldoctor from "pulldoctor";

import { typeErrors } from "./types.mjs";

const { compare, diagnose, version } = pulldoctor;
const manifest = createRequire(import.meta.url)("pulldoctor/package.json");

const TASK = {
  taskArn: "arn:aws:ecs:us-east-1:111122223333:task/demo/0123456789abcdef0123456789abcdef",
  clusterArn: "arn:aws:ecs:us-east-1:111122223333:cluster/demo",
  taskDefinitionArn: "arn:aws:ecs:us-east-1:111122223333:task-definition/app:7",
  lastStatus: "STOPPED",
  desiredStatus: "STOPPED",
  launchType: "FARGATE",
  stopCode: "TaskFailedToStart",
  stoppedReason:
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: " +
    "unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed " +
    'caused by: Post "https://api.ecr.us-east-1.amazonaws.com/": dial tcp 44.213.79.10:443: i/o timeout. ' +
    "Please check your task network configuration.",
};
const PASTE = `$ aws ecs describe-tasks --cluster demo --tasks 0123\n${JSON.stringify({ tasks: [TASK], failures: [] }, null, 4)}\n`;

test("tells the version of its manifest", () => {
  assert.equal(version(), manifest.version);
  assert.equal(diagnose("").tool.version, manifest.version);
});

test("exports what it says and nothing else", () => {
  assert.deepEqual(Object.keys(pulldoctor).filter((name) => typeof pulldoctor[name] === "function").sort(), ["compare", "diagnose", "version"]);
});

test("diagnoses a paste", () => {
  const report = diagnose(PASTE);
  assert.equal(report.schema, "pulldoctor.report/1");
  assert.equal(report.task.arn, TASK.taskArn);
  assert.equal(report.symptom.cause, "timeout");
  assert.equal(report.documents[0].operation, "ecs:DescribeTasks");
  assert.ok(report.requests.length > 0, "a task alone proves nothing: something has to be asked for");
});

test("takes a text, bytes and inputs with names alike", () => {
  const report = diagnose(PASTE);
  const bytes = new TextEncoder().encode(PASTE);
  const named = (text) => diagnose([{ name: "stdin", text }]);
  assert.deepEqual(diagnose(bytes), report);
  assert.deepEqual(named(PASTE), report);
  assert.deepEqual(named(bytes), report);
  assert.equal(diagnose([{ name: "tasks.json", text: PASTE }]).documents[0].name, "tasks.json");
});

test("gives the same report for the same text, as plain data", () => {
  const report = diagnose(PASTE);
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  assert.equal(JSON.stringify(diagnose(PASTE)), JSON.stringify(report));
  assert.equal(report.task.private_ip, null);
});

test("tells what a second set of outputs changes", () => {
  const same = compare(PASTE, PASTE, { lang: "ja" });
  assert.equal(same.schema, "pulldoctor.comparison/1");
  assert.equal(same.verdict, "no_cause");
  assert.deepEqual(same.changes, []);
  assert.equal(same.report.task.arn, TASK.taskArn);
  assert.throws(() => compare(PASTE, 7), /expected a string/);
});

test("offers AWS's own runbook only while the task is remembered", () => {
  const stopped = PASTE.replace('"lastStatus"', '"stoppedAt": "2026-11-24T08:05:00Z", "lastStatus"');
  const offered = (now) => diagnose(stopped, { now }).requests.some(({ operation }) => operation === "ssm:StartAutomationExecution");
  assert.ok(offered("2026-11-24T08:30:00Z"));
  assert.ok(!offered("2026-11-24T10:30:00Z"));
  assert.ok(!offered(undefined));
});

test("speaks Japanese where asked", () => {
  assert.match(JSON.stringify(diagnose(PASTE, { lang: "ja" }).requests), /[ぁ-ん]/);
  assert.doesNotMatch(JSON.stringify(diagnose(PASTE, { lang: "en" })), /[ぁ-ん]/);
});

test("has something to say of any text", () => {
  for (const text of ["", "{", "hello", "\u0000\uFFFF", '{"tasks": [', [], [{ name: "empty", text: "" }]]) {
    assert.equal(diagnose(text).outcome, "insufficient_evidence", JSON.stringify(text));
  }
});

test("says which argument is wrong", () => {
  assert.throws(() => diagnose(7), /expected a string/);
  assert.throws(() => diagnose([{ text: "x" }]), /name/);
  assert.throws(() => diagnose([{ name: "x", text: 7 }]), /text/);
  assert.throws(() => diagnose("", { lang: "fr" }), /options/);
  assert.throws(() => diagnose("", { language: "ja" }), /options.*language/);
});

test("real reports are of the type that the package declares, and others are not", () => {
  const report = diagnose(PASTE);
  assert.deepEqual(typeErrors(report), []);
  assert.notDeepEqual(typeErrors({ ...report, outcome: "perhaps" }), []);
  assert.notDeepEqual(typeErrors({ ...report, undeclared: 1 }), []);
});
