/**
 * What a new password must be: long (ASVS 5, 6.2: length counts, not kinds of characters), and none that whoever guesses
 * tries first.
 */
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { inputError } from '#runtime/graphql/parse-input.ts'
import { canonicalAddress } from './email-address.ts'

const linesOf = (file: string): readonly string[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))

/** What leaked elsewhere and is long enough here (ASVS 5, 6.2.4 and 6.2.12), and words that many shorter ones begin with. */
const common: ReadonlySet<string> = new Set(['leaked-passwords.txt', 'common-words.txt'].flatMap(linesOf))

/** What whoever guesses passwords of this service tries with it (ASVS 5, 6.2.11). What stands beside it must be a password. */
const ownWords = /earshot|video|audio|mp3|convert/g
const fewestBeside = 8

const fewestCharacters = 5

/** @param itself What the account shows of itself, such as its address: no password either. */
export function isEasyToGuess(password: string, itself: readonly string[] = []): boolean {
  const plain = password.toLowerCase()
  // `Password2026!!` is `password` to whoever guesses.
  const word = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  if (new Set(plain).size < fewestCharacters) return true
  const beside = plain.replace(ownWords, '')
  if (beside !== plain && beside.length < fewestBeside) return true
  return [plain, word].some((text) => common.has(text) || itself.includes(text))
}

/** @throws DomainError BAD_USER_INPUT where the password is the account's address, or its first part. */
export function refuseOwnAddress(password: string, email: string, field: string): void {
  const address = canonicalAddress(email)
  if (isEasyToGuess(password, [address, address.split('@', 1)[0]!]))
    throw inputError({ field, message: 'The password is the address itself; choose another.' })
}

const length = 'password must have 12 to 128 characters'

export const newPasswordSchema = z
  .string()
  .min(12, length)
  .max(128, length)
  .refine((password) => !isEasyToGuess(password), 'password is one of those that are guessed first')
