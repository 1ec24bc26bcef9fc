/** How often an account, and a block of addresses, may announce uploads and order conversions. */
import { addressBlock } from '#runtime/network/address-block.ts'
import type { CreateThrottle } from '#runtime/throttle/throttles.ts'
import type { QuotaSettings } from './quota-settings.ts'

export interface OrderThrottles {
  /** @param clientAddress Null where the client is not known, as when it was routed straight to media. */
  upload(ownerId: string, clientAddress: string | null): Promise<void>
  /** Both throw DomainError TOO_MANY_REQUESTS. */
  conversion(ownerId: string, clientAddress: string | null): Promise<void>
}

export function createOrderThrottles(throttle: CreateThrottle, settings: QuotaSettings): OrderThrottles {
  const uploads = throttle('upload-account', settings.UPLOAD_ACCOUNT_RATE)
  const uploadsFrom = throttle('upload-address', settings.UPLOAD_ADDRESS_RATE)
  const conversions = throttle('conversion-account', settings.CONVERSION_ACCOUNT_RATE)
  const conversionsFrom = throttle('conversion-address', settings.CONVERSION_ADDRESS_RATE)
  return {
    async upload(ownerId, clientAddress) {
      await uploads.take(ownerId)
      if (clientAddress !== null) await uploadsFrom.take(addressBlock(clientAddress))
    },
    async conversion(ownerId, clientAddress) {
      await conversions.take(ownerId)
      if (clientAddress !== null) await conversionsFrom.take(addressBlock(clientAddress))
    },
  }
}
