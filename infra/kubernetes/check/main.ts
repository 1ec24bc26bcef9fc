/** `npm run check:infra`: renders every overlay, reads rules and dashboards, and says what is wrong with them. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { observabilityProblems } from '#infra/observability/check.ts'
import { findPromtool } from '#infra/observability/promtool.ts'
import { checkout } from '#infra/local/folders.ts'
import { overlayProblems } from './check-overlay.ts'
import { findKubectl } from './kubectl.ts'
import { renderOverlay } from './manifest.ts'

const overlays = join(checkout, 'infra/kubernetes/overlays')
const kubectl = await findKubectl()
for (const name of await readdir(overlays)) {
  const manifests = await renderOverlay(kubectl, join(overlays, name))
  const problems = await overlayProblems(manifests)
  for (const problem of problems) console.error(`${name}: ${problem}`)
  if (problems.length > 0) process.exitCode = 1
  else console.log(`${name}: ${manifests.length} manifests`)
}

const promtool = findPromtool(process.env) ?? null
if (promtool === null) console.log('observability: without promtool no query is parsed; npm test brings it')
const problems = await observabilityProblems(promtool)
for (const problem of problems) console.error(`observability: ${problem}`)
if (problems.length > 0) process.exitCode = 1
