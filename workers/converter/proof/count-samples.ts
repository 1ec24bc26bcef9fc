/** Decodes an MP3 to its end, on as many cores as there are, and counts the samples that come out. */
import { open } from 'node:fs/promises'
import { FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { framesFrom } from '#converter/bitstream/frame-reader.ts'
import type { XingTag } from '#converter/bitstream/xing-tag.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import { runTogether } from '#runtime/process/run-together.ts'

/** What is decoded at once: from one frame to before another. */
interface Part {
  readonly start: number
  readonly end: number
}

/** A decoder's start costs more than what a smaller part saves. */
const leastPartBytes = 2 * 1024 * 1024

/**
 * Frames that a part shares with the one before: main data reaches back 511 bytes at most, which the smallest frames of
 * MPEG-2 hold in 20; after one more, the transform's overlap is right too.
 */
const sharedFrames = 32

/** More than 32 of the longest frames (1441 bytes), and one to begin with. */
const windowBytes = 64 * 1024

/** A decoder error, or a frame that is none. */
export class UndecodableMp3 extends Error {}

/**
 * @returns samples a channel, without the encoder's delay and padding.
 * @throws UndecodableMp3
 */
export async function countDecodedSamples(
  runFfmpeg: RunFfmpeg,
  { path, sizeBytes, tag }: { path: string; sizeBytes: number; tag: XingTag },
  share: CoreShare,
  signal: AbortSignal,
): Promise<number> {
  const count = Math.max(1, Math.min(share.cores, Math.floor(sizeBytes / leastPartBytes)))
  const parts = await cut(path, { start: tag.position + tag.frameBytes, end: sizeBytes }, count)
  const decodeOne = (part: Part, _: number, either: AbortSignal) =>
    share.run(() => decode(runFfmpeg, path, part, either), either)
  const counts = await runTogether(parts, decodeOne, signal)
  const samples = counts.reduce((sum, value) => sum + value, 0)
  return samples - ((count - 1) * sharedFrames * tag.samplesPerFrame + tag.encoderDelay + tag.endPadding)
}

async function cut(path: string, { start, end }: Part, count: number): Promise<Part[]> {
  await using file = await open(path)
  const parts: Part[] = []
  let partStart = start
  for (let index = 1; index < count; index++) {
    const position = start + Math.floor(((end - start) * index) / count)
    const { buffer } = await file.read(Buffer.alloc(windowBytes), 0, windowBytes, position)
    const frames = framesFrom(buffer)
    const [first, after] = [frames[0], frames[sharedFrames]]
    if (first === undefined || after === undefined)
      throw new UndecodableMp3(`no frames around byte ${position}`)
    parts.push({ start: partStart, end: position + after.offset })
    partStart = position + first.offset
  }
  return [...parts, { start: partStart, end }]
}

async function decode(
  runFfmpeg: RunFfmpeg,
  path: string,
  { start, end }: Part,
  signal: AbortSignal,
): Promise<number> {
  try {
    const totals = await runFfmpeg({
      inputOptions: [
        '-xerror',
        '-protocol_whitelist',
        'file,subfile',
        '-format_whitelist',
        'mp3',
        '-f',
        'mp3',
      ],
      input: `subfile,,start,${start},end,${end},,:${fileUrl(path)}`,
      outputOptions: ['-map', '0:a:0', '-f', 'null'],
      output: '-',
      signal,
    })
    if (totals.errors.length > 0 || totals.decodedSamples === null)
      throw new UndecodableMp3(totals.errors.join('\n'))
    return totals.decodedSamples
  } catch (error) {
    if (error instanceof FfmpegError && !signal.aborted)
      throw new UndecodableMp3([error.message, ...error.errors].join('\n'))
    throw error
  }
}
