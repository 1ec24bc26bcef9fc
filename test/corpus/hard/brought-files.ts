/** Formats that people bring, names that they give their files, and what is refused by its name. */
import { join } from 'node:path'
import { codecOptions, containers } from '#test/corpus/containers.ts'
import { h264, makeMedia, picture } from '#test/corpus/made-media.ts'
import type { ErrorCode } from '#schema/errors/error-codes.ts'
import type { HardFile } from './hard-file.ts'
import { timedTones } from './timed-tones.ts'

const seconds = 4
const heard = [{ from: 0, to: seconds, tones: [{ second: 0 }] }]

/** Container and encoder, of those of the whole list that people name. */
const formats: Readonly<Record<string, readonly [container: string, codec: string]>> = {
  AIFF: ['aiff', 'pcm_s16be'],
  'CAF with ALAC': ['caf', 'alac'],
  W64: ['w64', 'pcm_s24le'],
  RF64: ['rf64', 'pcm_s24le'],
  BWF: ['bwf', 'pcm_s24le'],
  'raw AC-3': ['ac3', 'ac3'],
  'raw DTS': ['dts', 'dca'],
  'raw TrueHD': ['truehd', 'truehd'],
  'Matroska with DTS': ['mkv', 'dca'],
  'MXF with PCM': ['mxf', 'pcm_s24le'],
  '3GP with AAC': ['3gp', 'aac'],
  'raw GSM': ['gsm', 'libgsm'],
  'voicemail, GSM in WAVE': ['wav', 'libgsm_ms'],
  'voicemail, ADPCM in WAVE': ['wav', 'adpcm_ms'],
  'Speex in Ogg': ['ogg', 'libspeex'],
  'WMA in ASF': ['asf', 'wmav2'],
  'AAC in LATM': ['loas', 'aac'],
}

const formatFiles = (): HardFile[] =>
  Object.entries(formats).map(([name, [container, codec]]) => ({
    kind: 'a format that people bring',
    name,
    inShortRun: false,
    expected: { warnings: [], mp3s: [{ seconds, heard }] },
    make: (folder) => {
      const { options, video } = containers[container]!
      const coding = ['-c:a', codec, ...(codecOptions[codec] ?? [])]
      const shown = video.length > 0 ? picture(seconds) : []
      return makeMedia(join(folder, 'source'), [
        ...[...shown, ...timedTones({ seconds, layout: 'mono' }), ...video, ...coding, ...options],
      ])
    },
  }))

const named = (name: string, given: string, filename: string): HardFile => ({
  kind: 'a name that is easily cut or refused',
  name,
  inShortRun: false,
  expected: { warnings: [], mp3s: [{ seconds, filename, heard }] },
  make: (folder) =>
    makeMedia(join(folder, given), [...timedTones({ seconds, layout: 'mono' }), '-c:a', 'aac', '-f', 'mp4']),
})

const names = (): HardFile[] => [
  named('dots and no extension', 'Dr. Smith - talk about St. Paul', 'Dr. Smith - talk about St. Paul.mp3'),
  named('a control character', 'one\ntwo.mp4', 'one_two.mp3'),
  named('254 bytes', `${'é'.repeat(125)}.mp4`, `${'é'.repeat(113)}.mp3`),
]

interface Refused {
  readonly name: string
  readonly code: ErrorCode
  readonly words: RegExp
  readonly make: HardFile['make']
}

const refused = ({ name, code, words, make }: Refused): HardFile => ({
  kind: 'refused by its name',
  name,
  inShortRun: false,
  expected: { refused: code, words },
  make,
})

const coded = (...options: string[]): HardFile['make'] => {
  const tones = timedTones({ seconds, layout: 'mono' })
  return (folder) => makeMedia(join(folder, 'source'), [...tones, ...options])
}

const key = '00112233445566778899aabbccddeeff'

const refusals = (): HardFile[] => [
  refused({
    name: 'MP4 under Common Encryption',
    code: 'PROTECTED',
    words: /./,
    make: coded(
      ...['-c:a', 'aac', '-encryption_scheme', 'cenc-aes-ctr'],
      ...['-encryption_key', key, '-encryption_kid', key, '-f', 'mp4'],
    ),
  }),
  refused({
    name: 'Matroska with True Audio',
    code: 'UNSUPPORTED_CODEC',
    words: /TTA/,
    make: coded('-c:a', 'tta', '-f', 'matroska'),
  }),
  refused({
    name: 'raw True Audio',
    code: 'UNSUPPORTED_FORMAT',
    words: /TTA|True Audio/,
    make: coded('-c:a', 'tta', '-f', 'tta'),
  }),
  refused({
    name: 'a picture without audio',
    code: 'NO_AUDIO_TRACK',
    words: /./,
    make: (folder) => makeMedia(join(folder, 'source'), [...picture(seconds), ...h264, '-f', 'mp4']),
  }),
]

export const broughtFiles = (): HardFile[] => [...formatFiles(), ...names(), ...refusals()]
