/** Looks at the files of an order before anything is sent: what is to be read, and where the MP3 is to go. */
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CliError } from '#cli/cli-error.ts'
import { isSameFile } from '#cli/save/compare-files.ts'
import { cannotWrite, fileExists, type SaveTarget } from '#cli/save/save-mp3.ts'

export interface LocalFile {
  readonly path: string
  readonly sizeBytes: number
}

/** @throws CliError where it cannot be sent. Whoever shows it names the file. */
export async function openFile(path: string): Promise<LocalFile> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT')
      throw new CliError('FILE_NOT_FOUND', 'There is no such file: check its name.')
    throw unreadable(cause)
  })
  if (!found.isFile()) throw new CliError('FILE_UNREADABLE', 'It is not a file: name the file itself.')
  if (found.size === 0) throw new CliError('UNSUPPORTED_FORMAT', 'It is empty: choose another file.')
  await access(path, constants.R_OK).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(cause)
  })
  return { path, sizeBytes: found.size }
}

const unreadable = (cause: NodeJS.ErrnoException) =>
  new CliError('FILE_UNREADABLE', `It cannot be read (${cause.code}): see that you may read it.`, {
    cause,
  })

/** What would go wrong in the end is refused at the beginning. @throws CliError */
export async function checkTarget({ path, ifTaken, video }: SaveTarget): Promise<void> {
  if (ifTaken !== 'NUMBER' && video !== undefined && (await isSameFile(path, video)))
    throw new CliError('FILE_EXISTS', `${path} is the file to convert: use --output to write elsewhere.`)
  if (ifTaken === 'REFUSE' && (await stat(path).catch(() => null))) throw fileExists(path)
  await checkFolder(dirname(path))
}

/** A folder that does not exist yet is made when there is something to put into it. */
async function checkFolder(folder: string): Promise<void> {
  await access(folder, constants.W_OK).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw cannotWrite(folder, error)
    await checkFolder(dirname(folder))
  })
}
