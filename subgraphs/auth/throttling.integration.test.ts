import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startAuth, type RunningAuth } from '#auth/testing/running-auth.ts'

const password = 'correct horse battery staple'
const limits = {
  SIGN_IN_PAIR_RATE: '3/15m',
  SIGN_IN_ACCOUNT_RATE: '5/h',
  SIGN_IN_ADDRESS_RATE: '12/15m',
  SIGN_UP_NETWORK_RATE: '2/h',
}

describe('whoever tries passwords', () => {
  let auth: RunningAuth
  before(async () => void (auth = await startAuth(undefined, undefined, limits)))
  after(() => auth[Symbol.asyncDispose]())

  const signIn = (email: string, tried: string, clientAddress = '203.0.113.1') =>
    auth.ask(
      'mutation ($input: SignInInput!) { signIn(input: $input) { session { id } } }',
      { input: { email, password: tried } },
      { clientAddress },
    )
  const signUp = (email: string, clientAddress = '203.0.113.1') =>
    auth.ask(
      'mutation ($input: SignUpInput!) { signUp(input: $input) { session { id } } }',
      { input: { email, password } },
      { clientAddress },
    )
  const codes = async (email: string, times: number) =>
    await Promise.all(Array.from({ length: times }, async () => (await signIn(email, 'wrong')).code))

  it('is stopped after as many for a known address as for an unknown one, however many come at once', async () => {
    // It counts as a try, from there.
    await signUp('known@example.com', '192.0.2.200')
    for (const email of ['known@example.com', 'unknown@example.com']) {
      const answers = await codes(email, 5)
      assert.equal(answers.filter((code) => code === 'INVALID_CREDENTIALS').length, 3, email)
      assert.equal(answers.filter((code) => code === 'TOO_MANY_REQUESTS').length, 2, email)
    }
    const { code, details } = await signIn('known@example.com', password)
    assert.equal(code, 'TOO_MANY_REQUESTS')
    assert.ok(details!.retryAfterMs! > 0 && details!.retryAfterMs! <= 900_000)
    assert.equal((await signIn('known@example.com', password, '198.51.100.1')).code, undefined)
  })

  it('is stopped by address where it tries many accounts', async () => {
    const answers = (
      await Promise.all(['a', 'b', 'c', 'd'].map((name) => codes(`${name}@example.com`, 3)))
    ).flat()
    assert.ok(answers.includes('TOO_MANY_REQUESTS'))
    auth.pass(15 * 60_000)
    assert.equal((await signIn('known@example.com', password)).code, undefined)
  })

  it('keeps nobody out who signs in from where they did before, for 30 days', async () => {
    auth.pass(24 * 3_600_000)
    const email = 'known@example.com'
    assert.equal((await signIn(email, password, '192.0.2.1')).code, undefined)
    const lock = async () => {
      for (let n = 0; n < 5; n++) await signIn(email, 'wrong', `198.51.100.${10 + n}`)
      assert.equal((await signIn(email, password, '198.51.100.99')).code, 'TOO_MANY_REQUESTS')
    }
    await lock()
    assert.equal((await signIn(email, password, '192.0.2.1')).code, undefined)
    auth.pass(31 * 24 * 3_600_000)
    await lock()
    assert.equal((await signIn(email, password, '192.0.2.1')).code, 'TOO_MANY_REQUESTS')
    auth.pass(3_600_000)
  })

  it('cannot make accounts without end', async () => {
    // Into a window that nothing was counted in.
    auth.pass(60 * 60_000)
    for (const email of ['second@example.com', 'third@example.com'])
      assert.equal((await signUp(email)).code, undefined)
    assert.equal((await signUp('fourth@example.com')).code, 'TOO_MANY_REQUESTS')
    assert.equal(await auth.mongo.database.collection('users').countDocuments(), 3)
  })
})
