/** Tokens that are forged, expired or meant for something else, at every place that takes one; and what only our services may ask. */
import assert from 'node:assert/strict'
import type { JsonWebKey } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { signUpUser, type ApiUser } from '#test/harness/api-user.ts'
import { attackAuthorization } from './authorization-attacks.ts'
import { attackSubgraphs } from './subgraph-attacks.ts'
import { judgeLogs, startAttackedSystem, type AttackedSystem } from './attacked-system.ts'
import { forgedTokens } from './forged-tokens.ts'
import { reportAlone } from './report-attack.ts'
import { tokenDoors, taken } from './token-doors.ts'

let attacked: AttackedSystem
let user: ApiUser
let other: ApiUser
before(async () => {
  attacked = await startAttackedSystem()
  ;[user, other] = await Promise.all([signUpUser(attacked.origin), signUpUser(attacked.origin)])
  for (const { email, refreshToken, api } of [user, other])
    for (const secret of [email, refreshToken, api.token!]) attacked.secrets.add(secret)
})
after(() => attacked[Symbol.asyncDispose]())

describe('an access token that is not good', () => {
  let forged: ReadonlyMap<string, string>
  let fetched = 0
  let sent = 0
  const attackers = createServer((_request, response) => {
    fetched += 1
    response.end('{"keys":[]}')
  })
  before(async () => {
    await once(attackers.listen(0, '127.0.0.1'), 'listening')
    const [signingKey] = JSON.parse(attacked.system.deployment.secrets['AUTH_SIGNING_KEYS']!) as [JsonWebKey]
    const { port } = attackers.address() as AddressInfo
    forged = forgedTokens({ token: user.api.token!, signingKey }, `http://127.0.0.1:${port}`)
    for (const token of forged.values()) attacked.secrets.add(token)
  })
  after(() => attackers.close())

  for (const [name, { refusal, knock }] of Object.entries(tokenDoors)) {
    it(`is refused ${name}, however it was forged`, async () => {
      const good = `Bearer ${user.api.token}`
      assert.equal(await knock(attacked, good, good), taken, 'a good token is taken')
      const outcomes: Record<string, string> = {}
      for (const [what, token] of forged) outcomes[what] = await knock(attacked, `Bearer ${token}`, good)
      assert.deepEqual(outcomes, Object.fromEntries([...forged.keys()].map((what) => [what, refusal])))
      sent += forged.size
    })
  }

  it('leads nobody to a server that it names', async (t) => {
    assert.equal(fetched, 0)
    await reportAlone(t, 'forged, expired and misdirected access tokens, at each place that takes one', sent)
  })
})

attackAuthorization(() => ({ attacked, user, other }))
attackSubgraphs(() => ({ attacked, user, other }))

it('what was sent of tokens stands in no log', () => judgeLogs(attacked))
