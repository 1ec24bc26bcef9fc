/** Which tags an MP3 gets: those of the source that still hold for it, and over them the ones that were asked for. */
import type { OutputOptions } from '#schema/documents/output-options.ts'
import type { Tag } from '#schema/documents/source-media.ts'

/** What a container or an encoder says of its own bytes, as ffmpeg names it: it would be false of the MP3. */
const technical = new Set([
  'major_brand',
  'minor_version',
  'compatible_brands',
  'encoder',
  'encoding settings',
  'creation_time',
  'handler_name',
  'vendor_id',
  'timecode',
  'duration',
  'tlen',
  'bps',
  'number_of_frames',
  'number_of_bytes',
  'source_id',
  'itunsmpb',
  'itunnorm',
])

/** mkvmerge's statistics, and loudness that was measured before ours was made. */
const technicalPrefix = /^(_statistics_|replaygain_|r128_)/
/** Matroska's tags may end in the language they are in. */
const languageSuffix = /-[a-z]{3}$/

const isTechnical = (key: string): boolean =>
  technicalPrefix.test(key) || technical.has(key) || technical.has(key.replace(languageSuffix, ''))

/** @returns tags with lower-case keys, each once: the source's in their order, then the new ones. */
export function mergedTags(source: readonly Tag[], { keep, set }: OutputOptions['tags']): Tag[] {
  const merged = new Map<string, string>()
  if (keep) {
    for (const [key, value] of source.map(normalized))
      if (!isTechnical(key) && !merged.has(key)) merged.set(key, value)
  }
  for (const [key, value] of set.map(normalized)) merged.set(key, value)
  return [...merged].flatMap(([key, value]) => (key === '' || value === '' ? [] : [{ key, value }]))
}

const normalized = ({ key, value }: Tag): [string, string] => [key.trim().toLowerCase(), value.trim()]
