import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { DomainError } from '#runtime/domain-error.ts'
import { createClientIdentification } from './identify-client.ts'

const identity = { userId: 'ada', sessionId: 's', emailVerified: true, isGuest: false, expiresAtMs: 1 }
const log = pino({ level: 'silent' })
const identifyWith = (verify: () => Promise<typeof identity>) =>
  createClientIdentification({ verify }, { has: (id) => id === 'ended' }, log)

describe('identifying a client', () => {
  it('finds nobody without a token', async () => {
    const identify = identifyWith(() => Promise.reject(new Error('not to be asked')))
    assert.equal(await identify(undefined), null)
    assert.equal(await identify(null), null)
  })

  it('finds the user of a good token, whatever the case of "bearer"', async () => {
    const identify = identifyWith(async () => identity)
    assert.deepEqual(await identify('bearer abc.def.ghi'), { authorization: 'Bearer abc.def.ghi', identity })
  })

  it('refuses what is not a bearer token without asking anybody', async () => {
    const identify = identifyWith(() => Promise.reject(new Error('not to be asked')))
    for (const authorization of ['Basic abc', 'Bearer', 'Bearer a b', 7, {}]) {
      await assert.rejects(identify(authorization), { code: 'UNAUTHENTICATED' })
    }
  })

  it('tells a token that is not good from keys that cannot be had', async () => {
    const bad = identifyWith(() => Promise.reject(new DomainError('UNAUTHENTICATED')))
    await assert.rejects(bad('Bearer x'), { code: 'UNAUTHENTICATED' })
    const away = identifyWith(() => Promise.reject(new Error('timeout')))
    await assert.rejects(away('Bearer x'), { code: 'SERVICE_UNAVAILABLE' })
  })
})
