/**
 * Runs ffmpeg. The project requires the package fluent-ffmpeg, and this is the one file that imports it. It serves to start the
 * process and to read its lines, no more: what else it offers (options, progress, capabilities) does not go with a sandbox,
 * and is switched off or passed by here.
 */
import { dirname } from 'node:path'
import createCommand from 'fluent-ffmpeg'
import { endProcessGroup } from './end-process-group.ts'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { createOutputReader, type FfmpegProgress, type FfmpegTotals } from './ffmpeg-output.ts'
import type { ResourceLimits } from './resource-limits.ts'
import { unconfined, type Sandbox } from './sandbox.ts'

export interface FfmpegJob {
  readonly inputOptions: readonly string[]
  /** A `file:` URL. */
  readonly input: string
  readonly outputOptions: readonly string[]
  /** A `file:` URL, or `pipe:1` or `-` for outputs that write nothing. */
  readonly output: string
  /** Where not given, those of a run that writes nothing. */
  readonly limits?: ResourceLimits
  /** Ends ffmpeg with SIGKILL; the run then rejects with the signal's reason. */
  readonly signal: AbortSignal
  readonly onProgress?: (progress: FfmpegProgress) => void
  /** Each line ffmpeg logs, as it is: for what filters print. */
  readonly onLine?: (line: string) => void
}

/** What `createOutputReader` reads. */
const reporting = ['-nostdin', '-y', '-hide_banner', '-nostats', '-v', 'level+verbose', '-progress', 'pipe:2']

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
export function createFfmpeg(ffmpegPath: string, sandbox: Sandbox = unconfined): RunFfmpeg {
  const executable = findExecutable(ffmpegPath)
  return async (job) => {
    job.signal.throwIfAborted()
    return await new Promise<FfmpegTotals>((resolve, reject) => {
      const reader = createOutputReader(job.onProgress)
      const [env, ...launch] = sandbox.confine(executable, accessOf(job))
      const command = withoutCapabilityCheck(createCommand({ stdoutLines: 20 }))
        // Kept for all commands of the process: it must be the same for every one.
        .setFfmpegPath(env)
        .addInput(job.input)
        // First of all arguments. Spread: an entry of an array argument would be split at its spaces, and so could
        // smuggle in options.
        .inputOptions(...launch, ...reporting, ...job.inputOptions)
        .outputOptions(...job.outputOptions)
        .output(job.output)
      // A kill before the process is there would be lost.
      let started = false
      const kill = () => void (started && endProcessGroup(processIdOf(command)))
      const finish = (conclude: () => void) => {
        job.signal.removeEventListener('abort', kill)
        conclude()
      }
      job.signal.addEventListener('abort', kill, { once: true })
      command
        .on('start', () => {
          started = true
          if (job.signal.aborted) kill()
        })
        .on('stderr', (line: string) => {
          reader.line(line)
          job.onLine?.(line)
        })
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

/** fluent-ffmpeg's own kill would reach the first process alone. */
function processIdOf(command: createCommand.FfmpegCommand): number {
  const { pid } = (command as { ffmpegProc?: { pid?: number } }).ffmpegProc ?? {}
  if (pid === undefined) throw new Error('ffmpeg has started and has no process id')
  return pid
}

/** fluent-ffmpeg would first run ffmpeg outside the sandbox, to ask for its formats and encoders. */
function withoutCapabilityCheck(command: createCommand.FfmpegCommand): createCommand.FfmpegCommand {
  return Object.assign(command, { _checkCapabilities: (done: () => void) => done() })
}

/** The file a URL leads to; none for pipes and outputs that write nothing. */
const fileOf = (url: string): string | undefined => /file:(.*)$/s.exec(url)?.[1]

function accessOf({ input, output, limits }: FfmpegJob) {
  const [source, target] = [fileOf(input), fileOf(output)]
  return {
    read: source === undefined ? [] : [source],
    write: target === undefined ? [] : [dirname(target)],
    ...(limits && { limits }),
  }
}
