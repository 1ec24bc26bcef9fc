/** Floods of operations over HTTP, each over connections of the attacker's own addresses. */
import { gzipSync } from 'node:zlib'
import { Agent, request } from 'undici'
import { doublingFragments } from '#test/attacks/doubling-fragments.ts'
import { inLanes, runFlood, type Attack, type Flood } from './run-flood.ts'

interface Posted {
  readonly body: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
}

/** Each lane has an address and a connection of its own. */
const post =
  (lanes: number, posted: (turn: number, attack: Attack) => Posted): Flood =>
  async (attack) => {
    const agents = Array.from({ length: lanes }, (_, n) => new Agent({ localAddress: attack.address(n) }))
    await inLanes(
      attack,
      lanes,
      async (lane, turn) => await send(attack, agents[lane]!, posted(turn, attack)),
    )
  }

async function send(attack: Attack, dispatcher: Agent, { body, headers = {} }: Posted): Promise<void> {
  attack.sent()
  try {
    const answer = await request(new URL('/graphql', attack.origin), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      dispatcher,
    })
    await answer.body.dump()
    attack.met(String(answer.statusCode))
  } catch (error) {
    attack.met((error as NodeJS.ErrnoException).code ?? String(error))
  }
}

const query = (text: string, variables: object = {}): Posted => ({
  body: JSON.stringify({ query: text, variables }),
})

const aliases = (count: number, field: string) =>
  `{ ${Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ')} }`

/** As many fields under one name as an operation may have, each with fields below that must be compared with all others'. */
const compared = `{ me { ${'conversions { edges { node { id } } } '.repeat(140)} } }`

const nested = (levels: number): string =>
  levels === 0 ? 'id' : `conversions(first: 100) { edges { node { owner { ${nested(levels - 1)} } } } }`

const introspection = `{ __schema { types { name description fields(includeDeprecated: true) { name description args { name type { name kind ofType { name kind ofType { name kind } } } } type { name kind ofType { name kind ofType { name kind } } } } } } }`

const deepJson = `{"query":"{ me { id } }","variables":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
const bigBody = JSON.stringify({ query: '{ me { id } }', variables: { a: 'x'.repeat(4_000_000) } })
const hugeVariables = JSON.stringify({ query: '{ me { id } }', variables: { a: Array(40_000).fill(1) } })
const bomb = gzipSync(Buffer.alloc(10_000_000, ' '))

const bearer = ({ given }: Attack) => ({ headers: { authorization: `Bearer ${String(given['token'])}` } })

await runFlood({
  'doubling fragments': post(16, () => query(doublingFragments(12))),
  aliases: post(16, () => query(aliases(6_000, 'me { id }'))),
  'fields to compare': post(16, () => query(compared)),
  'nested lists': post(16, (turn, attack) => ({
    ...query(`{ me { ${nested((turn % 6) + 1)} } }`),
    ...bearer(attack),
  })),
  'long lists': post(16, (_, attack) => ({
    ...query(`{ me { conversions(first: 100) { edges { node { id filename events { type at } } } } } }`),
    ...bearer(attack),
  })),
  introspection: post(16, () => query(introspection)),
  'new texts': post(50, () => query(`{ a${Math.random().toString(36).slice(2)}: me { id } }`)),
  'small questions': post(50, () => query('{ me { id } }')),
  'deep JSON': post(8, () => ({ body: deepJson })),
  'big bodies': post(16, () => ({ body: bigBody })),
  'huge variables': post(16, () => ({ body: hugeVariables })),
  'gzip bombs': post(16, () => ({ body: bomb, headers: { 'content-encoding': 'gzip' } })),
})
