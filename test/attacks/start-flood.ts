/** Starts a flood in a thread of its own, so that what it does is not time that an honest user waits. */
import { Worker } from 'node:worker_threads'

/** What the threads share: numbers at these places. */
export const places = { sent: 0, isToEnd: 1 } as const

export interface FloodOptions {
  /** A file of floods/, and the flood in it. */
  readonly program: string
  readonly name: string
  readonly origin: string
  /** The second number of its addresses 127.n.0.0/16. */
  readonly network: number
  /** How much it sends, honest user or not; and how often it turns at most, after which all that is not answered is lost. */
  readonly least: number
  readonly mostTurns: number
  /** What it cannot find out by itself, such as tokens. */
  readonly given?: Readonly<Record<string, unknown>>
}

/** How often each outcome was met, in the flood's own words. */
export type Outcomes = Readonly<Record<string, number>>

export interface Flood {
  /** Resolves when the first was sent. */
  readonly begun: Promise<void>
  /** How many were sent. */
  readonly sent: number
  /** Lets it come to its end as soon as it has sent its least. */
  end(): void
  /** Resolves after its last. */
  readonly over: Promise<Outcomes>
}

export function startFlood(options: FloodOptions): Flood {
  const shared = new Int32Array(new SharedArrayBuffer(8))
  const file = new URL(`./floods/${options.program}.ts`, import.meta.url)
  // Without the arguments of a test file, which would end the whole process.
  const worker = new Worker(file, { workerData: { options, shared }, execArgv: [] })
  const begun = Promise.withResolvers<void>()
  const over = new Promise<Outcomes>((resolve, reject) => {
    let outcomes: Outcomes | undefined
    worker.on('message', (message: 'begun' | Outcomes) => {
      if (message === 'begun') begun.resolve()
      else outcomes = message
    })
    worker.once('error', reject)
    worker.once('exit', () =>
      outcomes ? resolve(outcomes) : reject(new Error(`${options.program} ended without a word`)),
    )
  })
  over.catch(begun.reject)
  return {
    begun: begun.promise,
    get sent() {
      return Atomics.load(shared, places.sent)
    },
    end: () => void Atomics.store(shared, places.isToEnd, 1),
    over,
  }
}
