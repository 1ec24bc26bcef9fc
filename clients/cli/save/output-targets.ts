/** Decides where each file's MP3 goes, before anything is uploaded. */
import { basename, dirname, join, parse, resolve, sep } from 'node:path'
import { UsageError } from '#cli/cli-error.ts'

export interface OutputOptions {
  /** As given: a file, or a folder. */
  readonly output: string | undefined
  readonly isFolder: (path: string) => boolean
}

/** The path of each MP3, in the files' order. @throws UsageError when two files would get the same. */
export function outputTargets(files: readonly string[], { output, isFolder }: OutputOptions): string[] {
  const targets = files.map((file) => targetOf(file, files.length > 1, output, isFolder))
  const seen = new Map<string, string>()
  for (const [index, target] of targets.entries()) {
    const file = files[index]!
    const other = seen.get(resolve(target))
    if (other !== undefined) {
      throw new UsageError(
        `${other} and ${file} would both become ${target}: convert them one by one with --output.`,
      )
    }
    seen.set(resolve(target), file)
  }
  return targets
}

function targetOf(
  file: string,
  isOneOfSeveral: boolean,
  output: string | undefined,
  isFolder: (path: string) => boolean,
): string {
  const name = `${parse(basename(file)).name}.mp3`
  if (output === undefined) return name
  return isOneOfSeveral || output.endsWith(sep) || output.endsWith('/') || isFolder(output)
    ? join(output, name)
    : output
}

/** The path of a further MP3 of the same conversion: `talk.mp3` → `talk 2.mp3`. */
export function furtherTarget(target: string, number: number): string {
  const { dir, name, ext } = parse(target)
  return number === 1 ? target : join(dir, `${name} ${number}${ext}`)
}

/** The path of a chapter's MP3: under the name it is served by, beside the target. */
export const chapterTarget = (target: string, filename: string): string =>
  join(dirname(target), filename.replaceAll(/[\p{Cc}/\\]/gu, '_').replace(/^\.+/, '_'))
