/** Links of downloads that were changed, joined of two, signed for something else, or are over: at the router and at media itself. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeJwt } from 'jose'
import { signLinkToken, type LinkSubject } from '#runtime/tokens/link-token.ts'
import { keysOf } from '#test/attacks/ask-subgraph.ts'
import { reportAlone } from '#test/attacks/report-attack.ts'
import { outcomeOf, taken } from '#test/attacks/token-doors.ts'
import type { Stage } from './stage.ts'
import type { Tenant } from './tenant.ts'

const invalid = '404 LINK_INVALID'

export function attackDownloads(stage: () => Stage): void {
  let sent = 0
  /** By GET and by HEAD, through both doors: the outcomes that differ. */
  const redeem = async (token: string): Promise<string> => {
    const { origins } = stage().running.system.deployment
    const outcomes = new Set<string>()
    for (const origin of [origins.router, origins.media]) {
      const address = `${origin}/downloads/${token}`
      sent += 2
      outcomes.add(await outcomeOf(await fetch(address)))
      const { status, ok } = await fetch(address, { method: 'HEAD' })
      assert.equal(ok, outcomes.has(taken), `HEAD answers ${status}`)
    }
    return [...outcomes].join(', ')
  }
  const outcomesOf = async (tokens: Readonly<Record<string, string>>) => {
    const outcomes: Record<string, string> = {}
    for (const [what, token] of Object.entries(tokens)) outcomes[what] = await redeem(token)
    return outcomes
  }
  const allInvalid = (tokens: object) =>
    Object.fromEntries(Object.keys(tokens).map((what) => [what, invalid]))

  describe('a link of a download', () => {
    it('opens its MP3 to whoever holds it, as the one in a mail does', async () => {
      assert.equal(await redeem(tokenOf(stage().victim)), taken)
    })

    it('opens nothing once it was changed, or in place of its signature has another', async () => {
      const forged = forgedLinks(stage())
      assert.deepEqual(await outcomesOf(forged), allInvalid(forged))
    })

    it('opens nothing by a signature that was made for something else', async () => {
      const mistaken = await mistakenLinks(stage())
      assert.deepEqual(await outcomesOf(mistaken), allInvalid(mistaken))
    })

    it('is nothing that has another name of the MP3, or a way around in its place', async () => {
      const { victim } = stage()
      const { id, mp3s } = victim.succeeded
      const names = [
        id,
        mp3s[0]!.id,
        mp3s[0]!.sha256,
        `${id}.1`,
        `..%2Fdownloads%2F${tokenOf(victim)}`,
        '%00',
        'x',
      ]
      for (const name of names) assert.match(await redeem(name), /^40[04] \w+(, 40[04] \w+)?$/, name)
    })

    it('is over when it says so, or since its owner revoked it', async () => {
      const { running, victim } = stage()
      const [keys, subject] = [keysOf(running, 'LINK_KEYS'), subjectOf(victim)]
      const revoked = { ...subject, linkGeneration: subject.linkGeneration - 1 }
      assert.deepEqual(
        await outcomesOf({
          expired: await signLinkToken(subject, new Date(Date.now() - 1_000), keys),
          revoked: await signLinkToken(revoked, new Date(Date.now() + 60_000), keys),
        }),
        { expired: '410 LINK_EXPIRED', revoked: '410 LINK_REVOKED' },
      )
    })

    it('takes nothing, and lets nothing be changed', async (t) => {
      const { origins } = stage().running.system.deployment
      for (const origin of [origins.router, origins.media])
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
          const { status } = await fetch(`${origin}/downloads/${tokenOf(stage().victim)}`, { method })
          // OPTIONS asks what it takes.
          assert.equal(status, method === 'OPTIONS' ? 204 : 405, method)
        }
      assert.deepEqual(await stage().changes(), [])
      await reportAlone(t, 'links of downloads that were changed, joined of two, or are over', sent + 10)
    })
  })
}

const tokenOf = ({ succeeded }: Tenant): string => succeeded.mp3s[0]!.downloadUrl.split('/').at(-1)!

const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url')

function subjectOf(tenant: Tenant): LinkSubject {
  const { sub, mp3, gen } = decodeJwt<{ mp3: string; gen: number }>(tokenOf(tenant))
  return { conversionId: sub!, mp3Id: mp3, linkGeneration: gen }
}

/** What can be made without a key, of one's own link and another's. */
function forgedLinks({ victim, attacker }: Stage): Readonly<Record<string, string>> {
  const [head, claims, signature] = tokenOf(victim).split('.') as [string, string, string]
  const [, , ownSignature] = tokenOf(attacker).split('.') as [string, string, string]
  const [theirs, own] = [decodeJwt(tokenOf(victim)), decodeJwt(tokenOf(attacker))]
  const unsigned = part({ alg: 'none', typ: 'link+jwt' })
  return {
    'another’s, signed as one’s own': `${head}.${claims}.${ownSignature}`,
    'one’s own for another’s conversion': `${head}.${part({ ...own, sub: theirs.sub })}.${ownSignature}`,
    'one’s own for another’s MP3': `${head}.${part({ ...own, mp3: theirs['mp3'] })}.${ownSignature}`,
    'one’s own for longer': `${head}.${part({ ...own, exp: own.exp! + 86_400 })}.${ownSignature}`,
    'another’s for longer': `${head}.${part({ ...theirs, exp: theirs.exp! + 86_400 })}.${signature}`,
    'without a signature': `${head}.${claims}.`,
    'that says it has none': `${unsigned}.${claims}.`,
    'half a signature': `${head}.${claims}.${signature.slice(0, 20)}`,
    'a signature and more': `${head}.${claims}.${signature}AA`,
    'two parts': `${head}.${claims}`,
  }
}

/** What has a good signature, and is no link to that MP3. */
async function mistakenLinks({
  running,
  victim,
  attacker,
}: Stage): Promise<Readonly<Record<string, string>>> {
  const [theirs, own] = [subjectOf(victim), subjectOf(attacker)]
  const sign = (subject: LinkSubject, key = 'LINK_KEYS') =>
    signLinkToken(subject, new Date(Date.now() + 60_000), keysOf(running, key))
  return {
    'by the key of uploads': await sign(theirs, 'UPLOAD_KEYS'),
    'by the key of the router': await sign(theirs, 'ROUTER_MEDIA_KEY'),
    'by the key of the mailer': await sign(theirs, 'MAILER_AUTH_KEY'),
    'for another’s MP3 in one’s own conversion': await sign({ ...own, mp3Id: theirs.mp3Id }),
    'for one’s own MP3 in another’s conversion': await sign({ ...theirs, mp3Id: own.mp3Id }),
    'an access token': victim.user.api.token!,
    'a refresh token': victim.user.refreshToken,
  }
}
