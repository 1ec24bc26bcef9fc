/** What a decoder is given of a file's audio tracks, in short: two files of one print decode to the same samples. */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FfmpegTotals } from '#runtime/ffmpeg/ffmpeg-output.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'

/** All audio tracks as they are. A packet no decoder could begin with is copied, too: a decoder is given it, after all. */
export const copyTracks: readonly string[] = ['-map', '0:a', '-c', 'copy', '-copyinkf']

/** Of two lists: framecrc's tells a packet's flags, framehash's what is said beside it, such as samples to skip. */
export interface PacketLists {
  readonly flags: string
  readonly sideData: string
}

export const packetListsAt = (path: string): PacketLists => ({
  flags: `${path}.framecrc`,
  sideData: `${path}.framehash`,
})

/** The outputs of a run that writes both. */
export const listPackets = ({ flags, sideData }: PacketLists) => ({
  outputOptions: [
    ...[...copyTracks, '-f', 'framecrc', fileUrl(flags)],
    ...[...copyTracks, '-f', 'framehash', '-hash', 'murmur3'],
  ],
  output: fileUrl(sideData),
})

/** ffmpeg ends well although it found no room for a list's end, or its beginning (5.1). */
export const failedToWrite = ({ errors }: FfmpegTotals): boolean =>
  errors.some((line) => /Error (writing trailer|closing file)|av_interleaved_write_frame/.test(line))

/**
 * Every packet of every track in its order: its size, its bytes, whether it is to be discarded, and its side data. Not its time,
 * which no audio decoder reads. Each list is read once, and not held in memory.
 * @returns null for lists that were cut short, or are of other tracks.
 */
export async function packetPrint({ flags, sideData }: PacketLists, tracks: number): Promise<string | null> {
  if (!(await endsWithLine(flags)) || !(await endsWithLine(sideData))) return null
  const prints = [...(await printsOf(flags, flagged)), ...(await printsOf(sideData, withSideData))]
  if (prints.length !== 2 * tracks) return null
  return prints.map(([track, hash]) => `${track} ${hash.digest('hex')}`).join('\n')
}

async function endsWithLine(path: string): Promise<boolean> {
  await using file = await open(path)
  const { size } = await file.stat()
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1))
  return bytesRead === 1 && buffer.toString() === '\n'
}

/** Of a line: size and hash of the packet, and whatever is said of it beyond. */
type Essence = (packet: string, more: string) => string

/** Stream, dts, pts, duration, size, hash, and more. */
const packetLine = /^(\d+),[^,]*,[^,]*,[^,]*,([^,]*,[^,]*)(.*)$/

async function printsOf(path: string, essence: Essence): Promise<Map<string, Hash>> {
  const prints = new Map<string, Hash>()
  for await (const lines of linesIn(path)) {
    const packets = new Map<string, string[]>()
    for (const line of lines) {
      const [, track, packet, more] = packetLine.exec(line) ?? []
      if (track === undefined || packet === undefined || more === undefined) continue
      const before = packets.get(track)
      if (before) before.push(essence(packet, more))
      else packets.set(track, [essence(packet, more)])
    }
    for (const [track, essences] of packets) {
      const print = prints.get(track) ?? createHash('sha256')
      prints.set(track, print.update(`${essences.join('\n')}\n`))
    }
  }
  return new Map([...prints].toSorted(([one], [other]) => Number(one) - Number(other)))
}

/** Whole lines, many at once: an hour has 170,000 packets. */
async function* linesIn(path: string): AsyncGenerator<string[]> {
  let rest = ''
  const file = createReadStream(path, { encoding: 'latin1', highWaterMark: 256 * 1024 })
  for await (const text of file as AsyncIterable<string>) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    yield lines
  }
}

/** AV_PKT_FLAG_DISCARD. Of the others no decoder of ours takes notice, such as of a last packet that is not full. */
const discarded = 4

/** @param more Of a line of framecrc's list, what stands behind the hash: whether what is decoded of the packet is not to be heard. */
export const isDiscarded = (more: string): boolean =>
  (Number(/ F=(\w+)/.exec(more)?.[1] ?? 0) & discarded) !== 0

const flagged: Essence = (packet, more) => `${packet}${isDiscarded(more) ? ' discarded' : ''}`

/** Side data is `S=` and its number, then size and hash of each. One byte is the id of an MPEG-TS stream: no decoder reads it. */
const withSideData: Essence = (packet, more) => {
  if (more === '') return packet
  const [, , ...sideData] = more.split(',').map((field) => field.trim())
  const read = sideData.filter((_, at) => at % 2 === 1 && sideData[at - 1] !== '1')
  return [packet, ...read].join()
}
