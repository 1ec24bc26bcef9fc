/** The entities of a subgraph: what `_entities` finds by a key, whoever asks. */
import { isUnionType, type GraphQLObjectType } from 'graphql'
import { buildSubgraph } from '#runtime/graphql/build-subgraph.ts'

export async function entitiesOf(subgraph: 'auth' | 'media'): Promise<readonly GraphQLObjectType[]> {
  const all = (await buildSubgraph(subgraph, [], 1)).getType('_Entity')
  if (!isUnionType(all)) throw new Error(`${subgraph} has no entities`)
  return all.getTypes()
}
