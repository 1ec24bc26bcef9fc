/** The images under test, those of the version before, and one of what they need besides. */
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { loadImage } from '#infra/cluster/cluster-images.ts'
import { buildImages, imageName } from '#infra/images/build-images.ts'
import { createBuildah, type Engine } from '#infra/images/engine.ts'
import { makeLocalBase } from '#infra/images/local-base.ts'
import { programNames } from '#infra/images/pack/programs.ts'
import { checkout, localDirectory } from '#infra/local/folders.ts'
import type { Steps } from '#infra/local/machine/steps.ts'
import { buildLocalMongo } from '#infra/local/mongo/local-mongo.ts'
import { baseline, bringBaseline } from '#test/upgrade/bring-baseline.ts'

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
  await makeBaselineImages(engine, base, steps)
  const context = await buildLocalMongo(steps)
  await steps.run(stores, async () => {
    const file = join(import.meta.dirname, 'stores/Dockerfile')
    const given = { BASE: base, INBOX: devDependencies.maildev }
    await engine.build({ file, tag: stores, context, arguments: given })
    await engine.save(stores, storesArchive)
    return { value: undefined }
  })
}

/** Of the version that this one is upgraded from. */
export const baselineTag = `baseline-${baseline.slice(0, 8)}`
const baselineNames = programNames.filter((name) => name !== 'admin')
const baselineArchive = (name: string) => join(directory, `${baselineTag}-${name}.tar`)

/** By its own Dockerfile, once: a commit's files do not change. */
async function makeBaselineImages(engine: Engine, base: string, steps: Steps): Promise<void> {
  for (const name of baselineNames.filter((one) => !existsSync(baselineArchive(one)))) {
    const tag = imageName(name, baselineTag)
    await steps.run(tag, async () => {
      const context = await bringBaseline()
      const file = join(context, 'infra/images/Dockerfile')
      const given = { BASE: base }
      await engine.build({ file, target: name, tag, context, arguments: given, version: baselineTag })
      await engine.save(tag, baselineArchive(name))
      return { value: undefined }
    })
  }
}

export async function loadImages(steps: Steps): Promise<void> {
  const own = programNames.map((name) => join(directory, `${name}.tar`))
  for (const archive of [...own, ...baselineNames.map(baselineArchive), storesArchive])
    await load(archive, steps)
}

async function load(archive: string, steps: Steps): Promise<void> {
  const { size } = await stat(archive)
  await steps.run(`${archive} into the cluster`, async () => {
    await loadImage(archive)
    return { value: undefined, cost: `${Math.round(size / 1e6)} MB` }
  })
}
