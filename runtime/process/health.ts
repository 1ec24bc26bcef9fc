/** Answers whether a process is alive and whether it can serve: the second depends on what it depends on. */

export interface Health {
  /** Adds a dependency; the check returns or rejects within its own bounds. */
  require(name: string, check: () => boolean | Promise<boolean>): void
  /** Readiness turns true with this, and false for good with `stopping`. */
  started(): void
  stopping(): void
  report(): Promise<HealthReport>
}

export interface HealthReport {
  readonly status: 'ready' | 'starting' | 'stopping' | 'waiting'
  /** The dependencies that are away. */
  readonly waitingFor: readonly string[]
}

export function createHealth(): Health {
  const checks = new Map<string, () => boolean | Promise<boolean>>()
  let phase: 'starting' | 'ready' | 'stopping' = 'starting'
  const isThere = async (check: () => boolean | Promise<boolean>) => {
    try {
      return await check()
    } catch {
      return false
    }
  }
  return {
    require: (name, check) => void checks.set(name, check),
    started: () => void (phase = phase === 'starting' ? 'ready' : phase),
    stopping: () => void (phase = 'stopping'),
    async report() {
      const results = await Promise.all(
        [...checks].map(async ([name, check]) => ({ name, there: await isThere(check) })),
      )
      const waitingFor = results.filter((result) => !result.there).map((result) => result.name)
      return { status: phase === 'ready' && waitingFor.length > 0 ? 'waiting' : phase, waitingFor }
    },
  }
}
