/** Rules and dashboards: as they are written, and against the metrics that the code names. */
import { glob, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { checkout } from '#infra/local/folders.ts'
import { malformedQueries, unknownMetrics, type PlacedQuery } from './check-queries.ts'
import { dashboards, fileOf, panelQueries } from './dashboards.ts'
import { grafanaJson } from './grafana.ts'
import { readRules, ruleFiles } from './rules.ts'

/** @param promtool Null where it is not here: then no query is parsed. */
export async function observabilityProblems(promtool: string | null): Promise<string[]> {
  const queries = [...panelQueries, ...(await ruleQueries())]
  return [
    ...(await staleFiles()),
    ...unknownMetrics(queries, await namedMetrics()),
    ...(promtool === null ? [] : await malformedQueries(promtool, queries)),
  ]
}

export async function ruleQueries(): Promise<PlacedQuery[]> {
  const { groups } = await readRules()
  return groups.flatMap(({ rules }) =>
    rules.map(({ alert, record, labels, expr }) => ({
      place: `rule ${[alert ?? record, ...Object.values(labels ?? {})].join(', ')}`,
      expr,
    })),
  )
}

/** Of the processes' own code; that one of them tells them is for a test with a running system. */
async function namedMetrics(): Promise<Set<string>> {
  const sources = glob('{runtime,ledger,subgraphs,workers,router}/**/*.ts', { cwd: checkout })
  const names = new Set<string>()
  for await (const path of sources) {
    if (path.endsWith('.test.ts')) continue
    const text = await readFile(join(checkout, path), 'utf8')
    for (const [, name] of text.matchAll(/'(earshot_\w+)'/g)) names.add(name!)
  }
  return names
}

async function staleFiles(): Promise<string[]> {
  const due = [
    ...dashboards.map((dashboard) => [fileOf(dashboard), grafanaJson(dashboard)] as const),
    ...(await ruleFiles()),
  ]
  const problems = due.map(async ([file, content]) => {
    const written = await readFile(file, 'utf8').catch(() => null)
    return written === content ? [] : [`${basename(file)} is stale: npm run generate`]
  })
  return (await Promise.all(problems)).flat()
}
