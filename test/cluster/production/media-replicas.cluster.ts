/** Each replica of media has a disk of its own, and takes bytes for every other. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { it } from 'node:test'
import * as operations from '#schema/generated/operations.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { podAddress } from '#test/cluster/cluster-addresses.ts'
import { startClusterScene } from '#test/cluster/cluster-scene.ts'
import { becomesReady } from '#test/cluster/install-earshot.ts'
import { production } from '#test/cluster/installation.ts'
import { newKey } from '#test/harness/api-client.ts'
import * as client from '#test/harness/api-user.ts'

it('an upload that one replica of media began goes on through another, onto the same disk', async () => {
  await using scene = await startClusterScene(production)
  await waitUntil('there are two replicas', async () => (await podAddress('media-1')) !== '', {
    withinMs: 120_000,
  })
  await becomesReady('statefulset/media')
  const bytes = await readFile(scene.short)
  const input = { filename: 'talk.mp4', sizeBytes: bytes.length, idempotencyKey: newKey() }
  const { createUpload } = await scene.user.api.run(operations.CreateUploadDocument, { input })
  const { id, url } = createUpload.upload
  const { pathname } = new URL(url!)
  const own = Number(/^\/uploads\/(\d+)\//.exec(pathname)?.[1])
  const at = async (replica: number) => `http://${await podAddress(`media-${replica}`)}:8080${pathname}`
  const [here, there] = [await at(own), await at(own === 0 ? 1 : 0)]
  const half = bytes.length >> 1
  assert.equal((await client.sendBytes(here, bytes.subarray(0, half))).status, 204)
  assert.equal(await client.receivedOffset(there), half)
  assert.equal((await client.sendBytes(there, bytes.subarray(half), half)).status, 204)
  assert.equal((await client.checkedUpload(scene.user.api, id)).status, 'READY')
})
