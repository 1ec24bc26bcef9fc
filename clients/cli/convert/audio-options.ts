/** The options of `earshot convert` that say what the MP3 is to be like. */
import { Option, type Command } from 'commander'
import type { OutputOptionsInput, TagInput } from '#schema/generated/operations.ts'
import {
  abrKbps,
  amountOf,
  audioTrack,
  bitrateKbps,
  channelCount,
  milliseconds,
  oneDigit,
  sampleRateHz,
  tagList,
} from './option-values.ts'
import { UsageError } from '#cli/cli-error.ts'

export interface AudioOptions {
  readonly bitrate?: number
  readonly abr?: number
  readonly vbr?: number
  readonly channels?: number
  readonly sampleRate?: number
  readonly encoderQuality?: number
  readonly track?: NonNullable<OutputOptionsInput['audioTrack']>
  readonly from?: number
  readonly to?: number
  readonly fadeIn?: number
  readonly fadeOut?: number
  readonly loudness?: number
  readonly maxTruePeak?: number
  /** False by `--no-tags`. */
  readonly tags?: boolean
  readonly tag?: readonly TagInput[]
  /** A picture's path; false by `--no-cover`. */
  readonly cover?: string | boolean
  readonly coverAt?: number
  readonly chapters?: boolean
  readonly splitByChapters?: boolean
}

const lufs = amountOf(-40, -5, 'LUFS')
const dbtp = amountOf(-9, 0, 'dBTP')

export const addAudioOptions = (command: Command): Command =>
  command
    .option('-b, --bitrate <kbps>', 'constant bitrate in kbit/s', bitrateKbps)
    .addOption(
      new Option('--vbr <quality>', 'variable bitrate, 0 (best) to 9')
        .argParser(oneDigit)
        .conflicts('bitrate'),
    )
    .addOption(
      new Option('--abr <kbps>', 'average bitrate in kbit/s')
        .argParser(abrKbps)
        .conflicts(['bitrate', 'vbr']),
    )
    .option('--channels <count>', '1 or 2', channelCount)
    .option('--sample-rate <Hz>', 'as 44100', sampleRateHz)
    .option('--encoder-quality <level>', "the encoder's, 0 (best) to 9 (fastest)", oneDigit)
    .option('--track <track>', 'the audio track: its number, from 0, or its language', audioTrack)
    .option('--from <time>', 'leave out what comes before, as 90, 1:30 or 1:30.250', milliseconds)
    .option('--to <time>', 'leave out what comes after', milliseconds)
    .option('--fade-in <time>', 'fade in for so long', milliseconds)
    .option('--fade-out <time>', 'fade out for so long', milliseconds)
    .option('--loudness <LUFS>', 'bring it to this loudness per ITU-R BS.1770, as -16', lufs)
    .option('--max-true-peak <dBTP>', 'the highest true peak allowed with --loudness', dbtp)
    .option('-t, --tag <key=value>', 'set a tag; may be repeated; an empty value leaves it out', tagList)
    .option('--no-tags', "leave out the video's tags")
    .option('--cover <picture>', 'a JPEG or PNG for the cover')
    .option('--cover-at <time>', "the video's frame at this time for the cover", milliseconds)
    .option('--no-cover', "leave out the video's cover")
    .option('--no-chapters', "leave out the video's chapters")
    .option('--split-by-chapters', 'one MP3 for each chapter')

/** What the server would refuse or take for something else, but only when the whole file has been sent. @throws UsageError */
export function assureSense(options: AudioOptions): void {
  const { from, to, loudness, maxTruePeak, splitByChapters, chapters } = options
  if (to !== undefined && to <= (from ?? 0)) throw new UsageError('--to must be after --from.')
  if (maxTruePeak !== undefined && loudness === undefined)
    throw new UsageError('--max-true-peak goes with --loudness.')
  if (splitByChapters && (from !== undefined || to !== undefined || chapters === false))
    throw new UsageError('--split-by-chapters goes with none of --from, --to and --no-chapters.')
}

/** Without an option the server's own default holds. @param coverUploadId Of the picture, where one was sent. */
export function outputOf(options: AudioOptions, coverUploadId: string | null = null): OutputOptionsInput {
  const { channels, sampleRate, encoderQuality, track, fadeIn, fadeOut } = options
  return {
    ...rateControlOf(options),
    ...given({ channels, sampleRateHz: sampleRate, encoderQuality, audioTrack: track }),
    ...given({ fadeInMs: fadeIn, fadeOutMs: fadeOut, splitByChapters: options.splitByChapters }),
    ...trimOf(options),
    ...loudnessOf(options),
    ...dressOf(options, coverUploadId),
  }
}

function rateControlOf({ bitrate, abr, vbr }: AudioOptions): OutputOptionsInput {
  if (vbr !== undefined) return { bitrateMode: 'VBR', vbrQuality: vbr }
  if (abr !== undefined) return { bitrateMode: 'ABR', bitrateKbps: abr }
  return bitrate === undefined ? {} : { bitrateMode: 'CBR', bitrateKbps: bitrate }
}

const trimOf = ({ from, to }: AudioOptions): OutputOptionsInput =>
  from === undefined && to === undefined ? {} : { trim: { startMs: from ?? 0, ...given({ endMs: to }) } }

function loudnessOf({ loudness, maxTruePeak }: AudioOptions): OutputOptionsInput {
  if (loudness === undefined) return {}
  return { loudness: given({ targetLufs: loudness, maxTruePeakDbtp: maxTruePeak }) }
}

function dressOf({ tags, tag, cover, chapters }: AudioOptions, uploadId: string | null): OutputOptionsInput {
  const keep = tags ?? true
  return {
    ...(keep && tag === undefined ? {} : { tags: { keep, set: [...(tag ?? [])] } }),
    ...(cover === false ? { cover: { from: 'NONE' } } : {}),
    ...(uploadId === null ? {} : { cover: { from: 'UPLOAD', uploadId } }),
    ...(chapters === false ? { chapters: { from: 'NONE' } } : {}),
  }
}

/** What was given of it. */
function given<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
