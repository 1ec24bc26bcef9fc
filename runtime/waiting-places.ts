/** Places in a queue by turns of networks, and within each by turns of the blocks of addresses in it: neither is cheap to have many of. */
import { addressBlock } from '#runtime/network/address-block.ts'
import { createTurns, type Turns } from './turns.ts'

export interface Origin {
  /** Where a client connects from, as one subscriber has it. */
  readonly addressBlock: string
  /** The same, as wide as one rents it at once. */
  readonly network: string
}

/** @param address Null where it is not known: such clients have one turn together. */
export const originOf = (address: string | null): Origin => ({
  addressBlock: addressBlock(address ?? ''),
  network: addressBlock(address ?? '', 'network'),
})

export interface WaitingPlaces<T> {
  readonly size: number
  add(from: Origin, place: T): void
  /** Takes the oldest of the block whose turn it is, in the network whose turn it is. */
  next(): T | undefined
  remove(from: Origin, place: T): void
  /** Takes one of who has more than somebody from there would have then: of another network, or else of another block in theirs. */
  takeForRoom(from: Origin): T | undefined
}

/** Maps iterate in the order of insertion: who had their turn goes to the end. */
export function createWaitingPlaces<T>(): WaitingPlaces<T> {
  const networks = new Map<string, Turns<T>>()
  const sizeOf = (network: string) => networks.get(network)?.size ?? 0
  const forgetEmpty = (network: string) => void (sizeOf(network) === 0 && networks.delete(network))
  return {
    get size() {
      return networks.values().reduce((sum, waiting) => sum + waiting.size, 0)
    },
    add({ network, addressBlock: block }, place) {
      const waiting = networks.get(network) ?? createTurns<T>()
      networks.set(network, waiting)
      waiting.add(block, place)
    },
    next() {
      for (const [network, waiting] of networks) {
        networks.delete(network)
        const place = waiting.next()
        if (waiting.size > 0) networks.set(network, waiting)
        return place
      }
      return undefined
    },
    remove({ network, addressBlock: block }, place) {
      networks.get(network)?.remove(block, place)
      forgetEmpty(network)
    },
    takeForRoom({ network, addressBlock: block }) {
      const [longest] = [...networks.keys()].toSorted((one, other) => sizeOf(other) - sizeOf(one))
      // Who comes must have fewer afterwards, or two would push each other out in turn.
      const isOthers = longest !== undefined && sizeOf(longest) > sizeOf(network) + 1
      const giving = isOthers ? longest : network
      const own = networks.get(network)?.countOf(block) ?? 0
      const place = networks.get(giving)?.takeFromLongest(isOthers ? 0 : own + 1)
      forgetEmpty(giving)
      return place
    },
  }
}
