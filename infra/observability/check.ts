/** Rules and dashboards: as they are written, and against the metrics that the code names. */
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { checkout } from '#infra/local/folders.ts'
import { malformedQueries, unknownMetrics, type PlacedQuery } from './check-queries.ts'
import { dashboards, fileOf, panelQueries } from './dashboards.ts'
import { grafanaJson } from './grafana.ts'

interface RuleFile {
  readonly spec: {
    readonly groups: readonly {
      readonly rules: readonly { readonly alert?: string; readonly record?: string; readonly expr: string }[]
    }[]
  }
}

/** @param promtool Null where it is not here: then no query is parsed. */
export async function observabilityProblems(promtool: string | null): Promise<string[]> {
  const queries = [...panelQueries, ...(await ruleQueries())]
  return [
    ...(await staleDashboards()),
    ...unknownMetrics(queries, await namedMetrics()),
    ...(promtool === null ? [] : await malformedQueries(promtool, queries)),
  ]
}

export async function ruleQueries(): Promise<PlacedQuery[]> {
  const file = join(checkout, 'infra/kubernetes/components/monitoring/rules.yaml')
  const { spec } = parse(await readFile(file, 'utf8')) as RuleFile
  return spec.groups.flatMap(({ rules }) =>
    rules.map(({ alert, record, expr }) => ({ place: `rule ${alert ?? record}`, expr })),
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

async function staleDashboards(): Promise<string[]> {
  const problems = dashboards.map(async (dashboard) => {
    const written = await readFile(fileOf(dashboard), 'utf8').catch(() => null)
    return written === grafanaJson(dashboard) ? [] : [`${dashboard.id}.json is stale: npm run generate`]
  })
  return (await Promise.all(problems)).flat()
}
