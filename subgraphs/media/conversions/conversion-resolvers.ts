/** The graph's view of conversions. */
import type { Resolvers } from '#schema/generated/media-resolvers.ts'
import type { Ledger } from '#ledger/ledger.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { requireIdentity } from '#runtime/graphql/request-identity.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import { createReadPage } from './read-pages.ts'
import type { Conversions } from './conversions.ts'
import { shownMail, type ReadMail } from './mail-reader.ts'
import type { RequestResend } from './request-resend.ts'
import { accountOf } from '#media/quotas/account.ts'
import type { OrderThrottles } from '#media/quotas/order-throttles.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'

export interface ConversionResolversDependencies {
  readonly conversions: Conversions
  readonly ledger: Pick<Ledger, 'page'>
  readonly uploadStore: Pick<UploadStore, 'read'>
  readonly readMail: ReadMail
  readonly requestResend: RequestResend
  readonly throttles: Pick<OrderThrottles, 'conversion'>
}

export function createConversionResolvers(
  dependencies: ConversionResolversDependencies,
): Resolvers<SubgraphContext> {
  const { conversions, ledger, uploadStore, readMail, requestResend, throttles } = dependencies
  const readPage = createReadPage(ledger)
  return {
    Query: {
      conversion: (_, { id }, context) => conversions.readOwned(id, requireIdentity(context).userId),
    },
    Mutation: conversionMutations(conversions, requestResend, throttles),
    User: {
      __resolveReference: ({ id }) => ({ id }),
      conversions: (user, page, context) => {
        if (requireIdentity(context).userId !== user.id) throw new DomainError('NOT_FOUND')
        return readPage(context, user.id, page)
      },
    },
    Conversion: {
      __resolveReference: (reference, context) =>
        conversions.readOwned(reference.id, requireIdentity(context).userId),
      id: (conversion) => conversion._id,
      owner: (conversion) => ({ id: conversion.ownerId }),
      upload: (conversion) => uploadStore.read(conversion.source.uploadId),
      filename: (conversion) => conversion.source.filename,
      sequence: (conversion) => conversion.revision,
      audioTrack: (conversion) => conversion.source.track,
      mp3s: (conversion) => conversion.mp3s.map((mp3) => ({ ...mp3, conversion })),
      mail: async (conversion) => shownMail(conversion, await readMail(conversion)),
    },
  }
}

function conversionMutations(
  conversions: Conversions,
  requestResend: RequestResend,
  throttles: Pick<OrderThrottles, 'conversion'>,
): NonNullable<Resolvers<SubgraphContext>['Mutation']> {
  const ownerOf = (context: SubgraphContext) => requireIdentity(context).userId
  return {
    startConversion: async (_, { input }, context) => {
      const account = accountOf(context)
      await throttles.conversion(account)
      const conversion = await conversions.start(account, input, context.requestId)
      context.log.info({ conversionId: conversion._id, uploadId: input.uploadId }, 'conversion queued')
      return { conversion }
    },
    cancelConversion: async (_, { input }, context) => {
      const conversion = await conversions.cancel(input.id, ownerOf(context))
      context.log.info({ conversionId: conversion._id }, 'conversion cancelled')
      return { conversion }
    },
    retryConversion: async (_, { input }, context) => {
      const account = accountOf(context)
      await throttles.conversion(account)
      const { idempotencyKey } = input
      const conversion = await conversions.retry(input.id, account, idempotencyKey, context.requestId)
      context.log.info({ conversionId: conversion._id, retryOf: input.id }, 'conversion retried')
      return { conversion }
    },
    deleteConversion: async (_, { input }, context) => {
      await conversions.delete(input.id, ownerOf(context))
      context.log.info({ conversionId: input.id }, 'conversion deleted')
      return { deletedId: input.id }
    },
    revokeDownloadLinks: async (_, { input }, context) => {
      const conversion = await conversions.revokeLinks(input.id, ownerOf(context))
      context.log.info({ conversionId: conversion._id }, 'download links revoked')
      return { conversion }
    },
    resendMail: async (_, { input }, context) => {
      const conversion = await conversions.readOwned(input.conversionId, ownerOf(context))
      await requestResend(conversion, context.requestId)
      context.log.info({ conversionId: conversion._id }, 'the mailer was asked to send a mail again')
      return { conversion }
    },
  }
}
