import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { distinctWarnings, warning, type Warning } from '#schema/documents/warning.ts'
import { tellWarnings } from './show-conversion.ts'

function told(warnings: readonly Warning[]): string[] {
  const lines: string[] = []
  tellWarnings('call.webm', [...warnings], { write: (text) => lines.push(text) })
  return lines
}

describe('what was odd about a file, on the terminal', () => {
  it('is nothing where nothing was, and else a line each', () => {
    assert.deepEqual(told([]), [])
    assert.deepEqual(told([warning('COVER_MISSING', 'One\n\u001B[2J'), warning('COVER_MISSING', 'Two')]), [
      'call.webm: note: One [2J\n',
      'call.webm: note: Two\n',
    ])
  })

  it('is told in one order: what was chosen, and then the places in the file', () => {
    const warnings = distinctWarnings([warning('AUDIO_GAP_FILLED', 'Gap'), warning('TRACK_CHOSEN', 'Track')])
    assert.deepEqual(told(warnings), ['call.webm: note: Track\n', 'call.webm: note: Gap\n'])
  })
})
