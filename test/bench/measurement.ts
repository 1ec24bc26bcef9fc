/** One measured figure, and how figures are shown. */

export interface Measurement {
  readonly bench: string
  readonly case: string
  readonly metric: string
  readonly value: number
  readonly unit: string
}

/** Which cases to run; all where nothing is chosen. A bench without such cases ignores it. */
export interface BenchOptions {
  /** Lengths of the input. */
  readonly minutes?: readonly number[]
  readonly cores?: readonly number[]
}

/** Reports what it measures as it goes. */
export type Bench = (
  add: (measurement: Omit<Measurement, 'bench'>) => void,
  options: BenchOptions,
) => Promise<void>

/** A Markdown table, columns aligned. */
export function formatTable(measurements: readonly Measurement[]): string {
  const header = ['bench', 'case', 'metric', 'value', 'unit']
  const rows = measurements.map(({ bench, case: name, metric, value, unit }) => [
    bench,
    name,
    metric,
    String(value),
    unit,
  ])
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |\n`
  return line(header) + line(widths.map((width) => '-'.repeat(width))) + rows.map(line).join('')
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1]!

/** Rounded to three significant digits: more would only pretend. */
export const rounded = (value: number): number => Number(value.toPrecision(3))

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await work()
  return (performance.now() - startMs) / 1000
}
