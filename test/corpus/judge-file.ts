/** Sends one file through the product, and says what came of it, what it took, and what was left behind. */
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { inspect } from 'node:util'
import { pino } from 'pino'
import type { ErrorCode } from '#schema/errors/error-codes.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { deathOf } from './death-of.ts'
import type { Passage, PassageOptions, Pipeline } from './pipeline.ts'
import { watchProcesses, type ProcessWatch } from './process-watch.ts'

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
  const [lines, failures]: [string[], unknown[]] = [[], []]
  using watch = watchProcesses(folder)
  const startMs = performance.now()
  const outcome = await send(pipeline, path, {
    folder: work,
    takesFrame,
    signal: AbortSignal.timeout(patienceMs),
    log: pino({ level: 'trace' }, collect(lines)),
    onFailure: (error) => void failures.push(error),
    onFound: async ({ media, mp3s: [made] }) => {
      const tag = await tagOf(made!.path)
      lines.push(JSON.stringify(media), tag.toString('latin1'), tag.toString('utf16le'))
    },
  })
  const seconds = (performance.now() - startMs) / 1000
  return {
    outcome,
    crash: failures.map(deathOf).find((death) => death !== null) ?? null,
    left: [
      ...(await strayFiles(folder, given)),
      ...(await strayFiles(work, ['stored'])),
      ...(await strayProcesses(watch)),
    ],
    peakMemoryMb: watch.peakBytes() / 2 ** 20,
    seconds,
    said: [...lines, ...failures.map((error) => inspect(error, { depth: 10, maxStringLength: null }))].join(
      '\n',
    ),
  }
}

async function send(
  pipeline: Pipeline,
  path: string,
  { onFound, ...options }: PassageOptions & { onFound: (passage: Passage) => Promise<void> },
): Promise<Outcome> {
  try {
    const passage = await pipeline(path, options)
    await onFound(passage)
    const { mp3, path: outputPath } = passage.mp3s[0]!
    const { channels, sampleRateHz, sampleCount } = mp3
    const seconds = sampleCount / sampleRateHz
    return { kind: 'converted', seconds, channels, sampleRateHz, path: outputPath }
  } catch (error) {
    options.onFailure(error)
    if (options.signal.aborted) return { kind: 'hung' }
    return error instanceof DomainError ? { kind: 'refused', code: error.code } : { kind: 'broken' }
  }
}

/** ID3v2.3 §3.1: the size in the header is of four times seven bits, and counts what follows the header. */
async function tagOf(path: string): Promise<Buffer> {
  const bytes = await readFile(path)
  if (bytes.toString('latin1', 0, 3) !== 'ID3') return Buffer.alloc(0)
  const size = bytes.subarray(6, 10).reduce((sum, byte) => sum * 128 + byte, 0)
  return bytes.subarray(0, 10 + size)
}

const collect = (lines: string[]) =>
  new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString())
      done()
    },
  })

const strayFiles = async (folder: string, expected: readonly string[]): Promise<string[]> =>
  (await readdir(folder)).filter((name) => !expected.includes(name))

async function strayProcesses(watch: ProcessWatch): Promise<string[]> {
  const gone = () => watch.running().length === 0
  await waitUntil('its processes are gone', gone, { withinMs: endingMs, everyMs: 20 }).catch(() => undefined)
  return watch.running()
}
