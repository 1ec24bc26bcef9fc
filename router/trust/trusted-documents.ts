/** Lets only known operations run, those of a manifest: for who serves clients of its own alone, and no stranger's. */
import { createHash } from 'node:crypto'
import { parse, print, separateOperations, type DocumentNode } from 'graphql'
import * as z from 'zod'
import { DomainError } from '#runtime/domain-error.ts'
import type { JudgeOperation } from '#router/guard/operation-guard.ts'

const manifestSchema = z.object({
  format: z.literal('earshot-trusted-documents'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), name: z.string(), body: z.string() })),
})

export type TrustedDocuments = z.infer<typeof manifestSchema>

/** @param texts GraphQL files: each operation is taken with the fragments that it needs. @throws where one is no GraphQL. */
export function manifestOf(texts: readonly string[]): TrustedDocuments {
  const separate = separateOperations(parse(texts.join('\n')))
  const operations = Object.entries(separate).map(([name, document]) => {
    return { id: idOf(document), name, body: print(document) }
  })
  return { format: 'earshot-trusted-documents', version: 1, operations }
}

export const readManifest = (text: string): TrustedDocuments => manifestSchema.parse(JSON.parse(text))

/** Judges as before, and then refuses what the manifest does not have. */
export function trustOnly(manifest: TrustedDocuments, judge: JudgeOperation): JudgeOperation {
  const trusted = new Set(manifest.operations.map(({ id }) => id))
  // The size comes first: it bounds what the comparison costs.
  return (operation, charge) =>
    judge(operation, charge) ?? (isTrusted(operation.query, trusted) ? null : untrusted())
}

function isTrusted(query: unknown, trusted: ReadonlySet<string>): boolean {
  if (typeof query !== 'string') return false
  try {
    return trusted.has(idOf(parse(query, { noLocation: true })))
  } catch {
    return false
  }
}

/** The same however a client lays its text out, and in whatever order it puts operation and fragments. */
function idOf({ definitions }: DocumentNode): string {
  const canonical = definitions.map((definition) => print(definition)).toSorted()
  return createHash('sha256').update(canonical.join('\n')).digest('hex')
}

const untrusted = () => new DomainError('OPERATION_NOT_TRUSTED')
