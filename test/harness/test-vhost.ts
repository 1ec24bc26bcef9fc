/** A fresh virtual host of the broker for a test file, deleted at its end. */
import { randomUUID } from 'node:crypto'
import { askManagement } from './broker-management.ts'
import { testServer } from './environment.ts'

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
  const response = await askManagement(path, { method })
  if (!response.ok)
    throw new Error(`the broker's management answered ${response.status} to ${method} ${path}`)
}
