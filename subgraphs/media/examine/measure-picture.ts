/** What a file shows of itself as a picture, within the bounds of a cover: judged in the sandbox, for strangers make its header, too. */
import { execFile } from 'node:child_process'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import * as z from 'zod'
import { pictureSchema, pictureTypes, type pictureMimeTypes } from '#schema/documents/source-media.ts'
import { fileUrl, guardedInput } from '#runtime/ffmpeg/hardening.ts'
import { unconfined, type Sandbox } from '#runtime/ffmpeg/sandbox.ts'
import { findExecutable } from '#runtime/process/find-executable.ts'

const run = promisify(execFile)

/** ID3 readers on small devices give up on more. */
export const mostPictureBytes = 10_000_000
const mostPixels = 16_000_000

export interface PictureFile extends z.infer<typeof pictureSchema> {
  readonly path: string
  readonly sizeBytes: number
}

interface PictureFormat {
  /** The first bytes of a file in hexadecimal (ISO 10918-1, B.1.1.3; PNG, 5.2). */
  readonly signature: string
  /** By ffmpeg's names. */
  readonly demuxer: string
  readonly codec: string
}

export const pictureFormats: Readonly<Record<(typeof pictureMimeTypes)[number], PictureFormat>> = {
  'image/jpeg': { signature: 'ffd8ff', demuxer: 'jpeg_pipe', codec: 'mjpeg' },
  'image/png': { signature: '89504e470d0a1a0a', demuxer: 'png_pipe', codec: 'png' },
}

/** Null for anything but a JPEG or PNG, and for one too large. */
export type MeasurePicture = (path: string, signal: AbortSignal) => Promise<PictureFile | null>

/** @throws Error at once when there is no such executable. */
export function createMeasurePicture(ffprobePath: string, sandbox: Sandbox = unconfined): MeasurePicture {
  const executable = findExecutable(ffprobePath)
  return async (path, signal) => {
    const { sizeBytes, beginning } = await beginningOf(path)
    if (sizeBytes > mostPictureBytes) return null
    for (const mimeType of pictureSchema.shape.mimeType.options) {
      const { signature, ...format } = pictureFormats[mimeType]
      if (!beginning.startsWith(signature)) continue
      const launch = sandbox.confine(executable, { read: [path], write: [] })
      const size = await ask(launch, path, format, signal)
      if (size === null || size.width * size.height > mostPixels) return null
      return {
        path,
        mimeType,
        type: pictureTypes.frontCover,
        widthPx: size.width,
        heightPx: size.height,
        sizeBytes,
      }
    }
    return null
  }
}

const longestSignatureBytes = 8

async function beginningOf(path: string) {
  await using file = await open(path)
  const { size: sizeBytes } = await file.stat()
  const { buffer, bytesRead } = await file.read(Buffer.alloc(longestSignatureBytes), 0)
  return { sizeBytes, beginning: buffer.toString('hex', 0, bytesRead) }
}

const reportSchema = z.object({
  streams: z.tuple([z.object({ width: z.int().positive(), height: z.int().positive() })]),
})

/** Null where ffprobe sees no picture in it. */
async function ask(
  [command, ...launch]: ReturnType<Sandbox['confine']>,
  path: string,
  { demuxer, codec }: Pick<PictureFormat, 'demuxer' | 'codec'>,
  signal: AbortSignal,
) {
  const shown = ['-v', 'error', '-of', 'json', '-show_entries', 'stream=width,height']
  const options = [...launch, ...guardedInput([demuxer], [codec]), '-f', demuxer, ...shown, fileUrl(path)]
  const limits = { signal, killSignal: 'SIGKILL', timeout: 60_000, maxBuffer: 64 * 1024 } as const
  try {
    const { stdout } = await run(command, options, limits)
    return reportSchema.safeParse(JSON.parse(stdout)).data?.streams[0] ?? null
  } catch (error) {
    signal.throwIfAborted()
    // A string where ffprobe could not be started, which is not the picture's doing.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw error
    return null
  }
}
