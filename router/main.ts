/** The router process: the one address clients speak to. */
import { runProcess } from '#runtime/process/run-process.ts'
import { createRouter, routerSettings } from './router.ts'

const supergraphFile = new URL(import.meta.resolve('#schema/generated/supergraph.graphql'))

await runProcess('router', routerSettings, async (scope) => {
  const http = await createRouter(scope, { supergraphFile })
  await http.listen({ host: scope.settings.HOST, port: scope.settings.PORT })
})
