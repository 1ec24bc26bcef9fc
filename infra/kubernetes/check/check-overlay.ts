/** Everything that is known about the manifests of an overlay without a cluster. */
import { arrowsOf, uncovered } from './arrows.ts'
import { expectedArrows, isAboutNames } from './expected-arrows.ts'
import { workloadsOf, type Manifests, type Workload } from './manifest.ts'
import { memoryProblems } from './memory.ts'
import { podProblems } from './pod-policies.ts'
import { scalingProblems } from './scaling.ts'
import { schemaProblems } from './schemas.ts'
import { wiringProblems } from './wiring.ts'

/** What fits no schema is not looked at further: the rest trusts their shapes. */
export async function overlayProblems(manifests: Manifests): Promise<readonly string[]> {
  const malformed = await schemaProblems(manifests)
  if (malformed.length > 0) return malformed
  const workloads = workloadsOf(manifests)
  return [
    ...podProblems(workloads),
    ...memoryProblems(manifests, workloads),
    ...wiringProblems(manifests, workloads),
    ...scalingProblems(manifests, workloads),
    ...uncovered(manifests, workloads),
    ...arrowProblems(manifests, workloads),
  ]
}

function arrowProblems(manifests: Manifests, workloads: readonly Workload[]): string[] {
  const { outgoing, incoming } = arrowsOf(manifests, workloads)
  const expected = expectedArrows(workloads.map(({ name }) => name))
  const isOutside = (side: string | undefined) => side?.startsWith('(') === true
  const missing = [...expected].flatMap((arrow) => {
    const [from, to] = arrow.split(' > ')
    return [
      ...(isOutside(from) || outgoing.has(arrow) ? [] : [`${arrow}: is needed, and may not be sent`]),
      ...(isOutside(to) || incoming.has(arrow) ? [] : [`${arrow}: is needed, and is not taken`]),
    ]
  })
  const toomuch = [...new Set([...outgoing, ...incoming])].filter(
    (arrow) => !expected.has(arrow) && !isAboutNames(arrow),
  )
  return [...missing, ...toomuch.map((arrow) => `${arrow}: is allowed, and nobody needs it`)]
}
