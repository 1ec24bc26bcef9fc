/** Finds the tracks by which a track goes on: a broadcast that changes its codec, or is cut together, begins another one for that. */
import type { AudioTrack } from '#schema/documents/source-media.ts'

/** Without a table of what they hold, in which a track that ends early would have been meant to. */
const ofBroadcasts: ReadonlySet<string> = new Set(['mpegts', 'mpeg'])

/** What the end of one and the beginning of the next may be apart, or have in common. */
const [mostGapMs, mostOverlapMs] = [10_000, 500]

/** What is put together can say which channel is which. */
const layouts: ReadonlySet<string> = new Set(['mono', 'stereo', '5.1', '5.1(side)'])

export interface ContinuedTrack {
  readonly parts: readonly [AudioTrack, ...AudioTrack[]]
  readonly track: AudioTrack
}

/** @param tracks That may be taken beside the chosen one. @returns null where it does not go on by another. */
export function continuedTrack(
  chosen: AudioTrack,
  tracks: readonly AudioTrack[],
  container: string,
): ContinuedTrack | null {
  if (!ofBroadcasts.has(container)) return null
  const parts = [chosen]
  const others = tracks.filter((track) => track !== chosen && isAlike(chosen, track))
  for (;;) {
    const next = others.filter((other) => goesOn(parts.at(-1)!, other))
    const before = others.filter((other) => goesOn(other, parts[0]!))
    // Of several nobody knows which.
    if (next.length === 1) parts.push(next[0]!)
    else if (before.length === 1) parts.unshift(before[0]!)
    else break
  }
  return parts.length === 1 || !parts.every(isPlain) ? null : putTogether(parts)
}

const isAlike = (one: AudioTrack, other: AudioTrack): boolean =>
  one.purpose === other.purpose &&
  (one.language === null || other.language === null || one.language === other.language)

const isPlain = ({ channelLayout, timeline }: AudioTrack): boolean =>
  timeline === null && channelLayout !== null && layouts.has(channelLayout)

const endMs = ({ startMs, durationMs }: AudioTrack): number => startMs + (durationMs ?? 0)

function goesOn(one: AudioTrack, other: AudioTrack): boolean {
  if (one.durationMs === null || other.durationMs === null || other.startMs <= one.startMs) return false
  const gapMs = other.startMs - endMs(one)
  return gapMs <= mostGapMs && gapMs >= -mostOverlapMs && endMs(other) > endMs(one)
}

function putTogether(parts: readonly AudioTrack[]): ContinuedTrack {
  const [first, ...later] = parts as [AudioTrack, ...AudioTrack[]]
  const widest = parts.reduce((most, part) => (part.channels > most.channels ? part : most))
  const track = {
    ...first,
    channels: widest.channels,
    channelLayout: widest.channelLayout,
    sampleRateHz: Math.max(...parts.map(({ sampleRateHz }) => sampleRateHz)),
    durationMs: Math.max(...parts.map(endMs)) - first.startMs,
    bitrateKbps: null,
  }
  return { parts: [first, ...later], track }
}
