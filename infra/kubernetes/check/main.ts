/** `npm run check:infra`: renders every overlay, reads the Dockerfile, compose.yaml, rules and dashboards, and says what is wrong with them. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { composeProblems } from '#infra/compose/check/check-compose.ts'
import { readCompose } from '#infra/compose/check/read-compose.ts'
import { dockerfileProblems, readDockerfile, readVersion } from '#infra/images/check-dockerfile.ts'
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
  tell(name, problems)
  if (problems.length === 0) console.log(`${name}: ${manifests.length} manifests`)
}

tell('Dockerfile', dockerfileProblems(await readDockerfile(), await readVersion()))
tell('compose.yaml', await composeProblems(await readCompose()))

const promtool = findPromtool(process.env) ?? null
if (promtool === null) console.log('observability: without promtool no query is parsed; npm test brings it')
tell('observability', await observabilityProblems(promtool))

function tell(where: string, problems: readonly string[]): void {
  for (const problem of problems) console.error(`${where}: ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}
