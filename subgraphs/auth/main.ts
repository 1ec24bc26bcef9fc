/** The auth subgraph: accounts, sessions, and the keys that others verify them by. */
import { runProcess } from '#runtime/process/run-process.ts'
import { createAuthApp } from './auth-app.ts'
import { authSettings } from './auth-settings.ts'

await runProcess('auth', authSettings, async (scope) => {
  const http = await createAuthApp(scope)
  await http.listen({ host: scope.settings.HOST, port: scope.settings.PORT })
  scope.resources.defer(() => http.close())
})
