import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { downloadFile } from './download-file.ts'

const bytes = randomBytes(300_000)
const sha256 = createHash('sha256').update(bytes).digest('hex')
const { signal } = new AbortController()

describe('download', () => {
  let server: Server
  let origin: string
  let folder: string
  let ranges: (string | undefined)[]
  let cutFirstAt: number | undefined

  before(async () => {
    server = createServer((request, response) => {
      ranges.push(request.headers.range)
      const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
      response.writeHead(start === 0 ? 200 : 206, { 'content-length': bytes.length - start })
      if (cutFirstAt === undefined || ranges.length > 1) return response.end(bytes.subarray(start))
      return response.write(bytes.subarray(start, cutFirstAt), () => response.destroy())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'download-'))
    ranges = []
    cutFirstAt = undefined
  })
  afterEach(() => rm(folder, { recursive: true }))

  const source = (expected: Partial<{ sizeBytes: number; sha256: string }> = {}) => ({
    sizeBytes: bytes.length,
    sha256,
    url: async () => `${origin}/file`,
    ...expected,
  })
  const target = (overwrite = false) => ({ path: join(folder, 'talk.mp3'), overwrite })

  it('saves the bytes and leaves nothing else behind', async () => {
    const seen: number[] = []
    await downloadFile(source(), target(), (done) => seen.push(done), signal)
    assert.deepEqual(await readFile(target().path), bytes)
    assert.deepEqual(await readdir(folder), ['talk.mp3'])
    assert.equal(seen.at(-1), bytes.length)
  })

  it('goes on where a broken connection left off', async () => {
    cutFirstAt = 100_000
    let doneBytes = 0
    await downloadFile(source(), target(), (done) => void (doneBytes = done), signal)
    assert.deepEqual(await readFile(target().path), bytes)
    assert.equal(doneBytes, bytes.length)
    assert.match(ranges[1]!, /^bytes=\d+-$/)
  })

  it('keeps nothing of a file that is not the right one', async () => {
    for (const expected of [{ sha256: '0'.repeat(64) }, { sizeBytes: bytes.length - 1 }]) {
      await assert.rejects(
        downloadFile(source(expected), target(), () => undefined, signal),
        { code: 'DOWNLOAD_DAMAGED' },
      )
      assert.deepEqual(await readdir(folder), [])
    }
  })

  it('does not replace a file that has come to exist meanwhile, unless told to', async () => {
    await writeFile(target().path, 'mine')
    await assert.rejects(
      downloadFile(source(), target(), () => undefined, signal),
      { code: 'FILE_EXISTS' },
    )
    assert.equal(await readFile(target().path, 'utf8'), 'mine')
    assert.deepEqual(await readdir(folder), ['talk.mp3'])
    await downloadFile(source(), target(true), () => undefined, signal)
    assert.deepEqual(await readFile(target().path), bytes)
  })

  it('keeps nothing when it is aborted', async () => {
    const ending = new AbortController()
    const reason = new Error('enough')
    await assert.rejects(
      downloadFile(source(), target(), () => ending.abort(reason), ending.signal),
      reason,
    )
    assert.deepEqual(await readdir(folder), [])
  })
})
