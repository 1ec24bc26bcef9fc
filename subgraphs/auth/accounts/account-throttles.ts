/**
 * How often passwords may be tried, accounts made and guests let in. Unknown addresses count like known ones, so that this tells
 * nothing.
 */
import type { CreateThrottle } from '#runtime/throttle/throttles.ts'
import type { Rate } from '#runtime/throttle/rate.ts'
import type { AccountRequest } from '#auth/account-request.ts'
import type { KnownBlocks } from './known-blocks.ts'

export interface AccountRates {
  readonly SIGN_IN_PAIR_RATE: Rate
  readonly SIGN_IN_ADDRESS_RATE: Rate
  readonly SIGN_IN_NETWORK_RATE: Rate
  readonly SIGN_IN_ACCOUNT_RATE: Rate
  readonly SIGN_UP_NETWORK_RATE: Rate
  readonly GUEST_ADDRESS_RATE: Rate
  readonly GUEST_NETWORK_RATE: Rate
  readonly MAIL_REQUEST_ACCOUNT_RATE: Rate
  readonly MAIL_REQUEST_NETWORK_RATE: Rate
}

export interface TriedSignIn {
  /** A right password counts against its address alone, as work, and makes the address known. */
  wasRight(): Promise<void>
  /** What was not checked does not count against the account. */
  takeBack(): Promise<void>
}

/** A network is rented with all its blocks at once. */
type SignInOrigin = Pick<AccountRequest, 'addressBlock' | 'network'>

export interface AccountThrottles {
  /**
   * Counted before the password is checked.
   * Where a right password of the user came from before, those of the account and the network do not count: strangers use
   * them up. @param userId Null where nobody has the account, or it is not asked for. @throws DomainError TOO_MANY_REQUESTS.
   */
  trySignIn(account: string, userId: string | null, from: SignInOrigin): Promise<TriedSignIn>
  /** A user is at this address. */
  know(userId: string, addressBlock: string): Promise<void>
  /** @throws DomainError TOO_MANY_REQUESTS. */
  signUp(network: string): Promise<void>
  /** @throws DomainError TOO_MANY_REQUESTS. */
  beginGuest(addressBlock: string, network: string): Promise<void>
  /** @throws DomainError TOO_MANY_REQUESTS. */
  requestMail(account: string, network: string): Promise<void>
}

export function createAccountThrottles(
  throttle: CreateThrottle,
  rates: AccountRates,
  known: KnownBlocks,
): AccountThrottles {
  const byPair = throttle('sign-in-pair', rates.SIGN_IN_PAIR_RATE)
  const byAddress = throttle('sign-in-address', rates.SIGN_IN_ADDRESS_RATE)
  const byNetwork = throttle('sign-in-network', rates.SIGN_IN_NETWORK_RATE)
  const byAccount = throttle('sign-in-account', rates.SIGN_IN_ACCOUNT_RATE)
  const mailsOfAccount = throttle('mail-request-account', rates.MAIL_REQUEST_ACCOUNT_RATE)
  const mailsOfNetwork = throttle('mail-request-network', rates.MAIL_REQUEST_NETWORK_RATE)
  const signUps = throttle('sign-up-network', rates.SIGN_UP_NETWORK_RATE)
  const guestsOfAddress = throttle('guest-address', rates.GUEST_ADDRESS_RATE)
  const guestsOfNetwork = throttle('guest-network', rates.GUEST_NETWORK_RATE)
  return {
    async trySignIn(account, userId, { addressBlock, network }) {
      // The narrowest first: what it refuses does not count against the account, which others sign in to.
      const pairBack = await byPair.take(`${account}\n${addressBlock}`)
      await byAddress.take(addressBlock)
      // Nothing is remembered of a mere address: the same work for an unknown one.
      const isKnown = await known.knows(userId ?? account, addressBlock)
      const networkBack = isKnown ? null : await byNetwork.take(network)
      const accountBack = isKnown ? null : await byAccount.take(account)
      const takeBack = async () => void (await Promise.all([pairBack(), networkBack?.(), accountBack?.()]))
      return {
        takeBack,
        async wasRight() {
          await takeBack()
          if (userId !== null) await known.remember(userId, addressBlock)
        },
      }
    },
    know: known.remember,
    signUp: async (network) => void (await signUps.take(network)),
    async beginGuest(addressBlock, network) {
      await guestsOfAddress.take(addressBlock)
      await guestsOfNetwork.take(network)
    },
    async requestMail(account, network) {
      await mailsOfNetwork.take(network)
      await mailsOfAccount.take(account)
    },
  }
}
