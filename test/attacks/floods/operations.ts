/** Floods of operations over HTTP, each over connections of the attacker's own addresses. */
import { Agent, request } from 'undici'
import { doublingFragments } from '#test/attacks/doubling-fragments.ts'
import { inLanes, runFlood, type Attack, type Flood } from './run-flood.ts'

/** Each lane has an address and a connection of its own. */
const post =
  (bodyOf: (turn: number) => string): Flood =>
  async (attack) => {
    const agents = new Map<number, Agent>()
    await inLanes(attack, 16, async (lane, turn) => {
      const agent = agents.get(lane) ?? new Agent({ localAddress: attack.address(lane) })
      agents.set(lane, agent)
      await sendOne(attack, agent, bodyOf(turn))
    })
  }

async function sendOne(attack: Attack, dispatcher: Agent, body: string): Promise<void> {
  attack.sent()
  try {
    const answer = await request(new URL('/graphql', attack.origin), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      dispatcher,
    })
    await answer.body.dump()
    attack.met(String(answer.statusCode))
  } catch (error) {
    attack.met((error as NodeJS.ErrnoException).code ?? String(error))
  }
}

await runFlood({
  'doubling fragments': post(() => JSON.stringify({ query: doublingFragments(12) })),
})
