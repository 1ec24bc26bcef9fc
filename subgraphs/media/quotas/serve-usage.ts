/** The graph's view of what a user may use, and has used. */
import type { Resolvers } from '#schema/generated/media-resolvers.ts'
import type { Ledger } from '#ledger/ledger.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import { unfinishedOf } from '#media/conversions/allow-conversion.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'
import { accountOf } from './account.ts'
import type { UsedOfLimit } from './daily-usage.ts'
import type { QuotaParts } from './start-quotas.ts'

export interface ServeUsageDependencies {
  readonly quotas: Pick<QuotaParts, 'usage' | 'settings'>
  readonly uploadStore: Pick<UploadStore, 'underWayOf'>
  readonly ledger: Pick<Ledger, 'count'>
}

export function serveUsage({ quotas: { usage, settings }, uploadStore, ledger }: ServeUsageDependencies): {
  readonly resolvers: Resolvers<SubgraphContext>
} {
  const unfinished = async (ownerId: string): Promise<UsedOfLimit[]> => {
    const [uploads, conversions] = await Promise.all([
      uploadStore.underWayOf(ownerId),
      unfinishedOf(ledger, ownerId),
    ])
    return (
      [
        ['UPLOADS_UNDER_WAY', settings.MOST_UPLOADS_UNDER_WAY, uploads.count],
        ['UPLOAD_BYTES_UNDER_WAY', settings.MOST_UPLOAD_BYTES_UNDER_WAY, uploads.sizeBytes],
        ['CONVERSIONS_UNFINISHED', settings.MOST_CONVERSIONS_UNFINISHED, conversions],
      ] as const
    ).map(([name, allowed, used]) => ({ name, allowed, used, until: null }))
  }
  return {
    resolvers: {
      User: {
        usage: async ({ id }, _, context) => {
          const account = accountOf(context)
          if (account.userId !== id) throw new DomainError('NOT_FOUND')
          return { limits: [...(await unfinished(id)), ...(await usage.read(account))] }
        },
      },
    },
  }
}
