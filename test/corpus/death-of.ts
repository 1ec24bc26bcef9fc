/** Whether a process died of a signal, by what the error it left behind says, or any error that caused that. */

/** Those by which the kernel ends what passes a limit of ours: CPU time and file size (prlimit(1)); signal(7) has the numbers. */
const limits = new Set(['SIGKILL', 'SIGXCPU', 'SIGXFSZ'])
const names = new Map([
  [4, 'SIGILL'],
  [6, 'SIGABRT'],
  [7, 'SIGBUS'],
  [8, 'SIGFPE'],
  [9, 'SIGKILL'],
  [11, 'SIGSEGV'],
  [24, 'SIGXCPU'],
  [25, 'SIGXFSZ'],
  [31, 'SIGSYS'],
])

/** @returns the signal's name; null without one, or with one that is a limit's. */
export function deathOf(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const signal = signalIn(cause)
    if (signal !== null && !limits.has(signal)) return signal
  }
  return null
}

function signalIn(error: Error): string | null {
  const { signal, code } = error as { signal?: unknown; code?: unknown }
  if (typeof signal === 'string') return signal
  const killed = /killed with signal (\w+)/.exec(error.message)?.[1]
  if (killed !== undefined) return killed
  // Within a sandbox it is an exit code: 128 and the signal, as in a shell. Others above 128 are ffmpeg's own.
  const exitCode = typeof code === 'number' ? code : Number(/exited with code (\d+)/.exec(error.message)?.[1])
  return names.get(exitCode - 128) ?? null
}
