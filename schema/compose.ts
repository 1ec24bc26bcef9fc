/** Composes the subgraphs' SDL into the supergraph, which the router reads, and the schema that clients see. */
import { composeServices } from '@apollo/composition'
import { parse, printSchema } from 'graphql'
import { readSubgraphSdl, subgraphNames } from './subgraph-sdl.ts'

export interface ComposedSchema {
  readonly supergraph: string
  readonly api: string
}

/** @throws Error that says where the subgraphs do not fit together. */
export async function compose(): Promise<ComposedSchema> {
  const services = await Promise.all(
    subgraphNames.map(async (name) => ({
      name,
      // Where a subgraph lives is the router's setting; composition only wants some URL.
      url: `http://${name}.invalid/graphql`,
      typeDefs: parse(await readSubgraphSdl(name)),
    })),
  )
  const composed = composeServices(services)
  if (composed.errors) throw new Error(composed.errors.map(({ message }) => message).join('\n'))
  const api = printSchema(composed.schema.toAPISchema().toGraphQLJSSchema())
  return { supergraph: `${composed.supergraphSdl.trimEnd()}\n`, api: `${api.trimEnd()}\n` }
}
