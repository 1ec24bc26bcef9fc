/** Finds the cover for a source's MP3s: the picture attached to it, or a frame of its video; and proves pictures. */
import { join } from 'node:path'
import { FfmpegError, type FfmpegJob, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { demuxers, fileUrl, guardedInput, inputOptions } from '#runtime/ffmpeg/hardening.ts'
import { mostPictureBytes, pictureFormats, type MeasurePicture, type PictureFile } from './measure-picture.ts'

export interface PictureJob {
  /** Of the source. */
  readonly path: string
  /** Where the picture is written. */
  readonly folder: string
  readonly signal: AbortSignal
}

export interface Pictures {
  /** Null where the file is no picture that we keep. What it shows of itself may be forged. */
  measure(path: string, signal: AbortSignal): Promise<PictureFile | null>
  /** The picture that is a stream of the file, byte for byte. Null where it is none we keep. */
  attached(job: PictureJob, stream: number): Promise<PictureFile | null>
  /**
   * What a player shows at that time as a JPEG: the next frame, or where there is none the last one before, such as at the end.
   * Null where no video can be decoded.
   */
  frame(job: PictureJob, atMs: number): Promise<PictureFile | null>
  /** Whether a JPEG or PNG can be decoded to its end. */
  isWhole(picture: PictureFile, signal: AbortSignal): Promise<boolean>
}

const videoDecoders = [
  ...['h264', 'hevc', 'vp8', 'vp9', 'libdav1d', 'mpeg4', 'mpeg2video', 'mpeg1video', 'theora'],
  ...['msmpeg4v1', 'msmpeg4v2', 'msmpeg4', 'wmv1', 'wmv2', 'wmv3', 'vc1', 'flv', 'h263', 'mjpeg', 'png'],
]

const wallMs = 60_000
const limits = { cpuSeconds: 120, fileBytes: mostPictureBytes }
const asPicture = ['-f', 'image2', '-update', '1']

/** Wide enough for any player; square pixels. */
const shape = "scale='min(1400,iw*sar)':'max(1,round(ow/dar))',setsar=1"
const asJpeg = ['-map', '0:V:0', '-vf', shape, '-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p']

/** Longer than most recorders go without a whole picture; where seeking is by guess, one comes before the wanted time. */
const runUpMs = 20_000

/** Not to the start: a file without an index is left at a worse place than it was. */
const seekTo = (ms: number) => (ms === 0 ? [] : ['-ss', seconds(ms)])
/** Cameras write their notes as they like; what is seen does not depend on them. */
const besidePixels = /mjpeg: .*EXIF data|unable to decode APP fields/

const seconds = (ms: number) => (ms / 1000).toFixed(3)

export function createPictures(runFfmpeg: RunFfmpeg, measure: MeasurePicture): Pictures {
  /** Null when it failed, or did not end in time. */
  const run = async (job: Omit<FfmpegJob, 'limits'>, signal: AbortSignal) => {
    try {
      return await runFfmpeg({ ...job, limits, signal })
    } catch (error) {
      job.signal.throwIfAborted()
      if (error instanceof FfmpegError || signal.aborted) return null
      throw error
    }
  }
  const within = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(wallMs)])
  const isWhole = async ({ path, mimeType }: PictureFile, bounded: AbortSignal, signal: AbortSignal) => {
    const { demuxer, codec } = pictureFormats[mimeType]
    const strict = [...guardedInput([demuxer], [codec]), '-err_detect', 'explode', '-f', demuxer]
    const job = { inputOptions: strict, input: fileUrl(path), output: '-', signal }
    const outputOptions = ['-map', '0:v:0', '-frames:v', '1', '-f', 'null']
    const totals = await run({ ...job, outputOptions }, bounded)
    return totals !== null && totals.outTimeMs > 0 && totals.errors.every((line) => besidePixels.test(line))
  }
  const make = async (
    { path, folder, signal }: PictureJob,
    name: string,
    options: Pick<FfmpegJob, 'inputOptions' | 'outputOptions'>,
    bounded = within(signal),
  ) => {
    const output = join(folder, name)
    const outputOptions = [...options.outputOptions, ...asPicture]
    const job = { ...options, outputOptions, input: fileUrl(path), output: fileUrl(output), signal }
    if ((await run(job, bounded)) === null) return null
    const picture = await measure(output, signal).catch(nullIfAbsent)
    // ffmpeg ends well although the disk was full, and a picture may have come damaged.
    return picture && (await isWhole(picture, bounded, signal)) ? picture : null
  }
  return {
    measure,
    attached: (job, stream) =>
      make(job, 'attached', {
        inputOptions,
        outputOptions: ['-map', `0:${stream}`, '-c', 'copy', '-frames:v', '1'],
      }),
    async frame(job, atMs) {
      const guarded = guardedInput(demuxers, videoDecoders)
      const bounded = within(job.signal)
      const from = [...guarded, ...seekTo(atMs)]
      const next = { inputOptions: from, outputOptions: [...asJpeg, '-frames:v', '1'] }
      const found = await make(job, 'frame', next, bounded)
      if (found !== null || bounded.aborted) return found
      // Each frame up to the time replaces the one before it.
      const fromMs = Math.max(0, atMs - runUpMs)
      const range = [...seekTo(fromMs), '-noaccurate_seek', '-t', seconds(atMs - fromMs + 1)]
      const last = { inputOptions: [...guarded, ...range], outputOptions: asJpeg }
      return await make(job, 'frame', last, bounded)
    },
    isWhole: (picture, signal) => isWhole(picture, within(signal), signal),
  }
}

function nullIfAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
