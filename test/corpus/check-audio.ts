/** Whether an MP3 is its source, to the ear: as long, and of the same pitch. */
import assert from 'node:assert/strict'
import type { ExpectedAudio } from './corpus-file.ts'
import { hear } from './heard-audio.ts'
import type { Outcome } from './judge-file.ts'

/** ISO 11172-3: of layer III. */
const samplesPerFrame = 1152

/** What a codec may add to audio: AAC at 8 kHz has frames of 0.128 s. */
const longestFrame = 0.13

export async function checkAudio(
  expected: ExpectedAudio,
  sourcePath: string,
  { path, seconds, channels, sampleRateHz }: Outcome & { kind: 'converted' },
): Promise<void> {
  const [source, mp3] = [await hear(sourcePath, expected.track), await hear(path)]
  const frame = samplesPerFrame / sampleRateHz
  assert.ok(Math.abs(mp3.seconds - seconds) <= frame, `said ${seconds} s, decoded ${mp3.seconds} s`)
  const { moreSeconds = 0 } = expected
  const tolerance = moreSeconds === 0 ? frame : longestFrame
  const difference = seconds - source.seconds - moreSeconds
  assert.ok(Math.abs(difference) <= tolerance, `source ${source.seconds} s, MP3 ${seconds} s`)
  if (expected.seconds !== undefined)
    assert.ok(
      Math.abs(source.seconds - expected.seconds) < longestFrame,
      `${source.seconds} s of audio in the source`,
    )
  if (expected.channels !== undefined) assert.equal(channels, expected.channels)
  if (expected.sampleRateHz !== undefined) assert.equal(sampleRateHz, expected.sampleRateHz)
  if (expected.tonesHz.length === 0) return
  const shares = expected.tonesHz.map((hz) => mp3.shareOf(hz))
  const found = `shares of ${shares.join(', ')} at ${expected.tonesHz.join(', ')} Hz`
  // A part with more channels is quieter once they are mixed.
  assert.ok(Math.min(...shares) > 0.1, found)
  assert.ok(shares.reduce((sum, share) => sum + share, 0) > 0.8, found)
}
