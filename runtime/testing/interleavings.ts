/**
 * Explores how the steps of several actors can interleave and fail: each run follows one list of choices, so that every
 * run can be repeated exactly. Stateless search in the manner of CHESS (Musuvathi et al., OSDI 2008): all runs within a
 * bound of preemptions and faults, or a seeded random walk beyond it.
 */
import { setImmediate as drain } from 'node:timers/promises'

/** What can happen to a step instead of succeeding. */
export type StepFault = 'reply lost' | 'request lost' | 'crash'

export interface Scheduler {
  /** Starts an actor; it makes progress only when its steps are chosen. */
  start(actor: string, program: () => Promise<void>): void
  /** One atomic step of an actor; faults apply to those that say so. */
  step<T>(actor: string, effect: () => T, fallible?: boolean): Promise<T>
  /** Told when an actor crashes: what it held is given back here. */
  onCrash(handler: (actor: string) => void): void
  /** Runs until no actor has a step left. */
  run(): Promise<void>
}

export interface Bounds {
  readonly preemptions: number
  readonly faults: number
}

interface PendingStep {
  readonly actor: string
  readonly fallible: boolean
  readonly perform: (fault: StepFault | null) => void
}

interface Option {
  readonly step: PendingStep
  readonly fault: StepFault | null
}

export class LostReply extends Error {}

/** Chooses among this many possibilities; 0 is always the undisturbed one. */
export type Choose = (options: number) => number

export function createScheduler(choose: Choose, bounds: Bounds): Scheduler {
  let pending: PendingStep[] = []
  const crashed = new Set<string>()
  const crashHandlers: ((actor: string) => void)[] = []
  let { preemptions, faults } = bounds
  let last: string | undefined

  const crash = (actor: string) => {
    crashed.add(actor)
    pending = pending.filter((step) => step.actor !== actor)
    for (const handler of crashHandlers) handler(actor)
  }
  const optionsNow = (): Option[] => {
    const current = pending.filter((step) => step.actor === last)
    const others = pending.filter((step) => step.actor !== last)
    // Where an actor has ended the next one follows in order; only preemptions branch.
    const steps = preemptions === 0 ? [...current, ...others].slice(0, 1) : [...current, ...others]
    const plain = steps.map((step) => ({ step, fault: null }))
    const first = steps[0]
    if (faults === 0 || !first?.fallible) return plain
    const failing = (['reply lost', 'request lost', 'crash'] as const).map((fault) => ({
      step: first,
      fault,
    }))
    return [...plain, ...failing]
  }
  return {
    start(actor, program) {
      program().catch((error: unknown) => {
        if (!(error instanceof LostReply)) throw error
        // An actor that could not go on: like a process whose handler threw.
        crash(actor)
      })
    },
    step: (actor, effect, fallible = true) =>
      new Promise((resolve, reject) => {
        if (crashed.has(actor)) return // a dead actor's promise never settles
        pending.push({
          actor,
          fallible,
          perform: (fault) => {
            if (fault === 'crash') return crash(actor)
            if (fault === 'request lost') return reject(new LostReply('the request was lost'))
            const result = effect()
            if (fault === 'reply lost') reject(new LostReply('the reply was lost'))
            else resolve(result)
          },
        })
      }),
    onCrash: (handler) => void crashHandlers.push(handler),
    async run() {
      for (;;) {
        await drain()
        const options = optionsNow()
        if (options.length === 0) return
        const { step, fault } = options[options.length === 1 ? 0 : choose(options.length)]!
        if (step !== options[0]!.step) preemptions--
        if (fault !== null) faults--
        last = step.actor
        pending = pending.filter((other) => other !== step)
        step.perform(fault)
      }
    },
  }
}

/** A run that broke a rule, with the choices that repeat it. */
export interface Violation {
  readonly choices: readonly number[]
  readonly error: unknown
}

/** Every run there is within what the model allows; ends at the first violation. */
export async function exploreAll(
  model: (choose: Choose) => Promise<void>,
): Promise<{ runs: number; violation: Violation | null }> {
  let prefix: number[] = []
  for (let runs = 1; ; runs++) {
    const taken: { choice: number; options: number }[] = []
    const choose = (options: number) => {
      const choice = prefix[taken.length] ?? 0
      taken.push({ choice, options })
      return choice
    }
    const error = await model(choose).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    if (error !== null) return { runs, violation: { choices: taken.map(({ choice }) => choice), error } }
    const turn = taken.findLastIndex(({ choice, options }) => choice + 1 < options)
    if (turn === -1) return { runs, violation: null }
    prefix = [...taken.slice(0, turn).map(({ choice }) => choice), taken[turn]!.choice + 1]
  }
}

/** Repeats one run. */
export async function replay(
  model: (choose: Choose) => Promise<void>,
  choices: readonly number[],
): Promise<unknown> {
  let at = 0
  return await model((options) => Math.min(choices[at++] ?? 0, options - 1)).then(
    () => null,
    (thrown: unknown) => thrown,
  )
}

/** Random runs from a seed; a failing one is shrunk by undoing choices while it still fails. */
export async function exploreRandomly(
  model: (choose: Choose) => Promise<void>,
  { seed, runs }: { readonly seed: number; readonly runs: number },
): Promise<Violation | null> {
  const random = mulberry32(seed)
  for (let run = 0; run < runs; run++) {
    const choices: number[] = []
    const error = await model((options) => {
      // Mostly undisturbed, so that a run gets somewhere before it is disturbed.
      const choice = random() < 0.6 ? 0 : Math.floor(random() * options)
      choices.push(choice)
      return choice
    }).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    if (error !== null) return await shrink(model, { choices, error })
  }
  return null
}

async function shrink(model: (choose: Choose) => Promise<void>, found: Violation): Promise<Violation> {
  let best = found
  for (let at = 0; at < best.choices.length; at++) {
    if (best.choices[at] === 0) continue
    const choices = best.choices.with(at, 0)
    const error = await replay(model, choices)
    if (error !== null) best = { choices, error }
  }
  return { ...best, choices: best.choices.slice(0, best.choices.findLastIndex((choice) => choice !== 0) + 1) }
}

/** A small seeded generator (Tommy Ettinger's mulberry32): quality is no matter here, repeatability is. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
