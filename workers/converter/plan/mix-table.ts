/**
 * How loud each channel is in the left and the right of stereo. Front, centre and surround: ITU-R BS.775-3, annex 4, table 2.
 * What that does not know follows its rule: what stands beside, behind, below or above a front channel is 3 dB lower, and what
 * is in the middle comes out of both sides, 3 dB lower in each. Low-frequency channels are left out, as in that table and by
 * other decoders: they repeat the bass of the others, to be played 10 dB louder than it is stored.
 */

const [full, lower, lowest] = [1, Math.SQRT1_2, 0.5]

/** The same for left and right; by ffmpeg's names (`ffmpeg -layouts`), among them those of Atmos beds and of 22.2. */
const besides: Readonly<Record<string, number>> = {
  ...{ F: full, D: full },
  ...{ B: lower, S: lower, W: lower, TF: lower, TB: lower, TS: lower, BF: lower, SD: lower },
}
const middles: Readonly<Record<string, number>> = {
  FC: lower,
  ...{ BC: lowest, TC: lowest, TFC: lowest, TBC: lowest, BFC: lowest },
  ...{ LFE: 0, LFE2: 0 },
}
/** Between the centre and a side, at an equal power. */
const [near, far] = [Math.cos(Math.PI / 8), Math.sin(Math.PI / 8)]

export type SharesOfSides = readonly [left: number, right: number]

export const stereoShares: ReadonlyMap<string, SharesOfSides> = new Map<string, SharesOfSides>([
  ...Object.entries(besides).flatMap(([place, share]): [string, SharesOfSides][] => [
    [`${place}L`, [share, 0]],
    [`${place}R`, [0, share]],
  ]),
  ...Object.entries(middles).map(([name, share]): [string, SharesOfSides] => [name, [share, share]]),
  ['FLC', [near, far]],
  ['FRC', [far, near]],
])

/**
 * What so many channels are by convention, where a file does not say (WAVEFORMATEXTENSIBLE's order). A low-frequency channel that
 * is only assumed to be one may be a voice: it is not left out.
 */
export const usualShares: ReadonlyMap<number, readonly SharesOfSides[]> = new Map(
  Object.entries({
    3: ['FL', 'FR', 'FC'],
    4: ['FL', 'FR', 'BL', 'BR'],
    5: ['FL', 'FR', 'FC', 'BL', 'BR'],
    6: ['FL', 'FR', 'FC', 'BC', 'BL', 'BR'],
    8: ['FL', 'FR', 'FC', 'BC', 'BL', 'BR', 'SL', 'SR'],
  }).map(([channels, names]) => [Number(channels), names.map((name) => stereoShares.get(name)!)]),
)
