/** The images that every cluster needs: a program each, on nothing. And how an image gets into the cluster. */
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Engine } from '#infra/images/engine.ts'
import { runCommand } from '#infra/local/machine/run-command.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import type { Steps } from '#infra/local/machine/steps.ts'
import { inNode } from './node.ts'
import { places } from './places.ts'

const users: Readonly<Record<string, number>> = {
  pause: 65535,
  coredns: 65532,
  'local-path-provisioner': 65532,
}

export const clusterImage = (name: string): string => `localhost/${name}:1`

/** @param mark Of the programs: the images are made anew when it changes. */
export async function makeClusterImages(engine: Engine, mark: string, steps: Steps): Promise<void> {
  await mkdir(places.images, { recursive: true })
  const file = join(places.images, 'made-from')
  if (existsSync(file) && (await readFile(file, 'utf8')) === mark) return
  await steps.run('images of the cluster itself', async () => {
    for (const [name, user] of Object.entries(users))
      await makeImage(
        engine,
        name,
        ['FROM scratch', `COPY ${name} /`, `USER ${user}`, `ENTRYPOINT ["/${name}"]`],
        [join(places.programs, name)],
      )
    await makeShellImage(engine)
    return { value: undefined }
  })
  await writeFile(file, mark)
}

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
  await engine.save(clusterImage(name), join(places.images, `${name}.tar`))
  await Promise.all([rm(context, { recursive: true }), rm(file)])
}

export async function loadClusterImages(): Promise<void> {
  for (const name of [...Object.keys(users), 'busybox']) await loadImage(join(places.images, `${name}.tar`))
}

/** @param archive As `docker save` writes it. On standard input, as the node has folders of its own. */
export async function loadImage(archive: string): Promise<void> {
  const command = ['ctr', '--namespace', 'k8s.io', 'images', 'import', '--digests=false', '-']
  if ((await inNode(command, 'ignore', archive)) !== 0)
    throw new SetUpError(`${archive} could not be loaded into the cluster`)
}
