/** How long a message can be held back before it comes to its queue again: each work queue has one retry queue a delay. */

/** Ascending. A delay may be taken from this list or added to it: what was stored under another list is rounded. */
export const retryDelaysMs = [5_000, 30_000, 300_000] as const

export type RetryDelayMs = (typeof retryDelaysMs)[number]

/** The shortest delay with a queue that is not shorter than the given one; the longest of all where none is. */
export function retryDelayFor(wantedMs: number): RetryDelayMs {
  return retryDelaysMs.find((delayMs) => delayMs >= wantedMs) ?? retryDelaysMs.at(-1)!
}
