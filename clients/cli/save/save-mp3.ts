/** Saves an MP3 under a name of its own: fetched beside its place, checked, and only then given its name. */
import { randomUUID } from 'node:crypto'
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CliError } from '#cli/cli-error.ts'
import { hasBytes, isSameFile } from './compare-files.ts'
import { fetchMp3, type Mp3Source } from './fetch-mp3.ts'
import { numberedPath } from './output-targets.ts'
import { placeNewFile } from './place-new-file.ts'

export interface SaveTarget {
  readonly path: string
  /** What to do where the path is taken: go on to `talk 2.mp3`, refuse, or replace what is there. */
  readonly ifTaken: 'NUMBER' | 'REFUSE' | 'REPLACE'
  /** The file that was converted. It is never replaced, whatever `ifTaken` says. */
  readonly video?: string
}

export interface SavedMp3 {
  readonly path: string
  /** The path it was to have; another than `path` where something else has that. */
  readonly wanted: string
  /** Whether a file of these very bytes was there before, so that nothing was written. */
  readonly existed: boolean
}

/** @throws CliError when the bytes cannot be had, are not the right ones, or cannot be written there. */
export async function saveMp3(
  source: Mp3Source,
  target: SaveTarget,
  onProgress: (doneBytes: number) => void,
  signal: AbortSignal,
): Promise<SavedMp3> {
  const { path, ifTaken, video } = target
  const replaces = ifTaken === 'REPLACE' && !(video !== undefined && (await isSameFile(path, video)))
  const isFree = async (free: string) => replaces || !(await exists(free))
  const place = replaces ? replaceFile : placeNewFile
  try {
    const found = await claimPath(target, source, isFree, signal)
    if (found.existed) return found
    const folder = dirname(path)
    await mkdir(folder, { recursive: true })
    // Not named after the target, whose name may be as long as a name can be.
    const temporary = join(folder, `earshot-${randomUUID()}.part`)
    try {
      await fetchInto(temporary, source, onProgress, signal)
      return await claimPath(target, source, (free) => place(temporary, free), signal)
    } finally {
      await rm(temporary, { force: true })
    }
  } catch (error) {
    signal.throwIfAborted()
    throw isFileError(error) ? cannotWrite(path, error) : error
  }
}

async function fetchInto(
  path: string,
  source: Mp3Source,
  onProgress: (doneBytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  await using file = await open(path, 'wx')
  await fetchMp3(file, source, onProgress, signal)
  await file.sync()
}

/**
 * Goes through the target's path and its numbered ones to the first that can be claimed, or holds the very MP3.
 * @param claim Resolves with false where the path is taken.
 */
async function claimPath(
  { path: wanted, ifTaken }: SaveTarget,
  source: Mp3Source,
  claim: (path: string) => Promise<boolean>,
  signal: AbortSignal,
): Promise<SavedMp3> {
  for (let number = 1; ; number += 1) {
    const path = numberedPath(wanted, number)
    if (await claim(path)) return { path, wanted, existed: false }
    if (await hasBytes(path, source, signal)) return { path, wanted, existed: true }
    if (ifTaken === 'REFUSE') throw fileExists(path)
  }
}

/** Where an MP3 goes that is not there yet, byte for byte. */
export async function freePath({ path, ifTaken }: SaveTarget): Promise<string> {
  for (let number = 1; ; number += 1) {
    const numbered = numberedPath(path, number)
    if (ifTaken !== 'NUMBER' || !(await exists(numbered))) return numbered
  }
}

const exists = async (path: string) => (await lstat(path).catch(() => null)) !== null

async function replaceFile(from: string, to: string): Promise<boolean> {
  await rename(from, to)
  return true
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error

export const cannotWrite = (path: string, cause: NodeJS.ErrnoException) =>
  new CliError(
    'FILE_NOT_WRITABLE',
    `${path} cannot be written (${cause.code}): use --output to write elsewhere.`,
    { cause },
  )

export const fileExists = (path: string) =>
  new CliError(
    'FILE_EXISTS',
    `${path} exists already: use --force to replace it, or --output to write elsewhere.`,
  )
