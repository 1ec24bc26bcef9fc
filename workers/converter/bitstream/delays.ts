/** How the Xing tag's delay and padding stand to the samples a decoder leaves out (LAME tag specification, "Encoder delays"). */

/** Samples by which what comes out of a decoder is late. Players leave them out beyond the delay, and let the padding have them. */
export const decoderDelay = 529

/** No encoder begins or ends with two frames of nothing, and what a decoder adds. */
export const mostDelay = (samplesPerFrame: 576 | 1152): number => 2 * samplesPerFrame + decoderDelay
