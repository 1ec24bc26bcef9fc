/** A base like the official Node image, where no registry can be reached: Debian by debootstrap, and the packaged Node. */
import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rootPrefix } from '#infra/local/machine/apt.ts'
import { folderMegabytes, runCommand } from '#infra/local/machine/run-command.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import type { Steps } from '#infra/local/machine/steps.ts'
import type { Engine } from './engine.ts'

const suite = 'bookworm'
const mirror = 'http://deb.debian.org/debian'
/** Of no use in a container; Debian's own slim images leave them out as well. */
const unneeded = [
  'usr/share/doc',
  'usr/share/man',
  'usr/share/locale',
  'usr/share/info',
  'var/cache/apt',
  'var/lib/apt/lists',
]

export interface LocalBase {
  readonly directory: string
  readonly engine: Engine
  readonly steps: Steps
  readonly fresh: boolean
}

/** @returns the image's name. */
export async function makeLocalBase({ directory, engine, steps, fresh }: LocalBase): Promise<string> {
  const image = `localhost/earshot/base:${process.version.slice(1)}-${suite}`
  if (!fresh && (await engine.has(image))) return image
  return await steps.run(`${image}, by debootstrap and the packaged Node`, async () => {
    const root = join(directory, 'base')
    await rm(root, { recursive: true, force: true })
    await bootstrap(root)
    await addNode(root)
    for (const folder of unneeded) await rm(join(root, folder), { recursive: true, force: true })
    for (const folder of ['var/cache/apt/archives/partial', 'var/lib/apt/lists/partial'])
      await mkdir(join(root, folder), { recursive: true })
    const file = join(directory, 'Dockerfile.base')
    await writeFile(
      file,
      'FROM scratch\nCOPY . /\nENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n',
    )
    await engine.build({ file, tag: image, context: root, fresh: true })
    const cost = `${await folderMegabytes(root)} MB on disk`
    await rm(root, { recursive: true })
    return { value: image, cost }
  })
}

async function bootstrap(root: string): Promise<void> {
  const prefix = await rootPrefix()
  if (prefix === undefined) throw new SetUpError('debootstrap must run as root, and sudo is not available')
  const [command, ...args] = [...prefix, 'debootstrap', '--variant=minbase', suite, root, mirror]
  const { code, stdout } = await runCommand(command, args)
  if (code !== 0)
    throw new SetUpError(
      `debootstrap ended with code ${code}: ${stdout.trim().split('\n').at(-1) ?? 'no output'}`,
    )
}

/** Where the official image has them. npm is this machine's own. */
async function addNode(root: string): Promise<void> {
  const local = join(root, 'usr/local')
  await copyFile(process.execPath, join(local, 'bin/node'))
  const modules = (await runCommand('npm', ['root', '--global'])).stdout.trim()
  if (!existsSync(join(modules, 'npm'))) throw new SetUpError('There is no npm on this machine to build with')
  await cp(join(modules, 'npm'), join(local, 'lib/node_modules/npm'), { recursive: true })
  for (const name of ['npm', 'npx'])
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name))
}
