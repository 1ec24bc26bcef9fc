/** Names the client of a session by what it says that it is, for its user to know it again. */
import Bowser from 'bowser'

const mostCharacters = 80

/** `Firefox on Linux`: letters, digits and a few signs; null where the client says nothing of use. */
export function clientName(userAgent: string | null): string | null {
  const plain = (userAgent ?? '').replace(/[^\x21-\x7e]+/g, ' ').trim()
  if (plain === '') return null
  const { browser, os } = Bowser.parse(plain)
  // The first product stands for itself (RFC 9110, 10.1.5).
  const name = clean(browser.name) ?? clean(plain.split(/[ /]/, 1)[0])
  const system = clean(os.name)
  if (name === null) return system
  return system === null ? name : `${name} on ${system}`
}

function clean(name: string | undefined): string | null {
  const known = (name ?? '').replace(/[^\w .()-]+/g, ' ').trim()
  return /[a-z\d]/i.test(known) ? known.slice(0, mostCharacters / 2 - 2).trim() : null
}
