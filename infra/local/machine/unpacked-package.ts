/** Files of a Debian package that is unpacked under .local/ and not installed: what only the tests need. */
import { existsSync } from 'node:fs'
import { glob, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { downloadPackage, refreshPackageLists } from './apt.ts'
import { localDirectory } from '#infra/local/folders.ts'
import { folderMegabytes, runCommand } from './run-command.ts'
import { SetUpError } from './set-up-error.ts'
import type { Steps } from './steps.ts'

export interface UnpackedPackage {
  readonly name: string
  /** What it is for, as the user is told. */
  readonly purpose: string
  /** The folder within the package that is wanted; a glob of one match. */
  readonly folder: string
  /** Under .local/. */
  readonly as: string
  /** What to do where it cannot be had. */
  readonly instead: string
}

/** @returns the folder that was wanted. */
export async function bringUnpackedPackage(wanted: UnpackedPackage, steps: Steps): Promise<string> {
  const target = join(localDirectory, wanted.as)
  if (existsSync(target)) return target
  return await steps.run(`${wanted.name} (${wanted.purpose}), by apt-get download`, async () => {
    await mkdir(localDirectory, { recursive: true })
    const unpacked = await mkdtemp(join(localDirectory, 'unpacking-'))
    try {
      await download(wanted, unpacked)
      const [found] = await Array.fromAsync(glob(join(unpacked, wanted.folder)))
      if (found === undefined)
        throw new SetUpError(`${wanted.name} has no ${wanted.folder}. ${wanted.instead}`)
      await rename(found, target)
    } finally {
      await rm(unpacked, { recursive: true, force: true })
    }
    return { value: target, cost: `${await folderMegabytes(target)} MB on disk` }
  })
}

async function download({ name, instead }: UnpackedPackage, folder: string): Promise<void> {
  let fetched = await downloadPackage(name, folder)
  if (fetched.code !== 0 && (await refreshPackageLists())) fetched = await downloadPackage(name, folder)
  const [archive] = await Array.fromAsync(glob(join(folder, '*.deb')))
  const unpacked = archive === undefined ? undefined : await runCommand('dpkg', ['-x', archive, folder])
  if (unpacked?.code === 0) return
  const reason = (unpacked ?? fetched).stderr.trim().split('\n').at(-1) || 'no answer in time'
  throw new SetUpError(
    `${name} could not be fetched (${reason}). Run apt-get update and try again, or ${instead}`,
  )
}
