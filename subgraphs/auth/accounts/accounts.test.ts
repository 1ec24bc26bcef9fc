import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import type { AccountDocument } from '#schema/documents/user-document.ts'
import { createLocalThrottleStore } from '#runtime/throttle/local-throttle-store.ts'
import { createThrottles } from '#runtime/throttle/throttles.ts'
import { hashAddress } from '#auth/keys/verification-tokens.ts'
import { createAccountThrottles } from './account-throttles.ts'
import { createAddressProofs } from './address-proofs.ts'
import { createAccounts } from './accounts.ts'
import type { Passwords } from './passwords.ts'
import type { UserStore } from './user-store.ts'

const rate = { count: 3, windowMs: 60_000 }
const wide = { count: 1_000, windowMs: 60_000 }
const { signal } = new AbortController()
const from = (addressBlock: string, network = addressBlock) => ({
  requestId: 'r',
  addressBlock,
  network,
  signal,
})

/** One account, whose hash is its password; each use of Argon2 is counted. */
function startAccounts(cost = 'new', changes: Partial<AccountDocument> = {}) {
  let user = {
    guestUntil: null,
    _id: 'known',
    email: 'known@example.com',
    emailCanonical: 'known@example.com',
    passwordHash: 'old:the right password',
    emailVerified: true,
    ...changes,
  } as AccountDocument
  const known = new Set<string>()
  let [runs, hash] = [0, user.passwordHash]
  const passwords: Passwords = {
    hash: async (password) => (runs++, `${cost}:${password}`),
    matches: async (password, passwordHash) => (runs++, passwordHash?.split(':')[1] === password),
    isOutdated: (passwordHash) => !passwordHash.startsWith(`${cost}:`),
  }
  const store = {
    read: async () => ({ ...user, passwordHash: hash }),
    readByEmail: async (address: string) => (address === user.email ? { ...user, passwordHash: hash } : null),
    insert: async () => true,
    replacePassword: async (_id: string, read: string, next: string) =>
      read === hash && Boolean((hash = next)),
  } as Partial<UserStore> as UserStore
  const affairs = {
    store,
    passwords,
    throttles: createAccountThrottles(
      createThrottles({
        store: createLocalThrottleStore(),
        log: pino({ level: 'silent' }),
        now: () => new Date(0),
      }),
      {
        SIGN_IN_PAIR_RATE: rate,
        SIGN_IN_ACCOUNT_RATE: { ...rate, count: 5 },
        SIGN_IN_ADDRESS_RATE: wide,
        SIGN_IN_NETWORK_RATE: { ...rate, count: 6 },
        SIGN_UP_NETWORK_RATE: wide,
        GUEST_ADDRESS_RATE: wide,
        GUEST_NETWORK_RATE: wide,
        MAIL_REQUEST_ACCOUNT_RATE: wide,
        MAIL_REQUEST_NETWORK_RATE: wide,
      },
      {
        knows: async (account, addressBlock) => known.has(`${account} ${addressBlock}`),
        remember: async (account, addressBlock) => void known.add(`${account} ${addressBlock}`),
      },
    ),
    sessions: { endAll: async () => {} },
    announce: () => undefined,
    now: () => new Date(0),
  }
  const accounts = createAccounts(affairs)
  const verificationTokens = {
    issue: () => assert.fail(),
    verify: async () => ({ userId: 'known', addressHash: hashAddress('known@example.com') }),
  }
  const addressProofs = createAddressProofs({ ...affairs, verificationTokens })
  const counted = async (attempt: () => Promise<unknown>) => {
    const before = runs
    const code = await attempt().then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
    return { code, runs: runs - before }
  }
  const tryIt = (email: string, password: string, addressBlock = 'here', network?: string) =>
    counted(() => accounts.authenticate(email, password, from(addressBlock, network)))
  const signUp = (email: string, password: string) =>
    counted(() => accounts.signUp({ email, password }, from('here'), null))
  const verify = (password: string) =>
    counted(() => addressProofs.verify({ token: 'token', password, identity: null }, from('here')))
  const signIn = () => accounts.authenticate('known@example.com', 'the right password', from('here'))
  const passTo = (_id: string) => void (user = { ...user, _id })
  return { tryIt, signUp, verify, signIn, passTo, storedHash: () => hash }
}

describe('signing in', () => {
  it('answers alike and does the same work for known and unknown addresses, to the limit and beyond', async () => {
    const { tryIt } = startAccounts('old')
    const attempts = async (email: string) => {
      const seen = []
      for (let attempt = 0; attempt < 5; attempt++) seen.push(await tryIt(email, 'wrong'))
      return seen
    }
    const known = await attempts('known@example.com')
    assert.deepEqual(await attempts('unknown@example.com'), known)
    assert.deepEqual(
      known.map(({ code, runs }) => [code, runs]),
      [
        ...Array.from({ length: 3 }, () => ['INVALID_CREDENTIALS', 1]),
        ...Array.from({ length: 2 }, () => ['TOO_MANY_REQUESTS', 0]),
      ],
    )
  })

  it('is stopped for an account that many addresses try, and goes on for whoever knows the password until then', async () => {
    const { tryIt } = startAccounts('old')
    for (let times = 0; times < 8; times++)
      assert.equal((await tryIt('known@example.com', 'the right password')).code, 'done')
    const codes = []
    for (let n = 0; n < 7; n++) codes.push((await tryIt('known@example.com', 'wrong', `block-${n}`)).code)
    assert.deepEqual(codes.slice(4), ['INVALID_CREDENTIALS', 'TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS'])
    assert.equal(
      (await tryIt('known@example.com', 'the right password', 'block-9')).code,
      'TOO_MANY_REQUESTS',
    )
  })

  it('goes on from where the right password came before, whatever others try elsewhere, and no more often from there', async () => {
    const { tryIt } = startAccounts('old')
    assert.equal((await tryIt('known@example.com', 'the right password', 'home')).code, 'done')
    for (let n = 0; n < 20; n++) await tryIt('known@example.com', 'wrong', `block-${n}`)
    assert.equal((await tryIt('known@example.com', 'the right password', 'home')).code, 'done')
    const codes = []
    for (let times = 0; times < 4; times++)
      codes.push((await tryIt('known@example.com', 'wrong', 'home')).code)
    assert.deepEqual(codes.slice(2), ['INVALID_CREDENTIALS', 'TOO_MANY_REQUESTS'])
  })

  it('is stopped for a network that tries many accounts from many addresses, but for who signed in there before', async () => {
    const { tryIt } = startAccounts('old')
    const right = () => tryIt('known@example.com', 'the right password', 'home', 'net')
    for (let times = 0; times < 8; times++) assert.equal((await right()).code, 'done')
    const codes = []
    for (let n = 0; n < 8; n++)
      codes.push((await tryIt(`${n}@example.com`, 'lost', `block-${n}`, 'net')).code)
    assert.deepEqual(codes.slice(5), ['INVALID_CREDENTIALS', 'TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS'])
    assert.equal((await tryIt('0@example.com', 'lost', 'block-0', 'another net')).code, 'INVALID_CREDENTIALS')
    assert.equal((await right()).code, 'done')
  })

  it('shares its limit with the page that verifies an address: no password is guessed there', async () => {
    const { tryIt, verify } = startAccounts('old')
    const wrong = { code: 'INVALID_CREDENTIALS', runs: 1 }
    assert.deepEqual(await verify('wrong'), wrong)
    assert.deepEqual(await tryIt('known@example.com', 'wrong'), wrong)
    assert.deepEqual(await verify('x'.repeat(1_000)), wrong)
    const stopped = { code: 'TOO_MANY_REQUESTS', runs: 0 }
    assert.deepEqual(await verify('the right password'), stopped)
    assert.deepEqual(await tryIt('known@example.com', 'the right password'), stopped)
  })

  it('shares its limit with signing up, whoever has the address: no password is guessed there', async () => {
    const { tryIt, signUp } = startAccounts('old', { emailVerified: false })
    const attempts = async (email: string) => {
      const seen = []
      for (let n = 0; n < 3; n++) seen.push(await signUp(email, `a long wrong guess ${n}`))
      return [...seen, await signUp(email, 'the right password'), await tryIt(email, 'the right password')]
    }
    const known = await attempts('known@example.com')
    assert.deepEqual(
      known.map(({ code }) => code),
      ['done', 'done', 'done', 'TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS'],
    )
    assert.equal(known.at(-2)!.runs, 0)
    assert.deepEqual(await attempts('unknown@example.com'), known)
  })

  it('is not kept from who signs up again with the password that is theirs', async () => {
    const { tryIt, signUp } = startAccounts('old', { emailVerified: false })
    for (let times = 0; times < 5; times++)
      assert.equal((await signUp('known@example.com', 'the right password')).code, 'EMAIL_TAKEN')
    assert.equal((await tryIt('known@example.com', 'the right password')).code, 'done')
  })

  it('counts for the account that has the address now, wherever one that had it was signed in to', async () => {
    const { tryIt, passTo } = startAccounts('old')
    assert.equal((await tryIt('known@example.com', 'the right password', 'elsewhere')).code, 'done')
    passTo('its owner')
    for (let n = 0; n < 5; n++) await tryIt('known@example.com', 'wrong', `block-${n}`)
    assert.equal((await tryIt('known@example.com', 'wrong', 'elsewhere')).code, 'TOO_MANY_REQUESTS')
  })

  it('renews a hash that was made at a lower cost, and no other', async () => {
    const { tryIt, storedHash } = startAccounts()
    assert.equal((await tryIt('known@example.com', 'wrong')).runs, 1)
    assert.equal(storedHash(), 'old:the right password')
    assert.equal((await tryIt('known@example.com', 'the right password')).runs, 2)
    assert.equal(storedHash(), 'new:the right password')
    assert.equal((await tryIt('known@example.com', 'the right password')).runs, 1)
  })

  it('goes by the hash that counts where two renew it at once: a session begun by the other would end', async () => {
    const { signIn, storedHash } = startAccounts()
    for (const { passwordHash } of await Promise.all([signIn(), signIn()]))
      assert.equal(passwordHash, storedHash())
  })
})
