/** Whether an MP3 is what a careful player would give of its source, by mpg123 and mutagen. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { ExpectedMp3, Heard } from './hard-file.ts'
import { amplitudeOf, between, hearMp3, rmsOf, type HeardMp3 } from './heard-mp3.ts'
import { readId3 } from './read-id3.ts'
import { hzOf } from './timed-tones.ts'

const toleratedSeconds = 0.1
/** Of full scale: what an encoder leaves of silence is below. */
const silence = 0.003
/** Of a second, at either end, for whatever a codec does at its edges. */
const edgeSeconds = 0.25

export interface StoredFile {
  readonly filename: string
  /** Of the file as it is downloaded, with its tag. */
  readonly path: string
}

export async function checkMp3(expected: ExpectedMp3, { filename, path }: StoredFile): Promise<void> {
  const mp3 = await hearMp3(await readFile(path))
  assert.deepEqual(mp3.errors, [])
  if (expected.filename !== undefined) assert.equal(filename, expected.filename)
  if (expected.channels !== undefined) assert.equal(mp3.channels.length, expected.channels)
  if (expected.sampleRateHz !== undefined) assert.equal(mp3.sampleRateHz, expected.sampleRateHz)
  if (expected.seconds !== undefined) {
    const difference = Math.abs(mp3.seconds - expected.seconds)
    assert.ok(difference <= toleratedSeconds, `${mp3.seconds} s instead of ${expected.seconds} s`)
  }
  if (expected.beginsSeconds !== undefined) checkBegin(expected.beginsSeconds, mp3)
  for (const heard of expected.heard ?? []) checkHeard(heard, mp3)
  const { frames, picture, chapters } = expected
  if (frames === undefined && picture === undefined && chapters === undefined) return
  const found = await readId3(path)
  for (const [key, value] of Object.entries(frames ?? {})) assert.equal(found.frames[key] ?? null, value, key)
  if (chapters !== undefined) assert.deepEqual(found.chapters, chapters)
  if (picture === undefined) return
  const pictures = found.pictures.map(({ type, mimeType }) => ({ type, mimeType }))
  assert.deepEqual(pictures, picture === null ? [] : [picture])
}

/** Where it is half as loud as it becomes: what an encoder smears before that is softer. */
function checkBegin(expectedSeconds: number, { channels, sampleRateHz }: HeardMp3): void {
  const samples = channels[0]!
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  const seconds = samples.findIndex((sample) => Math.abs(sample) >= loudest / 2) / sampleRateHz
  assert.ok(
    Math.abs(seconds - expectedSeconds) <= 0.005,
    `it begins at ${seconds} s, not ${expectedSeconds} s`,
  )
}

function checkHeard({ from, to, side, tones, amplitude }: Heard, mp3: HeardMp3): void {
  const sides = side === undefined ? ([0, 1] as const) : [side === 'left' ? 0 : 1]
  for (let passed = 0; from + passed + 1 <= to; passed++) {
    const at = from + passed
    for (const channel of sides) {
      const samples = between(mp3, channel, at + edgeSeconds, at + 1 - edgeSeconds)
      const where = `second ${at} of the MP3, channel ${channel}`
      assert.ok(samples.length > 0, `${where}: it ends before`)
      if (tones.length === 0) {
        const rms = rmsOf(samples)
        assert.ok(rms < silence, `${where}: ${rms} instead of silence`)
      } else checkTones(tones.map((tone) => hzOf({ ...tone, second: tone.second + passed })))
      function checkTones(pitches: readonly number[]): void {
        const amplitudes = pitches.map((hz) => amplitudeOf(samples, hz, mp3.sampleRateHz))
        const said = `${where}: ${amplitudes.map((each) => each.toFixed(3)).join(', ')} at ${pitches.join(', ')} Hz`
        if (amplitude !== undefined) {
          for (const each of amplitudes) assert.ok(Math.abs(each / amplitude - 1) < 0.06, said)
          return
        }
        const power = amplitudes.reduce((sum, each) => sum + (each * each) / 2, 0)
        assert.ok(power > 0.8 * rmsOf(samples) ** 2, `${said}, and others`)
        assert.ok(Math.min(...amplitudes) > 10 * silence, said)
      }
    }
  }
}
