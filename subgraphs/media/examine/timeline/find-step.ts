/** Finds a step of a stream's clock by where it is and how much it moves, among very many, without looking at all of them. */
import type { Budget } from '#runtime/timeline/budget.ts'

/** From one packet to the next, the clock goes on by more than usual, or goes back. */
export interface ClockStep {
  /** Among all packets of the file: which one comes after it. */
  readonly packet: number
  /** Where the clock would have gone on, and by how much more or less it did. */
  readonly fromSeconds: number
  readonly bySeconds: number
}

type Place = Pick<ClockStep, 'fromSeconds' | 'bySeconds'>

/** @param after Only a packet that comes after it counts. */
export type FindStep = (at: Place, after?: number) => ClockStep | undefined

/**
 * @param steps In the order of their packets.
 * @param within How far a step may be from what is looked for.
 * @param compared The search throws its refusal when it is used up.
 */
export function createFindStep(steps: readonly ClockStep[], within: Place, compared: Budget): FindStep {
  const cellOf = ({ fromSeconds, bySeconds }: Place) =>
    [Math.floor(fromSeconds / within.fromSeconds), Math.floor(bySeconds / within.bySeconds)] as const
  const isNear = (one: Place, other: Place) =>
    Math.abs(one.fromSeconds - other.fromSeconds) <= within.fromSeconds &&
    Math.abs(one.bySeconds - other.bySeconds) <= within.bySeconds
  let cells: Map<string, ClockStep[]> | undefined
  const nearIn = (cell: readonly ClockStep[], at: Place, after: number) => {
    for (let index = firstAfter(cell, after); index < cell.length; index++) {
      if (!compared.take()) compared.assure()
      if (isNear(cell[index]!, at)) return cell[index]
    }
    return undefined
  }
  return (at, after = -1) => {
    cells ??= Map.groupBy(steps, (step) => cellOf(step).join())
    if (cells.size === 0) return undefined
    if (!compared.take(9)) compared.assure()
    const [row, column] = cellOf(at)
    let first: ClockStep | undefined
    for (const nearRow of [row - 1, row, row + 1])
      for (const nearColumn of [column - 1, column, column + 1]) {
        const found = nearIn(cells.get(`${nearRow},${nearColumn}`) ?? [], at, after)
        if (found !== undefined && (first === undefined || found.packet < first.packet)) first = found
      }
    return first
  }
}

function firstAfter(steps: readonly ClockStep[], packet: number): number {
  let [from, to] = [0, steps.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (steps[middle]!.packet > packet) to = middle
    else from = middle + 1
  }
  return from
}
