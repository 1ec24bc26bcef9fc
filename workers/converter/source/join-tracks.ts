/** Puts one track together of several that are its parts, before anything is made of it. */
import type { ConversionSource } from '#schema/documents/conversion-source.ts'
import { DiskFullError, type DiskSpace } from '#runtime/disk-space.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import { limitsFor } from '#runtime/ffmpeg/resource-limits.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import { joinSequence } from './join-sequence.ts'
import { bytesPerSample } from './place-stretches.ts'
import { runOnSource } from './run-on-source.ts'

export interface TracksToJoin {
  readonly source: ConversionSource
  readonly sourcePath: string
  /** Where the joined track is put. */
  readonly joinedPath: string
  readonly share: CoreShare
  readonly signal: AbortSignal
}

export interface OneTrack {
  readonly source: ConversionSource
  readonly sourcePath: string
}

/** FLAC with 24 bits: more than any lossy source holds. Two sides of 16 bits become the very samples of stereo. */
const joinedFormat = ['-c:a', 'flac', '-sample_fmt', 's32', '-compression_level', '0', '-f', 'flac']

/** Stereo at 48 kHz with 24 bits. */
const mostBytesPerMs = 300

/**
 * @returns what was given where the track is one of the file's.
 * @throws DomainError CORRUPT_FILE, CONVERSION_TIMED_OUT; DiskFullError.
 */
export async function joinTracks(
  { runFfmpeg, disk }: { readonly runFfmpeg: RunFfmpeg; readonly disk: DiskSpace },
  given: TracksToJoin,
): Promise<OneTrack> {
  const { source, sourcePath, joinedPath, share, signal } = given
  if (source.joined === null) return { source, sourcePath }
  const { durationMs: trackMs, joined } = source
  if (joined.as === 'SEQUENCE') return await joinedSequence({ runFfmpeg, disk }, given)
  const fileBytes = Math.ceil((trackMs + 1_000) * mostBytesPerMs)
  if (!(await disk.hasRoomFor(fileBytes))) throw new DiskFullError('no room for a joined track')
  const limits = limitsFor(trackMs)
  const run = (either: AbortSignal) =>
    runFfmpeg({
      inputOptions: inputOptionsFor(source.reading),
      input: fileUrl(sourcePath),
      outputOptions: ['-filter_complex', sidesGraph(joined.tracks), '-map', '[joined]', ...joinedFormat],
      output: fileUrl(joinedPath),
      limits: { ...limits, fileBytes: limits.fileBytes + fileBytes },
      signal: either,
    })
  await share.run(() => runOnSource({ trackMs, signal }, run), signal)
  const track = { ...source.track, index: 0, codec: 'flac' }
  return { source: { ...source, track, joined: null, reading: 'USUAL' }, sourcePath: joinedPath }
}

async function joinedSequence(
  { runFfmpeg, disk }: { readonly runFfmpeg: RunFfmpeg; readonly disk: DiskSpace },
  { source, sourcePath, joinedPath, share, signal }: TracksToJoin,
): Promise<OneTrack> {
  const { durationMs: trackMs, joined, track: whole, reading } = source
  const { sampleRateHz, channels } = whole
  // Twice at a time: as it is decoded, and in its place.
  if (!(await disk.hasRoomFor(2 * ((trackMs * sampleRateHz) / 1000) * channels * bytesPerSample)))
    throw new DiskFullError('no room for a joined track')
  const job = { sourcePath, reading, joinedPath, parts: joined!.tracks, whole, trackMs, signal }
  await share.run(() => joinSequence(runFfmpeg, job), signal)
  const track = { ...whole, index: 0, codec: 'pcm_f32le' }
  return { source: { ...source, track, joined: null, reading: 'USUAL' }, sourcePath: joinedPath }
}

/** By sample, not by time: what they begin and end by is the same. */
const sidesGraph = (tracks: readonly { readonly index: number }[]): string =>
  [
    ...tracks.map(({ index }, side) => `[0:a:${index}]aformat=sample_fmts=s32,pan=mono|c0=c0[side${side}]`),
    '[side0][side1]amerge,pan=stereo|c0=c0|c1=c1[joined]',
  ].join(';')
