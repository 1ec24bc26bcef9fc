/** Operations that cost more than they look: each is refused before it is planned, by a limit that its answer names. */
import { before, after, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { doublingFragments } from './doubling-fragments.ts'
import { openLiveSocket } from './raw-socket.ts'
import { amount, reportAlone } from './report-attack.ts'
import { signUpUser, testPassword, type ApiUser } from '#test/harness/api-user.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'

let running: RunningSystem
let user: ApiUser
before(async () => {
  running = await startTestSystem({ limits: 'usual' })
  user = await signUpUser(running.system.publicUrl)
})
after(() => running[Symbol.asyncDispose]())

const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ')
const credentials = (email: string) => `input: { email: "${email}", password: "${testPassword}" }`

/** Over HTTP as on a socket. */
const operations: Readonly<Record<string, string>> = {
  'its lists lie within lists': `{ me { ${'conversions(first: 100) { edges { node { '.repeat(6)}id${' } } }'.repeat(6)} } }`,
  'its lists are read under many names': `{ me { ${times(30, (n) => `a${n}: conversions(first: 100) { edges { node { events { sequence } } } }`)} } }`,
  'it asks one field under 6,000 names': `{ ${times(6_000, (n) => `a${n}: me { id }`)} }`,
  'it goes deeper than any of ours': `{ __schema { types { ${'fields { type { '.repeat(20)}name${' } }'.repeat(20)} } } }`,
  'it signs in under 500 names': `mutation { ${times(500, (n) => `a${n}: signIn(${credentials('a@example.com')}) { session { id } }`)} }`,
  'it signs in twice': `mutation { ${times(2, (n) => `a${n}: signIn(${credentials('a@example.com')}) { session { id } }`)} }`,
  'it signs up 40 addresses of one inbox': `mutation { ${times(40, (n) => `a${n}: signUp(${credentials(`victim+${n}@example.com`)}) { session { id } }`)} }`,
  'it announces 1,000 uploads': `mutation { ${times(1_000, (n) => `a${n}: createUpload(input: { filename: "a", sizeBytes: 1, idempotencyKey: "key-number-${n}" }) { upload { id } }`)} }`,
  'it revokes the links of one conversion 400 times': `mutation { ${times(400, (n) => `a${n}: revokeDownloadLinks(input: { id: "a" }) { conversion { id } }`)} }`,
  'it repeats a directive 5,000 times': `{ me ${'@include(if: true) '.repeat(5_000)} { id } }`,
  'it repeats a field 4,000 times': `{ ${'me { id } '.repeat(4_000)} }`,
  'it declares 5,000 variables': `query (${times(5_000, (n) => `$a${n}: ID`)}) { me { id } }`,
  'it is a circle of fragments': '{ me { ...a } } fragment a on User { ...b } fragment b on User { ...a }',
}

describe('an operation that costs more than it looks', () => {
  it('is refused when its fragments double at each level', async (t) => {
    const { httpStatus: status, errors = [] } = await user.api.ask(doublingFragments(amount(13, 20)))
    const codes = errors.map(({ extensions }) => extensions?.code)
    assert.deepEqual({ status, codes }, { status: 400, codes: ['OPERATION_LIMIT_EXCEEDED'] })
    await reportAlone(t, 'fragments that double the plan at each level', 1)
  })

  for (const [what, query] of Object.entries(operations))
    it(`is refused when ${what}, over HTTP and on a socket`, async () => {
      const expected = /^(OPERATION_LIMIT_EXCEEDED|GRAPHQL_VALIDATION_FAILED)$/
      const { httpStatus, errors = [], data } = await user.api.ask(query)
      assert.deepEqual([httpStatus, data ?? null], [400, null])
      assert.match(errors[0]!.extensions!.code!, expected)
      using live = await openLiveSocket(running.system.publicUrl, `Bearer ${user.api.token}`)
      live.send({ type: 'subscribe', id: '1', payload: { query } })
      const answer = await live.next()
      const [, code] = /"code":"(\w+)"/.exec(JSON.stringify(answer))!
      assert.match(code!, expected)
    })

  it('has done nothing of what it asked for', async (t) => {
    const { database } = running
    assert.equal(await database.collection('users').countDocuments(), 1)
    assert.equal(await database.collection('uploads').countDocuments(), 0)
    await reportAlone(t, 'operations that cost more than they look', 2 * Object.keys(operations).length)
  })
})
