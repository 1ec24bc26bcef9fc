/** Turns Ctrl-C and SIGTERM into an abort, so that what is at hand can end in order. */

export class Interrupted extends Error {
  /** 128 and the signal's number, as shells report it. */
  readonly exitCode: number

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`interrupted by ${signal}`)
    this.name = 'Interrupted'
    this.exitCode = signal === 'SIGINT' ? 130 : 143
  }
}

/** One key press may come twice, from the terminal and from the process that started this one. */
const samePressMs = 1_000

/** The signal's reason is an Interrupted. A later second interruption ends the process at once. */
export function abortOnInterruption(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    let firstAtMs: number | undefined
    process.on(name, () => {
      const interrupted = new Interrupted(name)
      if (firstAtMs !== undefined && performance.now() - firstAtMs > samePressMs)
        process.exit(interrupted.exitCode)
      firstAtMs ??= performance.now()
      controller.abort(interrupted)
    })
  }
  return controller.signal
}
