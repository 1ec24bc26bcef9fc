/** A real OpenTelemetry Collector that receives the traces of a system under test, and what it received. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { connects } from '#infra/local/processes/connects.ts'
import { startProcess } from '#infra/local/processes/owned-process.ts'
import { openPortBook } from '#infra/local/processes/ports.ts'
import { untilAnswers } from '#infra/local/processes/until-answers.ts'
import { createTemporaryDirectory } from './temporary-directory.ts'

export interface Span {
  readonly service: string
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string
  /** Ids of the traces that it is linked to. */
  readonly linkedTraces: readonly string[]
  /** Of strings and numbers, both as text. */
  readonly attributes: ReadonlyMap<string, string>
}

export interface TraceReceiver extends AsyncDisposable {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string
  /** All that have arrived so far. */
  spans(): Promise<readonly Span[]>
  /** The same, as it came: for looking for what must not be there. */
  text(): Promise<string>
}

export async function startTraceReceiver(): Promise<TraceReceiver> {
  const program = process.env['OTEL_COLLECTOR_PATH']
  if (!program) throw new Error('OTEL_COLLECTOR_PATH is not set: run this test through npm test')
  await using started = new AsyncDisposableStack()
  const { path: directory } = started.use(await createTemporaryDirectory())
  const ports = started.use(await openPortBook({ file: join(directory, 'ports.json') }))
  const port = await ports.claim('otlp', 4318)
  const file = join(directory, 'spans')
  const args = ['--config', `yaml:${JSON.stringify(configuration(port, file))}`]
  const collector = started.use(
    await startProcess({ name: 'otel-collector', command: program, args, env: process.env, directory }),
  )
  await untilAnswers(collector, 'the collector', () => connects(port), {})
  const owned = started.move()
  const text = async () => await readFile(file, 'utf8').catch(() => '')
  return {
    url: `http://127.0.0.1:${port}`,
    spans: async () => (await text()).split('\n').filter(isWhole).flatMap(spansOf),
    text,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

const configuration = (port: number, path: string) => ({
  receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
  exporters: { file: { path, flush_interval: '100ms' } },
  service: {
    pipelines: { traces: { receivers: ['otlp'], exporters: ['file'] } },
    telemetry: { metrics: { level: 'none' } },
  },
})

/** The last line may be on its way. */
const isWhole = (line: string) => line.startsWith('{') && line.endsWith('}')

const attributesSchema = z
  .array(
    z.object({
      key: z.string(),
      value: z.object({ stringValue: z.string().optional(), intValue: z.coerce.string().optional() }),
    }),
  )
  .default([])
  .transform(
    (list) => new Map(list.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? ''])),
  )

/** OTLP 1.x, its JSON form (opentelemetry-proto, trace/v1/trace.proto). */
const tracesSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: attributesSchema }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              name: z.string(),
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().default(''),
              links: z.array(z.object({ traceId: z.string() })).default([]),
              attributes: attributesSchema,
            }),
          ),
        }),
      ),
    }),
  ),
})

function spansOf(line: string): Span[] {
  return tracesSchema.parse(JSON.parse(line)).resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource.attributes.get('service.name') ?? ''
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ links, ...span }) => ({
        ...span,
        service,
        linkedTraces: links.map(({ traceId }) => traceId),
      })),
    )
  })
}
