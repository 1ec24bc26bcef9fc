/** One audio in one container, encoded in segments and by a single process, to be compared. */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { outputOptionsSchema, type OutputOptions } from '#schema/documents/output-options.ts'
import type { RateControl } from '#schema/documents/rate-control.ts'
import { createFfmpeg, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { probeFile } from '#test/harness/probe-file.ts'
import { createLogger } from '#runtime/process/log.ts'
import type { MadeMp3 } from '#converter/attempts/first-proven.ts'
import type { ProvenMp3 } from '#converter/proof/proven-mp3.ts'
import type { AttemptJob } from '#converter/attempts/attempt.ts'
import { createAttempts } from '#converter/attempts/attempts.ts'
import { createMakeMp3, type Mp3Job } from '#converter/attempts/make-mp3.ts'
import { defaultSegmentOptions } from '#converter/attempts/segments/segment-options.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { recipeOf } from '#converter/plan/recipe.ts'
import { ffmpegPath } from '#test/harness/media-tools.ts'
import { makePcmFile } from './audio-file.ts'
import { sourceOf } from './source-of.ts'
import { makeAudio, type AudioKind } from './test-audio.ts'

/** How each container is made from 16-bit PCM. */
export const containers = {
  'mp4-aac': { extension: 'mp4', options: ['-c:a', 'aac', '-b:a', '128k'] },
  'mp4-aac-of-noise': { extension: 'mp4', options: ['-c:a', 'aac', '-b:a', '48k'] },
  'mp4-aac-no-noise': { extension: 'mp4', options: ['-c:a', 'aac', '-b:a', '128k', '-aac_pns', '0'] },
  'mkv-opus': { extension: 'mkv', options: ['-c:a', 'libopus'] },
  'webm-vorbis': { extension: 'webm', options: ['-c:a', 'libvorbis'] },
  'ts-ac3': { extension: 'ts', options: ['-c:a', 'ac3'] },
  'mov-pcm': { extension: 'mov', options: ['-c:a', 'pcm_s16le'] },
  'mov-pcm-96-khz': { extension: 'mov', options: ['-c:a', 'pcm_s24le', '-ar', '96000'] },
  'mkv-ac3-5.1': { extension: 'mkv', options: ['-c:a', 'ac3', '-ac', '6'] },
} as const
export type Container = keyof typeof containers

export interface EncodeCase {
  readonly kinds: readonly AudioKind[]
  readonly container: Container
  readonly sampleRateHz: number
  readonly channels: 1 | 2
  readonly output: RateControl
  /** What else is asked of the MP3. */
  readonly options?: Partial<OutputOptions>
  readonly segments: number
  readonly seed: number
  readonly seek?: boolean
}

/** Long enough for the warm-up, short enough for a test. */
export const segmentSeconds = 10

export const describeCase = ({
  output,
  options,
  sampleRateHz,
  channels,
  kinds,
  container,
  segments,
}: EncodeCase) =>
  [
    output.bitrateMode === 'VBR' ? `V${output.vbrQuality}` : `${output.bitrateMode} ${output.bitrateKbps}`,
    `${sampleRateHz} Hz`,
    channels === 1 ? 'mono' : 'stereo',
    kinds.join('+'),
    container,
    `${segments} segments`,
    ...(options === undefined ? [] : [JSON.stringify(options)]),
  ].join(', ')

/** Audio with the kinds one after another, a little longer than the segments together. */
export async function makeSource(directory: string, given: EncodeCase): Promise<string> {
  const { container, sampleRateHz, channels, kinds, segments, seed } = given
  const { extension, options } = containers[container]
  const seconds = (segments * segmentSeconds + 0.4321) / kinds.length
  const audio = kinds.map((kind, index) =>
    makeAudio({ kind, seconds, sampleRateHz, channels, seed: seed + index }),
  )
  const path = join(directory, `source.${extension}`)
  await makePcmFile(path, Buffer.concat(audio), given, options)
  return path
}

export async function jobFor(
  directory: string,
  given: EncodeCase,
): Promise<Omit<AttemptJob, 'share' | 'outputPath'>> {
  const sourcePath = await makeSource(directory, given)
  const { signal } = new AbortController()
  const source = sourceOf(await probeFile(sourcePath, signal))
  return {
    sourcePath,
    recipe: recipeOf(source, outputOptionsSchema.parse({ ...given.output, ...given.options }), null),
    passthrough: false,
    signal,
    onProgress() {},
    log: createLogger({ service: 'test', level: 'silent', format: 'json' }),
  }
}

/** Of an MP3 that is neither proven nor stored, nor made of an evened-out source. */
export const onlyEncoded: Pick<Mp3Job, 'storing' | 'evenOut'> = {
  storing: {
    tagOf: () => Buffer.alloc(0),
    store: async () => ({ blobId: 'b', sizeBytes: 1, sha256: '' }),
  },
  evenOut: () => Promise.reject(new Error('it would be evened out')),
}
export const unproven = async (): Promise<ProvenMp3> => ({
  sizeBytes: 1,
  sampleCount: 1,
  sampleRateHz: 44_100,
  channels: 2,
  durationMs: 1,
  bitrateMode: 'CBR',
  bitrateKbps: 1,
})

export interface Compared {
  readonly result: MadeMp3['encoding']
  readonly bytes: Buffer
  readonly single: Buffer
}

/** @param change Stands between the segments and ffmpeg. */
export async function encodeBothWays(
  directory: string,
  given: EncodeCase,
  change: (runFfmpeg: RunFfmpeg) => RunFfmpeg = (runFfmpeg) => runFfmpeg,
): Promise<Compared> {
  const runFfmpeg = createFfmpeg(ffmpegPath)
  const segments = {
    ...defaultSegmentOptions,
    leastSegmentMs: segmentSeconds * 1000,
    seekFromSegments: given.seek === true ? 2 : Number.POSITIVE_INFINITY,
  }
  const job = await jobFor(directory, given)
  using share = createCorePool(given.segments).join()
  const [outputPath, singlePath] = [join(directory, 'parallel.mp3'), join(directory, 'single.mp3')]
  for (const path of [outputPath, singlePath]) await rm(path, { force: true })
  const single = createAttempts(runFfmpeg, { proveMp3: unproven }).at(-1)!
  const attempts = [
    ...createAttempts(change(runFfmpeg), { segments, proveMp3: unproven }).slice(0, -1),
    single,
  ]
  const { encoding } = await createMakeMp3(runFfmpeg, { attempts })({
    ...job,
    ...onlyEncoded,
    outputPath,
    share,
  })
  await single.make({ ...job, outputPath: singlePath, share })
  return { result: encoding, bytes: await readFile(outputPath), single: await readFile(singlePath) }
}
