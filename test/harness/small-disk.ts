/** A disk of a few megabytes that a test can fill up, with what was written on it before staying where it is. */
import { mkdtemp, open, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootPrefix } from '#infra/local/machine/apt.ts'
import { runCommand } from '#infra/local/machine/run-command.ts'

export interface SmallDisk extends AsyncDisposable {
  readonly path: string
  /** Until not a byte more fits. */
  fill(): Promise<void>
  free(): Promise<void>
}

/** A tmpfs; mounting one takes root, or sudo without a password, as set-up does. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk> {
  const path = await mkdtemp(join(tmpdir(), 'earshot-disk-'))
  await asRoot('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'earshot', path])
  const filler = join(path, 'filler')
  return {
    path,
    async fill() {
      await using file = await open(filler, 'a')
      for (const block of [1024 * 1024, 4096]) await writeUntilFull(file, Buffer.alloc(block))
    },
    free: () => rm(filler, { force: true }),
    async [Symbol.asyncDispose]() {
      await asRoot('umount', ['--lazy', path])
      await rmdir(path)
    },
  }
}

async function writeUntilFull(
  file: { write(block: Buffer): Promise<unknown> },
  block: Buffer,
): Promise<void> {
  try {
    for (;;) await file.write(block)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}

async function asRoot(command: string, args: readonly string[]): Promise<void> {
  const prefix = await rootPrefix()
  if (prefix === undefined) throw new Error(`${command} needs root or sudo`)
  const [program = command, ...rest] = [...prefix, command, ...args]
  const { code, stderr } = await runCommand(program, rest)
  if (code !== 0) throw new Error(`${command} needs the right to mount: ${stderr.trim()}`)
}
