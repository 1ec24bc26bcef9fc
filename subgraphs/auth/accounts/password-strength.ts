/**
 * What a new password must be: long (ASVS 5, 6.2: length counts, not kinds of characters), and none that whoever guesses
 * tries first.
 */
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { DomainError } from '#runtime/domain-error.ts'
import { canonicalAddress } from './email-address.ts'

/** Passwords of more than 12 characters are tried whole; shorter ones in this list are words that many begin with. */
const common: ReadonlySet<string> = new Set(
  readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')),
)

const fewestCharacters = 5

/** @param itself What the account shows of itself, such as its address: no password either. */
export function isEasyToGuess(password: string, itself: readonly string[] = []): boolean {
  const plain = password.toLowerCase()
  // `Password2026!!` is `password` to whoever guesses.
  const word = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  if (new Set(plain).size < fewestCharacters) return true
  return [plain, word].some((text) => common.has(text) || itself.includes(text))
}

/** @throws DomainError BAD_USER_INPUT where the password is the account's address, or its first part. */
export function refuseOwnAddress(password: string, email: string): void {
  const address = canonicalAddress(email)
  if (isEasyToGuess(password, [address, address.split('@', 1)[0]!]))
    throw new DomainError('BAD_USER_INPUT', 'The password is the address itself; choose another.')
}

const length = 'password must have 12 to 128 characters'

export const newPasswordSchema = z
  .string()
  .min(12, length)
  .max(128, length)
  .refine((password) => !isEasyToGuess(password), 'password is one of those that are guessed first')
