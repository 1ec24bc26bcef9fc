/** What stands behind the audio of a WAVE file and is none: chunks, tags that were hung on, text, and padding. */
import type { FileHandle } from 'node:fs/promises'
import { afterChunk, chunkAt, mostChunks, readAt } from './wave-chunks.ts'

/** Some writers end a file with a block of zeros. Audio may begin with silence, which goes on being more than that. */
const mostPaddingBytes = 64 * 1024

/** Of RIFF, BWF (EBU Tech 3285), and what editors and recorders add: one of them is known by its name, even where it is cut off. */
const chunkIds: ReadonlySet<string> = new Set(
  [
    'LIST,INFO,bext,iXML,aXML,axml,_PMX,id3 ,ID3 ,cue ,smpl,inst,plst,fact,note,labl,DISP,JUNK,junk,PAD ,FLLR',
    'acid,strc,cart,link,umid,chna,levl,peak,PEAK,r64m,MD5 ,minf,elm1,elmo,regn,ovwf,DGDA,LGWV,SAUR,AFAn,afsp',
  ].flatMap((ids) => ids.split(',')),
)

/** Samples have values beyond those of letters long before. */
const enoughText = 64

/** @param size Of the whole file, which ends with at least one byte more than its audio. */
export async function isNoAudio(file: FileHandle, from: number, size: number): Promise<boolean> {
  const end = await withoutTagsAtEnd(file, from, size)
  // Chunks begin at even bytes, and some writers know nothing of that.
  for (const at of from % 2 === 0 ? [from] : [from + 1, from])
    if (at >= end || (await beginsWithTag(file, at, end)) || (await areChunks(file, at, end))) return true
  return false
}

/** ID3v1 is found from the file's end, and so is APEv2, whose header may be missing. */
async function withoutTagsAtEnd(file: FileHandle, from: number, size: number): Promise<number> {
  const last = size - from < 128 ? null : await readAt(file, size - 128, 128)
  const end = last?.toString('latin1', 0, 3) === 'TAG' ? size - 128 : size
  const footer = end - from < 32 ? null : await readAt(file, end - 32, 32)
  if (footer?.toString('latin1', 0, 8) !== 'APETAGEX') return end
  return Math.max(from, end - footer.readUInt32LE(12))
}

async function beginsWithTag(file: FileHandle, at: number, end: number): Promise<boolean> {
  const start = await readAt(file, at, Math.min(enoughText, end - at))
  if (start === null) return false
  const text = start.toString('latin1')
  const isId3 = text.startsWith('ID3') && start.length > 3 && start[3]! <= 4
  return isId3 || text.startsWith('APETAGEX') || /^[\t\n\r\u0020-\u007e]+$/.test(text)
}

/** To the end, or to padding; one that is known by its name suffices. */
async function areChunks(file: FileHandle, from: number, end: number): Promise<boolean> {
  let at = from
  for (let count = 0; count < mostChunks && at < end; count++) {
    const chunk = await chunkAt(file, at)
    if (chunk === null) return true
    if (chunkIds.has(chunk.id)) return true
    if (!/^[\u0020-\u007e]{4}$/.test(chunk.id) || chunk.offset + chunk.sizeBytes > end + 1) break
    at = afterChunk(chunk)
  }
  return await isZero(file, at, end)
}

async function isZero(file: FileHandle, at: number, end: number): Promise<boolean> {
  if (at >= end) return true
  if (end - at > mostPaddingBytes) return false
  const rest = await readAt(file, at, end - at)
  return rest !== null && rest.every((byte) => byte === 0)
}
