import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { userRemovedSchema } from '#schema/messages/user-removed.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { createPublisher, type Publisher } from '#runtime/rabbit/publisher.ts'
import { exchanges, userRemovedKey } from '#runtime/rabbit/topology.ts'
import { ask, createByTus } from '#media/testing/media-client.ts'
import { createTestMedia, type TestMedia } from '#media/testing/running-media.ts'
import { readySource } from '#media/testing/upload-rig.ts'

const startConversion =
  'mutation ($input: StartConversionInput!) { startConversion(input: $input) { conversion { id } } }'
const wait = { withinMs: 30_000, everyMs: 20 }

describe('media, told by the broker that an account is gone', () => {
  const resources = new AsyncDisposableStack()
  let media: TestMedia
  let publisher: Publisher
  before(async () => {
    media = resources.use(await createTestMedia())
    await media.start()
    const rabbit = resources.use(await connectRabbit(media.settings.RABBITMQ_URL, pino({ level: 'silent' })))
    publisher = resources.use(await createPublisher(rabbit))
  })
  after(() => resources.disposeAsync())

  const uploads = () => media.database.collection<UploadDocument>('uploads')
  const announceUpload = async (userId: string) => {
    assert.equal((await createByTus(media, userId, 1_000)).status, 201)
    return (await uploads().findOne({ ownerId: userId, status: 'UPLOADING' }))!
  }
  const queueConversion = async (userId: string): Promise<void> => {
    const upload = await announceUpload(userId)
    await uploads().replaceOne({ _id: upload._id }, readySource(upload, upload._id))
    const input = { uploadId: upload._id, idempotencyKey: randomUUID() }
    assert.equal((await ask(media, userId, startConversion, { input })).errors, undefined)
  }
  const tell = (userId: string) =>
    publisher.publish({
      exchange: exchanges.events,
      routingKey: userRemovedKey,
      schema: userRemovedSchema,
      body: { type: 'removed', userId },
      mandatory: true,
    })
  const statusesOf = async (ownerId: string): Promise<string[]> => {
    const found = ['uploads', 'conversions'].map((name) =>
      media.database.collection<{ status: string }>(name).find({ ownerId }).toArray(),
    )
    return (await Promise.all(found)).flat().map(({ status }) => status)
  }
  const isOver = (userId: string) =>
    waitUntil(
      'what the user had is over',
      async () => (await statusesOf(userId)).every((status) => status === 'EXPIRED' || status === 'DELETED'),
      wait,
    )

  it('ends what its user has, and what a token that has outlived it brings along, however often it is told', async () => {
    const [user, bystander] = [randomUUID(), randomUUID()]
    for (const each of [user, bystander]) {
      await queueConversion(each)
      await announceUpload(each)
    }
    await tell(user)
    await isOver(user)
    assert.equal((await statusesOf(user)).length, 3)
    await queueConversion(user)
    await tell(user)
    await tell(user)
    await isOver(user)
    assert.deepEqual((await statusesOf(bystander)).toSorted(), ['QUEUED', 'READY', 'UPLOADING'])
  })

  it('looks again when it starts, without being told another time', async () => {
    const user = randomUUID()
    await announceUpload(user)
    await tell(user)
    await isOver(user)
    await queueConversion(user)
    await media.stop()
    await media.start()
    await isOver(user)
    assert.equal((await statusesOf(user)).length, 3)
  })
})
