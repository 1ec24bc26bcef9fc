/** The graph's view of an MP3: its facts by their own names, and a link that lives 15 minutes. */
import type { Resolvers } from '#schema/generated/media-resolvers.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import type { Ledger } from '#ledger/ledger.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { downloadUrl, signLinkToken } from '#runtime/tokens/link-token.ts'

const linkLifetimeMs = 15 * 60_000

export interface Mp3ResolversDependencies {
  readonly publicUrl: string
  readonly linkKeys: RotatingKeys
  readonly ledger: Pick<Ledger, 'markLinksGiven'>
  readonly now?: () => number
}

export function createMp3Resolvers({
  publicUrl,
  linkKeys,
  ledger,
  now = Date.now,
}: Mp3ResolversDependencies): Resolvers<SubgraphContext> {
  // Whole seconds, as in the token, so that both fields of one answer agree.
  const expiresAt = () => new Date(Math.floor((now() + linkLifetimeMs) / 1000) * 1000)
  /** Once for all MP3s of a conversion that one operation asks for. */
  const marking = new WeakMap<ConversionDocument, Promise<void>>()
  const marked = (conversion: ConversionDocument): Promise<void> => {
    const found = marking.get(conversion)
    if (found !== undefined) return found
    const { _id, linkGeneration, linksGiven } = conversion
    const made = linksGiven ? Promise.resolve() : ledger.markLinksGiven(_id, linkGeneration)
    marking.set(conversion, made)
    return made
  }
  /** Once for all names under which one operation asks for it. */
  const links = new WeakMap<ConversionDocument, Map<string, Promise<string>>>()
  const linkTo = (conversion: ConversionDocument, mp3Id: string, until: Date): Promise<string> => {
    const made = links.get(conversion) ?? new Map<string, Promise<string>>()
    links.set(conversion, made)
    const { _id: conversionId, linkGeneration } = conversion
    const key = `${mp3Id} ${until.getTime()}`
    const token = made.get(key) ?? signLinkToken({ conversionId, mp3Id, linkGeneration }, until, linkKeys)
    made.set(key, token)
    return token
  }
  return {
    Mp3: {
      expiresAt,
      downloadUrl: async ({ id: mp3Id, conversion }) => {
        await marked(conversion)
        return downloadUrl(publicUrl, await linkTo(conversion, mp3Id, expiresAt()))
      },
    },
  }
}
