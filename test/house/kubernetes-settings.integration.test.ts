/** The manifests give each process the settings and secrets that it needs, and nothing that it does not read. */
import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import type * as z from 'zod'
import { readSettings } from '#runtime/process/settings.ts'
import { checkout } from '#infra/local/folders.ts'
import { findKubectl } from '#infra/kubernetes/check/kubectl.ts'
import {
  renderOverlay,
  sharedSettings,
  workloadsOf,
  type Manifests,
  type Workload,
} from '#infra/kubernetes/check/manifest.ts'
import { readSecrets } from '#infra/local/system/secrets.ts'
import { serviceKinds } from '#infra/local/system/services.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { settingsOf } from './settings-of.ts'

const overlays = join(checkout, 'infra/kubernetes/overlays')
const mountedAt = '/run/secrets/earshot/'

for (const overlay of await readdir(overlays))
  describe(`the overlay ${overlay}`, () => {
    let manifests: Manifests
    let workloads: readonly Workload[]
    let common: Readonly<Record<string, string>>
    before(async () => {
      manifests = await renderOverlay(await findKubectl(), join(overlays, overlay))
      workloads = workloadsOf(manifests).filter(({ isOurs }) => isOurs)
      common = sharedSettings(manifests)
    })

    it('runs every process', () => {
      assert.deepEqual(workloads.map(({ name }) => name).toSorted(), serviceKinds.toSorted())
    })

    it('has no setting that nobody reads', async () => {
      const known = new Set(
        (await Promise.all(serviceKinds.map(settingsOf))).flatMap(({ shape }) => Object.keys(shape)),
      )
      const unread = Object.keys(common).filter((name) => !known.has(name.replace(/_FILE$/, '')))
      assert.deepEqual(unread, [])
    })

    for (const kind of serviceKinds) {
      it(`mounts for ${kind} the secrets that it reads, and no other`, async () => {
        const schema = await settingsOf(kind)
        assert.deepEqual(mountedFor(kind).toSorted(), secretsReadBy(schema, common).toSorted())
      })

      it(`gives ${kind} settings that it can start with`, async () => {
        const schema = await settingsOf(kind)
        await using directory = await createTemporaryDirectory()
        const values = await sampleSecrets(directory.path)
        const environment: NodeJS.ProcessEnv = { ...common, ...ownOf(kind) }
        for (const name of secretsReadBy(schema, common)) {
          assert.equal(common[`${name}_FILE`], `${mountedAt}${name}`)
          environment[`${name}_FILE`] = join(directory.path, name)
          await writeFile(join(directory.path, name), values[name] ?? '')
        }
        for (const name of Object.keys(common))
          if (name.endsWith('_FILE') && !(name.slice(0, -'_FILE'.length) in schema.shape))
            delete environment[name]
        assert.doesNotThrow(() => readSettings(schema, environment))
      })
    }

    const podOf = (kind: string) => workloads.find(({ name }) => name === kind)!.pod
    const mountedFor = (kind: string): string[] =>
      (podOf(kind).volumes ?? []).flatMap(({ secret }) => (secret?.items ?? []).map(({ key }) => key))
    /** A value that the cluster fills in is a number of the pod. */
    const ownOf = (kind: string) =>
      Object.fromEntries(
        (podOf(kind).containers[0]!.env ?? []).map(({ name, value }) => [name, value ?? '0']),
      )
  })

const secretsReadBy = (schema: z.ZodObject, common: Readonly<Record<string, string>>): string[] =>
  Object.keys(schema.shape).filter((name) => `${name}_FILE` in common)

async function sampleSecrets(directory: string): Promise<Readonly<Record<string, string>>> {
  const { settings } = await readSecrets(join(directory, 'secrets.json'))
  return {
    ...settings,
    MONGODB_URL: 'mongodb://earshot:word@mongodb-0.mongodb-members/earshot',
    RABBITMQ_URL: 'amqp://earshot:word@rabbitmq',
    SMTP_URL: 'smtp://inbox:1025',
  }
}
