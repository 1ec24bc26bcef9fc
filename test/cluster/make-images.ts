/** The images under test, and one of what they need besides. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { loadImage } from '#infra/cluster/cluster-images.ts'
import { buildImages } from '#infra/images/build-images.ts'
import { createBuildah } from '#infra/images/engine.ts'
import { makeLocalBase } from '#infra/images/local-base.ts'
import { programNames } from '#infra/images/pack/programs.ts'
import { checkout, localDirectory } from '#infra/local/folders.ts'
import type { Steps } from '#infra/local/machine/steps.ts'
import { buildLocalMongo } from '#infra/local/mongo/local-mongo.ts'

const directory = join(localDirectory, 'images')
const stores = 'localhost/earshot-test/stores:1'
const storesArchive = join(directory, 'test-stores.tar')

/** On the base that needs no registry, whatever can be reached: what is tried is the same everywhere. */
export async function makeImages(steps: Steps): Promise<void> {
  const engine = await createBuildah(directory)
  const base = await makeLocalBase({ directory, engine, steps, fresh: false })
  const { version, devDependencies } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as {
    version: string
    devDependencies: { maildev: string }
  }
  await buildImages({
    engine,
    steps,
    names: programNames,
    tag: version,
    version,
    base,
    directory,
    fresh: false,
  })
  const context = await buildLocalMongo(steps)
  await steps.run(stores, async () => {
    const file = join(import.meta.dirname, 'stores/Dockerfile')
    const given = { BASE: base, INBOX: devDependencies.maildev }
    await engine.build({ file, tag: stores, context, arguments: given })
    await engine.save(stores, storesArchive)
    return { value: undefined }
  })
}

export async function loadImages(steps: Steps): Promise<void> {
  for (const name of programNames) await load(join(directory, `${name}.tar`), steps)
  await load(storesArchive, steps)
}

async function load(archive: string, steps: Steps): Promise<void> {
  const { size } = await stat(archive)
  await steps.run(`${archive} into the cluster`, async () => {
    await loadImage(archive)
    return { value: undefined, cost: `${Math.round(size / 1e6)} MB` }
  })
}
