/** Turns Ctrl-C and its kin into an AbortSignal; a second one ends everything at once. */
export interface Interruption extends Disposable {
  readonly signal: AbortSignal
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** A terminal and npm may both deliver the same Ctrl-C. */
const samePressMs = 1_000

export function listenForInterruption(onFirst: () => void, onSecond: () => void): Interruption {
  const controller = new AbortController()
  let firstAt = 0
  const listener = () => {
    const now = performance.now()
    if (!controller.signal.aborted) {
      firstAt = now
      onFirst()
      controller.abort(new Error('Interrupted'))
    } else if (now - firstAt > samePressMs) {
      onSecond()
    }
  }
  for (const name of signals) process.on(name, listener)
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const name of signals) process.off(name, listener)
    },
  }
}
