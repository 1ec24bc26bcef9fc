/** `earshot admin secrets`: fresh keys for an installation, or to rotate those it has. */
import type { Command } from 'commander'
import { makeSecrets } from '#infra/local/system/secrets.ts'
import type { Output } from './terminal-text.ts'

export function addSecretsCommand(program: Command, output: Output): void {
  program
    .command('secrets')
    .description('print fresh keys of all services as NAME=VALUE, for a Secret or a file; keeps none of them')
    .action(() => {
      for (const [name, value] of Object.entries(makeSecrets())) output.write(`${name}=${value}\n`)
    })
}
