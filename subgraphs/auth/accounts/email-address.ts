/** Addresses as they are compared, and what stands in their place where an account has none of its own. */
import type { AccountDocument } from '#schema/documents/user-document.ts'

export const canonicalAddress = (email: string): string => email.trim().normalize('NFC').toLowerCase()

/** For an account whose address another one has (it gets it when it proves it), and for a guest. No address has this form. */
export const claimOf = (userId: string): string => `claim:${userId}`

/** Whether the address is the account's own: proven, or nobody else's. */
export const hasAddress = ({ email, emailCanonical }: AccountDocument): boolean =>
  emailCanonical === canonicalAddress(email)
