/** Wakes the one who waits for a change. */

export interface Notification {
  /** Something has changed. */
  notify(): void
  /** Resolves with the next `notify`, or at once where there was one since it resolved last. For one who waits at a time. */
  notified(): Promise<void>
}

/** Any number of changes before somebody looks are one. */
export function createNotification(): Notification {
  let change = Promise.withResolvers<void>()
  return {
    notify: () => change.resolve(),
    async notified() {
      await change.promise
      change = Promise.withResolvers()
    },
  }
}
