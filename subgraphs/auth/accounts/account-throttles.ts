/** How often passwords may be tried and accounts made. Unknown addresses count like known ones, so that this tells nothing. */
import type { CreateThrottle } from '#runtime/throttle/throttles.ts'
import type { Rate } from '#runtime/throttle/rate.ts'

export interface AccountRates {
  readonly SIGN_IN_PAIR_RATE: Rate
  readonly SIGN_IN_ADDRESS_RATE: Rate
  readonly SIGN_IN_ACCOUNT_RATE: Rate
  readonly SIGN_UP_NETWORK_RATE: Rate
  readonly MAIL_REQUEST_ACCOUNT_RATE: Rate
  readonly MAIL_REQUEST_NETWORK_RATE: Rate
}

export interface AccountThrottles {
  /**
   * Counted before the password is checked.
   * @returns what takes it back from the account: a right password counts against its address alone, as work.
   * @throws DomainError TOO_MANY_REQUESTS.
   */
  trySignIn(account: string, addressBlock: string): Promise<() => Promise<void>>
  /** @throws DomainError TOO_MANY_REQUESTS. */
  signUp(network: string): Promise<void>
  /** @throws DomainError TOO_MANY_REQUESTS. */
  requestMail(account: string, network: string): Promise<void>
}

export function createAccountThrottles(throttle: CreateThrottle, rates: AccountRates): AccountThrottles {
  const byPair = throttle('sign-in-pair', rates.SIGN_IN_PAIR_RATE)
  const byAddress = throttle('sign-in-address', rates.SIGN_IN_ADDRESS_RATE)
  const byAccount = throttle('sign-in-account', rates.SIGN_IN_ACCOUNT_RATE)
  const mailsOfAccount = throttle('mail-request-account', rates.MAIL_REQUEST_ACCOUNT_RATE)
  const mailsOfNetwork = throttle('mail-request-network', rates.MAIL_REQUEST_NETWORK_RATE)
  const signUps = throttle('sign-up-network', rates.SIGN_UP_NETWORK_RATE)
  return {
    async trySignIn(account, addressBlock) {
      // The narrowest first: what it refuses does not count against the account, which others sign in to.
      const pairBack = await byPair.take(`${account}\n${addressBlock}`)
      await byAddress.take(addressBlock)
      const accountBack = await byAccount.take(account)
      return async () => void (await Promise.all([pairBack(), accountBack()]))
    },
    signUp: async (network) => void (await signUps.take(network)),
    async requestMail(account, network) {
      await mailsOfNetwork.take(network)
      await mailsOfAccount.take(account)
    },
  }
}
