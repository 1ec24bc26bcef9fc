/** How much more lies on a disk than an hour ago: what nobody can tell from the figure of now. */

interface Look {
  readonly atMs: number
  readonly freeBytes: number
}

const hourMs = 3_600_000
const minuteMs = 60_000

/** @returns what is to be told of each look: it answers with how much less is free than an hour ago, or than at the first look. */
export function createDiskGrowth(monotonicMs = () => performance.now()): (freeBytes: number) => number {
  // One a minute at most; the first is the newest of those that are an hour old.
  let looks: readonly Look[] = []
  return (freeBytes) => {
    const atMs = monotonicMs()
    const last = looks.at(-1)
    if (last === undefined || atMs - last.atMs >= minuteMs) looks = [...looks, { atMs, freeBytes }]
    const over = looks.findLastIndex((look) => atMs - look.atMs >= hourMs)
    if (over > 0) looks = looks.slice(over)
    return looks[0]!.freeBytes - freeBytes
  }
}
