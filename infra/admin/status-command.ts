/** `earshot admin status`: on one screen, how the system stands and what is wrong with it. */
import type { Command } from 'commander'
import * as z from 'zod'
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import { readSettings, setting } from '#runtime/process/settings.ts'
import { readMetrics, type ProcessStatus } from './read-metrics.ts'
import { most, readDeadLetters, readStoredStatus, type StoredStatus } from './read-status.ts'
import { bytesText, jsonText, row, spanText, type Output } from './terminal-text.ts'

const settingsSchema = z.object({ MONGODB_URL: setting.mongodbUrl, RABBITMQ_URL: setting.rabbitmqUrl })

interface Options {
  readonly json?: boolean
  readonly metrics?: string[]
}

type Status = StoredStatus & {
  readonly deadLetters: Record<string, number> | null
  readonly processes: readonly ProcessStatus[]
}

export function addStatusCommand(program: Command, env: NodeJS.ProcessEnv, output: Output): void {
  program
    .command('status')
    .description('what waits, runs, failed and was mailed in the last hour, was set aside, and is stored')
    .option(
      '--metrics <urls...>',
      'where processes tell their metrics: for versions, sandbox, slots and disks; else METRICS_URLS',
    )
    .option('--json', 'all of it as JSON')
    .action(async ({ json, metrics = env['METRICS_URLS']?.split(' ').filter(Boolean) ?? [] }: Options) => {
      const { MONGODB_URL, RABBITMQ_URL } = readSettings(settingsSchema, env)
      await using mongo = connectMongo(MONGODB_URL)
      const now = new Date()
      const [stored, deadLetters, processes] = await Promise.all([
        readStoredStatus(mongo.database, now),
        readDeadLetters(RABBITMQ_URL),
        readMetrics(metrics),
      ])
      const status = { ...stored, deadLetters, processes }
      output.write(json ? `${jsonText(status, 2)}\n` : statusText(status, now))
    })
}

function statusText({ queue, lastHour, mails, blobs, deadLetters, processes }: Status, now: Date): string {
  const { queued, oldest, running } = queue
  const age = oldest && spanText(Math.max(0, now.getTime() - oldest.createdAt.getTime()))
  const unwell = (mails['REFUSED'] ?? 0) + (mails['BOUNCED'] ?? 0)
  const setAside = deadLetters && Object.values(deadLetters).reduce((sum, count) => sum + count, 0)
  return [
    row('queue', oldest ? `${upTo(queued)} wait, the oldest for ${age}: ${oldest.id}` : 'nothing waits'),
    row('running', upTo(running)),
    row('last hour', listOf(lastHour.byStatus) || 'no conversion ended'),
    ...(lastHour.byStatus['FAILED'] ? [row('failures', listOf(lastHour.failuresByCode))] : []),
    row('mails', listOf(mails) || 'none was asked for in the last hour'),
    ...(unwell > 0 ? [row('', `${upTo(unwell)} of the last hour did NOT ARRIVE`)] : []),
    row('set aside', deadLetters ? listOf(deadLetters) : 'NOT KNOWN: no broker answers (RABBITMQ_URL)'),
    ...(setAside ? [row('', 'These messages WAIT FOR YOU: admin dead-letters list')] : []),
    row(
      'files',
      `${blobs.count} are kept, ${bytesText(blobs.sizeBytes)}; ${bytesText(blobs.addedBytes)} came in the last hour`,
    ),
    ...(blobs.unjudged > 0
      ? [row('', `${upTo(blobs.unjudged)} were begun over an hour ago and are not settled yet`)]
      : []),
    ...processRows(processes),
    '',
  ].join('\n')
}

function processRows(processes: readonly ProcessStatus[]): string[] {
  if (processes.length === 0)
    return [row('processes', 'not asked for versions, sandbox, slots and disks: --metrics URL...')]
  return [
    ...countedRow('versions', processes, ({ version }) => version),
    ...countedRow('sandbox', processes, ({ sandbox }) => sandbox),
    ...processes.map(({ url, problem, service, version, slots, running, diskFreeBytes, diskGrownBytes }) => {
      const known = [
        ...(service === null ? [] : [`${service} ${version}`]),
        ...(slots === null ? [] : [`${running ?? '?'} of ${slots} slots are taken`]),
        ...(diskFreeBytes === null ? [] : [diskText(diskFreeBytes, diskGrownBytes)]),
      ]
      return row('process', `${url}: ${problem ?? (known.join(', ') || 'tells nothing of itself')}`)
    }),
  ]
}

/** How many processes tell each value of something; no row where none does. */
function countedRow(
  name: string,
  processes: readonly ProcessStatus[],
  valueOf: (process: ProcessStatus) => string | null,
): string[] {
  const counts: Record<string, number> = {}
  for (const value of processes.map(valueOf)) if (value !== null) counts[value] = (counts[value] ?? 0) + 1
  return Object.keys(counts).length === 0 ? [] : [row(name, listOf(counts))]
}

function diskText(freeBytes: number, grownBytes: number | null): string {
  const free = `${bytesText(freeBytes)} of disk are free`
  if (!grownBytes) return free
  return `${free}, ${bytesText(Math.abs(grownBytes))} ${grownBytes > 0 ? 'less' : 'more'} than an hour ago`
}

const upTo = (count: number) => (count === most ? `at least ${most}` : String(count))

const listOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
