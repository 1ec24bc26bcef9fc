/** Every overlay and component as the API server itself reads it, with the definitions of all custom resources. */
import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { findKubectl } from '#infra/kubernetes/check/kubectl.ts'
import { renderOverlay, type Manifest } from '#infra/kubernetes/check/manifest.ts'
import { checkout } from '#infra/local/folders.ts'

const folder = join(checkout, 'infra/kubernetes')
const overlays = [
  ...(await readdir(join(folder, 'overlays'))).map((name) => join(folder, 'overlays', name)),
  // With both overlays, it has every component.
  join(folder, 'check/testing/other-components'),
]

/** Nothing of this name is there, so everything is judged as new. */
const namespace = 'judged'

describe('the API server', () => {
  before(() => kubectl(['create', 'namespace', namespace]))
  after(() => kubectl(['delete', 'namespace', namespace]))

  for (const overlay of overlays)
    it(`takes everything of ${overlay.slice(folder.length + 1)}`, async () => {
      const manifests = await renderOverlay(await findKubectl(), overlay)
      const items = manifests.filter(({ kind }) => kind !== 'Namespace').map(movedThere)
      const how = ['--server-side', '--dry-run=server', '--validate=strict', '--output=name']
      const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
      const taken = await kubectl(['apply', ...how, '--filename', '-'], list)
      assert.equal(taken.trim().split('\n').length, items.length)
    })

  it('refuses what a definition does not know', async () => {
    const manifests = await renderOverlay(await findKubectl(), join(folder, 'overlays/production'))
    const route = manifests.find(({ kind }) => kind === 'HTTPRoute')!
    const wrong = { ...movedThere(route), spec: { ...route['spec'], hostnamess: [] } }
    const how = ['--server-side', '--dry-run=server', '--validate=strict', '--filename', '-']
    await assert.rejects(kubectl(['apply', ...how], JSON.stringify(wrong)), /hostnamess/)
  })
})

const movedThere = (manifest: Manifest): object => ({
  ...manifest,
  metadata: { ...manifest.metadata, namespace },
})
