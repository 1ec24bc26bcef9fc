/** The life of a flood in its thread: it goes on until the honest user has what they came for, but not for ever. */
import { parentPort, workerData } from 'node:worker_threads'
import { places, type FloodOptions } from '#test/attacks/start-flood.ts'

export interface Attack {
  readonly origin: URL
  readonly given: Readonly<Record<string, unknown>>
  /** The nth of its own addresses, of which there are 65,000 and more. */
  address(n: number): string
  /** The nth, each in a network of its own. */
  network(n: number): string
  /** To be asked before each turn: whether there is one more. */
  goesOn(): boolean
  /** Whether the honest user is still at work. */
  isWanted(): boolean
  /** Counts what was sent. */
  sent(): void
  /** Counts an outcome, in words. */
  met(outcome: string): void
}

export type Flood = (attack: Attack) => Promise<void>

/** Runs the one that was asked for; a file of floods ends with this. */
export async function runFlood(floods: Readonly<Record<string, Flood>>): Promise<void> {
  const { options, shared } = workerData as { options: FloodOptions; shared: Int32Array }
  const { name, origin, network, least, mostTurns, given = {} } = options
  const outcomes: Record<string, number> = {}
  let turns = 0
  const isWanted = () => Atomics.load(shared, places.isToEnd) === 0
  await floods[name]!({
    origin: new URL(origin),
    given,
    address: (n) => `127.${network}.${(n >> 8) & 255}.${n & 255}`,
    network: (n) => `127.${network}.${n & 255}.1`,
    goesOn() {
      return (isWanted() || Atomics.load(shared, places.sent) < least) && ++turns <= mostTurns
    },
    isWanted,
    sent() {
      if (Atomics.add(shared, places.sent, 1) === 0) parentPort!.postMessage('begun')
    },
    met: (outcome) => void (outcomes[outcome] = (outcomes[outcome] ?? 0) + 1),
  })
  parentPort!.postMessage(outcomes)
  // What the flood has left open goes with its thread.
  process.exit()
}

/** So many at once, each over and over. */
export async function inLanes(
  attack: Attack,
  lanes: number,
  act: (lane: number, turn: number) => Promise<void>,
): Promise<void> {
  const run = async (lane: number) => {
    for (let turn = 0; attack.goesOn(); turn++) await act(lane, turn)
  }
  await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)))
}
