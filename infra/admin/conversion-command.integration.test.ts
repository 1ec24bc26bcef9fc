import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { Command } from 'commander'
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { createGridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import {
  after as following,
  claim,
  conversionIn,
  mp3,
  queuedConversion,
} from '#ledger/testing/sample-records.ts'
import { createTestDatabase, type TestDatabase } from '#test/harness/test-database.ts'
import { addConversionCommand } from './conversion-command.ts'
import { OperatorError } from './operator-error.ts'

const hostileName = 'talk\u001b[2J\u202Efdp.mp4'
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const at = new Date('2026-01-01T00:00:00Z')

const bouncedMail: MailDocument = {
  _id: 'done:conversionSucceeded',
  kind: 'conversionSucceeded',
  userId: 'user-1',
  conversionId: 'done',
  traceparent: null,
  state: 'BOUNCED',
  messageId: 'message-1',
  reason: '550 5.1.1 <ann@example.org>: no\u009b31m such\nuser',
  tries: 2,
  resends: 0,
  createdAt: at,
  sentAt: at,
}

describe('earshot admin conversion', () => {
  let mongo: TestDatabase
  before(async () => {
    mongo = createTestDatabase()
    const { database } = mongo
    const source = { ...queuedConversion.source, filename: hostileName }
    const traced = { source, traceparent: `00-${traceId}-00f067aa0ba902b7-01` }
    const missing = { ...mp3, id: 'done.2', blobId: 'done.2' }
    const done = following(
      { ...queuedConversion, ...traced, _id: 'done' },
      claim(0),
      { type: 'release', leaseId: 'lease-1', failure: null, delayMs: 0 },
      claim(1),
      { type: 'succeed', leaseId: 'lease-2', mp3s: [mp3, missing], warnings: [] },
    )
    await database
      .collection<ConversionRecord>('conversions')
      .insertMany([
        done,
        conversionIn('RUNNING', { _id: '-running' }),
        conversionIn('FAILED', { _id: 'failed', toBeMailed: false }),
        { ...conversionIn('DELETED'), _id: 'deleted' },
      ])
    await database.collection<{ _id: string }>('conversions').insertOne({ _id: 'odd' })
    await database.collection<MailDocument>('mails').insertOne(bouncedMail)
    await createGridFsBlobStore(database).write(mp3.blobId, Readable.from([Buffer.alloc(1_500)]))
    await database.collection<{ _id: string; [field: string]: unknown }>('users').insertOne({
      ...{ _id: 'user-1', email: 'Ann@example.org', emailCanonical: 'ann@example.org', emailVerified: true },
      ...{ passwordHash: 'hash', passwordResets: [], guestUntil: null },
      ...{ locale: 'en', outbox: [], outboxPending: false, createdAt: at },
    })
  })
  after(() => mongo[Symbol.asyncDispose]())

  const run = async (...args: string[]) => {
    let written = ''
    const output = { write: (text: string) => ((written += text), true) }
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
    addConversionCommand(program, { MONGODB_URL: mongo.url }, output)
    await program.parseAsync(['conversion', ...args], { from: 'user' })
    return written
  }

  it('tells its events with the attempts that they belong to, its request and its trace', async () => {
    const lines = (await run('done')).split('\n')
    const events = lines.slice(lines.findIndex((line) => line.startsWith('events')))
    assert.deepEqual(events.slice(0, 5), [
      'events        1  2026-01-01T00:00:00.000Z  ENQUEUED',
      '              2  2026-01-01T00:00:00.000Z  STARTED        attempt 1  after 0 ms',
      '              3  2026-01-01T00:00:00.000Z  REQUEUED       attempt 1  after 0 ms',
      '              4  2026-01-01T00:00:00.000Z  STARTED        attempt 2  after 0 ms',
      '              5  2026-01-01T00:00:00.000Z  SUCCEEDED      attempt 2  after 0 ms',
    ])
    for (const line of ['owner       user-1', 'request     request-1', `trace       ${traceId}`])
      assert.ok(lines.includes(line), line)
    assert.ok(lines.every((line) => line.length <= 100))
  })

  it('says which of its files are kept, and which are missing', async () => {
    const told = await run('done')
    assert.match(told, /^source {6}no longer kept, and no longer needed$/m)
    assert.match(told, /^MP3s {8}1 of 2 are kept, 1\.50 kB\n {12}MISSING, though it succeeded: done\.2$/m)
    assert.match(
      await run('-running'),
      /^source {6}MISSING, though it is still to be converted: upload-1\.2$/m,
    )
  })

  it('tells who holds it, without what the holder proves its right with', async () => {
    assert.match(await run('-running'), /^lease {7}held by worker-1, beat 0;/m)
    assert.doesNotMatch(await run('-running', '--json'), /lease-1/)
  })

  it('tells why it failed, and how its mail stands', async () => {
    const told = await run('failed')
    assert.match(told, /^failure {5}CORRUPT_FILE: The file is damaged\.$/m)
    assert.match(told, /^mail {8}none: it was ordered by a guest$/m)
    assert.match(await run('done'), /^mail {8}conversionSucceeded BOUNCED, [^]* put off 2 times: 550 /m)
  })

  it('names no file and no address unless asked to', async () => {
    for (const flags of [[], ['--json']]) {
      const told = await run('done', ...flags)
      assert.doesNotMatch(told, /talk|example\.org/)
      assert.match(told, /550 5\.1\.1 \(address\) no/)
      const all = await run('done', '--personal', ...flags)
      for (const personal of ['Ann@example.org', 'talk.mp3', '<ann@example.org>'])
        assert.ok(all.replaceAll(/\n +/g, ' ').includes(personal), personal)
    }
  })

  it('writes nothing stored that a terminal obeys', async () => {
    for (const flags of [[], ['--json']])
      assert.doesNotMatch(await run('done', '--personal', ...flags), /(?!\n)[\p{Cc}\p{Bidi_Control}]/u)
    const { personal } = JSON.parse(await run('done', '--personal', '--json')) as {
      personal: { filename: string }
    }
    assert.equal(personal.filename, hostileName)
  })

  it('tells what a tombstone still knows', async () => {
    assert.match(await run('deleted'), /^state {7}DELETED at .*, was SUCCEEDED; only a tombstone is left$/m)
  })

  it('says that there is none, or that it is malformed and where', async () => {
    await assert.rejects(run('x'), new OperatorError('There is no conversion x.'))
    await assert.rejects(run('odd'), /^OperatorError: Conversion odd is stored in a form .*: status\.$/)
  })
})
