/** Finds what nobody needs any more and should be gone: blobs, files of jobs, ffmpeg processes, messages in the queues. */
import { readdir } from 'node:fs/promises'
import type { Db } from 'mongodb'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import { commandLine, runningPids } from '#infra/local/processes/proc.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { askManagement } from '#test/harness/broker-management.ts'

export interface RabbitUrls {
  readonly amqpUrl: string
  /** Of a broker that is not the test run's own. */
  readonly managementUrl: string | undefined
}

export interface Place {
  readonly database: Db
  /** The folder of the system under test. */
  readonly directory: string
  readonly rabbit: RabbitUrls
  /** Blobs that others have in the database, where it is not the scenario's own. */
  readonly foreignBlobs?: readonly string[]
}

/** @param withinMs The collector needs two sweeps, and the broker some seconds to count. @returns what is left after that. */
export async function findLeftovers(
  place: Place,
  documents: readonly ConversionDocument[],
  withinMs: number,
): Promise<readonly string[]> {
  let leftovers: readonly string[] = ['what is left could not be seen']
  const look = async () => {
    const found = await Promise.all([
      unneededBlobs(place, documents),
      filesOfJobs(place.directory),
      messagesInHand(place.rabbit),
    ])
    leftovers = [...found.flat(), ...ffmpegsUnder(place.directory)]
    return leftovers.length === 0
  }
  // What is still there then is the answer.
  await waitUntil('nothing is left', look, { withinMs, everyMs: 1_000 }).catch(() => undefined)
  return leftovers
}

async function unneededBlobs(
  { database, foreignBlobs = [] }: Place,
  documents: readonly ConversionDocument[],
): Promise<string[]> {
  const outputs = documents.flatMap((document) => document.mp3s.map((mp3) => mp3.blobId))
  // A FAILED conversion's source is kept for seven days, so that it can be tried again.
  const kept = documents
    .filter((document) => document.status === 'FAILED')
    .map((document) => document.source.blobId)
  const needed = new Set([...outputs, ...kept, ...foreignBlobs])
  const files = await database.collection<StoredFile>('fs.files').find().toArray()
  const left = files.map(({ _id }) => _id).filter((id) => !needed.has(id))
  return [...left, ...(await idsOfLooseChunks(database, files))].map((id) => `blob ${id}`)
}

interface StoredFile {
  readonly _id: string
  readonly length: number
  readonly chunkSize: number
}

/** Of blobs that were never finished, or not wholly removed. Looked for only where the counts differ: it is a scan. */
async function idsOfLooseChunks(database: Db, files: readonly StoredFile[]): Promise<string[]> {
  const chunks = database.collection<{ files_id: string }>('fs.chunks')
  const expected = files.reduce((sum, { length, chunkSize }) => sum + Math.ceil(length / chunkSize), 0)
  if ((await chunks.estimatedDocumentCount()) === expected) return []
  const known = files.map(({ _id }) => _id)
  const loose = chunks.find({ files_id: { $nin: known } }, { projection: { files_id: 1 } })
  return [...new Set((await loose.toArray()).map((chunk) => chunk.files_id))]
}

/** In a converter's folder for its jobs, or in media's for bytes in flight. */
const jobFile = /^(work\/[^/]+\/converter-\d+|uploads\/[^/]+)\/.+/

async function filesOfJobs(directory: string): Promise<string[]> {
  const files = await readdir(directory, { recursive: true })
  return files.filter((name) => jobFile.test(name)).map((name) => `file ${name}`)
}

function ffmpegsUnder(directory: string): string[] {
  const works = (line: string) => line.includes('ffmpeg') && line.includes(directory)
  return runningPids()
    .filter((pid) => works(commandLine(pid)))
    .map((pid) => `process ${pid}`)
}

/**
 * Messages that wait, are delivered and unacknowledged, or are dead letters. Late duplicates in a retry queue do no harm, and do not
 * count. As the queues themselves count: the broker's statistics pass over what they sample while its clock is behind (exometer_slide of
 * RabbitMQ 3.10), and may show what was so before the clock was wrong for as long as a queue is quiet.
 */
async function messagesInHand({ amqpUrl, managementUrl }: RabbitUrls): Promise<string[]> {
  const vhost = new URL(amqpUrl).pathname.slice(1) || '%2F'
  const path = `/api/queues/${vhost}?disable_stats=true&enable_queue_totals=true`
  const response = await askManagement(path, { managementUrl })
  if (!response.ok) return [`an answer ${response.status} of the broker's management`]
  const queues = (await response.json()) as QueueState[]
  return queues
    .filter(({ name, messages }) => /^(convert|mail|forget)(\.dead)?$/.test(name) && messages !== 0)
    .map(({ name, messages, messages_ready: waiting, messages_unacknowledged: unacknowledged }) => {
      return `${messages} messages in ${name}: ${waiting} waiting, ${unacknowledged} unacknowledged`
    })
}

interface QueueState {
  readonly name: string
  readonly messages: number
  readonly messages_ready: number
  readonly messages_unacknowledged: number
}
