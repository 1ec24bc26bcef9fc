/** `npm run generate`: writes the JSON of the dashboards, which Grafana reads, and the rules, which Prometheus and its operator do. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { dashboards, fileOf } from './dashboards.ts'
import { grafanaJson } from './grafana.ts'
import { ruleFiles } from './rules.ts'

for (const dashboard of dashboards) {
  const file = fileOf(dashboard)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, grafanaJson(dashboard))
}
for (const [file, content] of await ruleFiles()) await writeFile(file, content)
