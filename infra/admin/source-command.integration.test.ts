import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { Command } from 'commander'
import { createGridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createTestDatabase, type TestDatabase } from '#test/harness/test-database.ts'
import { queuedConversion } from '#ledger/testing/sample-records.ts'
import { OperatorError } from './operator-error.ts'
import { addSourceCommand } from './source-command.ts'

describe('earshot admin source', () => {
  let mongo: TestDatabase
  let directory: TemporaryDirectory
  const bytes = randomBytes(600_000)
  before(async () => {
    mongo = createTestDatabase()
    directory = await createTemporaryDirectory()
    await createGridFsBlobStore(mongo.database).write('kept', Readable.from([bytes]))
    const conversions = mongo.database.collection<typeof queuedConversion>('conversions')
    for (const blobId of ['kept', 'gone', 'help'])
      await conversions.insertOne({
        ...queuedConversion,
        _id: `-${blobId}`,
        source: { ...queuedConversion.source, blobId, filename: 'a\u202Egpj.exe' },
      })
  })
  after(async () => {
    await mongo[Symbol.asyncDispose]()
    await directory[Symbol.asyncDispose]()
  })

  const run = async (id: string, file: string) => {
    const program = new Command()
    let written = ''
    const output = { write: (text: string) => ((written += text), true) } as NodeJS.WritableStream
    addSourceCommand(program, { MONGODB_URL: mongo.url }, output)
    await program.parseAsync(['source', id, file], { from: 'user' })
    return written
  }

  it('saves the bytes for nobody else to read, and over no other file', async () => {
    const file = join(directory.path, 'poison')
    assert.equal(await run('-kept', file), `600000 bytes of "a\\u202egpj.exe" in ${file}\n`)
    assert.deepEqual(await readFile(file), bytes)
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    await assert.rejects(run('-kept', file), new OperatorError(`${file} exists.`))
  })

  it('says what is not there', async () => {
    const file = join(directory.path, 'nothing')
    await assert.rejects(run('-gone', file), new OperatorError('The source of -gone is no longer kept.'))
    await assert.rejects(run('-help', file), new OperatorError('The source of -help is no longer kept.'))
    await assert.rejects(run('x', file), new OperatorError('There is no conversion x.'))
    await assert.rejects(stat(file))
  })
})
