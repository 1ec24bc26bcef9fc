/** The time by which a run must be over: it is told to end then, and soon after whatever is left of it is ended by force. */
import { descendantsOf, isAlive } from './identity.ts'

export interface DeadlineOptions {
  readonly afterMs: number
  /** For an end in order. */
  readonly graceMs?: number
  /** Called before anything is told to end. */
  readonly onPassed: () => void
  /** Called before what is left is killed. */
  readonly onForce?: () => void
}

/** The signal is aborted when the time is over; the process exits with 1 after the grace, and takes all it started along. */
export function setDeadline({ afterMs, graceMs = 20_000, onPassed, onForce }: DeadlineOptions): AbortSignal {
  const deadline = new AbortController()
  const pass = () => {
    onPassed()
    // Whoever loses its parent meanwhile is still one of ours.
    const started = descendantsOf(process.pid)
    setTimeout(() => {
      onForce?.()
      for (const identity of [...started, ...descendantsOf(process.pid)])
        if (isAlive(identity)) process.kill(identity.pid, 'SIGKILL')
      process.exit(1)
    }, graceMs)
    deadline.abort(new Error(`not over after ${afterMs / 1000} s`))
  }
  // Nobody waits for it, and nobody takes it back: what hangs may be the very end.
  setTimeout(pass, afterMs).unref()
  return deadline.signal
}
