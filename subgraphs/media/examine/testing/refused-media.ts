/** Makes of good files those that are refused, where no program at hand writes them. */

/** @param entry Four characters, as `drms`. */
export function withSampleEntry(mp4: Buffer, entry: string): Buffer {
  const at = mp4.indexOf('mp4a', mp4.indexOf('stsd'))
  return Buffer.concat([mp4.subarray(0, at), Buffer.from(entry, 'latin1'), mp4.subarray(at + 4)])
}

/** The AudioSpecificConfig (ISO 14496-3, 1.6.2.1) of 44.1 kHz and stereo, for one of the types from 32 on. */
export function withObjectType(mp4: Buffer, type: number): Buffer {
  const made = Buffer.from(mp4)
  // The tag of a DecoderSpecificInfo, its length in four bytes, and the config itself.
  const config = made.indexOf(Buffer.from('0580808004', 'hex'), made.indexOf('esds')) + 5
  made.writeUInt32BE(((0b11111 << 27) | ((type - 32) << 21) | (0b0100 << 17) | (0b0010 << 13)) >>> 0, config)
  return made
}

/** Of the STREAMINFO alone (RFC 9639, 8.2): 5 bits, 103 bits after the block's header. */
export function withBitsPerSample(flac: Buffer, bits: number): Buffer {
  const made = Buffer.from(flac)
  made.writeUInt8((made[20]! & 0xfe) | ((bits - 1) >> 4), 20)
  made.writeUInt8((made[21]! & 0x0f) | (((bits - 1) & 0xf) << 4), 21)
  return made
}

/** With a Content Encryption Object (Advanced Systems Format, 3.14) as the first one of its header. */
export function withContentEncryption(asf: Buffer): Buffer {
  const fields = ['secret', 'DRM\0', 'key\0', 'https://licence.example\0'].map((text) => {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(text.length)
    return Buffer.concat([length, Buffer.from(text, 'latin1')])
  })
  const id = Buffer.from('fbb3112223bdd211b4b700a0c955fc6e', 'hex')
  const size = Buffer.alloc(8)
  const object = Buffer.concat([id, size, ...fields])
  object.writeBigUInt64LE(BigInt(object.length), 16)
  const made = Buffer.concat([asf.subarray(0, 30), object, asf.subarray(30)])
  made.writeBigUInt64LE(asf.readBigUInt64LE(16) + BigInt(object.length), 16)
  made.writeUInt32LE(asf.readUInt32LE(24) + 1, 24)
  return made
}

/** All but the tables, by the even key: as a receiver without a card has it. */
export function scrambled(ts: Buffer): Buffer {
  const made = Buffer.from(ts)
  for (let at = 0; at + 188 <= made.length; at += 188) {
    const id = made.readUInt16BE(at + 1) & 0x1fff
    if (id < 0x20 || id === 0x1000 || id === 0x1fff) continue
    made.writeUInt8(made[at + 3]! | 0x80, at + 3)
    const hasField = (made[at + 3]! & 0x20) !== 0
    const from = at + 4 + (hasField ? 1 + made[at + 4]! : 0)
    for (let byte = from; byte < at + 188; byte++)
      made.writeUInt8((made[byte]! * 7 + byte * 31 + 13) & 0xff, byte)
  }
  return made
}

/** The audio of an MP4 whose first box with contents is its data: other bytes, in the same places. */
export function withNoise(mp4: Buffer): Buffer {
  const made = Buffer.from(mp4)
  const from = made.indexOf('mdat') + 4
  const to = made.indexOf('moov') - 4
  for (let at = from; at < to; at++) made.writeUInt8(0xff, at)
  return made
}
