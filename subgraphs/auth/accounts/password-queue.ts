/** Who waits for the work on their password, which is done for few at once. */
import { DomainError } from '#runtime/domain-error.ts'
import { createFairQueue, type FairQueue } from '#runtime/fair-queue.ts'

const retryAfterMs = 2_000

export const createPasswordQueue = (mostAtOnce: number, mostWaiting: number): FairQueue =>
  createFairQueue({ mostAtOnce, mostWaiting, tooMany })

function tooMany(): DomainError {
  const message = 'Many sign in at this moment; try again in a few seconds.'
  return new DomainError('SERVICE_UNAVAILABLE', message, { details: { retryAfterMs } })
}
