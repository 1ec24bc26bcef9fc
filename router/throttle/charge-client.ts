/** Charges what an operation costs to the address it comes from, and to its user. */
import { addressBlock } from '#runtime/network/address-block.ts'
import { createCostThrottle, type ChargeCost } from './cost-throttle.ts'

export interface ChargeClient {
  readonly address: ChargeCost
  readonly user: ChargeCost
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
  }
}
