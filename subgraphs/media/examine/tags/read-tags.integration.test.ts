import assert from 'node:assert/strict'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { ffmpeg } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { unconfined, type Sandbox } from '#runtime/ffmpeg/sandbox.ts'
import { createWalled } from '#runtime/ffmpeg/testing/walled.ts'
import { createReadTags, emptyNode } from './read-tags.ts'
import { id3v24, textFrame24, type Frame24 } from '#media/examine/testing/id3v24.ts'

const { signal } = new AbortController()
const log = pino({ level: 'silent' })

describe('tags that are read one by one', () => {
  let directory: TemporaryDirectory
  let audio: Buffer
  before(async () => {
    directory = await createTemporaryDirectory()
    const path = join(directory.path, 'audio.mp3')
    await ffmpeg('-f', 'lavfi', '-i', 'sine=d=0.5', '-id3v2_version', '0', path)
    audio = await readFile(path)
  })
  after(() => directory[Symbol.asyncDispose]())

  async function readIn(sandbox: Sandbox, ...frames: readonly Frame24[]) {
    const path = join(directory.path, 'tagged.mp3')
    await writeFile(path, Buffer.concat([id3v24(...frames), audio]))
    const folder = join(directory.path, 'work')
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder)
    return await createReadTags(sandbox)({ path, container: 'mp3', folder, signal, log })
  }

  for (const walls of ['namespaces', 'landlock'] as const)
    it(`are all values of a field, and every picture with its type, behind walls of ${walls}`, async () => {
      const sandbox = await createWalled(walls, directory.path, { others: [emptyNode] })
      const picture = Buffer.concat([
        Buffer.from('\u0000image/webp\u0000\u0004\u0000', 'latin1'),
        Buffer.alloc(9, 7),
      ])
      const frames = [textFrame24('TPE1', 'One\u0000Two\u0000AC/DC'), { id: 'APIC', body: picture }]
      const read = await readIn(sandbox, ...frames)
      assert.deepEqual(
        read?.tags.map(({ id, text }) => [id, text]),
        [
          ['TPE1', 'One'],
          ['TPE1', 'Two'],
          ['TPE1', 'AC/DC'],
        ],
      )
      assert.deepEqual(
        read.pictures.map(({ type }) => type),
        [4],
      )
      assert.deepEqual(await readFile(read.pictures[0]!.path), Buffer.alloc(9, 7))
    })

  it('are bounded, however many and long they are', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) =>
      textFrame24('TXXX', `key${index}\u0000${'x'.repeat(2_000)}`),
    )
    const read = await readIn(unconfined, ...many, textFrame24('TIT2', 'y'.repeat(30_000_000)))
    assert.ok(read !== null && read.tags.length < 500)
  })

  it('are none of what is no file of tags', async () => {
    const path = join(directory.path, 'noise')
    await writeFile(path, Buffer.alloc(100_000, 0x55))
    const folder = join(directory.path, 'noise-work')
    await mkdir(folder)
    assert.equal(await createReadTags(unconfined)({ path, container: 'mp3', folder, signal, log }), null)
  })

  it('stop being read when told to, with the reason', async () => {
    const folder = join(directory.path, 'stopped')
    await mkdir(folder)
    const reason = new Error('enough')
    const ending = new AbortController()
    const reading = createReadTags(unconfined)({
      path: join(directory.path, 'audio.mp3'),
      container: 'mp3',
      folder,
      signal: ending.signal,
      log,
    })
    ending.abort(reason)
    await assert.rejects(reading, reason)
  })
})
