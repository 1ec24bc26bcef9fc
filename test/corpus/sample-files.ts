/** Files in formats that Debian's ffmpeg has no encoder of; samples/README.md says where each is from. */
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CorpusFile, Expected } from './corpus-file.ts'
import { audioSeconds, toneHz } from './made-media.ts'

export const samplePath = (name: string): string => join(import.meta.dirname, 'samples', name)

const stereo = { tonesHz: [toneHz], channels: 2, sampleRateHz: 44_100 } as const
const narrow = { tonesHz: [toneHz], seconds: audioSeconds, channels: 1 } as const

/** Of the MP4s, a bare ffmpeg 5.1 leaves out the start (docs/timelines.md). What is silent, or goes on for as long as its encoder took to end, has no tone or no length of its own here. */
const samples: Readonly<Record<string, Expected>> = {
  'amr-nb.amr': { ...narrow, sampleRateHz: 8_000 },
  'amr-wb.awb': { ...narrow, sampleRateHz: 16_000 },
  'he-aac-v1.aac': stereo,
  'he-aac-v2.aac': stereo,
  'he-aac-v2.latm': stereo,
  'he-aac-v1-explicit.m4a': { ...stereo, moreSeconds: 0.115 },
  'he-aac-v1-implicit.m4a': { ...stereo, moreSeconds: 0.115 },
  'he-aac-v2-explicit.m4a': { ...stereo, moreSeconds: 0.161 },
}

export const sampleFiles = (): CorpusFile[] =>
  Object.entries(samples).map(([name, expected]) => ({
    name,
    inShortRun: true,
    expected,
    async make(folder) {
      // Without its extension, which ffprobe would take for a hint.
      const copy = join(folder, 'source')
      await copyFile(samplePath(name), copy)
      return copy
    },
  }))
