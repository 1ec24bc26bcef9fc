/**
 * Proves an MP3 before it is called done: it decodes without error, holds exactly the samples that were encoded, and its tag
 * tells the truth of its frames.
 */
import { stat } from 'node:fs/promises'
import { DomainError } from '#runtime/domain-error.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { wallLimitMs } from '#runtime/ffmpeg/resource-limits.ts'
import { countDecodedSamples, UndecodableMp3 } from './count-samples.ts'
import { readFront } from '#converter/bitstream/read-front.ts'
import { tagFaults } from '#converter/bitstream/tag-faults.ts'
import { sampleCountOf } from '#converter/bitstream/xing-tag.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import { samplesPerFrame, type Recipe } from '#converter/plan/recipe.ts'
import { runTogether } from '#runtime/process/run-together.ts'
import { MissingAudio } from '#converter/source/uneven-audio.ts'
import { provenMp3, type ProvenMp3 } from './proven-mp3.ts'

/** What an encode says of itself, in samples a channel, at the MP3's rate. */
export interface SampleCounts {
  /** What went into the encoder. */
  readonly encodedSamples: number
  /** What should have, by what the decoder gave and the recipe keeps of it. */
  readonly expectedSamples: number
}

export type ProveMp3 = (
  path: string,
  recipe: Recipe,
  encoded: SampleCounts,
  signal: AbortSignal,
  share: CoreShare,
) => Promise<ProvenMp3>

/** ffmpeg's muxer cannot write a padding of more than 1681 samples: its tag may promise up to 46 samples too many. */
const paddingSlack = 46

/**
 * @throws DomainError VERIFICATION_FAILED when the MP3 is not what was encoded; MissingAudio.
 */
export function createProveMp3(runFfmpeg: RunFfmpeg): ProveMp3 {
  return async (path, recipe, encoded, wanted, share) => {
    const signal = AbortSignal.any([wanted, AbortSignal.timeout(wallLimitMs(recipe.lengthMs))])
    const { size: sizeBytes } = await stat(path)
    const front = await readFront(path)
    if (front === null) throw failed('no Xing/LAME tag')
    const { tag } = front
    const readTag = async (either: AbortSignal) => {
      const faults = await tagFaults(path, { signal: either })
      if (faults.length > 0) throw failed(faults.join('; '))
      return sampleCountOf(tag)
    }
    const decode = (either: AbortSignal) => decodeAll(runFfmpeg, { path, sizeBytes, tag }, share, either)
    const counts = await runTogether([readTag, decode], (count, _, either) => count(either), signal)
    const [promised, sampleCount] = counts as [number, number]
    const { encodedSamples } = encoded
    if ([promised, sampleCount].some((count) => Math.abs(count - encodedSamples) > paddingSlack))
      throw failed(`encoded ${encodedSamples}, tag ${promised}, decoded ${sampleCount} samples`)
    checkAgainstSource(recipe, encoded, sampleCount)
    return provenMp3(tag, { sizeBytes, sampleCount, ...bitrateOf(recipe) })
  }
}

/** A constant bitrate is known; others are measured. */
const bitrateOf = ({ rateControl }: Recipe) => ({
  bitrateMode: rateControl.bitrateMode,
  bitrateKbps: rateControl.bitrateMode === 'CBR' ? rateControl.bitrateKbps : null,
})

const failed = (evidence: string) =>
  new DomainError('VERIFICATION_FAILED', undefined, { cause: new Error(evidence) })

const decodeAll: typeof countDecodedSamples = async (...given) => {
  try {
    return await countDecodedSamples(...given)
  } catch (error) {
    throw error instanceof UndecodableMp3 ? failed(error.message) : error
  }
}

/** Packets are counted by their times: some at the beginning are not heard, and the last one may not be full. */
const countedToleranceMs = 300

/** The MP3 lasts as long as what the recipe keeps of the decoded source, to within a frame; and that as long as was counted. */
function checkAgainstSource(recipe: Recipe, { expectedSamples }: SampleCounts, sampleCount: number): void {
  const { track, sampleRateHz, lengthMs } = recipe
  if (Math.abs(sampleCount - expectedSamples) > samplesPerFrame(sampleRateHz))
    throw failed(`the source gave ${expectedSamples} samples, the MP3 has ${sampleCount}`)
  const expectedMs = (expectedSamples / sampleRateHz) * 1000
  if (track.durationMs !== null && expectedMs < lengthMs - countedToleranceMs) throw new MissingAudio()
}
