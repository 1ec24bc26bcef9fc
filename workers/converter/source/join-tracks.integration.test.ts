import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { ffmpeg, ffmpegPath } from '#test/harness/media-tools.ts'
import { probeFile } from '#test/harness/probe-file.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { mp3MadeOf } from '#converter/testing/made-of.ts'
import { sourceOf } from '#converter/testing/source-of.ts'
import { hearTones, toneAmplitude, toneHz, tonesInput } from '#converter/testing/tone-levels.ts'
import { joinTracks } from './join-tracks.ts'

const runFfmpeg = createFfmpeg(ffmpegPath)
const { signal } = new AbortController()

let directory: TemporaryDirectory
before(async () => void (directory = await createTemporaryDirectory()))
after(() => directory[Symbol.asyncDispose]())

async function joined(sourcePath: string, order: readonly [number, number], room = true) {
  const media = await probeFile(sourcePath, signal)
  const [left, right] = order.map((index) => media.audioTracks[index]!) as [never, never]
  const source = {
    ...sourceOf(media),
    joined: { as: 'SIDES' as const, tracks: [left, right] as [never, never] },
  }
  using share = createCorePool(1).join()
  const disk = { hasRoomFor: async () => room }
  const joinedPath = join(directory.path, 'joined')
  return await joinTracks({ runFfmpeg, disk }, { source, sourcePath, joinedPath, share, signal })
}

describe('tracks that are joined', () => {
  const samplesOf = (path: string, ...options: string[]) =>
    ffmpeg('-i', path, ...options, '-f', 's16le', 'pipe:1')
  const twoMono = async (coding: readonly string[], name: string) => {
    const path = join(directory.path, name)
    const split = '[0]asplit[a][b];[a]pan=mono|c0=c0[l];[b]pan=mono|c0=c1[r]'
    const tracks = ['-filter_complex', split, '-map', '[l]', '-map', '[r]']
    await ffmpeg(...tonesInput({ channels: ['FL', 'FR'] }, 'stereo'), ...tracks, ...coding, path)
    return path
  }

  it('are the left and the right of stereo, each with its very samples', async () => {
    const path = await twoMono(['-c:a', 'pcm_s16le'], 'two.mov')
    const { source, sourcePath } = await joined(path, [1, 0])
    assert.deepEqual([source.joined, source.track.index, source.track.codec], [null, 0, 'flac'])
    for (const [track, channel] of [
      [1, 'c0'],
      [0, 'c1'],
    ] as const) {
      const wanted = await samplesOf(path, '-map', `0:a:${track}`)
      assert.ok(wanted.equals(await samplesOf(sourcePath, '-af', `pan=mono|c0=${channel}`)), channel)
    }
  })

  it('of a lossy codec are heard on their own sides', async () => {
    const { sourcePath } = await joined(await twoMono(['-c:a', 'aac', '-b:a', '128k'], 'two.mp4'), [0, 1])
    const { path } = await mp3MadeOf(sourcePath, directory.path, { bitrateKbps: 320 })
    const heard = await hearTones(path, 2)
    const shares = [0, 1].map((channel) =>
      heard.amplitudesAt(toneHz(channel)).map((amplitude) => Math.round((10 * amplitude) / toneAmplitude)),
    )
    assert.deepEqual(shares, [
      [10, 0],
      [0, 10],
    ])
  })

  it('that follow each other stand where they begin, whatever their codecs and channels are', async () => {
    const path = join(directory.path, 'sequence.ts')
    const six = ['FL', 'FR', 'FC', 'LFE', 'SL', 'SR']
    const inputs = [
      ...tonesInput({ channels: ['FL', 'FR'] }, 'stereo'),
      ...['-itsoffset', '1.5', ...tonesInput({ channels: six }, '5.1(side)')],
    ]
    await ffmpeg(...inputs, '-map', '0', '-map', '1', '-c:a:0', 'mp2', '-c:a:1', 'ac3', '-b:a', '384k', path)
    const { audioTracks } = await probeFile(path, signal)
    const [first, second] = [audioTracks[0]!, { ...audioTracks[1]!, startMs: 1_500 }]
    const whole = { ...second, startMs: 0, durationMs: 2_500 }
    const source = {
      ...sourceOf({ durationMs: 2_500, audioTracks: [whole] }),
      joined: { as: 'SEQUENCE' as const, tracks: [first, second] },
    }
    using share = createCorePool(1).join()
    const given = {
      source,
      sourcePath: path,
      joinedPath: join(directory.path, 'sequence.wav'),
      share,
      signal,
    }
    const disk = { hasRoomFor: async () => true }
    const { sourcePath } = await joinTracks({ runFfmpeg, disk }, given)
    const levels = async (from: number, to: number, channel: string) => {
      const cut = `atrim=${from}:${to},pan=mono|c0=${channel}`
      const samples = await samplesOf(sourcePath, '-af', cut)
      return Array.from(
        new Int16Array(samples.buffer.slice(samples.byteOffset, samples.byteOffset + samples.length)),
      ).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    }
    assert.ok((await levels(0.2, 0.8, 'c0')) > 3_000 && (await levels(0.2, 0.8, 'c4')) === 0)
    assert.equal(await levels(1.1, 1.4, 'c0'), 0)
    assert.ok((await levels(1.7, 2.3, 'c4')) > 3_000)
  })

  it('wait for room on the disk', async () => {
    const path = await twoMono(['-c:a', 'pcm_s16le'], 'waiting.mov')
    await assert.rejects(joined(path, [0, 1], false), /no room/)
  })
})
