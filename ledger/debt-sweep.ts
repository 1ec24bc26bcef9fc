/** Finds finished conversions whose event never came to who owes something for it, as when the broker lost its queues. */
import type { ConversionRecord, Debt } from '#schema/documents/conversion-document.ts'
import type { Logger } from '#runtime/process/log.ts'
import { createSweepOfLeftOver } from '#runtime/process/sweep-left-over.ts'
import type { Ledger } from './ledger.ts'

export interface DebtSweepDependencies {
  readonly ledger: Pick<Ledger, 'each'>
  readonly debt: Debt
  /** Does what is owed, and has it struck off. */
  readonly pay: (conversion: ConversionRecord) => Promise<void>
  readonly log: Logger
}

/** One sweep. A debt must have been there in the sweep before too: else its event may still be on its way. */
export function createDebtSweep({ ledger, debt, pay, log }: DebtSweepDependencies) {
  return createSweepOfLeftOver({
    items: () => ledger.each({ owes: debt }),
    keyOf: ({ _id }) => _id,
    async act(conversion) {
      log.warn(
        { conversionId: conversion._id, debt },
        'no event came for what a conversion owes; it is paid now',
      )
      await pay(conversion)
    },
  })
}
