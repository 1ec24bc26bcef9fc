import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { boundedTags, boundedTitles } from './bounded-tags.ts'

describe('what is kept of a file’s own words', () => {
  it('is each text that finds room, also behind one that does not', () => {
    const lyrics = Array.from({ length: 6 }, (_, at) => ({ key: `lyrics-${at}`, value: 'x'.repeat(30_000) }))
    const kept = boundedTags([...lyrics, { key: 'title', value: 'Title' }])
    assert.deepEqual(
      kept.map(({ key, value }) => [key, value.length]),
      [...[0, 1, 2, 3].map((at) => [`lyrics-${at}`, 20_000]), ['title', 5]],
    )
  })

  it('is no longer than a field may be, and ends with a whole character', () => {
    const [tag] = boundedTags([{ key: 'title', value: `${'x'.repeat(1_999)}👍` }])
    assert.equal(tag!.value, 'x'.repeat(1_999))
    const [chapter] = boundedTitles([{ startMs: 0, endMs: 1, title: 'y'.repeat(300) }])
    assert.equal(chapter!.title, 'y'.repeat(200))
  })
})
