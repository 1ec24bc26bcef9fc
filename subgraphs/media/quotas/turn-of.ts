/** Who takes turns as one where conversions wait: a user; until an address is verified, all at a client's address. Accounts cost nothing. */
import { createHash } from 'node:crypto'
import { addressBlock } from '#runtime/network/address-block.ts'
import type { Account } from './account.ts'

export function turnOf({ userId, emailVerified, clientAddress }: Account): string {
  if (emailVerified || clientAddress === null) return userId
  return `host:${createHash('sha256').update(addressBlock(clientAddress)).digest('base64url')}`
}
