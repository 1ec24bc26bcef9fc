/** Every hard file there is, by groups. */
import { broughtFiles } from './brought-files.ts'
import { clockFiles } from './clock-files.ts'
import { editFiles } from './edit-files.ts'
import type { HardFile } from './hard-file.ts'
import { matroskaChapters } from './matroska-chapters.ts'
import { plainFiles } from './plain-files.ts'
import { taggedFiles } from './tagged-files.ts'
import { trackFiles } from './track-files.ts'

export const allHardFiles = (): Readonly<Record<string, readonly HardFile[]>> => ({
  'files with nothing odd': plainFiles(),
  'files with tags as people left them': [...taggedFiles(), ...matroskaChapters()],
  'files whose clock is odd': clockFiles(),
  'files that are heard in part': editFiles(),
  'files of several tracks and channels': trackFiles(),
  'files that people bring': broughtFiles(),
})
