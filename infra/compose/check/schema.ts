/** compose.yaml against the schema of the Compose specification, which dclint brings, and its rules on ports. */
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DCLinter } from 'dclint'
import { stringify } from 'yaml'
import type { Compose } from './read-compose.ts'

/** On matters of taste, or said more exactly by our own. */
const unwanted = [
  'no-build-and-image',
  'no-quotes-in-volumes',
  'require-quotes-in-ports',
  'service-dependencies-alphabetical-order',
  'service-image-require-explicit-tag',
  'service-keys-order',
  'service-ports-alphabetical-order',
  'services-alphabetical-order',
  'top-level-properties-order',
] as const

interface Linted {
  readonly messages: readonly { readonly message: string }[]
}

/** @param compose Not yet known to be one. */
export async function schemaProblems(compose: Compose): Promise<string[]> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'earshot-compose-'))
  const file = join(folder.path, 'compose.yaml')
  await writeFile(file, stringify(compose, { aliasDuplicateObjects: false }))
  const rules = Object.fromEntries(unwanted.map((name) => [name, 0 as const]))
  const linter = new DCLinter({ rules, quiet: false, debug: false, exclude: [] })
  // Its own types do not say what these are.
  const results: readonly Linted[] = linter.lintFiles([file], false)
  return results.flatMap(({ messages }) => messages.map(({ message }) => message))
}
