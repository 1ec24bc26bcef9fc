/** All subscribers lose their connections at once and reconnect at once, as after the restart of a router. */
import { waitUntil } from '#runtime/process/wait-until.ts'
import { assertAllSucceeded } from './assert-succeeded.ts'
import { gapIn } from './oracle.ts'
import { watch } from './patient-client.ts'
import { testScenario } from './scenario.ts'
import { startScene } from './scene.ts'
import { createApiClient } from '#test/harness/api-client.ts'
import { createTcpProxy } from '#test/harness/tcp-proxy.ts'
import { makeTone } from '#test/harness/tone.ts'

const conversions = 5
const drops = 2

testScenario(
  'subscribers dropped and reconnected at once',
  { faults: { short: 200, long: 2_000 } },
  async (many) => {
    await using scene = await startScene()
    await using proxy = await createTcpProxy(scene.system.publicUrl)
    const api = createApiClient(proxy.url.replace(/\/$/, ''), scene.user.api.token)
    const listener = { ...scene.user, api }
    const path = await makeTone(scene.directory, { minutes: 3 })
    // Nothing moves before everybody listens.
    await scene.service('converter').stop()
    const ids: string[] = []
    for (let job = 0; job < conversions; job++) ids.push(await scene.order(path))
    let connected = 0
    const listening = Array.from({ length: many }, (_, index) =>
      watch(listener, ids[index % ids.length]!, scene.signal, () => void connected++),
    )
    const everybody = async (times: number) => {
      await waitUntil('everybody is connected', () => connected >= many * times, { withinMs: 120_000 })
    }
    await everybody(1)
    for (let drop = 1; drop <= drops; drop++) {
      await scene.strike([], async () => {
        proxy.cut()
        await everybody(drop + 1)
      })
      if (drop === 1) await scene.service('converter').restart()
    }
    const verdict = await scene.judge()
    const gaps = (await Promise.all(listening)).map(gapIn).filter((gap) => gap !== undefined)
    assertAllSucceeded(verdict)
    const complaints = [...verdict.complaints, ...gaps.map((gap) => `lost: a subscriber was told ${gap}`)]
    return { ...verdict, injected: many * drops, lost: verdict.lost + gaps.length, complaints }
  },
)
