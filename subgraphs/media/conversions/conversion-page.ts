/** Relay connection over an owner's conversions, newest first (Relay Cursor Connections specification). */
import * as z from 'zod'
import {
  conversionStatuses,
  type ConversionDocument,
  type ConversionStatus,
} from '#schema/documents/conversion-document.ts'
import { pageSize } from '#schema/limits.ts'
import type { Ledger } from '#ledger/ledger.ts'
import { inputError } from '#runtime/graphql/parse-input.ts'

export interface PageRequest {
  readonly first: number
  readonly after?: string | null | undefined
  readonly status?: readonly ConversionStatus[] | null | undefined
}

export interface ConversionPage {
  readonly edges: { readonly node: ConversionDocument; readonly cursor: string }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

const placeSchema = z.tuple([z.iso.datetime(), z.string()])

const cursorOf = ({ createdAt, _id }: ConversionDocument): string =>
  Buffer.from(JSON.stringify([createdAt.toISOString(), _id])).toString('base64url')

function placeOf(cursor: string): { createdAt: Date; id: string } {
  try {
    const [createdAt, id] = placeSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { createdAt: new Date(createdAt), id }
  } catch {
    throw inputError({ field: 'after', message: 'after must be a cursor of an earlier page.' })
  }
}

/** @throws DomainError BAD_USER_INPUT. */
export async function readConversionPage(
  ledger: Pick<Ledger, 'page'>,
  ownerId: string,
  { first, after, status }: PageRequest,
  signal?: AbortSignal,
): Promise<ConversionPage> {
  const { least, most } = pageSize
  if (first < least || first > most)
    throw inputError({ field: 'first', message: `first must be from ${least} to ${most}.` })
  const before = after == null ? null : placeOf(after)
  // One more than asked for tells whether a page follows.
  const found = await ledger.page({
    ownerId,
    statuses: status ?? conversionStatuses,
    before,
    limit: first + 1,
    ...(signal && { signal }),
  })
  const edges = found.slice(0, first).map((node) => ({ node, cursor: cursorOf(node) }))
  return {
    edges,
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: before !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
