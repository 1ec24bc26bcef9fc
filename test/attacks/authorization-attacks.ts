/** Good tokens where they do not belong: said twice, in other places, by other schemes, and those of one purpose for another. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { signLinkToken } from '#runtime/tokens/link-token.ts'
import { awaitVerificationToken } from '#test/harness/await-mail.ts'
import type { ApiUser } from '#test/harness/api-user.ts'
import { keysOf } from './ask-subgraph.ts'
import type { AttackedSystem } from './attacked-system.ts'
import { rawRequest, sendRaw } from './raw-http.ts'
import { openRawSocket } from './raw-socket.ts'
import { reportAlone } from './report-attack.ts'
import { outcomeOf, tokenDoors } from './token-doors.ts'

export interface AttackedUsers {
  readonly attacked: AttackedSystem
  readonly user: ApiUser
  readonly other: ApiUser
}

const body = '{"query":"{ me { id } }"}'

export function attackAuthorization(users: () => AttackedUsers): void {
  const askRaw = async (headers: readonly string[], path = '/graphql') => {
    const { origin } = users().attacked
    return await sendRaw(origin, rawRequest(origin, { headers, body, path }))
  }

  describe('a good access token', () => {
    it('is taken from the one Authorization header alone, the first where there are several', async () => {
      const { user, other } = users()
      const [mine, theirs, forged] = [user.api.token, other.api.token, 'e30.e30.AAAA'].map(
        (token) => `Authorization: Bearer ${token}`,
      ) as [string, string, string]
      assert.match(await askRaw([mine, theirs]), new RegExp(`"id":"${user.id}"`))
      assert.match(await askRaw([forged, mine]), /^HTTP\/1\.1 401/)
      for (const elsewhere of [
        `Cookie: authorization=Bearer ${user.api.token}; access_token=${user.api.token}`,
        `X-Authorization: Bearer ${user.api.token}`,
        `Proxy-Authorization: Bearer ${user.api.token}`,
        `X-Forwarded-Authorization: Bearer ${user.api.token}`,
        `X-Earshot-User: ${user.id}`,
        `X-User-Id: ${user.id}`,
      ])
        assert.match(await askRaw([elsewhere]), /"me":null/, elsewhere)
      const inQuery = `/graphql?access_token=${user.api.token}&authorization=Bearer%20${user.api.token}`
      assert.match(await askRaw([], inQuery), /"me":null/)
    })

    it('is refused under another scheme, or with anything around it', async () => {
      const { attacked, user } = users()
      const token = user.api.token!
      const odd = [
        ...[token, `Basic ${token}`, `DPoP ${token}`, `Token ${token}`, `Bearer`, `Bearer:${token}`],
        ...[`Bearer\t${token}`, `Bearer ${token} ${token}`, `Bearer ${token}, Bearer ${token}`],
        ...[`Bearer "${token}"`, `Bearer ${token};`, `Bearer Bearer ${token}`, `Bearer ${token}\u00e9`],
        ...[`Bearer ${token.replaceAll('.', '..')}`, `Bearer ${token.slice(0, 20)} ${token.slice(20)}`],
        ...[`Bearer ${'A'.repeat(12_000)}`, `Bearer ${'.'.repeat(8_000)}`, `Bearer ${'e30.'.repeat(2_000)}`],
      ]
      for (const [name, { refusal, knock }] of Object.entries(tokenDoors))
        for (const authorization of odd)
          assert.equal(
            await knock(attacked, authorization, `Bearer ${token}`),
            refusal,
            `${name}: ${authorization}`,
          )
    })

    it('is refused in a request whose headers are larger than headers are', async () => {
      assert.match(await askRaw([`Authorization: Bearer ${'A'.repeat(100_000)}`]), /^HTTP\/1\.1 431 /)
    })

    it('is no text when it comes as anything else on a WebSocket', async () => {
      const { attacked, user } = users()
      const header = `Bearer ${user.api.token}`
      const payloads = [
        ...[[header], { Bearer: user.api.token }, { toString: header }, 1, true, {}, [], ''].map(
          (authorization) => ({
            authorization,
          }),
        ),
        ...[
          null,
          {},
          { AUTHORIZATION: header },
          { headers: { authorization: header } },
          { token: user.api.token },
        ],
        { authorization: `${header}\n` },
        { authorization: `Bearer ${'A'.repeat(200_000)}` },
      ]
      for (const payload of payloads) {
        using live = await openRawSocket(attacked.origin)
        live.send({ type: 'connection_init', ...(payload && { payload }) })
        assert.equal(await live.closed, 4403, JSON.stringify(payload).slice(0, 100))
      }
    })
  })

  describe('a token of one purpose', () => {
    it('is none for another', async (t) => {
      const { attacked, user } = users()
      const { origin, system, secrets } = attacked
      const link = await signLinkToken(
        { conversionId: randomUUID(), mp3Id: 'mp3', linkGeneration: 0 },
        new Date(Date.now() + 60_000),
        keysOf(attacked, 'LINK_KEYS'),
      )
      const verification = await awaitVerificationToken(system.inbox!, user.email)
      const access = user.api.token!
      const tokens = { access, refresh: user.refreshToken, link, verification }
      for (const token of Object.values(tokens)) secrets.add(token)

      const { access: _, ...notAccess } = tokens
      for (const [name, { refusal, knock }] of Object.entries(tokenDoors))
        for (const [what, token] of Object.entries(notAccess))
          assert.equal(
            await knock(attacked, `Bearer ${token}`, `Bearer ${access}`),
            refusal,
            `${what} ${name}`,
          )

      const redeem = async (token: string) => await outcomeOf(await fetch(`${origin}/downloads/${token}`))
      const { link: __, ...notLinks } = tokens
      for (const [what, token] of Object.entries(notLinks))
        assert.equal(await redeem(token), '404 LINK_INVALID', what)

      const { refresh: ___, ...notRefresh } = tokens
      const { verification: ____, ...notVerification } = tokens
      for (const [field, otherTokens, refusal] of [
        ['refreshSession(input: { refreshToken: $token }) { session { id } }', notRefresh, 'SESSION_ENDED'],
        [
          'resetPassword(input: { token: $token, newPassword: "a fine new password" }) { user { id } }',
          tokens,
          'PASSWORD_RESET_TOKEN_INVALID',
        ],
        [
          'verifyEmail(input: { token: $token }) { user { id } }',
          notVerification,
          'VERIFICATION_TOKEN_INVALID',
        ],
      ] as const)
        for (const [what, token] of Object.entries(otherTokens)) {
          const { errors } = await user.api.ask(`mutation ($token: String!) { ${field} }`, { token })
          assert.equal(errors?.[0]?.extensions?.code, refusal, `${what} for ${field}`)
        }
      await reportAlone(t, 'tokens of one purpose for another', 3 * 7 + 3 + 3 + 4 + 3)
    })
  })
}
