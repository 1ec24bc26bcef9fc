import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { fetchMp3 } from './fetch-mp3.ts'
import { saveMp3, type SaveTarget } from './save-mp3.ts'

const bytes = randomBytes(300_000)
const sha256 = createHash('sha256').update(bytes).digest('hex')
const { signal } = new AbortController()

describe('an MP3 that is saved', () => {
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
  const target = (ifTaken: SaveTarget['ifTaken'] = 'NUMBER') => ({ path: join(folder, 'talk.mp3'), ifTaken })
  const ignored = () => undefined

  it('has the right bytes, and nothing else is left behind', async () => {
    const seen: number[] = []
    const saved = await saveMp3(source(), target(), (done) => seen.push(done), signal)
    assert.deepEqual(saved, { path: target().path, wanted: target().path, existed: false })
    assert.deepEqual(await readFile(target().path), bytes)
    assert.deepEqual(await readdir(folder), ['talk.mp3'])
    assert.equal(seen.at(-1), bytes.length)
  })

  it('is fetched on from where a broken connection left off', async () => {
    cutFirstAt = 100_000
    let doneBytes = 0
    await saveMp3(source(), target(), (done) => void (doneBytes = done), signal)
    assert.deepEqual(await readFile(target().path), bytes)
    assert.equal(doneBytes, bytes.length)
    assert.match(ranges[1]!, /^bytes=\d+-$/)
  })

  it('is not kept where its bytes are not the right ones', async () => {
    for (const expected of [{ sha256: '0'.repeat(64) }, { sizeBytes: bytes.length - 1 }]) {
      await assert.rejects(saveMp3(source(expected), target(), ignored, signal), { code: 'DOWNLOAD_DAMAGED' })
      assert.deepEqual(await readdir(folder), [])
    }
  })

  it("gets the next free name where somebody else's file has its own", async () => {
    await writeFile(target().path, 'mine')
    await mkdir(join(folder, 'talk 2.mp3'))
    const { path } = await saveMp3(source(), target(), ignored, signal)
    assert.equal(path, join(folder, 'talk 3.mp3'))
    assert.deepEqual(await readFile(path), bytes)
    assert.equal(await readFile(target().path, 'utf8'), 'mine')
    assert.deepEqual((await readdir(folder)).toSorted(), ['talk 2.mp3', 'talk 3.mp3', 'talk.mp3'])
  })

  it('is not fetched again where a file of these very bytes is there', async () => {
    await writeFile(target().path, 'mine')
    const path = join(folder, 'talk 2.mp3')
    await writeFile(path, bytes)
    const saved = await saveMp3(source(), target(), ignored, signal)
    assert.deepEqual(saved, { path, wanted: target().path, existed: true })
    assert.deepEqual(ranges, [])
  })

  it('is refused a name that was asked for and is taken, until it is told to replace', async () => {
    await writeFile(target().path, 'mine')
    await assert.rejects(saveMp3(source(), target('REFUSE'), ignored, signal), { code: 'FILE_EXISTS' })
    assert.equal(await readFile(target().path, 'utf8'), 'mine')
    assert.deepEqual(await readdir(folder), ['talk.mp3'])
    await saveMp3(source(), target('REPLACE'), ignored, signal)
    assert.deepEqual(await readFile(target().path), bytes)
  })

  it('never replaces the file it was made of', async () => {
    const video = join(folder, 'video.mp3')
    await writeFile(video, 'the source')
    await symlink(video, target().path)
    const { path } = await saveMp3(source(), { ...target('REPLACE'), video }, ignored, signal)
    assert.equal(path, join(folder, 'talk 2.mp3'))
    assert.equal(await readFile(video, 'utf8'), 'the source')
  })

  it('does not replace a file that comes to exist while it is fetched', async () => {
    const meanwhile = () => {
      if (!existsSync(target().path)) writeFileSync(target().path, 'mine')
    }
    const { path } = await saveMp3(source(), target(), meanwhile, signal)
    assert.equal(path, join(folder, 'talk 2.mp3'))
    assert.equal(await readFile(target().path, 'utf8'), 'mine')
  })

  it('that is saved many times at once is there once', async () => {
    const saves = Array.from({ length: 8 }, () => saveMp3(source(), target(), ignored, signal))
    const saved = await Promise.all(saves)
    assert.deepEqual(new Set(saved.map(({ path }) => path)), new Set([target().path]))
    assert.equal(saved.filter(({ existed }) => !existed).length, 1)
    assert.deepEqual(await readdir(folder), ['talk.mp3'])
  })

  it('is refused a folder that takes no files, in a sentence with the path', async () => {
    await writeFile(target().path, 'mine')
    const inside = join(target().path, 'talk.mp3')
    await assert.rejects(saveMp3(source(), { path: inside, ifTaken: 'NUMBER' }, ignored, signal), {
      code: 'FILE_NOT_WRITABLE',
      message: new RegExp(`^${RegExp.escape(inside)} cannot be written`),
    })
  })

  it('is given up at once where the disk takes no more bytes', async () => {
    await using full = await open('/dev/full', 'w')
    await assert.rejects(fetchMp3(full, source(), ignored, signal), { code: 'ENOSPC' })
    assert.equal(ranges.length, 1)
  })

  it('is not kept when it is aborted', async () => {
    const ending = new AbortController()
    const reason = new Error('enough')
    await assert.rejects(
      saveMp3(source(), target(), () => ending.abort(reason), ending.signal),
      reason,
    )
    assert.deepEqual(await readdir(folder), [])
  })
})
