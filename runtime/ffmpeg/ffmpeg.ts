/** Runs ffmpeg. The one file that imports fluent-ffmpeg, whose known defects are avoided here. */
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import createCommand from 'fluent-ffmpeg'
import { createOutputReader, type FfmpegProgress, type FfmpegTotals } from '#runtime/ffmpeg/ffmpeg-output.ts'

export interface FfmpegJob {
  readonly inputOptions: readonly string[]
  /** A `file:` URL. */
  readonly input: string
  readonly outputOptions: readonly string[]
  /** A `file:` URL, or `pipe:1` or `-` for outputs that write nothing. */
  readonly output: string
  /** Ends ffmpeg with SIGKILL; the run then rejects with the signal's reason. */
  readonly signal: AbortSignal
  readonly onProgress?: (progress: FfmpegProgress) => void
}

/** What `createOutputReader` reads. */
const reporting = ['-nostdin', '-hide_banner', '-nostats', '-v', 'level+verbose', '-progress', 'pipe:2']

/** ffmpeg ended with an error of its own: about the media, its options, or the disk. */
export class FfmpegError extends Error {
  /** The last lines ffmpeg logged at level error. */
  readonly errors: readonly string[]

  constructor(message: string, errors: readonly string[]) {
    super(message)
    this.name = 'FfmpegError'
    this.errors = errors
  }
}

/** @throws FfmpegError when ffmpeg fails or is killed by a signal of its own making. */
export type RunFfmpeg = (job: FfmpegJob) => Promise<FfmpegTotals>

/** @throws Error at once when there is no such executable: fluent-ffmpeg would throw it where nobody can catch it. */
export function createFfmpeg(ffmpegPath: string): RunFfmpeg {
  const executable = findExecutable(ffmpegPath)
  return async (job) => {
    job.signal.throwIfAborted()
    return await new Promise<FfmpegTotals>((resolve, reject) => {
      const reader = createOutputReader(job.onProgress)
      const command = createCommand({ stdoutLines: 20 })
        .setFfmpegPath(executable)
        .addInput(job.input)
        // Spread: an entry of an array argument would be split at its spaces, and so could smuggle in options.
        .inputOptions(...reporting, ...job.inputOptions)
        .outputOptions(...job.outputOptions)
        .output(job.output)
      // A kill before the process is there would be lost.
      let started = false
      const kill = () => void (started && command.kill('SIGKILL'))
      const finish = (settle: () => void) => {
        job.signal.removeEventListener('abort', kill)
        settle()
      }
      job.signal.addEventListener('abort', kill, { once: true })
      command
        .on('start', () => {
          started = true
          if (job.signal.aborted) kill()
        })
        .on('stderr', (line: string) => reader.line(line))
        .on('end', () => finish(() => resolve(reader.totals())))
        .on('error', (error: Error) =>
          finish(() =>
            reject(job.signal.aborted ? job.signal.reason : new FfmpegError(error.message, reader.errors())),
          ),
        )
      command.run()
    })
  }
}

export function findExecutable(name: string): string {
  const candidates = isAbsolute(name)
    ? [name]
    : (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))
  for (const candidate of candidates) {
    try {
      accessSync(candidate, constants.X_OK)
      if (statSync(candidate).isFile()) return candidate
    } catch {
      // Not this one.
    }
  }
  throw new Error(`there is no executable ${name}`)
}
