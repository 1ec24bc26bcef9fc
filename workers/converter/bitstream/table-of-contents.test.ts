import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTableOfContents } from './table-of-contents.ts'

function tableOf(frames: readonly number[]) {
  const table = createTableOfContents(100)
  for (const bytes of frames) table.add(bytes)
  return table
}

describe('the table of contents', () => {
  it('counts the frame of the tag', () => assert.equal(tableOf([200, 300]).sizeBytes(), 600))
  it('gives for each hundredth of the time the part of the file before it', () => {
    // Totals after each of four frames: 200, 300, 400, 500. At 1 %: floor(256 * 200 / 500) = 102.
    const entries = tableOf([100, 100, 100, 100]).entries()
    assert.equal(entries.length, 100)
    assert.deepEqual([entries[0], entries[1], entries[24], entries[25]], [0, 102, 102, 153])
    assert.deepEqual([entries[50], entries[74], entries[75], entries[99]], [204, 204, 255, 255])
  })
  it('keeps every second total when there are more than 400 frames', () => {
    // 400 frames fill it: 200 totals of two frames stay, and frame 401 alone makes no new one.
    const entries = tableOf(Array.from({ length: 401 }, () => 10)).entries()
    // Totals 120, 140, …: entry 50 is the 101st of 200, 100 + 20 * 101 = 2120; the file has 4110 bytes.
    assert.equal(entries[50], Math.floor((256 * 2120) / 4110))
  })
})
