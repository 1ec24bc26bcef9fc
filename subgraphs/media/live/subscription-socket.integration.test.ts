import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import type { GraphQLFormattedError } from 'graphql'
import { pino } from 'pino'
import { WebSocket } from 'ws'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { createPublisher } from '#runtime/rabbit/publisher.ts'
import { createConversionOutbox, type ConversionOutbox } from '#ledger/conversion-outbox.ts'
import { createMongoConversionStore, type MongoConversionStore } from '#ledger/conversion-store.ts'
import { createLedger, type Ledger } from '#ledger/ledger.ts'
import { claim, conversionIn, mp3, newConversion } from '#ledger/testing/sample-records.ts'
import { transition } from '#ledger/transition.ts'
import { signLinkToken } from '#runtime/tokens/link-token.ts'
import { createGridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { ask, liveExtensions, openLiveSocket } from '#media/testing/media-client.ts'
import { createTestMedia, type TestMedia } from '#media/testing/running-media.ts'

const transitioned = (id: string) => conversionIn('CANCELLED', { _id: id })

const query = `subscription ($id: ID!, $after: Int) {
  conversionUpdated(id: $id, afterSequence: $after) { sequence type status conversion { status } }
}`

interface Live {
  readonly conversionUpdated: { readonly sequence: number; readonly type: string; readonly status: string }
}

interface Result {
  readonly data?: Live | null | undefined
  readonly errors?: readonly GraphQLFormattedError[] | undefined
}

describe('live updates of a conversion', () => {
  let media: TestMedia
  let store: MongoConversionStore
  let ledger: Ledger
  let outbox: ConversionOutbox
  const resources = new AsyncDisposableStack()
  before(async () => {
    media = resources.use(await createTestMedia())
    await media.start()
    const log = pino({ level: 'silent' })
    store = createMongoConversionStore(media.database, log)
    const rabbit = resources.use(await connectRabbit(media.settings.RABBITMQ_URL, log))
    const publisher = resources.use(await createPublisher(rabbit))
    outbox = resources.use(createConversionOutbox({ store, publisher, log }))
    ledger = createLedger({ store, announce: outbox.announce })
  })
  after(() => resources.disposeAsync())

  async function enqueue(ownerId = 'user'): Promise<ConversionDocument> {
    return await ledger.enqueue({ ...newConversion, _id: randomUUID(), ownerId })
  }
  const succeed = async (id: string) => {
    await ledger.apply(id, claim(0))
    await ledger.apply(id, {
      type: 'succeed',
      leaseId: 'lease-1',
      mp3s: [{ ...mp3, sizeBytes: 10 }],
      warnings: [],
    })
  }
  async function* follow(id: string, extensions?: Record<string, unknown>, seen?: number) {
    const socket = openLiveSocket(media)
    const operation = { query, variables: { id, ...(seen !== undefined && { after: seen }) } }
    const proof = extensions ?? liveExtensions(media, operation, await media.tokenOf('user'))
    try {
      for await (const result of socket.iterate<Live>({ ...operation, extensions: proof })) yield told(result)
    } finally {
      await socket.dispose()
    }
  }
  const told = ({ data, errors }: Result) => {
    if (errors) return `refused: ${String(errors[0]?.extensions?.['code'])}`
    const { sequence, type, status } = data!.conversionUpdated
    return `${sequence} ${type} ${status}`
  }
  /** The codes of a subscription that must be refused. */
  async function refusal(id: string, extensions?: Record<string, unknown>, seen?: number): Promise<string> {
    const heard: string[] = []
    try {
      for await (const news of follow(id, extensions, seen)) heard.push(news)
    } catch (errors) {
      return (errors as { extensions: { code: string } }[])[0]!.extensions.code
    }
    return heard.join()
  }

  it('comes from the first state to the last, and then ends', async () => {
    const { _id } = await enqueue()
    const news = follow(_id)
    assert.equal((await news.next()).value, '1 SNAPSHOT QUEUED')
    await succeed(_id)
    assert.equal((await news.next()).value, '2 STATE RUNNING')
    assert.equal((await news.next()).value, '3 STATE SUCCEEDED')
    assert.equal((await news.next()).done, true)
  })

  it('goes on after the last sequence a client has seen', async () => {
    const { _id } = await enqueue()
    await succeed(_id)
    const heard: string[] = []
    for await (const news of follow(_id, undefined, 1)) heard.push(news)
    assert.deepEqual(heard, ['2 STATE RUNNING', '3 STATE SUCCEEDED'])
  })

  it('is for the owner alone', async () => {
    const { _id } = await enqueue('somebody else')
    assert.match(await refusal(_id), /NOT_FOUND/)
    assert.match(await refusal('unknown'), /NOT_FOUND/)
    assert.match(await refusal(_id, undefined, -1), /BAD_USER_INPUT/)
  })

  it('is refused without the proof that our router asks for this user and operation', async () => {
    const { _id } = await enqueue()
    const operation = { query, variables: { id: _id } }
    const token = await media.tokenOf('user')
    const good = liveExtensions(media, operation, token)
    const forgeries: Record<string, Record<string, unknown>> = {
      'no proof': {},
      'no assertion': { authorization: good.authorization },
      nonsense: { ...good, assertion: 'v1.router.1.x' },
      'signed with another key': { ...good, assertion: `${good.assertion.slice(0, -8)}AAAAAAAA` },
      'for another operation': liveExtensions(media, { query, variables: { id: 'other' } }, token),
      'for another user': liveExtensions(media, operation, token, await media.tokenOf('somebody else')),
      'for no user': { ...good, authorization: undefined },
    }
    for (const [name, extensions] of Object.entries(forgeries))
      assert.equal(await refusal(_id, extensions), 'UNAUTHENTICATED', name)
  })

  it('is refused by name when the operation does not fit the schema', async () => {
    const operation = { query: 'subscription { nothing }', variables: {} }
    const extensions = liveExtensions(media, operation, await media.tokenOf('user'))
    const socket = openLiveSocket(media)
    const asked = socket.iterate({ ...operation, extensions }).next()
    const codes = await asked.catch((errors: { extensions: { code: string } }[]) =>
      errors.map((one) => one.extensions.code),
    )
    assert.deepEqual(codes, ['GRAPHQL_VALIDATION_FAILED'])
    await socket.dispose()
  })

  it('ends when the conversion is deleted under it', async () => {
    const { _id } = await enqueue()
    const news = follow(_id)
    assert.equal((await news.next()).value, '1 SNAPSHOT QUEUED')
    // Its states are gone with it, so that only its end can be told.
    const tombstone = transition(transitioned(_id), { type: 'delete' }, { at: new Date(), writeId: 'w' })
    assert.ok(tombstone.ok)
    await store.replace(1, tombstone.record)
    const ended = news
      .next()
      .catch((errors: { extensions: { code: string } }[]) => errors[0]!.extensions.code)
    await outbox.announceNow(tombstone.record)
    assert.equal(await ended, 'NOT_FOUND')
  })

  it('sends a client away politely when media stops', async () => {
    const socket = new WebSocket(`${media.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    await once(socket, 'open')
    const closed = once(socket, 'close')
    await media.stop()
    assert.equal((await closed)[0], 1001)
    await media.start()
  })

  it('opens the MP3 by the graph’s link, until the owner revokes it', async () => {
    const { _id } = await enqueue()
    await succeed(_id)
    await createGridFsBlobStore(media.database).write(mp3.blobId, bytesOf('0123456789'))
    const asked = `{ conversion(id: "${_id}") { mp3s { downloadUrl } } }`
    const answer = (await ask(media, 'user', asked)).data as {
      conversion: { mp3s: { downloadUrl: string }[] }
    }
    const url = media.reach(answer.conversion.mp3s[0]!.downloadUrl)
    const part = await fetch(url, { headers: { range: 'bytes=2-4' } })
    assert.deepEqual([part.status, await part.text()], [206, '234'])
    const length = (await fetch(url, { method: 'HEAD' })).headers.get('content-length')
    assert.equal(length, '10')
    const revoke = `mutation { revokeDownloadLinks(input: { id: "${_id}" }) { conversion { id } } }`
    assert.equal((await ask(media, 'user', revoke)).errors, undefined)
    assert.deepEqual(
      [(await fetch(url)).status, ((await (await fetch(url)).json()) as { code: string }).code],
      [410, 'LINK_REVOKED'],
    )
    // No link was given out since: however often it is asked for, nothing is added.
    assert.equal((await ask(media, 'user', revoke)).errors, undefined)
    const { events, linkGeneration } = (await store.read(_id)) as ConversionDocument
    assert.deepEqual([events.length, linkGeneration], [4, 1])
    const expired = await signLinkToken(
      { conversionId: _id, mp3Id: mp3.id, linkGeneration: 1 },
      new Date(Date.now() - 1_000),
      media.settings.LINK_KEYS,
    )
    assert.equal((await fetch(`${media.origin}/downloads/${expired}`)).status, 410)
  })

  it('cancels a conversion once, and for its owner alone', async () => {
    const { _id } = await enqueue()
    const isAnnounced = async () => (await store.read(_id))?.announce === 'done'
    await waitUntil('the conversion is announced', isAnnounced, { everyMs: 5 })
    const cancel = `mutation { cancelConversion(input: { id: "${_id}" }) { conversion { status } } }`
    assert.deepEqual((await ask(media, 'user', cancel)).data, {
      cancelConversion: { conversion: { status: 'CANCELLED' } },
    })
    assert.equal((await ask(media, 'user', cancel)).errors?.[0]?.extensions.code, 'ALREADY_FINISHED')
    assert.equal((await ask(media, 'stranger', cancel)).errors?.[0]?.extensions.code, 'NOT_FOUND')
  })
})

async function* bytesOf(text: string) {
  yield Buffer.from(text)
}
