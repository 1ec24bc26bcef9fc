/** Finds what Earshot needs on this machine, and installs what is missing. */
import { dirname, join } from 'node:path'
import { installPackages, type NeededPackage } from './apt.ts'
import { findBroker } from '#infra/local/system/broker.ts'
import { findOnPath, isExecutable } from '#runtime/process/find-executable.ts'
import { findMongo, type FoundMongo } from '#infra/local/mongo/find-mongo.ts'
import { missingJavaPackages } from '#infra/local/mongo/local-mongo.ts'
import { SetUpError } from './set-up-error.ts'
import type { Steps } from './steps.ts'

export interface Machine {
  readonly mongo: FoundMongo
  readonly ffmpegPath: string
  readonly ffprobePath: string
}

export interface SetUpOptions {
  readonly env: NodeJS.ProcessEnv
  readonly steps: Steps
  /** Tries once more to download MongoDB where that failed before. */
  readonly retryDownload?: boolean
}

export async function setUp({ env, steps, retryDownload = false }: SetUpOptions): Promise<Machine> {
  const bringJava = async () => {
    const java = await missingJavaPackages()
    // One run of apt-get for everything.
    if (java !== undefined) await bringPackages([...missingPackages(env), java], steps)
  }
  const mongo = await findMongo({ env, steps, retryDownload, bringJava })
  await bringPackages(missingPackages(env), steps)
  const ffmpegPath = findProgram('ffmpeg', env['FFMPEG_PATH'], 'FFMPEG_PATH')
  const beside = join(dirname(ffmpegPath), 'ffprobe')
  const probe = env['FFPROBE_PATH'] ?? (isExecutable(beside) ? beside : undefined)
  return { mongo, ffmpegPath, ffprobePath: findProgram('ffprobe', probe, 'FFPROBE_PATH') }
}

function missingPackages(env: NodeJS.ProcessEnv): NeededPackage[] {
  const missing: NeededPackage[] = []
  if (
    env['FFMPEG_PATH'] === undefined &&
    (findOnPath('ffmpeg') === undefined || findOnPath('ffprobe') === undefined)
  ) {
    missing.push({ names: ['ffmpeg'], instead: 'point FFMPEG_PATH and FFPROBE_PATH to the two programs' })
  }
  if (env['RABBITMQ_URL'] === undefined && findBroker() === undefined) {
    missing.push({ names: ['rabbitmq-server'], instead: 'point RABBITMQ_URL to a RabbitMQ 3.10 or newer' })
  }
  return missing
}

/** Conversions work without bubblewrap, behind Landlock's walls or none, so its absence alone stops nothing. */
async function bringPackages(missing: readonly NeededPackage[], steps: Steps): Promise<void> {
  const extras = findOnPath('bwrap') === undefined ? ['bubblewrap'] : []
  if (missing.length > 0) return installPackages(missing, steps, extras)
  if (extras.length === 0) return
  try {
    await installPackages([], steps, extras)
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error
    steps.note('bubblewrap cannot be had here: the log of media says what confines ffmpeg instead')
  }
}

function findProgram(name: string, given: string | undefined, variable: string): string {
  if (given !== undefined && !isExecutable(given)) {
    throw new SetUpError(`${variable} points to ${given}, which is not an executable file`)
  }
  const path = given ?? findOnPath(name)
  if (path === undefined) throw new SetUpError(`There is no ${name} here: install ffmpeg or set ${variable}`)
  return path
}
