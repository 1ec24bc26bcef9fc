/** The router process: the one address clients speak to. */
import { runProcess } from '#runtime/process/run-process.ts'
import { createRouter } from './router.ts'
import { routerSettings } from './router-settings.ts'

// Otherwise the gateway reports to its maker, and it has no option for that.
process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'

const supergraphFile = new URL(import.meta.resolve('#schema/generated/supergraph.graphql'))

await runProcess('router', routerSettings, async (scope) => {
  const http = await createRouter(scope, { supergraphFile })
  await http.listen({ host: scope.settings.HOST, port: scope.settings.PORT })
})
