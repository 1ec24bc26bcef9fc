/** Charges what an operation costs to the address it comes from, and to its user. */
import { addressBlock } from '#runtime/network/address-block.ts'
import { createCostThrottle, type ChargeCost } from './cost-throttle.ts'
import { createPayForEvent, type PayForEvent } from './pace-events.ts'

export interface ChargeClient {
  readonly address: ChargeCost
  readonly user: ChargeCost
  /** The events of a user's subscriptions. They stand in nobody's way, so that whatever else the user asks for is answered. */
  readonly event: PayForEvent
}

export interface CostRates {
  readonly perAddress: number
  readonly perUser: number
}

export function createChargeClient({ perAddress, perUser }: CostRates): ChargeClient {
  const ofBlock = createCostThrottle({ costPerSecond: perAddress })
  return {
    address: (address, cost) => ofBlock(addressBlock(address), cost),
    user: createCostThrottle({ costPerSecond: perUser }),
    event: createPayForEvent(createCostThrottle({ costPerSecond: perUser })),
  }
}
