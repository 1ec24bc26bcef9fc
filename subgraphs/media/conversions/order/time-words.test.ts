import assert from 'node:assert/strict'
import { it } from 'node:test'
import { timeWords } from '#runtime/timeline/time-words.ts'

it('a time is told as people write it, and in milliseconds', () => {
  assert.deepEqual([0, 90_250, 3_480_000, 3_723_500].map(timeWords), [
    '0:00 (0 ms)',
    '1:30.25 (90250 ms)',
    '58:00 (3480000 ms)',
    '1:02:03.5 (3723500 ms)',
  ])
})
