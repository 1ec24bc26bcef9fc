/** `npm run generate`: writes the JSON of the dashboards, which Grafana reads, and of the rules, which Prometheus does. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { dashboards, fileOf } from './dashboards.ts'
import { grafanaJson } from './grafana.ts'
import { readRules, rulesFile, rulesJson } from './rules.ts'

for (const dashboard of dashboards) {
  const file = fileOf(dashboard)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, grafanaJson(dashboard))
}
await writeFile(rulesFile, rulesJson(await readRules()))
