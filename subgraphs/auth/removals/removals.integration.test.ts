import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { RemovalDocument } from '#schema/documents/removal-document.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { connectRawBroker, type RawBroker } from '#runtime/rabbit/testing/raw-broker.ts'
import { queues } from '#runtime/rabbit/topology.ts'
import { startAuth, type RunningAuth } from '#auth/testing/running-auth.ts'

const dayMs = 86_400_000
const password = 'correct horse battery staple'
const signUp = `mutation ($input: SignUpInput!) {
  signUp(input: $input) { session { accessToken user { id } } }
}`

describe('accounts that auth removes', () => {
  const resources = new AsyncDisposableStack()
  let auth: RunningAuth
  let broker: RawBroker
  before(async () => {
    auth = resources.use(await startAuth())
    broker = resources.use(await connectRawBroker(auth.vhost.url))
  })
  after(() => resources.disposeAsync())

  const collection = (name: string) => auth.mongo.database.collection<{ _id: string }>(name)
  const has = async (name: string, id: string) => (await collection(name).countDocuments({ _id: id })) === 1
  const newAccount = async (daysAgo: number, emailVerified = false) => {
    const input = { email: `${randomUUID()}@example.com`, password }
    const { data } = await auth.ask(signUp, { input })
    const { session } = data!['signUp'] as unknown as {
      session: { accessToken: string; user: { id: string } }
    }
    const { accessToken: token, user } = session
    const createdAt = new Date(Date.now() - daysAgo * dayMs)
    await collection('users').updateOne({ _id: user.id }, { $set: { createdAt, emailVerified } })
    return { id: user.id, token }
  }
  const codeOfMe = async ({ token }: { token: string }) =>
    (await auth.ask('{ me { id } }', {}, { token })).code
  const nextRemoval = async () => JSON.parse((await broker.next(queues.forget)).body) as unknown
  const intents = (filter: object) => auth.mongo.database.collection('removals').countDocuments(filter)
  const wait = { withinMs: 30_000, everyMs: 50 }
  const allAreTold = () =>
    waitUntil('others were told of each', async () => (await intents({ toldAt: null })) === 0, wait)

  it('are those unproven for a week: with their sessions, and others are told of each', async () => {
    const [old, proven, young] = [await newAccount(8), await newAccount(8, true), await newAccount(6)]
    // A replica sweeps as soon as it starts.
    await using _second = await startAuth(auth.keys, auth)
    assert.deepEqual(await nextRemoval(), { type: 'removed', userId: old.id })
    await allAreTold()
    assert.equal(await has('users', old.id), false)
    assert.equal(await codeOfMe(old), 'UNAUTHENTICATED')
    for (const kept of [proven, young]) {
      assert.equal(await has('users', kept.id), true)
      assert.equal(await codeOfMe(kept), undefined)
    }
    assert.equal((await broker.count(queues.forget)).ready, 0)
  })

  it('are those whose users wish it, proven ones too', async () => {
    const { id, token } = await newAccount(0, true)
    const query = 'mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedId } }'
    const answer = await auth.ask(query, { input: { password } }, { token })
    assert.deepEqual(answer.data, { deleteAccount: { deletedId: id } })
    assert.equal(await has('users', id), false)
    assert.deepEqual(await nextRemoval(), { type: 'removed', userId: id })
    await allAreTold()
  })

  it('are guests that have not come back, too', async () => {
    const enter = async (guestUntil: Date) => {
      const { data } = await auth.ask('mutation { beginGuest { session { accessToken user { id } } } }')
      const { session } = data!['beginGuest'] as unknown as {
        session: { accessToken: string; user: { id: string } }
      }
      const { accessToken: token, user } = session
      await collection('users').updateOne({ _id: user.id }, { $set: { guestUntil, createdAt: new Date(0) } })
      return { id: user.id, token }
    }
    const [over, staying] = [await enter(new Date()), await enter(new Date(Date.now() + 7 * dayMs))]
    await using _second = await startAuth(auth.keys, auth)
    assert.deepEqual(await nextRemoval(), { type: 'removed', userId: over.id })
    await allAreTold()
    assert.equal(await codeOfMe(over), 'UNAUTHENTICATED')
    assert.equal(await codeOfMe(staying), undefined)
    assert.equal((await broker.count(queues.forget)).ready, 0)
  })

  it('are followed up where a process died after it had removed one, and left alone where it was proven first', async () => {
    const [gone, unremoved, proven] = [await newAccount(8), await newAccount(8), await newAccount(8, true)]
    await collection('users').deleteOne({ _id: gone.id })
    for (const { id } of [gone, unremoved, proven])
      await auth.mongo.database.collection<RemovalDocument>('removals').insertOne({
        _id: `${id}:UNPROVEN`,
        userId: id,
        cause: 'UNPROVEN',
        createdAt: new Date(),
        toldAt: null,
      })
    const told = [await nextRemoval(), await nextRemoval()]
    assert.deepEqual(
      new Set(told.map((event) => (event as { userId: string }).userId)),
      new Set([gone.id, unremoved.id]),
    )
    await allAreTold()
    assert.equal(await codeOfMe(gone), 'UNAUTHENTICATED')
    assert.equal(await has('users', unremoved.id), false)
    assert.equal(await codeOfMe(proven), undefined)
    assert.equal((await broker.count(queues.forget)).ready, 0)
  })

  it('are told of once more on the next day, as a broker may have lost its queues, and then no more', async () => {
    const first = await intents({})
    assert.ok(first >= 2)
    auth.pass(dayMs + 1)
    const told = new Set<unknown>()
    while (told.size < first) told.add(((await nextRemoval()) as { userId: string }).userId)
    await waitUntil('no removal is left', async () => (await intents({})) === 0, wait)
  })
})
