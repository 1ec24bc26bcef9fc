/** The flags of `convert` that ask for output options, option by option. */
import type { Command } from 'commander'
import type { OutputOptionsInput, TagInput } from '#schema/generated/operations.ts'
import * as limits from '#schema/limits.ts'
import { UsageError } from '#cli/cli-error.ts'
import { flag, single, type OptionFlags } from './option-flags.ts'
import { amountIn, audioTrack, milliseconds, oneOf, tagList, wholeIn } from './option-values.ts'

/** What was given, by the flags' names: those that are looked at one by one. */
export interface AudioOptions {
  readonly bitrate?: number
  readonly abr?: number
  readonly vbr?: number
  readonly from?: number
  readonly to?: number
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

interface Given extends AudioOptions {
  /** Of the picture for the cover, where one was sent. */
  readonly coverUploadId: string | null
}

/** In the order of the help. An option of the API that is missing here does not compile. */
export const audioFlags: {
  readonly [Name in keyof Required<OutputOptionsInput>]: OptionFlags<Given, OutputOptionsInput[Name]>
} = {
  bitrateMode: {
    flags: [
      flag('-b, --bitrate <kbps>', 'constant bitrate in kbit/s, 32 to 320', oneOf(limits.cbrBitratesKbps)),
      flag('--abr <kbps>', 'average bitrate in kbit/s, 8 to 320', wholeIn(limits.abrBitrateKbps)).conflicts(
        'bitrate',
      ),
      flag(
        '--vbr <quality>',
        'variable bitrate, 0 (best) to 9 (smallest)',
        wholeIn(limits.vbrQuality),
      ).conflicts(['bitrate', 'abr']),
    ],
    valueOf({ bitrate, abr, vbr }) {
      if (vbr !== undefined) return 'VBR'
      if (abr !== undefined) return 'ABR'
      return bitrate === undefined ? undefined : 'CBR'
    },
  },
  bitrateKbps: { flags: [], valueOf: ({ bitrate, abr }) => bitrate ?? abr },
  vbrQuality: { flags: [], valueOf: ({ vbr }) => vbr },
  channels: single('--channels <count>', '1 (mono) or 2 (stereo)', oneOf(limits.mp3ChannelCounts)),
  sampleRateHz: single(
    '--sample-rate <Hz>',
    'sample rate in Hz, such as 44100',
    oneOf(limits.mp3SampleRatesHz),
  ),
  encoderQuality: single(
    '--encoder-quality <level>',
    'quality of the LAME encoder, 0 (best) to 9 (fastest)',
    wholeIn(limits.encoderQuality),
  ),
  audioTrack: single(
    '--track <track>',
    'audio track, by index from 0 or by language, such as eng',
    audioTrack,
  ),
  trim: {
    flags: [
      flag('--from <time>', 'start of the part to keep, such as 90, 1:30 or 1:30.250', milliseconds),
      flag('--to <time>', 'end of the part to keep', milliseconds),
    ],
    valueOf({ from, to }) {
      if (from === undefined && to === undefined) return undefined
      return { startMs: from ?? 0, ...(to !== undefined && { endMs: to }) }
    },
  },
  fadeInMs: single('--fade-in <time>', 'length of the fade-in', milliseconds),
  fadeOutMs: single('--fade-out <time>', 'length of the fade-out', milliseconds),
  loudness: {
    flags: [
      flag(
        '--loudness <LUFS>',
        'normalise to this integrated loudness per ITU-R BS.1770, such as -16',
        amountIn(limits.targetLufs, 'LUFS'),
      ),
      flag(
        '--max-true-peak <dBTP>',
        'highest true peak allowed with --loudness',
        amountIn(limits.maxTruePeakDbtp, 'dBTP'),
      ),
    ],
    valueOf({ loudness, maxTruePeak }) {
      if (loudness === undefined) return undefined
      return { targetLufs: loudness, ...(maxTruePeak !== undefined && { maxTruePeakDbtp: maxTruePeak }) }
    },
  },
  tags: {
    flags: [
      flag('-t, --tag <key=value>', 'set a tag, or remove it by an empty value; may be repeated', tagList),
      flag('--no-tags', "drop the video's tags"),
    ],
    valueOf: ({ tags = true, tag }) =>
      tags && tag === undefined ? undefined : { keep: tags, set: [...(tag ?? [])] },
  },
  cover: {
    flags: [
      flag('--cover <picture>', 'picture file for the cover: JPEG, PNG, WebP, GIF, BMP or TIFF'),
      flag('--cover-at <time>', 'use the frame of the video at this time as the cover', milliseconds),
      flag('--no-cover', "drop the video's cover"),
    ],
    valueOf({ cover, coverUploadId }) {
      if (coverUploadId !== null) return { from: 'UPLOAD', uploadId: coverUploadId }
      return cover === false ? { from: 'NONE' } : undefined
    },
  },
  chapters: {
    flags: [flag('--no-chapters', "drop the video's chapters")],
    valueOf: ({ chapters }) => (chapters === false ? { from: 'NONE' } : undefined),
  },
  splitByChapters: single('--split-by-chapters', 'make one MP3 of each chapter'),
}

export function addAudioOptions(command: Command): Command {
  for (const option of Object.values(audioFlags).flatMap(({ flags }) => flags)) command.addOption(option)
  return command
}

/** Refuses what the server would refuse or misread, but only when the whole file has been sent. @throws UsageError */
export function validateAudioOptions(given: AudioOptions): void {
  const { from, to, loudness, maxTruePeak, splitByChapters, chapters } = given
  if (to !== undefined && to <= (from ?? 0)) throw new UsageError('--to must be after --from.')
  if (maxTruePeak !== undefined && loudness === undefined)
    throw new UsageError('--max-true-peak needs --loudness.')
  if (splitByChapters && (from !== undefined || to !== undefined || chapters === false))
    throw new UsageError('--split-by-chapters cannot be used with --from, --to or --no-chapters.')
}

/** @param coverUploadId Of the picture for the cover, where one was sent. */
export function outputOf(options: AudioOptions, coverUploadId: string | null = null): OutputOptionsInput {
  const given = { ...options, coverUploadId }
  const values = Object.entries(audioFlags).map(([name, { valueOf }]) => [name, valueOf(given)])
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as OutputOptionsInput
}
