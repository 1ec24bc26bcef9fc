/** Parses the four-byte header of a layer III frame (ISO 11172-3, 2.4.1.3 and 2.4.2.3; lower rates ISO 13818-3, 2.4.2.3). */

export interface FrameHeader {
  /** MPEG-2 and 2.5 are the low sampling frequencies: one granule a frame instead of two. */
  readonly version: 1 | 2 | 2.5
  readonly bitrateKbps: number
  readonly sampleRateHz: number
  readonly channels: 1 | 2
  /** Header and, where the protection bit is 0, its CRC. */
  readonly headerBytes: 4 | 6
  readonly sideInfoBytes: 9 | 17 | 32
  /** The whole frame, padding slot included. */
  readonly frameBytes: number
  readonly samplesPerFrame: 576 | 1152
}

const bitratesMpeg1Kbps = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const bitratesMpeg2Kbps = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]

/** By the version field: 0 is MPEG-2.5, 1 reserved, 2 MPEG-2, 3 MPEG-1. */
const sampleRatesHz = [
  [11_025, 12_000, 8_000],
  [],
  [22_050, 24_000, 16_000],
  [44_100, 48_000, 32_000],
] as const
const versions = [2.5, null, 2, 1] as const

/** The header at `offset`, or null where none of layer III with a bitrate of the table is. */
export function parseFrameHeader(bytes: Buffer, offset: number): FrameHeader | null {
  if (offset + 4 > bytes.length) return null
  const [second, third, fourth] = [bytes[offset + 1]!, bytes[offset + 2]!, bytes[offset + 3]!]
  if (bytes[offset] !== 0xff || second >> 5 !== 7 || ((second >> 1) & 3) !== 1) return null
  const version = versions[(second >> 3) & 3]!
  const sampleRateHz = sampleRatesHz[(second >> 3) & 3]![(third >> 2) & 3]
  if (version === null || sampleRateHz === undefined) return null
  const bitrateKbps = (version === 1 ? bitratesMpeg1Kbps : bitratesMpeg2Kbps)[third >> 4]
  if (!bitrateKbps) return null // 0 is free format, 15 forbidden
  const samplesPerFrame = version === 1 ? 1152 : 576
  const channels = fourth >> 6 === 3 ? 1 : 2
  return {
    version,
    bitrateKbps,
    sampleRateHz,
    channels,
    headerBytes: (second & 1) === 1 ? 4 : 6,
    sideInfoBytes: sideInfoBytes(version === 1, channels),
    // A slot of layer III is a byte; the padding bit adds one (ISO 11172-3, 2.4.3.1).
    frameBytes: Math.floor(((samplesPerFrame / 8) * bitrateKbps * 1000) / sampleRateHz) + ((third >> 1) & 1),
    samplesPerFrame,
  }
}

/** Length of the side information (ISO 11172-3, 2.4.1.7; ISO 13818-3, 2.4.1.7). */
function sideInfoBytes(mpeg1: boolean, channels: 1 | 2): 9 | 17 | 32 {
  if (mpeg1) return channels === 1 ? 17 : 32
  return channels === 1 ? 9 : 17
}
