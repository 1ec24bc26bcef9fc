/** Makes one MP3 of its source, or of the source evened out where no attempt can encode it rightly as it is. */
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { EvenOut } from '#converter/source/even-out.ts'
import { prepareSource } from '#converter/source/prepare-source.ts'
import { isUnevenAudio, MissingAudio } from '#converter/source/uneven-audio.ts'
import { createMeasureLoudness } from '#converter/loudness/measure-loudness.ts'
import { createMeasurePeak } from '#converter/loudness/measure-peak.ts'
import { untimed } from '#converter/phase-times.ts'
import type { AttemptJob } from './attempt.ts'
import { createAttempts } from './attempts.ts'
import { firstProven, type Ladder, type LadderJob, type MadeMp3 } from './first-proven.ts'

export interface Mp3Job extends AttemptJob, Pick<LadderJob, 'storing'> {
  readonly evenOut: EvenOut
}

/**
 * Makes a proven and stored MP3. Progress begins anew when the audio is evened out, as all of the work does.
 * @throws DomainError for what the media is to blame for, VERIFICATION_FAILED when no attempt leads to a proven MP3.
 */
export type MakeMp3 = (job: Mp3Job) => Promise<MadeMp3>

/** @param ladder Stands in for the usual one. */
export function createMakeMp3(runFfmpeg: RunFfmpeg, ladder: Partial<Ladder> = {}): MakeMp3 {
  const {
    attempts = createAttempts(runFfmpeg),
    measureLoudness = createMeasureLoudness(runFfmpeg),
    measurePeak = createMeasurePeak(runFfmpeg),
    times = untimed,
  } = ladder
  const tools = { runFfmpeg, attempts, measureLoudness, measurePeak, times }
  const make = async (job: Mp3Job) =>
    await firstProven(tools, {
      ...job,
      source: await times.run('prepare', {}, () => prepareSource(tools, job)),
    })
  const makeEven = async (job: Mp3Job, fillsGaps: boolean) => {
    const { warnings, ...even } = await job.evenOut({ ...job, fillsGaps })
    const made = await make({ ...job, ...even, passthrough: false })
    const encoding = { ...made.encoding, identicalToSingleEncoder: false }
    return { ...made, encoding, warnings: [...made.warnings, ...warnings] }
  }
  return async (job) => {
    if (job.recipe.track.timeline !== null) return await makeEven(job, false)
    try {
      return await make(job)
    } catch (error) {
      if (!isUnevenAudio(error)) throw error
      const fillsGaps = error instanceof MissingAudio
      job.log.info({ fillsGaps }, 'the audio changes, or is missing, on the way; it is evened out first')
      return await makeEven(job, fillsGaps)
    }
  }
}
