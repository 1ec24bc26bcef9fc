import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import { randomUUID } from 'node:crypto'
import type { ConversionDocument, ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { ConversionUpdateSource } from '#schema/resolvers/conversion-update.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { conversionIn, queuedConversion } from '#ledger/testing/sample-records.ts'
import { mostRevocations, transition } from '#ledger/transition.ts'
import { conversionUpdates } from './conversion-updates.ts'
import type { LiveListener } from './live-hub.ts'

const running = conversionIn('RUNNING')
const succeeded = conversionIn('SUCCEEDED')

/** A hub that tells what the test says, and a document that is what the test says. */
function rig(document: ConversionDocument, afterSequence: number | null = null) {
  const listeners = new Set<LiveListener>()
  const state = { document, reads: 0 }
  const hub = {
    listen: (_id: string, listener: LiveListener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const readConversion = async () => {
    state.reads++
    return state.document
  }
  const updates = conversionUpdates({ hub, readConversion }, 'conversion-1', afterSequence)
  const change = (next: ConversionDocument) => {
    state.document = next
    for (const listener of listeners) listener.changed()
  }
  const progress = (percent: number, attempt = 1) => {
    const message = {
      conversionId: 'conversion-1',
      attempt,
      sequence: 2,
      progress: { percent, speed: 10, etaMs: 1 },
      at: new Date().toISOString(),
    }
    for (const listener of listeners) listener.progressed(message)
  }
  return { updates, change, progress, listeners, state }
}

const brief = ({ sequence, type, status }: ConversionUpdateSource) => `${sequence} ${type} ${status}`

async function take(updates: AsyncIterator<ConversionUpdateSource>, count: number): Promise<string[]> {
  const taken: string[] = []
  while (taken.length < count) {
    const next = await updates.next()
    if (next.done) break
    taken.push(brief(next.value))
  }
  return taken
}

describe('a subscription to a conversion', () => {
  it('begins with a snapshot, tells every later state, and ends when it has finished', async () => {
    const { updates, change, listeners } = rig(queuedConversion)
    assert.deepEqual(await take(updates, 1), ['1 SNAPSHOT QUEUED'])
    change(running)
    assert.deepEqual(await take(updates, 1), ['2 STATE RUNNING'])
    change(succeeded)
    assert.deepEqual(await take(updates, 9), ['3 STATE SUCCEEDED'])
    assert.equal(listeners.size, 0)
  })

  it('tells only what is later than the sequence it is given', async () => {
    assert.deepEqual(await take(rig(succeeded, 1).updates, 9), ['2 STATE RUNNING', '3 STATE SUCCEEDED'])
    assert.deepEqual(await take(rig(succeeded, 3).updates, 9), [])
  })

  it('replays little, however often a stranger had links given out and revoked', async () => {
    let often: ConversionRecord = succeeded
    for (;;) {
      if (often.status !== 'SUCCEEDED') return assert.fail('it is another status')
      const given = { ...often, linksGiven: true }
      const revoked = transition(given, { type: 'revokeLinks' }, { at: new Date(), writeId: randomUUID() })
      if (!revoked.ok) break
      often = revoked.record
    }
    const { updates } = rig(often, 0)
    let [count, bytes] = [0, 0]
    for await (const { conversion } of updates) {
      count++
      bytes += JSON.stringify(conversion.events).length
    }
    assert.equal(count, 3 + mostRevocations)
    assert.ok(bytes < 1_000_000, `${bytes} bytes where every event asks for all events`)
  })

  it('fills a gap from the document when messages were lost', async () => {
    const { updates, change } = rig(queuedConversion)
    await take(updates, 1)
    change(succeeded)
    assert.deepEqual(await take(updates, 9), ['2 STATE RUNNING', '3 STATE SUCCEEDED'])
  })

  it('says nothing twice when a message comes twice', async () => {
    const { updates, change } = rig(running)
    await take(updates, 1)
    change(running)
    change(running)
    change(succeeded)
    assert.deepEqual(await take(updates, 9), ['3 STATE SUCCEEDED'])
  })

  it('keeps only the newest progress for a slow reader, and every state', async () => {
    const { updates, change, progress } = rig(running)
    await take(updates, 1)
    for (const percent of [10, 20, 30]) progress(percent)
    const next = await updates.next()
    assert.equal(next.value?.type, 'PROGRESS')
    assert.equal(next.value?.conversion.progress?.percent, 30)
    progress(40)
    change(succeeded)
    assert.deepEqual(await take(updates, 9), ['3 STATE SUCCEEDED'])
  })

  it('passes over progress of an attempt that is not the running one', async () => {
    const { updates, change, progress } = rig(running)
    await take(updates, 1)
    progress(50, 7)
    const next = take(updates, 9)
    change(succeeded)
    assert.deepEqual(await next, ['3 STATE SUCCEEDED'])
  })

  it('ends at once when it is ended while it waits', async () => {
    const { updates, listeners } = rig(running)
    await take(updates, 1)
    const waiting = updates.next()
    await updates.return?.()
    assert.deepEqual(await waiting, { done: true, value: undefined })
    assert.equal(listeners.size, 0)
  })

  it('reads again every 15 s, in case the last message was lost', async () => {
    mock.timers.enable({ apis: ['setInterval'] })
    try {
      const { updates, state } = rig(running)
      await take(updates, 1)
      state.document = succeeded
      const next = take(updates, 9)
      mock.timers.tick(15_000)
      assert.deepEqual(await next, ['3 STATE SUCCEEDED'])
    } finally {
      mock.timers.reset()
    }
  })

  it('stops listening when the conversion is gone', async () => {
    const listeners = new Set<LiveListener>()
    const hub = {
      listen: (_id: string, listener: LiveListener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    }
    const readConversion = () => Promise.reject(new DomainError('NOT_FOUND'))
    const updates = conversionUpdates({ hub, readConversion }, 'conversion-1', null)
    await assert.rejects(updates.next(), { code: 'NOT_FOUND' })
    assert.equal(listeners.size, 0)
  })
})
