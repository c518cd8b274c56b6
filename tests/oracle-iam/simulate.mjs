// Answers IAM cases with @cloud-copilot/iam-simulate: one JSON case per line on stdin, one JSON answer per line on stdout.
// The library is AGPL-3.0. It runs here as a process of its own, only in tests, and is never linked, copied or shipped.
import { createInterface } from 'node:readline'
import { runSimulation } from '@cloud-copilot/iam-simulate'

/** Gives every document the name that the library wants. */
const named = (documents, prefix) => (documents ?? []).map((policy, i) => ({ name: `${prefix}-${i}`, policy }))

/** A list of levels, root first; each level is a list of documents. */
const byLevel = (levels, prefix) =>
  (levels ?? []).map((documents, i) => ({ orgIdentifier: `${prefix}-${i}`, policies: named(documents, `${prefix}-${i}`) }))

const full = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

/**
 * An endpoint's policy with `*` as its principals and the same answer. The library takes no other principals there, but reads them in a
 * resource's policy: so the document is asked as one, of a resource in another account, for a caller whose own policies allow everything.
 */
async function forEveryone(policy, testCase) {
  const gateway = testCase.vpcEndpointType === 'Gateway' && !testCase.principal.endsWith(':root')
  const kept = [policy.Statement].flat().flatMap((statement) => {
    if (!gateway || statement.Principal === '*') return [statement]
    // On a gateway endpoint an account stands for its root user only.
    const names = [statement.Principal.AWS ?? []].flat().filter((name) => !/^(\d{12}|.*:root)$/.test(name))
    return names.length === 0 ? [] : [{ ...statement, Principal: { AWS: names } }]
  })
  const answer = (effect) => ({ ...full, Statement: [{ ...full.Statement[0], Effect: effect, Principal: '*' }] })
  const silent = { ...full, Statement: [{ ...full.Statement[0], Principal: '*', Action: 'iam:GetUser' }] }
  if (kept.length === 0) return silent
  const asked = toSimulation({ ...testCase, sessionPolicy: null, boundary: null, scps: [], rcps: [], vpcEndpointPolicies: null })
  asked.identityPolicies = named([full], 'identity')
  asked.resourcePolicy = { ...policy, Statement: kept }
  asked.request.resource.accountId = '999999999999'
  const result = await runSimulation(asked, {})
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors))
  if (result.overallResult === 'ImplicitlyDenied') return silent
  return answer(result.overallResult === 'Allowed' ? 'Allow' : 'Deny')
}

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
    const endpoints = testCase.vpcEndpointPolicies ?? []
    if (endpoints.some((policy) => [policy.Statement].flat().some((statement) => statement.Principal !== '*'))) {
      testCase.vpcEndpointPolicies = await Promise.all(endpoints.map((policy) => forEveryone(policy, testCase)))
    }
    const result = await runSimulation(toSimulation(testCase), {})
    answer =
      result.resultType === 'error'
        ? { error: JSON.stringify(result.errors) }
        : { verdict: result.overallResult, ignored: result.result?.ignoredContextKeys }
  } catch (error) {
    answer = { error: String(error) }
  }
  process.stdout.write(`${JSON.stringify({ id: testCase.id, ...answer })}\n`)
}
