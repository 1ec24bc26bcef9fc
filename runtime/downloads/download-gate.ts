/**
 * Lets downloads pass, at the router and at media, which is also asked directly: few are begun at once, by turns of where they come from, and when too many are under way, whoever has the
 * most is cut off, the oldest first. Who waits does not ask again meanwhile: so many may.
 */
import type { IncomingMessage } from 'node:http'
import { DomainError } from '#runtime/domain-error.ts'
import { createFairQueue } from '#runtime/fair-queue.ts'
import { addressBlock } from '#runtime/network/address-block.ts'
import type { ClientAddressOf } from '#runtime/network/client-address.ts'
import type { PassThroughReply } from '#runtime/process/pass-through.ts'
import { leavingSignalOf } from '#runtime/process/leaving-client.ts'
import { originOf } from '#runtime/waiting-places.ts'
import { createFairShare } from '#runtime/fair-share.ts'

export interface DownloadLimits {
  /** Past them, the network that has most waiting is told to come again. */
  readonly mostWaiting: number
  /** That are looked up, and whose first bytes are asked for. */
  readonly mostBegunAtOnce: number
  readonly mostUnderWay: number
}

/** Resolves once it may go on, to what must be called when it has been answered, or is about to be. @throws DomainError SERVICE_UNAVAILABLE. */
export type DownloadGate = (request: IncomingMessage, reply: PassThroughReply) => Promise<() => void>

const retryAfterMs = 2_000

export function createDownloadGate(
  { mostWaiting, mostBegunAtOnce, mostUnderWay }: DownloadLimits,
  clientAddressOf: ClientAddressOf,
): DownloadGate {
  const underWay = createFairShare(mostUnderWay)
  const inTurn = createFairQueue({ mostAtOnce: mostBegunAtOnce, mostWaiting, tooMany })
  return async (request, reply) => {
    const address = clientAddressOf(request)
    const origin = originOf(address)
    const [begun, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const cutOff = () => request.socket.destroy()
    const begin = async () => {
      reply.raw.once('close', underWay.take(origin.addressBlock, 1, cutOff, addressBlock(address, 'site')))
      begun.resolve()
      await answered.promise
    }
    inTurn({ ...origin, signal: leavingSignalOf(reply) }, begin).catch(begun.reject)
    await begun.promise
    return answered.resolve
  }
}

function tooMany(): DomainError {
  const message = 'Too many downloads are asked for from where you are; try again in a few seconds.'
  return new DomainError('SERVICE_UNAVAILABLE', message, { details: { retryAfterMs } })
}
