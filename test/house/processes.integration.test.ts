/** A process has one entry in the registry: what else must be there for it, and fit it, is told here. */
import assert from 'node:assert/strict'
import { glob } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe, it } from 'node:test'
import { readSettings } from '#runtime/process/settings.ts'
import { layers } from '#infra/layers.ts'
import { checkout } from '#infra/local/folders.ts'
import { preferredPorts } from '#infra/local/processes/ports.ts'
import { readSecrets } from '#infra/local/system/secrets.ts'
import { serviceEnvironment, serviceKinds, services, type ServiceKind } from '#infra/local/system/services.ts'
import { settingsOf } from './settings-of.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'

/** Of Node and the libraries, not read by the declaration of a process's settings. */
const notSettings = [
  'PATH',
  'HOME',
  'LANG',
  'TZ',
  'TMPDIR',
  'NODE_EXTRA_CA_CERTS',
  'HTTPS_PROXY',
  'NODE_COMPILE_CACHE',
]

async function environmentOf(kind: ServiceKind): Promise<NodeJS.ProcessEnv> {
  await using directory = await createTemporaryDirectory()
  const secrets = await readSecrets(`${directory.path}/secrets.json`)
  const origins = Object.fromEntries(serviceKinds.map((name) => [name, 'http://127.0.0.1:4000']))
  return serviceEnvironment(kind, kind, {
    origins: origins as Record<ServiceKind, string>,
    mongodbUrl: 'mongodb://127.0.0.1/earshot',
    rabbitmqUrl: 'amqp://127.0.0.1',
    mail: { SMTP_URL: 'smtp://127.0.0.1' },
    secrets: secrets.settings,
    ffmpegPath: 'ffmpeg',
    ffprobePath: 'ffprobe',
    directory: directory.path,
  })
}

describe('the registry of processes', () => {
  it('has every main file of a service', async () => {
    const mains = await Array.fromAsync(glob('{subgraphs/*,workers/*,router}/main.ts', { cwd: checkout }))
    assert.deepEqual(mains.toSorted(), serviceKinds.map((kind) => services[kind].main).toSorted())
  })

  it('names each process as its layer is named', () => {
    for (const kind of serviceKinds) assert.equal(layers[kind]?.folder, dirname(services[kind].main))
  })

  it('prefers no port twice', () => {
    const ports = [
      ...Object.values(preferredPorts),
      ...serviceKinds.flatMap((kind) => services[kind].preferredPort ?? []),
      ...serviceKinds.map((kind) => services[kind].preferredMetricsPort),
    ]
    assert.equal(new Set(ports).size, ports.length)
  })

  for (const kind of serviceKinds)
    it(`gives ${kind} all the settings that it needs, and none that it does not read`, async () => {
      const schema = await settingsOf(kind)
      const environment = await environmentOf(kind)
      assert.doesNotThrow(() => readSettings(schema, { ...environment, PORT: '4000', METRICS_PORT: '4010' }))
      const unread = Object.keys(environment).filter(
        (name) => !(name in schema.shape) && !notSettings.includes(name),
      )
      assert.deepEqual(unread, [])
    })
})
