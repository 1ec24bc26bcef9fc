/** How much one address and one user may ask for, by the cost of operations (guard/cost-table.ts); ten times as much at once. */
import { setting } from '#runtime/process/settings.ts'

export const throttleSettings = {
  COST_PER_SECOND_PER_ADDRESS: setting.count.default(20_000),
  COST_PER_SECOND_PER_USER: setting.count.default(10_000),
} as const
