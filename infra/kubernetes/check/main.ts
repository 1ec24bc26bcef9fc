/** `npm run check:infra`: renders every overlay and says what is wrong with it. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
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
