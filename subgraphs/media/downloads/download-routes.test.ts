import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { SignJWT } from 'jose'
import { pino } from 'pino'
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import { errorCodeNames, errorCodes } from '#schema/errors/error-codes.ts'
import type { ByteRange } from '#runtime/blobs/blob-store.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { createHttpServer } from '#runtime/process/http-server.ts'
import { signLinkToken } from '#runtime/tokens/link-token.ts'
import { conversionIn, mp3 } from '#ledger/testing/sample-records.ts'
import { addDownloadRoutes } from './download-routes.ts'

const content = Buffer.from('0123456789')
const small = { ...mp3, sizeBytes: content.length }
const etag = `"${mp3.sha256}"`
const keys = [randomBytes(32), randomBytes(32)] as [Buffer, ...Buffer[]]
const succeeded = { ...conversionIn('SUCCEEDED'), mp3s: [small] }
const link = { conversionId: succeeded._id, mp3Id: mp3.id, linkGeneration: 0 }
const inAnHour = () => new Date(Date.now() + 3_600_000)

interface World {
  readonly record?: ConversionRecord | null
  readonly readConversion?: () => Promise<ConversionRecord | null>
  readonly read?: (id: string, range: ByteRange) => Readable
}

/** One request to downloads over a conversion and bytes that are what the test says. */
async function get(
  world: World,
  token: string,
  headers: Record<string, string> = {},
  method: 'GET' | 'HEAD' = 'GET',
) {
  const log: string[] = []
  const logger = pino({ level: 'info' }, { write: (line: string) => void log.push(line) })
  const http = createHttpServer({ log: logger })
  const {
    record = succeeded,
    readConversion = async () => record,
    read = (_id: string, { start, end }: ByteRange) => Readable.from([content.subarray(start, end + 1)]),
  } = world
  await addDownloadRoutes({
    http,
    blobs: { read },
    readConversion,
    linkKeys: keys,
    routerKeys: keys,
    addressBesideRouter: () => '203.0.113.7',
    limits: { mostUnderWay: 10, mostWaiting: 10, mostBegunAtOnce: 1 },
    log: logger,
  })
  const response = await http.inject({ method, url: `/downloads/${token}`, headers })
  await http.close()
  return { response, log }
}

const good = () => signLinkToken(link, inAnHour(), keys)
const codeOf = (body: string) => (JSON.parse(body) as { code: string }).code

describe('a download', () => {
  it('gives the whole file, named, tagged, and kept out of caches', async () => {
    const { response } = await get({}, await good())
    assert.equal(response.statusCode, 200)
    assert.equal(response.body, '0123456789')
    const { headers } = response
    assert.equal(headers['content-type'], 'audio/mpeg')
    assert.equal(headers['content-length'], '10')
    assert.equal(headers.etag, etag)
    assert.equal(headers['accept-ranges'], 'bytes')
    assert.equal(headers['content-disposition'], 'inline; filename=talk.mp3')
    assert.match(headers['cache-control']!, /private/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['referrer-policy'], 'no-referrer')
  })

  it('gives the part that was asked for, while the file is still the same', async () => {
    const part = await get({}, await good(), { range: 'bytes=2-4', 'if-range': etag })
    assert.equal(part.response.statusCode, 206)
    assert.equal(part.response.body, '234')
    assert.equal(part.response.headers['content-range'], 'bytes 2-4/10')
    assert.equal(part.response.headers['content-length'], '3')
    const changed = await get({}, await good(), { range: 'bytes=2-4', 'if-range': '"another"' })
    assert.deepEqual([changed.response.statusCode, changed.response.body], [200, '0123456789'])
  })

  it('says how long the file is when no part of it was asked for', async () => {
    const { response } = await get({}, await good(), { range: 'bytes=10-' })
    assert.equal(response.statusCode, 416)
    assert.equal(response.headers['content-range'], 'bytes */10')
    assert.equal(response.body, '')
  })

  it('says 304 to who has it', async () => {
    const { response } = await get({}, await good(), { 'if-none-match': etag })
    assert.deepEqual([response.statusCode, response.body, response.headers.etag], [304, '', etag])
  })

  it('answers HEAD as it would GET, without a body, and without parts of it', async () => {
    for (const headers of [{}, { range: 'bytes=2-4' }] as Record<string, string>[]) {
      const { response } = await get({}, await good(), headers, 'HEAD')
      assert.deepEqual([response.statusCode, response.body], [200, ''])
      assert.equal(response.headers['content-length'], '10')
      assert.equal(response.headers['content-range'], undefined)
    }
  })

  it('names the file whatever is in its name', async () => {
    const names = [
      'say "hi".mp3',
      'Grüße – 日本語.mp3',
      'a\r\nset-cookie: x=y.mp3',
      '../../etc/passwd',
      '%41.mp3',
      'lone \ud800.mp3',
    ]
    for (const filename of names) {
      const record = { ...succeeded, mp3s: [{ ...small, filename }] }
      const { response } = await get({ record }, await good())
      assert.equal(response.statusCode, 200, filename)
      assert.equal(response.headers['set-cookie'], undefined)
      const disposition = String(response.headers['content-disposition'])
      assert.match(disposition, /^inline; filename=/)
      // eslint-disable-next-line no-control-regex
      assert.match(disposition, /^[\x20-\x7e]*$/)
      assert.doesNotMatch(disposition, /\/|"\.\./)
    }
  })

  it('takes links signed with the key before', async () => {
    const token = await signLinkToken(link, inAnHour(), [keys[1]!])
    assert.equal((await get({}, token)).response.statusCode, 200)
  })
})

describe('a link that opens nothing', () => {
  const refused = async (world: World, token: string, status: number, code: string) => {
    const { response } = await get(world, token)
    assert.equal(response.statusCode, status)
    assert.equal(codeOf(response.body), code)
    assert.equal(response.headers['cache-control'], 'no-store')
  }

  it('has expired', async () =>
    await refused({}, await signLinkToken(link, new Date(Date.now() - 1_000), keys), 410, 'LINK_EXPIRED'))
  it('was revoked', async () =>
    await refused({ record: { ...succeeded, linkGeneration: 1 } }, await good(), 410, 'LINK_REVOKED'))
  it('leads to what was deleted', async () => {
    await refused({ record: conversionIn('DELETED') }, await good(), 410, 'DELETED')
    await refused({ record: null }, await good(), 410, 'DELETED')
  })
  it('is damaged', async () => {
    const token = await good()
    for (const damaged of ['nonsense', token.slice(0, -2), `${token}x`, token.replace('.', '.A')])
      await refused({}, damaged, 404, 'LINK_INVALID')
  })
  it('is forged, or a token for something else', async () => {
    const sign = (jwt: SignJWT, key: Uint8Array) =>
      jwt.setSubject(succeeded._id).setExpirationTime('1h').sign(key)
    const claims = { mp3: mp3.id, gen: 0 }
    const header = { alg: 'HS256', typ: 'link+jwt' }
    const forged = await signLinkToken(link, inAnHour(), [randomBytes(32)])
    const otherUse = await sign(
      new SignJWT(claims).setProtectedHeader(header).setAudience('earshot-api'),
      keys[0],
    )
    const otherType = await sign(
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setAudience('earshot-download'),
      keys[0],
    )
    const unsigned = `${Buffer.from('{"alg":"none","typ":"link+jwt"}').toString('base64url')}.${otherUse.split('.')[1]}.`
    for (const token of [forged, otherUse, otherType, unsigned]) await refused({}, token, 404, 'LINK_INVALID')
  })
  it('is for an MP3 the conversion does not have', async () => {
    await refused({}, await signLinkToken({ ...link, mp3Id: 'other' }, inAnHour(), keys), 404, 'LINK_INVALID')
  })
  it("is answered with the code's own status, whatever the code", async () => {
    for (const code of errorCodeNames) {
      const readConversion = () => Promise.reject(new DomainError(code))
      await refused({ readConversion }, await good(), errorCodes[code].httpStatus, code)
    }
  })
  it('shows a page to a person', async () => {
    const { response } = await get({}, 'nonsense', { accept: 'text/html,application/xhtml+xml' })
    assert.equal(response.statusCode, 404)
    assert.match(String(response.headers['content-type']), /^text\/html/)
    assert.match(response.body, /<p>The link is damaged\.<\/p>/)
    assert.match(String(response.headers['content-security-policy']), /default-src 'none'/)
  })
})

describe('a download that fails by our fault', () => {
  const broken = (): Promise<null> => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:27017'))
  const torn = () =>
    Readable.from(
      (async function* () {
        yield await broken()
      })(),
    )
  for (const [name, world] of Object.entries({
    'because the database is away': { readConversion: broken },
    'because its bytes are gone': { read: torn },
  })) {
    it(`says nothing of ours ${name}`, async () => {
      const { response, log } = await get(world, await good())
      assert.equal(response.statusCode, 500)
      assert.equal(codeOf(response.body), 'INTERNAL_SERVER_ERROR')
      assert.ok(!response.body.includes('10.0.0.7'))
      assert.equal(response.headers['etag'], undefined)
      assert.equal(log.filter((line) => line.includes('10.0.0.7')).length, 1)
    })
  }

  it('never logs the token', async () => {
    const token = await good()
    for (const world of [{}, { readConversion: broken }, { read: torn }]) {
      const { log } = await get(world, token)
      assert.ok(!log.join().includes(token))
    }
  })
})
