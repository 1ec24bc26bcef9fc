/**
 * The trace that work belongs to. A conversion's `traceparent` is stored with it, since what follows is published and done
 * later and by other processes. Without a receiver of traces all of this does nothing.
 */
import {
  context,
  propagation,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type SpanContext,
} from '@opentelemetry/api'

const tracerName = 'earshot'

/** Of the work under way (W3C Trace Context, section 3.2); null where it is not traced. */
export function currentTraceparent(): string | null {
  const carrier: { traceparent?: string } = {}
  propagation.inject(context.active(), carrier)
  return carrier.traceparent ?? null
}

/** For log lines; undefined where the work is not traced. */
export const currentTraceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId

/** Runs the work as a part of the trace. */
export function inTraceOf<T>(traceparent: string | null, work: () => T): T {
  return traceparent === null ? work() : context.with(contextOf(traceparent), work)
}

export interface SpanOptions {
  readonly attributes?: Attributes
  /** Begins a trace of its own that links to this one: for work that is done once more, or much later. */
  readonly linkTo?: string | null
}

/** Runs the work in a span, which ends with it, as failed when it throws. */
export async function inSpan<T>(
  name: string,
  { attributes = {}, linkTo = null }: SpanOptions,
  work: () => Promise<T>,
): Promise<T> {
  const linked = linkTo === null ? undefined : spanContextOf(linkTo)
  const options = { attributes, root: linked !== undefined, links: linked ? [{ context: linked }] : [] }
  return await trace.getTracer(tracerName).startActiveSpan(name, options, async (span) => {
    try {
      return await work()
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' })
      throw error
    } finally {
      span.end()
    }
  })
}

/** Links the span under way to the trace that it goes back to. */
export function linkSpanTo(traceparent: string | null): void {
  const linked = traceparent === null ? undefined : spanContextOf(traceparent)
  if (linked) trace.getActiveSpan()?.addLink({ context: linked })
}

/** Sends what is still in memory. */
export async function flushTraces(): Promise<void> {
  const provider = trace.getTracerProvider()
  const own: object = provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider
  if ('forceFlush' in own && typeof own.forceFlush === 'function') await own.forceFlush()
}

const contextOf = (traceparent: string): Context => propagation.extract(ROOT_CONTEXT, { traceparent })
const spanContextOf = (traceparent: string): SpanContext | undefined =>
  trace.getSpanContext(contextOf(traceparent))
