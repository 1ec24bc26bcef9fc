import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { createMp3Resolvers } from './mp3-resolvers.ts'

describe('the link of an MP3', () => {
  it('is signed once for all names under which an operation asks for it', async () => {
    const key = randomBytes(32)
    let signed = 0
    const linkKeys = Object.defineProperty([key], 0, { get: () => (signed++, key) }) as never as RotatingKeys
    const ledger = { markLinksGiven: async () => undefined }
    const { Mp3 } = createMp3Resolvers({ publicUrl: 'https://x.test', linkKeys, ledger, now: () => 0 })
    const conversion = { _id: 'c', linkGeneration: 0, linksGiven: true }
    const linkOf = async (id: string) =>
      await (Mp3!.downloadUrl as (source: object) => Promise<string>)({ id, conversion })
    const [first, again, other] = await Promise.all(['1', '1', '2'].map(linkOf))
    assert.equal(signed, 2)
    assert.equal(first, again)
    assert.notEqual(first, other)
  })
})
