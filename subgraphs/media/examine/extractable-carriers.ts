/** Into which container which codecs may be extracted of which: what extract-audio.integration.test.ts has proven, and no more. */
import type { SourceMedia } from '#schema/documents/source-media.ts'

/** A container for extracted tracks, by ffmpeg's name of its muxer. */
export type Carrier = 'mp4' | 'mov' | 'matroska' | 'mpegts' | 'ogg' | 'wav'

type Codecs = ReadonlySet<string>

const lossy = ['aac', 'mp3', 'mp2', 'ac3', 'eac3']
const pcm = ['s16le', 's16be', 's24le', 's24be', 's32le', 'f32le', 'u8', 'alaw', 'mulaw'].map(
  (name) => `pcm_${name}`,
)
const littleEndianPcm = pcm.filter((name) => !name.endsWith('be'))
const ofWindows = ['adpcm_ima_wav', 'adpcm_ms', 'wmav1', 'wmav2']

/** By ffmpeg's name of the demuxer; for each the carriers that are tried, the one that serves the converter best first. */
export const provenCarriers: Readonly<Record<string, readonly (readonly [Carrier, Codecs])[]>> = {
  'mov,mp4,m4a,3gp,3g2,mj2': [
    ['mp4', new Set(['aac', 'mp3', 'ac3', 'eac3', 'flac', 'alac', 'opus'])],
    ['mov', new Set([...lossy, 'alac', 'adpcm_ima_qt'])],
    // PCM would be cut into other packets, and Opus of fragmented files given the priming they do not speak of.
    ['matroska', new Set([...pcm, 'opus'])],
  ],
  'matroska,webm': [
    ['matroska', new Set([...lossy, ...pcm, ...ofWindows, 'opus', 'vorbis', 'flac', 'alac', 'adpcm_swf'])],
  ],
  mpegts: [['mpegts', new Set([...lossy, 'opus'])]],
  avi: [['matroska', new Set([...lossy, ...littleEndianPcm, ...ofWindows, 'vorbis', 'adpcm_swf'])]],
  flv: [['matroska', new Set(['aac', 'mp3', 'pcm_s16le', 'pcm_u8', 'pcm_alaw', 'pcm_mulaw', 'adpcm_swf'])]],
  asf: [['matroska', new Set([...lossy, ...littleEndianPcm, ...ofWindows, 'flac'])]],
  mpeg: [['matroska', new Set(['mp3', 'mp2', 'ac3'])]],
  ogg: [['ogg', new Set(['opus', 'flac'])]],
}

/** Of files that hold audio alone nothing is saved, but what was wrong about them is right in the carrier. */
const mendingCarriers: typeof provenCarriers = {
  wav: [['wav', new Set([...littleEndianPcm, ...ofWindows])]],
}

/** What a muxer must be told. */
export const carrierOptions: Readonly<Partial<Record<Carrier, readonly string[]>>> = {
  wav: ['-rf64', 'auto'],
}

/** The carriers that take every audio track of the file. */
export function carriersFor({ container, audioTracks }: SourceMedia, mends = false): Carrier[] {
  return (provenCarriers[container] ?? (mends ? mendingCarriers[container] : undefined) ?? [])
    .filter(([, codecs]) => audioTracks.every(({ codec, isEmpty }) => codecs.has(codec) && !isEmpty))
    .map(([carrier]) => carrier)
}
