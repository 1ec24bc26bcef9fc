/** `earshot admin find`: what belongs to an address, or came of a request. */
import type { Command } from 'commander'
import type { Db } from 'mongodb'
import * as z from 'zod'
import type { ConversionRecord, ConversionStatus } from '#schema/documents/conversion-document.ts'
import type { SessionDocument } from '#schema/documents/session-document.ts'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { UserDocument } from '#schema/documents/user-document.ts'
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import { readSettings, setting } from '#runtime/process/settings.ts'
import { OperatorError } from './operator-error.ts'
import { jsonText, oneLine, row, type Output } from './terminal-text.ts'

const settingsSchema = z.object({ MONGODB_URL: setting.mongodbUrl })

/** No account and no request makes a reading longer than this. */
const mostConversions = 50
const mostCounted = 10_000

interface FoundConversion {
  readonly id: string
  readonly status: ConversionStatus | 'DELETED'
  readonly createdAt: Date | null
}

export function addFindCommand(program: Command, env: NodeJS.ProcessEnv, output: Output): void {
  program
    .command('find')
    .description(
      'the account of an address with its uploads and conversions, or the conversions of a request',
    )
    .argument('<what>', 'an address, or a request id as in a log or an answer')
    .option('--json', 'what was found as JSON')
    .action(async (what: string, { json }: { readonly json?: boolean }) => {
      const { MONGODB_URL } = readSettings(settingsSchema, env)
      await using mongo = connectMongo(MONGODB_URL)
      const found = what.includes('@')
        ? await findAccount(mongo.database, what)
        : { conversions: await findConversions(mongo.database, { requestId: what }) }
      if (!('account' in found) && found.conversions.length === 0)
        throw new OperatorError('No conversion carries that request id; deleted ones have lost theirs.')
      output.write(json ? `${jsonText(found, 2)}\n` : foundText(found))
    })
}

type Found = { readonly conversions: FoundConversion[] } | Awaited<ReturnType<typeof findAccount>>

async function findAccount(database: Db, address: string) {
  // As auth compares addresses.
  const emailCanonical = address.trim().normalize('NFC').toLowerCase()
  const user = await database.collection<UserDocument>('users').findOne({ emailCanonical })
  if (user === null)
    throw new OperatorError('No account has that address; one that never proved it may still claim it.')
  const { _id: id, emailVerified, createdAt } = user
  const sessions = await database
    .collection<SessionDocument>('sessions')
    .countDocuments({ userId: id, ended: false, expiresAt: { $gt: new Date() } }, { limit: mostCounted })
  return {
    account: { id, emailVerified, createdAt, sessions },
    uploads: await countUploads(database, id),
    conversions: await findConversions(database, { ownerId: id }),
  }
}

async function countUploads(database: Db, ownerId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  const uploads = database.collection<UploadDocument>('uploads').find({ ownerId }, { limit: mostCounted })
  for await (const { status } of uploads.project<{ status: string }>({ status: 1 }))
    counts[status] = (counts[status] ?? 0) + 1
  return counts
}

async function findConversions(
  database: Db,
  filter: { readonly ownerId: string } | { readonly requestId: string },
): Promise<FoundConversion[]> {
  const found = await database
    .collection<ConversionRecord>('conversions')
    .find(filter, { sort: { createdAt: -1, _id: -1 }, limit: mostConversions })
    .project<Pick<FoundConversion, 'status'> & { _id: string; createdAt?: Date }>({ status: 1, createdAt: 1 })
    .toArray()
  return found.map(({ _id, status, createdAt }) => ({ id: _id, status, createdAt: createdAt ?? null }))
}

function foundText(found: Found): string {
  const rows: string[] = []
  if ('account' in found) {
    const { account, uploads } = found
    const counts = Object.entries(uploads).map(([status, count]) => `${status} ${count}`)
    rows.push(
      row('account', `${account.id}, made at ${account.createdAt.toISOString()}`),
      row('address', account.emailVerified ? 'is verified' : 'is NOT verified'),
      row('sessions', `${account.sessions} go on`),
      row('uploads', counts.join(', ') || 'none'),
    )
  }
  const { conversions } = found
  if (conversions.length === 0) rows.push(row('conversions', 'none'))
  for (const { id, status, createdAt } of conversions)
    rows.push(`${status.padEnd(9)}  ${createdAt?.toISOString() ?? '-'.padEnd(24)}  ${oneLine(id)}`)
  if (conversions.length === mostConversions) rows.push(`These are the newest ${mostConversions}.`)
  return `${rows.join('\n')}\n`
}
