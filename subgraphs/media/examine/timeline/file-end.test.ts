import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { asItEnds, mayBeCutShort } from './file-end.ts'
import type { StreamClock } from './stream-clocks.ts'

const { track } = newConversion.source
const media = (container: string, trackMs: number): SourceMedia => ({
  durationMs: 60_000,
  container,
  audioTracks: [{ ...track, durationMs: trackMs }],
  chapters: [],
  tags: [],
  warnings: [],
  picture: null,
  pictureStream: null,
})
const clocks = (...ends: number[]) =>
  new Map(ends.map((lastSeconds, stream) => [stream, { firstSeconds: 0, lastSeconds } as StreamClock]))

describe('a file whose audio ends before its length is over', () => {
  it('may be cut short where its tracks do not say when they end', () => {
    assert.equal(mayBeCutShort(media('flv', 20_000)), true)
    assert.equal(mayBeCutShort(media('flv', 59_000)), false)
    assert.equal(mayBeCutShort(media('mov,mp4,m4a,3gp,3g2,mj2', 20_000)), false)
  })

  it('is as long as what is found of it, and that is said', () => {
    const { durationMs, warnings } = asItEnds(media('flv', 19_900), clocks(19.9, 20))
    assert.equal(durationMs, 20_000)
    assert.deepEqual(
      warnings.map(({ code, message }) => [code, message]),
      [
        [
          'HEADER_WRONG',
          'The file says that it lasts 1:00, and ends after 0:20: it is cut short, or its header is wrong.',
        ],
      ],
    )
  })

  it('is as it was where its packets begin late, and its length counts from zero', () => {
    const late = media('flv', 58_000)
    const clock = { firstSeconds: 2.5, lastSeconds: 59.9 } as StreamClock
    assert.equal(asItEnds(late, new Map([[0, clock]])), late)
  })

  it('is as it was where the picture goes on', () => {
    const film = media('flv', 19_900)
    assert.equal(asItEnds(film, clocks(19.9, 59.9)), film)
  })
})
