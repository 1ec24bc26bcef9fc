/**
 * Reads the pages that one operation asks for: each once, and not many. `Conversion.owner` leads back to the list, so that an
 * operation of a few hundred bytes asks for the same page at a million places.
 */
import { DomainError } from '#runtime/domain-error.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import type { Ledger } from '#ledger/ledger.ts'
import { readConversionPage, type ConversionPage, type PageRequest } from './conversion-page.ts'

/** Of one operation. */
export const mostPages = 5

export type ReadPage = (
  context: Pick<SubgraphContext, 'signal'>,
  ownerId: string,
  request: PageRequest,
) => Promise<ConversionPage>

/** What it gives throws DomainError BAD_USER_INPUT, OPERATION_LIMIT_EXCEEDED; the signal's reason. */
export function createReadPage(ledger: Pick<Ledger, 'page'>): ReadPage {
  const pagesOf = new WeakMap<object, Map<string, Promise<ConversionPage>>>()
  return async (context, ownerId, request) => {
    const pages = pagesOf.get(context) ?? new Map<string, Promise<ConversionPage>>()
    pagesOf.set(context, pages)
    const { first, after, status } = request
    const key = JSON.stringify([ownerId, first, after ?? null, status ?? null])
    const known = pages.get(key)
    if (known !== undefined) return await known
    context.signal.throwIfAborted()
    if (pages.size >= mostPages)
      throw new DomainError(
        'OPERATION_LIMIT_EXCEEDED',
        `An operation may read ${mostPages} different pages of conversions; ask for more in another one.`,
        { details: { limit: 'pages', allowed: mostPages, actual: null } },
      )
    const page = readConversionPage(ledger, ownerId, request, context.signal)
    pages.set(key, page)
    return await page
  }
}
