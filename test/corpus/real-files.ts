/** Files that nobody made for us: recordings of several cameras and phones, documents, and audio of a desktop. */
import { copyFile, glob } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import { refusedAs, type CorpusFile, type Expected } from './corpus-file.ts'

const sounding = new Set(['.avi', '.mp3', '.mp4', '.mpeg', '.oga', '.ogg', '.wav'])

/** Documents and pictures may look like a container that they are not. */
const refused = refusedAs('UNSUPPORTED_FORMAT', 'CORRUPT_FILE', 'NO_AUDIO_TRACK')

export async function realFiles(): Promise<CorpusFile[]> {
  const samples = await filesIn('REAL_SAMPLES_DIRECTORY')
  const theme = await filesIn('SOUND_THEME_DIRECTORY')
  return [...samples, ...theme.map((file, index) => ({ ...file, inShortRun: index === 0 }))]
}

async function filesIn(variable: string): Promise<CorpusFile[]> {
  const directory = process.env[variable]
  if (!directory) throw new Error(`${variable} is not set: run this test through npm test`)
  const entries = await Array.fromAsync(glob(join(directory, '**'), { withFileTypes: true }))
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return paths.toSorted().map((path) => ({
    name: relative(directory, path),
    inShortRun: sounding.has(extname(path)),
    expected: expectedOf(path),
    async make(folder) {
      // Without its extension, which ffprobe would take for a hint.
      const copy = join(folder, 'source')
      await copyFile(path, copy)
      return copy
    },
  }))
}

const expectedOf = (path: string): Expected => (sounding.has(extname(path)) ? { tonesHz: [] } : refused)
