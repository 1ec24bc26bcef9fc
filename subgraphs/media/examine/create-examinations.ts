/** The examination for each purpose of an upload. All that runs ffmpeg or ffprobe for it runs in one sandbox. */
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { sandboxModeOf } from '#runtime/ffmpeg/ffmpeg-settings.ts'
import { createSandbox } from '#runtime/ffmpeg/sandbox.ts'
import type { MediaScope } from '#media/media-settings.ts'
import type { UploadMetrics } from '#media/uploads/upload-metrics.ts'
import { createExamineCover, createExamineSource, type Examine } from './examine-upload.ts'
import { createExtractAudio } from './extract-audio.ts'
import { createMeasurePicture } from './measure-picture.ts'
import { createPictures } from './pictures.ts'
import { createProbe } from './probe.ts'
import { createReadTags, emptyNode } from '#media/examine/tags/read-tags.ts'
import { createExplainRefusal } from '#media/examine/refusals/explain-refusal.ts'
import { createIsEncrypted } from '#media/examine/refusals/is-encrypted.ts'
import { createTryTracks } from '#media/examine/refusals/try-tracks.ts'
import { createRunFfprobe } from './run-ffprobe.ts'
import { createScreen } from './screen.ts'
import { createListClocks } from '#media/examine/timeline/list-clocks.ts'
import { withinBounds } from '#media/examine/timeline/within-bounds.ts'
import { createReadTimelines } from '#media/examine/timeline/read-timelines.ts'

export type Examinations = Readonly<Record<UploadDocument['purpose'], Examine>>

export async function createExaminations(
  { settings, log, metrics }: MediaScope,
  { timed }: Pick<UploadMetrics, 'timed'>,
): Promise<Examinations> {
  const { FFMPEG_PATH, FFPROBE_PATH } = settings
  const programs = [FFMPEG_PATH, FFPROBE_PATH]
  const others = [emptyNode]
  const sandbox = await createSandbox({ mode: sandboxModeOf(settings), programs, others, log, metrics })
  const runFfmpeg = createFfmpeg(FFMPEG_PATH, sandbox)
  const probe = timed('probe', createProbe(FFPROBE_PATH, sandbox))
  const pictures = createPictures(runFfmpeg, createMeasurePicture(FFPROBE_PATH, sandbox))
  const extractAudio = timed('extract', createExtractAudio(runFfmpeg, probe))
  const screen = timed('screen', createScreen(runFfmpeg))
  const listClocks = createListClocks(FFPROBE_PATH, sandbox)
  const readTimelines = timed('timeline', withinBounds(createReadTimelines(runFfmpeg, listClocks)))
  const readTags = timed('tags', createReadTags(sandbox))
  const isEncrypted = createIsEncrypted(createRunFfprobe(FFPROBE_PATH, sandbox))
  const tryTracks = timed('try', createTryTracks(runFfmpeg, isEncrypted))
  const explainRefusal = createExplainRefusal(isEncrypted)
  const reading = { probe, extractAudio, screen, readTimelines, readTags, tryTracks }
  return {
    SOURCE: createExamineSource({ ...reading, explainRefusal, pictures }),
    COVER: createExamineCover(pictures),
  }
}
