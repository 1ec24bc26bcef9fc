import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buildSchema, type FormattedExecutionResult } from 'graphql'
import type { Sink, SubscribePayload } from 'graphql-ws'
import { pino } from 'pino'
import { waitUntil } from '#runtime/process/wait-until.ts'
import type { RouterContext } from '#router/router-context.ts'
import { createUpstream, type UpstreamOperation } from './upstream-subscription.ts'

const schema = buildSchema(`
  type Query { a: Int }
  type Subscription { updated(id: ID!, afterSequence: Int): Update!, ticked: Int! }
  type Update { sequence: Int! type: String! }
`)
const context: RouterContext = {
  requestId: 'r',
  log: pino({ level: 'silent' }),
  clientAddress: '203.0.113.7',
  userAgent: '',
  signal: new AbortController().signal,
  cost: 1,
  client: () => null,
  takesStream: true,
}
const updated = {
  query: 'subscription { updated(id: "1") { sequence } }',
  operationName: undefined,
  variables: {},
}

interface Attempt {
  readonly query: string
  readonly proof: unknown
  readonly sink: Sink<FormattedExecutionResult>
  isStopped: boolean
}

/** A subgraph whose every attempt to subscribe is in the test's hands. */
function createFakeSubgraph() {
  const attempts: Attempt[] = []
  let proofs = 0
  const subscribe = (payload: SubscribePayload, sink: Sink<FormattedExecutionResult>) => {
    const attempt: Attempt = {
      query: payload.query,
      proof: payload.extensions?.['proof'],
      sink,
      isStopped: false,
    }
    attempts.push(attempt)
    return () => {
      attempt.isStopped = true
      sink.complete()
    }
  }
  const sign = ({ query }: UpstreamOperation) => ({ query, extensions: { proof: proofs++ } })
  return {
    open: createUpstream({ subscribe, sign, pauseMs: () => 0 }),
    attempt: (number: number): Promise<Attempt> =>
      waitUntil(`attempt ${number} was made`, () => attempts[number - 1], { everyMs: 1 }),
  }
}

const state = (sequence: number, type = 'STATE') => ({
  data: { updated: { sequence, earshotMarkSequence: sequence, earshotMarkType: type } },
})
const lost = { code: 1006, reason: '' }

describe('following a live operation', () => {
  it('goes on after the last event when the subgraph is lost, each time with a fresh proof', async () => {
    const subgraph = createFakeSubgraph()
    const events = subgraph.open(updated, schema, context)
    const first = await subgraph.attempt(1)
    assert.doesNotMatch(first.query, /afterSequence/)
    first.sink.next(state(4))
    first.sink.next(state(5))
    first.sink.error(lost)
    const second = await subgraph.attempt(2)
    assert.match(second.query, /afterSequence: 5/)
    second.sink.error(new Error('ECONNREFUSED'))
    const third = await subgraph.attempt(3)
    assert.deepEqual([first.proof, second.proof, third.proof], [0, 1, 2])
    third.sink.next(state(6))
    third.sink.complete()
    assert.deepEqual((await events.next()).value, state(4))
    assert.deepEqual((await events.next()).value, state(5))
    assert.deepEqual((await events.next()).value, state(6))
    assert.equal((await events.next()).done, true)
  })

  it('starts anew where nothing was told yet, and where events have no numbers', async () => {
    const subgraph = createFakeSubgraph()
    subgraph.open(updated, schema, context)
    ;(await subgraph.attempt(1)).sink.error(lost)
    assert.doesNotMatch((await subgraph.attempt(2)).query, /afterSequence/)

    const other = createFakeSubgraph()
    const ticks = { ...updated, query: 'subscription { ticked }' }
    other.open(ticks, schema, context)
    ;(await other.attempt(1)).sink.error(lost)
    assert.equal((await other.attempt(2)).query, ticks.query)
  })

  it('ends with the errors of a subgraph that refuses, in either of the forms they come in', async () => {
    const errors = [{ message: 'There is no such conversion.', extensions: { code: 'NOT_FOUND' } }]
    const refusals: ((sink: Attempt['sink']) => void)[] = [
      (sink) => sink.error(errors),
      (sink) => sink.next({ errors }),
    ]
    for (const refuse of refusals) {
      const subgraph = createFakeSubgraph()
      const events = subgraph.open(updated, schema, context)
      refuse((await subgraph.attempt(1)).sink)
      await assert.rejects(events.next(), { name: 'SubscriptionFailure', errors })
    }
  })

  it('ends alone where it is larger than the subgraph takes, and is not tried again', async () => {
    const subgraph = createFakeSubgraph()
    const events = subgraph.open(updated, schema, context)
    const tooBig = Object.assign(new Error('closed'), { code: 1009 })
    ;(await subgraph.attempt(1)).sink.error(tooBig)
    await assert.rejects(events.next(), { name: 'SubscriptionFailure', message: /too large/ })

    const innocent = createFakeSubgraph()
    const others = innocent.open(updated, schema, context)
    const first = await innocent.attempt(1)
    first.sink.next(state(4))
    first.sink.error(tooBig)
    ;(await innocent.attempt(2)).sink.next(state(5))
    assert.deepEqual((await others.next()).value, state(4))
    assert.deepEqual((await others.next()).value, state(5))
  })

  it('is not opened where it would be larger than the subgraph takes', async () => {
    const subgraph = createFakeSubgraph()
    const query = updated.query.replace('1', 'x'.repeat(4 * 1024 * 1024))
    const events = subgraph.open({ ...updated, query }, schema, context)
    await assert.rejects(events.next(), { code: 'OPERATION_LIMIT_EXCEEDED' })
  })

  it('tries again where the subgraph says that it is away', async () => {
    const subgraph = createFakeSubgraph()
    subgraph.open(updated, schema, context)
    ;(await subgraph.attempt(1)).sink.error([
      { message: '', extensions: { code: 'SERVICE_UNAVAILABLE' } },
    ] as never)
    await subgraph.attempt(2)
  })

  it('gives a slow client every state and the newest progress', async () => {
    const subgraph = createFakeSubgraph()
    const events = subgraph.open(updated, schema, context)
    const { sink } = await subgraph.attempt(1)
    for (let count = 0; count < 1_000; count++) sink.next(state(2, 'PROGRESS'))
    sink.next(state(3))
    assert.deepEqual((await events.next()).value, state(2, 'PROGRESS'))
    assert.deepEqual((await events.next()).value, state(3))
  })

  it('lets the subgraph go when the client leaves', async () => {
    const subgraph = createFakeSubgraph()
    const events = subgraph.open(updated, schema, context)
    const attempt = await subgraph.attempt(1)
    const next = events.next()
    await events.return()
    assert.equal((await next).done, true)
    assert.equal(attempt.isStopped, true)
  })
})
