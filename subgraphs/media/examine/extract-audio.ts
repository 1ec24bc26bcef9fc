/** Extracts the audio tracks out of a file by stream copy, where every sample decoded of them is proven to stay the same. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import type { SourceReading } from '#schema/documents/source-reading.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import { carrierOptions, carriersFor, type Carrier } from './extractable-carriers.ts'
import { copyTracks, failedToWrite, listPackets, packetListsAt, packetPrint } from './packet-print.ts'
import type { Probe } from './probe.ts'
import { clockAsItSays, readPacketSpans, type PacketSpan } from '#media/examine/timeline/packet-spans.ts'
import type { Logger } from '#runtime/process/log.ts'

export interface ExtractJob {
  readonly path: string
  readonly media: SourceMedia
  /** Of the whole file; what is extracted is read as usual. */
  readonly reading: SourceReading
  /** For what is written. The caller removes it. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly log: Logger
}

export interface ExtractedAudio {
  readonly path: string
  readonly sizeBytes: number
  readonly container: string
  /** When each audio track of the whole file is to be heard, by its packets. */
  readonly spans: ReadonlyMap<number, PacketSpan>
}

/** Null where the whole file has to be stored: no carrier is proven, nothing would be saved, or this file is an odd one. */
export type ExtractAudio = (job: ExtractJob) => Promise<ExtractedAudio | null>

/** Copying 20 GB takes half a minute from a slow disk. */
const wallMs = 600_000
const cpuSeconds = 1_200
/** Packet lists of small files can be larger than they. */
const leastFileBytes = 16 * 1024 ** 2

class NotExtracted extends Error {}

/** @param carriersOf Tried one after another. */
export function createExtractAudio(
  runFfmpeg: RunFfmpeg,
  probe: Probe,
  carriersOf = carriersFor,
): ExtractAudio {
  return async (job) => {
    const deadline = AbortSignal.timeout(wallMs)
    const signal = AbortSignal.any([job.signal, deadline])
    for (const carrier of carriersOf(job.media, job.reading !== 'USUAL')) {
      try {
        return await extractInto(carrier, { ...job, signal }, runFfmpeg, probe)
      } catch (error) {
        job.signal.throwIfAborted()
        const expected = error instanceof NotExtracted || error instanceof FfmpegError
        if (!expected && !(error instanceof DomainError) && !deadline.aborted) throw error
        job.log.info(
          { err: error, carrier },
          'the audio tracks could not be extracted; another container is tried, or the whole file is stored',
        )
      }
    }
    return null
  }
}

async function extractInto(carrier: Carrier, job: ExtractJob, runFfmpeg: RunFfmpeg, probe: Probe) {
  const { path, media, reading, folder, signal } = job
  const wholeBytes = (await stat(path)).size
  const limits = { cpuSeconds, fileBytes: Math.max(wholeBytes, leastFileBytes) }
  const extracted = join(folder, `audio.${carrier}`)
  const [ofWhole, ofExtracted] = [
    packetListsAt(join(folder, 'whole')),
    packetListsAt(join(folder, 'extracted')),
  ]
  const { outputOptions, output } = listPackets(ofWhole)
  // One pass over the whole file, which may be large: its packets are listed while they are copied.
  const totals = await runFfmpeg({
    inputOptions: [...inputOptionsFor(reading), ...clockAsItSays],
    input: fileUrl(path),
    outputOptions: [
      ...outputOptions,
      output,
      ...copyTracks,
      ...nothingElse,
      ...(carrierOptions[carrier] ?? []),
      '-f',
      carrier,
    ],
    output: fileUrl(extracted),
    limits,
    signal,
  })
  if (failedToWrite(totals)) throw new NotExtracted('there was no room for it')
  const { size: sizeBytes } = await stat(extracted)
  if (sizeBytes >= wholeBytes && reading === 'USUAL') throw new NotExtracted('nothing would be saved')
  const inputOptions = inputOptionsFor('USUAL')
  const listing = { inputOptions, input: fileUrl(extracted), ...listPackets(ofExtracted), limits, signal }
  const [{ container, audioTracks }, listed] = await Promise.all([
    probe(extracted, signal),
    runFfmpeg(listing),
  ])
  if (decodedAs(audioTracks) !== decodedAs(media.audioTracks)) throw new NotExtracted('it has other tracks')
  if (failedToWrite(listed)) throw new NotExtracted('there was no room for its proof')
  const print = await packetPrint(ofWhole, audioTracks.length)
  if (print === null || print !== (await packetPrint(ofExtracted, audioTracks.length)))
    throw new NotExtracted('its packets are not those of the whole file')
  return { path: extracted, sizeBytes, container, spans: await readPacketSpans(ofWhole.flags) }
}

/**
 * Titles, chapters and languages stand in the upload's document. FLAC in MP4, which Debian's ffmpeg calls an experiment, is
 * proven like all else.
 */
const nothingElse = ['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact', '-strict', '-2']

/** What decoders go by. */
const decodedAs = (tracks: SourceMedia['audioTracks']): string =>
  tracks.map(({ codec, sampleRateHz, channels }) => `${codec} ${sampleRateHz} ${channels}`).join()
