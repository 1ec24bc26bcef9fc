import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { Double, Int32, type Db, type Document } from 'mongodb'
import { createGridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { conversionIn, mp3, queuedConversion } from '#ledger/testing/sample-records.ts'
import { OperatorError } from '#infra/admin/operator-error.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { restoreBackup } from './restore-backup.ts'
import { takeBackup } from './take-backup.ts'

const nothing = () => undefined
const raw = (database: Db, name: string) => database.collection<Document & { _id: string }>(name)
const idsIn = async (database: Db, name: string) =>
  (await raw(database, name).find({}).toArray()).map(({ _id }) => _id).toSorted()

describe('a backup', () => {
  let owned: AsyncDisposableStack
  let source: Db
  let target: Db
  let folder: string
  beforeEach(async () => {
    owned = new AsyncDisposableStack()
    source = owned.use(createTestDatabase()).database
    target = owned.use(createTestDatabase()).database
    folder = join(owned.use(await createTemporaryDirectory()).path, 'backup')
  })
  afterEach(() => owned.disposeAsync())

  const backUp = (tell: (name: string) => unknown = nothing) =>
    takeBackup({ database: source, folder, tell: ({ name }) => tell(name) })
  const restore = (sendOwedMails = false) =>
    restoreBackup({ database: target, folder, sendOwedMails, tell: nothing })

  const upload = (id: string, status = 'READY') => ({
    _id: id,
    status,
    blobId: `${id}.source`,
    picture: null,
  })
  const conversion = (id: string, status: 'QUEUED' | 'RUNNING' | 'SUCCEEDED', blobId = `${id}.1`) => {
    const own = { _id: id, source: { ...queuedConversion.source, uploadId: `upload of ${id}` } }
    const record = conversionIn(status, own)
    return status === 'SUCCEEDED' ? { ...record, mp3s: [{ ...mp3, blobId }] } : record
  }
  const store = async (id: string, sizeBytes: number) => {
    const bytes = randomBytes(sizeBytes)
    await createGridFsBlobStore(source).write(id, Readable.from([bytes]))
    await raw(source, 'blobs').insertOne({ _id: id, state: 'kept' })
    return bytes
  }

  it('brings back every document to the bit, indexes, and the bytes of every file that is named', async () => {
    await createGridFsBlobStore(source).prepare()
    await raw(source, 'uploads').insertOne(upload('u'))
    await raw(source, 'conversions').insertOne(conversion('c', 'SUCCEEDED'))
    await raw(source, 'users').createIndex({ emailCanonical: 1 }, { unique: true })
    const typed = {
      _id: 'me',
      int: new Int32(1),
      double: new Double(1),
      nothing: null,
      at: new Date(7),
      list: [{}],
    }
    await raw(source, 'users').insertOne(typed)
    const files = { 'u.source': await store('u.source', 2_500_000), 'c.1': await store('c.1', 1) }
    await store('of nobody', 10)
    const { missingFiles, conversionsLeftOut } = await backUp()
    assert.deepEqual([missingFiles, conversionsLeftOut], [[], 0])
    await restore()
    for (const name of ['uploads', 'conversions', 'users'])
      assert.deepEqual(
        await target.collection(name).find({}, { promoteValues: false }).toArray(),
        await source.collection(name).find({}, { promoteValues: false }).toArray(),
      )
    assert.deepEqual(await idsIn(target, 'blobs'), ['c.1', 'u.source'])
    assert.deepEqual(await idsIn(target, 'fs.files'), ['c.1', 'u.source'])
    for (const [id, bytes] of Object.entries(files)) {
      const read = createGridFsBlobStore(target).read(id, { start: 0, end: bytes.length - 1 })
      assert.deepEqual(await buffer(read), bytes)
    }
    await assert.rejects(
      target.collection('fs.chunks').insertOne({ files_id: 'c.1', n: 0 }),
      /duplicate key/i,
    )
  })

  it('is for nobody else to read, and is not there before it is whole', async () => {
    await raw(source, 'users').insertOne({ _id: 'me' })
    await backUp(async () => assert.rejects(stat(folder)))
    assert.equal((await stat(folder)).mode & 0o777, 0o700)
    for (const file of await readdir(folder))
      assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600)
    await assert.rejects(backUp(), new OperatorError(`${folder} exists.`))
  })

  it('leaves out what is ordered and not finished while it is taken, as its upload may not be in it', async () => {
    await raw(source, 'uploads').insertMany([upload('upload of early'), upload('upload of done')])
    await raw(source, 'conversions').insertMany([
      conversion('early', 'QUEUED'),
      conversion('done', 'RUNNING'),
    ])
    await store('upload of early.source', 5)
    await store('upload of done.source', 5)
    const { conversionsLeftOut, missingFiles } = await backUp(async (name) => {
      if (name !== 'uploads') return
      await raw(source, 'conversions').insertOne(conversion('late', 'QUEUED'))
      await raw(source, 'conversions').insertOne(conversion('late and done', 'SUCCEEDED'))
      await raw(source, 'conversions').replaceOne({ _id: 'done' }, conversion('done', 'SUCCEEDED'))
      await Promise.all(['done.1', 'late and done.1', 'early.1'].map((id) => store(id, 5)))
    })
    assert.deepEqual([conversionsLeftOut, missingFiles], [1, []])
    await restore()
    assert.deepEqual(await idsIn(target, 'conversions'), ['done', 'early', 'late and done'])
    // What the attempt under way has written is not in it: the next one writes under the same id.
    const files = ['done.1', 'late and done.1', 'upload of done.source', 'upload of early.source']
    assert.deepEqual(await idsIn(target, 'fs.files'), files)
  })

  it('says which files the database lacks', async () => {
    await raw(source, 'conversions').insertMany([
      conversion('gone', 'SUCCEEDED'),
      conversion('torn', 'SUCCEEDED'),
    ])
    await store('torn.1', 2_000_000)
    await source.collection('fs.chunks').deleteOne({ files_id: 'torn.1', n: 1 })
    assert.deepEqual((await backUp()).missingFiles, ['gone.1', 'torn.1'])
  })

  it('fails and leaves nothing when bytes may have been removed while it was taken', async () => {
    await raw(source, 'users').insertOne({ _id: 'me' })
    const endHolds = () => source.collection('holds').deleteMany({})
    await assert.rejects(backUp(endHolds), /hold on all blobs was ended/)
    assert.deepEqual(await readdir(join(folder, '..')), [])
  })

  it('is restored into an empty database only, and only as it was written', async () => {
    await raw(source, 'users').insertMany([{ _id: 'me' }, { _id: 'you' }])
    await backUp()
    await raw(target, 'usage').insertOne({ _id: 'today' })
    await assert.rejects(restore(), /is not empty \(usage\).*Nothing was restored/)
    await raw(target, 'usage').deleteMany({})
    const users = join(folder, 'users.bson')
    const bytes = await readFile(users)
    await appendFile(users, 'x')
    await assert.rejects(restore(), /damaged: .*users\.bson does not have the SHA-256/)
    await writeFile(users, bytes)
    const manifest = join(folder, 'manifest.json')
    const text = await readFile(manifest, 'utf8')
    await writeFile(manifest, text.replace('"users"', '"../users"'))
    await assert.rejects(restore(), /not that of a backup this version can restore/)
    assert.equal(await target.collection('users').countDocuments(), 0)
    await writeFile(manifest, text)
    await restore()
    assert.deepEqual(await idsIn(target, 'users'), ['me', 'you'])
  })

  it('that broke off is none', async () => {
    await mkdir(folder)
    await assert.rejects(
      restore(),
      new OperatorError(`${folder} is no whole backup: it has no manifest.json.`),
    )
  })

  describe('that was taken while mails were owed', () => {
    const mail = (id: string, state: string) => ({ _id: id, state, reason: null })
    const statesIn = async (database: Db) =>
      Object.fromEntries(
        (await raw(database, 'mails').find({}).toArray()).map(({ _id, state }) => [_id, state as string]),
      )
    beforeEach(async () => {
      await raw(source, 'conversions').insertOne({ ...conversion('c', 'SUCCEEDED'), owes: ['mail'] })
      const states = ['PENDING', 'SENDING', 'AWAITING_VERIFICATION', 'SENT']
      await raw(source, 'mails').insertMany(states.map((state) => mail(state, state)))
      await backUp()
    })

    it('has none of them sent that may have been sent since: their owners may ask for them', async () => {
      await restore()
      assert.deepEqual(await statesIn(target), {
        PENDING: 'UNCONFIRMED',
        SENDING: 'UNCONFIRMED',
        AWAITING_VERIFICATION: 'AWAITING_VERIFICATION',
        SENT: 'SENT',
        'c:conversionSucceeded': 'UNCONFIRMED',
      })
    })

    it('has them sent where nothing went on after it', async () => {
      await restore(true)
      assert.deepEqual(await statesIn(target), await statesIn(source))
    })
  })
})
