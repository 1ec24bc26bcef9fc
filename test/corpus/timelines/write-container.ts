/** The plainest files of three containers, whose packets have whatever times they are given: muxers would put them right. */
import {
  aacConfig,
  packetRateHz,
  withAdtsHeader,
  type PacketCodec,
  type PacketContainer,
  type PlacedPacket,
} from './timed-packets.ts'

export interface ContainerFile {
  readonly codec: PacketCodec
  readonly hasPicture: boolean
  /** In the order in which they lie in the file. */
  readonly packets: readonly PlacedPacket[]
  /** What its header says; null: nothing. Not every container has a place for it. */
  readonly statedSeconds: number | null
}

export const writeContainer: Readonly<Record<PacketContainer, (file: ContainerFile) => Buffer>> = {
  mkv: writeMatroska,
  flv: writeFlv,
  ts: writeTs,
}

/** EBML (RFC 8794): an id, a length in eight bytes, and what is in it. */
function element(id: number, ...parts: readonly (Buffer | number)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'number' ? unsigned(part) : part)))
  const idBytes = Buffer.from(id.toString(16).padStart(id > 0xff_ff ? 8 : id > 0xff ? 4 : 2, '0'), 'hex')
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(content.length))
  size[0] = 1
  return Buffer.concat([idBytes, size, content])
}
function unsigned(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(Math.round(value)))
  return bytes
}
function float(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}

/** RFC 9559. Each packet in a cluster of its own, which has the packet's time. */
function writeMatroska({ codec, hasPicture, packets, statedSeconds }: ContainerFile): Buffer {
  const text = (value: string) => Buffer.from(value)
  const head = element(0x1a45dfa3, element(0x4282, text('matroska')), element(0x4287, 4), element(0x4285, 2))
  const duration = statedSeconds === null ? [] : [element(0x4489, float(statedSeconds * 1000))]
  const info = element(0x1549a966, element(0x2ad7b1, 1_000_000), ...duration)
  const sound = element(
    0xae,
    ...[element(0xd7, 1), element(0x73c5, 1), element(0x83, 2)],
    element(0x86, text(codec === 'mp3' ? 'A_MPEG/L3' : 'A_AAC')),
    ...(codec === 'aac' ? [element(0x63a2, aacConfig)] : []),
    element(0xe1, element(0xb5, float(packetRateHz)), element(0x9f, 1)),
  )
  const picture = element(
    0xae,
    ...[element(0xd7, 2), element(0x73c5, 2), element(0x83, 1), element(0x86, text('V_MJPEG'))],
    element(0xe0, element(0xb0, 64), element(0xba, 48)),
  )
  const tracks = element(0x1654ae6b, sound, ...(hasPicture ? [picture] : []))
  const clusters = packets.map(({ kind, seconds, data }) =>
    element(
      0x1f43b675,
      element(0xe7, seconds * 1000),
      element(0xa3, Buffer.from([kind === 'audio' ? 0x81 : 0x82, 0, 0, 0x80]), data),
    ),
  )
  return Buffer.concat([head, element(0x18538067, info, tracks, ...clusters)])
}

/** Adobe Flash Video File Format 10.1, E.3 and E.4: 44.1 kHz, 16 bits, one channel. */
function writeFlv({ codec, hasPicture, packets }: ContainerFile): Buffer {
  const tag = (type: number, seconds: number, ...parts: readonly Buffer[]) => {
    const body = Buffer.concat(parts)
    const milliseconds = Math.round(seconds * 1000)
    const head = Buffer.alloc(11)
    head[0] = type
    head.writeUIntBE(body.length, 1, 3)
    head.writeUIntBE(milliseconds & 0xff_ff_ff, 4, 3)
    head[7] = (milliseconds >> 24) & 0x7f
    const size = Buffer.alloc(4)
    size.writeUInt32BE(head.length + body.length)
    return Buffer.concat([head, body, size])
  }
  const header = Buffer.from([0x46, 0x4c, 0x56, 1, hasPicture ? 5 : 4, 0, 0, 0, 9, 0, 0, 0, 0])
  const begun = codec === 'aac' ? [tag(8, 0, Buffer.from([0xae, 0]), aacConfig)] : []
  const soundHead = Buffer.from(codec === 'aac' ? [0xae, 1] : [0x2e])
  const tags = packets.map(({ kind, seconds, data }) =>
    kind === 'audio' ? tag(8, seconds, soundHead, data) : tag(9, seconds, Buffer.from([0x12]), data),
  )
  return Buffer.concat([header, ...begun, ...tags])
}

const [programPid, picturePid, soundPid] = [0x100, 0x101, 0x102]

/** ISO 13818-1, 2.4: packets of 188 bytes, each sound and picture in a PES packet of its own. */
function writeTs({ codec, hasPicture, packets }: ContainerFile): Buffer {
  const counters = new Map<number, number>()
  const pack = (pid: number, payload: Buffer, clockSeconds: number | null): Buffer => {
    const out: Buffer[] = []
    for (let at = 0; at < payload.length || at === 0;) {
      const isFirst = at === 0
      const clock = isFirst && clockSeconds !== null ? programClock(clockSeconds) : Buffer.alloc(0)
      const left = payload.length - at
      const room = 184 - (clock.length > 0 ? 2 + clock.length : 0)
      const taken = Math.min(left, room)
      const stuffing = 184 - taken
      const counter = counters.get(pid) ?? 0
      counters.set(pid, (counter + 1) & 15)
      const head = Buffer.from([
        0x47,
        (isFirst ? 0x40 : 0) | (pid >> 8),
        pid & 0xff,
        (stuffing > 0 ? 0x30 : 0x10) | counter,
      ])
      const adaptation = Buffer.alloc(stuffing, 0xff)
      if (stuffing > 0) adaptation[0] = stuffing - 1
      if (stuffing > 1) adaptation[1] = clock.length > 0 ? 0x10 : 0
      clock.copy(adaptation, 2)
      out.push(Buffer.concat([head, adaptation, payload.subarray(at, at + taken)]))
      at += taken
    }
    return Buffer.concat(out)
  }
  const soundType = codec === 'mp3' ? 0x03 : 0x0f
  const entry = (type: number, pid: number) => [type, 0xe0 | (pid >> 8), pid & 0xff, 0xf0, 0]
  const clockPid = hasPicture ? picturePid : soundPid
  const association = section(0, 1, [0, 1, 0xe0 | (programPid >> 8), programPid & 0xff])
  const streams = [...(hasPicture ? entry(0x02, picturePid) : []), ...entry(soundType, soundPid)]
  const program = section(2, 1, [0xe0 | (clockPid >> 8), clockPid & 0xff, 0xf0, 0, ...streams])
  const tables = () => [pack(0, association, null), pack(programPid, program, null)]
  const body = packets.flatMap(({ kind, seconds, data }, index) => {
    const pid = kind === 'audio' ? soundPid : picturePid
    const bytes = kind === 'audio' && codec === 'aac' ? withAdtsHeader(data) : data
    const clock = pid === clockPid ? Math.max(0, seconds - 0.5) : null
    const pes = elementary(kind === 'audio' ? 0xc0 : 0xe0, seconds, bytes)
    return [...(index % 40 === 0 ? tables() : []), pack(pid, pes, clock)]
  })
  return Buffer.concat(body)
}

function programClock(seconds: number): Buffer {
  const base = BigInt(Math.round(seconds * 90_000))
  const bytes = Buffer.alloc(6)
  bytes.writeUIntBE(Number((base << 15n) | (0x3fn << 9n)), 0, 6)
  return bytes
}

function elementary(stream: number, seconds: number, data: Buffer): Buffer {
  const time = Math.round(seconds * 90_000)
  const [high, middle, low] = [Math.floor(time / 2 ** 30) & 7, (time >>> 15) & 0x7fff, time & 0x7fff]
  const stamp = [
    0x21 | (high << 1),
    middle >> 7,
    ((middle << 1) & 0xff) | 1,
    low >> 7,
    ((low << 1) & 0xff) | 1,
  ]
  const length = stream === 0xe0 ? 0 : data.length + 8
  const head = Buffer.from([0, 0, 1, stream, length >> 8, length & 0xff, 0x80, 0x80, 5, ...stamp])
  return Buffer.concat([head, data])
}

function section(table: number, id: number, content: readonly number[]): Buffer {
  const length = content.length + 9
  const bytes = Buffer.from([table, 0xb0 | (length >> 8), length & 0xff, 0, id, 0xc1, 0, 0, ...content])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(bytes))
  return Buffer.concat([Buffer.from([0]), bytes, sum])
}

/** ISO 13818-1, annex A. */
function crc32(bytes: Buffer): number {
  let crc = 0xff_ff_ff_ff
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80_00_00_00 ? (crc << 1) ^ 0x04_c1_1d_b7 : crc << 1
  }
  return crc >>> 0
}
