/** What an order costs, as far as it can be said before it is carried out: audio that is read, bytes that are stored. */
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import type { ConversionSource } from '#schema/documents/conversion-source.ts'
import type { Amounts } from './usage-store.ts'

type StoredOutput = ConversionDocument['output']
type Order = Pick<ConversionSource, 'track' | 'durationMs' | 'chapters' | 'cover'>

/** To measure a loudness takes a reading before the encoding, and mostly another encoding after it. */
const loudnessPasses = 2
/** Only decoding tells where the fade begins. */
const fadeOutPasses = 1

export function workOfOrder(
  { track, durationMs, chapters, cover }: Order,
  output: StoredOutput,
): Pick<Amounts, 'audioMs' | 'storedBytes'> {
  const passes =
    1 + (output.loudness === null ? 0 : loudnessPasses) + (output.fadeOutMs === 0 ? 0 : fadeOutPasses)
  const kbps = bitrateKbps(output, track.bitrateKbps)
  const mp3s = output.splitByChapters ? chapters.length : 1
  const audioBytes = Math.ceil((lengthMs(durationMs, chapters, output) * kbps) / 8)
  return {
    audioMs: durationMs * passes,
    storedBytes: audioBytes + mp3s * (cover?.sizeBytes ?? 0),
  }
}

/** Of all MP3s together. */
function lengthMs(durationMs: number, chapters: Order['chapters'], output: StoredOutput): number {
  if (output.splitByChapters) return chapters.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs), 0)
  return Math.max(0, (output.trim?.endMs ?? durationMs) - (output.trim?.startMs ?? 0))
}

/** What -V 0 comes to, about the most of VBR. */
const vbrKbps = 256

const bitrateKbps = ({ passthrough, bitrateKbps: asked }: StoredOutput, sourceKbps: number | null) =>
  Math.max(asked ?? vbrKbps, passthrough ? (sourceKbps ?? 0) : 0)
