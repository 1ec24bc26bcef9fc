import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { ask, createByTus } from '#media/testing/media-client.ts'
import { createTestMedia, type TestMedia } from '#media/testing/running-media.ts'
import { readySource } from '#media/testing/upload-rig.ts'

const usageQuery = `query ($id: ID!) {
  _entities(representations: [{ __typename: "User", id: $id }]) {
    ... on User { usage { limits { name allowed used until } } }
  }
}`

interface Limit {
  readonly name: string
  readonly allowed: number
  readonly used: number
  readonly until: string | null
}

describe('the limits of an account, as its owner meets them', () => {
  let media: TestMedia
  before(async () => {
    media = await createTestMedia({
      MOST_UPLOADS_UNDER_WAY: 2,
      TRIAL_AUDIO_MINUTES_A_DAY: 2,
      MOST_CONVERSIONS_UNFINISHED: 3,
      UPLOAD_ACCOUNT_RATE: { count: 5, windowMs: 3_600_000 },
      CONVERSION_ACCOUNT_RATE: { count: 5, windowMs: 3_600_000 },
    })
    await media.start()
  })
  after(() => media[Symbol.asyncDispose]())

  /** An upload of a minute of audio that can be converted. */
  const readyUpload = async (userId: string): Promise<string> => {
    const response = await createByTus(media, userId, 1_000)
    assert.equal(response.status, 201)
    const uploads = media.database.collection<UploadDocument>('uploads')
    const found = (await uploads.findOne({ ownerId: userId, status: 'UPLOADING' }))!
    await uploads.replaceOne({ _id: found._id }, readySource(found, found._id))
    return found._id
  }
  const start = (userId: string, uploadId: string, idempotencyKey: string = randomUUID()) =>
    ask(
      media,
      userId,
      'mutation ($input: StartConversionInput!) { startConversion(input: $input) { conversion { id } } }',
      { input: { uploadId, idempotencyKey } },
    )
  const extensionsOf = async (answer: ReturnType<typeof start>) =>
    (await answer).errors?.[0]?.extensions as Record<string, unknown> | undefined
  const limitsOf = async (userId: string, id = userId) => {
    const { data, errors } = await ask(media, userId, usageQuery, { id })
    if (errors) return errors[0]!.extensions.code
    const [user] = data!['_entities'] as { usage: { limits: Limit[] } }[]
    return Object.fromEntries(user!.usage.limits.map((limit) => [limit.name, limit]))
  }

  it('are told by the graph, to nobody else', async () => {
    const user = randomUUID()
    await start(user, await readyUpload(user))
    await createByTus(media, user, 1_000)
    const limits = await limitsOf(user)
    assert.ok(typeof limits === 'object')
    assert.deepEqual(
      ['UPLOADS_UNDER_WAY', 'CONVERSIONS_UNFINISHED', 'AUDIO_MS_A_DAY', 'UPLOADED_BYTES_A_DAY'].map(
        (name) => limits[name]!.used,
      ),
      [1, 1, 60_000, 2_000],
    )
    assert.equal(limits['UPLOADS_UNDER_WAY']!.allowed, 2)
    assert.match(limits['AUDIO_MS_A_DAY']!.until!, /T00:00:00\.000Z$/)
    assert.equal(await limitsOf('stranger', user), 'NOT_FOUND')
  })

  it('refuse an upload over tus with the header that says when to come back', async () => {
    const user = randomUUID()
    for (let times = 0; times < 2; times++) assert.equal((await createByTus(media, user, 1_000)).status, 201)
    const refused = await createByTus(media, user, 1_000)
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '60'])
    const { code, limit, allowed, retryAfterMs } = (await refused.json()) as Record<string, unknown>
    assert.deepEqual([code, limit, allowed, retryAfterMs], ['QUOTA_EXCEEDED', 'UPLOADS_UNDER_WAY', 2, 60_000])
    for (let times = 0; times < 2; times++) await createByTus(media, user, 1_000)
    const tooMany = await createByTus(media, user, 1_000)
    assert.equal(tooMany.status, 429)
    assert.equal(((await tooMany.json()) as { code: string }).code, 'TOO_MANY_REQUESTS')
    assert.ok(Number(tooMany.headers.get('retry-after')) > 0)
  })

  it('are a trial until the address is verified', async () => {
    const user = `unverified-${randomUUID()}`
    const uploadId = await readyUpload(user)
    for (let times = 0; times < 2; times++) assert.equal((await start(user, uploadId)).errors, undefined)
    const refused = await extensionsOf(start(user, uploadId))
    assert.deepEqual(
      [refused?.['code'], refused?.['limit'], refused?.['allowed']],
      ['QUOTA_EXCEEDED', 'TRIAL_AUDIO_MS_A_DAY', 120_000],
    )
    assert.ok(Number(refused?.['retryAfterMs']) > 0)
  })

  it('are met once by an order that is sent many times at once, and so is its turn', async () => {
    const turnAfter = async (times: number) => {
      const user = randomUUID()
      const [uploadId, key] = [await readyUpload(user), randomUUID()]
      const answers = await Promise.all(Array.from({ length: times }, () => start(user, uploadId, key)))
      assert.deepEqual(
        answers.map(({ errors }) => errors),
        answers.map(() => undefined),
      )
      return (await media.database.collection<{ _id: string; next: number }>('turns').findOne({ _id: user }))
        ?.next
    }
    assert.equal(await turnAfter(4), await turnAfter(1))
  })

  it('bound what of one account waits in the queue that all share, and how often it orders', async () => {
    const user = randomUUID()
    const uploadId = await readyUpload(user)
    const keys = Array.from({ length: 3 }, () => randomUUID())
    for (const key of keys) assert.equal((await start(user, uploadId, key)).errors, undefined)
    assert.equal((await extensionsOf(start(user, uploadId)))?.['limit'], 'CONVERSIONS_UNFINISHED')
    assert.equal(
      (await start(user, uploadId, keys[0])).errors,
      undefined,
      'one that was ordered has its answer',
    )
    assert.equal((await extensionsOf(start(user, uploadId)))?.['code'], 'TOO_MANY_REQUESTS')
  })
})
