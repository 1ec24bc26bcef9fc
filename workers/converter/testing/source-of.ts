/** A conversion's source, as media would describe a file that was probed. */
import type { ConversionSource } from '#schema/documents/conversion-source.ts'
import type { AudioTrack, SourceMedia } from '#schema/documents/source-media.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'

/** @param track The first unless given. */
export const sourceOf = (
  { durationMs, audioTracks }: Pick<SourceMedia, 'durationMs' | 'audioTracks'>,
  track: AudioTrack | undefined = audioTracks[0],
): ConversionSource => {
  if (track === undefined) throw new Error('a source without an audio track')
  return { ...newConversion.source, durationMs, track }
}
