/** Fetches an MP3 into an open file, goes on where a broken connection left off, and checks every byte. */
import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { pause } from '#cli/api/graphql-client.ts'
import { CliError } from '#cli/cli-error.ts'

export interface Mp3Source {
  readonly sizeBytes: number
  readonly sha256: string
  /** A link that works now; asked for again after a break. */
  readonly url: () => Promise<string>
}

const retryDelaysMs = [500, 2_000, 5_000, 10_000]

/** @throws CliError when the bytes cannot be had, or are not the right ones. */
export async function fetchMp3(
  file: FileHandle,
  source: Mp3Source,
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
      if (isFinal(error)) throw error
      tries = doneBytes > before ? 0 : tries
      const delayMs = retryDelaysMs[tries++]
      if (delayMs === undefined) throw interrupted(error)
      await pause(delayMs, signal)
    }
  }
  if (hash.digest('hex') !== source.sha256) throw damaged()
}

/** A refusal, or a disk that does not take the bytes: another try would end the same way. */
const isFinal = (error: unknown) =>
  error instanceof CliError ? !error.retryable : (error as NodeJS.ErrnoException).syscall === 'write'

const interrupted = (cause: unknown) =>
  new CliError('DOWNLOAD_INTERRUPTED', 'The connection broke too often while downloading: try again later.', {
    cause,
    retryable: true,
  })

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
