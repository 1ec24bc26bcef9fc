/** Decides where each file's MP3 is to go, before anything is uploaded. */
import { basename, dirname, join, parse, resolve, sep } from 'node:path'
import { fileName, mp3FileName } from '#schema/file-names.ts'
import { UsageError } from '#cli/cli-error.ts'

export interface OutputOptions {
  /** As given: a file, or a folder. */
  readonly output: string | undefined
  readonly isFolder: (path: string) => boolean
  /** Whether each file becomes several MP3s. */
  readonly isSplit?: boolean
}

export interface OutputTarget {
  readonly path: string
  /** Whether the user named this very file, rather than a folder or nothing. */
  readonly isNamed: boolean
}

/** The target of each file's MP3, in their order. @throws UsageError when two would get the same. */
export function outputTargets(files: readonly string[], options: OutputOptions): OutputTarget[] {
  const isSeveral = files.length > 1 || options.isSplit === true
  const targets = files.map((file) => outputTarget(mp3FileName(basename(file)), isSeveral, options))
  const seen = new Map<string, string>()
  for (const [index, { path }] of targets.entries()) {
    const file = files[index]!
    const other = seen.get(resolve(path))
    if (other !== undefined) {
      throw new UsageError(
        `${other} and ${file} would both become ${path}: convert them one by one with --output.`,
      )
    }
    seen.set(resolve(path), file)
  }
  return targets
}

/** @param isOneOfSeveral Makes of --output a folder. @throws UsageError where it is named like an MP3 then. */
export function outputTarget(
  name: string,
  isOneOfSeveral: boolean,
  { output, isFolder }: OutputOptions,
): OutputTarget {
  if (output === undefined) return { path: name, isNamed: false }
  const isFolderGiven = output.endsWith(sep) || output.endsWith('/') || isFolder(output)
  if (isOneOfSeveral && !isFolderGiven && /\.mp3$/i.test(output))
    throw new UsageError(
      `There will be several MP3s, and ${output} is the name of one: give --output a folder.`,
    )
  return isFolderGiven || isOneOfSeveral
    ? { path: join(output, name), isNamed: false }
    : { path: output, isNamed: true }
}

/** `talk.mp3` → `talk 2.mp3`; the path itself for 1. */
export function numberedPath(path: string, number: number): string {
  const { dir, name, ext } = parse(path)
  return number === 1 ? path : join(dir, `${name} ${number}${ext}`)
}

/** The path of a chapter's MP3: under the name it is served by, beside the target. */
export const chapterPath = (target: string, filename: string): string =>
  join(dirname(target), fileName(filename))
