/** Whether each second of an MP3 is the one that is presented then, by mpg123. */
import assert from 'node:assert/strict'
import { amplitudeOf, between, hearMp3, rmsOf } from '#test/corpus/hard/heard-mp3.ts'
import { hzOf } from '#test/corpus/hard/timed-tones.ts'
import type { HeardStretch } from './random-timeline.ts'

/** Of what is heard and what is not, at either end: encoders smear, and one packet may lie in between. */
const edgeSeconds = 0.15
/** In less, tones 50 Hz apart are not told from each other. */
const leastSeconds = 0.2
const silence = 0.01

export async function checkTimeline(bytes: Buffer, heard: readonly HeardStretch[]): Promise<void> {
  const mp3 = await hearMp3(bytes)
  assert.deepEqual(mp3.errors, [])
  const { atSeconds, toSeconds, fromSeconds } = heard.at(-1)!
  const seconds = atSeconds + toSeconds - fromSeconds
  assert.ok(Math.abs(mp3.seconds - seconds) < edgeSeconds, `${mp3.seconds} s, not ${seconds} s`)
  for (const [index, stretch] of heard.entries()) {
    const before = heard[index - 1]
    const silentFrom = before === undefined ? 0 : before.atSeconds + before.toSeconds - before.fromSeconds
    const [from, to] = [silentFrom + edgeSeconds, stretch.atSeconds - edgeSeconds]
    if (to - from >= leastSeconds) {
      const rms = rmsOf(between(mp3, 0, from, to))
      assert.ok(rms < silence, `${rms} between ${from} s and ${to} s, instead of silence`)
    }
    for (let second = Math.floor(stretch.fromSeconds); second < stretch.toSeconds; second++) {
      const start = Math.max(second, stretch.fromSeconds) + edgeSeconds
      const end = Math.min(second + 1, stretch.toSeconds) - edgeSeconds
      if (end - start < leastSeconds) continue
      const shift = stretch.atSeconds - stretch.fromSeconds
      const samples = between(mp3, 0, start + shift, end + shift)
      const amplitude = amplitudeOf(samples, hzOf({ second }), mp3.sampleRateHz)
      const where = `second ${second} of the source at ${(start + shift).toFixed(2)} s of the MP3`
      assert.ok((amplitude * amplitude) / 2 > 0.8 * rmsOf(samples) ** 2 && amplitude > 0.05, where)
    }
  }
}
