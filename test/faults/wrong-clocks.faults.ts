/** One machine's clock jumps by a month, forward or back, and back again: no part of delivery may depend on the time of day. */
import assert from 'node:assert/strict'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { startOwnBroker, startOwnMongo } from './own-stores.ts'
import { testScenario } from './scenario.ts'
import { startScene } from './scene.ts'
import { makeTone } from '#test/harness/tone.ts'
import { createWrongClock } from '#test/harness/wrong-clock.ts'

const dayMs = 24 * 3_600_000
/** A process sees its new time within a second or two. */
const jumpMs = 60_000

/** Auth and media, which issue and verify users' tokens, are left out: two machines must agree on when a token expires. */
testScenario('a clock that is 30 days wrong', { faults: { short: 5, long: 60 } }, async (faults) => {
  await using broker = await createWrongClock()
  await using mongo = await createWrongClock()
  await using converter = await createWrongClock()
  await using mailer = await createWrongClock()
  await using router = await createWrongClock()
  await using ownBroker = await startOwnBroker({ env: broker.env })
  await using ownMongo = await startOwnMongo({ env: mongo.env })
  const { url: rabbitmqUrl, managementUrl } = ownBroker
  await using scene = await startScene({ stores: { mongodbUrl: ownMongo.url, rabbitmqUrl }, managementUrl })
  const services = { converter, mailer, router }
  for (const [name, clock] of Object.entries(services)) await scene.service(name).restart(clock.env)
  const clocks = [
    ...Object.entries(services).map(([name, clock]) => ({
      clock,
      // What they sign while their clocks are wrong is refused: requests that need it wait until the clocks are right again.
      isBelieved: clock === converter,
      read: () => dateHeader(scene.service(name).healthOrigin),
    })),
    { clock: broker, isBelieved: true, read: () => dateHeader(managementUrl) },
    {
      clock: mongo,
      isBelieved: true,
      read: async () =>
        (await scene.database.command({ isMaster: 1 }, { timeoutMS: jumpMs }))['localTime'] as Date,
    },
  ]
  const path = await makeTone(scene.directory, { minutes: 1 })
  const pids = scene.pids()
  for (let fault = 0; fault < faults; fault++) {
    const { clock, isBelieved, read } = clocks[fault % clocks.length]!
    const jump = async (days: number) => {
      await clock.set(days)
      const there = async () => Math.abs((await read()).getTime() - Date.now() - days * dayMs) < dayMs / 2
      await waitUntil('the process goes by its clock', there, { withinMs: jumpMs })
    }
    const before = scene.order(path)
    await scene.strike([], async () => {
      await jump(fault % 2 === 0 ? 30 : -30)
    })
    const ordering = Promise.all([before, scene.order(path)])
    if (isBelieved) await ordering
    await jump(0)
    await ordering
  }
  const verdict = await scene.judge()
  const unharmed = verdict.documents.filter(
    ({ status, failures, crashes }) => status === 'SUCCEEDED' && failures === 0 && crashes === 0,
  )
  assert.equal(unharmed.length, verdict.accepted, 'no lease is lost and nothing fails for a clock')
  assert.deepEqual(scene.pids(), pids, 'no process of ours had to be started again')
  return verdict
})

/** The time a server answers by (RFC 9110, 6.6.1); without credentials a refusal does as well. */
async function dateHeader(url: string): Promise<Date> {
  const { origin } = new URL(url)
  const response = await fetch(`${origin}/health/live`, { signal: AbortSignal.timeout(jumpMs) })
  await response.body?.cancel()
  return new Date(response.headers.get('date') ?? Number.NaN)
}
