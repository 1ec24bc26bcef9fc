/** Makes what is in schema/generated, and writes nothing. */
import { basename } from 'node:path'
import { generate as runCodegen } from '@graphql-codegen/cli'
import config, { composed } from './codegen.ts'

/** Each file's text by its name. */
export async function generate(): Promise<ReadonlyMap<string, string>> {
  const files: { filename: string; content: string }[] = await runCodegen(config, false)
  return new Map([
    ['supergraph.graphql', composed.supergraph],
    ['api.graphql', composed.api],
    ...files.map(({ filename, content }) => [basename(filename), content] as const),
  ])
}
