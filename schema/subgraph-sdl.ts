/** The SDL of a subgraph: its own file, and what the catalogue of error codes adds to it. */
import { readFile } from 'node:fs/promises'
import { errorCodesSdl } from '#schema/errors/error-codes-sdl.ts'

export const subgraphNames = ['auth', 'media'] as const
export type SubgraphName = (typeof subgraphNames)[number]

export async function readSubgraphSdl(name: SubgraphName): Promise<string> {
  const sdl = await readFile(new URL(import.meta.resolve(`#schema/graphql/${name}.graphql`)), 'utf8')
  // Media alone has fields of this type.
  return name === 'media' ? `${sdl}\n${errorCodesSdl}\n` : sdl
}
