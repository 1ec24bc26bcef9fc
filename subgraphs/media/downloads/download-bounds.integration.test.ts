/** Many downloads at once of media itself, as a gateway passes them on, which goes past the router. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { pino } from 'pino'
import { createClientAddress, createProxyTrust } from '#runtime/network/client-address.ts'
import { createHttpServer, type HttpServer } from '#runtime/process/http-server.ts'
import { signLinkToken } from '#runtime/tokens/link-token.ts'
import { conversionIn, mp3 } from '#ledger/testing/sample-records.ts'
import { addDownloadRoutes } from './download-routes.ts'

const keys = [randomBytes(32)] as [Buffer, ...Buffer[]]
const succeeded = { ...conversionIn('SUCCEEDED'), mp3s: [mp3] }
const log = pino({ level: 'silent' })
const [greedy, honest] = ['198.51.100.1', '203.0.113.7']

/** A first byte, and none after it. */
const endless = () => {
  const bytes = new Readable({ read() {} })
  bytes.push('I')
  return bytes
}

describe('downloads that media is asked for directly', () => {
  let http: HttpServer
  let url: string
  let lookUp: () => Promise<unknown>
  beforeEach(async () => {
    lookUp = async () => undefined
    http = createHttpServer({ log })
    await addDownloadRoutes({
      http,
      blobs: { read: endless },
      async readConversion() {
        await lookUp()
        return succeeded
      },
      linkKeys: keys,
      routerKeys: keys,
      addressBesideRouter: createClientAddress(createProxyTrust(['127.0.0.1'])),
      limits: { mostUnderWay: 3, mostWaiting: 2, mostBegunAtOnce: 1 },
      log,
    })
    const link = { conversionId: succeeded._id, mp3Id: mp3.id, linkGeneration: 0 }
    const token = await signLinkToken(link, new Date(Date.now() + 3_600_000), keys)
    url = `${await http.listen({ host: '127.0.0.1', port: 0 })}/downloads/${token}`
  })
  afterEach(async () => {
    http.server.closeAllConnections()
    await http.close()
  })

  const ask = (client: string): Promise<IncomingMessage> => {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    get(url, { headers: { 'x-forwarded-for': client }, agent: false }, resolve).once('error', reject)
    return promise
  }
  const firstByteOf = async (answer: IncomingMessage) => void (await once(answer, 'data'))
  const endOf = (answer: IncomingMessage) => once(answer, 'error')

  it('are as many as may be, and one more costs whoever has the most the oldest', async () => {
    const kept = await ask(honest)
    await firstByteOf(kept)
    const first = await ask(greedy)
    const second = await ask(greedy)
    const cutOff = endOf(first)
    const third = await ask(greedy)
    await cutOff
    await Promise.all([second, third].map(firstByteOf))
    assert.equal(kept.closed, false)
  })

  it('wait for each other by turns of where they come from, and too many are told when to come again', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const { promise: looking, resolve: looks } = Promise.withResolvers<void>()
    lookUp = async () => {
      looks()
      await gate
    }
    const underWay = ask(greedy)
    await looking
    const waiting = [ask(greedy), ask(greedy), ask(greedy)]
    const refused = await Promise.race(waiting)
    assert.equal(refused.statusCode, 503)
    assert.equal(refused.headers['retry-after'], '2')
    const other = ask(honest)
    open()
    assert.equal((await other).statusCode, 200)
    assert.equal((await underWay).statusCode, 200)
    await Promise.allSettled(waiting)
  })
})
