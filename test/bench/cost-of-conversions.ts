/** What conversions cost each process of a running system, from the announcement of the upload to the mail. */
import type { Db } from 'mongodb'
import { diskBytesWrittenBy } from '#infra/local/processes/proc.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import * as user from '#test/harness/api-user.ts'
import { cpuOf, type Pids } from './cpu-of.ts'

export interface ConversionCosts {
  /** Of one conversion, by process; what they use at rest in the same time is taken off. */
  readonly cpuSeconds: ReadonlyMap<string, number>
  /** Written to disk by the stores for one conversion, by process. */
  readonly diskBytes: ReadonlyMap<string, number>
  /** What stays of one conversion: of its MP3, and of all documents about it. */
  readonly mp3Bytes: number
  readonly documentBytes: number
}

const stores = ['mongo', 'rabbitmq']

export interface ConversionsToMeasure {
  readonly someone: user.ApiUser
  readonly database: Db
  readonly pids: Pids
  readonly resting: ReadonlyMap<string, number>
  readonly video: string
  readonly count: number
}

/** One after another, as nobody else is there. */
export async function measureConversions({
  someone,
  database,
  pids,
  resting,
  video,
  count,
}: ConversionsToMeasure): Promise<ConversionCosts> {
  const ids: string[] = []
  const bytesBefore = new Map(stores.map((name) => [name, diskBytesWrittenBy(pids.get(name)!)]))
  const startMs = performance.now()
  const used = await cpuOf(pids, async () => {
    for (let round = 0; round < count; round++) {
      const { conversion } = await user.convertFile(someone, video)
      if (conversion.status !== 'SUCCEEDED') throw new Error(`a conversion is ${conversion.status}`)
      ids.push(conversion.id)
    }
    await waitUntil('all is sent, and no source is left', () => isAtRest(database, ids), { withinMs: 60_000 })
  })
  const seconds = (performance.now() - startMs) / 1000
  const each = (total: number) => total / count
  return {
    cpuSeconds: new Map(
      [...used].map(([name, cpu]) => [name, Math.max(0, each(cpu - resting.get(name)! * seconds))]),
    ),
    diskBytes: new Map(
      stores.map((name) => [name, each(diskBytesWrittenBy(pids.get(name)!) - bytesBefore.get(name)!)]),
    ),
    ...(await bytesLeft(database, ids)),
  }
}

interface Conversion {
  readonly _id: string
  readonly source: { readonly uploadId: string; readonly blobId: string }
  readonly mp3s: readonly { readonly sizeBytes: number }[]
}

async function isAtRest(database: Db, ids: readonly string[]): Promise<boolean> {
  const sent = await database
    .collection('mails')
    .countDocuments({ conversionId: { $in: [...ids] }, state: 'SENT' })
  const sources = (await conversionsOf(database, ids)).map(({ source }) => source.blobId)
  const left = await database.collection<{ _id: string }>('blobs').countDocuments({ _id: { $in: sources } })
  return sent === ids.length && left === 0
}

const conversionsOf = (database: Db, ids: readonly string[]) =>
  database
    .collection<Conversion>('conversions')
    .find({ _id: { $in: [...ids] } })
    .toArray()

async function bytesLeft(database: Db, ids: readonly string[]) {
  const conversions = await conversionsOf(database, ids)
  const uploadIds = conversions.map(({ source }) => source.uploadId)
  const about = {
    conversions: { _id: { $in: [...ids] } },
    uploads: { _id: { $in: uploadIds } },
    mails: { conversionId: { $in: [...ids] } },
    blobs: { 'owner.conversionId': { $in: [...ids] } },
  }
  let documentBytes = 0
  for (const [name, filter] of Object.entries(about)) {
    const found = database.collection(name).find(filter as object, { raw: true })
    for await (const bytes of found as AsyncIterable<Uint8Array>) documentBytes += bytes.length
  }
  const mp3Bytes = conversions.flatMap(({ mp3s }) => mp3s).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return { mp3Bytes: mp3Bytes / ids.length, documentBytes: documentBytes / ids.length }
}
