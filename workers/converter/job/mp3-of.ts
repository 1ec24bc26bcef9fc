/** What the conversion's document says of an MP3 that was made. */
import type { Mp3Document } from '#schema/documents/mp3-document.ts'
import type { MadeMp3 } from '#converter/attempts/first-proven.ts'
import type { Mp3Piece } from '#converter/plan/mp3-pieces.ts'

export function mp3Of(piece: Mp3Piece, { stored, ...made }: MadeMp3): Mp3Document {
  const { durationMs, sampleCount, sampleRateHz, channels, bitrateMode, bitrateKbps, encoding, loudness } =
    made
  return {
    id: stored.blobId,
    filename: piece.filename,
    ...stored,
    durationMs,
    sampleCount,
    sampleRateHz,
    channels,
    bitrateMode,
    bitrateKbps,
    encoding,
    passthrough: encoding.path === 'PASSTHROUGH',
    chapter: piece.chapter,
    loudness,
  }
}
