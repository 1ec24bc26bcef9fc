/** Names images in an overlay by their digests, so that a tag that is moved in the registry changes nothing. */
import { isMap, isSeq, parseDocument, type Document, type YAMLSeq } from 'yaml'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'

export interface PinnedImage {
  /** As the base's manifests have it. */
  readonly name: string
  /** Where it was pushed to, without a tag. */
  readonly newName: string
  /** Of the manifest, as the registry has it. */
  readonly digest: string
}

/**
 * @param kustomization The text of an overlay's kustomization.yaml; its comments, and what it says of other images, stay.
 * @throws SetUpError where it is no kustomization, or a digest is none.
 */
export function pinImages(kustomization: string, pinned: readonly PinnedImage[]): string {
  const document: Document = parseDocument(kustomization)
  const root = document.contents
  if (document.errors.length > 0 || !isMap(root) || root.get('kind') !== 'Kustomization')
    throw new SetUpError('what is to name the images is no Kustomization')
  const entries = root.get('images') ?? document.createNode([])
  if (!isSeq(entries)) throw new SetUpError('the images of the overlay are no list')
  root.set('images', entries)
  for (const image of pinned) {
    if (!/^sha256:[0-9a-f]{64}$/.test(image.digest))
      throw new SetUpError(`${image.newName} has no digest: ${image.digest}`)
    const entry = document.createNode(image)
    const place = indexOf(entries, image.name)
    if (place === -1) entries.add(entry)
    else entries.set(place, entry)
  }
  return document.toString({ lineWidth: 0 })
}

const indexOf = (entries: YAMLSeq, name: string): number =>
  entries.items.findIndex((entry) => isMap(entry) && entry.get('name') === name)
