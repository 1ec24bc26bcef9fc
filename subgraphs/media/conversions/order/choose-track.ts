/** Which audio track of a file becomes the MP3, where an order leaves that open; two that are the sides of one sound become one. */
import type { ConversionSource } from '#schema/documents/conversion-source.ts'
import type { OutputOptions } from '#schema/documents/output-options.ts'
import type { AudioTrack, SourceMedia } from '#schema/documents/source-media.ts'
import { clippedText } from '#schema/file-names.ts'
import { trackPurposes } from '#schema/documents/track-purpose.ts'
import { warning, type Warning } from '#schema/documents/warning.ts'
import { clockWords } from '#runtime/timeline/time-words.ts'
import { continuedTrack } from './continued-track.ts'
import { notPossible } from './fit-chapters.ts'
import { isSameLanguage } from './same-language.ts'
import { sidesOfOne } from './sides-of-one.ts'

export interface ChosenTrack extends Pick<ConversionSource, 'track' | 'joined'> {
  readonly warnings: readonly Warning[]
}

/** @throws DomainError OUTPUT_NOT_POSSIBLE. */
export function chooseTrack(asked: OutputOptions['audioTrack'], media: SourceMedia): ChosenTrack {
  const tracks = media.audioTracks
  const index = asked?.index ?? null
  if (index !== null) return { track: usable(tracks[index], tracks), joined: null, warnings: [] }
  const language = asked?.language ?? null
  const open = tracks.filter(
    (track) => language === null || (track.language !== null && isSameLanguage(track.language, language)),
  )
  const [best] = open.toSorted(byPreference)
  const track = usable(best, tracks)
  const usableOnes = open.filter(isUsable)
  const sides = sidesOfOne(track, usableOnes, media.container)
  const continued = sides === null ? continuedTrack(track, usableOnes, media.container) : null
  const taken = sides ?? continued?.parts ?? [track]
  const others = open.filter((other) => !taken.includes(other))
  const warnings = others.length === 0 ? [] : [choiceWarning(taken, others)]
  if (continued !== null)
    return {
      track: continued.track,
      joined: { as: 'SEQUENCE', tracks: [...continued.parts] },
      warnings: [...warnings, ...continuedWarnings(continued.parts)],
    }
  if (sides === null) return { track, joined: null, warnings }
  return {
    track: { ...sides[0], channels: 2, channelLayout: 'stereo', side: null },
    joined: { as: 'SIDES', tracks: sides },
    warnings: [...warnings, joinWarning(sides)],
  }
}

const isUsable = ({ isDecodable, isEmpty }: AudioTrack): boolean => !isEmpty && isDecodable

function usable(track: AudioTrack | undefined, tracks: readonly AudioTrack[]): AudioTrack {
  const known = tracks
    .map(({ index, language }) => `track ${index} (${language ?? 'language unknown'})`)
    .join(', ')
  if (track === undefined) throw notPossible(`There is no such audio track; the upload has ${known}.`)
  const { index, codec } = track
  if (track.isEmpty) throw notPossible(`Audio track ${index} is announced by the file, but holds no sound.`)
  if (!track.isDecodable) throw notPossible(`Audio track ${index} (${codec}) cannot be decoded.`)
  return track
}

/** What a player begins with, but for commentaries and the like: whoever put a file together may have marked any first track. */
const preference = (track: AudioTrack): readonly number[] => [
  track.isDecodable ? 0 : 1,
  track.isEmpty ? 1 : 0,
  trackPurposes.indexOf(track.purpose),
  track.isDefault ? 0 : 1,
  track.isOriginal ? 0 : 1,
  track.isDub ? 1 : 0,
  track.index,
]

function byPreference(one: AudioTrack, other: AudioTrack): number {
  const others = preference(other)
  return (
    preference(one)
      .map((rank, at) => rank - others[at]!)
      .find((difference) => difference !== 0) ?? 0
  )
}

const mostTitleBytes = 80

/** What is left out beyond these is counted. */
const mostNamed = 8

function choiceWarning(taken: readonly AudioTrack[], others: readonly AudioTrack[]): Warning {
  const named = others.slice(0, mostNamed).map(numbered)
  const more = others.length - named.length
  const left = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')
  const tracks = taken.length === 1 ? 'audio track' : 'audio tracks'
  const message = `The MP3 has ${tracks} ${taken.map(numbered).join(' and ')}; left out: ${left}.`
  return warning('TRACK_CHOSEN', message)
}

const purposeWords: Readonly<Record<AudioTrack['purpose'], string | null>> = {
  MAIN: null,
  HEARING_IMPAIRED: 'for the hearing impaired',
  COMMENTARY: 'commentary',
  AUDIO_DESCRIPTION: 'audio description',
  CLEAN_EFFECTS: 'without speech',
}

/** What tells it from the others of its file: `1 (eng, commentary)`. */
function numbered({ index, language, title, purpose, isEmpty, isDecodable, codec }: AudioTrack): string {
  const facts = [
    language,
    title === null ? null : `“${clippedText(title, mostTitleBytes)}”`,
    purposeWords[purpose],
    isEmpty ? 'empty' : null,
    isDecodable || isEmpty ? null : `${codec}, which cannot be decoded`,
  ].filter((fact) => fact !== null)
  return `${index}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`
}

const joinWarning = ([left, right]: readonly [AudioTrack, AudioTrack]): Warning =>
  warning(
    'TRACKS_JOINED',
    `Audio tracks ${left.index} and ${right.index} are mono and belong together: they became the left and the right of one.`,
  )

const continuedWarnings = (parts: readonly AudioTrack[]): Warning[] =>
  parts.slice(1).map((part, at) => {
    const message = `Audio track ${parts[at]!.index} ends, and goes on at ${clockWords(part.startMs)} as audio track ${part.index}: the MP3 has both.`
    return warning('TRACK_CONTINUED', message, { startMs: part.startMs })
  })
