import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { connect } from 'amqplib'
import { Command } from 'commander'
import { pino } from 'pino'
import { createGridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { deadQueue, exchanges } from '#runtime/rabbit/topology.ts'
import { conversionIn } from '#ledger/testing/sample-records.ts'
import { createTestDatabase, type TestDatabase } from '#test/harness/test-database.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'
import { addStatusCommand } from './status-command.ts'

type AnyDocument = { _id: string; [field: string]: unknown }

const hourMs = 3_600_000
const ago = (hours: number) => new Date(Date.now() - hours * hourMs)
const metrics = `# HELP earshot_converter_slots x
earshot_converter_slots 4
earshot_converter_jobs_running 3
earshot_disk_free_bytes 2500000000
earshot_disk_grown_bytes 100000000
earshot_build_info{service="converter",version="1.2.3"} 1
earshot_ffmpeg_sandbox{walls="none"} 1
`

describe('earshot admin status', () => {
  let resources: AsyncDisposableStack
  let mongo: TestDatabase
  let rabbitUrl: string
  let metricsUrl: string
  before(async () => {
    resources = new AsyncDisposableStack()
    mongo = resources.use(createTestDatabase())
    const vhost = resources.use(await createTestVhost())
    rabbitUrl = vhost.url
    resources.use(await connectRabbit(rabbitUrl, pino({ level: 'silent' })))
    const connection = await connect(rabbitUrl)
    resources.defer(() => connection.close())
    const channel = await connection.createConfirmChannel()
    channel.publish(exchanges.commands, deadQueue('convert'), Buffer.from('{}'))
    await channel.waitForConfirms()
    const insert = (name: string, documents: AnyDocument[]) =>
      mongo.database.collection<AnyDocument>(name).insertMany(documents)
    await insert('conversions', [
      conversionIn('QUEUED', { _id: 'younger', createdAt: ago(1) }),
      conversionIn('QUEUED', { _id: 'oldest', createdAt: ago(49) }),
      conversionIn('RUNNING', { _id: 'running' }),
      { ...conversionIn('SUCCEEDED', { _id: 'new' }), finishedAt: ago(0.5) },
      { ...conversionIn('SUCCEEDED', { _id: 'before' }), finishedAt: ago(2) },
      { ...conversionIn('FAILED', { _id: 'failed' }), finishedAt: ago(0.7) },
    ])
    await insert('mails', [
      { _id: 'a', state: 'SENT', createdAt: ago(0.5) },
      { _id: 'b', state: 'BOUNCED', createdAt: ago(0.5) },
      { _id: 'c', state: 'REFUSED', createdAt: ago(2) },
    ])
    await insert('blobs', [
      { _id: 'a', state: 'open', createdAt: ago(2) },
      { _id: 'b', state: 'open', createdAt: ago(0.5) },
      { _id: 'c', state: 'kept', createdAt: ago(2) },
    ])
    await createGridFsBlobStore(mongo.database).write('a', Readable.from([Buffer.alloc(50_000)]))
    const server = createServer((_request, response) => response.end(metrics)).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    resources.defer(() => void server.close())
    metricsUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
  })
  after(() => resources.disposeAsync())

  const env: NodeJS.ProcessEnv = {}
  const run = async (...args: string[]) => {
    let written = ''
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
    const output = { write: (text: string) => ((written += text), true) }
    addStatusCommand(program, { MONGODB_URL: mongo.url, RABBITMQ_URL: rabbitUrl, ...env }, output)
    await program.parseAsync(['status', ...args], { from: 'user' })
    return written
  }

  it('tells on one screen what waits, how the last hour went, and what is wrong', async () => {
    const lines = (await run()).split('\n')
    const stored = lines.findIndex((line) => line.startsWith('files'))
    assert.deepEqual(lines.slice(0, stored), [
      'queue       2 wait, the oldest for 2 d 1 h: oldest',
      'running     1',
      'last hour   SUCCEEDED 1, FAILED 1',
      'failures    CORRUPT_FILE 1',
      'mails       SENT 1, BOUNCED 1',
      '            1 of the last hour did NOT ARRIVE',
      'set aside   convert 1, mail 0, forget 0',
      '            These messages WAIT FOR YOU: admin dead-letters list',
    ])
    assert.match(lines[stored]!, /^files {7}1 are kept, 5\d\.\d kB; 50\.0 kB came in the last hour$/)
    assert.deepEqual(lines.slice(stored + 1), [
      '            1 were begun over an hour ago and are not settled yet',
      'processes   not asked for versions, sandbox, slots and disks: --metrics URL...',
      '',
    ])
    assert.ok(lines.every((line) => line.length <= 100))
  })

  it('adds what processes tell of themselves, and says which do not answer', async () => {
    const away = 'http://127.0.0.1:1/metrics'
    const told = (await run('--metrics', metricsUrl, away)).replaceAll(/\n +/g, ' ')
    const known =
      'converter 1.2.3, 3 of 4 slots are taken, 2.50 GB of disk are free, 100 MB less than an hour ago'
    assert.ok(told.includes(`${metricsUrl}: ${known}`), told)
    assert.match(told, /^versions +1\.2\.3 1$/m)
    assert.match(told, /^sandbox +none 1$/m)
    assert.ok(told.includes(`${away}: it does not answer`), told)
  })

  it('asks the processes that the environment names', async () => {
    env['METRICS_URLS'] = metricsUrl
    assert.match(await run(), /3 of 4 slots are taken/)
    delete env['METRICS_URLS']
  })

  it('tells the same as JSON', async () => {
    const status = JSON.parse(await run('--json')) as { queue: unknown; deadLetters: unknown }
    assert.deepEqual(status.deadLetters, { convert: 1, mail: 0, forget: 0 })
  })
})
