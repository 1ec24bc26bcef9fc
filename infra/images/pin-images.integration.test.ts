import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { describe, it } from 'node:test'
import { checkout } from '#infra/local/folders.ts'
import { findKubectl } from '#infra/kubernetes/check/kubectl.ts'
import { renderOverlay, workloadsOf } from '#infra/kubernetes/check/manifest.ts'
import { podProblems } from '#infra/kubernetes/check/pod-policies.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { pinImages, type PinnedImage } from './pin-images.ts'

const digest = (digit: string) => `sha256:${digit.repeat(64)}`
const pinned = (name: string, digit: string): PinnedImage => ({
  name: `localhost/earshot/${name}`,
  newName: `registry.example:5000/earshot/${name}`,
  digest: digest(digit),
})

const overlay = (resources: string) => `# Ours.
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [${resources}] # the base
images:
  - { name: localhost/earshot/auth, newName: registry.example/old, newTag: 0.0.9 }
  - { name: other, newTag: 1.2.3 }
`

describe('an overlay whose images are pinned', () => {
  it('runs what was pushed, by its digest and nothing else', async () => {
    await using folder = await createTemporaryDirectory()
    const production = relative(folder.path, join(checkout, 'infra/kubernetes/overlays/production'))
    const services = ['auth', 'media', 'router', 'converter', 'mailer']
    const text = pinImages(
      overlay(production),
      services.map((name) => pinned(name, 'a')),
    )
    await writeFile(join(folder.path, 'kustomization.yaml'), text)
    const workloads = workloadsOf(await renderOverlay(await findKubectl(), folder.path))
    const images = workloads.flatMap(({ pod }) => pod.containers.map(({ image }) => image))
    const due = services.map((name) => `registry.example:5000/earshot/${name}@${digest('a')}`)
    assert.deepEqual(new Set(images), new Set(due))
    assert.equal(images.length, due.length)
    assert.deepEqual(podProblems(workloads), [])
  })

  it('keeps its comments and its other images, and takes a later digest in the place of the one before', () => {
    const once = pinImages(overlay('../base'), [pinned('auth', 'a')])
    const twice = pinImages(once, [pinned('auth', 'b')])
    assert.ok(!twice.includes(digest('a')) && !twice.includes('newTag: 0.0.9'))
    assert.equal(twice.split(digest('b')).length, 2)
    for (const kept of ['# Ours.', '# the base', 'newTag: 1.2.3']) assert.ok(twice.includes(kept), kept)
  })

  it('is not written with what is no digest, nor where there is no overlay', () => {
    assert.throws(
      () => pinImages(overlay('../base'), [{ ...pinned('auth', 'a'), digest: 'latest' }]),
      /no digest/,
    )
    assert.throws(() => pinImages('kind: ConfigMap', []), /no Kustomization/)
  })
})
