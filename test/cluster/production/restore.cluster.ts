/** A backup that the image `admin` took is restored by it into an empty cluster, and everybody goes on. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { it } from 'node:test'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { checkout } from '#infra/local/folders.ts'
import * as operations from '#schema/generated/operations.ts'
import { inDatabase, startClusterScene } from '#test/cluster/cluster-scene.ts'
import { becomesReady, inNamespace, services } from '#test/cluster/install-earshot.ts'
import { production, untilAnswered } from '#test/cluster/installation.ts'
import * as client from '#test/harness/api-user.ts'
import { runAdmin } from './admin-pod.ts'
import { bringWhatIsYours, overlay } from './install-production.ts'

const outside = '--namespace=outside'

/** Their disks are their pods' own. */
async function emptyStores(): Promise<void> {
  for (const store of ['mongodb', 'rabbitmq']) {
    await kubectl([outside, 'rollout', 'restart', `deployment/${store}`])
    await kubectl([outside, 'rollout', 'status', `deployment/${store}`, '--timeout=180s'])
  }
  const collections = await inDatabase(production, (database) => database.listCollections().toArray())
  assert.deepEqual(collections, [])
}

it('what was converted before a backup is downloaded after it was restored into an empty cluster', async () => {
  await using scene = await startClusterScene(production)
  const { user } = scene
  const { conversion } = await client.convertFile(user, scene.short)
  await runAdmin('backup', 'one')
  const secret = await kubectl([...inNamespace, 'get', 'secret/earshot', '--output', 'jsonpath={.data}'])

  await kubectl(['delete', 'namespace', 'earshot', '--timeout=300s'])
  await emptyStores()
  assert.match(await runAdmin('restore', 'one'), /is restored\. Start the services now/)
  await kubectl(['apply', '--filename', join(checkout, 'infra/kubernetes/base/namespace.yaml')])
  const data: unknown = JSON.parse(secret)
  const kept = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'earshot' }, data }
  await kubectl([...inNamespace, 'apply', '--filename', '-'], JSON.stringify(kept))
  await bringWhatIsYours()
  await kubectl(['apply', '--kustomize', overlay])
  for (const workload of services) await becomesReady(workload)
  await untilAnswered(production)

  const input = { refreshToken: user.refreshToken }
  const { refreshSession } = await user.api.run(operations.RefreshSessionDocument, { input })
  user.api.token = refreshSession.session!.accessToken
  const { conversion: restored } = await user.api.run(operations.ConversionDocument, { id: conversion.id })
  const mp3 = Buffer.from(await (await fetch(restored!.mp3s[0]!.downloadUrl)).arrayBuffer())
  assert.equal(createHash('sha256').update(mp3).digest('hex'), conversion.mp3s[0]!.sha256)
})
