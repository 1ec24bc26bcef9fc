/** What ffmpeg is told to make of a track: one list for the plain encode and for segments, or their bytes would differ. */
import type { OutputOptions } from '#schema/documents/output-options.ts'
import type { ConversionSource } from '#schema/documents/conversion-document.ts'

type Track = ConversionSource['track']

/** MPEG-1 and MPEG-2 layer III know only these; other rates are resampled to the nearest above (ISO 11172-3, 13818-3). */
const mp3SampleRatesHz = [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]

export const mp3SampleRateHz = ({ sampleRateHz }: Track): number =>
  mp3SampleRatesHz.find((candidate) => candidate >= sampleRateHz) ?? 48_000

/** Two granules of 576 samples in MPEG-1, one at the lower rates of MPEG-2 (ISO 11172-3, 2.4.2.1; ISO 13818-3). */
export const samplesPerFrame = (sampleRateHz: number): 576 | 1152 => (sampleRateHz >= 32_000 ? 1152 : 576)

export const mp3Channels = ({ channels }: Track): 1 | 2 => (channels === 1 ? 1 : 2)

export function selectTrack({ index }: Track): string[] {
  return ['-map', `0:a:${index}`, '-vn', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1']
}

/** Some recorders write thousands of empty packets. What counts is the sound they gave, which is measured afterwards. */
const judgedByResult = ['-max_error_rate', '1']

export function encodeMp3(track: Track, output: OutputOptions): string[] {
  const rateControl = rateControlOptions(output)
  const shape = ['-ar', String(mp3SampleRateHz(track)), '-ac', String(mp3Channels(track))]
  return ['-c:a', 'libmp3lame', ...rateControl, ...shape, ...judgedByResult, '-f', 'mp3']
}

function rateControlOptions(output: OutputOptions): string[] {
  if (output.bitrateMode === 'VBR') return ['-q:a', String(output.vbrQuality)]
  return [...(output.bitrateMode === 'ABR' ? ['-abr', '1'] : []), '-b:a', `${output.bitrateKbps}k`]
}
