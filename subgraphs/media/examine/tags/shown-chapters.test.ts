import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleMedia } from '#media/testing/upload-rig.ts'
import { shownChapters } from './shown-chapters.ts'

const chapter = (startMs: number, endMs: number | null, title = '') => ({ startMs, endMs, title })
const shown = (
  chapters: readonly ReturnType<typeof chapter>[],
  firstStartMs: number,
  probedStartMs: number,
) =>
  shownChapters(
    { ...sampleMedia, chapters: [{ startMs: probedStartMs, endMs: 1, title: null }] },
    { tags: [], pictures: [], chapters: [...chapters], firstStartMs },
  )

describe('the chapters that are shown', () => {
  it('are in the file’s time, in order, and end where the next begins or the file does', () => {
    assert.deepEqual(shown([chapter(30_000, null, 'Two'), chapter(10_000, null, 'One')], 10_000, 0), [
      { startMs: 0, endMs: 20_000, title: 'One' },
      { startMs: 20_000, endMs: sampleMedia.durationMs, title: 'Two' },
    ])
  })

  it('can be stored, whatever times a file states', () => {
    const [far] = shown([chapter(2 ** 64, 2 ** 64)], 0, 0)
    assert.ok(Number.isSafeInteger(far!.startMs) && far!.endMs === sampleMedia.durationMs)
  })

  it('are ffprobe’s where nothing else was read', () => {
    const chapters = [{ startMs: 1, endMs: 2, title: null }]
    assert.deepEqual(shownChapters({ ...sampleMedia, chapters }, null), chapters)
  })
})
