/** Puts a backup into an empty database: what others name comes before those who name it, and nothing is removed meanwhile. */
import { BSON, type Collection, type Db, type Document } from 'mongodb'
import { pino } from 'pino'
import { createBlobHolds, holdsCollection } from '#runtime/blobs/blob-holds.ts'
import { OperatorError } from '#infra/admin/operator-error.ts'
import { readBsonFile } from './bson-file.ts'
import { bsonPath, readManifest, verifyFiles, type BackedUpCollection, type Manifest } from './manifest.ts'
import { holdMailsBack, recordOwedMails } from './owed-mails.ts'

export interface RestoreOptions {
  readonly database: Db
  readonly folder: string
  /** Whether mails that were owed are sent: twice, where the system went on after the backup and sent them. */
  readonly sendOwedMails: boolean
  readonly tell: (collection: BackedUpCollection) => void
}

/** @throws OperatorError, before anything is written, where the database holds something or the backup is damaged. */
export async function restoreBackup({
  database,
  folder,
  sendOwedMails,
  tell,
}: RestoreOptions): Promise<Manifest> {
  const manifest = await readManifest(folder)
  await verifyFiles(folder, manifest)
  await refuseUnlessEmpty(database)
  await using _hold = await createBlobHolds(database).take(pino({ level: 'silent' }))
  for (const copied of manifest.collections.toReversed()) {
    const collection = database.collection(copied.name)
    for (const { key, unique } of copied.indexes) await collection.createIndex(key, { unique })
    await insertAll(collection, folder, copied, sendOwedMails ? unchanged : changeOf(copied, manifest))
    if (copied.name === 'conversions' && !sendOwedMails) await recordOwedMails(database, manifest)
    tell(copied)
  }
  return manifest
}

type Change = (document: Document) => Document

const unchanged: Change = (document) => document

const changeOf = ({ name }: BackedUpCollection, { takenAt }: Manifest): Change =>
  name === 'mails' ? (mail) => holdMailsBack(mail, takenAt) : unchanged

async function refuseUnlessEmpty(database: Db): Promise<void> {
  const collections = await database.listCollections({}, { nameOnly: true }).toArray()
  for (const { name } of collections) {
    if (name.startsWith('system.') || name === holdsCollection) continue
    if ((await database.collection(name).findOne({}, { projection: { _id: 1 } })) !== null)
      throw new OperatorError(
        `The database ${database.databaseName} is not empty (${name}): restore into an empty one. Nothing was restored.`,
      )
  }
}

const batchDocuments = 1_000
const batchBytes = 8 * 1024 * 1024

async function insertAll(
  collection: Collection,
  folder: string,
  { name, documents }: BackedUpCollection,
  change: Change,
): Promise<void> {
  let batch: Document[] = []
  let [bytesOfBatch, inserted] = [0, 0]
  const flush = async () => {
    if (batch.length === 0) return
    inserted += (await collection.insertMany(batch)).insertedCount
    batch = []
    bytesOfBatch = 0
  }
  for await (const bytes of readBsonFile(bsonPath(folder, name))) {
    // Each number keeps the type it had.
    batch.push(change(BSON.deserialize(bytes, { promoteValues: false })))
    bytesOfBatch += bytes.length
    if (batch.length >= batchDocuments || bytesOfBatch >= batchBytes) await flush()
  }
  await flush()
  if (inserted !== documents)
    throw new OperatorError(
      `${name} has ${inserted} documents of ${documents}: empty the database, and restore anew.`,
    )
}
