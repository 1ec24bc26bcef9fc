/** The version that this one is upgraded from: a commit of this repository, unpacked beside the checkout's own files. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { checkout, localDirectory } from '#infra/local/folders.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'

const run = promisify(execFile)

/** Moved on with each release. */
export const baseline = '8fcc5abb92da9a9163743769b508ddfbf37bdc2d'

/** @returns the folder of its code, with its packages. @throws SetUpError where this clone lacks the commit. */
export async function bringBaseline(): Promise<string> {
  const folder = join(localDirectory, 'baseline', baseline)
  if (existsSync(folder)) return folder
  const partial = `${folder}.partial`
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial, { recursive: true })
  const archive = join(partial, 'code.tar')
  await run('git', ['archive', '--output', archive, baseline], { cwd: checkout }).catch((cause: unknown) => {
    const advice = 'get the whole history (git fetch --unshallow), then try again.'
    throw new SetUpError(`This clone does not have the commit ${baseline}: ${advice}`, { cause })
  })
  await run('tar', ['-xf', archive, '-C', partial])
  await rm(archive)
  await bringPackages(partial)
  await rename(partial, folder)
  return folder
}

/** Those of this checkout where they are the same. */
async function bringPackages(folder: string): Promise<void> {
  const lockOf = (root: string) => readFile(join(root, 'package-lock.json'), 'utf8')
  if ((await lockOf(folder)) === (await lockOf(checkout)))
    return await symlink(join(checkout, 'node_modules'), join(folder, 'node_modules'))
  await run('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], { cwd: folder })
}
