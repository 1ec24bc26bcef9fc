/** Runs ffprobe on one file, in a sandbox, for a minute at most. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { endProcessGroup } from '#runtime/ffmpeg/end-process-group.ts'
import { fileUrl, probeOptions } from '#runtime/ffmpeg/hardening.ts'
import { unconfined, type Sandbox } from '#runtime/ffmpeg/sandbox.ts'

const run = promisify(execFile)

/** @throws what `execFile` does, with `stderr`; the signal's reason. */
export type RunFfprobe = (
  path: string,
  options: readonly string[],
  signal: AbortSignal,
) => Promise<{ readonly stdout: Buffer; readonly stderr: string }>

/** @throws Error at once when there is no such executable. */
export function createRunFfprobe(ffprobePath: string, sandbox: Sandbox = unconfined): RunFfprobe {
  const executable = findExecutable(ffprobePath)
  return async (path, options, signal) => {
    signal.throwIfAborted()
    const [command, ...launch] = sandbox.confine(executable, { read: [path], write: [] })
    const either = AbortSignal.any([signal, AbortSignal.timeout(60_000)])
    const running = run(command, [...launch, ...probeOptions, ...options, fileUrl(path)], {
      killSignal: 'SIGKILL',
      maxBuffer: 16 * 1024 * 1024,
      encoding: 'buffer',
    })
    const { pid } = running.child
    const end = () => pid !== undefined && endProcessGroup(pid)
    either.addEventListener('abort', end, { once: true })
    try {
      const { stdout, stderr } = await running
      return { stdout, stderr: stderr.toString('latin1') }
    } catch (error) {
      signal.throwIfAborted()
      throw error
    } finally {
      either.removeEventListener('abort', end)
    }
  }
}
