import assert from 'node:assert/strict'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { provenCarriers, type Carrier } from './extractable-carriers.ts'
import { createExtractAudio } from './extract-audio.ts'
import { createProbe } from './probe.ts'
import { decodedHashes } from '#media/examine/testing/decoded-hash.ts'
import { containers, makeVideo } from '#media/examine/testing/extractable-files.ts'

/** Only a fragmented file is the same in Matroska, and it is the other way round with the carrier that is tried first. */
const keptWhole = new Set(['MP4 with opus into matroska', 'fragmented MP4 with opus into mp4'])

describe('extracting the audio tracks out of', () => {
  const runFfmpeg = createFfmpeg(ffmpegPath)
  const probe = createProbe(ffprobePath)
  const { signal } = new AbortController()
  const log = pino({ level: 'silent' })
  const proven = new Set<string>()
  let directory: TemporaryDirectory
  before(async () => {
    directory = await createTemporaryDirectory()
  })
  after(() => directory[Symbol.asyncDispose]())

  async function extractInto(carrier: Carrier, path: string) {
    const folder = join(directory.path, 'extract')
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder)
    const media = await probe(path, signal)
    const extractAudio = createExtractAudio(runFfmpeg, probe, () => [carrier])
    return await extractAudio({ reading: 'USUAL', path, media, folder, signal, log })
  }

  const carriersIn = (demuxer: string, tracks: readonly string[]) =>
    provenCarriers[demuxer]!.filter(([, codecs]) => tracks.every((codec) => codecs.has(codec))).map(
      ([carrier]) => carrier,
    )

  for (const [name, container] of Object.entries(containers)) {
    for (const codecs of container.files) {
      it(`${name} with ${codecs.join(', ')} leaves every sample as it was`, async () => {
        const path = await makeVideo(directory.path, container, codecs)
        const whole = await decodedHashes(path)
        assert.equal(whole.length, codecs.length)
        for (const carrier of carriersIn(container.demuxer, codecs)) {
          const extracted = await extractInto(carrier, path)
          const title = `${name} with ${codecs.join()} into ${carrier}`
          assert.equal(extracted === null, keptWhole.has(title), title)
          if (extracted === null) continue
          assert.deepEqual(await decodedHashes(extracted.path), whole, title)
          for (const codec of codecs) proven.add(`${container.demuxer} ${codec} ${carrier}`)
        }
      })
    }
  }

  it('nothing else: every pair is proven above', () => {
    for (const [demuxer, carriers] of Object.entries(provenCarriers))
      for (const [carrier, codecs] of carriers)
        for (const codec of codecs)
          assert.ok(proven.has(`${demuxer} ${codec} ${carrier}`), `${demuxer} ${codec} ${carrier}`)
  })
})
