import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { createLocalThrottleStore } from '#runtime/throttle/local-throttle-store.ts'
import { createThrottles } from '#runtime/throttle/throttles.ts'
import { createInboxLimit, inboxOf, type CountForInbox, type InboxRates } from './inbox-limit.ts'

const hourMs = 3_600_000
const rates = {
  INBOX_HOURLY_RATE: { count: 3, windowMs: hourMs },
  INBOX_DAILY_RATE: { count: 10, windowMs: 24 * hourMs },
}

describe('an inbox', () => {
  it('is one, whatever tag its address carries', () => {
    const addresses = ['ann@example.com', 'Ann+1@Example.com', 'ann+a+b@example.com', ' ann@example.com']
    assert.deepEqual([...new Set(addresses.map(inboxOf))], ['ann@example.com'])
    assert.equal(inboxOf('a.n.n+x@googlemail.com'), inboxOf('ann@gmail.com'))
    assert.notEqual(inboxOf('a.n.n@example.com'), inboxOf('ann@example.com'))
    assert.equal(inboxOf('+only@example.com'), '+only@example.com')
  })

  it('gets three mails an hour and ten a day, to 40 addresses of it at once', async () => {
    const { count, pass } = startLimit()
    const sent = async () => {
      const unproven = (await countAll(count)).filter(Boolean).length
      return unproven + Number(await count('victim@example.com', true))
    }
    const inTheFirstHour = await sent()
    assert.equal(inTheFirstHour, 3)
    let inThreeDays = inTheFirstHour
    for (let hour = 1; hour < 72; hour++) {
      pass(hourMs)
      inThreeDays += await sent()
    }
    // Days of an inbox begin at a moment of its own, so these hours touch four of them.
    assert.ok(inThreeDays > 30 && inThreeDays <= 40, String(inThreeDays))
    assert.equal(await count('somebody-else@example.com', false), true)
  })

  it('keeps the last of both for who has proven it, whatever strangers ask for with its other addresses', async () => {
    const { count, pass } = startLimit()
    let unproven = 0
    for (let hours = 0; hours < 12; hours++, pass(hourMs))
      unproven += (await countAll(count)).filter(Boolean).length
    assert.ok(unproven >= 9, 'the day is used up')
    assert.equal(await count('victim@example.com', true), true)
  })

  it('that may get one mail gets one from whoever asks first', async () => {
    const once = { count: 1, windowMs: hourMs }
    const { count } = startLimit({ INBOX_HOURLY_RATE: once, INBOX_DAILY_RATE: once })
    assert.equal(await count('ann@example.com', false), true)
    assert.equal(await count('ann@example.com', true), false)
  })
})

function startLimit(given: InboxRates = rates) {
  let nowMs = Date.UTC(2026, 0, 1)
  const store = createLocalThrottleStore()
  const log = pino({ level: 'silent' })
  const throttle = createThrottles({ store, log, now: () => new Date(nowMs) })
  return { count: createInboxLimit(throttle, given), pass: (ms: number) => void (nowMs += ms) }
}

const addresses = Array.from({ length: 40 }, (_, n) => `victim+${n}@example.com`)
const countAll = (count: CountForInbox) => Promise.all(addresses.map((address) => count(address, false)))
