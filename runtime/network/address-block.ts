/** Which addresses count as one where clients are limited: whoever has one of them usually has the others. */
import { isIP } from 'node:net'

/**
 * - `host`: what one subscriber has. IPv4 to its last bit, as neighbours are strangers and one address may be a whole
 *   office already; of IPv6 a /64, out of which every machine picks its address, and a new one each day.
 * - `network`: what one buys or rents at once, for what must not be had by changing the host, like free accounts: an IPv4
 *   /24, the smallest that is routed by itself, and an IPv6 /48, what a site is given (RFC 6177).
 */
export type BlockSize = 'host' | 'network'

/** As a CIDR; `unknown` for what is no address, so that such clients share one block. */
export function addressBlock(address: string, size: BlockSize = 'host'): string {
  const family = isIP(address)
  if (family === 4)
    return size === 'host' ? `${address}/32` : `${address.split('.').slice(0, 3).join('.')}.0/24`
  if (family !== 6) return 'unknown'
  const groups = size === 'host' ? 4 : 3
  return `${expand(address).slice(0, groups).join(':')}::/${groups * 16}`
}

/** The eight groups of an IPv6 address, each without leading zeros. */
function expand(address: string): string[] {
  // An embedded IPv4 address stands for the last two groups, which no block looks at.
  const [head = '', tail] = address
    .toLowerCase()
    .replace(/[\d.]+\.\d+$/, '0:0')
    .split('::')
  const before = groupsOf(head)
  const after = groupsOf(tail ?? '')
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...zeros, ...after]
}

const groupsOf = (text: string) =>
  text === '' ? [] : text.split(':').map((group) => group.replace(/^0+(?=.)/, ''))
