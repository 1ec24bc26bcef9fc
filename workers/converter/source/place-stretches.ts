/** Writes decoded samples where they are to be heard: into a WAVE file whose gaps are holes, which read as silence. */
import { open, type FileHandle } from 'node:fs/promises'
import type { Stretch } from '#runtime/timeline/timeline.ts'

export interface Shape {
  readonly sampleRateHz: number
  readonly channels: number
}

/** 32-bit floating point: what decoders give, whole. */
export const bytesPerSample = 4

const headerBytes = 80
const chunkBytes = 1024 * 1024

/** @returns how many samples a channel there are in the file. */
export async function placeStretches(
  { from, to }: { readonly from: string; readonly to: string },
  stretches: readonly Stretch[],
  shape: Shape,
  signal: AbortSignal,
): Promise<number> {
  await using source = await open(from)
  await using target = await open(to, 'w')
  const blockBytes = bytesPerSample * shape.channels
  for (const stretch of stretches) {
    signal.throwIfAborted()
    await copy(
      source,
      target,
      {
        from: stretch.from * blockBytes,
        to: stretch.to * blockBytes,
        at: headerBytes + stretch.at * blockBytes,
      },
      signal,
    )
  }
  const last = stretches.at(-1)
  const samples = last === undefined ? 0 : last.at + last.to - last.from
  await target.truncate(headerBytes + samples * blockBytes)
  await target.write(waveHeader(samples, shape), 0, headerBytes, 0)
  return samples
}

async function copy(
  source: FileHandle,
  target: FileHandle,
  { from, to, at }: { from: number; to: number; at: number },
  signal: AbortSignal,
): Promise<void> {
  const chunk = Buffer.alloc(Math.min(chunkBytes, to - from))
  for (let done = 0; done < to - from;) {
    signal.throwIfAborted()
    const { bytesRead } = await source.read(chunk, 0, Math.min(chunk.length, to - from - done), from + done)
    if (bytesRead === 0) throw new Error('there are fewer samples than were counted')
    await target.write(chunk, 0, bytesRead, at + done)
    done += bytesRead
  }
}

/** RF64 (EBU Tech 3306), which is WAVE with sizes of 64 bits; floating point is format 3 (RFC 2361, A.3). */
function waveHeader(samples: number, { sampleRateHz, channels }: Shape): Buffer {
  const blockBytes = bytesPerSample * channels
  const dataBytes = samples * blockBytes
  const header = Buffer.alloc(headerBytes)
  header.write('RF64', 0, 'latin1')
  header.writeUInt32LE(0xff_ff_ff_ff, 4)
  header.write('WAVEds64', 8, 'latin1')
  header.writeUInt32LE(28, 16)
  header.writeBigUInt64LE(BigInt(headerBytes - 8 + dataBytes), 20)
  header.writeBigUInt64LE(BigInt(dataBytes), 28)
  header.writeBigUInt64LE(BigInt(samples), 36)
  header.write('fmt ', 48, 'latin1')
  header.writeUInt32LE(16, 52)
  header.writeUInt16LE(3, 56)
  header.writeUInt16LE(channels, 58)
  header.writeUInt32LE(sampleRateHz, 60)
  header.writeUInt32LE(sampleRateHz * blockBytes, 64)
  header.writeUInt16LE(blockBytes, 68)
  header.writeUInt16LE(8 * bytesPerSample, 70)
  header.write('data', 72, 'latin1')
  header.writeUInt32LE(0xff_ff_ff_ff, 76)
  return header
}
