import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { createLocalThrottleStore } from './local-throttle-store.ts'
import { rateSetting } from './rate.ts'
import type { ThrottleStore } from './throttle-store.ts'
import { createThrottles } from './throttles.ts'

const log = pino({ level: 'silent' })
const away: ThrottleStore = {
  add: () => Promise.reject(new Error('away')),
  takeBack: () => Promise.reject(new Error('away')),
}

function throttleOf(store: ThrottleStore = createLocalThrottleStore()) {
  let nowMs = Date.UTC(2026, 0, 1)
  const throttle = createThrottles({ store, log, now: () => new Date(nowMs) })
  return { throttle, pass: (ms: number) => void (nowMs += ms) }
}

const tooMany = { code: 'TOO_MANY_REQUESTS' }

describe('a throttle', () => {
  it('refuses what goes beyond its rate, says for how long, and takes it after that', async () => {
    const { throttle, pass } = throttleOf()
    const signIn = throttle('sign-in', { count: 2, windowMs: 60_000 })
    await signIn.take('ann')
    await signIn.take('ann')
    let retryAfterMs = 0
    await assert.rejects(signIn.take('ann'), (error: { code: string; details: { retryAfterMs: number } }) => {
      retryAfterMs = error.details.retryAfterMs
      return error.code === 'TOO_MANY_REQUESTS'
    })
    assert.ok(retryAfterMs > 0 && retryAfterMs <= 60_000)
    pass(retryAfterMs - 1)
    await assert.rejects(signIn.take('ann'), tooMany)
    pass(1)
    await signIn.take('ann')
  })

  it('counts each key and each thing that is done for itself', async () => {
    const { throttle } = throttleOf()
    const rate = { count: 1, windowMs: 60_000 }
    const [signIn, signUp] = [throttle('sign-in', rate), throttle('sign-up', rate)]
    await signIn.take('ann')
    await signIn.take('ben')
    await signUp.take('ann')
    await assert.rejects(signIn.take('ann'), tooMany)
  })

  it('does not count what is taken back', async () => {
    const { throttle } = throttleOf()
    const signIn = throttle('sign-in', { count: 1, windowMs: 60_000 })
    for (let times = 0; times < 5; times++) await (await signIn.take('ann'))()
  })

  it('holds by this process alone while the shared store is away', async () => {
    const { throttle } = throttleOf(away)
    const signIn = throttle('sign-in', { count: 2, windowMs: 60_000 })
    await signIn.take('ann')
    await signIn.take('ann')
    await assert.rejects(signIn.take('ann'), tooMany)
  })
})

describe('the setting of a rate', () => {
  it('is a number and a time', () => {
    assert.deepEqual(rateSetting.parse('10/15m'), { count: 10, windowMs: 900_000 })
    assert.deepEqual(rateSetting.parse('100/d'), { count: 100, windowMs: 86_400_000 })
    for (const wrong of ['', '10', '0/h', '10/0m', '10/h extra', '-1/h', '10/w'])
      assert.equal(rateSetting.safeParse(wrong).success, false, wrong)
  })
})
