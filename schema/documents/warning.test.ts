import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { distinctWarnings, mostWarnings, warning } from './warning.ts'

describe('the warnings of a conversion', () => {
  it('are each once, what was chosen and mixed before the places in a file, which keep their order', () => {
    const gap = (message: string) => warning('AUDIO_GAP_FILLED', message)
    const peaks = warning('PEAKS_LIMITED', 'quieter')
    const chosen = warning('TRACK_CHOSEN', 'the second')
    assert.deepEqual(distinctWarnings([gap('b'), gap('a'), peaks, gap('b'), chosen, peaks]), [
      chosen,
      peaks,
      gap('b'),
      gap('a'),
    ])
  })

  it('fit into a document: it is places that are left out', () => {
    const gaps = Array.from({ length: 70 }, (_, at) => warning('AUDIO_GAP_FILLED', String(at)))
    const kept = distinctWarnings([...gaps, warning('TRACKS_JOINED', 'both')])
    assert.equal(kept.length, mostWarnings)
    assert.deepEqual([kept[0]!.code, kept.at(-1)!.message], ['TRACKS_JOINED', '48'])
  })
})
