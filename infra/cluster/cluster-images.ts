/** The images that every cluster needs: a program each, on nothing. And how an image gets into the cluster. */
import { existsSync, statSync } from 'node:fs'
import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Engine } from '#infra/images/engine.ts'
import { runCommand } from '#infra/local/machine/run-command.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import type { Steps } from '#infra/local/machine/steps.ts'
import type { GoModule } from './build-programs.ts'
import { inNode } from './node.ts'
import { places } from './places.ts'

/** The programs that run in pods, by the module that they are built from, with who they run as. */
const users: Readonly<Record<GoModule, Readonly<Record<string, number>>>> = {
  kube: { pause: 65535 },
  addons: { coredns: 65532, 'local-path-provisioner': 65532, 'metrics-server': 65532 },
  keda: { keda: 65532, 'keda-adapter': 65532 },
  traefik: { traefik: 65532 },
}

export const clusterImage = (name: string): string => `localhost/${name}:1`

/** Makes those of programs that are newer. */
export async function makeClusterImages(
  engine: Engine,
  modules: readonly GoModule[],
  steps: Steps,
): Promise<void> {
  await mkdir(places.images, { recursive: true })
  for (const [name, user] of modules.flatMap((module) => Object.entries(users[module]))) {
    const program = join(places.programs, name)
    if (!isNewer(program, archiveOf(name))) continue
    await steps.run(`${clusterImage(name)}, by ${engine.name}`, async () => {
      const lines = ['FROM scratch', `COPY ${name} /`, `USER ${user}`, `ENTRYPOINT ["/${name}"]`]
      await makeImage(engine, name, lines, [program])
      return { value: undefined }
    })
  }
  if (!existsSync(archiveOf('busybox'))) await makeShellImage(engine)
}

const archiveOf = (name: string): string => join(places.images, `${name}.tar`)

const isNewer = (file: string, than: string): boolean =>
  !existsSync(than) || statSync(file).mtimeMs > statSync(than).mtimeMs

/** A provisioner of disks makes and removes their folders by a shell. */
async function makeShellImage(engine: Engine): Promise<void> {
  const busybox = '/bin/busybox'
  const applets = (await runCommand(busybox, ['--list'])).stdout.trim().split('\n')
  const lines = ['FROM scratch', 'COPY . /bin/', 'CMD ["/bin/sh"]']
  await makeImage(engine, 'busybox', lines, [busybox], async (context) => {
    for (const applet of applets) if (applet !== 'busybox') await symlink('busybox', join(context, applet))
  })
}

async function makeImage(
  engine: Engine,
  name: string,
  lines: readonly string[],
  files: readonly string[],
  addTo: (context: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const context = join(places.images, `${name}.context`)
  await rm(context, { recursive: true, force: true })
  await mkdir(context)
  for (const path of files) await copyFile(path, join(context, basename(path)))
  await addTo(context)
  const file = `${context}.Dockerfile`
  await writeFile(file, `${lines.join('\n')}\n`)
  await engine.build({ file, tag: clusterImage(name), context, fresh: true })
  await engine.save(clusterImage(name), archiveOf(name))
  await Promise.all([rm(context, { recursive: true }), rm(file)])
}

/** Loads those that the node has not, or an older one of. */
export async function loadClusterImages(modules: readonly GoModule[]): Promise<void> {
  const names = modules.flatMap((module) => Object.keys(users[module]))
  for (const name of [...names, 'busybox']) {
    const mark = join(places.var, `${name}.loaded`)
    if (!isNewer(archiveOf(name), mark)) continue
    await loadImage(archiveOf(name))
    await writeFile(mark, '')
  }
}

/** @param archive As `docker save` writes it. On standard input, as the node has folders of its own. */
export async function loadImage(archive: string): Promise<void> {
  const command = ['ctr', '--namespace', 'k8s.io', 'images', 'import', '--digests=false', '-']
  if ((await inNode(command, 'ignore', archive)) !== 0)
    throw new SetUpError(`${archive} could not be loaded into the cluster`)
}
