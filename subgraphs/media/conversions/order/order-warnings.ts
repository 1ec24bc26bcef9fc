/** What is odd about an order that can be carried out all the same. */
import type { ConversionWarning } from '#schema/documents/conversion-document.ts'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { FittedOutput } from './fit-to-source.ts'
import type { OutputOrder } from './output-order.ts'

export function orderWarnings(
  { bitrateNamed }: Pick<OutputOrder, 'bitrateNamed'>,
  { output, track }: Pick<FittedOutput, 'output' | 'track'>,
  { coverFrameMs, picture }: Pick<UploadDocument, 'coverFrameMs' | 'picture'>,
): ConversionWarning[] {
  const warnings: ConversionWarning[] = []
  // Our default is nobody's order.
  if (bitrateNamed && output.bitrateMode !== 'VBR' && output.bitrateKbps > (track.bitrateKbps || Infinity)) {
    warnings.push({
      code: 'BITRATE_ABOVE_SOURCE',
      message: `The track has ${track.bitrateKbps} kbit/s; at ${output.bitrateKbps} kbit/s the MP3 becomes larger, not better.`,
    })
  }
  if ((output.sampleRateHz ?? 0) > track.sampleRateHz) {
    warnings.push({
      code: 'SAMPLE_RATE_ABOVE_SOURCE',
      message: `The track has ${track.sampleRateHz} Hz; at ${output.sampleRateHz} Hz the MP3 becomes larger, not better.`,
    })
  }
  if (coverFrameMs !== null && picture === null && output.cover.from === 'SOURCE') {
    warnings.push({
      code: 'COVER_MISSING',
      message: `No frame could be taken at ${coverFrameMs} ms: there is no video we decode.`,
    })
  }
  return warnings
}
