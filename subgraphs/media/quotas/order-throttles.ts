/** How often an account, and a block of addresses, may announce uploads and order conversions. */
import { addressBlock } from '#runtime/network/address-block.ts'
import type { CreateThrottle } from '#runtime/throttle/throttles.ts'
import type { Account } from './account.ts'
import type { QuotaSettings } from './quota-settings.ts'

type Orderer = Pick<Account, 'userId' | 'clientAddress'>

export interface OrderThrottles {
  /** @throws DomainError TOO_MANY_REQUESTS. */
  upload(account: Orderer): Promise<void>
  /** @throws DomainError TOO_MANY_REQUESTS. */
  conversion(account: Orderer): Promise<void>
}

export function createOrderThrottles(throttle: CreateThrottle, settings: QuotaSettings): OrderThrottles {
  const uploads = throttle('upload-account', settings.UPLOAD_ACCOUNT_RATE)
  const uploadsFrom = throttle('upload-address', settings.UPLOAD_ADDRESS_RATE)
  const conversions = throttle('conversion-account', settings.CONVERSION_ACCOUNT_RATE)
  const conversionsFrom = throttle('conversion-address', settings.CONVERSION_ADDRESS_RATE)
  return {
    async upload({ userId, clientAddress }) {
      await uploads.take(userId)
      if (clientAddress !== null) await uploadsFrom.take(addressBlock(clientAddress))
    },
    async conversion({ userId, clientAddress }) {
      await conversions.take(userId)
      if (clientAddress !== null) await conversionsFrom.take(addressBlock(clientAddress))
    },
  }
}
