// Compiled by tsc and never run: the package's types are what a TypeScript customer relies on.

import { compare, diagnose, version, type Comparison, type Finding, type Input, type Options, type Report } from "pulldoctor";

export const text: string = version();

const options: Options = { lang: "ja", task: "arn:aws:ecs:us-east-1:111122223333:task/demo/0123", answers: { q1: "yes" }, now: "2026-11-24T08:30:00Z" };
const inputs: readonly Input[] = [{ name: "tasks.json", text: "{}" }, { name: "roles.json", text: new Uint8Array() }];
const report: Report = diagnose("", options);

export const reports: Report[] = [report, diagnose(new Uint8Array()), diagnose(inputs, {}), diagnose(inputs)];
export const causes: Finding[] = report.findings.filter(({ role }) => role === "cause");
const compared: Comparison = compare(inputs, "", options);
export const reportOfBoth: Report = compared.report;
export const gone: string[] = compared.causes.filter(({ verdict }) => verdict === "gone").map(({ code }) => code);
export const commands: string[] = report.requests.flatMap((request) => (request.kind === "command" ? [request.command] : []));

// @ts-expect-error The outcome is one of five words.
export const never: boolean = report.outcome === "perhaps";
// @ts-expect-error There are two languages.
diagnose("", { lang: "fr" });
// @ts-expect-error What is not known is null, and has to be asked for.
export const arn: string = report.task.arn;
// @ts-expect-error A number is no text.
diagnose(7);
