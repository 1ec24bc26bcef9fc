/** Shares a converter's cores among its jobs: an idle core takes the next piece of work, and no job waits for another's. */

export interface CorePool {
  /** One for each job; disposed when the job is over. */
  join(): CoreShare
}

export interface CoreShare extends Disposable {
  /** How many pieces a job should be cut into now: the idle cores, or its fair part of all. */
  readonly cores: number
  /**
   * Runs the work once it is its turn. A job that has nothing running may always start one piece, even on busy cores, which
   * the kernel then divides: so a short job never waits behind a long one. More than one needs an idle core.
   * @throws what the work throws, or the signal's reason when it is aborted while waiting.
   */
  run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result>
}

interface Member {
  running: number
}

interface Waiting {
  readonly member: Member
  readonly start: () => void
}

export function createCorePool(cores: number): CorePool {
  const members = new Set<Member>()
  const queue: Waiting[] = []
  let running = 0

  /** The job with the fewest cores goes first, then the one that asked first. */
  const next = (): Waiting | undefined => {
    const first = queue.toSorted((a, b) => a.member.running - b.member.running)[0]
    return first !== undefined && (running < cores || first.member.running === 0) ? first : undefined
  }
  const startWaiting = () => {
    for (let waiting = next(); waiting !== undefined; waiting = next()) {
      queue.splice(queue.indexOf(waiting), 1)
      waiting.member.running++
      running++
      waiting.start()
    }
  }
  const turn = (member: Member, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => {
        queue.splice(queue.indexOf(waiting), 1)
        reject(signal.reason as Error)
      }
      const start = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const waiting: Waiting = { member, start }
      signal.addEventListener('abort', leave, { once: true })
      queue.push(waiting)
      startWaiting()
    })

  return {
    join() {
      const member: Member = { running: 0 }
      members.add(member)
      return {
        get cores() {
          return Math.max(1, cores - running, Math.floor(cores / members.size))
        },
        async run(work, signal) {
          signal.throwIfAborted()
          await turn(member, signal)
          try {
            return await work()
          } finally {
            member.running--
            running--
            startWaiting()
          }
        },
        [Symbol.dispose]: () => void members.delete(member),
      }
    },
  }
}
