/** The graph's view of uploads. */
import type { Resolvers } from '#schema/generated/media-resolvers.ts'
import { requireIdentity } from '#runtime/graphql/request-identity.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import type { ReceivedFiles } from './received-files.ts'
import type { UploadSecrets } from './upload-secret.ts'
import { accountOf } from '#media/quotas/account.ts'
import type { OrderThrottles } from '#media/quotas/order-throttles.ts'
import type { Uploads } from './uploads.ts'

export interface UploadResolversDependencies {
  readonly uploads: Uploads
  readonly secrets: UploadSecrets
  readonly files: ReceivedFiles
  readonly replica: number
  readonly throttles: Pick<OrderThrottles, 'upload'>
}

export function createUploadResolvers({
  uploads,
  secrets,
  files,
  replica,
  throttles,
}: UploadResolversDependencies): Resolvers<SubgraphContext> {
  return {
    Query: {
      upload: (_, { id }, context) => uploads.readOwned(id, requireIdentity(context).userId),
    },
    Mutation: {
      createUpload: async (_, { input }, context) => {
        const account = accountOf(context)
        await throttles.upload(account)
        const upload = await uploads.create(account, input)
        context.log.info({ uploadId: upload._id, sizeBytes: upload.sizeBytes }, 'upload announced')
        return { upload }
      },
    },
    Upload: {
      __resolveReference: (reference, context) =>
        uploads.readOwned(reference.id, requireIdentity(context).userId),
      id: (upload) => upload._id,
      storedBytes: (upload) => {
        if (upload.status !== 'READY') return null
        return upload.purpose === 'COVER' ? upload.picture.sizeBytes : upload.stored.sizeBytes
      },
      url: (upload) =>
        upload.status === 'UPLOADING' ? secrets.urlOf(upload._id, upload.replica, upload.secretHash) : null,
      receivedBytes: async (upload) => {
        if (upload.status !== 'UPLOADING' || upload.replica !== replica) return upload.receivedBytes
        return (await files.sizeOf(upload.secretHash)) ?? upload.receivedBytes
      },
    },
  }
}
