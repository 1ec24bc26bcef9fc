import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { DomainError } from '#runtime/domain-error.ts'
import { createLiveConnection } from './live-connection.ts'

/** Tokens here read `<user> <milliseconds of life>`. */
const identify = async (authorization: unknown) => {
  if (authorization === undefined) return null
  if (authorization === 'away') throw new DomainError('SERVICE_UNAVAILABLE')
  if (typeof authorization !== 'string' || !authorization.includes(' '))
    throw new DomainError('UNAUTHENTICATED')
  const [userId = '', lifeMs] = authorization.split(' ')
  return {
    authorization,
    identity: { userId, sessionId: 's', emailVerified: true, isGuest: false, expiresAtMs: Number(lifeMs) },
  }
}

function open({ mock: { timers } }: TestContext) {
  timers.enable({ apis: ['setTimeout'] })
  const closes: number[] = []
  let [isEnded, tell] = [false, () => {}]
  const connection = createLiveConnection({
    identify,
    ended: { has: () => isEnded, watch: (listener) => ((tell = listener), () => undefined) },
    address: '203.0.113.7',
    userAgent: '',
    takePlace: () => () => undefined,
    tokenTimeoutMs: 15_000,
    close: (code) => closes.push(code),
    now: () => 0,
  })
  const end = () => {
    isEnded = true
    tell()
  }
  return { connection, closes, timers, end }
}

describe('a live connection', () => {
  it('ends when its token does', async (t) => {
    const { connection, closes, timers } = open(t)
    assert.equal(await connection.admit('ada 1000'), true)
    timers.tick(999)
    assert.deepEqual(closes, [])
    timers.tick(1)
    assert.deepEqual(closes, [4403])
  })

  it('ends when its session does, long before its token', async (t) => {
    const { connection, closes, end } = open(t)
    await connection.admit('ada 1000')
    end()
    assert.deepEqual(closes, [4403])
  })

  it('goes on with a fresher token of the same user, and never with an older one', async (t) => {
    const { connection, closes, timers } = open(t)
    await connection.admit('ada 1000')
    await connection.renew('ada 2000')
    await connection.renew('ada 500')
    assert.equal(connection.client?.authorization, 'ada 2000')
    timers.tick(1_999)
    assert.deepEqual(closes, [])
  })

  it('ends when it is renewed by another user or with nonsense', async (t) => {
    const { connection, closes } = open(t)
    await connection.admit('ada 1000')
    await connection.renew('bob 2000')
    await connection.renew('nonsense')
    assert.deepEqual(closes, [4403, 4403])
  })

  it('does not become somebody who was nobody', async (t) => {
    const { connection, closes } = open(t)
    assert.equal(await connection.admit(undefined), true)
    await connection.renew('ada 1000')
    assert.deepEqual([closes, connection.client], [[4403], null])
  })

  it('asks to come back later while tokens cannot be verified, but keeps whom it knows', async (t) => {
    const { connection, closes } = open(t)
    assert.equal(await connection.admit('away'), false)
    assert.deepEqual(closes, [1013])
    await connection.admit('ada 1000')
    await connection.renew('away')
    assert.deepEqual(closes, [1013])
  })
})
