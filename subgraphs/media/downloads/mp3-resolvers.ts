/** The graph's view of an MP3: its facts by their own names, and a link that lives 15 minutes. */
import type { Resolvers } from '#schema/generated/media-resolvers.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { downloadUrl, signLinkToken } from '#runtime/tokens/link-token.ts'

const linkLifetimeMs = 15 * 60_000

export interface Mp3ResolversDependencies {
  readonly publicUrl: string
  readonly linkKeys: RotatingKeys
  readonly now?: () => number
}

export function createMp3Resolvers({
  publicUrl,
  linkKeys,
  now = Date.now,
}: Mp3ResolversDependencies): Resolvers<SubgraphContext> {
  // Whole seconds, as in the token, so that both fields of one answer agree.
  const expiresAt = () => new Date(Math.floor((now() + linkLifetimeMs) / 1000) * 1000)
  return {
    Mp3: {
      expiresAt,
      downloadUrl: async ({ id: mp3Id, conversion: { _id: conversionId, linkGeneration } }) => {
        const subject = { conversionId, mp3Id, linkGeneration }
        return downloadUrl(publicUrl, await signLinkToken(subject, expiresAt(), linkKeys))
      },
    },
  }
}
