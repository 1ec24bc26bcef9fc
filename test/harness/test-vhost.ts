/** A fresh virtual host of the broker for a test file, deleted at its end. */
import { randomUUID } from 'node:crypto'
import { testServer } from '#test/harness/environment.ts'

export interface TestVhost extends AsyncDisposable {
  readonly url: string
}

export async function createTestVhost(): Promise<TestVhost> {
  const name = `test-${randomUUID()}`
  await manage('PUT', `/api/vhosts/${name}`)
  const url = new URL(testServer('TEST_RABBITMQ_URL'))
  url.pathname = `/${name}`
  return { url: url.href, [Symbol.asyncDispose]: () => manage('DELETE', `/api/vhosts/${name}`) }
}

async function manage(method: string, path: string): Promise<void> {
  const base = new URL(testServer('TEST_RABBITMQ_MANAGEMENT_URL'))
  const authorization = `Basic ${Buffer.from(`${base.username}:${base.password}`).toString('base64')}`
  const response = await fetch(new URL(path, base.origin), { method, headers: { authorization } })
  if (!response.ok)
    throw new Error(`the broker's management answered ${response.status} to ${method} ${path}`)
}
