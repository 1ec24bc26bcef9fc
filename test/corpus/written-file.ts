/** Files of the corpus that are written byte by byte. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CorpusFile, Expected } from './corpus-file.ts'

export const writtenFile = (
  name: string,
  expected: Expected,
  content: string | Buffer | ((folder: string) => Promise<Buffer>),
  filename = 'source',
): CorpusFile => ({
  name,
  inShortRun: true,
  expected,
  async make(folder) {
    const path = join(folder, filename)
    await writeFile(path, typeof content === 'function' ? await content(folder) : content)
    return path
  },
})
