/** What a file says of the part that an audio track plays in it: by its flags, and by its names. */
import type { AudioTrack } from '#schema/documents/source-media.ts'
import type { TrackPurpose } from '#schema/documents/track-purpose.ts'

/** ffprobe's names of the flags, each 0 or 1. */
export type Disposition = Readonly<Record<string, number>>

export type TrackRole = Pick<AudioTrack, 'purpose' | 'isDefault' | 'isOriginal' | 'isDub' | 'side'>

const flagged: readonly (readonly [TrackPurpose, readonly string[]])[] = [
  ['COMMENTARY', ['comment']],
  ['AUDIO_DESCRIPTION', ['visual_impaired', 'descriptions']],
  ['CLEAN_EFFECTS', ['clean_effects', 'karaoke']],
  ['HEARING_IMPAIRED', ['hearing_impaired']],
]
/** In the languages whose films mostly have such tracks. */
const named: readonly (readonly [TrackPurpose, RegExp])[] = [
  ['COMMENTARY', /commentar|kommentar|commentaire|comentario|commento\b/i],
  [
    'AUDIO_DESCRIPTION',
    /audio[- ]?d[eé]scri|audio[- ]?deskri|descri(ptive|bed)|visual(ly)?[- ]impair|h[oö]rfilm|\bDVS\b/i,
  ],
  ['CLEAN_EFFECTS', /clean effects|music (and|&) effects|\bM ?& ?E\b|karaoke|instrumental/i],
  ['HEARING_IMPAIRED', /hearing[- ]impair|hard of hearing/i],
]

/** @param names Its title, and what else the file calls it. */
export function roleOf(
  disposition: Disposition,
  names: readonly (string | undefined)[],
  channelLayout: string | null,
): TrackRole {
  const isSet = (flag: string) => disposition[flag] === 1
  const known = names.filter((name) => name !== undefined)
  const byFlag = flagged.find(([, flags]) => flags.some(isSet))?.[0]
  const byName = named.find(([, words]) => known.some((name) => words.test(name)))?.[0]
  return {
    purpose: byFlag ?? byName ?? 'MAIN',
    isDefault: isSet('default'),
    isOriginal: isSet('original'),
    isDub: isSet('dub'),
    side: sideOf([...known, channelLayout ?? '']),
  }
}

const sides = [
  ['LEFT', /\b(left|links|gauche|izquierd[oa]|sinistr[oa]|esquerd[oa]|FL|L)\b/i],
  ['RIGHT', /\b(right|rechts|droite?|derech[oa]|destr[oa]|direit[oa]|FR|R)\b/i],
] as const

/** Null where the names speak of none, or of both. */
function sideOf(names: readonly string[]): TrackRole['side'] {
  const spokenOf = sides.filter(([, words]) => names.some((name) => words.test(name)))
  return spokenOf.length === 1 ? spokenOf[0]![0] : null
}
