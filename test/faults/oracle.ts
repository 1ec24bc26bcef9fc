/** What must be true once everything is finished, whatever was killed before. Each broken promise is a complaint. */
import { createHash } from 'node:crypto'
import type { Db } from 'mongodb'
import { conversionRecordSchema, type ConversionDocument } from '#schema/documents/conversion-document.ts'
import * as operations from '#schema/generated/operations.ts'
import type { Inbox } from '#infra/local/system/inbox.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { findLeftovers, type RabbitUrls } from './leftovers.ts'
import { persist, type Order } from './patient-client.ts'
import type { ScenarioResult } from './scenario-result.ts'
import type { ApiUser, Update } from '#test/harness/api-user.ts'

export interface Strike {
  readonly at: Date
  /** Ids of the conversions that it interrupted. */
  readonly interrupted: readonly string[]
  /** How long it took until the system worked again, where the scenario waited for that. */
  readonly wellAfterMs: number | null
}

export interface Aftermath {
  readonly user: ApiUser
  readonly database: Db
  readonly inbox: Inbox
  /** The folder of the system under test. */
  readonly directory: string
  readonly rabbit: RabbitUrls
  readonly orders: readonly (Order & { readonly name: string })[]
  readonly strikes: readonly Strike[]
}

export interface Verdict extends Omit<ScenarioResult, 'scenario'> {
  readonly complaints: readonly string[]
  readonly documents: readonly ConversionDocument[]
}

type Kind = 'lost' | 'doubled' | 'orphan'
type Complain = (kind: Kind, text: string) => void

/** What is not there by then never comes: a dead worker's job is back after some 35 s, and the longest retry is 5 min. */
const patienceMs = 420_000
/** After the wait the oracle looks at what is there, and complains about what is missing. */
const tooLate = () => undefined

/** Checks every promise of delivery. */
export async function judge(aftermath: Aftermath): Promise<Verdict> {
  const found: { readonly kind: Kind; readonly text: string }[] = []
  const complain: Complain = (kind, text) => void found.push({ kind, text })
  const { orders, strikes } = aftermath
  const documents = await finishedDocuments(aftermath, complain)
  for (const document of documents) checkHistory(document, complain)
  for (const document of documents) await checkMp3(aftermath, document, complain)
  const mails = await checkMails(aftermath, documents, complain)
  for (const order of orders)
    if (documents.some(({ _id }) => _id === order.id)) await checkTold(order, complain)
  for (const leftover of await findLeftovers(aftermath, documents, patienceMs)) complain('orphan', leftover)
  const count = (kind: Kind) => found.filter((complaint) => complaint.kind === kind).length
  return {
    injected: strikes.length,
    accepted: orders.length,
    finished: documents.length,
    lost: count('lost'),
    doubled: count('doubled'),
    mails,
    orphans: count('orphan'),
    worstRecoverySeconds: worstRecoverySeconds(strikes, documents),
    complaints: found.map(({ kind, text }) => `${kind}: ${text}`),
    documents,
  }
}

async function finishedDocuments(
  { database, orders }: Aftermath,
  complain: Complain,
): Promise<readonly ConversionDocument[]> {
  const ids = orders.map(({ id }) => id)
  const read = async () => {
    const found = await database
      .collection<{ _id: string }>('conversions')
      .find({ _id: { $in: ids } })
      .toArray()
    const records = found.map((record) => conversionRecordSchema.parse(record))
    return records.filter((record) => record.status !== 'DELETED')
  }
  const isFinished = ({ status }: ConversionDocument) => status !== 'QUEUED' && status !== 'RUNNING'
  const allFinished = async () => (await read()).filter(isFinished).length === ids.length
  await waitUntil('every conversion is finished', allFinished, { withinMs: patienceMs }).catch(tooLate)
  const documents = await read()
  for (const { _id, status } of documents.filter((document) => !isFinished(document)))
    complain('lost', `${_id} is still ${status}`)
  for (const id of ids) if (!documents.some(({ _id }) => _id === id)) complain('lost', `${id} is gone`)
  return documents.filter(isFinished)
}

function checkHistory({ _id, events, status }: ConversionDocument, complain: Complain): void {
  if (events.some(({ sequence }, index) => sequence !== index + 1))
    complain('lost', `the history of ${_id} has a gap`)
  const endings = events.filter((event) => event.type === status).length
  if (endings !== 1) complain('doubled', `${_id} finished ${endings} times`)
}

/** One MP3 for each success, and its bytes are those that were proven. */
async function checkMp3(
  { user }: Aftermath,
  { _id, status, mp3s }: ConversionDocument,
  complain: Complain,
): Promise<void> {
  if (mp3s.length !== (status === 'SUCCEEDED' ? 1 : 0))
    return complain('doubled', `${_id} is ${status} with ${mp3s.length} MP3s`)
  const [mp3] = mp3s
  if (mp3 === undefined) return
  const { conversion } = await persist(user, operations.ConversionDocument, { id: _id })
  const response = await fetch(conversion.mp3s[0]!.downloadUrl)
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (createHash('sha256').update(bytes).digest('hex') !== mp3.sha256)
    complain(
      'lost',
      `the MP3 of ${_id} is not what was proven (HTTP ${response.status}, ${bytes.length} bytes)`,
    )
}

const finalStates = ['SENT', 'REFUSED', 'UNCONFIRMED', 'BOUNCED']

/** Each conversion has one mail, or a recorded reason why there is none; never two. */
async function checkMails(
  { user, inbox, database, orders }: Aftermath,
  documents: readonly ConversionDocument[],
  complain: Complain,
): Promise<number> {
  const owed = documents.filter((document) => document.status !== 'CANCELLED').map(({ _id }) => _id)
  const records = () =>
    database
      .collection('mails')
      .find({ conversionId: { $in: owed } })
      .toArray()
  const allFinal = async () => {
    const mails = await records()
    return mails.length >= owed.length && mails.every((mail) => finalStates.includes(String(mail['state'])))
  }
  await waitUntil('every mail is in its final state', allFinal, { withinMs: patienceMs }).catch(tooLate)
  const arrived = (await inbox.mailsTo(user.email)).map(({ subject }) => subject)
  const kept = await records()
  for (const { id, name } of orders.filter((order) => owed.includes(order.id))) {
    const states = kept.filter((mail) => mail['conversionId'] === id).map((mail) => String(mail['state']))
    const mails = arrived.filter((subject) => subject.includes(name)).length
    if (mails > 1 || states.length > 1)
      complain('doubled', `${mails} mails for ${name} (${states.join(', ')})`)
    if (states.length === 0 || !finalStates.includes(states[0]!))
      complain('lost', `the mail for ${name} is ${states[0] ?? 'not even owed'}`)
    if (mails === 0 && states[0] === 'SENT')
      complain('lost', `the mail for ${name} is SENT and did not arrive`)
  }
  return orders.reduce((sum, { name }) => sum + arrived.filter((subject) => subject.includes(name)).length, 0)
}

async function checkTold(
  { told, name }: Order & { readonly name: string },
  complain: Complain,
): Promise<void> {
  const gap = gapIn(await told)
  if (gap !== undefined) complain('lost', `the subscriber of ${name} was told ${gap}`)
}

/** The sequences a subscriber was told, unless they are every state change from the first on, once and in order. */
export function gapIn(told: readonly Update[]): string | undefined {
  const sequences = told.filter(({ type }) => type !== 'PROGRESS').map(({ sequence }) => sequence)
  return sequences.some((sequence, index) => sequence !== index + 1) ? sequences.join(' ') : undefined
}

/** The longest time from a fault until what it had interrupted ran again, or until the whole system worked again. */
function worstRecoverySeconds(
  strikes: readonly Strike[],
  documents: readonly ConversionDocument[],
): number | null {
  const byId = new Map(documents.map((document) => [document._id, document]))
  const recoveriesMs = strikes.flatMap(({ at, interrupted, wellAfterMs }) => {
    const taken = interrupted.flatMap((id) => {
      const claim = byId.get(id)?.events.find((event) => event.type === 'STARTED' && event.at > at)
      return claim ? [claim.at.getTime() - at.getTime()] : []
    })
    return wellAfterMs === null ? taken : [...taken, wellAfterMs]
  })
  return recoveriesMs.length === 0 ? null : Math.round(Math.max(...recoveriesMs) / 100) / 10
}
