/** What a file shows of itself as a picture, within the bounds of a cover: judged in the sandbox, for strangers make its header, too. */
import { open } from 'node:fs/promises'
import * as z from 'zod'
import type { pictureSchema, pictureMimeTypes } from '#schema/documents/source-media.ts'
import { fileUrl, guardedInput } from '#runtime/ffmpeg/hardening.ts'
import { runConfined } from '#runtime/ffmpeg/run-confined.ts'
import { unconfined, type Sandbox } from '#runtime/ffmpeg/sandbox.ts'
import { findExecutable } from '#runtime/process/find-executable.ts'

/** ID3 readers on small devices give up on more. */
export const mostPictureBytes = 10_000_000
const mostPixels = 16_000_000
/** What is read to make a smaller picture of it. */
export const mostAttachedBytes = 64_000_000
const mostDecodedPixels = 40_000_000

export interface PictureFile extends z.infer<typeof pictureSchema> {
  readonly path: string
  readonly sizeBytes: number
}

export interface PictureFormat {
  /** As people call it. */
  readonly name: string
  /** The first bytes of a file in hexadecimal. */
  readonly signature: RegExp
  /** By ffmpeg's names. */
  readonly demuxer: string
  readonly codec: string
  /** What ID3 readers show; null: it is made a JPEG. */
  readonly mimeType: (typeof pictureMimeTypes)[number] | null
}

const jpeg = { demuxer: 'jpeg_pipe', codec: 'mjpeg', mimeType: 'image/jpeg' } as const
const png = { demuxer: 'png_pipe', codec: 'png', mimeType: 'image/png' } as const
const converted = { mimeType: null } as const

/** ISO 10918-1, B.1.1.3; PNG, 5.2; RFC 9649, 2.4; GIF89a, 17; BITMAPFILEHEADER; TIFF 6.0, section 2. */
const formats: readonly PictureFormat[] = [
  { name: 'JPEG', signature: /^ffd8ff/, ...jpeg },
  { name: 'PNG', signature: /^89504e470d0a1a0a/, ...png },
  { name: 'WebP', signature: /^52494646.{8}57454250/, demuxer: 'webp_pipe', codec: 'webp', ...converted },
  { name: 'GIF', signature: /^47494638(37|39)61/, demuxer: 'gif', codec: 'gif', ...converted },
  { name: 'BMP', signature: /^424d/, demuxer: 'bmp_pipe', codec: 'bmp', ...converted },
  { name: 'TIFF', signature: /^(49492a00|4d4d002a)/, demuxer: 'tiff_pipe', codec: 'tiff', ...converted },
]

export interface MeasuredPicture {
  readonly format: PictureFormat
  readonly widthPx: number
  readonly heightPx: number
  readonly sizeBytes: number
  /** Whether it may be kept as it is: ID3 readers show it, and on small devices, too. */
  readonly isSmall: boolean
}

/** Null for what is no picture that we read, and for one that is too large even to make a smaller one of it. */
export type MeasurePicture = (path: string, signal: AbortSignal) => Promise<MeasuredPicture | null>

/** @throws Error at once when there is no such executable. */
export function createMeasurePicture(ffprobePath: string, sandbox: Sandbox = unconfined): MeasurePicture {
  const executable = findExecutable(ffprobePath)
  return async (path, signal) => {
    const { sizeBytes, beginning } = await beginningOf(path)
    const format = formats.find(({ signature }) => signature.test(beginning))
    if (format === undefined || sizeBytes > mostAttachedBytes) return null
    const launch = sandbox.confine(executable, { read: [path], write: [] })
    const size = await ask(launch, path, format, signal)
    if (size === null || size.width * size.height > mostDecodedPixels) return null
    const isSmall = sizeBytes <= mostPictureBytes && size.width * size.height <= mostPixels
    return { format, widthPx: size.width, heightPx: size.height, sizeBytes, isSmall }
  }
}

const longestSignatureBytes = 12

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
  launch: ReturnType<Sandbox['confine']>,
  path: string,
  { demuxer, codec }: Pick<PictureFormat, 'demuxer' | 'codec'>,
  signal: AbortSignal,
) {
  const shown = ['-v', 'error', '-of', 'json', '-show_entries', 'stream=width,height']
  const options = [...guardedInput([demuxer], [codec]), '-f', demuxer, ...shown, fileUrl(path)]
  const bounds = { signal, timeoutMs: 60_000, maxBuffer: 64 * 1024 }
  try {
    const { stdout } = await runConfined(launch, options, bounds)
    return reportSchema.safeParse(JSON.parse(stdout.toString())).data?.streams[0] ?? null
  } catch (error) {
    signal.throwIfAborted()
    // A string where ffprobe could not be started, which is not the picture's doing.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw error
    return null
  }
}
