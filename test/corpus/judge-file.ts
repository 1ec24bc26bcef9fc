/** Sends one file through the product, and says what came of it, what it took, and what was left behind. */
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { inspect } from 'node:util'
import { pino } from 'pino'
import type { ErrorCode } from '#schema/errors/error-codes.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { deathOf } from '#test/corpus/death-of.ts'
import type { PassageOptions, Pipeline } from '#test/corpus/pipeline.ts'
import { watchProcesses, type ProcessWatch } from '#test/corpus/process-watch.ts'

export type Outcome =
  | {
      readonly kind: 'converted'
      readonly seconds: number
      readonly channels: number
      readonly sampleRateHz: number
      readonly path: string
    }
  | { readonly kind: 'refused'; readonly code: ErrorCode }
  /** Not over in time. */
  | { readonly kind: 'hung' }
  /** An error that is nobody's code. */
  | { readonly kind: 'broken' }

export interface Judgement {
  readonly outcome: Outcome
  /** The signal that ended a process which no limit of ours had ended; null without one. */
  readonly crash: string | null
  /** Files and processes. */
  readonly left: readonly string[]
  readonly peakMemoryMb: number
  readonly seconds: number
  /** All that was found in the file, logged, or thrown. */
  readonly said: string
}

/** A file of the corpus takes some seconds, on a busy machine some more. */
const patienceMs = 60_000
/** The kernel ends what was in a sandbox after the sandbox itself. */
const endingMs = 5_000

/** @param folder Holds the file and nothing of another: by it, processes are told apart. */
export async function judgeFile(
  path: string,
  folder: string,
  pipeline: Pipeline,
  { takesFrame }: Pick<PassageOptions, 'takesFrame'>,
): Promise<Judgement> {
  const work = join(folder, 'work')
  await mkdir(work)
  const given = await readdir(folder)
  const deadline = AbortSignal.timeout(patienceMs)
  const lines: string[] = []
  const log = pino({ level: 'trace' }, collect(lines))
  using watch = watchProcesses(folder)
  const startMs = performance.now()
  let outcome: Outcome
  let error: unknown
  try {
    const { media, mp3, outputPath, tag } = await pipeline(path, {
      folder: work,
      takesFrame,
      signal: deadline,
      log,
    })
    lines.push(JSON.stringify(media), tag.toString('latin1'), tag.toString('utf16le'))
    const { channels, sampleRateHz, sampleCount } = mp3
    outcome = {
      kind: 'converted',
      seconds: sampleCount / sampleRateHz,
      channels,
      sampleRateHz,
      path: outputPath,
    }
  } catch (thrown) {
    error = thrown
    lines.push(inspect(thrown, { depth: 10, maxStringLength: null }))
    if (deadline.aborted) outcome = { kind: 'hung' }
    else outcome = thrown instanceof DomainError ? { kind: 'refused', code: thrown.code } : { kind: 'broken' }
  }
  const seconds = (performance.now() - startMs) / 1000
  return {
    outcome,
    crash: deathOf(error),
    left: [
      ...(await strayFiles(folder, given)),
      ...(await strayFiles(work, ['output.mp3'])),
      ...(await strayProcesses(watch)),
    ],
    peakMemoryMb: watch.peakBytes() / 2 ** 20,
    seconds,
    said: lines.join('\n'),
  }
}

const collect = (lines: string[]) =>
  new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString())
      done()
    },
  })

/** An MP3 that was begun is removed with its folder by whoever ordered it. */
const strayFiles = async (folder: string, expected: readonly string[]): Promise<string[]> =>
  (await readdir(folder)).filter((name) => !expected.includes(name))

async function strayProcesses(watch: ProcessWatch): Promise<string[]> {
  const untilMs = performance.now() + endingMs
  while (watch.running().length > 0 && performance.now() < untilMs) await delay(20)
  return watch.running()
}
