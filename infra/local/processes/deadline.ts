/** The time by which a run must have ended: then it is told to end, and after a grace period whatever is left of it is killed. */
import { descendantsOf, isAlive } from './identity.ts'

export interface DeadlineOptions {
  readonly afterMs: number
  /** How long an orderly end may take. */
  readonly graceMs?: number
  /** Called before anything is told to end. */
  readonly onPassed: () => void
  /** Called before what is left is killed. */
  readonly onForce?: () => void
}

/** The signal is aborted when the time is over. After the grace period this process kills all it has started, and exits with 1. */
export function setDeadline({ afterMs, graceMs = 20_000, onPassed, onForce }: DeadlineOptions): AbortSignal {
  const deadline = new AbortController()
  const pass = () => {
    onPassed()
    // A process that loses its parent meanwhile is still one of ours.
    const started = descendantsOf(process.pid)
    setTimeout(() => {
      onForce?.()
      for (const identity of [...started, ...descendantsOf(process.pid)])
        if (isAlive(identity)) process.kill(identity.pid, 'SIGKILL')
      process.exit(1)
    }, graceMs)
    deadline.abort(new Error(`not over after ${afterMs / 1000} s`))
  }
  // Never cleared, since what hangs may be the clean-up; and by itself it keeps no process alive.
  setTimeout(pass, afterMs).unref()
  return deadline.signal
}
