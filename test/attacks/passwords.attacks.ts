/** Passwords that are tried from many places, and answers that could tell who has an account. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { print } from 'graphql'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import * as operations from '#schema/generated/operations.ts'
import { awaitVerificationToken } from '#test/harness/await-mail.ts'
import { testPassword, type ApiUser } from '#test/harness/api-user.ts'
import { judgeLogs, signUpWatched, startAttackedSystem, type AttackedSystem } from './attacked-system.ts'
import { reportAlone } from './report-attack.ts'

/** Fewer than by default, as each try costs 120 ms of a core. */
const rates = { SIGN_IN_PAIR_RATE: '3/15m', SIGN_IN_ACCOUNT_RATE: '12/h', SIGN_IN_ADDRESS_RATE: '8/15m' }

let attacked: AttackedSystem
let user: ApiUser
before(async () => {
  attacked = await startAttackedSystem({
    serviceEnv: { auth: rates, router: { TRUSTED_PROXIES: '127.0.0.1' } },
  })
  user = await signUpWatched(attacked)
  const token = await awaitVerificationToken(attacked.system.inbox!, user.email)
  await user.api.run(operations.VerifyEmailDocument, { input: { token } })
  attacked.secrets.add(token)
})
after(() => attacked[Symbol.asyncDispose]())

interface Answer {
  readonly status: number
  readonly code: string | undefined
  /** What there is to tell answers apart by. */
  readonly text: string
}

/** As a client at this address, which our own proxy tells. */
async function askFrom<R, V extends object>(
  address: string,
  document: TypedDocumentNode<R, V>,
  variables: V,
): Promise<Answer> {
  const response = await fetch(`${attacked.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ query: print(document), variables }),
  })
  // Each request has an id of its own.
  const text = (await response.text()).replace(/"requestId":"[^"]+"/, '')
  return { status: response.status, code: /"code":"(\w+)"/.exec(text)?.[1], text }
}

const signInFrom = (address: string, email: string, password: string) =>
  askFrom(address, operations.SignInDocument, { input: { email, password } })

async function hashesComputed(): Promise<number> {
  const text = await (await fetch(`${attacked.system.services.get('auth')!.healthOrigin}/metrics`)).text()
  return Number(/^earshot_auth_password_hashes_total (\d+)$/m.exec(text)![1])
}

/** What came of it, and how often a password was hashed for it. */
async function withWork(ask: () => Promise<Answer>): Promise<Answer & { readonly hashes: number }> {
  const already = await hashesComputed()
  const answer = await ask()
  return { ...answer, hashes: (await hashesComputed()) - already }
}

const unknown = 'nobody-has-this@example.com'

describe('who has an account', () => {
  it('is told neither by the answer to a wrong password nor by the work for it', async () => {
    const known = await withWork(() => signInFrom('198.51.100.1', user.email, 'not the password'))
    assert.deepEqual({ code: known.code, hashes: known.hashes }, { code: 'INVALID_CREDENTIALS', hashes: 1 })
    assert.deepEqual(await withWork(() => signInFrom('198.51.100.2', unknown, 'not the password')), known)
  })

  it('is not told by the limit of tries either', async () => {
    for (const email of [user.email, unknown]) {
      const codes = []
      for (let turn = 0; turn < 5; turn++)
        codes.push((await signInFrom(`198.51.100.${email === unknown ? 3 : 4}`, email, `guess ${turn}`)).code)
      assert.deepEqual(codes, [
        ...Array.from({ length: 3 }, () => 'INVALID_CREDENTIALS'),
        ...Array.from({ length: 2 }, () => 'TOO_MANY_REQUESTS'),
      ])
    }
  })

  it('is not told by a request to reset the password, which hashes nothing', async () => {
    const ask = (email: string) =>
      withWork(() => askFrom('198.51.100.5', operations.RequestPasswordResetDocument, { input: { email } }))
    const known = await ask(user.email)
    assert.deepEqual([known.status, known.code, known.hashes], [200, undefined, 0])
    for (const email of [unknown, `  ${unknown}`, user.email.toUpperCase()])
      assert.deepEqual(await ask(email), known, email)
  })

  it('is not told by signing up with an address, as long as nobody has proven that it is theirs', async () => {
    const claimed = await signUpWatched(attacked)
    const signUp = (email: string) =>
      withWork(() =>
        askFrom('198.51.100.6', operations.SignUpDocument, {
          input: { email, password: 'another long password' },
        }),
      )
    const fresh = await signUp('fresh@example.com')
    const again = await signUp(claimed.email)
    assert.deepEqual(
      [again.status, again.code, again.hashes],
      [fresh.status, fresh.code, fresh.hashes],
      'as for an address that nobody has claimed',
    )
    assert.equal((await signUp(user.email)).code, 'EMAIL_TAKEN')
  })
})

describe('passwords that others have lost', () => {
  it('are tried for one account a few times, however many addresses they come from', async (t) => {
    const victim = await signUpWatched(attacked)
    const { hashes: work } = await withWork(async () => {
      const tries = Array.from({ length: 60 }, (_, n) =>
        signInFrom(`203.0.${n}.7`, victim.email, n === 59 ? testPassword : `lost password ${n}`),
      )
      const answers = await Promise.all(tries)
      const codes = answers.map(({ code }) => code)
      // Signing up was the first try.
      assert.equal(codes.filter((code) => code === 'INVALID_CREDENTIALS').length, 11)
      assert.equal(codes.filter((code) => code === 'TOO_MANY_REQUESTS').length, 49)
      return answers[0]!
    })
    assert.equal(work, 11, 'nothing is hashed for the others')
    // The right one tells nothing either, from elsewhere and in the name of any spelling of the address.
    for (const email of [victim.email, victim.email.toUpperCase()])
      assert.equal((await signInFrom('192.0.2.9', email, testPassword)).code, 'TOO_MANY_REQUESTS')
    await reportAlone(t, 'passwords for one account, from sixty addresses', 62)
  })

  it('are tried from one address a few times, however many accounts they are for', async (t) => {
    const codes: Record<string, number> = {}
    for (let n = 0; n < 20; n++) {
      const { code } = await signInFrom('2001:db8::1', `somebody-${n}@example.com`, 'a password of theirs')
      codes[code!] = (codes[code!] ?? 0) + 1
    }
    assert.deepEqual(codes, { INVALID_CREDENTIALS: 8, TOO_MANY_REQUESTS: 12 })
    // A machine has each address of its block.
    const neighbour = await signInFrom('2001:db8::ffff:1', user.email, testPassword)
    assert.equal(neighbour.code, 'TOO_MANY_REQUESTS')
    assert.equal((await signInFrom('2001:db8:0:1::1', user.email, testPassword)).code, undefined)
    await reportAlone(t, 'passwords for many accounts, from one block of addresses', 22)
  })

  it('are not tried by who only says that it is elsewhere', async () => {
    const codes = []
    for (let n = 0; n < 9; n++)
      codes.push((await signInFrom(`10.0.0.${n}, 192.0.2.77`, `other-${n}@example.com`, 'a password')).code)
    assert.equal(codes.at(-1), 'TOO_MANY_REQUESTS', 'the last address is the one that our proxy saw')
  })
})

it('what was sent of passwords stands in no log', () => judgeLogs(attacked))
