/** The operations of a socket: each counts until it has ended, also when its client wants no more of it. */
import { createOpenCount } from '#router/connections/open-count.ts'

export interface OpenOperation {
  /** Aborted when the client gives the operation up, or goes. */
  readonly signal: AbortSignal
  end(): void
}

export interface OpenOperations {
  /** Null where there are as many as there may be. */
  begin(id: string): OpenOperation | null
  giveUp(id: string): void
  giveUpAll(): void
}

export function createOpenOperations(most: number): OpenOperations {
  const open = createOpenCount(most)
  const leaving = new Map<string, AbortController>()
  return {
    begin(id) {
      const release = open.take('')
      if (release === null) return null
      const controller = new AbortController()
      leaving.set(id, controller)
      return {
        signal: controller.signal,
        end() {
          release()
          // Another may have its id by now.
          if (leaving.get(id) === controller) leaving.delete(id)
        },
      }
    },
    giveUp: (id) => leaving.get(id)?.abort(),
    giveUpAll: () => leaving.forEach((controller) => controller.abort()),
  }
}
