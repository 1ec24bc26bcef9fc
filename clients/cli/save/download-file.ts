/** Downloads an MP3 to its place: beside it first, checked, and only then under its name. */
import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CliError } from '#cli/cli-error.ts'
import { pause } from '#cli/api/graphql-client.ts'

export interface DownloadSource {
  readonly sizeBytes: number
  readonly sha256: string
  /** A link that works now; asked for again after a break. */
  readonly url: () => Promise<string>
}

export interface DownloadTarget {
  readonly path: string
  readonly overwrite: boolean
}

const retryDelaysMs = [500, 2_000, 5_000, 10_000]

/** @throws CliError when the bytes cannot be had, are not the right ones, or the target has come to exist. */
export async function downloadFile(
  source: DownloadSource,
  target: DownloadTarget,
  onProgress: (doneBytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(dirname(target.path), { recursive: true })
  // Of its own name: with more to it the target's could be too long.
  const temporary = join(dirname(target.path), `earshot-${randomUUID()}.part`)
  try {
    {
      await using file = await open(temporary, 'wx')
      await fetchInto(file, source, onProgress, signal)
      await file.sync()
    }
    await moveInto(temporary, target)
  } finally {
    await rm(temporary, { force: true })
  }
}

async function fetchInto(
  file: FileHandle,
  source: DownloadSource,
  onProgress: (doneBytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const hash = createHash('sha256')
  let doneBytes = 0
  const take = async (chunk: Uint8Array) => {
    if (doneBytes + chunk.length > source.sizeBytes) throw damaged()
    await file.writeFile(chunk)
    hash.update(chunk)
    onProgress((doneBytes += chunk.length))
  }
  for (let tries = 0; doneBytes < source.sizeBytes;) {
    const before = doneBytes
    try {
      await fetchFrom(await source.url(), doneBytes, take, signal)
      if (doneBytes < source.sizeBytes) throw new Error('the download ended early')
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof CliError && !error.retryable) throw error
      tries = doneBytes > before ? 0 : tries
      const delayMs = retryDelaysMs[tries++]
      if (delayMs === undefined) {
        const message =
          'The MP3 is ready, but the connection broke too often while downloading: try again later.'
        throw new CliError('DOWNLOAD_INTERRUPTED', message, { cause: error, retryable: true })
      }
      await pause(delayMs, signal)
    }
  }
  if (hash.digest('hex') !== source.sha256) throw damaged()
}

const damaged = () =>
  new CliError(
    'DOWNLOAD_DAMAGED',
    'The downloaded bytes are not those of the MP3, so they were thrown away: try again.',
  )

async function fetchFrom(
  url: string,
  offset: number,
  take: (chunk: Uint8Array) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const headers = offset === 0 ? undefined : { range: `bytes=${offset}-` }
  const response = await fetch(url, { signal, ...(headers && { headers }) })
  if (response.status !== (offset === 0 ? 200 : 206) || response.body === null) {
    await response.body?.cancel()
    throw new Error(`the download was answered with ${response.status}`)
  }
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) await take(chunk)
}

async function moveInto(temporary: string, { path, overwrite }: DownloadTarget): Promise<void> {
  if (overwrite) return await rename(temporary, path)
  try {
    // Unlike a rename, neither replaces a file that has come to exist meanwhile.
    await link(temporary, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error
      await copyFile(temporary, path, constants.COPYFILE_EXCL)
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw fileExists(path)
    throw error
  }
}

export const fileExists = (path: string) =>
  new CliError(
    'FILE_EXISTS',
    `${path} exists already: use --force to replace it, or --output to write elsewhere.`,
  )
