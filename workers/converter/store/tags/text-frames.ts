/** Puts each tag into the ID3v2.3 frame that is made for it; what has none becomes TXXX or COMM. */
import type { ID3Writer } from 'browser-id3-writer'
import type { Tag } from '#schema/documents/source-media.ts'
import { descriptions, identifierOwners, linkFrames, roles, textFrames } from './frame-table.ts'
import { fullText, lineOf, longest } from './id3-text.ts'
import * as raw from './raw-frames.ts'

/** A year, and a day where it is known: TYER and TDAT. */
const dateForm = /^(\d{4})(?:-(\d\d)-(\d\d))?/

/** As ffmpeg names lyrics whose language it knows. */
const lyricsKey = /^lyrics(?:-([a-z]{3}))?$/
/** Beside the one without a description, others may stand. */
const describedKey = /^(comment|lyrics|website|rating|ufid):(.+)$/s

/** ISO 639-2 for a language that nobody stated. */
const unknownLanguage = 'und'

/** ID3v2.3 has it between the values of some frames (4.2.1); where it has nothing, other writers do the same. */
const betweenValues = '/'

/** All values of a key, in their order. */
interface Values {
  readonly key: string
  readonly tags: readonly Tag[]
}

/** @returns frames that the writer does not know, to be put before its own. */
export function addTextFrames(writer: ID3Writer, tags: readonly Tag[]): Buffer[] {
  const told = tags.filter(({ value }) => fullText(value) !== '')
  const language = languageOf(told)
  const byKey = Map.groupBy(told, ({ key }) => key)
  const frames = createFrames(writer, language)
  for (const [key, values] of byKey) frames.add({ key, tags: values })
  return frames.all()
}

/** Spoken of in every comment and lyric; `eng`, say, only where the source says so. */
function languageOf(tags: readonly Tag[]): string {
  const stated = tags.find(({ key }) => key === 'language')?.value.toLowerCase() ?? ''
  return textFrames.get('language')!.form!.test(stated) ? stated : unknownLanguage
}

/** A frame that may stand but once is the first key's that asks for it. */
function createFrames(writer: ID3Writer, language: string) {
  const used = new Set<string>()
  const made: Buffer[] = []
  const people: (readonly [string, string])[] = []
  const once = (id: string, frame: () => Buffer | readonly Buffer[]): boolean => {
    if (used.has(id)) return false
    used.add(id)
    made.push(...[frame()].flat())
    return true
  }
  const addText = ({ key, tags }: Values): boolean => {
    const { id, form, digits } = textFrames.get(key) ?? {}
    if (id === undefined) return false
    const lines = tags.map(({ value }) => (key === 'language' ? lineOf(value).toLowerCase() : lineOf(value)))
    if (form === undefined)
      return once(id, () => raw.textFrame(id, lineOf(lines.join(betweenValues), longest.fullText)))
    const [first, ...others] = lines
    if (first === undefined || !form.test(first)) return false
    const added = once(id, () => (digits ? raw.numberFrame(id, first) : raw.textFrame(id, first)))
    if (added && others.length > 0) addOther({ key, tags: tags.slice(1) })
    return added
  }
  const addDate = ({ key, tags: [tag] }: Values): boolean => {
    const [, year, month, day] = dateForm.exec(lineOf(tag!.value)) ?? []
    if (year === undefined) return false
    if (key === 'originaldate') return once('TORY', () => raw.numberFrame('TORY', year))
    return once('TYER', () => [
      raw.numberFrame('TYER', year),
      ...(month !== undefined && day !== undefined ? [raw.numberFrame('TDAT', `${day}${month}`)] : []),
    ])
  }
  /** One frame a language and description. */
  const addFull = (id: 'COMM' | 'USLT', tag: Tag, description: string, stated = tag.language): void => {
    const spoken = stated ?? language
    const text = fullText(tag.value)
    if (used.has(`${id} ${spoken} ${description}`)) return addOther({ key: tag.key, tags: [tag] })
    used.add(`${id} ${spoken} ${description}`)
    if (id === 'COMM') writer.setFrame('COMM', { description, text, language: spoken })
    else writer.setFrame('USLT', { description, lyrics: text, language: spoken })
  }
  /** TXXX holds one line (ID3v2.3, section 4.2.2), a comment with a description any number: readers name both by that. */
  const addOther = ({ key, tags }: Values): void => {
    const description = lineOf(descriptions.get(key) ?? key, longest.description)
    const texts = tags.map(({ value }) => fullText(value))
    const text = texts.join('\n')
    if (texts.some((one) => one.includes('\n'))) writer.setFrame('COMM', { description, text, language })
    else writer.setFrame('TXXX', { description, value: lineOf(texts.join(betweenValues), longest.fullText) })
  }
  return {
    add(values: Values): void {
      const { key, tags } = values
      const [, kind = '', about = ''] = describedKey.exec(key) ?? ['', key, '']
      const description = lineOf(about, longest.description)
      if (addText(values)) return
      if ((key === 'date' || key === 'year' || key === 'originaldate') && addDate(values)) return
      if (kind === 'comment') return tags.forEach((tag) => addFull('COMM', tag, description))
      const lyrics = lyricsKey.exec(kind)
      if (lyrics) return tags.forEach((tag) => addFull('USLT', tag, description, lyrics[1] ?? tag.language))
      const role = roles.get(key) ?? /^performer:(.+)$/s.exec(key)?.[1]
      if (role !== undefined)
        return void people.push(...tags.map(({ value }) => [lineOf(role), lineOf(value)] as const))
      const [{ value }, ...others] = tags as [Tag, ...Tag[]]
      const frame = ownFrame(key, kind, description, lineOf(value))
      if (frame === null) return addOther(values)
      made.push(frame)
      if (others.length > 0) addOther({ key, tags: others })
    },
    all: () => (people.length > 0 ? [...made, raw.peopleFrame(people)] : made),
  }
}

const url = /^[!-~]+$/

/** Frames that hold something other than text. */
function ownFrame(key: string, kind: string, description: string, line: string): Buffer | null {
  const link = linkFrames.get(key)
  if (link !== undefined) return url.test(line) ? raw.linkFrame(link, line) : null
  if (kind === 'website') return url.test(line) ? raw.userLinkFrame(description, line) : null
  const owner = identifierOwners.get(key) ?? (kind === 'ufid' ? description : undefined)
  if (owner !== undefined)
    return url.test(owner) && url.test(line) && line.length <= 64 ? raw.identifierFrame(owner, line) : null
  const rating = kind === 'rating' ? ratingOf(line) : null
  return rating === null || !/^[ -~]*$/.test(description) ? null : raw.ratingFrame(description, rating)
}

/** Of 255: as ID3 has it, of five stars, or of a hundred. */
function ratingOf(line: string): number | null {
  const [, value, of] = /^(\d{1,3})(?:\/(\d{1,3}))?$/.exec(line) ?? []
  if (value === undefined) return null
  const most = Number(of ?? (Number(value) <= 5 ? 5 : Number(value) <= 100 ? 100 : 255))
  return Number(value) > most || most === 0 ? null : Math.round((Number(value) / most) * 255)
}
