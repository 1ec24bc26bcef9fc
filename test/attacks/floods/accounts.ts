/** Floods against accounts: passwords, sign-ups, mails. Each lane has an address, some a network, of its own. */
import { Agent, fetch } from 'undici'
import { inLanes, runFlood, type Attack, type Flood } from './run-flood.ts'

type Ask = (turn: number, lane: number, attack: Attack) => readonly [field: string, input: object]

const ask =
  (lanes: number, from: 'address' | 'network', asked: Ask): Flood =>
  async (attack) => {
    const agents = Array.from({ length: lanes }, (_, n) => new Agent({ localAddress: attack[from](n) }))
    await inLanes(attack, lanes, async (lane, turn) => {
      const [field, input] = asked(turn, lane, attack)
      attack.sent()
      try {
        const answer = await fetch(new URL('/graphql', attack.origin), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            query: `mutation M($input: ${field[0]!.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { __typename } }`,
            variables: { input },
          }),
          dispatcher: agents[lane]!,
        })
        const { errors } = (await answer.json()) as { errors?: { extensions: { code: string } }[] }
        attack.met(errors?.[0]!.extensions.code ?? 'done')
      } catch (error) {
        attack.met(String(error))
      }
    })
  }

const password = 'not the right one, certainly'

await runFlood({
  'unknown accounts': ask(48, 'address', (turn, lane) => [
    'signIn',
    { email: `nobody-${lane}-${turn}@example.com`, password },
  ]),
  "somebody's account": ask(24, 'address', (_turn, _lane, { given }) => [
    'signIn',
    { email: given['email'], password },
  ]),
  'sign-ups': ask(24, 'network', (turn, lane) => [
    'signUp',
    { email: `new-${lane}-${turn}@example.com`, password },
  ]),
  'sign-ups with tags': ask(24, 'network', (turn, lane, { given }) => [
    'signUp',
    { email: String(given['victim']).replace('@', `+${lane}.${turn}@`), password },
  ]),
  resets: ask(24, 'network', (_turn, _lane, { given }) => [
    'requestPasswordReset',
    { email: given['victim'] },
  ]),
})
