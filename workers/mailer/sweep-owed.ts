/** Finds settled conversions whose event never came, as when the broker lost its queues: the debt stands in the conversion. */
import type { ConversionStore } from '#ledger/conversion-store.ts'
import type { Logger } from '#runtime/process/log.ts'
import { sweepOver } from '#runtime/process/sweep-over.ts'
import type { DeliverMail } from './deliver-mail.ts'
import type { TakeMail } from './take-mail.ts'

export interface SweepOwedDependencies {
  readonly conversions: Pick<ConversionStore, 'each'>
  readonly take: TakeMail
  readonly deliver: DeliverMail
  readonly log: Logger
}

/** One sweep. A debt must have been seen in the sweep before too: else its event may still be on its way. */
export function createSweepOwed({ conversions, take, deliver, log }: SweepOwedDependencies) {
  let owedBefore = new Set<string>()
  return async (signal: AbortSignal): Promise<void> => {
    const owed = new Set<string>()
    await sweepOver(conversions.each({ mail: 'owed' }), signal, async (conversion) => {
      owed.add(conversion._id)
      if (!owedBefore.has(conversion._id)) return
      log.warn({ conversionId: conversion._id }, 'the event of a settled conversion never came')
      const mailId = await take(conversion)
      if (mailId !== null) await deliver(mailId, { requestId: undefined, log })
    }).finally(() => (owedBefore = owed))
  }
}
