/** Pushes images that were built here, and names them in an overlay by the digests that the registry then has. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Steps } from '#infra/local/machine/steps.ts'
import { imageName, localName } from './build-images.ts'
import type { Engine } from './engine.ts'
import type { ProgramName } from '#infra/images/pack/programs.ts'
import { pinImages, type PinnedImage } from './pin-images.ts'

export interface ImagePush {
  readonly engine: Engine
  readonly steps: Steps
  readonly names: readonly ProgramName[]
  readonly tag: string
  /** With a path: `registry.example/earshot`. */
  readonly registry: string
  /** The folder of an overlay. */
  readonly overlay: string | undefined
}

export async function pushImages(push: ImagePush): Promise<readonly PinnedImage[]> {
  const { engine, steps, names, tag, registry, overlay } = push
  const pushed: PinnedImage[] = []
  for (const name of names) {
    const newName = `${registry}/${name}`
    const digest = await steps.run(`${newName}:${tag}`, async () => ({
      value: await engine.push(imageName(name, tag), `${newName}:${tag}`),
    }))
    pushed.push({ name: localName(name), newName, digest })
  }
  if (overlay !== undefined) {
    const file = join(overlay, 'kustomization.yaml')
    // What no pod runs needs no entry.
    const run = pushed.filter(({ name }) => name !== localName('admin'))
    await writeFile(file, pinImages(await readFile(file, 'utf8'), run))
  }
  return pushed
}
