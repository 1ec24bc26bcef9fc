/** What tests do with a graphql-ws client: follow a conversion, and see how a connection or an operation is refused. */
import assert from 'node:assert/strict'
import type { Client } from 'graphql-ws'

export const updates = `subscription($id: ID!, $after: Int) {
  conversionUpdated(id: $id, afterSequence: $after) { sequence type status conversion { progress { percent } owner { email emailVerified } } }
}`

export interface Update {
  readonly sequence: number
  readonly type: string
  readonly status: string
  readonly conversion: {
    readonly progress: { readonly percent: number } | null
    readonly owner: { readonly email: string }
  }
}

/** Each `next` is the next event, which must be there and be whole. */
export function follow(
  client: Client,
  variables: { id?: string; after?: number } = {},
): { next(): Promise<Update> } {
  const results = client.iterate<{ conversionUpdated: Update }>({
    query: updates,
    variables: { id: 'c1:ada', ...variables },
  })
  return {
    async next() {
      const result = await results.next()
      assert.equal(result.done, false, 'the subscription ended')
      assert.equal(result.value?.errors, undefined)
      return result.value.data!.conversionUpdated
    },
  }
}

export interface Refusal {
  readonly code: unknown
  readonly message: string
}

/** How an operation is refused. */
export async function refusal(
  client: Client,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Refusal> {
  const error = await rejection(client.iterate({ query, variables }).next())
  assert.ok(Array.isArray(error), `expected GraphQL errors, got ${String(error)}`)
  const [{ message, extensions }] = error as [{ message: string; extensions: { code: unknown } }]
  return { message, code: extensions.code }
}

/** The code a connection is closed with. */
export async function closeCode(promise: Promise<unknown>): Promise<number | undefined> {
  return ((await rejection(promise)) as { code?: number }).code
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    (value) => assert.fail(`expected a rejection, got ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )
}
