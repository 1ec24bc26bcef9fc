import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Command } from 'commander'
import { conversionIn } from '#ledger/testing/sample-records.ts'
import { createTestDatabase, type TestDatabase } from '#test/harness/test-database.ts'
import { addFindCommand } from './find-command.ts'
import { OperatorError } from './operator-error.ts'

type AnyDocument = { _id: string; [field: string]: unknown }

describe('earshot admin find', () => {
  let mongo: TestDatabase
  before(async () => {
    mongo = createTestDatabase()
    const insert = (name: string, documents: AnyDocument[]) =>
      mongo.database.collection<AnyDocument>(name).insertMany(documents)
    const createdAt = new Date('2026-01-01T00:00:00Z')
    await insert('users', [
      { _id: 'user-1', emailCanonical: 'ann@example.org', emailVerified: false, createdAt },
      { _id: 'user-2', emailCanonical: 'bob@example.org', emailVerified: true, createdAt },
    ])
    const expiresAt = new Date('2999-01-01T00:00:00Z')
    await insert('sessions', [
      { _id: 's1', userId: 'user-1', ended: false, expiresAt },
      { _id: 's2', userId: 'user-1', ended: true, expiresAt },
      { _id: 's3', userId: 'user-1', ended: false, expiresAt: createdAt },
      { _id: 's4', userId: 'user-2', ended: false, expiresAt },
    ])
    await insert('uploads', [
      { _id: 'u1', ownerId: 'user-1', status: 'READY', secretHash: '1' },
      { _id: 'u2', ownerId: 'user-1', status: 'READY', secretHash: '2' },
      { _id: 'u3', ownerId: 'user-2', status: 'READY', secretHash: '3' },
    ])
    await insert('conversions', [
      conversionIn('RUNNING', { _id: 'old' }),
      conversionIn('SUCCEEDED', { _id: 'new\u009b31m', createdAt: new Date('2026-01-02T00:00:00Z') }),
      conversionIn('FAILED', { _id: 'other', ownerId: 'user-2', requestId: 'request-2' }),
    ])
  })
  after(() => mongo[Symbol.asyncDispose]())

  const run = async (...args: string[]) => {
    let written = ''
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
    const output = { write: (text: string) => ((written += text), true) }
    addFindCommand(program, { MONGODB_URL: mongo.url }, output)
    await program.parseAsync(['find', ...args], { from: 'user' })
    return written
  }

  it('finds the account of an address however it is typed, and what is its alone', async () => {
    assert.deepEqual((await run(' Ann@Example.org')).split('\n'), [
      'account     user-1, made at 2026-01-01T00:00:00.000Z',
      'address     is NOT verified',
      'sessions    1 go on',
      'uploads     READY 2',
      'SUCCEEDED  2026-01-02T00:00:00.000Z  new 31m',
      'RUNNING    2026-01-01T00:00:00.000Z  old',
      '',
    ])
    assert.doesNotMatch(await run('ann@example.org', '--json'), /[\u0080-\u009f]/u)
  })

  it('finds the conversions that carry a request id', async () => {
    assert.equal(await run('request-2'), 'FAILED     2026-01-01T00:00:00.000Z  other\n')
    const found = JSON.parse(await run('request-1', '--json')) as { conversions: { status: string }[] }
    assert.deepEqual(
      found.conversions.map(({ status }) => status),
      ['SUCCEEDED', 'RUNNING'],
    )
  })

  it('says that there is none', async () => {
    await assert.rejects(run('nobody@example.org'), OperatorError)
    await assert.rejects(run('request-9'), OperatorError)
  })
})
