/** Real videos for the tests, from a Debian package that is unpacked under .local/ and not installed. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { refreshPackageLists } from './apt.ts'
import { localDirectory } from './layout.ts'
import { folderMegabytes, runCommand } from './run-command.ts'
import { SetUpError } from './set-up-error.ts'
import type { Steps } from './steps.ts'

const packageName = 'forensics-samples-files'
const videos = 'usr/share/forensics-samples/original-files'

/** @returns the folder with the videos; REAL_SAMPLES_DIRECTORY overrides it. */
export async function bringRealSamples(env: NodeJS.ProcessEnv, steps: Steps): Promise<string> {
  const given = env['REAL_SAMPLES_DIRECTORY']
  if (given !== undefined) return given
  const folder = join(localDirectory, 'real-samples')
  if (existsSync(folder)) return folder
  return await steps.run(`${packageName} (real videos for the tests), by apt-get download`, async () => {
    await mkdir(localDirectory, { recursive: true })
    const unpacked = await mkdtemp(join(localDirectory, 'unpacking-'))
    try {
      await download(unpacked)
      await rename(join(unpacked, videos), folder)
    } finally {
      await rm(unpacked, { recursive: true, force: true })
    }
    return { value: folder, cost: `${await folderMegabytes(folder)} MB on disk` }
  })
}

async function download(folder: string): Promise<void> {
  const fetch = () => runCommand('apt-get', ['download', packageName], { cwd: folder })
  let fetched = await fetch()
  if (fetched.code !== 0 && (await refreshPackageLists())) fetched = await fetch()
  const [archive] = await Array.fromAsync(glob(join(folder, '*.deb')))
  const unpacked = archive === undefined ? undefined : await runCommand('dpkg', ['-x', archive, folder])
  if (unpacked?.code === 0) return
  const reason = (unpacked ?? fetched).stderr.trim().split('\n').at(-1)
  throw new SetUpError(
    `${packageName} could not be fetched (${reason}). Run apt-get update and try again, or point ` +
      'REAL_SAMPLES_DIRECTORY to a folder with some videos.',
  )
}
