import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'

let rig: RouterRig
let ada: { authorization: string }
before(async () => {
  rig = await startRouterRig()
  ada = { authorization: await rig.tokens.bearer('ada') }
})
beforeEach(() => void rig.logged.splice(0))
after(() => rig[Symbol.asyncDispose]())

describe('an operation over HTTP', () => {
  it('crosses both subgraphs, as the user, under one request id of ours, whatever the client calls it', async () => {
    const query = '{ me { id } conversion(id: "c1:ada") { status owner { email } } }'
    const { status, headers, body } = await rig.query(query, {
      headers: { ...ada, 'x-request-id': 'chosen-by-the-client', 'user-agent': `Firefox/${'1'.repeat(300)}` },
    })
    assert.equal(status, 200)
    const conversion = { status: 'QUEUED', owner: { email: 'ada@example.com' } }
    assert.deepEqual(body, { data: { me: { id: 'ada' }, conversion } })
    assert.equal(headers.get('strict-transport-security'), 'max-age=31536000')
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    const requestId = headers.get('x-request-id')
    assert.match(requestId ?? '', /^[\da-f-]{36}$/)
    assert.deepEqual(rig.auth.requests.at(-1), {
      requestId,
      userId: 'ada',
      sessionId: 'session-of-ada',
      clientAddress: '127.0.0.1',
      userAgent: `Firefox/${'1'.repeat(248)}`,
    })
  })

  it('is logged on one line, without its variables and without the token', async () => {
    const query = 'query Mine($id: ID!) { conversion(id: $id) { id } }'
    await rig.query(query, { headers: ada, variables: { id: 'c-variable' } })
    const [line, ...others] = rig.logged.filter((one) => one.includes('"operation finished"'))
    assert.equal(others.length, 0)
    const { userId, operationName, operationType, msg } = JSON.parse(line!) as Record<string, unknown>
    assert.deepEqual(
      [userId, operationName, operationType, msg],
      ['ada', 'Mine', 'query', 'operation finished'],
    )
    assert.doesNotMatch(rig.logged.join(), /c-variable|eyJ/)
  })

  it('is logged without a name where the client names none that it could have', async () => {
    const already = rig.logged.length
    for (const operationName of ['Other\u009B2J', 'two words', 'a'.repeat(101), ''])
      await fetch(`${rig.origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'query Mine { me { id } }', operationName }),
      })
    const finished = rig.logged.slice(already).filter((one) => one.includes('"operation finished"'))
    assert.ok(finished.length >= 3)
    for (const line of finished)
      assert.ok([undefined, 'Mine'].includes((JSON.parse(line) as { operationName?: string }).operationName))
  })

  it('asks each subgraph once for an entity that is mentioned often', async () => {
    const already = rig.auth.requests.length
    const query =
      '{ a: conversion(id: "c1:ada") { owner { email } } b: conversion(id: "c2:ada") { owner { email } } }'
    const { body } = await rig.query(query, { headers: ada })
    const owner = { owner: { email: 'ada@example.com' } }
    assert.deepEqual(body.data, { a: owner, b: owner })
    assert.ok(rig.auth.requests.length <= already + 2)
  })

  it('does not let a client speak with the assertion of a service', async () => {
    const forged = { 'x-earshot-assertion': 'v1.mailer.0.forged', ...ada }
    const { body } = await rig.query('{ me { id } }', { headers: forged })
    assert.deepEqual(body.data, { me: { id: 'ada' } })
  })
})
