/** Subgraphs asked directly: without a proof, with a forged, stale, foreign or replayed one, and for more than a caller may ask. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { signAssertion, type AssertionSubject } from '#runtime/tokens/assertion.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { askSubgraph, keysOf, type Subgraph } from './ask-subgraph.ts'
import type { AttackedUsers } from './authorization-attacks.ts'
import { openRawSocket } from './raw-socket.ts'
import { reportAlone } from './report-attack.ts'
import { outcomeOf, taken } from './token-doors.ts'

const refused = '401 UNAUTHENTICATED'
const entities = 'query ($all: [_Any!]!) { _entities(representations: $all) { ... on User { id locale } } }'

export function attackSubgraphs(users: () => AttackedUsers): void {
  const routerKeys = (subgraph: Subgraph) =>
    keysOf(users().attacked, subgraph === 'auth' ? 'ROUTER_AUTH_KEY' : 'ROUTER_MEDIA_KEY')

  describe('a subgraph that is asked directly', () => {
    for (const subgraph of ['auth', 'media'] as const) {
      it(`answers nobody at ${subgraph} without a good proof`, async (t) => {
        const { attacked } = users()
        const keys = routerKeys(subgraph)
        const proofs = forgedProofs(subgraph, keys, keysOf(attacked, 'MAILER_AUTH_KEY'))
        const ask = async (proof: (body: string) => string | null) =>
          await outcomeOf(await askSubgraph(attacked, subgraph, { query: '{ __typename }', proof }))
        assert.equal(await ask((body) => proofOf({ subgraph, body }, keys)), taken)
        const outcomes: Record<string, string> = {}
        for (const [what, proof] of Object.entries(proofs)) outcomes[what] = await ask(proof)
        assert.deepEqual(outcomes, Object.fromEntries(Object.keys(proofs).map((what) => [what, refused])))
        await reportAlone(t, `forged, stale and foreign proofs at ${subgraph}`, Object.keys(proofs).length)
      })

      it(`answers no proof twice at ${subgraph}, however many come at once`, async () => {
        const { attacked } = users()
        const query = '{ __typename }'
        const proof = proofOf({ subgraph, body: JSON.stringify({ query }) }, routerKeys(subgraph))
        const replay = async () =>
          await outcomeOf(await askSubgraph(attacked, subgraph, { query, proof: () => proof }))
        const outcomes = await Promise.all(Array.from({ length: 10 }, replay))
        assert.deepEqual(outcomes.toSorted(), [...Array.from({ length: 9 }, () => refused), taken])
      })

      it(`takes no token at ${subgraph} that the proof was not made with`, async () => {
        const { attacked, user, other } = users()
        const ask = async (userToken: string, authorization?: string) =>
          await outcomeOf(
            await askSubgraph(attacked, subgraph, {
              query: '{ __typename }',
              ...(authorization !== undefined && { authorization }),
              proof: (body) => proofOf({ subgraph, body, userToken }, routerKeys(subgraph)),
            }),
          )
        const [mine, theirs] = [user.api.token!, other.api.token!]
        assert.equal(await ask(mine, `Bearer ${mine}`), taken)
        for (const [covered, given] of [
          ['', `Bearer ${mine}`],
          [mine, `Bearer ${theirs}`],
          [mine, undefined],
          ['', 'Basic YTpi'],
        ] as const)
          assert.equal(await ask(covered, given), refused, `${given?.slice(0, 9)} for ${covered.slice(0, 9)}`)
      })

      it(`reads nothing at ${subgraph} but JSON, by POST`, async () => {
        const { attacked } = users()
        for (const type of [
          'text/plain',
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=a',
        ]) {
          const headers = { 'content-type': type }
          const response = await askSubgraph(attacked, subgraph, { query: '{ __typename }', headers })
          assert.equal(response.status, 415, type)
        }
        const origin = attacked.system.deployment.origins[subgraph]
        assert.equal((await fetch(`${origin}/graphql?query={__typename}`)).status, 405)
      })
    }

    it('gives a client nothing of _entities but itself', async () => {
      const { attacked, user, other } = users()
      const ask = async (id: unknown, authorization?: string) => {
        const variables = { all: [{ __typename: 'User', id }] }
        const question = { query: entities, variables, ...(authorization !== undefined && { authorization }) }
        return JSON.stringify(await (await askSubgraph(attacked, 'auth', question)).json())
      }
      const mine = `Bearer ${user.api.token}`
      assert.match(await ask(user.id, mine), new RegExp(`"id":"${user.id}"`))
      for (const id of [other.id, { $ne: user.id }, { $gt: '' }, [user.id, other.id], null, '', 'nobody'])
        assert.doesNotMatch(await ask(id, mine), /"locale"/, JSON.stringify(id))
      assert.doesNotMatch(await ask(user.id), /"locale"/)
    })

    it('gives the tokens of mails to the mailer alone, and the mailer nothing else', async () => {
      const { attacked, user } = users()
      const asMailer = (body: string) =>
        proofOf({ subgraph: 'auth', body, caller: 'mailer' }, keysOf(attacked, 'MAILER_AUTH_KEY'))
      const variables = { all: [{ __typename: 'User', id: user.id }] }
      for (const field of ['emailVerificationToken', 'passwordResetToken']) {
        const query = `query ($all: [_Any!]!) { _entities(representations: $all) { ... on User { ${field} } } }`
        const authorization = `Bearer ${user.api.token}`
        const asRouter = await askSubgraph(attacked, 'auth', { query, variables, authorization })
        assert.equal(await outcomeOf(asRouter), '200 NOT_FOUND')
      }
      for (const query of [
        '{ me { id } }',
        '{ endedSessions }',
        'mutation { signOut(input: { refreshToken: "none" }) { signedOut } }',
        '{ ...all } fragment all on Query { endedSessions }',
        'query a { __typename } query b { endedSessions }',
      ])
        assert.notEqual(
          await outcomeOf(await askSubgraph(attacked, 'auth', { query, proof: asMailer })),
          taken,
          query,
        )
      const ended = { query: '{ endedSessions }', authorization: `Bearer ${user.api.token}` }
      assert.equal(await outcomeOf(await askSubgraph(attacked, 'auth', ended)), '200 NOT_FOUND')
    })

    it('opens nothing on the WebSocket of media without the proof of each operation', async () => {
      const { attacked, user } = users()
      const query = 'subscription { conversionUpdated(id: "none") { status } }'
      const live = (further: object) =>
        JSON.stringify({ query, operationName: null, variables: {}, ...further })
      const keys = routerKeys('media')
      const fresh = proofOf({ subgraph: 'media', body: live({}) }, keys)
      using socket = await openRawSocket(attacked.system.deployment.origins.media)
      socket.send({ type: 'connection_init' })
      assert.equal((await socket.next())?.type, 'connection_ack')
      let id = 0
      const codeOf = async (payload: object) => {
        socket.send({ type: 'subscribe', id: String(++id), payload: { query, ...payload } })
        // What is left of an earlier one may still come.
        let answer = await socket.next()
        while (answer !== null && answer.id !== String(id)) answer = await socket.next()
        return /"code":"(\w+)"/.exec(JSON.stringify(answer))?.[1]
      }
      for (const extensions of [
        undefined,
        {},
        { assertion: '' },
        { assertion: [fresh] },
        { assertion: proofOf({ subgraph: 'auth', body: live({}) }, keys) },
        { assertion: proofOf({ subgraph: 'media', body: live({ variables: { a: 1 } }) }, keys) },
        { assertion: proofOf({ subgraph: 'media', body: 'POST /graphql' }, keys) },
        {
          assertion: proofOf({ subgraph: 'media', body: live({}) }, keys),
          authorization: `Bearer ${user.api.token}`,
        },
      ])
        assert.equal(await codeOf({ extensions }), 'UNAUTHENTICATED')
      // A good proof comes as far as the question itself, once.
      const authorization = `Bearer ${user.api.token}`
      const assertion = proofOf({ subgraph: 'media', body: live({}), userToken: user.api.token! }, keys)
      assert.equal(await codeOf({ extensions: { assertion, authorization } }), 'NOT_FOUND')
      assert.equal(await codeOf({ extensions: { assertion, authorization } }), 'UNAUTHENTICATED')
    })
  })
}

type Covered = Pick<AssertionSubject, 'subgraph' | 'body'> & Partial<AssertionSubject>

const proofOf = (covered: Covered, keys: RotatingKeys, nowMs?: number) =>
  signAssertion({ caller: 'router', userToken: '', ...covered }, keys, nowMs)

/** Each by its own error; all else about them is good. */
function forgedProofs(
  subgraph: Subgraph,
  keys: RotatingKeys,
  mailerKeys: RotatingKeys,
): Readonly<Record<string, (body: string) => string | null>> {
  const wrong: RotatingKeys = [Buffer.alloc(32, 1)]
  const good = (body: string) => proofOf({ subgraph, body }, keys)
  const withPart = (index: number, value: (part: string) => string) => (body: string) =>
    good(body)
      .split('.')
      .map((part, at) => (at === index ? value(part) : part))
      .join('.')
  const elsewhere = subgraph === 'auth' ? 'media' : 'auth'
  return {
    none: () => null,
    empty: () => '',
    'another key': (body) => proofOf({ subgraph, body }, wrong),
    'the key of the mailer': (body) => proofOf({ subgraph, body }, mailerKeys),
    'the key of the mailer, as a caller of another name': (body) =>
      proofOf({ subgraph, body, caller: 'admin' }, mailerKeys),
    'another body': () => good('{"query":"{ me { id } }"}'),
    'a body with a space': (body) => good(`${body} `),
    'another subgraph': (body) => proofOf({ subgraph: elsewhere, body }, keys),
    '31 seconds old': (body) => proofOf({ subgraph, body }, keys, Date.now() - 31_000),
    '31 seconds ahead': (body) => proofOf({ subgraph, body }, keys, Date.now() + 31_000),
    'another version': withPart(0, () => 'v2'),
    'another caller': withPart(1, () => 'mailer'),
    'a caller that every object has': withPart(1, () => 'constructor'),
    'a caller named __proto__': withPart(1, () => '__proto__'),
    'a time of another form': withPart(2, (time) => `${time}e0`),
    'a time with a space': withPart(2, (time) => ` ${time}`),
    'no time': withPart(2, () => ''),
    'a later time': withPart(2, (time) => String(Number(time) + 1)),
    'another address': withPart(3, () => Buffer.from('127.0.0.9').toString('base64url')),
    'another nonce': withPart(4, () => 'AAAAAAAAAAAAAAAAAAAAAA'),
    'no nonce': withPart(4, () => ''),
    'a signature in capitals': withPart(5, (signature) => signature.toUpperCase()),
    'a signature with padding': withPart(5, (signature) => `${signature}=`),
    'half a signature': withPart(5, (signature) => signature.slice(0, 20)),
    'a plain hash': withPart(5, () => createHmac('sha256', '').update('').digest('base64url')),
    'a seventh part': (body) => `${good(body)}.more`,
    'two in one': (body) => `${good(body)}, ${good(body)}`,
  }
}
