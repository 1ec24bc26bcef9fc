/** What it costs a running system that somebody watches: one socket with one subscription, of a conversion that waits. */
import { setTimeout as delay } from 'node:timers/promises'
import { print } from 'graphql'
import { residentBytes } from '#infra/local/processes/proc.ts'
import * as operations from '#schema/generated/operations.ts'
import { createApiClient } from '#test/harness/api-client.ts'
import type { ApiUser } from '#test/harness/api-user.ts'
import { cpuOf, type Pids } from './cpu-of.ts'

export interface SubscriberCosts {
  /** By process; of one subscriber. */
  readonly memoryBytes: ReadonlyMap<string, number>
  /** CPU seconds in a second. */
  readonly cores: ReadonlyMap<string, number>
}

export interface SubscribersToMeasure {
  readonly someone: ApiUser
  readonly conversionId: string
  readonly pids: Pids
  readonly resting: ReadonlyMap<string, number>
  readonly count: number
  readonly seconds: number
}

export async function measureSubscribers({
  someone,
  conversionId,
  pids,
  resting,
  count,
  seconds,
}: SubscribersToMeasure): Promise<SubscriberCosts> {
  const memory = () => new Map([...pids].map(([name, pid]) => [name, residentBytes(pid, 'VmRSS')]))
  const before = memory()
  await using sockets = new AsyncDisposableStack()
  for (let opened = 0; opened < count; opened++) {
    const close = await subscribe(someone, conversionId)
    sockets.defer(close)
  }
  const used = await cpuOf(pids, () => delay(seconds * 1000))
  const after = memory()
  return {
    memoryBytes: new Map(
      [...after].map(([name, bytes]) => [name, Math.max(0, bytes - before.get(name)!) / count]),
    ),
    cores: new Map(
      [...used].map(([name, cpu]) => [name, Math.max(0, cpu / seconds - resting.get(name)!) / count]),
    ),
  }
}

/** Resolves when the first event has come, to what ends it. */
async function subscribe({ api }: ApiUser, id: string): Promise<() => Promise<void>> {
  const socket = createApiClient(api.origin, api.token).openSocket({ retryAttempts: 0 })
  const updates = socket.iterate({ query: print(operations.ConversionUpdatedDocument), variables: { id } })
  const { value } = (await updates.next()) as { value?: { errors?: unknown } }
  if (value === undefined || value.errors !== undefined)
    throw new Error(`a subscription was refused: ${JSON.stringify(value)}`)
  return async () => {
    await updates.return?.()
    await socket.dispose()
  }
}
