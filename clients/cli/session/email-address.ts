/** Reads an e-mail address from the command line or the keyboard. The server says whether it is one in truth. */
import { InvalidArgumentError } from 'commander'

export function emailAddress(value: string): string {
  if (/^[^\s@]+@[^\s@]+$/.test(value)) return value
  throw new InvalidArgumentError('It must be an e-mail address.')
}
