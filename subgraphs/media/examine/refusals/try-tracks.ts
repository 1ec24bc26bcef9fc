/** Decodes the beginning of every audio track: what cannot be decoded is found with the upload, and not by a converter. */
import type { AudioTrack, SourceMedia } from '#schema/documents/source-media.ts'
import type { SourceReading } from '#schema/documents/source-reading.ts'
import type { Warning } from '#schema/documents/warning.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import { readFileStart, readFrameLine, showFrames, type ShownFrame } from '#runtime/timeline/frame-lines.ts'
import { beginningOf, type Beginning } from '#media/examine/timeline/beginnings.ts'
import { asItSays } from '#media/examine/timeline/list-steps.ts'
import { asDecoded } from './as-decoded.ts'
import type { IsEncrypted } from './is-encrypted.ts'
import { undecoded, unknownAac } from './track-obstacles.ts'

export interface TriedTracks {
  readonly media: SourceMedia
  /** Of each track that was decoded, by its index. */
  readonly beginnings: ReadonlyMap<number, Beginning>
}

/** @throws DomainError PROTECTED, UNSUPPORTED_CODEC or CORRUPT_FILE where no track can be decoded. */
export type TryTracks = (job: TryJob) => Promise<TriedTracks>

export interface TryJob {
  readonly path: string
  readonly media: SourceMedia
  readonly reading: SourceReading
  readonly signal: AbortSignal
}

/** Some decoders give nothing for the first ones. */
const framesTried = 8
/** A file has a few dozen at most; of a hostile one, the rest is left as its header says. */
const mostTracksTried = 64
/** Reading 20 GB that hold no such frame takes half a minute from a slow disk. */
const wallMs = 120_000
const mostLinesKept = 20

interface Trial {
  readonly decodes: boolean
  readonly beginning: Beginning | null
  readonly frames: readonly ShownFrame[]
  /** What ffmpeg found wrong. */
  readonly complaints: readonly string[]
}

export function createTryTracks(runFfmpeg: RunFfmpeg, isEncrypted: IsEncrypted): TryTracks {
  return async (job) => {
    const { path, media, signal } = job
    const deadline = AbortSignal.timeout(wallMs)
    const complaints: string[] = []
    const beginnings = new Map<number, Beginning>()
    const warnings: Warning[] = []
    const tryOne = async (track: AudioTrack, at: number): Promise<AudioTrack> => {
      if (track.isEmpty || !track.isDecodable || at >= mostTracksTried || deadline.aborted) return track
      const trial = await tryTrack(runFfmpeg, { ...job, track, deadline })
      complaints.push(...trial.complaints)
      if (trial.beginning !== null) beginnings.set(track.index, trial.beginning)
      const shaped = asDecoded({ ...track, isDecodable: trial.decodes }, trial.frames)
      warnings.push(...shaped.warnings)
      return shaped.track
    }
    const audioTracks: AudioTrack[] = []
    for (const [at, track] of media.audioTracks.entries()) audioTracks.push(await tryOne(track, at))
    // A packet of an encrypted track may pass for one that is not.
    if (complaints.length > 0 && media.container.startsWith('mov') && (await isEncrypted(path, signal)))
      throw new DomainError('PROTECTED')
    if (!audioTracks.some(({ isDecodable }) => isDecodable)) throw meaningOf(complaints, media)
    return { media: { ...media, audioTracks, warnings: [...media.warnings, ...warnings] }, beginnings }
  }
}

interface TrackToTry extends TryJob {
  readonly track: AudioTrack
  readonly deadline: AbortSignal
}

async function tryTrack(
  runFfmpeg: RunFfmpeg,
  { path, reading, track, signal, deadline }: TrackToTry,
): Promise<Trial> {
  const complaints: string[] = []
  const select = ['-map', `0:a:${track.index}`, '-frames:a', String(framesTried)]
  let fileStart = 0
  const frames: ShownFrame[] = []
  try {
    const { decodedSamples } = await runFfmpeg({
      inputOptions: [...inputOptionsFor(reading), ...asItSays],
      input: fileUrl(path),
      outputOptions: [...select, '-af', showFrames, '-max_error_rate', '1', '-f', 'null'],
      output: '-',
      signal: AbortSignal.any([signal, deadline]),
      onLine: (line) => {
        fileStart = readFileStart(line) ?? fileStart
        const frame = readFrameLine(line)
        if (frame !== null && frames.length < framesTried) frames.push(frame)
        if (complaint.test(line) && complaints.length < mostLinesKept) complaints.push(line)
      },
    })
    const beginning = beginningOf(track, fileStart, frames)
    return { decodes: (decodedSamples ?? 0) > 0, beginning, frames, complaints }
  } catch (error) {
    signal.throwIfAborted()
    // What was not found out in time is not held against it.
    if (deadline.aborted) return { ...untold, decodes: true, complaints: [] }
    if (error instanceof FfmpegError)
      return { ...untold, decodes: false, complaints: [...complaints, error.message] }
    throw error
  }
}

const untold = { beginning: null, frames: [] }

/** A missing feature is a warning to ffmpeg. */
const complaint = /\] \[(?:error|fatal)\] |is not implemented\./

function meaningOf(complaints: readonly string[], { audioTracks }: SourceMedia): DomainError {
  const said = complaints.join('\n')
  const unknown = unknownAac(said)
  if (unknown !== null) return unknown
  if (/not (?:yet )?implemented|patches welcome/i.test(said))
    return undecoded(`${audioTracks[0]!.codec} in a form`, 'which our decoder does not know')
  const message = 'Nothing of the audio can be decoded: it is damaged.'
  return new DomainError('CORRUPT_FILE', message, { cause: new Error(said) })
}
