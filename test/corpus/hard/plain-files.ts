/** What is not odd: it must stay without a warning, and be heard where it stands. */
import { join } from 'node:path'
import { h264, makeMedia, picture } from '#test/corpus/made-media.ts'
import type { HardFile } from './hard-file.ts'
import { timedTones } from './timed-tones.ts'

const seconds = 6
const kind = 'nothing odd'

const plain = (name: string, options: readonly string[]): HardFile => ({
  kind,
  name,
  inShortRun: true,
  expected: {
    warnings: [],
    mp3s: [
      {
        seconds,
        heard: [
          { from: 0, to: seconds, side: 'left', tones: [{ second: 0, channel: 0 }] },
          { from: 0, to: seconds, side: 'right', tones: [{ second: 0, channel: 1 }] },
        ],
      },
    ],
  },
  make: (folder) =>
    makeMedia(join(folder, 'source'), [
      ...picture(seconds),
      ...timedTones({ seconds, channels: 2, layout: 'stereo' }),
      ...h264,
      ...options,
    ]),
})

export const plainFiles = (): HardFile[] => [
  plain('MP4 with AAC', ['-c:a', 'aac', '-b:a', '128k', '-f', 'mp4']),
  plain('Matroska with Opus', ['-c:a', 'libopus', '-b:a', '128k', '-f', 'matroska']),
  plain('TS with MP2', ['-c:a', 'mp2', '-b:a', '192k', '-f', 'mpegts']),
  plain('AVI with PCM', ['-c:a', 'pcm_s16le', '-f', 'avi']),
  plain('FLV with MP3', ['-c:a', 'libmp3lame', '-ar', '44100', '-f', 'flv']),
]
