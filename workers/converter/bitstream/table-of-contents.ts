/** The seek table of the Xing tag, made as libavformat makes it while it writes (mp3enc.c): from at most 400 running totals. */

const mostTotals = 400

export interface TableOfContents {
  /** @param frameBytes The next frame's length. */
  add(frameBytes: number): void
  /** Bytes so far, the tag's own frame included. */
  sizeBytes(): number
  /** For each hundredth of the playing time, in 256ths of the file's length, how far into the file it is. */
  entries(): Buffer
}

/** @param tagFrameBytes The length of the frame that holds the tag. */
export function createTableOfContents(tagFrameBytes: number): TableOfContents {
  const totals = new Float64Array(mostTotals)
  let [used, framesATotal, framesSince, size] = [0, 1, 0, tagFrameBytes]
  return {
    add(frameBytes) {
      size += frameBytes
      if (++framesSince < framesATotal) return
      framesSince = 0
      totals[used++] = size
      if (used < mostTotals) return
      // Full: keep every second total, and let each new one stand for twice as many frames.
      for (let index = 1; index < mostTotals; index += 2) totals[index >> 1] = totals[index]!
      framesATotal *= 2
      used = mostTotals / 2
    },
    sizeBytes: () => size,
    entries() {
      const entries = Buffer.alloc(100)
      for (let index = 1; index < 100; index++) {
        const total = totals[Math.floor((index * used) / 100)]!
        entries[index] = Math.min(255, Math.floor((256 * total) / size))
      }
      return entries
    },
  }
}
