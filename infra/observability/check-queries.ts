/** What is wrong with the queries of rules and panels, without a system that answers them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { runCommand } from '#infra/local/machine/run-command.ts'

export interface PlacedQuery {
  /** Where it stands. */
  readonly place: string
  readonly expr: string
}

/** Of our own metrics, by the names that code gives them. */
export const metricsOf = (expr: string): string[] =>
  (expr.match(/\bearshot_\w+/g) ?? []).map((name) => name.replace(/_(bucket|sum|count)$/, ''))

export const unknownMetrics = (queries: readonly PlacedQuery[], known: ReadonlySet<string>): string[] =>
  queries.flatMap(({ place, expr }) =>
    metricsOf(expr)
      .filter((name) => !known.has(name))
      .map((name) => `${place}: no process has a metric ${name}`),
  )

/** What Prometheus' own parser does not understand. */
export async function malformedQueries(promtool: string, queries: readonly PlacedQuery[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-queries-'))
  try {
    const rules = queries.map(({ place, expr }, index) => ({
      record: `query:${index}`,
      expr,
      labels: { place },
    }))
    const file = join(folder, 'rules.yaml')
    await writeFile(file, stringify({ groups: [{ name: 'queries', rules }] }))
    const { code, stdout, stderr } = await runCommand(promtool, ['check', 'rules', file])
    if (code === 0) return []
    const said = `${stdout}${stderr}`
    const named = said.split('\n').flatMap((line) => {
      const [, index, problem] = /"query:(\d+)": (.*)$/.exec(line) ?? []
      return index === undefined ? [] : `${queries[Number(index)]?.place}: ${problem}`
    })
    return named.length > 0 ? named : [said]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
