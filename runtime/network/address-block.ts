/** Which addresses count as one where clients are limited: whoever has one of them usually has the others. */
import { isIP } from 'node:net'

/**
 * - `host`: what one subscriber has. IPv4 to its last bit, as neighbours are strangers and one address may be a whole
 *   office already; of IPv6 a /64, out of which every machine picks its address, and a new one each day.
 * - `site`: what one subscriber has at most: an IPv4 address, as neighbours are strangers, but all 65,536 /64s of an IPv6 /48.
 * - `network`: what one buys or rents at once, for what must not be had by changing the host, like free accounts: an IPv4
 *   /24, the smallest that is routed by itself, and an IPv6 /48, what a site is given (RFC 6177).
 */
export type BlockSize = 'host' | 'site' | 'network'

/** As a CIDR; `unknown` for what is no address, so that such clients share one block. */
export function addressBlock(address: string, size: BlockSize = 'host'): string {
  const family = isIP(address)
  if (family === 4) return blockOfFour(address.split('.'), size)
  if (family !== 6) return 'unknown'
  const groups = expand(address)
  if (isMapped(groups)) return blockOfFour(groups.slice(6).flatMap(bytesOf), size)
  const counted = size === 'host' ? 4 : 3
  return `${groups.slice(0, counted).join(':')}::/${counted * 16}`
}

const blockOfFour = (bytes: readonly string[], size: BlockSize): string =>
  size === 'network' ? `${bytes.slice(0, 3).join('.')}.0/24` : `${bytes.join('.')}/32`

/** IPv4 as a socket for both families shows it, ::ffff:0:0/96 (RFC 4291, 2.5.5.2): strangers to each other, not one /64. */
const isMapped = (groups: readonly string[]): boolean =>
  groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff'

function bytesOf(group: string): [string, string] {
  const value = Number.parseInt(group, 16)
  return [String(value >> 8), String(value & 0xff)]
}

/** The eight groups of an IPv6 address, each without leading zeros. */
function expand(address: string): string[] {
  const [head = '', tail] = address
    .toLowerCase()
    .replace(/%.*$/, '')
    .replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => `${groupOf(a, b)}:${groupOf(c, d)}`)
    .split('::')
  const before = groupsOf(head)
  const after = groupsOf(tail ?? '')
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...zeros, ...after]
}

const groupOf = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16)

const groupsOf = (text: string) =>
  text === '' ? [] : text.split(':').map((group) => group.replace(/^0+(?=.)/, ''))
