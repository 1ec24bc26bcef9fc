/** Runs ffprobe on one file, in a sandbox, for a minute at most. */
import { findExecutable } from '#runtime/process/find-executable.ts'
import { fileUrl, probeOptions } from '#runtime/ffmpeg/hardening.ts'
import { runConfined } from '#runtime/ffmpeg/run-confined.ts'
import { unconfined, type Sandbox } from '#runtime/ffmpeg/sandbox.ts'

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
    const launch = sandbox.confine(executable, { read: [path], write: [] })
    const all = [...probeOptions, ...options, fileUrl(path)]
    const bounds = { signal, timeoutMs: 60_000, maxBuffer: 16 * 1024 * 1024 }
    const { stdout, stderr } = await runConfined(launch, all, bounds)
    return { stdout, stderr: stderr.toString('latin1') }
  }
}
