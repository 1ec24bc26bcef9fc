/** The filters that mix a track's channels to those of its MP3: with the same shares for every codec and sample format. */
import type { AudioTrack } from '#schema/documents/source-media.ts'
import { stereoShares, usualShares, type SharesOfSides } from './mix-table.ts'

export type MixedTrack = Pick<AudioTrack, 'channels' | 'channelLayout'>

/** By its name, or by its number (`c0`). */
type ChannelShares = readonly (readonly [channel: string, shares: SharesOfSides])[]

/**
 * Empty where nothing is mixed: stereo and mono stay as they are. No filter here remembers what came before, and none cuts off
 * what passes full scale: what becomes of such peaks is decided afterwards.
 */
export function mixFilters(track: MixedTrack, channels: 1 | 2): string[] {
  const { channels: from, channelLayout: layout } = track
  if (from === 1) return ofMono(layout, channels)
  if (from === 2 && (layout === null || plainStereo.has(layout)))
    return channels === 2 ? [] : summed(numbered([[1, 0], [0, 1]]), 1) // prettier-ignore
  return summed(sharesOf(track), channels)
}

/**
 * For what changes its channels on the way, as broadcasts do: whichever are there count, by their names. In stereo, what is mono
 * for a while stands in the middle of it; in a track that is mono at first, it stays as it is.
 */
export function changingMixFilters(track: MixedTrack, channels: 1 | 2): string[] {
  const louder = track.channels === 1 && channels === 1 ? ['volume=3.0103dB'] : []
  return [...summed([...stereoShares], channels), ...louder]
}

/** Whether a sum of the channels may pass full scale although none of them does. */
export const maySumAbove = ({ channels }: MixedTrack): boolean => channels > 2

/** Whose sums have no bounds. */
const asFloat = 'aformat=sample_fmts=fltp'

const plainStereo: ReadonlySet<string> = new Set(['stereo', 'downmix', 'binaural'])

/** As players do it: as loud on each side as it is, also where films call a mono track the left one. */
function ofMono(layout: string | null, channels: 1 | 2): string[] {
  if (channels === 2) return [asFloat, 'pan=stereo|c0=c0|c1=c0']
  return layout === null || layout === 'mono' ? [] : [asFloat, 'pan=mono|c0=c0']
}

function sharesOf({ channels, channelLayout: layout }: MixedTrack): ChannelShares {
  if (layout?.startsWith('ambisonic')) return numbered(twoCardioids)
  if (layout !== null && isNamed(layout)) return [...stereoShares]
  // At an equal power: as loud as they are where they have nothing in common, as microphones' tracks.
  const alike = 1 / Math.sqrt(channels)
  const usual = layout === null ? usualShares.get(channels) : undefined
  return numbered(usual ?? Array.from({ length: channels }, () => [alike, alike]))
}

/** To the left and to the right, of the first channels in ACN order with SN3D (AmbiX): everything, and left minus right. */
const twoCardioids: readonly SharesOfSides[] = [
  [0.5, 0.5],
  [0.5, -0.5],
]

/** A list of names (`9 channels (FL+FR+…)`) may hold some that we do not know, or one twice; all of ffmpeg's other layouts are known. */
function isNamed(layout: string): boolean {
  const names = /\((\w+(?:\+\w+)+)\)$/.exec(layout)?.[1]?.split('+')
  return (
    names === undefined ||
    (names.every((name) => stereoShares.has(name)) && new Set(names).size === names.length)
  )
}

const numbered = (shares: readonly SharesOfSides[]): ChannelShares =>
  shares.map((sides, index) => [`c${index}`, sides])

/** Mono is the mean of both sides: BS.775's mono, 3 dB lower, so that it passes full scale no sooner than stereo does. */
function summed(shares: ChannelShares, channels: 1 | 2): string[] {
  const left = sumOf(shares, ([one]) => one)
  const right = sumOf(shares, ([, other]) => other)
  const mean = sumOf(shares, ([one, other]) => (one + other) / 2)
  const mix = channels === 1 ? `pan=mono|c0=${mean}` : `pan=stereo|c0=${left}|c1=${right}`
  return [asFloat, mix]
}

const sumOf = (shares: ChannelShares, shareIn: (sides: SharesOfSides) => number): string =>
  shares
    .map(([channel, sides]) => [shareIn(sides), channel] as const)
    .filter(([share]) => share !== 0)
    .map(([share, channel]) => `${share.toFixed(4)}*${channel}`)
    .join('+')
    .replaceAll('+-', '-')
