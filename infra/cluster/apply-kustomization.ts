/** Applies the manifests of a Go module, changed so that they fit the cluster. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { clusterImage } from './cluster-images.ts'
import { kubectl } from './kubectl.ts'
import { places } from './places.ts'

export interface Kustomization {
  /** Folders, as absolute paths. */
  readonly resources: readonly string[]
  readonly images: readonly object[]
  readonly patches: readonly object[]
}

/** The image that is made here in the place of a public one. */
export function ownImage(name: string, program: string): object {
  const [newName, newTag] = clusterImage(program).split(':')
  return { name, newName, newTag }
}

/** By the server, as some definitions of custom resources are too large for the note that the client would keep of them. */
export async function applyKustomization(name: string, { resources, ...rest }: Kustomization): Promise<void> {
  const folder = join(places.home, 'add-ons', name)
  await mkdir(folder, { recursive: true })
  const near = resources.map((path) => relative(folder, path))
  await writeFile(join(folder, 'kustomization.yaml'), JSON.stringify({ resources: near, ...rest }))
  await kubectl(['apply', '--server-side', '--force-conflicts', '--kustomize', folder])
}
