/** Two replicas remove an account while its owner proves the address: every interleaving and failure of their steps within a bound. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import type { RemovalCause, RemovalDocument } from '#schema/documents/removal-document.ts'
import type { UserDocument } from '#schema/documents/user-document.ts'
import type { Publication } from '#runtime/rabbit/publisher.ts'
import { createScheduler, exploreAll, type Choose } from '#runtime/testing/interleavings.ts'
import { createRemovals, type RemovalsDependencies } from './removals.ts'

const dayMs = 86_400_000

type Dependencies = Omit<RemovalsDependencies, 'log' | 'now'>
type Mutation = (dependencies: Dependencies) => Dependencies

interface World {
  /** Null when it is gone. */
  account: { emailVerified: boolean } | null
  sessions: number
  readonly intents: Map<string, RemovalDocument>
  readonly published: unknown[]
  /** How often since this was set to 0. */
  toldLast: number
  /** Whether the account was there when others were told that it is gone. */
  toldTooEarly: boolean
}

const newWorld = (): World => ({
  account: { emailVerified: false },
  sessions: 2,
  intents: new Map(),
  published: [],
  toldLast: 0,
  toldTooEarly: false,
})

type Step = <T>(effect: () => T) => Promise<T>

function dependenciesOf(world: World, step: Step): Dependencies {
  const removeIf = (holds: (account: { emailVerified: boolean }) => boolean) =>
    step(() => {
      if (world.account === null || !holds(world.account)) return false
      world.account = null
      return true
    })
  return {
    store: {
      prepare: async () => undefined,
      // A unique insert, as the store's.
      insert: (removal) =>
        step(() => void (world.intents.has(removal._id) || world.intents.set(removal._id, removal))),
      async *owing(toldBefore) {
        yield* await step(() =>
          [...world.intents.values()].filter(({ toldAt }) => toldAt === null || toldAt < toldBefore),
        )
      },
      noteTold: (id, toldAt) =>
        step(() => {
          const intent = world.intents.get(id)
          if (intent?.toldAt === null) world.intents.set(id, { ...intent, toldAt })
        }),
      remove: (id) => step(() => void world.intents.delete(id)),
    },
    users: {
      read: () => step(() => world.account as UserDocument | null),
      remove: () => removeIf(() => true),
      removeUnverified: () => removeIf(({ emailVerified }) => !emailVerified),
      removeGuest: () => removeIf(({ emailVerified }) => !emailVerified),
    },
    sessions: { endAll: () => step(() => void (world.sessions = 0)) },
    publisher: {
      publish: <T>({ routingKey, body, mandatory }: Publication<T>) =>
        step(() => {
          world.toldTooEarly ||= world.account !== null
          world.toldLast += 1
          world.published.push({ routingKey, body, mandatory })
        }),
    },
  }
}

const replica = (world: World, step: Step, mutate: Mutation, now = new Date(0)) =>
  createRemovals({
    ...mutate(dependenciesOf(world, step)),
    log: pino({ level: 'silent' }),
    now: () => now,
  })

const event = { routingKey: 'user.removed', body: { type: 'removed', userId: 'ada' }, mandatory: true }

async function remove(
  choose: Choose,
  causes: readonly RemovalCause[],
  mutate: Mutation = (dependencies) => dependencies,
): Promise<World> {
  const world = newWorld()
  const scheduler = createScheduler(choose, { preemptions: 2, faults: 1 })
  for (const [index, cause] of causes.entries()) {
    const name = `auth-${index}`
    const { remove: removeFor } = replica(world, (effect) => scheduler.step(name, effect), mutate)
    scheduler.start(name, async () => void (await removeFor('ada', cause)))
  }
  scheduler.start('owner', () =>
    scheduler.step('owner', () => void (world.account &&= { emailVerified: true }), false),
  )
  await scheduler.run()
  // Somebody's sweep goes on, once it has seen twice what was left: today, and when the broker may have lost it all.
  const { signal } = new AbortController()
  for (const now of [new Date(0), new Date(dayMs + 1)]) {
    world.toldLast = 0
    const later = replica(world, async (effect) => effect(), mutate, now)
    for (let sweeps = 0; sweeps < 2; sweeps++) await later.sweep(signal)
  }
  return world
}

function check(world: World): void {
  assert.equal(world.toldTooEarly, false)
  assert.equal(world.intents.size, 0)
  if (world.account !== null) return assert.deepEqual([world.published, world.sessions], [[], 2])
  assert.equal(world.sessions, 0)
  assert.ok(world.toldLast > 0, 'told once more on the next day')
  assert.ok(world.published.length > world.toldLast)
  for (const published of world.published) assert.deepEqual(published, event)
}

const mutants: Record<string, Mutation> = {
  'records no intent': (dependencies) => ({
    ...dependencies,
    store: { ...dependencies.store, insert: async () => undefined },
  }),
  'does not look whether the account is gone': (dependencies) => ({
    ...dependencies,
    users: { ...dependencies.users, read: async () => null },
  }),
}

describe('the removal of an account', () => {
  for (const causes of [
    ['UNPROVEN', 'UNPROVEN'],
    ['UNPROVEN', 'WISHED'],
    ['GUEST_OVER', 'GUEST_OVER'],
  ] as const)
    it(`by ${causes.join(' and ')} ends what is left of it and tells the others, or does nothing of both, whoever dies`, async () => {
      const outcomes = new Set<string>()
      const { violation } = await exploreAll(async (choose) => {
        const world = await remove(choose, causes)
        check(world)
        const toldFirst = Math.min(world.published.length - world.toldLast, 2)
        outcomes.add(world.account === null ? `told ${toldFirst}` : 'kept')
      })
      assert.equal(violation, null)
      // It took place, a message came twice, and the account stayed: the search has seen them all.
      assert.deepEqual(outcomes, new Set(['told 1', 'told 2', 'kept']))
    })

  for (const [name, mutate] of Object.entries(mutants))
    it(`that ${name} does not pass`, async () => {
      const { violation } = await exploreAll(async (choose) =>
        check(await remove(choose, ['UNPROVEN'], mutate)),
      )
      assert.notEqual(violation, null)
    })
})
