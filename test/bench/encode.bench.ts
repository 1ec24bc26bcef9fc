/** The encoder side by side with one bare ffmpeg in the same run: time, CPU, memory, and whether the bytes are the same. */
import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { createProbe } from '#media/examine/probe.ts'
import { createLogger } from '#runtime/process/log.ts'
import { createAttempts } from '#converter/attempts/attempts.ts'
import { createMakeMp3 } from '#converter/attempts/make-mp3.ts'
import { defaultSegmentOptions, type SegmentOptions } from '#converter/attempts/segments/segment-options.ts'
import { createCorePool, type CoreShare } from '#converter/cores/core-pool.ts'
import { sourceOf } from '#converter/testing/source-of.ts'
import { makeAudio } from '#converter/testing/test-audio.ts'
import { recipeOf } from '#converter/plan/recipe.ts'
import { createProveMp3, type ProveMp3, type SampleCounts } from '#converter/proof/prove-mp3.ts'
import { onlyEncoded, unproven } from '#converter/testing/encode-case.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { median, rounded, type Bench } from './measurement.ts'
import { measureUsage } from './process-usage.ts'

const execute = promisify(execFile)
const contents = ['speech', 'music'] as const
const simulatedCores = 64
/** Repeated to the length wanted. */
const blockSeconds = 60
/** The times of single rounds scatter; those of an hour's audio scatter less. */
const roundsOf = (minutes: number) => (minutes < 60 ? 5 : 3)

type Add = Parameters<Bench>[0]

interface Case {
  readonly name: string
  readonly minutes: number
  readonly input: string
  readonly directory: string
}

export const encodeBench: Bench = async (add, { minutes = [1, 10, 60], cores = [1, 2] }) => {
  await using folder = await createTemporaryDirectory()
  const directory = folder.path
  for (const content of contents) {
    for (const length of minutes) {
      const input = await makeInput(directory, content, length)
      for (const count of cores.filter((wanted) => wanted <= availableParallelism())) {
        const name = `${length} min, ${count} ${count === 1 ? 'core' : 'cores'}, ${content}`
        await benchOne(add, { name, minutes: length, input, directory }, count)
      }
      if (length >= 60) {
        const name = `${length} min, ${simulatedCores} simulated cores, ${content}`
        await benchSimulated(add, { name, minutes: length, input, directory })
      }
      await rm(input)
    }
  }
}

/** An MP4 as telephones and cameras write it: AAC without noise substitution, its time without a break. */
async function makeInput(
  directory: string,
  kind: (typeof contents)[number],
  minutes: number,
): Promise<string> {
  const pcmPath = join(directory, 'block.pcm')
  const shape = { kind, seconds: blockSeconds, sampleRateHz: 44_100, channels: 2, seed: 11 } as const
  await writeFile(pcmPath, makeAudio(shape))
  const loops = ['-stream_loop', `${(minutes * 60) / blockSeconds - 1}`]
  const pcm = [...loops, '-f', 's16le', '-ar', '44100', '-ac', '2', '-i', pcmPath]
  const path = join(directory, `${kind}-${minutes}.mp4`)
  const coding = ['-c:a', 'aac', '-aac_coder', 'fast', '-aac_pns', '0', '-b:a', '128k']
  await execute(findExecutable('ffmpeg'), ['-nostdin', '-v', 'error', '-y', ...pcm, ...coding, path])
  return path
}

async function bareFfmpeg({ input, directory }: Case): Promise<string> {
  const output = join(directory, 'bare.mp3')
  const coding = ['-vn', '-c:a', 'libmp3lame', '-b:a', '192k']
  const options = ['-nostdin', '-v', 'error', '-y', '-i', input, '-map_metadata', '-1', ...coding, output]
  await execute(findExecutable('ffmpeg'), options)
  return output
}

async function prepare({ input, directory }: Case, share: CoreShare) {
  const { signal } = new AbortController()
  const source = sourceOf(await createProbe('ffprobe')(input, signal))
  const outputPath = join(directory, 'ours.mp3')
  await rm(outputPath, { force: true })
  const output = outputOptionsSchema.parse({ bitrateMode: 'CBR', bitrateKbps: 192 })
  const recipe = recipeOf(source, output, null)
  const log = createLogger({ service: 'bench', level: 'info', format: 'pretty' })
  return {
    ...onlyEncoded,
    sourcePath: input,
    outputPath,
    recipe,
    passthrough: false,
    signal,
    onProgress() {},
    share,
    log,
  }
}

/** Encodes, and proves nothing: that is measured apart, by what the encode says of itself. */
function createEncode(segments: SegmentOptions = defaultSegmentOptions) {
  const runFfmpeg = createFfmpeg('ffmpeg')
  return async (job: Awaited<ReturnType<typeof prepare>>) => {
    let counts: SampleCounts | undefined
    const proveMp3: ProveMp3 = async (_path, _recipe, encoded) => {
      counts = encoded
      return await unproven()
    }
    const attempts = createAttempts(runFfmpeg, { segments, proveMp3 })
    const { encoding } = await createMakeMp3(runFfmpeg, { attempts })(job)
    return { counts: counts!, encoding }
  }
}

async function benchOne(add: Add, given: Case, cores: number): Promise<void> {
  const encode = createEncode()
  const prove = createProveMp3(createFfmpeg('ffmpeg'))
  const ratios = { wall: [] as number[], cpu: [] as number[], proven: [] as number[], memory: [] as number[] }
  let identical = true
  for (let round = 0; round < roundsOf(given.minutes); round++) {
    const bare = await measureUsage(() => bareFfmpeg(given))
    using share = createCorePool(cores).join()
    const job = await prepare(given, share)
    const ours = await measureUsage(() => encode(job))
    const { counts } = ours.result
    const proof = await measureUsage(() => prove(job.outputPath, job.recipe, counts, job.signal, share))
    ratios.wall.push(ours.wallSeconds / bare.wallSeconds)
    ratios.cpu.push(ours.cpuSeconds / bare.cpuSeconds)
    ratios.proven.push((ours.wallSeconds + proof.wallSeconds) / bare.wallSeconds)
    ratios.memory.push(ours.peakMemoryMb - bare.peakMemoryMb)
    identical &&= (await readFile(job.outputPath)).equals(await readFile(bare.result))
  }
  const report = (metric: string, values: number[], unit: string) =>
    add({ case: given.name, metric, value: rounded(median(values)), unit })
  report('wallRatio', ratios.wall, 'of ffmpeg')
  report('provenWallRatio', ratios.proven, 'of ffmpeg')
  report('cpuRatio', ratios.cpu, 'of ffmpeg')
  report('peakMemoryMb', ratios.memory, 'MB beyond ffmpeg')
  add({ case: given.name, metric: 'identical', value: identical ? 1 : 0, unit: '' })
}

/** One segment after another; with a core for each, the longest and all that is not a segment would remain. */
async function benchSimulated(add: Add, given: Case): Promise<void> {
  const bare = await measureUsage(() => bareFfmpeg(given))
  using one = createCorePool(1).join()
  const segmentSeconds: number[] = []
  const run: CoreShare['run'] = (work, signal) =>
    one.run(async () => {
      const startMs = performance.now()
      const result = await work()
      segmentSeconds.push((performance.now() - startMs) / 1000)
      return result
    }, signal)
  const share = { cores: simulatedCores, run, [Symbol.dispose]() {} }
  const encode = createEncode({ ...defaultSegmentOptions, leastSegmentMs: 30_000 })
  const job = await prepare(given, share)
  const ours = await measureUsage(() => encode(job))
  const inSegments = segmentSeconds.reduce((sum, value) => sum + value, 0)
  const simulated = Math.max(...segmentSeconds) + ours.wallSeconds - inSegments
  const identical = (await readFile(job.outputPath)).equals(await readFile(bare.result))
  const report = (metric: string, value: number, unit: string) =>
    add({ case: given.name, metric, value: rounded(value), unit })
  report('wallRatio', simulated / bare.wallSeconds, 'of ffmpeg')
  report('cpuRatio', ours.cpuSeconds / bare.cpuSeconds, 'of ffmpeg')
  report('identical', identical && ours.result.encoding.path !== 'SINGLE' ? 1 : 0, '')
}
