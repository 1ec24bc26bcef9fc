/** What must be true once everything is finished, whatever was killed before. Each broken promise is a complaint. */
import { createHash } from 'node:crypto'
import { conversionRecordSchema, type ConversionDocument } from '#schema/documents/conversion-document.ts'
import * as operations from '#schema/generated/operations.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import {
  patienceMs,
  tooLate,
  type Aftermath,
  type Complain,
  type ComplaintKind,
  type Strike,
} from './aftermath.ts'
import { checkMails } from './check-mails.ts'
import { findLeftovers } from './leftovers.ts'
import { persist, type Order } from './patient-client.ts'
import type { ScenarioResult } from './scenario-result.ts'
import type { Update } from '#test/harness/api-user.ts'

export interface Verdict extends Omit<ScenarioResult, 'scenario'> {
  readonly complaints: readonly string[]
  readonly documents: readonly ConversionDocument[]
}

/** Checks every promise of delivery. */
export async function judge(aftermath: Aftermath): Promise<Verdict> {
  const found: { readonly kind: ComplaintKind; readonly text: string }[] = []
  const complain: Complain = (kind, text) => void found.push({ kind, text })
  const { orders, strikes } = aftermath
  const documents = await finishedDocuments(aftermath, complain)
  for (const document of documents) checkHistory(document, complain)
  for (const document of documents) await checkMp3(aftermath, document, complain)
  const mails = await checkMails(aftermath, documents, complain)
  for (const order of orders)
    if (documents.some(({ _id }) => _id === order.id)) await checkTold(order, complain)
  for (const leftover of await findLeftovers(aftermath, documents, patienceMs)) complain('orphan', leftover)
  const count = (kind: ComplaintKind) => found.filter((complaint) => complaint.kind === kind).length
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
  const response = await fetch(conversion!.mp3s[0]!.downloadUrl)
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (createHash('sha256').update(bytes).digest('hex') !== mp3.sha256)
    complain(
      'lost',
      `the MP3 of ${_id} is not what was proven (HTTP ${response.status}, ${bytes.length} bytes)`,
    )
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
