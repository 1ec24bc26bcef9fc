/** Live updates: hears of every conversion through the broker, and tells whoever subscribed to it. */
import type { ConversionChanged } from '#schema/messages/conversion-changed.ts'
import type { Rabbit } from '#runtime/rabbit/connection.ts'
import type { Conversions } from '#media/conversions/conversions.ts'
import type { MediaScope } from '#media/media-settings.ts'
import { createLiveHub } from './live-hub.ts'
import { createLiveResolvers } from './live-resolvers.ts'

export interface ServeLiveDependencies {
  readonly rabbit: Rabbit
  readonly conversions: Conversions
  /** Told of every change of a conversion, whoever subscribed. */
  readonly onChange: (message: ConversionChanged) => void
}

export async function serveLive(
  { log, resources }: MediaScope,
  { rabbit, conversions, onChange }: ServeLiveDependencies,
) {
  const hub = resources.use(await createLiveHub({ rabbit, log, onChange }))
  return { resolvers: createLiveResolvers({ hub, conversions }) }
}
