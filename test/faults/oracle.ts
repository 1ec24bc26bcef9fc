/** What must be true when the dust has settled, whatever was killed before. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Db } from 'mongodb'
import { conversionRecordSchema, type ConversionDocument } from '#schema/documents/conversion-document.ts'
import type { Inbox } from '#infra/local/inbox.ts'
import * as operations from '#schema/generated/operations.ts'
import type { ApiUser, Update } from '#test/harness/api-user.ts'

export interface Scene {
  readonly user: ApiUser
  readonly database: Db
  readonly inbox: Inbox
  /** The folder of the system under test. */
  readonly directory: string
  /** The ids of every conversion that was accepted. */
  readonly accepted: readonly string[]
  /** What a subscriber of each was told, if anybody watched. */
  readonly told?: ReadonlyMap<string, readonly Update[]>
}

/** Every promise of the design about a set of accepted conversions; each wait ends with the test's own deadline. */
export async function checkPromises(scene: Scene): Promise<readonly ConversionDocument[]> {
  const documents = await Promise.all(scene.accepted.map((id) => settled(scene.database, id)))
  for (const document of documents) {
    assert.deepEqual(
      document.events.map((event) => event.sequence),
      document.events.map((_, index) => index + 1),
      'no gap in the history',
    )
    assert.equal(
      document.events.filter((event) => event.type === event.status).length,
      1,
      `${document._id} settled once`,
    )
  }
  const succeeded = documents.filter((document) => document.status === 'SUCCEEDED')
  for (const document of succeeded) await checkMp3(scene, document)
  await checkMails(scene, documents)
  for (const [id, updates] of scene.told ?? []) checkTold(id, updates)
  await nothingIsLeft(scene, succeeded)
  return documents
}

async function settled(database: Db, id: string): Promise<ConversionDocument> {
  for (;;) {
    const found = await database.collection<{ _id: string }>('conversions').findOne({ _id: id })
    const record = conversionRecordSchema.parse(found)
    if (record.status === 'SUCCEEDED' || record.status === 'FAILED' || record.status === 'CANCELLED')
      return record
    await delay(200)
  }
}

async function checkMp3({ user }: Scene, document: ConversionDocument): Promise<void> {
  const { conversion } = await user.api.run(operations.ConversionDocument, { id: document._id })
  assert.equal(conversion.mp3s.length, 1)
  const bytes = Buffer.from(await (await fetch(conversion.mp3s[0]!.downloadUrl)).arrayBuffer())
  assert.equal(
    createHash('sha256').update(bytes).digest('hex'),
    document.mp3s[0]!.sha256,
    'the bytes are those that were proven',
  )
}

/** Exactly one mail for each, or a recorded reason why there is none. */
async function checkMails(
  { user, inbox, database }: Scene,
  documents: readonly ConversionDocument[],
): Promise<void> {
  const states = ['SENT', 'REFUSED', 'UNCONFIRMED']
  const owed = documents.filter((document) => document.status !== 'CANCELLED')
  for (;;) {
    const mails = await database
      .collection('mails')
      .find({ conversionId: { $in: owed.map((document) => document._id) } })
      .toArray()
    if (mails.length === owed.length && mails.every((mail) => states.includes(String(mail['state'])))) {
      const sent = mails.filter((mail) => mail['state'] === 'SENT').length
      const arrived = (await inbox.mailsTo(user.email)).filter((mail) => /MP3|convert/i.test(mail.subject))
      assert.ok(
        arrived.length >= sent && arrived.length <= owed.length,
        `${arrived.length} mails for ${owed.length} conversions`,
      )
      return
    }
    await delay(200)
  }
}

function checkTold(id: string, updates: readonly Update[]): void {
  const sequences = updates.filter((update) => update.type === 'STATE').map((update) => update.sequence)
  assert.deepEqual(
    sequences,
    sequences.map((_, index) => sequences[0]! + index),
    `a subscriber of ${id} saw a gap`,
  )
  assert.match(updates.at(-1)?.status ?? '', /SUCCEEDED|FAILED|CANCELLED/)
}

/** No bytes nobody needs, no files of jobs, no ffmpeg. The collector needs two sweeps to be sure. */
async function nothingIsLeft(
  { database, directory }: Scene,
  succeeded: readonly ConversionDocument[],
): Promise<void> {
  const needed = succeeded.flatMap((document) => document.mp3s.map((mp3) => mp3.blobId)).toSorted()
  for (;;) {
    const stored = await database.collection('fs.files').distinct('_id')
    const owners = [...new Set(await database.collection('fs.chunks').distinct('files_id'))]
    if (
      JSON.stringify(stored.map(String).toSorted()) === JSON.stringify(needed) &&
      owners.length === needed.length
    )
      break
    await delay(500)
  }
  const files = await readdir(directory, { recursive: true })
  assert.deepEqual(
    files.filter((name) => /work\/[^/]+\/converter-\d+\/.+/.test(name)),
    [],
    'no files of jobs are left',
  )
  assert.deepEqual(await ffmpegsUnder(directory), [], 'no ffmpeg runs any more')
}

async function ffmpegsUnder(directory: string): Promise<string[]> {
  const found: string[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (/ffmpeg/.test(commandLine) && commandLine.includes(directory)) found.push(commandLine)
  }
  return found
}
