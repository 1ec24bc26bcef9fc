/** The router process: the one address clients speak to. */
import { setFlagsFromString } from 'node:v8'
import { runProcess } from '#runtime/process/run-process.ts'
import { createRouter, routerSettings } from './router.ts'

// Bytes on their way through are garbage outside the heap, freed with the young generation only: kept small, it lets go
// of them early, and a gigabyte passes within some 30 MB instead of 90.
setFlagsFromString('--semi-space-growth-factor=1')

const supergraphFile = new URL(import.meta.resolve('#schema/generated/supergraph.graphql'))

await runProcess('router', routerSettings, async (scope) => {
  const http = await createRouter(scope, { supergraphFile })
  await http.listen({ host: scope.settings.HOST, port: scope.settings.PORT })
})
