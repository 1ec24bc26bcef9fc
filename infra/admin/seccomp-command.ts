/** `earshot admin seccomp FILE`: makes the profile of components/older-kernel out of a container engine's own default. */
import { readFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import * as z from 'zod'
import { defaultProfileSchema, namespaceProfile, type Processor } from './namespace-profile.ts'
import { OperatorError } from './operator-error.ts'
import type { Output } from './terminal-text.ts'

const here: Processor = process.arch === 'arm64' ? 'arm64' : 'amd64'

export function addSeccompCommand(program: Command, output: Output): void {
  program
    .command('seccomp <file>')
    .description(
      'print the seccomp profile that lets bubblewrap run in a pod, made from the default profile of a container engine',
    )
    .addOption(new Option('--processor <name>', 'of the nodes').choices(['amd64', 'arm64']).default(here))
    .action(async (file: string, { processor }: { readonly processor: Processor }) => {
      const read = defaultProfileSchema.safeParse(parseJson(await readFile(file, 'utf8')))
      if (!read.success)
        throw new OperatorError(`${file} is no default profile of an engine: ${z.prettifyError(read.error)}`)
      output.write(`${JSON.stringify(namespaceProfile(read.data, processor), null, 2)}\n`)
    })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
