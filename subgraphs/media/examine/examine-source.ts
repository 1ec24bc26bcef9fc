/** Examines a file that is to be converted: what it holds, and what of it has to be kept. */
import type { SourceMedia } from '#schema/documents/source-media.ts'
import type { ExtractAudio } from './extract-audio.ts'
import type { Pictures } from './pictures.ts'
import type { Probe } from './probe.ts'
import { mediaAsRead, type Screen } from './screen.ts'
import type { Examine, ExamineJob, Findings } from './examine-upload.ts'

export interface ExamineMediaDependencies {
  readonly probe: Probe
  readonly extractAudio: ExtractAudio
  readonly screen: Screen
  readonly pictures: Pick<Pictures, 'attached' | 'frame'>
}

export function createExamineMedia({
  probe,
  extractAudio,
  screen,
  pictures,
}: ExamineMediaDependencies): Examine {
  const read = async (job: ExamineJob, probed: SourceMedia) => {
    const extracted = await extractAudio({ ...job, media: probed })
    if (extracted !== null) {
      const { path, sizeBytes, container, outTimeMs } = extracted
      // The whole file was read to its end on the way.
      return {
        media: mediaAsRead(probed, outTimeMs),
        source: { form: 'EXTRACTED' as const, path, sizeBytes, container },
      }
    }
    const media = await screen(job.path, probed, job.signal)
    const { sizeBytes } = job.upload
    return {
      media,
      source: { form: 'WHOLE' as const, path: job.path, sizeBytes, container: media.container },
    }
  }
  const pictureOf = async (job: ExamineJob, media: SourceMedia): Promise<Findings['picture']> => {
    const { coverFrameMs } = job.upload
    const frame =
      coverFrameMs === null ? null : await pictures.frame(job, Math.min(coverFrameMs, media.durationMs))
    if (frame !== null || media.pictureStream === null) return frame
    return await pictures.attached(job, media.pictureStream)
  }
  return async (job) => {
    const { media, source } = await read(job, await probe(job.path, job.signal))
    return { media, source, picture: await pictureOf(job, media) }
  }
}
