/**
 * Loaded before anything else (`node --import`), as instrumentation has to be: starts tracing where the environment names a
 * receiver of traces, and does nothing otherwise.
 */
const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_SDK_DISABLED } = process.env
const receiver = OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? OTEL_EXPORTER_OTLP_ENDPOINT

if (receiver !== undefined && receiver !== '' && OTEL_SDK_DISABLED !== 'true') {
  const { startTracing } = await import('./start-tracing.ts')
  startTracing()
}
