/** Earshot by the overlay `production` in a namespace that held nothing before, by the very commands of OPERATIONS.md. */
import { existsSync } from 'node:fs'
import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { clientEnvironment, networkPrefix } from '#infra/cluster/node.ts'
import { places } from '#infra/cluster/places.ts'
import { runOrThrow } from '#infra/cluster/run-or-throw.ts'
import { checkout } from '#infra/local/folders.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import type { Steps } from '#infra/local/machine/steps.ts'
import { becomesReady, removeEarshot, services } from '#test/cluster/install-earshot.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'

export const overlay = join(import.meta.dirname, 'overlay')

/** What an operator writes into the file of secrets. */
const written = `MONGODB_URL=mongodb://mongodb.outside:27017/earshot
RABBITMQ_URL=amqps://earshot:only-for-tests@rabbitmq.outside:5671
SMTP_URL=smtps://inbox.outside:465
`

/** Where the commands of OPERATIONS.md leave the secrets. */
const secretsFile = join(checkout, 'secrets.env')

export async function installProduction(steps: Steps): Promise<void> {
  if (existsSync(secretsFile)) throw new SetUpError(`Move ${secretsFile} away: this makes one of its own`)
  await removeEarshot()
  await steps.run('stores and a mail server outside', async () => {
    await bringOutside()
    return { value: undefined }
  })
  try {
    await typeCommands(steps)
  } finally {
    await rm(secretsFile, { force: true })
  }
  await steps.run('everything of production becomes ready', async () => {
    for (const workload of services) await becomesReady(workload)
    return { value: undefined }
  })
}

async function typeCommands(steps: Steps): Promise<void> {
  const commands = await installCommands()
  for (const [index, command] of commands.entries()) {
    await steps.run(`command ${index + 1} of OPERATIONS.md`, async () => {
      await typed(command)
      return { value: undefined }
    })
    if (index === 0) await bringWhatIsYours()
  }
}

/** The lines of its first block, without what they say to a reader. */
async function installCommands(): Promise<readonly string[]> {
  const page = await readFile(join(checkout, 'OPERATIONS.md'), 'utf8')
  const [, block = ''] = /## Install\n.*?```sh\n(.*?)```/s.exec(page) ?? []
  const commands = block.trim().split('\n')
  if (commands.length !== 5) throw new Error(`OPERATIONS.md installs by ${commands.length} commands`)
  return commands.map((line) => line.replace(/ +# .*/, '').replace('YOUR-OVERLAY', overlay))
}

/** In the checkout, by a shell, with an editor that knows what to write. */
async function typed(command: string): Promise<void> {
  await using directory = await createTemporaryDirectory()
  const editor = join(directory.path, 'editor')
  await writeFile(editor, `#!/bin/sh\ncat >>"$1" <<'END'\n${written}END\n`)
  await chmod(editor, 0o700)
  const env = { ...clientEnvironment, EDITOR: editor }
  await runOrThrow([...(await networkPrefix()), 'bash', '-euc', command], { cwd: checkout, env })
}

const file = (name: string) => join(places.keys, name)

async function bringOutside(): Promise<void> {
  await kubectl(['create', 'namespace', 'outside'])
  await createCertificate('tls', 'outside')
  await kubectl(['apply', '--filename', join(import.meta.dirname, 'outside.yaml')])
  for (const name of ['mongodb', 'rabbitmq', 'inbox'])
    await kubectl(['rollout', 'status', `deployment/${name}`, '--namespace=outside', '--timeout=300s'])
}

/** What cert-manager and a company's own authority would bring, and what KEDA asks RabbitMQ by. */
export async function bringWhatIsYours(): Promise<void> {
  await createCertificate('earshot-tls', 'earshot')
  const url = 'KEDA_RABBITMQ_URL=http://earshot:only-for-tests@rabbitmq.outside:15672/%2F'
  const keda = ['earshot-keda', `--from-literal=${url}`, '--namespace=earshot']
  await kubectl(['create', 'secret', 'generic', ...keda])
  const authority = `--from-file=ca.crt=${file('ca.crt')}`
  await kubectl(['create', 'configmap', 'private-ca', authority, '--namespace=earshot'])
}

async function createCertificate(name: string, namespace: string): Promise<void> {
  const pair = [`--cert=${file('server.crt')}`, `--key=${file('server.key')}`]
  await kubectl(['create', 'secret', 'tls', name, ...pair, '--namespace', namespace])
}
