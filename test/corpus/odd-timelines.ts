/** Audio that begins late, stops on the way, or has strange timestamps, and files that were cut short. */
import { stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { refusedAs, type CorpusFile, type Expected } from './corpus-file.ts'
import { h264, makeMedia, picture, audio, audioSeconds, toneHz } from './made-media.ts'

const tonesHz = [toneHz]
const whole = { tonesHz, seconds: audioSeconds }
const aac = ['-c:a', 'aac']

const timed = (name: string, expected: Expected, options: readonly string[]): CorpusFile => ({
  name,
  inShortRun: true,
  expected,
  make: (folder) => makeMedia(join(folder, 'source'), options),
})

const withPicture = (...options: string[]) => [
  ...picture(3),
  ...options,
  ...audio(),
  '-map',
  '0',
  '-map',
  '1',
  ...h264,
]
const late = withPicture('-itsoffset', '0.8')

/** From one packet to the next, time passes without audio: in the MP3, it is silence. */
const gapSeconds = 0.8
const gap = [...audio({ seconds: 3 }), '-filter:a', `aselect='not(between(t,1,${1 + gapSeconds}))'`, ...aac]
const filled = { tonesHz, seconds: 3 - gapSeconds, moreSeconds: gapSeconds }

/** The file is there up to a share of its bytes. */
const cut = (name: string, share: number, expected: Expected, options: readonly string[]): CorpusFile => ({
  name,
  inShortRun: true,
  expected,
  async make(folder) {
    const path = await makeMedia(join(folder, 'source'), options)
    await truncate(path, Math.floor((await stat(path)).size * share))
    return path
  },
})

/** Its beginning left out by an edit list, and nothing coded anew. */
const edited = (name: string, codec: readonly string[]): CorpusFile => ({
  name,
  inShortRun: true,
  expected: { tonesHz },
  async make(folder) {
    const all = await makeMedia(join(folder, 'whole'), [...audio(), ...codec, '-f', 'mov'])
    return await makeMedia(join(folder, 'source'), ['-ss', '0.7', '-i', all, '-c', 'copy', '-f', 'mov'])
  },
})

/** Written to where nothing can be put right afterwards, so without a length in its header. */
const streamed = (name: string, options: readonly string[]): CorpusFile => ({
  name,
  inShortRun: true,
  expected: whole,
  make: (folder) => makeMedia(join(folder, 'source'), [...audio(), ...options], { seekable: false }),
})

export function oddTimelines(): CorpusFile[] {
  const mpegts = [...audio(), ...aac, '-f', 'mpegts']
  const faststart = [...audio(), ...aac, '-movflags', '+faststart', '-f', 'mp4']
  return [
    timed('late audio in MP4', whole, [...late, ...aac, '-f', 'mp4']),
    timed('late audio in Matroska', whole, [...late, '-c:a', 'libopus', '-f', 'matroska']),
    timed('a gap in MP4', filled, [...gap, '-f', 'mp4']),
    timed('a gap in Matroska', filled, [...gap, '-f', 'matroska']),
    timed('a gap in TS', filled, [...gap, '-f', 'mpegts']),
    timed('TS that begins after ten hours', whole, [
      ...audio(),
      ...aac,
      '-output_ts_offset',
      '36000',
      '-f',
      'mpegts',
    ]),
    timed('TS whose clock starts anew', whole, [
      ...audio(),
      ...aac,
      '-output_ts_offset',
      '95442.7',
      '-f',
      'mpegts',
    ]),
    timed('pictures at no steady rate', whole, [
      ...withPicture(),
      ...['-filter:v', "select='not(mod(n*n,7))'", '-vsync', 'vfr', ...aac, '-f', 'mp4'],
    ]),
    edited('an edit list over AAC', aac),
    edited('an edit list over PCM', ['-c:a', 'pcm_s16le']),
    streamed('WAVE from a pipe', ['-c:a', 'pcm_s16le', '-f', 'wav']),
    streamed('Matroska from a pipe', ['-c:a', 'libopus', '-f', 'matroska']),
    streamed('FLV from a pipe', [...aac, '-f', 'flv']),
    streamed('FLAC from a pipe', ['-c:a', 'flac', '-f', 'flac']),
    cut('half an MP4 with its index at the end', 0.5, refusedAs('CORRUPT_FILE'), [
      ...audio(),
      ...aac,
      '-f',
      'mp4',
    ]),
    cut('half an MP4 with its index in front', 0.5, refusedAs('CORRUPT_FILE'), faststart),
    cut('half a Matroska', 0.5, refusedAs('CORRUPT_FILE'), [...audio(), ...aac, '-f', 'matroska']),
    cut('half a FLAC', 0.5, refusedAs('CORRUPT_FILE'), [...audio(), '-c:a', 'flac', '-f', 'flac']),
    // ffmpeg believes the file's size more than its header.
    cut('half an AVI', 0.5, { tonesHz }, [...withPicture(), '-c:a', 'libmp3lame', '-f', 'avi']),
    // Broadcasts have no beginning and no end: what is there is all there is.
    cut('half a TS', 0.5, { tonesHz }, mpegts),
    cut('half an ADTS', 0.5, { tonesHz }, [...audio(), ...aac, '-f', 'adts']),
  ]
}
