import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { describe, it, mock } from 'node:test'
import { DomainError } from '#runtime/domain-error.ts'
import type { PassThroughReply } from '#runtime/process/pass-through.ts'
import { createDownloadGate, type DownloadLimits } from './download-gate.ts'

const isPutOff = (error: unknown) =>
  error instanceof DomainError &&
  error.code === 'SERVICE_UNAVAILABLE' &&
  error.details.retryAfterMs !== undefined

const usual: DownloadLimits = { mostWaiting: 1_000, mostBegunAtOnce: 32, mostUnderWay: 1_000 }

function createRig(limits: Partial<DownloadLimits>) {
  const begun: string[] = []
  const gate = createDownloadGate({ ...usual, ...limits }, ({ headers }) => String(headers['from']))
  const ask = (address: string) => {
    const socket = { destroy: mock.fn() }
    const raw = Object.assign(new EventEmitter(), { writableFinished: false })
    const request = { socket, headers: { from: address } } as unknown as IncomingMessage
    const admitted = gate(request, { raw } as unknown as PassThroughReply).then((answered) => {
      begun.push(address)
      return answered
    })
    admitted.catch(() => undefined)
    return { admitted, socket, leave: () => void raw.emit('close') }
  }
  return { begun, ask }
}

const settled = () => new Promise(setImmediate)

describe('the gate of downloads', () => {
  it('lets few begin at once, by turns of where they come from, however many one asks for', async () => {
    const { begun, ask } = createRig({ mostBegunAtOnce: 2 })
    const greedy = Array.from({ length: 100 }, () => ask('198.51.100.1'))
    const honest = ask('203.0.113.7')
    await settled()
    assert.deepEqual(begun, ['198.51.100.1', '198.51.100.1'])
    ;(await greedy[0]!.admitted)()
    ;(await greedy[1]!.admitted)()
    await honest.admitted
    assert.deepEqual(begun.slice(2).toSorted(), ['198.51.100.1', '203.0.113.7'])
  })

  it('cuts off the oldest of who has the most when too many are under way', async () => {
    const { ask } = createRig({ mostUnderWay: 3 })
    const honest = ask('203.0.113.7')
    const greedy = Array.from({ length: 4 }, () => ask('198.51.100.1'))
    await settled()
    const cutOff = greedy.map(({ socket }) => socket.destroy.mock.callCount())
    assert.deepEqual(cutOff, [1, 1, 0, 0])
    assert.equal(honest.socket.destroy.mock.callCount(), 0)
  })

  it('tells the one who has most waiting to come again when too many wait', async () => {
    const { ask } = createRig({ mostWaiting: 3, mostBegunAtOnce: 1 })
    const greedy = Array.from({ length: 4 }, () => ask('198.51.100.1'))
    const honest = ask('203.0.113.7')
    const answered = await greedy[0]!.admitted
    await assert.rejects(greedy[3]!.admitted, isPutOff)
    answered()
    ;(await greedy[1]!.admitted)()
    await honest.admitted
  })

  it('begins nothing for who has gone, and keeps the place of who has begun until media has answered', async () => {
    const { begun, ask } = createRig({ mostBegunAtOnce: 1 })
    const first = ask('198.51.100.1')
    const answered = await first.admitted
    const gone = ask('198.51.100.1')
    const next = ask('203.0.113.7')
    gone.leave()
    first.leave()
    await settled()
    await assert.rejects(gone.admitted)
    assert.deepEqual(begun, ['198.51.100.1'])
    answered()
    await next.admitted
  })
})
