/** Composes the subgraphs' SDL into schema/generated/supergraph.graphql (the router's) and api.graphql (the clients'). */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { composeServices } from '@apollo/composition'
import { parse, printSchema } from 'graphql'

const folder = new URL('.', import.meta.url)
const names = ['auth', 'media'] as const

const services = await Promise.all(
  names.map(async (name) => ({
    name,
    // Where a subgraph lives is the router's setting; composition only wants some URL.
    url: `http://${name}.invalid/graphql`,
    typeDefs: parse(await readFile(new URL(`graphql/${name}.graphql`, folder), 'utf8')),
  })),
)
const composed = composeServices(services)
if (composed.errors) {
  for (const error of composed.errors) console.error(error.message)
  process.exit(1)
}
await mkdir(new URL('generated/', folder), { recursive: true })
await writeFile(new URL('generated/supergraph.graphql', folder), `${composed.supergraphSdl.trimEnd()}\n`)
const api = composed.schema.toAPISchema()
await writeFile(
  new URL('generated/api.graphql', folder),
  `${printSchema(api.toGraphQLJSSchema()).trimEnd()}\n`,
)
