import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { exportJWK, generateKeyPair, createLocalJWKSet, SignJWT } from 'jose'
import {
  accessTokenAudience,
  accessTokenType,
  bearerToken,
  createAccessTokenVerifier,
} from './verify-access-token.ts'
import {
  byteRequestBody,
  claimedCaller,
  liveOperationBody,
  signAssertion,
  verifyAssertion,
} from './assertion.ts'
import { signLinkToken, verifyLinkToken } from './link-token.ts'

const [current, previous, stranger] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2), Buffer.alloc(32, 3)] as const

describe('an assertion', () => {
  const subject = {
    caller: 'router',
    subgraph: 'media',
    body: '{"query":"{ me { id } }"}',
    userToken: 'token',
  }
  const made = signAssertion(subject, [current], 1_000_000)

  it('is accepted by whoever holds its key, current or previous', () => {
    assert.equal(verifyAssertion(made, subject, [current], 1_010_000)?.clientAddress, null)
    assert.ok(verifyAssertion(made, subject, [stranger, current], 1_010_000))
    assert.equal(claimedCaller(made), 'router')
  })
  it('is refused for any other request', () => {
    for (const other of [{ caller: 'mailer' }, { subgraph: 'auth' }, { body: '{}' }, { userToken: '' }]) {
      assert.equal(verifyAssertion(made, { ...subject, ...other }, [current], 1_010_000), null)
    }
    assert.equal(verifyAssertion(made, subject, [previous], 1_010_000), null)
  })
  it("carries the client's address, which nobody can exchange", () => {
    const address = '2001:db8::7'
    const proof = signAssertion({ ...subject, clientAddress: address }, [current], 1_000_000)
    assert.equal(verifyAssertion(proof, subject, [current], 1_010_000)?.clientAddress, address)
    const parts = proof.split('.')
    for (const other of ['', Buffer.from('203.0.113.7').toString('base64url')]) {
      const forged = parts.with(3, other).join('.')
      assert.equal(verifyAssertion(forged, subject, [current], 1_010_000), null)
    }
  })
  it('carries what the client says that it is, which nobody can exchange', () => {
    const proof = signAssertion({ ...subject, userAgent: 'Firefox.é/1' }, [current], 1_000_000)
    assert.equal(verifyAssertion(proof, subject, [current], 1_010_000)?.userAgent, 'Firefox.é/1')
    assert.equal(verifyAssertion(made, subject, [current], 1_010_000)?.userAgent, null)
    const forged = proof.split('.').with(4, Buffer.from('Chrome').toString('base64url')).join('.')
    assert.equal(verifyAssertion(forged, subject, [current], 1_010_000), null)
  })
  it('differs from any other, though it be about the same', () => {
    const again = signAssertion(subject, [current], 1_000_000)
    const nonceOf = (assertion: string) => verifyAssertion(assertion, subject, [current], 1_010_000)?.nonce
    assert.notEqual(nonceOf(again), nonceOf(made))
  })
  it('of bytes that pass stands for no GraphQL request', () => {
    const body = byteRequestBody({ method: 'PATCH', url: '/uploads/0/secret' })
    assert.throws(() => JSON.parse(body))
  })
  it('lives for 30 s, by a clock that may be off by as much', () => {
    for (const [nowMs, good] of [
      [1_030_000, true],
      [1_030_001, false],
      [970_000, true],
      [969_999, false],
    ] as const) {
      assert.equal(verifyAssertion(made, subject, [current], nowMs) !== null, good)
    }
  })
  it('is refused when it is malformed', () => {
    for (const text of [
      '',
      'v3',
      'v3.router.1',
      made.replace('v3', 'v2'),
      'v3.router.1000000.x',
      'v3.router.1000000.x.y.z',
      `${made}.x`,
      `${made}=`,
      made.replace('1000000', 'NaN'),
      made.replace('1000000', '1e6'),
      made.replace('1000000', ' 1000000'),
    ]) {
      assert.equal(verifyAssertion(text, subject, [current], 1_010_000), null)
    }
  })
  it('covers the same text of a live operation however it leaves out what is empty', () => {
    assert.equal(
      liveOperationBody({ query: 'q' }),
      liveOperationBody({ query: 'q', operationName: null, variables: {} }),
    )
  })
})

describe('a link', () => {
  const subject = { conversionId: 'c', mp3Id: 'c.1', linkGeneration: 0 }
  const inAnHour = () => new Date(Date.now() + 3_600_000)

  it('names its MP3 to whoever holds its key, current or previous', async () => {
    const token = await signLinkToken(subject, inAnHour(), [previous])
    assert.deepEqual(await verifyLinkToken(token, [current, previous]), subject)
  })
  it('opens nothing when it is expired, damaged, or of another key', async () => {
    const token = await signLinkToken(subject, inAnHour(), [current])
    await assert.rejects(verifyLinkToken(await signLinkToken(subject, new Date(0), [current]), [current]), {
      code: 'LINK_EXPIRED',
    })
    for (const bad of ['', 'nonsense', `${token}x`])
      await assert.rejects(verifyLinkToken(bad, [current]), { code: 'LINK_INVALID' })
    await assert.rejects(verifyLinkToken(token, [stranger]), { code: 'LINK_INVALID' })
  })
})

describe('the verifier of access tokens', () => {
  it('asks for the keys once a token, not once a request, and not beyond its end', async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA')
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }] })
    let lookups = 0
    const verifier = createAccessTokenVerifier('https://earshot.test', (header, token) => {
      lookups++
      return keys(header, token)
    })
    const token = await new SignJWT({ sid: 'session' })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'k', typ: accessTokenType })
      .setIssuer('https://earshot.test')
      .setAudience(accessTokenAudience)
      .setSubject('user')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey)
    for (let time = 0; time < 3; time++) assert.equal((await verifier.verify(token)).userId, 'user')
    assert.equal(lookups, 1)
    await assert.rejects(verifier.verify(`${token}x`), { code: 'UNAUTHENTICATED' })
  })
  it('believes no claim that is not what it should be, whoever signed it', async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA')
    const verifier = createAccessTokenVerifier('https://earshot.test', async () => publicKey)
    const sign = (claims: object) =>
      new SignJWT({ sub: 'user', sid: 'session', ...claims })
        .setProtectedHeader({ alg: 'EdDSA', typ: accessTokenType })
        .setIssuer('https://earshot.test')
        .setAudience(accessTokenAudience)
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(privateKey)
    assert.equal((await verifier.verify(await sign({}))).userId, 'user')
    const hostile = [
      { sub: { $ne: null } },
      { sub: ['user'] },
      { sub: '' },
      { sub: null },
      { sid: { $gt: '' } },
      { sid: 1 },
    ]
    for (const claims of hostile)
      await assert.rejects(
        verifier.verify(await sign(claims)),
        { code: 'UNAUTHENTICATED' },
        JSON.stringify(claims),
      )
  })
  it('takes the token of a Bearer header and of no other', () => {
    assert.equal(bearerToken('Bearer abc.def'), 'abc.def')
    assert.equal(bearerToken('bearer abc'), 'abc')
    for (const header of [undefined, '', 'abc', 'Basic abc', 'Bearer a b'])
      assert.equal(bearerToken(header), undefined)
  })
})
