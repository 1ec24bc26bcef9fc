/** Divides what is bounded among clients: when it is used up, whoever has the most of it gives way, the oldest first. */

export interface FairShare {
  /** Takes so much for a client, until the returned function is called; `giveWay` is called if that must be before. */
  take(client: string, amount: number, giveWay: () => void): () => void
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

/** Costs a look at each client when it is used up. */
export function createFairShare(most: number): FairShare {
  const clients = new Map<string, Client>()
  let taken = 0
  const release = (name: string, holding: Holding) => {
    const client = clients.get(name)
    if (!client?.holdings.delete(holding)) return
    client.amount -= holding.amount
    taken -= holding.amount
    if (client.holdings.size === 0) clients.delete(name)
  }
  const shrink = () => {
    const [name, { holdings }] = largestOf(clients)
    const [oldest] = holdings
    release(name, oldest!)
    oldest!.giveWay()
  }
  return {
    take(name, amount, giveWay) {
      const client = clients.get(name) ?? { amount: 0, holdings: new Set() }
      clients.set(name, client)
      const holding = { amount, giveWay }
      client.holdings.add(holding)
      client.amount += amount
      taken += amount
      while (taken > most) shrink()
      return () => release(name, holding)
    },
  }
}

function largestOf(clients: ReadonlyMap<string, Client>): [string, Client] {
  let largest: [string, Client] | undefined
  for (const entry of clients)
    if (largest === undefined || entry[1].amount > largest[1].amount) largest = entry
  return largest!
}
