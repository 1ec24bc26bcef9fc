import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { timelineWarnings, type ToldStep } from './timeline-warnings.ts'

const gaps = (count: number): ToldStep[] =>
  Array.from({ length: count }, (_, at) => ({ is: 'gap', startMs: 2_000 + 60_000 * at, byMs: 600 }))

describe('what is told of a track’s timeline', () => {
  it('is each place with its length, where there are a few', () => {
    assert.deepEqual(
      timelineWarnings(1, [...gaps(3), { is: 'jump', startMs: 300_000, byMs: -3_600_000 }]).map(
        ({ code, message, startMs, durationMs }) => [code, message, startMs, durationMs],
      ),
      [
        ...['0:02', '1:02', '2:02'].map((place, at) => [
          'AUDIO_GAP_FILLED',
          `The file has no audio at ${place} for 0.6 s; the MP3 has silence there.`,
          2_000 + 60_000 * at,
          600,
        ]),
        [
          'CLOCK_JUMP_CLOSED',
          'At 5:00 the clock of the file jumps by 1:00:00; the audio goes on without a gap.',
          300_000,
          3_600_000,
        ],
      ],
    )
  })

  it('is one sentence a kind where there are more, with the first place and the sum', () => {
    const jumps = Array.from(
      { length: 4 },
      (_, at) => ({ is: 'jump', startMs: 5_000 * at, byMs: 70_000 }) as const,
    )
    assert.deepEqual(timelineWarnings(1, [...gaps(300), ...jumps]), [
      {
        code: 'AUDIO_GAP_FILLED',
        message:
          'In 300 places from 0:02 to 4:59:02 the file has no audio, for 3:00 in all; the MP3 has silence there.',
        audioTrack: 1,
        startMs: 2_000,
        durationMs: 180_000,
      },
      {
        code: 'CLOCK_JUMP_CLOSED',
        message:
          'In 4 places from 0:00 to 0:15 the clock of the file jumps; the audio goes on without a gap.',
        audioTrack: 1,
        startMs: 0,
        durationMs: 280_000,
      },
    ])
  })
})
