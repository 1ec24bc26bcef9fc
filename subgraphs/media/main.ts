/** The media subgraph: uploads, conversions, downloads, and their live updates. */
import { runProcess } from '#runtime/process/run-process.ts'
import { createAccessTokenVerifier } from '#runtime/tokens/verify-access-token.ts'
import { startMedia } from './media-app.ts'
import { mediaSettings } from './media-settings.ts'

await runProcess('media', mediaSettings, async (scope) => {
  const { PUBLIC_URL, AUTH_URL } = scope.settings
  await startMedia(scope, createAccessTokenVerifier(PUBLIC_URL, `${AUTH_URL}/.well-known/jwks.json`))
})
