/**
 * Divides what is bounded among clients: when it is used up, whoever has the most of it gives way, the oldest first; of clients
 * that may be one and the same, all of them together are judged.
 */

export interface FairShare {
  /**
   * Takes so much for a client, until the returned function is called; `giveWay` is called if that must be before.
   * @param group Of the clients that may be one and the same; unless told otherwise it belongs to none but itself.
   */
  take(client: string, amount: number, giveWay: () => void, group?: string): () => void
}

interface Holding {
  readonly amount: number
  readonly giveWay: () => void
}

interface Client {
  amount: number
  /** In the order in which they were taken. */
  readonly holdings: Set<Holding>
}

interface Group {
  amount: number
  readonly clients: Map<string, Client>
}

/** Costs a look at each group, and at each client of one of them, when it is used up. */
export function createFairShare(most: number): FairShare {
  const groups = new Map<string, Group>()
  let taken = 0
  const release = (groupName: string, name: string, holding: Holding) => {
    const group = groups.get(groupName)
    const client = group?.clients.get(name)
    if (!group || !client?.holdings.delete(holding)) return
    client.amount -= holding.amount
    group.amount -= holding.amount
    taken -= holding.amount
    if (client.holdings.size === 0) group.clients.delete(name)
    if (group.clients.size === 0) groups.delete(groupName)
  }
  const shrink = () => {
    const [groupName, { clients }] = largestOf(groups)
    const [name, { holdings }] = largestOf(clients)
    const [oldest] = holdings
    release(groupName, name, oldest!)
    oldest!.giveWay()
  }
  return {
    take(name, amount, giveWay, groupName = name) {
      const group = entryOf(groups, groupName, () => ({ amount: 0, clients: new Map() }))
      const client = entryOf(group.clients, name, () => ({ amount: 0, holdings: new Set() }))
      const holding = { amount, giveWay }
      client.holdings.add(holding)
      client.amount += amount
      group.amount += amount
      taken += amount
      while (taken > most) shrink()
      return () => release(groupName, name, holding)
    },
  }
}

function entryOf<T>(entries: Map<string, T>, name: string, create: () => T): T {
  const entry = entries.get(name) ?? create()
  entries.set(name, entry)
  return entry
}

function largestOf<T extends { readonly amount: number }>(entries: ReadonlyMap<string, T>): [string, T] {
  let largest: [string, T] | undefined
  for (const entry of entries)
    if (largest === undefined || entry[1].amount > largest[1].amount) largest = entry
  return largest!
}
