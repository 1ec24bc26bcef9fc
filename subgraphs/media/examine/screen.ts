/** Reads a file to its end without decoding: what the header promises must be there. */
import { join } from 'node:path'
import { stat } from 'node:fs/promises'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import type { SourceReading } from '#schema/documents/source-reading.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import { failedToWrite } from './packet-print.ts'
import { clockAsItSays, readPacketSpans, type PacketSpan } from '#media/examine/timeline/packet-spans.ts'

export interface ScreenJob {
  readonly path: string
  readonly media: Pick<SourceMedia, 'audioTracks'>
  readonly reading: SourceReading
  /** For what is written. The caller removes it. */
  readonly folder: string
  readonly signal: AbortSignal
}

/** Resolves with when each audio track is to be heard, by its packets. */
export type Screen = (job: ScreenJob) => Promise<ReadonlyMap<number, PacketSpan>>

/** Reading 20 GB takes half a minute from a slow disk. */
const wallMs = 600_000

/**
 * Only audio is read: without its decoder, which we do not allow, some video has no parameters to copy.
 * @throws DomainError CORRUPT_FILE when none can be read.
 */
export function createScreen(runFfmpeg: RunFfmpeg): Screen {
  return async ({ path, media, reading, folder, signal }) => {
    const tracks = media.audioTracks.filter(({ isEmpty }) => !isEmpty)
    if (tracks.length === 0)
      throw new DomainError('CORRUPT_FILE', 'The audio that the file announces is not in it.')
    const deadline = AbortSignal.timeout(wallMs)
    const list = join(folder, 'screened.framecrc')
    try {
      const totals = await runFfmpeg({
        inputOptions: [...inputOptionsFor(reading), ...clockAsItSays],
        input: fileUrl(path),
        outputOptions: [
          ...tracks.flatMap(({ index }) => ['-map', `0:a:${index}`]),
          ...['-c', 'copy', '-copyinkf', '-f', 'framecrc'],
        ],
        output: fileUrl(list),
        limits: { cpuSeconds: 2 * (wallMs / 1000), fileBytes: await listBytes(path) },
        signal: AbortSignal.any([signal, deadline]),
      })
      if (failedToWrite(totals)) throw new Error('there was no room for the list of packets')
      const spans = await readPacketSpans(list)
      return new Map([...spans].map(([at, span]) => [tracks[at]!.index, span]))
    } catch (error) {
      if (error instanceof FfmpegError || (deadline.aborted && !signal.aborted)) {
        throw new DomainError('CORRUPT_FILE', undefined, { cause: error })
      }
      throw error
    }
  }
}

/** The list of a small file's packets can be larger than the file. */
const listBytes = async (path: string) => Math.max((await stat(path)).size, 16 * 1024 ** 2)
