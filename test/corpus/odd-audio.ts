/** Audio of unusual shape: many channels, low and high rates, no length at all, changes on the way. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refusedAs, type CorpusFile, type Expected } from './corpus-file.ts'
import { makeMedia, audio, audioSeconds, toneHz, type Audio } from './made-media.ts'

const tonesHz = [toneHz]
const whole = { tonesHz, seconds: audioSeconds }

const shaped = (name: string, expected: Expected, input: Audio, ...options: string[]): CorpusFile => ({
  name,
  inShortRun: true,
  expected,
  make: (folder) => makeMedia(join(folder, 'source'), [...audio(input), ...options]),
})

interface Part {
  readonly hz: number
  readonly options: readonly string[]
}

/** Two pieces of audio, one after another, as if cut together without coding them anew. */
const joined = (name: string, expected: Expected, muxer: string, parts: readonly Part[]): CorpusFile => ({
  name,
  inShortRun: true,
  expected,
  async make(folder) {
    const pieces: Buffer[] = []
    for (const [index, { hz, options }] of parts.entries()) {
      const piece = join(folder, `part-${index}`)
      await makeMedia(piece, [...audio({ hz }), ...options, '-f', muxer])
      pieces.push(await readFile(piece))
    }
    const path = join(folder, 'source')
    await writeFile(path, Buffer.concat(pieces))
    return path
  },
})

const [firstHz, secondHz] = [500, 2_000]
const both = { tonesHz: [firstHz, secondHz], seconds: 2 * audioSeconds }
const change = (codec: string[], first: string[], second: string[]): Part[] => [
  { hz: firstHz, options: [...codec, ...first] },
  { hz: secondHz, options: [...codec, ...second] },
]
const [mono, stereo, surround] = [
  ['-ac', '1'],
  ['-ac', '2'],
  ['-ac', '6'],
]

export function oddAudio(): CorpusFile[] {
  const stereoAt = (sampleRateHz: number) => ({ ...whole, channels: 2, sampleRateHz }) as const
  const monoAt = (sampleRateHz: number) => ({ ...whole, channels: 1, sampleRateHz }) as const
  return [
    shaped('5.1 in AAC', stereoAt(48_000), {}, '-ac', '6', '-c:a', 'aac', '-f', 'mp4'),
    shaped('5.1 in AC-3', stereoAt(48_000), {}, '-ac', '6', '-c:a', 'ac3', '-f', 'matroska'),
    shaped('7.1 in FLAC', stereoAt(48_000), {}, '-ac', '8', '-c:a', 'flac', '-f', 'matroska'),
    shaped('16 channels of PCM', stereoAt(48_000), {}, '-ac', '16', '-c:a', 'pcm_s16le', '-f', 'wav'),
    shaped('mono at 8 kHz in AAC', monoAt(8_000), { sampleRateHz: 8_000 }, '-c:a', 'aac', '-f', 'mp4'),
    shaped('mono at 8 kHz in A-law', monoAt(8_000), { sampleRateHz: 8_000 }, '-c:a', 'pcm_alaw', '-f', 'wav'),
    shaped('96 kHz in FLAC', monoAt(48_000), { sampleRateHz: 96_000 }, '-c:a', 'flac', '-f', 'flac'),
    shaped('192 kHz of PCM', monoAt(48_000), { sampleRateHz: 192_000 }, '-c:a', 'pcm_s24le', '-f', 'mov'),
    shaped('11 kHz in MP3', monoAt(11_025), { sampleRateHz: 11_025 }, '-c:a', 'libmp3lame', '-f', 'mp3'),
    shaped('a fiftieth of a second', { tonesHz }, { seconds: 0.02 }, '-c:a', 'pcm_s16le', '-f', 'wav'),
    shaped('no audio in WAVE', refusedAs('CORRUPT_FILE'), {}, '-t', '0', '-c:a', 'pcm_s16le', '-f', 'wav'),
    shaped('no audio in FLAC', refusedAs('CORRUPT_FILE'), {}, '-t', '0', '-c:a', 'flac', '-f', 'flac'),
    shaped('MP3 without a Xing tag', { tonesHz }, {}, '-c:a', 'libmp3lame', '-write_xing', '0', '-f', 'mp3'),
    shaped('MP3 with variable rate', whole, {}, '-c:a', 'libmp3lame', '-q:a', '4', '-f', 'mp3'),
    joined('ADTS from mono to stereo', both, 'adts', change(['-c:a', 'aac'], mono, stereo)),
    joined('MP3 from mono to stereo', both, 'mp3', change(['-c:a', 'libmp3lame'], mono, stereo)),
    joined('MP3 from 44.1 to 48 kHz', both, 'mp3', change(['-c:a', 'libmp3lame'], ['-ar', '44100'], [])),
    joined('AC-3 in TS from stereo to 5.1', both, 'mpegts', change(['-c:a', 'ac3'], stereo, surround)),
    joined('AAC in TS from 5.1 to stereo', both, 'mpegts', change(['-c:a', 'aac'], surround, stereo)),
    joined('Vorbis of two links', both, 'ogg', change(['-c:a', 'libvorbis'], stereo, stereo)),
  ]
}
