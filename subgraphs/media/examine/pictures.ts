/** Finds the cover for a source's MP3s: the picture attached to it, or a frame of its video; and proves pictures. */
import { join } from 'node:path'
import { pictureTypes } from '#schema/documents/source-media.ts'
import { FfmpegError, type FfmpegJob, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { demuxers, fileUrl, guardedInput, inputOptions } from '#runtime/ffmpeg/hardening.ts'
import {
  mostAttachedBytes,
  mostPictureBytes,
  type MeasuredPicture,
  type MeasurePicture,
  type PictureFile,
  type PictureFormat,
} from './measure-picture.ts'

export interface PictureJob {
  /** Of the source, or of the picture itself. */
  readonly path: string
  /** Where the picture is written. */
  readonly folder: string
  readonly signal: AbortSignal
}

export interface Pictures {
  /**
   * The picture in a file of its own as an MP3 may hold it: as it is, or else a JPEG of it. Null where it is none that can be decoded
   * to its end: what it shows of itself may be forged.
   */
  asCover(job: PictureJob): Promise<PictureFile | null>
  /** The picture that is a stream of the file, in a file of its own: byte for byte, whatever it is. Null where there is none. */
  attached(job: PictureJob, stream: number): Promise<string | null>
  /**
   * What a player shows at that time as a JPEG: the next frame, or where there is none the last one before, such as at the end.
   * Null where no video can be decoded.
   */
  frame(job: PictureJob, atMs: number): Promise<PictureFile | null>
}

const videoDecoders = [
  ...['h264', 'hevc', 'vp8', 'vp9', 'libdav1d', 'mpeg4', 'mpeg2video', 'mpeg1video', 'theora'],
  ...['msmpeg4v1', 'msmpeg4v2', 'msmpeg4', 'wmv1', 'wmv2', 'wmv3', 'vc1', 'flv', 'h263', 'mjpeg', 'png'],
]

const wallMs = 60_000
const limitsOf = (fileBytes: number) => ({ cpuSeconds: 120, fileBytes })
const firstFrame = ['-map', '0:v:0', '-frames:v', '1']
const asPicture = ['-f', 'image2', '-update', '1']

/** Wide enough for any player; square pixels. */
const shape = "scale='min(1400,iw*sar)':'max(1,round(ow/dar))',setsar=1"
const asJpeg = ['-vf', shape, '-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p']
const ofVideo = ['-map', '0:V:0', ...asJpeg]

/** Longer than most recorders go without a whole picture; where seeking is by guess, one comes before the wanted time. */
const runUpMs = 20_000

/** Not to the start: a file without an index is left at a worse place than it was. */
const seekTo = (ms: number) => (ms === 0 ? [] : ['-ss', seconds(ms)])
/** Cameras write their notes as they like; what is seen does not depend on them. */
const besidePixels = /mjpeg: .*EXIF data|unable to decode APP fields/

const seconds = (ms: number) => (ms / 1000).toFixed(3)

/** Only the decoder of its format may run, and nothing in it may be odd; that of TIFF takes what it does not need for odd. */
const strictly = ({ demuxer, codec }: PictureFormat) => [
  ...guardedInput([demuxer], [codec]),
  ...(codec === 'tiff' ? [] : ['-err_detect', 'explode']),
  ...['-f', demuxer],
]

export function createPictures(runFfmpeg: RunFfmpeg, measure: MeasurePicture): Pictures {
  /** Null when it failed, or did not end in time. */
  const run = async (job: FfmpegJob, signal: AbortSignal) => {
    try {
      return await runFfmpeg({ ...job, signal })
    } catch (error) {
      job.signal.throwIfAborted()
      if (error instanceof FfmpegError || signal.aborted) return null
      throw error
    }
  }
  const within = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(wallMs)])
  const make = async (
    { path, folder, signal }: PictureJob,
    name: string,
    options: Pick<FfmpegJob, 'inputOptions' | 'outputOptions'>,
    { bounded = within(signal), fileBytes = mostPictureBytes } = {},
  ) => {
    const output = join(folder, name)
    const outputOptions = [...options.outputOptions, ...asPicture]
    const limits = limitsOf(fileBytes)
    const job = { ...options, outputOptions, limits, input: fileUrl(path), output: fileUrl(output), signal }
    return (await run(job, bounded)) && output
  }
  const isWhole = async (path: string, format: PictureFormat, bounded: AbortSignal, signal: AbortSignal) => {
    const options = { inputOptions: strictly(format), outputOptions: [...firstFrame, '-f', 'null'] }
    const totals = await run({ ...options, input: fileUrl(path), output: '-', signal }, bounded)
    return totals !== null && totals.outTimeMs > 0 && totals.errors.every((line) => besidePixels.test(line))
  }
  /** ffmpeg ends well although the disk was full, and a picture may have come damaged. */
  const kept = async (path: string, bounded: AbortSignal, signal: AbortSignal) => {
    const measured = await measure(path, signal).catch(nullIfAbsent)
    if (measured === null || !(await isWhole(path, measured.format, bounded, signal))) return null
    const { format, isSmall, ...shown } = measured
    const { mimeType } = format
    const type = pictureTypes.frontCover
    const picture =
      isSmall && mimeType !== null ? { ...shown, path, mimeType, type, convertedFrom: null } : null
    return { measured, picture }
  }
  const frameOf = async (
    job: PictureJob,
    options: Pick<FfmpegJob, 'inputOptions' | 'outputOptions'>,
    bounded: AbortSignal,
  ) => {
    const made = await make(job, 'frame', options, { bounded })
    return made === null ? null : ((await kept(made, bounded, job.signal))?.picture ?? null)
  }
  return {
    async asCover(job) {
      const bounded = within(job.signal)
      const found = await kept(job.path, bounded, job.signal)
      if (found === null || found.picture !== null) return found?.picture ?? null
      const { format } = found.measured
      const options = { inputOptions: strictly(format), outputOptions: [...firstFrame, ...asJpeg] }
      const made = await make(job, 'converted', options, { bounded })
      const picture = made === null ? null : (await kept(made, bounded, job.signal))?.picture
      return picture ? { ...picture, convertedFrom: wordsFor(found.measured) } : null
    },
    attached: (job, stream) => {
      const copied = ['-map', `0:${stream}`, '-c', 'copy', '-frames:v', '1']
      return make(job, 'attached', { inputOptions, outputOptions: copied }, { fileBytes: mostAttachedBytes })
    },
    async frame(job, atMs) {
      const guarded = guardedInput(demuxers, videoDecoders)
      const bounded = within(job.signal)
      const from = [...guarded, ...seekTo(atMs)]
      const next = { inputOptions: from, outputOptions: [...ofVideo, '-frames:v', '1'] }
      const found = await frameOf(job, next, bounded)
      if (found !== null || bounded.aborted) return found
      // Each frame up to the time replaces the one before it.
      const fromMs = Math.max(0, atMs - runUpMs)
      const range = [...seekTo(fromMs), '-noaccurate_seek', '-t', seconds(atMs - fromMs + 1)]
      return await frameOf(job, { inputOptions: [...guarded, ...range], outputOptions: ofVideo }, bounded)
    },
  }
}

function wordsFor({ format, widthPx, heightPx, sizeBytes }: MeasuredPicture): string {
  if (format.mimeType === null) return `a ${format.name}`
  return `a ${format.name} of ${widthPx} by ${heightPx} pixels and ${Math.ceil(sizeBytes / 1e6)} MB`
}

function nullIfAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
