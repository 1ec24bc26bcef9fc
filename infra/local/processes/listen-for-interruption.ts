/** Turns Ctrl-C, SIGTERM, SIGHUP and the death of npm into an AbortSignal; a second Ctrl-C ends everything at once. */
export interface Interruption extends Disposable {
  readonly signal: AbortSignal
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** A terminal and npm may both deliver the same Ctrl-C. */
const samePressMs = 1_000
const parentCheckMs = 500

export function listenForInterruption(onFirst: () => void, onSecond: () => void): Interruption {
  const controller = new AbortController()
  let firstAt = 0
  const begin = () => {
    firstAt = performance.now()
    onFirst()
    controller.abort(new Error('Interrupted'))
  }
  const listener = () => {
    if (!controller.signal.aborted) begin()
    else if (performance.now() - firstAt > samePressMs) onSecond()
  }
  for (const name of signals) process.on(name, listener)
  const watch = watchNpm(() => {
    if (!controller.signal.aborted) begin()
  })
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      clearInterval(watch)
      for (const name of signals) process.off(name, listener)
    },
  }
}

/** A killed npm sends its children no signal: they merely get another parent. */
function watchNpm(onDeath: () => void): NodeJS.Timeout | undefined {
  if (process.env['npm_lifecycle_event'] === undefined) return undefined
  const parent = process.ppid
  const check = () => {
    if (process.ppid !== parent) onDeath()
  }
  return setInterval(check, parentCheckMs).unref()
}
