/** `npm run generate`: writes the dashboards' JSON, which Grafana reads. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { dashboards, fileOf } from './dashboards.ts'
import { grafanaJson } from './grafana.ts'

for (const dashboard of dashboards) {
  const file = fileOf(dashboard)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, grafanaJson(dashboard))
}
