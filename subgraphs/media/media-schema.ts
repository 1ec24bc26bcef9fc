/** The executable schema of the media subgraph. */
import type { GraphQLSchema } from 'graphql'
import type { Resolvers } from '#schema/generated/media-resolvers.ts'
import { buildSubgraph } from '#runtime/graphql/build-subgraph.ts'
import { dateTimeScalar, safeIntScalar } from '#runtime/graphql/scalars.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'

const scalars = { DateTime: dateTimeScalar, SafeInt: safeIntScalar }

export const createMediaSchema = (
  features: readonly Resolvers<SubgraphContext>[],
  mostItems: number,
): Promise<GraphQLSchema> => buildSubgraph('media', [scalars, ...features], mostItems)
