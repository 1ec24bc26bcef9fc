/** The executable schema of the media subgraph: its SDL and every feature's resolvers. */
import { readFile } from 'node:fs/promises'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse, type GraphQLSchema } from 'graphql'
import type { Resolvers } from '#schema/generated/media-resolvers.ts'
import { dateTimeScalar, safeIntScalar } from '#runtime/graphql/scalars.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'

type MediaResolvers = Resolvers<SubgraphContext>
/** Apollo's own type of resolvers, which it does not export. */
type SchemaModule = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number]
type ResolverMap = Extract<SchemaModule, { resolvers?: unknown }>['resolvers']

export async function createMediaSchema(features: readonly MediaResolvers[]): Promise<GraphQLSchema> {
  const sdl = await readFile(new URL(import.meta.resolve('#schema/graphql/media.graphql')), 'utf8')
  const merged: Record<string, Record<string, unknown>> = {}
  for (const feature of features) {
    for (const [type, fields] of Object.entries(feature))
      merged[type] = Object.assign(merged[type] ?? {}, fields)
  }
  const resolvers = {
    ...merged,
    DateTime: dateTimeScalar,
    SafeInt: safeIntScalar,
  } as NonNullable<ResolverMap>
  return buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }])
}
