/** Short videos for the proof of extracting: every container with every codec that it may be extracted with. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ffmpegPath } from '#test/harness/media-tools.ts'

const run = promisify(execFile)

export async function ffmpeg(...options: readonly string[]): Promise<string> {
  const { stdout } = await run(ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...options], { timeout: 60_000 })
  return stdout
}

export const video = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=1.5']

/** Noise keeps a lossy coder busy, and no frame is like another. Not a whole number of frames of any codec. */
export const audio = (rate: number, seconds = 1.6234) => [
  ...['-f', 'lavfi', '-i'],
  `aevalsrc='0.3*sin(440*2*PI*t)+0.2*random(0)|0.3*sin(554*2*PI*t)+0.1*random(1)':s=${rate}:d=${seconds}`,
]

export const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast']

const encoders: Readonly<Record<string, string>> = { mp3: 'libmp3lame', opus: 'libopus', vorbis: 'libvorbis' }
const rateOf = (codec: string) => (['opus', 'ac3', 'eac3'].includes(codec) ? 48_000 : 44_100)

export interface Container {
  readonly muxer: string
  /** By ffmpeg's name. */
  readonly demuxer: string
  readonly options: readonly string[]
  /** The codecs of a file's audio tracks, for each file. */
  readonly files: readonly (readonly string[])[]
}

const isoDemuxer = 'mov,mp4,m4a,3gp,3g2,mj2'
const pcm = ['pcm_s16le', 'pcm_s24le', 'pcm_s32le', 'pcm_f32le', 'pcm_u8', 'pcm_alaw', 'pcm_mulaw']
const bigEndianPcm = ['pcm_s16be', 'pcm_s24be']
const ofWindows = ['adpcm_ima_wav', 'adpcm_ms', 'wmav1', 'wmav2']
const lossy = ['aac', 'mp3', 'mp2', 'ac3', 'eac3']
const fragments = ['-movflags', 'frag_keyframe+empty_moov']
const each = (codecs: readonly string[]) => codecs.map((codec) => [codec])

export const containers: Readonly<Record<string, Container>> = {
  MP4: {
    muxer: 'mp4',
    demuxer: isoDemuxer,
    options: h264,
    files: [['aac', 'mp3', 'ac3', 'eac3', 'flac', 'alac', 'opus'], ['aac'], ['opus'], ['mp3']],
  },
  'fragmented MP4': {
    muxer: 'mp4',
    demuxer: isoDemuxer,
    options: [...h264, ...fragments],
    files: [['aac', 'mp3', 'flac', 'alac'], ['aac'], ['opus']],
  },
  '3GP': {
    muxer: '3gp',
    demuxer: isoDemuxer,
    options: ['-c:v', 'mpeg4', '-s', '176x144'],
    files: [['aac']],
  },
  MOV: {
    muxer: 'mov',
    demuxer: isoDemuxer,
    options: h264,
    files: [
      [...lossy, 'alac', 'adpcm_ima_qt'],
      [...pcm, ...bigEndianPcm],
      ...each(['aac', 'pcm_s16le', 'pcm_s24le']),
    ],
  },
  Matroska: {
    muxer: 'matroska',
    demuxer: 'matroska,webm',
    options: h264,
    files: [
      [...lossy, 'opus', 'vorbis', 'flac', 'alac'],
      [...pcm, ...bigEndianPcm, ...ofWindows, 'adpcm_swf'],
      ...each(['aac', 'opus', 'vorbis', 'flac']),
    ],
  },
  WebM: {
    muxer: 'webm',
    demuxer: 'matroska,webm',
    options: ['-c:v', 'libvpx', '-deadline', 'realtime'],
    files: each(['opus', 'vorbis']),
  },
  'MPEG-TS': {
    muxer: 'mpegts',
    demuxer: 'mpegts',
    options: h264,
    files: [[...lossy, 'opus'], ...each([...lossy, 'opus'])],
  },
  M2TS: {
    muxer: 'mpegts',
    demuxer: 'mpegts',
    options: [...h264, '-mpegts_m2ts_mode', '1'],
    files: each(['aac', 'ac3']),
  },
  AVI: {
    muxer: 'avi',
    demuxer: 'avi',
    options: ['-c:v', 'mpeg4'],
    files: [[...lossy, ...pcm, ...ofWindows, 'vorbis', 'adpcm_swf'], ...each(['mp3', 'ac3', 'pcm_s16le'])],
  },
  FLV: {
    muxer: 'flv',
    demuxer: 'flv',
    options: h264,
    files: each(['aac', 'mp3', 'pcm_s16le', 'pcm_u8', 'pcm_alaw', 'pcm_mulaw', 'adpcm_swf']),
  },
  ASF: {
    muxer: 'asf',
    demuxer: 'asf',
    options: ['-c:v', 'msmpeg4v3'],
    files: [[...lossy, ...pcm, ...ofWindows, 'flac'], ...each(['wmav1', 'wmav2'])],
  },
  'MPEG-PS': {
    muxer: 'vob',
    demuxer: 'mpeg',
    options: ['-c:v', 'mpeg2video'],
    files: [['mp3', 'mp2', 'ac3'], ['mp2']],
  },
  Ogg: {
    muxer: 'ogg',
    demuxer: 'ogg',
    options: ['-c:v', 'libtheora'],
    files: [['opus', 'flac'], ['opus']],
  },
}

/** A video with an audio track of each codec. */
export async function makeVideo(directory: string, container: Container, codecs: readonly string[]) {
  const path = join(directory, 'video')
  const tracks = codecs.flatMap((codec, index) => [
    ...[`-c:a:${index}`, encoders[codec] ?? codec],
    ...[`-ar:a:${index}`, String(rateOf(codec))],
  ])
  const maps = ['-map', '0', ...codecs.flatMap(() => ['-map', '1'])]
  const output = [...container.options, ...tracks, '-strict', '-2', '-f', container.muxer, path]
  await ffmpeg(...video, ...audio(48_000), ...maps, ...output)
  return path
}
