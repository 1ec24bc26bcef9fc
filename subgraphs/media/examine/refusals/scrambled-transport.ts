/** Tells a transport stream whose audio and video are scrambled (conditional access), by the bits that its packets carry for it. */

const packetBytes = 188
/** Plain, of Blu-ray (4 bytes of time before each packet), and with 16 bytes of error correction after it. */
const strides = [
  { bytes: 188, offset: 0 },
  { bytes: 192, offset: 4 },
  { bytes: 204, offset: 0 },
]
const syncByte = 0x47
const nullPacket = 0x1fff
/** Tables stand in the clear, however scrambled the rest is: fewer than this are no evidence. */
const leastPackets = 20

/** Whether most packets with a payload are scrambled: ISO 13818-1, 2.4.3.2, transport_scrambling_control. */
export function isScrambled(head: Buffer): boolean {
  const stride = strides.find(({ bytes, offset }) =>
    [0, 1, 2, 3, 4].every((at) => head[offset + at * bytes] === syncByte),
  )
  if (stride === undefined) return false
  let [clear, scrambled] = [0, 0]
  for (let at = stride.offset; at + packetBytes <= head.length; at += stride.bytes) {
    const id = head.readUInt16BE(at + 1) & 0x1fff
    const control = head[at + 3]!
    const hasPayload = (control & 0x10) !== 0
    if (head[at] !== syncByte || id === nullPacket || !hasPayload) continue
    if ((control & 0xc0) === 0) clear++
    else scrambled++
  }
  return scrambled >= leastPackets && scrambled > clear
}
