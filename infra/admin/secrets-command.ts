/** `earshot admin secrets`: fresh keys for an installation, or to rotate those it has. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { makeKubernetesSecrets } from '#infra/local/system/kubernetes-secrets.ts'
import { makeSecrets, makeStorePasswords } from '#infra/local/system/secrets.ts'
import { OperatorError } from './operator-error.ts'
import type { Output } from './terminal-text.ts'

interface SecretsOptions {
  readonly stores?: true
  readonly kubernetes?: string
  readonly members: number
}

export function addSecretsCommand(program: Command, output: Output): void {
  program
    .command('secrets')
    .description('print fresh keys of all services as NAME=VALUE, for a Secret or a file; keeps none of them')
    .option('--stores', 'also passwords for what infra/compose runs beside our services')
    .option(
      '--kubernetes <folder>',
      'instead write NAME.env there for each Secret of a cluster that runs the stores too',
    )
    .option('--members <n>', 'of MongoDB in that cluster', wholeNumber, 3)
    .action(async ({ stores, kubernetes, members }: SecretsOptions) => {
      if (kubernetes !== undefined) return await writeSecrets(kubernetes, members, output)
      const made = { ...makeSecrets(), ...(stores ? makeStorePasswords() : {}) }
      output.write(environmentFile(made))
    })
}

async function writeSecrets(folder: string, members: number, output: Output): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const [name, values] of Object.entries(makeKubernetesSecrets(members))) {
    const file = join(folder, `${name}.env`)
    await writeFile(file, environmentFile(values), { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      throw new OperatorError(`${file} is there already: what is bound to its keys would be lost with it`)
    })
    output.write(`${file}\n`)
  }
}

/** As `kubectl create secret --from-env-file` takes it: a line each, without quotes. */
const environmentFile = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')

function wholeNumber(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
