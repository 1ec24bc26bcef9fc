/** A process that strangers talk to gives its trace to those it asks, and joins none that it is sent. */
import type { TextMapPropagator } from '@opentelemetry/api'

/** Otherwise a client could have every request of its own recorded, or put it into a trace of somebody else's. */
export const giveOnly = (propagator: TextMapPropagator): TextMapPropagator => ({
  inject: (context, carrier, setter) => propagator.inject(context, carrier, setter),
  extract: (context) => context,
  fields: () => propagator.fields(),
})
