// Answers IAM cases with @cloud-copilot/iam-simulate: one JSON case per line on stdin, one JSON answer per line on stdout.
// The library is AGPL-3.0. It runs here as a process of its own, only in tests, and is never linked, copied or shipped.
import { createInterface } from 'node:readline'
import { runSimulation } from '@cloud-copilot/iam-simulate'

/** Gives every document the name that the library wants. */
const named = (documents, prefix) => (documents ?? []).map((policy, i) => ({ name: `${prefix}-${i}`, policy }))

/** A list of levels, root first; each level is a list of documents. */
const byLevel = (levels, prefix) =>
  (levels ?? []).map((documents, i) => ({ orgIdentifier: `${prefix}-${i}`, policies: named(documents, `${prefix}-${i}`) }))

function toSimulation(testCase) {
  const { principal, action, resource, contextVariables } = testCase
  const simulation = {
    request: {
      principal,
      action,
      resource: { resource: resource.arn, accountId: resource.accountId },
      contextVariables: contextVariables ?? {},
    },
    identityPolicies: named(testCase.identityPolicies, 'identity'),
    serviceControlPolicies: byLevel(testCase.scps, 'scp'),
    resourceControlPolicies: byLevel(testCase.rcps, 'rcp'),
  }
  if (testCase.resourcePolicy) simulation.resourcePolicy = testCase.resourcePolicy
  if (testCase.sessionPolicy) simulation.sessionPolicy = testCase.sessionPolicy
  if (testCase.boundary) simulation.permissionBoundaryPolicies = named([testCase.boundary].flat(), 'boundary')
  if (testCase.vpcEndpointPolicies) simulation.vpcEndpointPolicies = named(testCase.vpcEndpointPolicies, 'endpoint')
  return simulation
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line === '') continue
  const testCase = JSON.parse(line)
  let answer
  try {
    const result = await runSimulation(toSimulation(testCase), {})
    answer = result.resultType === 'error' ? { error: JSON.stringify(result.errors) } : { verdict: result.overallResult }
  } catch (error) {
    answer = { error: String(error) }
  }
  process.stdout.write(`${JSON.stringify({ id: testCase.id, ...answer })}\n`)
}
