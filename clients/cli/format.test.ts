import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CliError, sentenceOf, UsageError } from './cli-error.ts'
import { formatDuration, formatMp3, formatPace, formatProgress, formatSize, formatTime } from './format.ts'

describe('what the terminal shows', () => {
  it('puts sizes and lengths into figures', () => {
    assert.deepEqual([0, 999, 1000, 9_949, 9_960, 999_600, 1_500_000_000].map(formatSize), [
      '0 B',
      '999 B',
      '1.0 kB',
      '9.9 kB',
      '10 kB',
      '1.0 MB',
      '1.5 GB',
    ])
    assert.deepEqual([0, 59_500, 192_000, 7_384_000].map(formatDuration), ['0:00', '1:00', '3:12', '2:03:04'])
  })

  it('puts a time by the clock on the wall', () => {
    assert.equal(formatTime(new Date(2026, 0, 2, 3, 4, 5).toISOString()), '2026-01-02 03:04')
  })

  it('shows of progress what is known', () => {
    assert.equal(formatProgress({ percent: 43.9, speed: 52.4, etaMs: 7_000 }), '43 %, 52x, 0:07 left')
    assert.equal(formatProgress({ percent: 0, speed: 0, etaMs: null }), '0 %')
    assert.equal(formatPace({ speed: 0.84, etaMs: null }), '0.8x')
  })

  it('says that a variable bitrate is an average', () => {
    const mp3 = { durationMs: 60_000, sizeBytes: 242_000, bitrateKbps: 32 }
    assert.equal(formatMp3({ ...mp3, bitrateMode: 'VBR' }), '1:00, 242 kB, about 32 kbit/s')
    assert.equal(formatMp3({ ...mp3, bitrateMode: 'CBR' }), '1:00, 242 kB, 32 kbit/s')
    const loud = { ...mp3, bitrateMode: 'CBR', loudness: { integratedLufs: -16.04 } } as const
    assert.equal(formatMp3(loud), '1:00, 242 kB, 32 kbit/s, -16.0 LUFS')
  })

  it('makes of an error one line with its code, which cannot steer the terminal', () => {
    assert.equal(
      sentenceOf(new CliError('NO_AUDIO_TRACK', 'The file has\nno \u001B[31maudio.'), 'earshot'),
      'The file has no [31maudio. [NO_AUDIO_TRACK]',
    )
    assert.equal(sentenceOf(new UsageError('Wrong.'), 'earshot'), 'Wrong.')
    assert.match(sentenceOf(new Error('boom'), 'earshot'), /boom \[UNEXPECTED\]$/)
  })

  it('names the command that helps, as this client was called', () => {
    assert.equal(
      sentenceOf(new CliError('NOT_FOUND', 'There is none.'), 'npm run earshot --'),
      'There is none. See what is yours: npm run earshot -- list [NOT_FOUND]',
    )
    assert.equal(sentenceOf(new CliError('toString', 'Odd.'), 'earshot'), 'Odd. [toString]')
  })
})
