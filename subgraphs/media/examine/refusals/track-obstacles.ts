/** What keeps an audio track from being decoded, as far as its header says. */
import { DomainError } from '#runtime/domain-error.ts'
import { decodableCodecs } from '#runtime/ffmpeg/hardening.ts'

export interface DescribedStream {
  readonly codec_name: string
  readonly codec_long_name?: string | undefined
  readonly codec_tag_string?: string | undefined
  readonly bits_per_raw_sample?: number | undefined
  readonly tags: Readonly<Record<string, string>>
}

/** Sample entries of encrypted tracks: FairPlay, Audible, and ISO 23001-7 (Common Encryption). */
const protectedEntries: ReadonlySet<string> = new Set(['drms', 'drmi', 'drmt', 'aavd', 'enca', 'encv'])

/** @returns null where nothing does. */
export function obstacleOf(stream: DescribedStream): DomainError | null {
  const { codec_name: codec, codec_tag_string: entry = '', bits_per_raw_sample: bits = 0, tags } = stream
  // The second is what ffmpeg makes of Matroska's ContentEncryption.
  if (protectedEntries.has(entry) || tags['enc_key_id'] !== undefined) return new DomainError('PROTECTED')
  if (!decodableCodecs.has(codec)) return undecoded(codecName(stream))
  // ffmpeg 5.1 finds no frame in it, and so nothing that would be wrong with it.
  if (codec === 'flac' && bits > 24)
    return undecoded(`FLAC with ${bits} bits a sample`, '24 are the most that we decode')
  return null
}

export const undecoded = (name: string, reason = 'which we do not decode'): DomainError =>
  new DomainError('UNSUPPORTED_CODEC', `The audio is ${name}, ${reason.replace(/^(?!which)/, 'and ')}.`)

/** Codecs that ffmpeg 5.1 does not know, by their sample entries. */
const nameOfEntry: Readonly<Record<string, string>> = {
  'ac-4': 'Dolby AC-4',
  mha1: 'MPEG-H 3D Audio',
  mha2: 'MPEG-H 3D Audio',
  mhm1: 'MPEG-H 3D Audio',
  mhm2: 'MPEG-H 3D Audio',
  apac: 'Apple Positional Audio',
  iamf: 'IAMF',
}

function codecName({
  codec_name: name,
  codec_long_name: longName,
  codec_tag_string: entry = '',
}: DescribedStream) {
  const known = nameOfEntry[entry]
  if (known !== undefined) return known
  if (name !== 'unknown' && name !== 'none') return longName ?? name
  // What is no text is shown by ffprobe as numbers in brackets.
  return /^[\w .-]{3,4}$/.test(entry) ? `of the kind "${entry.trim()}"` : 'of an unknown kind'
}

/** ISO 14496-3, table 1.17. */
const nameOfObjectType: Readonly<Record<string, string>> = { 39: 'AAC-ELD', 42: 'xHE-AAC' }

/** @param said By ffmpeg or ffprobe, whose decoder tells what kind of MPEG-4 audio it does not know. */
export function unknownAac(said: string): DomainError | null {
  const type = /^\[aac(?:_latm)? @ .*Audio object type (\d+) is not implemented/m.exec(said)?.[1]
  if (type !== undefined) return undecoded(nameOfObjectType[type] ?? `MPEG-4 audio of object type ${type}`)
  // Damaged frames show forms that are not theirs, beside all that is wrong with them.
  const ofDecoder = said.split('\n').filter((line) => /^\[aac(?:_latm)? @ /.test(line))
  const isRare = ofDecoder.length > 0 && ofDecoder.every((line) => notImplemented.test(line))
  return isRare ? undecoded('a rare form of AAC') : null
}

/** Two lines of one complaint. */
const notImplemented = / is not implemented\. Update|If you want to help, upload a sample/
