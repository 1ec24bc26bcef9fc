/** Disks fill up under load and are freed again: what is new is refused, and nothing that was accepted is lost. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { print } from 'graphql'
import { CreateUploadDocument } from '#schema/generated/operations.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { assertAllSucceeded } from './assert-succeeded.ts'
import { startOwnMongo } from './own-stores.ts'
import { testScenario } from './scenario.ts'
import { startScene } from './scene.ts'
import { newKey } from '#test/harness/api-client.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { mountSmallDisk } from '#test/harness/small-disk.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'
import { makeTone } from '#test/harness/tone.ts'

/** A converter looks at its disk every 5 s; on a slow machine a job that has room goes on for much longer. */
const noticedByMs = 120_000

testScenario('full disk under uploads and jobs', { faults: { short: 1, long: 10 } }, async (fills, say) => {
  await using disk = await mountSmallDisk(128)
  await using scene = await startScene()
  const path = await makeTone(scene.directory, { minutes: 6 })
  const reserve = { DISK_RESERVE_BYTES: String(8 * 1024 ** 2) }
  const converter = scene.service('converter')
  await scene.service('media').restart({ UPLOAD_DIRECTORY: join(disk.path, 'uploads'), ...reserve })
  await converter.restart({ WORK_DIRECTORY: join(disk.path, 'work'), ...reserve })
  for (let fill = 0; fill < fills; fill++) {
    const ordering = Promise.all([1, 2].map(() => scene.order(path)))
    const takeHeld = async () => {
      const jobs = await scene.heldBy(converter)
      return jobs.length > 0 && jobs
    }
    const held = await waitUntil('the converter has a job', takeHeld, { everyMs: 20 })
    await scene.strike(held, async () => {
      await disk.fill()
      const input = { filename: 'one-more.mp4', sizeBytes: 1, idempotencyKey: newKey() }
      const answer = await scene.user.api.ask(print(CreateUploadDocument), { input })
      assert.equal(answer.errors?.[0]?.extensions?.code, 'STORAGE_FULL')
      const idle = async () => (await scene.heldBy(converter)).length === 0
      await waitUntil('its jobs have ended, or were given back', idle, { withinMs: noticedByMs })
      await disk.free()
    })
    // The next fill would put off again what this one has.
    for (const id of await ordering) await scene.finished(id)
  }
  const verdict = await scene.judge()
  assertAllSucceeded(verdict)
  assert.ok(verdict.documents.every(({ failures, crashes }) => failures === 0 && crashes === 0))
  const released = verdict.documents.flatMap(({ events }) => events.filter(({ type }) => type === 'REQUEUED'))
  say(`${released.length} times a job was given back for want of room`)
  return verdict
})

testScenario('full disk under the database', { faults: { short: 1, long: 10 } }, async (fills) => {
  await using disk = await mountSmallDisk(512)
  await using own = await startOwnMongo({ directory: disk.path })
  await using vhost = await createTestVhost()
  await using scene = await startScene({ stores: { mongodbUrl: own.url, rabbitmqUrl: vhost.url } })
  const path = await makeSample(scene.directory, 'mp4-aac')
  const pids = scene.pids()
  for (let fill = 0; fill < fills; fill++) {
    const ordering = Promise.all([1, 2, 3].map(() => scene.order(path)))
    await scene.strike([], async () => {
      await disk.fill()
      const refuses = async () => !(await canWrite(scene.database))
      await waitUntil('the database notices', refuses, { withinMs: noticedByMs })
      await disk.free()
      // A server that met a full disk has stopped to save what it has: it wants a new start, as mongod does.
      await own.kill()
      await scene.ready()
    })
    await ordering
  }
  const verdict = await scene.judge()
  assertAllSucceeded(verdict)
  assert.deepEqual(scene.pids(), pids, 'no process of ours had to be started again')
  return verdict
})

async function canWrite(database: Awaited<ReturnType<typeof startScene>>['database']): Promise<boolean> {
  const filler = { bytes: Buffer.alloc(1024 * 1024) }
  return await database
    .collection('filler')
    .insertOne(filler)
    .then(
      () => true,
      () => false,
    )
}
