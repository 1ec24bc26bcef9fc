/** The graph's subscriptions. */
import type { Resolvers } from '#schema/generated/media-resolvers.ts'
import type { ConversionUpdateSource } from '#schema/resolvers/conversion-update.ts'
import { inputError } from '#runtime/graphql/parse-input.ts'
import { requireIdentity } from '#runtime/graphql/request-identity.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import type { Conversions } from '#media/conversions/conversions.ts'
import { conversionUpdates } from './conversion-updates.ts'
import type { LiveHub } from './live-hub.ts'

export interface LiveResolversDependencies {
  readonly hub: LiveHub
  readonly conversions: Pick<Conversions, 'readOwned'>
}

export function createLiveResolvers({
  hub,
  conversions,
}: LiveResolversDependencies): Resolvers<SubgraphContext> {
  return {
    Subscription: {
      conversionUpdated: {
        subscribe: async (_, { id, afterSequence }, context) => {
          const ownerId = requireIdentity(context).userId
          if (afterSequence != null && afterSequence < 0)
            throw inputError({ field: 'afterSequence', message: 'afterSequence must not be negative.' })
          // An unknown or foreign id is refused before anything is streamed.
          await conversions.readOwned(id, ownerId)
          const readConversion = (conversionId: string) => conversions.readOwned(conversionId, ownerId)
          return conversionUpdates({ hub, readConversion }, id, afterSequence ?? null)
        },
        resolve: (update: ConversionUpdateSource) => update,
      },
    },
  }
}
