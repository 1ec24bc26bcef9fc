/** The whole system: how soon it is ready, how close a conversion comes to bare ffmpeg, how many jobs, how much memory. */
import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pLimit from 'p-limit'
import { setUp, type Machine } from '#infra/local/machine/set-up.ts'
import { createSteps } from '#infra/local/machine/steps.ts'
import { startSystem } from '#infra/local/system/system.ts'
import { makeVideo } from './make-video.ts'
import { median, rounded, secondsOf, type Bench } from './measurement.ts'
import { timeSetUp } from './set-up-time.ts'
import * as user from '#test/harness/api-user.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { benchUploadMemory } from './upload-memory.ts'

const run = promisify(execFile)
const rounds = 9
const shortJobs = 20

type Add = Parameters<Bench>[0]

export const systemBench: Bench = async (add) => {
  const { fresh, second } = await timeSetUp()
  add({
    case: 'fresh clone, packages on the machine',
    metric: 'untilReady',
    value: rounded(fresh),
    unit: 's',
  })
  add({ case: 'second start', metric: 'untilReady', value: rounded(second), unit: 's' })

  const machine = await setUp({ env: process.env, steps: createSteps(process.stderr) })
  await using folder = await createTemporaryDirectory()
  const directory = folder.path
  await using system = await startSystem({ directory, machine, supervise: false, portOffset: 3_000 })
  const someone = await user.signUpUser(system.publicUrl)
  await benchOneJob(add, someone, machine, directory)
  await benchManyJobs(add, someone, machine, directory)
  await benchUploadMemory(add, { someone, system, machine, directory })
}

const mp3Options = ['-vn', '-c:a', 'libmp3lame', '-b:a', '192k']

const bareFfmpeg = (machine: Machine, input: string, output: string) =>
  run(machine.ffmpegPath, ['-nostdin', '-v', 'error', '-y', '-i', input, ...mp3Options, output])

/**
 * From `startConversion` to its end, against ffmpeg alone on the same file, in turns. The ratio of the quickest rounds leaves
 * out what else the machine's host was doing, which only ever adds time; where that was much, it lies far from the median.
 */
async function benchOneJob(
  add: Add,
  someone: user.ApiUser,
  machine: Machine,
  directory: string,
): Promise<void> {
  const video = await makeVideo(machine, join(directory, 'ten-minutes.mp4'), 600)
  const [ours, theirs]: [number[], number[]] = [[], []]
  let stored = Number.NaN
  for (let round = 0; round < rounds; round++) {
    const bare = await secondsOf(() => bareFfmpeg(machine, video, join(directory, 'bare.mp3')))
    const upload = await user.uploadFile(someone, video)
    stored = upload.storedBytes! / upload.sizeBytes
    const seconds = await secondsOf(async () => {
      const { id } = await user.startConversion(someone, upload.id)
      await user.followConversion(someone.api, id)
    })
    ours.push(seconds)
    theirs.push(bare)
  }
  const ratios = ours.map((seconds, round) => seconds / theirs[round]!)
  const quickest = Math.min(...ours) / Math.min(...theirs)
  add({ case: '10 min video', metric: 'wallRatio', value: rounded(median(ratios)), unit: 'of ffmpeg' })
  add({ case: '10 min video', metric: 'quickest wallRatio', value: rounded(quickest), unit: 'of ffmpeg' })
  add({ case: '10 min video', metric: 'finished', value: rounded(median(ours)), unit: 's' })
  add({ case: '10 min video', metric: 'stored', value: rounded(stored), unit: 'of the uploaded bytes' })
}

async function benchManyJobs(
  add: Add,
  someone: user.ApiUser,
  machine: Machine,
  directory: string,
): Promise<void> {
  const video = await makeVideo(machine, join(directory, 'short.mp4'), 20)
  const uploads = await Promise.all(Array.from({ length: shortJobs }, () => user.uploadFile(someone, video)))
  const ours = await secondsOf(() =>
    Promise.all(
      uploads.map(async (upload) => {
        const { id } = await user.startConversion(someone, upload.id)
        await user.followConversion(someone.api, id)
      }),
    ),
  )
  const limit = pLimit(availableParallelism())
  const bare = await secondsOf(() =>
    Promise.all(
      uploads.map((_, index) =>
        limit(() => bareFfmpeg(machine, video, join(directory, `bare-${index}.mp3`))),
      ),
    ),
  )
  add({
    case: `${shortJobs} jobs of 20 s at once`,
    metric: 'throughput',
    value: rounded(shortJobs / ours),
    unit: 'jobs/s',
  })
  add({
    case: `${shortJobs} jobs of 20 s at once`,
    metric: 'outsideFfmpeg',
    value: rounded(1 - bare / ours),
    unit: 'of the time',
  })
}
