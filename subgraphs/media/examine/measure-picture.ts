/** What a file shows of itself as a picture, within the bounds of a cover. */
import { open } from 'node:fs/promises'
import { imageSize } from 'image-size'
import type { pictureMimeTypes, pictureSchema } from '#schema/documents/source-media.ts'
import type * as z from 'zod'

/** ID3 readers on small devices give up on more. */
export const mostPictureBytes = 10_000_000
const mostPixels = 16_000_000

export interface PictureFile extends z.infer<typeof pictureSchema> {
  readonly path: string
  readonly sizeBytes: number
}

/** By the first bytes of a file (ISO 10918-1, B.1.1.3; PNG, 5.2). */
const signatures: readonly (readonly [string, (typeof pictureMimeTypes)[number]])[] = [
  ['ffd8ff', 'image/jpeg'],
  ['89504e470d0a1a0a', 'image/png'],
]

/** Null for anything but a JPEG or PNG, and for one too large. Nothing is decoded. */
export async function measurePicture(path: string): Promise<PictureFile | null> {
  const bytes = await readWithin(path, mostPictureBytes)
  if (bytes === null) return null
  const found = signatures.find(([signature]) => bytes.toString('hex', 0, 8).startsWith(signature))
  const size = found && sizeOf(bytes)
  if (!size || size.width * size.height > mostPixels) return null
  const [, mimeType] = found
  return { path, mimeType, widthPx: size.width, heightPx: size.height, sizeBytes: bytes.length }
}

async function readWithin(path: string, mostBytes: number): Promise<Buffer | null> {
  await using file = await open(path)
  const { size } = await file.stat()
  return size > mostBytes ? null : await file.readFile()
}

function sizeOf(bytes: Buffer) {
  try {
    const { width, height } = imageSize(bytes)
    return width > 0 && height > 0 ? { width, height } : null
  } catch {
    return null // It says so of files that only begin like a picture.
  }
}
