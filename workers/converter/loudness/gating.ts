/** Integrated loudness from the loudness of audio's gating blocks, by the two gates of ITU-R BS.1770-4. */

/** A gating block is 400 ms long, and begins 100 ms after the one before: an overlap of 75 % (BS.1770-4, annex 1). */
export const blockSteps = 4
export const stepMs = 100

/** Annex 1, equations 5 to 7: what is not louder than this is not heard at all. */
const absoluteGateLufs = -70

/** So far below the loudness of what the absolute gate leaves lies the relative one. */
const relativeGateLu = -10

/** At 1 kHz the weighting filter gives this much more, and is to be transparent there (annex 1, equation 2). */
const offsetLu = -0.691

const energyOf = (lufs: number): number => 10 ** ((lufs - offsetLu) / 10)
const loudnessOf = (energy: number): number => offsetLu + 10 * Math.log10(energy)

/**
 * @param blocksLufs The loudness of each gating block, which EBU Tech 3341 calls momentary.
 * @returns LUFS; null where no block passes the absolute gate: the audio is silent, or shorter than a block.
 */
export function integratedLoudness(blocksLufs: readonly number[]): number | null {
  const heard = blocksLufs.filter((lufs) => lufs > absoluteGateLufs).map(energyOf)
  if (heard.length === 0) return null
  const gate = energyOf(loudnessOf(mean(heard)) + relativeGateLu)
  return loudnessOf(mean(heard.filter((energy) => energy > gate)))
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
