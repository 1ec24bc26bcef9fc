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
  'gapless_playback',
  'media_type',
  'hd_video',
])

/** mkvmerge's statistics, loudness that was measured before ours was made, bytes of programs, and chapters, which are no tags. */
const technicalPrefix = /^(_statistics_|replaygain_|r128_|id3v2_priv\.)|^chapter\d{3}(name|url)?$/
/** Matroska's tags may end in the language they are in. */
const languageSuffix = /-[a-z]{3}$/

const isTechnical = (key: string): boolean =>
  technicalPrefix.test(key) || technical.has(key) || technical.has(key.replace(languageSuffix, ''))

/** @returns tags with lower-case keys, of each key all values together: the source's in their order, then the new ones. */
export function mergedTags(source: readonly Tag[], { keep, set }: OutputOptions['tags']): Tag[] {
  const kept = keep ? source.map(normalized).filter(({ key }) => !isTechnical(key)) : []
  const merged = new Map([...Map.groupBy(kept, keyOf), ...Map.groupBy(set.map(normalized), keyOf)])
  return [...merged.values()].flatMap(distinct).filter(({ key, value }) => key !== '' && value !== '')
}

const keyOf = ({ key }: Tag): string => key

const normalized = ({ key, value, ...rest }: Tag): Tag => ({
  key: key.trim().toLowerCase(),
  value: value.trim(),
  ...rest,
})

const distinct = (tags: readonly Tag[]): Tag[] => [
  ...new Map(tags.map((tag) => [JSON.stringify([tag.value, tag.language]), tag])).values(),
]
