/**
 * Lets downloads pass: few are begun at once, by turns of where they come from, and when too many wait or are under way, whoever
 * has the most gives way, the oldest first.
 */
import type { IncomingMessage } from 'node:http'
import { DomainError } from '#runtime/domain-error.ts'
import { createFairQueue } from '#runtime/fair-queue.ts'
import { addressBlock } from '#runtime/network/address-block.ts'
import type { ClientAddressOf } from '#runtime/network/client-address.ts'
import type { PassThroughReply } from '#runtime/process/pass-through.ts'
import { leavingSignalOf } from '#runtime/process/leaving-client.ts'
import { originOf } from '#runtime/waiting-places.ts'
import { createFairShare } from '#router/connections/fair-share.ts'

export interface DownloadLimits {
  /** That wait or are under way. */
  readonly most: number
  /** Whose first bytes media is asked for. */
  readonly mostBegunAtOnce: number
}

/** Resolves once it may be passed on, to what must be called when media has answered it. @throws DomainError SERVICE_UNAVAILABLE. */
export type DownloadGate = (request: IncomingMessage, reply: PassThroughReply) => Promise<() => void>

const retryAfterMs = 2_000

export function createDownloadGate(
  { most, mostBegunAtOnce }: DownloadLimits,
  clientAddressOf: ClientAddressOf,
): DownloadGate {
  const underWay = createFairShare(most)
  const inTurn = createFairQueue({ mostAtOnce: mostBegunAtOnce, mostWaiting: most, tooMany })
  return async (request, reply) => {
    const address = clientAddressOf(request)
    const origin = originOf(address)
    const givingWay = new AbortController()
    let hasBegun = false
    const giveWay = () => {
      if (hasBegun) request.socket.destroy()
      else givingWay.abort(tooMany())
    }
    reply.raw.once('close', underWay.take(origin.addressBlock, 1, giveWay, addressBlock(address, 'site')))
    const signal = AbortSignal.any([givingWay.signal, leavingSignalOf(reply)])
    const [begun, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const begin = async () => {
      hasBegun = true
      begun.resolve()
      await answered.promise
    }
    inTurn({ ...origin, signal }, begin).catch(begun.reject)
    await begun.promise
    return answered.resolve
  }
}

function tooMany(): DomainError {
  const message = 'Too many downloads are under way from where you are; try again in a few seconds.'
  return new DomainError('SERVICE_UNAVAILABLE', message, { details: { retryAfterMs } })
}
