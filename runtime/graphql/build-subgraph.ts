/** Builds the executable schema of a subgraph from its SDL and the resolvers of its features. */
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse, type GraphQLSchema } from 'graphql'
import { readSubgraphSdl, type SubgraphName } from '#schema/subgraph-sdl.ts'
import { limitItems } from './limit-items.ts'

/** Apollo's own type of resolvers, which it does not export. */
type SchemaModule = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number]
type ResolverMap = NonNullable<Extract<SchemaModule, { resolvers?: unknown }>['resolvers']>

/**
 * @param features Resolvers by type and field, as codegen types them; features may share a type, such as Query, but no field.
 * @param mostItems Of all lists of an answer together.
 */
export async function buildSubgraph(
  name: SubgraphName,
  features: readonly object[],
  mostItems: number,
): Promise<GraphQLSchema> {
  const sdl = await readSubgraphSdl(name)
  const resolvers: Record<string, object> = {}
  for (const feature of features)
    for (const [type, fields] of Object.entries(feature) as [string, object][])
      resolvers[type] = type in resolvers ? { ...resolvers[type], ...fields } : fields
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as ResolverMap }])
  return limitItems(schema, mostItems)
}
