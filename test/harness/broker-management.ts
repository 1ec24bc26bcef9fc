/** The HTTP API of a broker, by which tests make virtual hosts and look into queues. */
import { testServer } from './environment.ts'

export interface ManagementRequest {
  readonly method?: string
  /** With name and password; that of the test run's own broker by default. */
  readonly managementUrl?: string | undefined
}

/** Resolves to the response, whatever its status. */
export async function askManagement(
  path: string,
  { method = 'GET', managementUrl = testServer('TEST_RABBITMQ_MANAGEMENT_URL') }: ManagementRequest = {},
): Promise<Response> {
  const base = new URL(managementUrl)
  const authorization = `Basic ${Buffer.from(`${base.username}:${base.password}`).toString('base64')}`
  return await fetch(new URL(path, base.origin), { method, headers: { authorization } })
}
