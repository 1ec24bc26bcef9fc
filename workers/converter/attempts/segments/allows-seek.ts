/** Whether a seek into a file lands on the very sample it asked for. */
import { open } from 'node:fs/promises'
import type { Recipe } from '#converter/plan/recipe.ts'

/** Decoders that keep no state longer than a few frames; Opus, Vorbis and AC-3 came out samples away. */
const forgetfulCodecs = new Set(['aac', 'mp3', 'flac'])

/**
 * Only MP4 and its kin: they count time in samples, Matroska in milliseconds, MPEG-TS in ninety-thousandths of a second. Not
 * where the audio is resampled, as that has a phase, nor where it fades, as that is counted from the first sample on.
 */
export async function allowsSeek(path: string, recipe: Recipe): Promise<boolean> {
  const { track, sampleRateHz, fadeInSamples, fadeOutSamples } = recipe
  if (!forgetfulCodecs.has(track.codec) || sampleRateHz !== track.sampleRateHz) return false
  if (fadeInSamples > 0 || fadeOutSamples > 0) return false
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0)
  // The first box of ISO 14496-12 is its file type, after four bytes of length.
  return bytesRead === 8 && buffer.toString('latin1', 4, 8) === 'ftyp'
}
