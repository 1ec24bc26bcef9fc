/** Cancels what a user has ordered and no converter has begun. */
import * as operations from '#schema/generated/operations.ts'
import type { ApiUser } from '#test/harness/api-user.ts'

export async function cancelAll({ api }: ApiUser): Promise<void> {
  for (;;) {
    const { me } = await api.run(operations.ConversionsDocument, { first: 100, status: ['QUEUED'] })
    const waiting = me?.conversions?.edges.map(({ node }) => node.id) ?? []
    if (waiting.length === 0) return
    for (const id of waiting) await api.run(operations.CancelConversionDocument, { input: { id } })
  }
}
