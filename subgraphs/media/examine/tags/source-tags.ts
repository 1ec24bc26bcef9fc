/** Makes one list of what a file's tags say, of what ffprobe shows and what was read one by one. */
import type { SourceMedia, Tag } from '#schema/documents/source-media.ts'
import { createTextReader } from './code-pages.ts'
import { commonKey, keyOf } from './native-keys.ts'
import type { NativeTag } from './read-tags.ts'

/** Where several kinds of tags stand in a file, the first that has a key has its values: later kinds have less room. */
const order = ['ID3v2.4', 'ID3v2.3', 'ID3v2.2', 'vorbis', 'iTunes', 'asf', 'APEv2', 'ID3v1']

/** Formats whose text is in no stated encoding, or in Latin-1 by their word alone. */
const ofUnknownEncoding = /^ID3/

/** In MP4, WAVE and ASF ffprobe reads what the package does not. */
const readsMore = /^(mov|wav|asf)/

/** Audio that ends in one tag or another, and of which ffprobe shows one value a field. */
const tagged = /^(mp3|flac|ogg|wav|aiff|aac|wv|ape|asf)$/
/** What every MP4 says of itself. */
const ofEveryFile =
  /^(major_brand|minor_version|compatible_brands|creation_time|encoder|com\.(apple|android)\..*)$/

/** Whether reading tags one by one may show more than ffprobe does: a plain video is not read twice. */
export const hasMoreToTell = ({ container, tags, chapters, pictureStream }: SourceMedia): boolean => {
  if (tagged.test(container)) return true
  const tells = tags.some(({ key }) => !ofEveryFile.test(key))
  if (container.startsWith('matroska')) return tells || chapters.length > 0
  return container.startsWith('mov') && (tells || pictureStream !== null)
}

/** @param probed By ffprobe. */
export function sourceTags(container: string, probed: readonly Tag[], read: readonly NativeTag[]): Tag[] {
  const native = order.map((format) => ofFormat(read.filter((tag) => tag.format === format)))
  if (container.startsWith('matroska')) return withAllValues(probed, read)
  // MP4's rating is for whom it is fit.
  const told = container.startsWith('mov') ? probed.filter(({ key }) => key !== 'rating') : probed
  const common = told.map(({ key, value }) => ({ key: commonKey(key), value }))
  const hasOwn = native.some((tags) => tags.length > 0)
  const kinds = hasOwn && !readsMore.test(container) ? native : [...native, common]
  const seen = new Set<string>()
  return kinds.flatMap((tags) => {
    const fresh = tags.filter(({ key }) => !seen.has(key))
    for (const { key } of fresh) seen.add(key)
    return fresh
  })
}

/** ffprobe's names, which stand for targets, too; where it gives one of several values, all of them. */
function withAllValues(probed: readonly Tag[], read: readonly NativeTag[]): Tag[] {
  const byKey = Map.groupBy(read, ({ id }) => id.toLowerCase())
  return probed.flatMap(({ key, value }) => {
    const texts = byKey.get(key)?.map(({ text }) => text) ?? []
    const values = texts.length > 1 && texts.includes(value) ? texts : [value]
    return values.map((text) => ({ key: commonKey(key), value: text }))
  })
}

function ofFormat(tags: readonly NativeTag[]): Tag[] {
  const texts = decoded(tags).flatMap(({ format, id, about, text, language }) => {
    const key = keyOf(format, id, about)
    if (key === null || text.trim() === '') return []
    return [{ key, value: id === 'POPM' ? `${text}/255` : text, ...(language !== undefined && { language }) }]
  })
  return withTotals(withDay(rejoined(tags[0]?.format ?? '', texts)))
}

function decoded(tags: readonly NativeTag[]): readonly NativeTag[] {
  const isLatin = (text: string) => /^[\0-\u00ff]*$/.test(text) && /[\u0080-\u00ff]/.test(text)
  const doubtful = tags.filter(({ format, text }) => ofUnknownEncoding.test(format) && isLatin(text))
  if (doubtful.length === 0) return tags
  const bytesOf = ({ text }: NativeTag) => Buffer.from(text, 'latin1')
  const read = createTextReader(doubtful.map(bytesOf))
  return tags.map((tag) => (doubtful.includes(tag) ? { ...tag, text: read(bytesOf(tag)) } : tag))
}

/** Before ID3v2.4 a slash may part several names, or be part of one: AC/DC. It is left as it stands. */
function rejoined(format: string, tags: readonly Tag[]): Tag[] {
  if (!/^ID3v2\.[23]$/.test(format)) return [...tags]
  const splitKeys = /^(artist|album_artist|performer|remixer|composer|lyricist|original_(artist|lyricist))$/
  return [...Map.groupBy(tags, ({ key }) => key)].flatMap(([key, own]) =>
    splitKeys.test(key) ? [{ key, value: own.map(({ value }) => value).join('/') }] : own,
  )
}

/** ID3v2.3 has the day beside the year, as DDMM. */
function withDay(tags: readonly Tag[]): Tag[] {
  const [, day, month] = /^(\d\d)(\d\d)$/.exec(tags.find(({ key }) => key === 'tdat')?.value ?? '') ?? []
  return tags.flatMap((tag) => {
    if (tag.key === 'tdat' || tag.key === 'time') return []
    const isYear = tag.key === 'date' && /^\d{4}$/.test(tag.value)
    return [isYear && day !== undefined ? { ...tag, value: `${tag.value}-${month}-${day}` } : tag]
  })
}

/** Vorbis comments count the whole in a field of its own. */
function withTotals(tags: readonly Tag[]): Tag[] {
  const valueOf = (...keys: readonly string[]) => tags.find(({ key }) => keys.includes(key))?.value
  const totals = new Map([
    ['track', valueOf('tracktotal', 'totaltracks')],
    ['disc', valueOf('disctotal', 'totaldiscs')],
  ])
  const left = /^(tracktotal|totaltracks|disctotal|totaldiscs)$/
  return tags
    .filter(({ key }) => !left.test(key) || valueOf(/^.*track/.test(key) ? 'track' : 'disc') === undefined)
    .map((tag) => {
      const total = totals.get(tag.key)
      return total !== undefined && /^\d+$/.test(tag.value) ? { ...tag, value: `${tag.value}/${total}` } : tag
    })
}
