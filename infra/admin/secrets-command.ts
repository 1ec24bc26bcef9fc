/** `earshot admin secrets`: fresh keys for an installation, or to rotate those it has. */
import type { Command } from 'commander'
import { makeSecrets, makeStorePasswords } from '#infra/local/system/secrets.ts'
import type { Output } from './terminal-text.ts'

export function addSecretsCommand(program: Command, output: Output): void {
  program
    .command('secrets')
    .description('print fresh keys of all services as NAME=VALUE, for a Secret or a file; keeps none of them')
    .option('--stores', 'also passwords for what infra/compose runs beside our services')
    .action(({ stores = false }: { readonly stores?: boolean }) => {
      const made = { ...makeSecrets(), ...(stores ? makeStorePasswords() : {}) }
      for (const [name, value] of Object.entries(made)) output.write(`${name}=${value}\n`)
    })
}
