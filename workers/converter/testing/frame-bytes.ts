/** Builds layer III frames by hand: header, side information and main data laid out as the standard says. */

export interface FrameRecipe {
  /** Four bytes, in hexadecimal. */
  readonly header: string
  readonly frameBytes: number
  readonly sideInfoBytes: number
  readonly mainDataBegin: number
  /** part2_3_length of each granule and channel. */
  readonly mainDataBits: readonly number[]
}

/** `begin`: width of main_data_begin. `before`: private bits and scfsi. `granule`: bits a granule of a channel. */
export const layouts = {
  mpeg1Stereo: { begin: 9, before: 3 + 8, granule: 59 },
  mpeg1Mono: { begin: 9, before: 5 + 4, granule: 59 },
  mpeg2Stereo: { begin: 8, before: 2, granule: 63 },
  mpeg2Mono: { begin: 8, before: 1, granule: 63 },
} as const

/** The frame with an empty area for main data. */
export function makeFrame(recipe: FrameRecipe, layout: (typeof layouts)[keyof typeof layouts]): Buffer {
  const frame = Buffer.alloc(recipe.frameBytes)
  frame.write(recipe.header, 'hex')
  const fields = [
    recipe.mainDataBegin.toString(2).padStart(layout.begin, '0'),
    '0'.repeat(layout.before),
    ...recipe.mainDataBits.map((bits) => bits.toString(2).padStart(12, '0').padEnd(layout.granule, '0')),
  ]
  bitsToBytes(fields.join('').padEnd(recipe.sideInfoBytes * 8, '0')).copy(frame, 4)
  return frame
}

export function bitsToBytes(bits: string): Buffer {
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0')
  return Buffer.from(padded.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])
}

export const bytesToBits = (bytes: Buffer): string =>
  [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')

/** MPEG-1 mono, 32 kbit/s at 48 kHz: 96 bytes, of which 75 are for main data. */
export const smallFrame = (mainDataBegin: number, mainDataBits: number): Buffer =>
  makeFrame(
    {
      header: 'fffb14c4',
      frameBytes: 96,
      sideInfoBytes: 17,
      mainDataBegin,
      mainDataBits: [mainDataBits, 0],
    },
    layouts.mpeg1Mono,
  )
