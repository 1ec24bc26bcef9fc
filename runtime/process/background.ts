/** Work that is begun now and awaited at the end: what begins it goes on at once. */

export interface Background extends AsyncDisposable {
  /** The work must not reject: nobody would hear of it but the process, which ends by that. */
  add(work: Promise<void>): void
}

/** Disposing waits for all that was added, also meanwhile. */
export function createBackground(): Background {
  const underWay = new Set<Promise<void>>()
  return {
    add(work) {
      underWay.add(work)
      void work.finally(() => underWay.delete(work))
    },
    async [Symbol.asyncDispose]() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}
