/** The options that keep ffmpeg on the uploaded file and on formats we mean to read, whatever the file holds. */

/**
 * Demuxers by name. Playlist formats (hls, concat, dash) are left out: they open other files. So is whatever has an open end of
 * kinds of its own, as games and old machines do.
 */
export const demuxers: readonly string[] = [
  'mov matroska avi flv asf mpegts mpeg ogg mxf',
  'wav w64 aiff caf au mp3 flac wv aac loas ac3 eac3 dts dtshd truehd mlp amr gsm',
].flatMap((names) => names.split(' '))

const pcmDecoders = [
  's16le',
  's16be',
  's24le',
  's24be',
  's32le',
  's32be',
  'f32le',
  'f32be',
  'f64le',
  'f64be',
  'u8',
  's8',
]
  .concat(['alaw', 'mulaw', 'bluray', 'dvd', 's16le_planar', 's24le_planar', 's32le_planar', 'lxf', 'vidc'])
  .map((name) => `pcm_${name}`)

const adpcmDecoders = ['ima_wav', 'ima_qt', 'ms', 'swf', 'yamaha'].map((name) => `adpcm_${name}`)

/** Of films, of telephones, and of Windows. */
const otherDecoders = [
  'dca truehd mlp wavpack',
  'gsm gsm_ms speex',
  'wmav1 wmav2 wmapro wmalossless wmavoice',
].flatMap((names) => names.split(' '))

/** Decoders that are not named after their codec. */
const codecOf: Readonly<Record<string, string>> = {
  mp3float: 'mp3',
  mp2float: 'mp2',
  g722: 'adpcm_g722',
  g726: 'adpcm_g726',
  g726le: 'adpcm_g726le',
  dca: 'dts',
  amrnb: 'amr_nb',
  amrwb: 'amr_wb',
}

const decoders = ['aac', 'aac_latm', 'mp3', 'mp2', 'ac3', 'eac3', 'opus', 'vorbis', 'flac', 'alac']
  .concat(pcmDecoders, adpcmDecoders)
  .concat(otherDecoders, Object.keys(codecOf))

/** ffprobe's names of the codecs the decoders above are for. */
export const decodableCodecs: ReadonlySet<string> = new Set(decoders.map((name) => codecOf[name] ?? name))

/**
 * Of one piece of memory, in bytes. A buffer that grows is there twice for a moment, and both and ffmpeg itself are to stay below
 * 400 MB; the index of a day of video takes 125.
 */
const mostAllocated = 160 * 2 ** 20

/** How far a file is read to find out what its streams are, where those that are known leave a question open. */
interface ReadAhead {
  readonly bytes: number
  readonly seconds: number
}

const usualReadAhead: ReadAhead = { bytes: 10_000_000, seconds: 10 }
/** All of it may lie in memory. */
const longReadAhead: ReadAhead = { bytes: 100_000_000, seconds: 3_600 }

/** Films have sound and subtitles in forty languages. A decoder for each takes 0.7 MB. */
export const mostStreams = 256

const limitsFor = ({ bytes, seconds }: ReadAhead): readonly string[] => [
  ...['-max_alloc', `${mostAllocated}`],
  ...['-max_streams', `${mostStreams}`],
  ...['-probesize', `${bytes}`],
  ...['-analyzeduration', `${seconds * 1_000_000}`],
]
const limits = limitsFor(usualReadAhead)

/** Put after the others, these count: for files whose audio begins so late that it was not found, or only announced. */
export const readOn: readonly string[] = limitsFor(longReadAhead)

const reach = (formats: readonly string[]) => [
  ...['-protocol_whitelist', 'file'],
  ...['-format_whitelist', formats.join(',')],
]

/** For ffprobe: with a codec whitelist it fails on H.264, whose decoder it wants although nothing is decoded. */
export const probeOptions: readonly string[] = ['-v', 'error', ...limits, ...reach(demuxers)]

/** For ffmpeg, before an input of which nothing but these may be read. */
export const guardedInput = (formats: readonly string[], codecs: readonly string[]): readonly string[] => [
  ...['-threads', '1'],
  ...limits,
  ...reach(formats),
  ...['-codec_whitelist', codecs.join(',')],
]

/** For ffmpeg, before an input whose audio is wanted. */
export const inputOptions: readonly string[] = guardedInput(demuxers, decoders)

/** The path as ffmpeg must be given it: with its protocol, so that no name is taken for an option or a URL. */
export const fileUrl = (path: string): string => `file:${path}`
