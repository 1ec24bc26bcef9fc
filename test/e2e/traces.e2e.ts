/** What an operator sees of a conversion at a real receiver of traces: one connected trace, and nothing that opens anything. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { serviceKinds } from '#infra/local/system/services.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { newKey } from '#test/harness/api-client.ts'
import * as user from '#test/harness/api-user.ts'
import { awaitMail } from '#test/harness/await-mail.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import { shortPeriods } from '#test/harness/short-periods.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { makeTone } from '#test/harness/tone.ts'
import { startTraceReceiver, type Span, type TraceReceiver } from '#test/harness/trace-receiver.ts'
import { registerVerifiedUser } from '#test/faults/verified-user.ts'

interface Stored {
  readonly _id: string
  readonly status: string
  readonly traceparent: string
}

describe('the traces of a system', () => {
  let receiver: TraceReceiver
  let running: RunningSystem
  let someone: user.ApiUser
  before(async () => {
    receiver = await startTraceReceiver()
    const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '200' }
    const serviceEnv = Object.fromEntries(
      serviceKinds.map((kind) => [kind, { ...tracing, ...shortPeriods[kind] }]),
    )
    running = await startTestSystem({ serviceEnv })
    someone = await registerVerifiedUser(running.system.publicUrl, running.system.inbox!)
  })
  after(async () => {
    await running[Symbol.asyncDispose]()
    await receiver[Symbol.asyncDispose]()
  })

  const spanOf = async (name: string, fits: (span: Span) => boolean) =>
    await waitUntil(`a span "${name}" has arrived`, async () =>
      (await receiver.spans()).find((span) => span.name === name && fits(span)),
    )
  const ofConversion = (id: string, attempt = 1) =>
    spanOf(
      'convert',
      ({ attributes }) =>
        attributes.get('earshot.conversion.id') === id &&
        attributes.get('earshot.conversion.attempt') === `${attempt}`,
    )

  it('connect a request with everything that is done for it, by every process', async () => {
    const path = await makeSample(running.directory, 'mp4-aac')
    const { conversion } = await user.convertFile(someone, path)
    await awaitMail(running.system.inbox!, someone.email, /ready/)
    const { traceId } = await ofConversion(conversion.id)
    await spanOf('send a mail', (span) => span.traceId === traceId)
    const expected = [
      'router POST',
      'router gateway.plan',
      'media mutation StartConversion__media__0',
      'media publish commands',
      'converter convert process',
      'converter convert',
      'converter fetch the source',
      'converter prepare',
      'converter encode',
      'converter prove',
      'converter publish events',
      'mailer mail process',
      'mailer send a mail',
      'auth POST',
    ]
    const trace = await waitUntil('the trace is whole', async () => {
      const spans = (await receiver.spans()).filter((span) => span.traceId === traceId)
      const names = new Set(spans.map((span) => `${span.service} ${span.name}`))
      const ids = new Set(spans.map(({ spanId }) => spanId))
      const roots = spans.filter(({ parentSpanId }) => !ids.has(parentSpanId))
      return expected.every((name) => names.has(name)) && roots.length === 1 && { spans, root: roots[0]! }
    })
    assert.equal(trace.root.service, 'router')
    assert.equal(trace.root.attributes.get('network.peer.address'), undefined, 'no address of who asked')
    const paths = trace.spans
      .filter(({ name }) => name === 'encode')
      .map(({ attributes }) => attributes.get('earshot.encoding.path'))
    assert.ok(
      paths.includes('SINGLE') || paths.some((taken) => taken?.startsWith('PARALLEL')),
      paths.join(', '),
    )
  })

  it('are named by the log lines of every process that works for the request', async () => {
    const path = await makeSample(running.directory, 'mp4-aac')
    const { conversion } = await user.convertFile(someone, path)
    const { traceId } = await ofConversion(conversion.id)
    for (const [service, message] of [
      ['router', 'operation finished'],
      ['media', 'conversion queued'],
      ['converter', 'conversion started'],
      ['mailer', 'the mail server accepted a mail'],
    ] as const)
      await waitUntil(`${service} has logged "${message}" with its trace`, async () => {
        const log = await readFile(join(running.directory, 'log', `${service}.log`), 'utf8')
        const lines = log.split('\n').filter((line) => line.includes(traceId))
        return lines.some((line) => line.includes(`"msg":"${message}"`))
      })
  })

  it('link a download to the conversion it belongs to', async () => {
    const path = await makeSample(running.directory, 'mp4-aac')
    const { conversion } = await user.convertFile(someone, path)
    await (await fetch(conversion.mp3s[0]!.downloadUrl)).arrayBuffer()
    const { traceId } = await ofConversion(conversion.id)
    const download = await spanOf('GET', (span) => span.linkedTraces.includes(traceId))
    assert.equal(download.service, 'media')
    assert.notEqual(download.traceId, traceId)
  })

  it('begin a new trace for a conversion that is done once more, linked to the first', async () => {
    const converter = running.system.services.get('converter')!
    const conversions = running.database.collection<Stored>('conversions')
    const path = await makeTone(running.directory, { minutes: 6 })
    const upload = await user.uploadFile(someone, path)
    const { id } = await user.startConversion(someone, upload.id)
    const { traceparent } = await waitUntil('it is under way', async () => {
      const record = await conversions.findOne({ _id: id })
      return record?.status === 'RUNNING' && record
    })
    await converter.kill()
    await converter.restart()
    await user.followConversion(someone.api, id)
    const second = await ofConversion(id, 2)
    // By the form of a traceparent (W3C Trace Context, section 3.2.2): version, trace, parent, flags.
    const ordered = traceparent.split('-')[1]
    assert.notEqual(second.traceId, ordered)
    assert.deepEqual(second.linkedTraces, [ordered])
  })

  it('join none that a client sends', async () => {
    const sent = '0af7651916cd43dd8448eb211c80319c'
    const mark = `Mark${newKey().replaceAll(/\W/g, '')}`
    await fetch(new URL('/graphql', running.system.publicUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${sent}-b7ad6b7169203331-01` },
      body: JSON.stringify({ query: `query ${mark} { __typename }` }),
    })
    await spanOf('gateway.request', ({ attributes }) => attributes.get('operationName') === mark)
    assert.ok((await receiver.spans()).every(({ traceId }) => traceId !== sent))
  })

  it('hold nothing that opens something, and nobody’s name or address', async () => {
    const path = await makeSample(running.directory, 'mp4-aac')
    const { conversion } = await user.convertFile(someone, path)
    const url = conversion.mp3s[0]!.downloadUrl
    await (await fetch(url)).arrayBuffer()
    const { traceId } = await ofConversion(conversion.id)
    await spanOf('GET', ({ linkedTraces }) => linkedTraces.includes(traceId))
    const text = await receiver.text()
    const hidden = [
      ...Object.values(running.system.deployment.secrets),
      someone.api.token!,
      someone.refreshToken,
      someone.email,
      user.testPassword,
      new URL(url).pathname.split('/').at(-1)!,
      basename(path),
      'client.address',
    ]
    const shown = hidden.filter((secret) => text.includes(secret))
    assert.deepEqual(shown, [])
  })
})
