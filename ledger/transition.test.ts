import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import { conversionRecordSchema } from '#schema/documents/conversion-document.ts'
import { warning } from '#schema/documents/warning.ts'
import {
  after,
  claim,
  conversionIn,
  corrupt,
  mp3,
  passing,
  queuedConversion,
  startedAt,
} from '#ledger/testing/sample-records.ts'
import { isFinished, mostRevocations, transition, type Command } from './transition.ts'

const running = conversionIn('RUNNING')
const states: readonly ConversionRecord[] = [
  queuedConversion,
  running,
  conversionIn('SUCCEEDED'),
  conversionIn('FAILED'),
  conversionIn('CANCELLED'),
  conversionIn('DELETED'),
]

const commands: Record<string, Command> = {
  claim: claim(0, 'lease-9'),
  'claim of another attempt': claim(5),
  succeed: { type: 'succeed', leaseId: 'lease-1', mp3s: [mp3], warnings: [] },
  'succeed under another lease': { type: 'succeed', leaseId: 'lease-0', mp3s: [mp3], warnings: [] },
  fail: { type: 'fail', leaseId: 'lease-1', failure: corrupt },
  'fail under another lease': { type: 'fail', leaseId: 'lease-0', failure: corrupt },
  'release after a failure': { type: 'release', leaseId: 'lease-1', failure: passing },
  'release at a shutdown': { type: 'release', leaseId: 'lease-1', failure: null, delayMs: 0 },
  'release under another lease': { type: 'release', leaseId: 'lease-0', failure: null, delayMs: 0 },
  evict: { type: 'evict', revision: 2, leaseId: 'lease-1', beat: 0 },
  'evict after a beat': { type: 'evict', revision: 2, leaseId: 'lease-1', beat: 7 },
  'evict of another revision': { type: 'evict', revision: 1, leaseId: 'lease-1', beat: 0 },
  cancel: { type: 'cancel' },
  delete: { type: 'delete' },
  revokeLinks: { type: 'revokeLinks' },
}

/** For each command, what becomes of each state: a status, or a refusal in parentheses. */
const table: Record<keyof typeof commands, string[]> = {
  //                              QUEUED             RUNNING           SUCCEEDED            FAILED               CANCELLED            DELETED
  claim: ['RUNNING', '(NOT_QUEUED)', '(NOT_QUEUED)', '(NOT_QUEUED)', '(NOT_QUEUED)', '(DELETED)'],
  'claim of another attempt': [
    '(NOT_QUEUED)',
    '(NOT_QUEUED)',
    '(NOT_QUEUED)',
    '(NOT_QUEUED)',
    '(NOT_QUEUED)',
    '(DELETED)',
  ],
  succeed: ['(LEASE_LOST)', 'SUCCEEDED', '(LEASE_LOST)', '(LEASE_LOST)', '(LEASE_LOST)', '(DELETED)'],
  'succeed under another lease': [
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(DELETED)',
  ],
  fail: ['(LEASE_LOST)', 'FAILED', '(LEASE_LOST)', '(LEASE_LOST)', '(LEASE_LOST)', '(DELETED)'],
  'fail under another lease': [
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(DELETED)',
  ],
  'release after a failure': [
    '(LEASE_LOST)',
    'QUEUED',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(DELETED)',
  ],
  'release at a shutdown': [
    '(LEASE_LOST)',
    'QUEUED',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(DELETED)',
  ],
  'release under another lease': [
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(DELETED)',
  ],
  evict: ['(LEASE_LOST)', 'QUEUED', '(LEASE_LOST)', '(LEASE_LOST)', '(LEASE_LOST)', '(DELETED)'],
  'evict after a beat': [
    '(LEASE_LOST)',
    '(LEASE_ALIVE)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(DELETED)',
  ],
  'evict of another revision': [
    '(LEASE_LOST)',
    '(LEASE_ALIVE)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(LEASE_LOST)',
    '(DELETED)',
  ],
  cancel: [
    'CANCELLED',
    'CANCELLED',
    '(ALREADY_FINISHED)',
    '(ALREADY_FINISHED)',
    '(ALREADY_FINISHED)',
    '(DELETED)',
  ],
  delete: ['(NOT_FINISHED)', '(NOT_FINISHED)', 'DELETED', 'DELETED', 'DELETED', '(DELETED)'],
  revokeLinks: [
    '(NOTHING_TO_REVOKE)',
    '(NOTHING_TO_REVOKE)',
    '(NOTHING_TO_REVOKE)',
    '(NOTHING_TO_REVOKE)',
    '(NOTHING_TO_REVOKE)',
    '(DELETED)',
  ],
}

describe('the transition table', () => {
  for (const [name, command] of Object.entries(commands)) {
    it('adds what a worker found odd to what was odd about the order, each once', () => {
      const ofOrder = warning('BITRATE_ABOVE_SOURCE', 'It becomes larger.')
      const found = warning('COVER_MISSING', 'There is none.')
      const warnings = [found, ofOrder, found]
      const succeed: Command = { type: 'succeed', leaseId: 'lease-1', mp3s: [mp3], warnings }
      const succeeded = after({ ...running, warnings: [ofOrder] }, succeed)
      assert.ok(succeeded.status === 'SUCCEEDED')
      assert.deepEqual(succeeded.warnings, [ofOrder, found])
    })

    it(`answers ${name} in every state`, () => {
      const outcomes = states.map((state) => {
        const outcome = transition(state, command, { at: startedAt, writeId: 'write' })
        return outcome.ok ? outcome.record.status : `(${outcome.refusal})`
      })
      assert.deepEqual(outcomes, table[name])
    })
  }
})

describe('a conversion', () => {
  it('is tried again after 5 s, 30 s and 5 min, and then it has failed', () => {
    const delays: unknown[] = []
    let record: ConversionRecord = queuedConversion
    for (let attempt = 0; record.status === 'QUEUED'; attempt++) {
      record = after(record, claim(attempt), {
        type: 'release',
        leaseId: `lease-${attempt + 1}`,
        failure: passing,
      })
      delays.push(record.status === 'QUEUED' ? record.retryDelayMs : record.status)
    }
    assert.deepEqual(delays, [5_000, 30_000, 300_000, 'FAILED'])
    assert.ok(record.status === 'FAILED')
    assert.equal(record.failure.code, 'CONVERTER_FAILED')
  })

  it('is tried again at once when its worker shut down, and that counts for nothing', () => {
    const record = after(running, {
      type: 'release',
      leaseId: 'lease-1',
      failure: null,
      delayMs: 0,
    })
    assert.ok(record.status === 'QUEUED')
    assert.deepEqual([record.retryDelayMs, record.failures, record.crashes], [0, 0, 0])
  })

  it('waits when its worker had no room for it, as often as that happens, and that counts for nothing', () => {
    let record: ConversionRecord = queuedConversion
    for (let times = 0; times < 10; times++) {
      record = after(record, claim(times), {
        type: 'release',
        leaseId: `lease-${times + 1}`,
        failure: null,
        delayMs: 30_000,
      })
    }
    assert.ok(record.status === 'QUEUED')
    assert.deepEqual([record.retryDelayMs, record.failures, record.crashes], [30_000, 0, 0])
  })

  it('owes a mail about its success and its failure, and none where a guest ordered it', () => {
    const debtsAfter = (toBeMailed: boolean, end: Command) => {
      const ended = after({ ...running, toBeMailed }, end)
      return ended.status === 'DELETED' ? null : ended.owes
    }
    for (const end of [commands['succeed']!, commands['fail']!]) {
      assert.deepEqual(debtsAfter(true, end), ['mail'])
      assert.deepEqual(debtsAfter(false, end), [])
    }
  })

  it('has failed when its fifth worker died', () => {
    let record: ConversionRecord = queuedConversion
    let deaths = 0
    for (; record.status === 'QUEUED'; deaths++) {
      const claimed = after(record, claim(deaths))
      record = after(claimed, {
        type: 'evict',
        revision: claimed.revision,
        leaseId: `lease-${deaths + 1}`,
        beat: 0,
      })
    }
    assert.equal(deaths, 5)
    assert.ok(record.status === 'FAILED')
    assert.equal(record.failure.code, 'WORKER_CRASHED')
  })

  it('has its links revoked when some were given out, each time once, and not for ever', () => {
    let record: ConversionRecord = { ...conversionIn('SUCCEEDED'), linksGiven: true }
    const revoke = (current: ConversionRecord) =>
      transition(current, { type: 'revokeLinks' }, { at: startedAt, writeId: 'write' })
    for (let times = 1; times <= mostRevocations; times++) {
      const revoked = revoke(record)
      assert.ok(revoked.ok && revoked.record.status === 'SUCCEEDED')
      assert.deepEqual([revoked.record.linkGeneration, revoked.record.linksGiven], [times, false])
      assert.deepEqual(revoke(revoked.record), { ok: false, refusal: 'NOTHING_TO_REVOKE' })
      record = { ...revoked.record, linksGiven: true }
    }
    assert.deepEqual(revoke(record), { ok: false, refusal: 'TOO_MANY_REVOCATIONS' })
    const asText = JSON.stringify({ ...record, announce: 'done' })
    assert.ok(asText.length < 20_000, `${asText.length} bytes, however often a stranger asks`)
    assert.equal(after(record, { type: 'delete' }).status, 'DELETED')
  })

  it('keeps its rules under any sequence of commands', () => {
    const leaseIds = fc.constantFrom('lease-1', 'lease-2', 'lease-3')
    const anyCommand: fc.Arbitrary<Command> = fc.oneof(
      fc.record({
        type: fc.constant('claim' as const),
        attempt: fc.nat(3),
        leaseId: leaseIds,
        workerId: fc.constant('w'),
      }),
      fc.record({
        type: fc.constant('succeed' as const),
        leaseId: leaseIds,
        mp3s: fc.constant([mp3]),
        warnings: fc.constant([]),
      }),
      fc.record({ type: fc.constant('fail' as const), leaseId: leaseIds, failure: fc.constant(corrupt) }),
      fc.record({
        type: fc.constant('release' as const),
        leaseId: leaseIds,
        failure: fc.constant(passing),
      }),
      fc.record({
        type: fc.constant('release' as const),
        leaseId: leaseIds,
        failure: fc.constant(null),
        delayMs: fc.constantFrom(0, 30_000),
      }),
      fc.record({
        type: fc.constant('evict' as const),
        revision: fc.nat(6),
        leaseId: leaseIds,
        beat: fc.constant(0),
      }),
      fc.constantFrom<Command>({ type: 'cancel' }, { type: 'delete' }, { type: 'revokeLinks' }),
    )
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyCommand, fc.constant('a link is given out' as const)), { maxLength: 30 }),
        (sequence) => {
          let record: ConversionRecord = queuedConversion
          for (const command of sequence) {
            record = command === 'a link is given out' ? withLinksGiven(record) : step(record, command)
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

const withLinksGiven = (record: ConversionRecord): ConversionRecord =>
  record.status === 'SUCCEEDED' ? { ...record, linksGiven: true } : record

function step(before: ConversionRecord, command: Command): ConversionRecord {
  const frozen = structuredClone(before)
  const outcome = transition(before, command, { at: startedAt, writeId: 'write' })
  assert.deepEqual(before, frozen, 'nothing is changed in place')
  if (!outcome.ok) return before
  const { record } = outcome
  conversionRecordSchema.parse(record)
  assert.equal(record.revision, before.revision + 1)
  assert.equal(record.announce, 'pending')
  if (record.status === 'DELETED' || before.status === 'DELETED') return record
  assert.deepEqual(
    record.events.map((event) => event.sequence),
    Array.from({ length: record.revision }, (_, index) => index + 1),
  )
  assert.equal(record.events.at(-1)?.status, record.status)
  assert.equal(record.attempt - before.attempt, command.type === 'claim' ? 1 : 0)
  const revocations = record.events.filter(({ type }) => type === 'LINKS_REVOKED').length
  assert.equal(revocations, record.linkGeneration)
  assert.equal(record.linkGeneration - before.linkGeneration, command.type === 'revokeLinks' ? 1 : 0)
  if (command.type === 'revokeLinks') assert.ok(before.linksGiven && !record.linksGiven)
  if (isFinished(before))
    assert.deepEqual(
      [record.status, record.mp3s, record.failure],
      [before.status, before.mp3s, before.failure],
    )
  return record
}
