/**
 * Copies a database while it is used, so that nothing in the copy refers to what is missing. Documents are read before what
 * they name; a hold on all blobs keeps the collector from removing bytes meanwhile. What matters of the order:
 *
 * - An unfinished conversion needs its upload, which is pinned from before it is ordered until after it is finished. Those
 *   unfinished before the uploads are read, and still when the conversions are, were pinned in between; others are left out.
 * - Mails are read after the conversions and users that ask for them: one that was sent is not owed once more.
 * - Only files that a copied document names are copied, each with its registration: an attempt that was under way begins
 *   anew, under ids that are still free.
 */
import { mkdir, rename, rm } from 'node:fs/promises'
import { BSON, type Db, type Document } from 'mongodb'
import { pino } from 'pino'
import { createBlobHolds, holdsCollection } from '#runtime/blobs/blob-holds.ts'
import { OperatorError } from '#infra/admin/operator-error.ts'
import { createBsonFile, type BsonFileSummary, type BsonFileWriter } from './bson-file.ts'
import { copyFiles, fileCollections } from './copy-files.ts'
import { bsonPath, writeManifest, type BackedUpCollection, type Manifest } from './manifest.ts'

/** All others follow, in the order of their names. */
const readFirst = ['refreshTokens', 'sessions', 'uploads', 'conversions', 'users', 'mails', 'removals']

export interface BackupOptions {
  readonly database: Db
  /** A new one, made when the backup is whole. */
  readonly folder: string
  /** Told of each collection when it has been read; the next is read when this has ended. */
  readonly tell: (collection: BackedUpCollection) => unknown
}

export async function takeBackup({ database, folder, tell }: BackupOptions): Promise<Manifest> {
  const partial = `${folder}.partial`
  await makeNew(folder)
  await makeNew(partial)
  await rm(folder, { recursive: true })
  try {
    await using hold = await createBlobHolds(database).take(pino({ level: 'silent' }))
    const manifest = await copyAll(database, partial, tell)
    await hold.confirm()
    await writeManifest(partial, manifest)
    await rename(partial, folder)
    return manifest
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}

async function makeNew(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new OperatorError(`${folder} exists.`)
    throw error
  })
}

async function copyAll(database: Db, folder: string, tell: BackupOptions['tell']): Promise<Manifest> {
  const takenAt = new Date().toISOString()
  const collections: BackedUpCollection[] = []
  const add = async (name: string, summary: BsonFileSummary) => {
    const copied = { name, ...summary, indexes: await indexesOf(database, name) }
    collections.push(copied)
    await tell(copied)
  }
  const unfinished = await idsOfUnfinished(database)
  let conversionsLeftOut = 0
  const isWanted = (collection: string, document: Uint8Array) => {
    if (collection !== 'conversions') return true
    const { _id, status } = BSON.deserialize(document)
    const isLeftOut = isUnfinished(status) && !unfinished.has(_id as string)
    if (isLeftOut) conversionsLeftOut += 1
    return !isLeftOut
  }
  for (const name of await namesInOrder(database)) {
    await using file = await createBsonFile(bsonPath(folder, name))
    const documents = database.collection(name).find({}, { raw: true })
    for await (const document of documents as AsyncIterable<Uint8Array>)
      if (isWanted(name, document)) await file.write(document)
    await add(name, await file.end())
  }
  await using files = new AsyncDisposableStack()
  const writers = new Map<string, BsonFileWriter>()
  for (const name of fileCollections)
    writers.set(name, files.use(await createBsonFile(bsonPath(folder, name))))
  const missingFiles = await copyFiles(database, folder, writers)
  for (const [name, file] of writers) await add(name, await file.end())
  return { format: 'earshot-backup', version: 1, takenAt, collections, conversionsLeftOut, missingFiles }
}

async function namesInOrder(database: Db): Promise<string[]> {
  const found = await database.listCollections({}, { nameOnly: true }).toArray()
  const passedOver: readonly string[] = [...fileCollections, holdsCollection]
  const names = new Set(
    found.map(({ name }) => name).filter((name) => !passedOver.includes(name) && !name.startsWith('system.')),
  )
  return [...readFirst.filter((name) => names.delete(name)), ...[...names].toSorted()]
}

const isUnfinished = (status: unknown) => status === 'QUEUED' || status === 'RUNNING'

async function idsOfUnfinished(database: Db): Promise<Set<string>> {
  const found = database
    .collection<{ _id: string }>('conversions')
    .find({ status: { $in: ['QUEUED', 'RUNNING'] } })
    .project<{ _id: string }>({ _id: 1 })
  const ids = new Set<string>()
  for await (const { _id } of found) ids.add(_id)
  return ids
}

async function indexesOf(database: Db, name: string): Promise<BackedUpCollection['indexes']> {
  const found = await database.collection(name).indexes().catch(noneWithoutCollection)
  return found
    .filter(({ key }) => !Object.hasOwn(key, '_id') || Object.keys(key).length > 1)
    .map(({ key, unique }) => ({ key: key as Record<string, 1 | -1>, unique: unique === true }))
}

const namespaceNotFound = 26

function noneWithoutCollection(error: unknown): Document[] {
  if (error instanceof Error && 'code' in error && error.code === namespaceNotFound) return []
  throw error
}
