/** Packets of tones that tell time, and pictures, to be put into containers at whatever times a test wants. */
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { ffmpeg } from '#test/harness/media-tools.ts'
import { timedTones } from '#test/corpus/hard/timed-tones.ts'

export const packetCodecs = ['mp3', 'aac'] as const
export type PacketCodec = (typeof packetCodecs)[number]

/** Containers state it in different ways; none of them with a rate of its own. */
export const packetRateHz = 44_100

export interface Packets {
  readonly codec: PacketCodec
  readonly packetSeconds: number
  /** In order; of AAC without their ADTS headers. */
  readonly audio: readonly Buffer[]
}

/** Frames that stand alone: without a reservoir, one that is left out takes nothing from the next. */
const encoders: Readonly<Record<PacketCodec, readonly string[]>> = {
  mp3: [
    '-c:a',
    'libmp3lame',
    '-b:a',
    '128k',
    '-reservoir',
    '0',
    '-write_xing',
    '0',
    '-id3v2_version',
    '0',
    '-f',
    'mp3',
  ],
  aac: ['-c:a', 'aac', '-b:a', '96k', '-f', 'adts'],
}

export async function timedPackets(folder: string, codec: PacketCodec, seconds: number): Promise<Packets> {
  const path = join(folder, `packets.${codec}`)
  await ffmpeg(...timedTones({ seconds, sampleRateHz: packetRateHz }), ...encoders[codec], path)
  const bytes = await readFile(path)
  const audio = codec === 'mp3' ? mp3Frames(bytes) : adtsFrames(bytes)
  return { codec, packetSeconds: (codec === 'mp3' ? 1152 : 1024) / packetRateHz, audio }
}

/** MPEG-1 layer III at 128 kbit/s and 44.1 kHz: 417 bytes, and one of padding (ISO 11172-3, 2.4.3.1). */
function mp3Frames(bytes: Buffer): Buffer[] {
  const frames: Buffer[] = []
  for (let at = 0; at + 4 < bytes.length;) {
    const end = at + 417 + ((bytes[at + 2]! >> 1) & 1)
    frames.push(bytes.subarray(at, end))
    at = end
  }
  return frames
}

/** ISO 13818-7, 6.2: a header of seven bytes with the length of all in 13 bits. */
function adtsFrames(bytes: Buffer): Buffer[] {
  const frames: Buffer[] = []
  for (let at = 0; at + 7 < bytes.length;) {
    const length = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5)
    frames.push(bytes.subarray(at + 7, at + length))
    at += length
  }
  return frames
}

/** Of AAC-LC, at 44.1 kHz, in one channel (ISO 14496-3, 1.6.2.1). */
export const aacConfig = Buffer.from([0x12, 0x08])

/** The header that `adtsFrames` took away. */
export function withAdtsHeader(frame: Buffer): Buffer {
  const length = frame.length + 7
  const header = Buffer.from([
    0xff,
    0xf1,
    0x50,
    0x40 | (length >> 11),
    (length >> 3) & 0xff,
    ((length & 7) << 5) | 0x1f,
    0xfc,
  ])
  return Buffer.concat([header, frame])
}

export const pictureCodecs = { mkv: 'mjpeg', flv: 'flv1', ts: 'mpeg2video' } as const
export type PacketContainer = keyof typeof pictureCodecs

/** A whole picture, to be shown again and again. */
export async function onePicture(folder: string, container: PacketContainer): Promise<Buffer> {
  const path = join(folder, `picture.${container}`)
  const picture = [
    '-f',
    'lavfi',
    '-i',
    'testsrc=s=64x48:r=25',
    '-frames:v',
    '1',
    '-pix_fmt',
    container === 'mkv' ? 'yuvj420p' : 'yuv420p',
  ]
  await ffmpeg(
    ...picture,
    '-c:v',
    pictureCodecs[container],
    '-f',
    container === 'ts' ? 'mpeg2video' : 'rawvideo',
    path,
  )
  return await readFile(path)
}

export interface PlacedPacket {
  readonly kind: 'audio' | 'picture'
  readonly seconds: number
  readonly data: Buffer
}
