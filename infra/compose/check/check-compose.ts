/** Everything that is known about compose.yaml without an engine. */
import { serviceKinds } from '#infra/local/system/services.ts'
import { networkProblems, policyProblems } from './policies.ts'
import { processProblems } from './processes.ts'
import type { Compose } from './read-compose.ts'
import { schemaProblems } from './schema.ts'
import { scrapingProblems } from './scraping.ts'
import { wiringProblems } from './wiring.ts'

/** What does not fit the schema is not looked at further: the rest trusts its shape. */
export async function composeProblems(compose: Compose): Promise<readonly string[]> {
  const malformed = await schemaProblems(compose)
  if (malformed.length > 0) return malformed
  const missing = serviceKinds.filter((kind) => !(kind in compose.services))
  return [
    ...missing.map((kind) => `${kind}: is not run`),
    ...Object.entries(compose.services).flatMap(([name, service]) =>
      [
        ...policyProblems(name, service),
        ...processProblems(name, service),
        ...wiringProblems(compose, service),
      ].map((problem) => `${name}: ${problem}`),
    ),
    ...networkProblems(compose.networks),
    ...(await scrapingProblems(compose)),
  ]
}
