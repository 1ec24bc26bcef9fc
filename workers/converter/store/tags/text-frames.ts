/** Which ID3v2.3 frame holds which tag, by ffmpeg's name of it (libavformat/id3v2.c); what has none becomes TXXX or COMM. */
import type { ID3Writer } from 'browser-id3-writer'
import type { Tag } from '#schema/documents/source-media.ts'
import { fullText, lineOf, longest } from './id3-text.ts'

const frames = {
  title: 'TIT2',
  subtitle: 'TIT3',
  grouping: 'TIT1',
  album: 'TALB',
  album_artist: 'TPE2',
  performer: 'TPE3',
  lyricist: 'TEXT',
  copyright: 'TCOP',
  publisher: 'TPUB',
  label: 'TPUB',
  isrc: 'TSRC',
  encoder: 'TSSE',
} as const

const listFrames = { artist: 'TPE1', composer: 'TCOM', genre: 'TCON' } as const

/** Frames whose text has a form (ID3v2.3, section 4.2.1). */
const formedFrames = {
  track: { id: 'TRCK', form: /^\d{1,9}(\/\d{1,9})?$/ },
  disc: { id: 'TPOS', form: /^\d{1,9}(\/\d{1,9})?$/ },
  language: { id: 'TLAN', form: /^[a-z]{3}$/ },
  compilation: { id: 'TCMP', form: /^[01]$/ },
} as const

/** A year, and a day where it is known: TYER and TDAT. */
const dateForm = /^(\d{4})(?:-(\d\d)-(\d\d))?/

/** As ffmpeg names lyrics whose language it knows. */
const lyricsKey = /^lyrics(?:-([a-z]{3}))?$/

/** ISO 639-2 for a language that nobody stated. */
const unknownLanguage = 'und'

const has = <T extends object>(table: T, key: string): key is Extract<keyof T, string> =>
  Object.hasOwn(table, key)

/** Adds each tag in one frame; a frame that may stand but once is the first tag's that asks for it. */
export function addTextFrames(writer: ID3Writer, tags: readonly Tag[]): void {
  const used = new Set<string>()
  const language = languageOf(tags)
  for (const { key, value } of tags) {
    if (fullText(value) === '') continue
    const own = ownFrame(writer, key, value, language)
    if (own !== null && !used.has(own.id)) {
      used.add(own.id)
      own.add()
    } else addOther(writer, key, value, language)
  }
}

/** Spoken of in every comment and lyric; `eng`, say, only where the source says so. */
function languageOf(tags: readonly Tag[]): string {
  const stated = tags.find(({ key }) => key === 'language')?.value.toLowerCase() ?? ''
  return formedFrames.language.form.test(stated) ? stated : unknownLanguage
}

interface OwnFrame {
  /** What may stand in the tag but once. */
  readonly id: string
  add(): void
}

function ownFrame(writer: ID3Writer, key: string, value: string, language: string): OwnFrame | null {
  const line = lineOf(value)
  if (has(frames, key)) return { id: frames[key], add: () => void writer.setFrame(frames[key], line) }
  if (has(listFrames, key)) {
    return { id: listFrames[key], add: () => void writer.setFrame(listFrames[key], [line]) }
  }
  if (has(formedFrames, key)) {
    const { id, form } = formedFrames[key]
    const formed = key === 'language' ? line.toLowerCase() : line
    return form.test(formed) ? { id, add: () => void writer.setFrame(id, formed) } : null
  }
  if (key === 'date' || key === 'year') return dateFrames(writer, line)
  if (key === 'comment') {
    const text = fullText(value)
    return { id: 'COMM', add: () => void writer.setFrame('COMM', { description: '', text, language }) }
  }
  const lyricsIn = lyricsKey.exec(key)
  return lyricsIn && lyricsFrame(writer, value, lyricsIn[1] ?? language)
}

function lyricsFrame(writer: ID3Writer, value: string, language: string): OwnFrame {
  const lyrics = fullText(value)
  const add = () => void writer.setFrame('USLT', { description: '', lyrics, language })
  return { id: `USLT ${language}`, add }
}

function dateFrames(writer: ID3Writer, line: string): OwnFrame | null {
  const [, year, month, day] = dateForm.exec(line) ?? []
  // The writer gives a year below 1000 fewer than the four digits it must have.
  if (year === undefined || Number(year) < 1000) return null
  return {
    id: 'TYER',
    add() {
      writer.setFrame('TYER', Number(year))
      if (month !== undefined && day !== undefined) writer.setFrame('TDAT', `${day}${month}`)
    },
  }
}

/** TXXX holds one line (ID3v2.3, section 4.2.2), a comment with a description any number: readers name both by that. */
function addOther(writer: ID3Writer, key: string, value: string, language: string): void {
  const description = lineOf(key, longest.description)
  const text = fullText(value)
  if (text.includes('\n')) writer.setFrame('COMM', { description, text, language })
  else writer.setFrame('TXXX', { description, value: lineOf(value) })
}
