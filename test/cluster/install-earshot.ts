/** Earshot in a namespace that held nothing before, by the commands that an operator would type. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { places } from '#infra/cluster/places.ts'
import type { Steps } from '#infra/local/machine/steps.ts'
import { readSecrets } from '#infra/local/system/secrets.ts'
import { checkout } from '#infra/local/folders.ts'

export const services = [
  'deployment/auth',
  'statefulset/media',
  'deployment/mailer',
  'deployment/converter',
  'deployment/router',
]

/** Of the overlay for tests, in the order in which they need each other. */
export const workloads = ['statefulset/mongodb', 'statefulset/rabbitmq', 'deployment/inbox', ...services]

const stores = {
  MONGODB_URL: 'mongodb://mongodb-0.mongodb-members:27017/earshot',
  RABBITMQ_URL: 'amqp://earshot:only-for-tests@rabbitmq:5672',
  SMTP_URL: 'smtp://inbox:1025?requireTLS=false',
}

export async function installEarshot(steps: Steps): Promise<void> {
  await removeEarshot()
  await steps.run('Earshot into an empty namespace', async () => {
    await kubectl(['apply', '--filename', join(checkout, 'infra/kubernetes/base/namespace.yaml')])
    await kubectl(['apply', '--filename', '-'], JSON.stringify(await secret()))
    await kubectl(['apply', '--kustomize', join(import.meta.dirname, 'overlay')])
    for (const name of workloads) await becomesReady(name)
    return { value: undefined }
  })
}

/** With all that it had, and what production found outside. */
export async function removeEarshot(): Promise<void> {
  await kubectl(['delete', 'namespace', 'earshot', 'outside', '--ignore-not-found', '--timeout=300s'])
}

async function secret() {
  const { settings } = await readSecrets(join(places.home, 'secrets.json'))
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'earshot', namespace: 'earshot' },
    stringData: { ...settings, ...stores },
  }
}

/** @throws SetUpError, with what the namespace looked like, where it does not. */
export async function becomesReady(workload: string): Promise<void> {
  try {
    await kubectl([...inNamespace, 'rollout', 'status', workload, '--timeout=300s'])
  } catch (error) {
    process.stderr.write(await kubectl([...inNamespace, 'get', 'pods', '--output=wide']))
    process.stderr.write(await kubectl([...inNamespace, 'get', 'events', '--sort-by=.lastTimestamp']))
    throw error
  }
}

/** Of the images under test. */
export async function ownTag(): Promise<string> {
  const page = await readFile(join(checkout, 'package.json'), 'utf8')
  return (JSON.parse(page) as { version: string }).version
}

export const inNamespace = ['--namespace=earshot']
