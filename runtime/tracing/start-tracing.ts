/** Sends spans to the OTLP receiver that OTEL_EXPORTER_OTLP_ENDPOINT names; the other OTEL_* settings are the standard's. */
import { basename, dirname } from 'node:path'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { AmqplibInstrumentation } from '@opentelemetry/instrumentation-amqplib'
import { GraphQLInstrumentation } from '@opentelemetry/instrumentation-graphql'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { giveOnly } from './give-only.ts'
import { publicPath, publicUrl } from './public-path.ts'

/** The folder of the process's main file: router, media, …; OTEL_SERVICE_NAME overrides it. */
const service = basename(dirname(process.argv[1] ?? 'earshot'))

export function startTracing(): void {
  const own = resourceFromAttributes({ 'service.name': service, 'service.namespace': 'earshot' })
  const fromEnvironment = detectResources({ detectors: [envDetector] })
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(own).merge(fromEnvironment),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  })
  const traceContext = new W3CTraceContextPropagator()
  provider.register({ propagator: service === 'router' ? giveOnly(traceContext) : traceContext })
  registerInstrumentations({
    instrumentations: [
      new HttpInstrumentation({
        requireParentforOutgoingSpans: true,
        ignoreIncomingRequestHook: ({ url }) => /^\/(health\/|metrics$)/.test(url ?? ''),
        // Before the span begins, so that no processor ever sees a path that opens something.
        startIncomingSpanHook: ({ url }) => ({ ...pathAttributes(url ?? '/'), ...noAddress }),
      }),
      new UndiciInstrumentation({
        requireParentforSpans: true,
        requestHook: (span, { origin, path }) =>
          void span.setAttributes({ ...pathAttributes(path), 'url.full': publicUrl(origin, path) }),
      }),
      // A span a field is too many of them where an operation has hundreds.
      new GraphQLInstrumentation({ ignoreResolveSpans: true }),
      // A conversion is longer than any delay by which one could tell a message that is never acknowledged.
      new AmqplibInstrumentation({ consumeTimeoutMs: 0 }),
      new MongoDBInstrumentation(),
    ],
  })
}

/** Of who asked: a person's data. */
const noAddress = { 'client.address': undefined, 'network.peer.address': undefined }

function pathAttributes(path: string) {
  const shown = publicPath(path)
  return { 'url.path': shown, 'url.query': '', 'http.target': shown, 'http.url': shown }
}
