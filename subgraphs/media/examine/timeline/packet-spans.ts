/** When the packets of a file's audio tracks say that they are to be heard, by the list that ffmpeg's muxer framecrc wrote of them. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { isDiscarded } from '#media/examine/packet-print.ts'

/**
 * For ffmpeg, before an input whose packets are listed: it would otherwise close up by itself what it takes for a clock that was
 * set anew. Time begins with the first packet of these tracks, or of the file.
 */
export const clockAsItSays: readonly string[] = ['-copyts', '-start_at_zero']

/** In milliseconds. */
export interface PacketSpan {
  readonly startMs: number
  readonly endMs: number
  /** Of all its packets, one after another. */
  readonly packetsMs: number
  /** Whether its packets do not simply follow each other. */
  readonly isOdd: boolean
}

/** Less than a packet of any usual codec at 48 kHz, and more than containers round by. */
const leastStepMs = 15

/** Stream, dts, pts, duration, in units that a line before says of the stream; then size, hash, and more. */
const packetLine = /^(\d+), *(?:-?\d+|NOPTS), *(-?\d+), *(\d+),[^,]*,[^,]*(.*)$/
const unitLine = /^#tb (\d+): (\d+)\/(\d+)/
/** Its packets are of two lengths. */
const variedLine = /^#codec_id (\d+): vorbis/

interface Track {
  readonly unitMs: number
  startMs: number | null
  lastMs: number
  /** Of the packets before the last one. */
  packetsMs: number
  /** Of the last packet; where a container does not say, as long as the one before. */
  lengthMs: number
  /** Of the first packet; null where lengths vary by themselves. */
  usualMs: number | null
  isOdd: boolean
}

export interface SpanReader {
  line(line: string): void
  /** By the index of the track; what has no packet has none. */
  spans(): ReadonlyMap<number, PacketSpan>
}

export function createSpanReader(): SpanReader {
  const tracks = new Map<number, Track>()
  return {
    line(line) {
      const unit = unitLine.exec(line)
      if (unit !== null) {
        const [index, unitMs] = [Number(unit[1]), (Number(unit[2]) / Number(unit[3])) * 1000]
        tracks.set(index, {
          unitMs,
          startMs: null,
          lastMs: 0,
          packetsMs: 0,
          lengthMs: 0,
          usualMs: 0,
          isOdd: false,
        })
      }
      const varied = variedLine.exec(line) && tracks.get(Number(variedLine.exec(line)![1]))
      if (varied) varied.usualMs = null
      const packet = packetLine.exec(line)
      const track = packet && tracks.get(Number(packet[1]))
      // What an edit list leaves out is there for the decoder's sake alone.
      if (packet && track && !isDiscarded(packet[4]!))
        addPacket(track, Number(packet[2]) * track.unitMs, Number(packet[3]) * track.unitMs)
    },
    spans: () =>
      new Map(
        [...tracks].flatMap(([index, { startMs, lastMs, packetsMs, lengthMs, isOdd }]) =>
          startMs === null
            ? []
            : [
                [
                  index,
                  { startMs, endMs: lastMs + lengthMs, packetsMs: packetsMs + lengthMs, isOdd },
                ] as const,
              ],
        ),
      ),
  }
}

function addPacket(track: Track, startMs: number, lengthMs: number): void {
  if (track.startMs === null) track.startMs = startMs
  else {
    if (track.usualMs !== null) track.isOdd ||= isUnusual(track.lengthMs, (track.usualMs ||= track.lengthMs))
    const sinceLastMs = startMs - track.lastMs
    const expectedMs = track.lengthMs || sinceLastMs
    if (Math.abs(sinceLastMs - expectedMs) >= leastStepMs || sinceLastMs < 0) track.isOdd = true
    if (track.lengthMs === 0) track.lengthMs = Math.max(0, sinceLastMs)
    track.packetsMs += track.lengthMs
  }
  track.lastMs = startMs
  if (lengthMs > 0) track.lengthMs = lengthMs
}

/** MP4 has no gaps: a packet before one is as long as both. */
const isUnusual = (oneMs: number, otherMs: number): boolean =>
  Math.max(oneMs, otherMs) >= 2 * Math.min(oneMs, otherMs) + leastStepMs

export async function readPacketSpans(listPath: string): Promise<ReturnType<SpanReader['spans']>> {
  const reader = createSpanReader()
  const input = createReadStream(listPath, { encoding: 'latin1', highWaterMark: 256 * 1024 })
  for await (const line of createInterface({ input })) reader.line(line)
  return reader.spans()
}
