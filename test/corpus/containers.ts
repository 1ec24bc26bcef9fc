/** The containers of the whitelist, and the codecs of it that Debian's ffmpeg can write into each. */
import { h264 } from './made-media.ts'

export interface Container {
  /** Of the muxer. */
  readonly options: readonly string[]
  /** Of the picture; none in containers of audio alone. */
  readonly video: readonly string[]
  /** By the names of their encoders. */
  readonly codecs: readonly string[]
}

const named = (prefix: string, names: string) => names.split(' ').map((name) => `${prefix}${name}`)
const pcm = (names: string) => named('pcm_', names)
const adpcm = (names: string) => named('adpcm_', names)
const wavePcm = pcm('s16le s24le s32le f32le f64le u8 alaw mulaw')
const waveAdpcm = [...adpcm('ima_wav ms yamaha'), 'g722', 'g726']
const wma = ['wmav1', 'wmav2']
const ofFilms = ['dca', 'truehd', 'mlp']
const mpeg = ['libmp3lame', 'mp2', 'ac3']
const streamed = ['aac', ...mpeg, 'eac3', 'libopus']
const mpeg4 = ['-c:v', 'mpeg4']

export const containers: Readonly<Record<string, Container>> = {
  mp4: {
    options: ['-f', 'mp4', '-strict', '-2'],
    video: h264,
    codecs: [...streamed, 'libvorbis', 'flac', 'alac', 'dca', 'truehd'],
  },
  'fragmented mp4': {
    options: ['-f', 'mp4', '-movflags', 'frag_keyframe+empty_moov'],
    video: h264,
    codecs: ['aac', 'libmp3lame', 'libopus'],
  },
  mov: {
    options: ['-f', 'mov'],
    video: h264,
    codecs: [
      ...['aac', ...mpeg, 'eac3', 'libvorbis', 'alac'],
      ...pcm('s16le s16be s24le s24be s32le s32be f32le f32be f64le f64be u8 s8 alaw mulaw'),
      ...adpcm('ima_wav ima_qt ms swf yamaha'),
      ...['g722', 'g726', 'libgsm'],
    ],
  },
  '3gp': { options: ['-f', '3gp'], video: mpeg4, codecs: ['aac'] },
  mkv: {
    options: ['-f', 'matroska'],
    video: h264,
    codecs: [
      ...[...streamed, 'libvorbis', 'flac', 'alac', ...wavePcm, ...pcm('s16be s24be s32be')],
      ...[...waveAdpcm, 'adpcm_swf', ...wma, ...ofFilms],
    ],
  },
  webm: {
    options: ['-f', 'webm'],
    video: ['-c:v', 'libvpx', '-deadline', 'realtime'],
    codecs: ['libopus', 'libvorbis'],
  },
  avi: {
    options: ['-f', 'avi'],
    video: mpeg4,
    codecs: [
      'aac',
      ...mpeg,
      'eac3',
      'libvorbis',
      'flac',
      ...wavePcm,
      ...waveAdpcm,
      'adpcm_swf',
      ...wma,
      'dca',
      'libspeex',
    ],
  },
  flv: {
    options: ['-f', 'flv', '-ar', '44100'],
    video: ['-c:v', 'flv1'],
    codecs: ['aac', 'libmp3lame', 'adpcm_swf', ...pcm('s16le u8')],
  },
  asf: {
    options: ['-f', 'asf'],
    video: ['-c:v', 'wmv2'],
    codecs: [...[...wma, 'aac', ...mpeg, 'eac3', 'libvorbis', 'flac', ...wavePcm, ...waveAdpcm, 'adpcm_swf']],
  },
  'flv of a call': { options: ['-f', 'flv'], video: ['-c:v', 'flv1'], codecs: ['libspeex'] },
  ts: { options: ['-f', 'mpegts'], video: h264, codecs: [...streamed, 'dca', 'truehd'] },
  'ts with latm': { options: ['-f', 'mpegts', '-mpegts_flags', 'latm'], video: h264, codecs: ['aac'] },
  m2ts: {
    options: ['-f', 'mpegts', '-mpegts_m2ts_mode', '1'],
    video: h264,
    codecs: ['ac3', 'eac3', 'pcm_bluray', 'dca'],
  },
  mpg: { options: ['-f', 'mpeg'], video: ['-c:v', 'mpeg1video'], codecs: mpeg },
  vob: { options: ['-f', 'vob'], video: ['-c:v', 'mpeg2video'], codecs: [...mpeg, 'pcm_dvd', 'dca'] },
  ogg: {
    options: ['-f', 'ogg'],
    video: ['-c:v', 'libtheora'],
    codecs: ['libvorbis', 'libopus', 'flac', 'libspeex'],
  },
  wav: {
    options: ['-f', 'wav'],
    video: [],
    codecs: [...wavePcm, ...waveAdpcm, ...mpeg, 'eac3', 'flac', ...wma, 'libgsm_ms', 'dca'],
  },
  rf64: { options: ['-f', 'wav', '-rf64', 'always'], video: [], codecs: pcm('s16le s24le f32le') },
  bwf: {
    options: ['-f', 'wav', '-write_bext', '1', '-metadata', 'description=A take'],
    video: [],
    codecs: pcm('s16le s24le'),
  },
  w64: { options: ['-f', 'w64'], video: [], codecs: [...pcm('s16le s24le f32le'), 'adpcm_ms'] },
  aiff: {
    options: ['-f', 'aiff'],
    video: [],
    codecs: [...pcm('s16be s24be s32be s8 f32be f64be alaw mulaw')],
  },
  caf: {
    options: ['-f', 'caf'],
    video: [],
    codecs: ['alac', 'libopus', 'ac3', ...pcm('s16be s24be s16le s24le f32be f32le alaw mulaw')],
  },
  au: { options: ['-f', 'au'], video: [], codecs: pcm('s16be s24be f32be f64be alaw mulaw') },
  mxf: { options: ['-f', 'mxf'], video: ['-c:v', 'mpeg2video'], codecs: pcm('s16le s24le') },
  ac3: { options: ['-f', 'ac3'], video: [], codecs: ['ac3'] },
  eac3: { options: ['-f', 'eac3'], video: [], codecs: ['eac3'] },
  dts: { options: ['-f', 'dts'], video: [], codecs: ['dca'] },
  truehd: { options: ['-f', 'truehd'], video: [], codecs: ['truehd'] },
  mlp: { options: ['-f', 'mlp'], video: [], codecs: ['mlp'] },
  loas: { options: ['-f', 'latm'], video: [], codecs: ['aac'] },
  gsm: { options: ['-f', 'gsm'], video: [], codecs: ['libgsm'] },
  mp3: { options: ['-f', 'mp3'], video: [], codecs: ['libmp3lame'] },
  flac: { options: ['-f', 'flac'], video: [], codecs: ['flac'] },
  aac: { options: ['-f', 'adts'], video: [], codecs: ['aac'] },
}

/** What a codec wants, where it does not take 48 kHz stereo at a bitrate of its own choice. */
export const codecOptions: Readonly<Record<string, readonly string[]>> = {
  g722: ['-ar', '16000', '-ac', '1'],
  g726: ['-ar', '8000', '-ac', '1'],
  adpcm_swf: ['-ar', '44100'],
  libgsm: ['-ar', '8000', '-ac', '1'],
  libgsm_ms: ['-ar', '8000', '-ac', '1'],
  libspeex: ['-ar', '16000', '-ac', '1'],
  ...Object.fromEntries(ofFilms.map((codec) => [codec, ['-strict', '-2']])),
  // ffmpeg would note 128 kbit/s, and a container that counts time in bytes would be three times too long.
  adpcm_ms: ['-b:a', '389k'],
  adpcm_ima_wav: ['-b:a', '389k'],
  adpcm_yamaha: ['-b:a', '384k'],
}
